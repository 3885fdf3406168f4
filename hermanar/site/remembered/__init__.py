"""Public pages that a process answers again as it did, while nothing was written anywhere (decision 33)."""

from hermanar.site.remembered.moments import moments_of
from hermanar.site.remembered.pages import Remembered

__all__ = ["Remembered", "moments_of"]
