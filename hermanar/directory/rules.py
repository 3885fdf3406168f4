"""Readable, stable addresses of places, and what the words of a search may mean: pure functions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from hermanar.directory.vocabulary import SHORT_FORMS, STOP_WORDS

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


def search_words(folded: str) -> tuple[str, ...]:
    """Return the words of a folded name that tell it from others: initials joined, short forms written out.

    «n l» is «nl», «sta fe» is «santa fe»; «de» and «la» are left out unless nothing else is left.
    """
    words: list[str] = []
    is_initials = False
    for word in folded.split():
        is_letter = len(word) == 1 and word.isalpha()
        if is_letter and is_initials:
            words[-1] += word
        else:
            words.append(SHORT_FORMS.get(word, word))
        is_initials = is_letter
    return tuple(word for word in words if word not in STOP_WORDS) or tuple(words)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a search: the words of the name, and the regions or countries each further phrase may mean."""

    name: tuple[str, ...]
    within: tuple[frozenset[int], ...] = ()


LONGEST_PHRASE = 6  # words of a country: «Estados Unidos de América» has three that count
_MOST_PHRASES = 3  # a municipality, a state, a country


def readings(words: Sequence[str], phrases: Callable[[str], frozenset[int] | None]) -> Iterator[Reading]:
    """Yield every way to read the words as a name with up to three phrases that say where, wherever they stand."""
    yield Reading(tuple(words))
    yield from _with_phrases(tuple(words), phrases, start=0, within=())


def _with_phrases(
    words: tuple[str, ...],
    phrases: Callable[[str], frozenset[int] | None],
    *,
    start: int,
    within: tuple[frozenset[int], ...],
) -> Iterator[Reading]:
    for first in range(start, len(words)):
        for last in range(first + 1, min(len(words), first + LONGEST_PHRASE) + 1):
            left = words[:first] + words[last:]
            regions = phrases(" ".join(words[first:last])) if left else None
            if regions:
                yield Reading(left, (*within, regions))
                if len(within) + 1 < _MOST_PHRASES:
                    yield from _with_phrases(left, phrases, start=first, within=(*within, regions))


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
