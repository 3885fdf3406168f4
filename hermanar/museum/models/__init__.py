"""Tables of the museum, one module for each noun."""

from hermanar.museum.models.pairs import Pair, PairSide

__all__ = ["Pair", "PairSide"]
