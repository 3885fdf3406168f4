"""What may be recorded of what is done together: pure functions, the day as an argument."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from hermanar.cooperation.vocabulary import Fault, Precision
from hermanar.foundation.calendar import PartialDate

MOST_PHOTOGRAPHS = 12
MOST_DOCUMENTS = 6
MOST_PEOPLE = 1_000_000


class ActivityRefusedError(ValueError):
    """An activity is not taken as it was entered."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(self.faults))


class NotYetDoneError(ValueError):
    """An activity that has not begun is a plan, and proves nothing."""


def check_has_begun(started_on: dt.date | None, today: dt.date) -> None:
    """Raise NotYetDoneError for an activity that begins after today."""
    if started_on is not None and started_on > today:
        raise NotYetDoneError(started_on.isoformat())


def evidence_until(ended_on: dt.date | None, today: dt.date) -> dt.date | None:
    """Return the day up to which an activity that has begun can be shown to have gone on: not beyond today."""
    return None if ended_on is None else min(ended_on, today)


def is_newest_evidence(ended_on: dt.date | None, evidence_on: dt.date | None) -> bool:
    """Say whether the newest evidence rests on this activity."""
    return ended_on is not None and evidence_on is not None and ended_on >= evidence_on


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What the rules look at in an activity as a person enters it."""

    start: PartialDate
    end: PartialDate
    description: str
    participants: Mapping[str, int]
    press: Sequence[str]
    alternatives: Sequence[str]  # one for each photograph
    document_count: int = 0


def faults_of(entry: EntryFacts, *, countries: Collection[str], today: dt.date) -> list[Fault]:
    """Return everything that keeps an activity from being taken, in the order of its form."""
    return list(dict.fromkeys((*_faults_of_days(entry, today), *_faults_of_content(entry, countries))))


def _faults_of_days(entry: EntryFacts, today: dt.date) -> Iterator[Fault]:
    start, end = entry.start, entry.end
    if start.on is None or end.on is None or end.last is None:
        yield Fault.NO_DATE
        return
    if start.on > today:
        yield Fault.TO_COME
    elif end.on > today:  # of a month or a year that is not over, its first day counts
        yield Fault.GOES_ON
    if end.last < start.on:
        yield Fault.ENDS_BEFORE_BEGIN


def _faults_of_content(entry: EntryFacts, countries: Collection[str]) -> Iterator[Fault]:
    if not entry.description.strip():
        yield Fault.NO_DESCRIPTION
    if any(not 0 <= count <= MOST_PEOPLE for count in entry.participants.values()):
        yield Fault.PEOPLE_OUT_OF_RANGE
    if not set(entry.participants) <= set(countries):
        yield Fault.NO_COUNTRY
    if not all(map(_is_web_address, entry.press)):
        yield Fault.NOT_A_WEB_ADDRESS
    if len(entry.alternatives) > MOST_PHOTOGRAPHS:
        yield Fault.TOO_MANY_PHOTOGRAPHS
    if entry.document_count > MOST_DOCUMENTS:
        yield Fault.TOO_MANY_DOCUMENTS
    if not all(text.strip() for text in entry.alternatives):
        yield Fault.NO_ALTERNATIVE


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:  # a bracket that nobody closes
        return False
    is_plain = text.isprintable() and " " not in text
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and is_plain


_COARSER = (Precision.DAY, Precision.MONTH, Precision.YEAR)


def common_precision(start: PartialDate, end: PartialDate) -> Precision:
    """Return how much is known of both ends of an activity: what is known of the vaguer one."""
    return max((Precision(one.precision.value) for one in (start, end)), key=_COARSER.index)


def overlaps(first: tuple[dt.date, dt.date], other: tuple[dt.date, dt.date]) -> bool:
    """Say whether two spans of days, their ends among them, share a day."""
    return first[0] <= other[1] and other[0] <= first[1]
