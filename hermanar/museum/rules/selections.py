"""A visitor's selection of works: the address alone holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST = 24
_CODE = re.compile(r"[0-9a-f]{10}", re.ASCII)


def canonical(asked: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of a selection in the order they were chosen, each once, and no more than a wall holds."""
    return tuple(dict.fromkeys(one for one in asked if _CODE.fullmatch(one)))[:MOST]
