"""What visitors ask for."""
