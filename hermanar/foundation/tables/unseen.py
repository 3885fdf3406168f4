"""Characters nobody sees: those that deceive are refused, those that only get in the way are taken out."""

from __future__ import annotations

import re

# They turn the reading direction, steer a device, or mean something to their maker alone; U+FFFD is a lost letter.
_DECEIVING = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u206f\ufff9-\ufffd\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    "\U000e0000-\U000e007f\U000f0000-\U0010ffff\ud800-\udfff]"
)
# Word processors and web pages leave them; joiners (U+200C, U+200D) stay, for whole scripts need them.
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2060-\u2065\ufeff]")


def deceiving(text: str) -> str:
    """Return the first character of a text that no reader could notice and that could mislead; empty if none does."""
    if text.isprintable() and "\ufffd" not in text:
        return ""
    found = _DECEIVING.search(text)
    return found[0] if found else ""


def without_unseen(text: str) -> str:
    """Return a text without the characters that take no room and mean nothing."""
    return text if text.isprintable() else _UNSEEN.sub("", text)


def named(character: str) -> str:
    """Name a character by its number, as character tables do."""
    return f"U+{ord(character):04X}"
