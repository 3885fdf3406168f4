"""In which language a printed code answers: the reader's, as the browser says, without remembering anybody."""

from __future__ import annotations

import re

OURS = ("es", "en")
_RANGE = re.compile(r"\s*([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]{1,40})?\s*(?:;\s*q=\s*([01](?:\.\d{0,3})?)\s*)?")
_MOST = 20  # ranges of a header that are read at all


def preferred(header: str) -> str:
    """Return the language of ours that an Accept-Language header likes best.

    Who asks for nothing reads Spanish, the language of the house; who asks only for others reads English.
    """
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:1_000].split(",")[:_MOST]):
        found = _RANGE.fullmatch(part)
        if found and (worth := float(found[2] or 1)) > 0:
            wishes.append((-worth, place, found[1].lower()))
    named = [language for _worth, _place, language in sorted(wishes)]
    if not named or named[0] == "*":
        return OURS[0]
    return next((one for one in named if one in OURS), OURS[1])
