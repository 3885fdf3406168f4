"""Writes of the directory: load the shipped facts, add a place that is not listed."""

from hermanar.directory.actions.adding import PLACES, NewPlace, add_place, add_places
from hermanar.directory.actions.loading import DirectoryReport, load_directory

__all__ = ["PLACES", "DirectoryReport", "NewPlace", "add_place", "add_places", "load_directory"]
