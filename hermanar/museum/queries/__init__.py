"""Reads of the museum's own tables; what they hand out is public unless they say otherwise."""
