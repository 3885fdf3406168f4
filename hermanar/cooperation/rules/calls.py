"""Calls: how one stands on a day, what it lacks, and what may not be told of it (D5.3, D5.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hermanar.cooperation.vocabulary.calls import CallRefusal as Why
from hermanar.cooperation.vocabulary.calls import CallState, MissingOfCall

MOST_PEOPLE = 100_000  # a larger number is a slip of the hand


class CallRefusedError(ValueError):
    """Something of a call that may not be kept so, with every reason; nothing was written."""

    def __init__(self, refusals: Iterable[Why]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(str(refusal.label) for refusal in self.refusals))


@dataclass(frozen=True, slots=True)
class CallFacts:
    """A call as the rules look at it; None is not known."""

    title: str
    description: str = ""
    has_english: bool = False
    host: str = ""
    requirements: str = ""
    covers: str = ""
    how_to_apply: str = ""
    places: int | None = None
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """What came of a call: numbers, never who."""

    on: dt.date
    applied: int | None = None
    placed: int | None = None
    text: str = ""


def refused_call(call: CallFacts) -> list[Why]:
    """Return why a call cannot be told so."""
    found = [] if call.title.strip() else [Why.NO_TITLE]
    if call.opens_on and call.closes_on and call.closes_on < call.opens_on:
        found.append(Why.CLOSES_BEFORE_OPENS)
    if (call.opens_on is None) != (call.closes_on is None):
        found.append(Why.OPENS_WITHOUT_CLOSING)
    if call.starts_on and call.ends_on and call.ends_on < call.starts_on:
        found.append(Why.ENDS_FIRST)
    begins = call.starts_on or call.ends_on
    if begins and call.closes_on and begins <= call.closes_on:
        found.append(Why.STAY_BEFORE_CLOSING)
    if call.places is not None and call.places < 1:
        found.append(Why.NO_PLACES)
    return found if call.places is None or call.places <= MOST_PEOPLE else [*found, Why.TOO_MANY]


def refused_result(result: ResultFacts, *, call: CallFacts, today: dt.date) -> list[Why]:
    """Return why a result cannot be told so of a call."""
    numbers = [number for number in (result.applied, result.placed) if number is not None]
    found = [] if numbers or result.text.strip() else [Why.NOTHING_TOLD]
    found += [Why.BELOW_ZERO] if any(number < 0 for number in numbers) else []
    found += [Why.TOO_MANY] if any(number > MOST_PEOPLE for number in numbers) else []
    if call.closes_on is None:
        found.append(Why.NOT_CLOSED)
    elif result.on < call.closes_on:
        found.append(Why.RESULT_BEFORE_CLOSING)
    if result.on > today:
        found.append(Why.RESULT_IN_FUTURE)
    if result.placed is not None:
        found += [Why.MORE_THAN_PLACES] if call.places is not None and result.placed > call.places else []
        found += [Why.MORE_THAN_APPLIED] if result.applied is not None and result.placed > result.applied else []
    return found


def refused_to_show(call: CallFacts, *, is_demonstration: bool) -> list[Why]:
    """Return why a call cannot be public: a reader must learn what it is, until when, and how to take part."""
    found = [Why.DEMONSTRATION] if is_demonstration else []
    is_ready = call.description and call.closes_on and call.how_to_apply
    return found if is_ready else [*found, Why.NOT_READY]


def state_of(call: CallFacts, *, is_resolved: bool, today: dt.date) -> CallState:
    """Return how a call stands on a day; it is open on the day it closes."""
    if call.is_withdrawn:
        return CallState.WITHDRAWN
    if is_resolved:
        return CallState.RESOLVED
    if call.opens_on is None or call.closes_on is None:
        return CallState.UNDATED
    if today < call.opens_on:
        return CallState.UPCOMING
    return CallState.OPEN if today <= call.closes_on else CallState.CLOSED


def missing_of_call(call: CallFacts, *, is_resolved: bool, today: dt.date) -> list[MissingOfCall]:
    """Return what a call does not say yet, in the order of its page."""
    said = {
        MissingOfCall.DESCRIPTION: call.description,
        MissingOfCall.HOST: call.host,
        MissingOfCall.REQUIREMENTS: call.requirements,
        MissingOfCall.COVERS: call.covers,
        MissingOfCall.PLACES: call.places,
        MissingOfCall.WINDOW: call.closes_on,
        MissingOfCall.STAY: call.starts_on and call.ends_on,
        MissingOfCall.HOW_TO_APPLY: call.how_to_apply,
        MissingOfCall.ENGLISH: call.has_english,
        MissingOfCall.RESULT: state_of(call, is_resolved=is_resolved, today=today) != CallState.CLOSED,
    }
    return [one for one, value in said.items() if not value]
