"""The public pages, one file per noun."""
