"""The museum's words with fixed values."""
