"""What may be shown and kept in the museum: pure functions."""
