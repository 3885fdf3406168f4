"""Forms of the office's pages, one file for each noun."""
