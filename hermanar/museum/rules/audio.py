"""Numbers of the audio guide: printed beside doors and works, so none ever changes or comes back for another."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

FIRST_FREE = 101  # below stand the rooms that ship, each with its own
LAST = 999


class StopRefusal(Enum):
    """Why a stop is not kept as it is written."""

    NO_SUBJECT = "no_subject"
    TWO_SUBJECTS = "two_subjects"
    HAS_ONE = "has_one"
    NO_TITLE = "no_title"
    NO_TEXT = "no_text"
    NO_NUMBER_LEFT = "no_number_left"
    NOT_A_SOUND = "not_a_sound"


class StopRefusedError(ValueError):
    """A stop is not kept as it is written."""

    def __init__(self, refusals: Iterable[StopRefusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(", ".join(one.value for one in self.refusals))


@dataclass(frozen=True, slots=True)
class StopDraft:
    """A stop as it is written at the desk."""

    host: str
    room: str
    work: str
    title: str
    title_en: str
    text: str
    text_en: str


def refused_stop(draft: StopDraft, *, has_one: bool) -> tuple[StopRefusal, ...]:
    """Return everything that keeps a stop from being kept."""
    found = {
        StopRefusal.NO_SUBJECT: not draft.room and not draft.work,
        StopRefusal.TWO_SUBJECTS: bool(draft.room and draft.work),
        StopRefusal.HAS_ONE: has_one,
        StopRefusal.NO_TITLE: not draft.title.strip(),
        StopRefusal.NO_TEXT: not draft.text.strip(),
    }
    return tuple(refusal for refusal, is_so in found.items() if is_so)


def number_for(room: str, *, shipped: Collection[str], taken: Collection[int]) -> int:
    """Return the number of a new stop: a room that ships has its own, others take the next. Zero when none is left."""
    if room in shipped:
        return list(shipped).index(room) + 1
    following = max((one for one in taken if one >= FIRST_FREE), default=FIRST_FREE - 1) + 1
    return following if following <= LAST else 0
