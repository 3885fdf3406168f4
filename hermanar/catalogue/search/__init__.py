"""Search of the agreements: filters, counts and order, answered from the derived index."""

from hermanar.catalogue.search.filters import (
    FACETS,
    AmbiguousPlaceError,
    BadCursorError,
    BadFilterError,
    Filters,
    UnknownPlaceError,
)

__all__ = ["FACETS", "AmbiguousPlaceError", "BadCursorError", "BadFilterError", "Filters", "UnknownPlaceError"]
