"""What is read of the museum's own tables."""
