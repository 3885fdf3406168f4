"""Reads of the museum: one module for each noun."""
