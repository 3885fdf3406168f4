"""Public pages that a process answers again as it did, while nothing was written anywhere (decision 33)."""

from hermanar.site.remembered.moments import Moments, moments_of
from hermanar.site.remembered.pages import Remembered, in_one_piece

__all__ = ["Moments", "Remembered", "in_one_piece", "moments_of"]
