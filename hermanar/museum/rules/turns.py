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
VOTE_LETTERS = Rate(3, 86_400)  # to one address about its vote, however often a stranger writes it in the form
SHORTEST_WAIT, LONGEST_WAIT = 10, 30  # seconds


# What costs more than a page: a whole class at one connection, each pupil several times.
FINALS = Rate(150, 300)
PAPERS = Rate(90, 300)
NAMES_ASKED = Rate(60, 300)
TOKENS_GUESSED = Rate(120, 300)
COPIES = Rate(600, 300)


@dataclass(frozen=True, slots=True)
class Lane:
    """The counters that somebody is counted in: of one's address, and of everybody where there is such a limit."""

    name: str
    of_one: Rate
    of_all: Rate | None = None


NEWCOMERS = Lane("new", FROM_ONE_ADDRESS, FROM_ALL)
WAITED = Lane("turn", TURNS_OF_ONE_ADDRESS, TURNS_OF_ALL)
COURSE_FINAL = Lane("course_final", FINALS)
COURSE_PAPER = Lane("course_paper", PAPERS)
COURSE_NAME = Lane("course_name", NAMES_ASKED)
COURSE_TOKEN = Lane("course_token", TOKENS_GUESSED)
SCHOOL_GUIDE = Lane("school_guide", PAPERS)
KIOSK_COPY = Lane("kiosk_copy", COPIES)


def lane(turn: float | None, *, now: float) -> Lane:
    """Return where somebody is counted: who came back when their turn had come, apart from the newcomers."""
    return WAITED if turn is not None and turn <= now else NEWCOMERS


def is_full(count: int, rate: Rate) -> bool:
    """Say whether a counter lets nobody more in."""
    return count >= rate.most
