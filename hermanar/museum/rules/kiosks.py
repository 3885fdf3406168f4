"""What a kiosk may be: its name, its rooms, how long it waits; and what fits into its copy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

IDLE_SECONDS, SHORTEST_IDLE, LONGEST_IDLE = 90, 30, 900
MOST_ROOMS = 10
MOST_BYTES = 25_000_000  # of the copy a screen keeps
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 60


class KioskRefusal(Enum):
    """Why a kiosk is not kept as it is written."""

    BAD_SLUG = "bad_slug"
    SLUG_TAKEN = "slug_taken"
    NO_TITLE = "no_title"
    NO_ROOMS = "no_rooms"
    TOO_MANY_ROOMS = "too_many_rooms"
    UNKNOWN_ROOM = "unknown_room"
    BAD_IDLE = "bad_idle"


class KioskRefusedError(ValueError):
    """A kiosk is not kept as it is written."""

    def __init__(self, refusals: Iterable[KioskRefusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(", ".join(one.value for one in self.refusals))


@dataclass(frozen=True, slots=True)
class KioskDraft:
    """A kiosk as it is written at the desk."""

    host: str
    slug: str
    title: str
    title_en: str
    rooms: tuple[str, ...]
    idle_seconds: int = IDLE_SECONDS


@dataclass(frozen=True, slots=True)
class Candidate:
    """A room that could stand in a kiosk nobody has chosen rooms for."""

    slug: str
    lives: bool
    has_story: bool
    km: float


def refused_kiosk(draft: KioskDraft, *, known_rooms: frozenset[str], is_taken: bool) -> tuple[KioskRefusal, ...]:
    """Return everything that keeps a kiosk from being kept."""
    found = {
        KioskRefusal.BAD_SLUG: not _SLUG.fullmatch(draft.slug) or len(draft.slug) > LONGEST_SLUG,
        KioskRefusal.SLUG_TAKEN: is_taken,
        KioskRefusal.NO_TITLE: not draft.title.strip(),
        KioskRefusal.NO_ROOMS: not draft.rooms,
        KioskRefusal.TOO_MANY_ROOMS: len(draft.rooms) > MOST_ROOMS,
        KioskRefusal.UNKNOWN_ROOM: not known_rooms.issuperset(draft.rooms),
        KioskRefusal.BAD_IDLE: not SHORTEST_IDLE <= draft.idle_seconds <= LONGEST_IDLE,
    }
    return tuple(refusal for refusal, is_so in found.items() if is_so)


def first_rooms(candidates: Iterable[Candidate], *, most: int = MOST_ROOMS) -> tuple[str, ...]:
    """Return the rooms of a kiosk nobody chose: those with signs of life, those with a story, the nearest."""
    ranked = sorted(candidates, key=lambda one: (not one.lives, not one.has_story, one.km, one.slug))
    return tuple(one.slug for one in ranked[:most])


def fitting(needed: int, wanted: Iterable[tuple[str, int]], *, most: int = MOST_BYTES) -> tuple[set[str], list[str]]:
    """Return what fits beside what is needed, in the order wanted, and what is left out."""
    kept: set[str] = set()
    left: list[str] = []
    room = most - needed
    for name, size in wanted:
        if size <= room:
            kept.add(name)
            room -= size
        else:
            left.append(name)
    return kept, left
