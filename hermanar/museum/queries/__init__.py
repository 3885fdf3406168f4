"""Reads of the museum's own content, one file per noun."""
