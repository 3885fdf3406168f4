"""How many may send at once: first come, first served, and whoever is asked to wait has a turn of their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """How many in how many seconds."""

    most: int
    seconds: int


# A class of thirty sends from one address; a machine that sends hundreds is asked to wait.
FROM_ONE_ADDRESS = Rate(60, 600)
FROM_ALL = Rate(120, 60)
# Whoever waited has places that newcomers cannot take: a flood of newcomers locks nobody out.
TURNS_OF_ONE_ADDRESS = Rate(10, 60)
TURNS_OF_ALL = Rate(120, 60)
SHORTEST_WAIT, LONGEST_WAIT = 10, 30  # seconds


@dataclass(frozen=True, slots=True)
class Lane:
    """The two counters that somebody who sends is counted in."""

    name: str
    of_one: Rate
    of_all: Rate


NEWCOMERS = Lane("new", FROM_ONE_ADDRESS, FROM_ALL)
WAITED = Lane("turn", TURNS_OF_ONE_ADDRESS, TURNS_OF_ALL)


def lane(turn: float | None, *, now: float) -> Lane:
    """Return where somebody is counted: who came back when their turn had come, apart from the newcomers."""
    return WAITED if turn is not None and turn <= now else NEWCOMERS


def is_full(count: int, rate: Rate) -> bool:
    """Say whether a counter lets nobody more in."""
    return count >= rate.most
