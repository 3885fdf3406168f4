"""Rules of the museum: pure functions on plain values."""
