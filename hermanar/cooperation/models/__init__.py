"""Tables of cooperation: what the parties did together, what one gave the other."""

from hermanar.cooperation.models.activities import (
    Activity,
    ActivityFile,
    ActivityVersion,
)
from hermanar.cooperation.models.gifts import (
    Gift,
    GiftVersion,
    Whereabouts,
)

__all__ = [
    "Activity",
    "ActivityFile",
    "ActivityVersion",
    "Gift",
    "GiftVersion",
    "Whereabouts",
]
