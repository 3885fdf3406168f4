"""The rooms that ship: which tie each is about, and the sentences of its story."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from pathlib import Path

import hermanar

_FOLDER = Path(hermanar.__file__).resolve().parent / "data" / "museum" / "rooms"


@dataclass(frozen=True, slots=True)
class Room:
    """A room: its address, that of the agreement it shows, those of the host and of the city it tells of."""

    slug: str
    agreement: str
    host: str
    place: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that one source says, in both languages."""

    room: str
    key: str
    text_es: str
    text_en: str
    on: str
    source: str
    passage: str


@functools.cache
def rooms() -> tuple[Room, ...]:
    """Return the rooms in the order of the documents."""
    return tuple(Room(**row) for row in _rows("rooms"))


def room_at(slug: str) -> Room | None:
    """Return the room of an address."""
    return next((room for room in rooms() if room.slug == slug), None)


@functools.cache
def sentences() -> tuple[Sentence, ...]:
    """Return the sentences of all stories, in the order they are told."""
    return tuple(Sentence(**row) for row in _rows("stories"))


def story_of(slug: str) -> tuple[Sentence, ...]:
    """Return the story of a room; most have none."""
    return tuple(one for one in sentences() if one.room == slug)


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
