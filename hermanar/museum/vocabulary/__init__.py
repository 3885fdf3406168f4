"""The museum's words with fixed values, one noun a file."""
