"""Hermanar: the sister cities museum that runs the office."""

__version__ = "0.1.0"
