"""Readable, stable addresses of places: pure functions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SLUG_LENGTH = 110
ERRORS_FROM = (4, 8)  # letters from which one more typing error is forgiven


@dataclass(frozen=True, slots=True)
class SlugWish:
    """What a place may call itself, from the shortest to the surest; `base` is what homonyms share."""

    key: str
    candidates: tuple[str, ...]  # folded: «cordoba», «cordoba veracruz», «cordoba 30044»
    has_own_form: bool = False  # states: their first candidate is theirs alone


_ADDRESS = re.compile(r"[a-z0-9]+")


def slug_of(folded: str) -> str:
    """Turn a folded text into an address: letters a to z and digits; of other alphabets nothing is left."""
    return "-".join(_ADDRESS.findall(folded))[:SLUG_LENGTH].strip("-")


def chosen_slugs(wishes: Sequence[SlugWish], taken: Iterable[str] = ()) -> dict[str, str]:
    """Give each place the shortest address no other place wants; homonyms are told apart, none keeps the bare name.

    The answer does not depend on the order of the wishes; addresses already `taken` are never given again.
    """
    used = set(taken)
    chosen: dict[str, str] = {}
    open_wishes = sorted(wishes, key=lambda wish: (not wish.has_own_form, wish.key))
    level = 0
    while open_wishes:
        wanted = Counter(_candidate(wish, level) for wish in open_wishes)
        left: list[SlugWish] = []
        for wish in open_wishes:
            slug = _candidate(wish, level)
            is_last = level >= len(wish.candidates) - 1
            if slug and slug not in used and (wanted[slug] == 1 or is_last):
                used.add(slug)
                chosen[wish.key] = slug
            elif is_last:
                raise ValueError(f"no address is left for {wish.key}")
            else:
                left.append(wish)
        open_wishes = left
        level += 1
    return chosen


def _candidate(wish: SlugWish, level: int) -> str:
    return slug_of(wish.candidates[min(level, len(wish.candidates) - 1)])


def typing_errors_allowed(length: int) -> int:
    """Say how many wrong, missing or swapped letters a name of this length may have and still be meant."""
    return bisect_right(ERRORS_FROM, length)


FAR_LARGER = 5  # times the inhabitants of the next


def best_reading(options: Sequence[tuple[str, int]]) -> int | None:
    """Choose which of several homonyms a party's name means: (kind, inhabitants) each; None where it is not plain.

    Governments come before the localities within them, a municipality before its state; of equals, one far larger.
    """
    order = {"municipality": 0, "city": 0, "state": 1, "region": 1, "organisation": 1, "locality": 2}
    if not options:
        return None
    top = min(order[kind] for kind, _ in options)
    level = sorted((-size, number) for number, (kind, size) in enumerate(options) if order[kind] == top)
    if len(level) == 1 or -level[0][0] >= FAR_LARGER * max(1, -level[1][0]):
        return level[0][1]
    return None
