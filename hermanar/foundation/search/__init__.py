"""Search that every room can stand on: words folded alike everywhere, and indexes derived from the database."""

from hermanar.foundation.search.files import BrokenIndexError, IndexUnavailableError, Reader
from hermanar.foundation.search.index import Content, DerivedIndex, Snapshot
from hermanar.foundation.search.revisions import Position, bump, prune
from hermanar.foundation.words import analyse, fold, forms, words

__all__ = [
    "BrokenIndexError",
    "Content",
    "DerivedIndex",
    "IndexUnavailableError",
    "Position",
    "Reader",
    "Snapshot",
    "analyse",
    "bump",
    "fold",
    "forms",
    "prune",
    "words",
]
