"""What templates load of the look."""
