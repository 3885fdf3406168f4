"""The door of those who work in an office."""
