"""What a correction of a past agreement may not say, given what followed its signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hermanar.agreements.rules.facts import ActFacts, term_end
from hermanar.agreements.vocabulary import ActKind
from hermanar.agreements.vocabulary.procedure import Refusal
from hermanar.foundation.calendar import PartialDate

# Acts that only something signed can have.
_FOLLOWS = frozenset(
    {
        *(ActKind.REGISTRATION, ActKind.RENEWAL, ActKind.SUSPENSION),
        *(ActKind.RESUMPTION, ActKind.TERMINATION, ActKind.REAFFIRMATION),
    }
)


@dataclass(frozen=True, slots=True)
class PastFacts:
    """What a past agreement says of its signature, its term and its entry in the register."""

    signed: PartialDate
    term_years: int | None
    is_open_ended: bool
    registered_on: PartialDate


def refused_corrections(
    before: PastFacts, after: PastFacts, *, acts: Sequence[ActFacts], today: dt.date
) -> tuple[Refusal, ...]:
    """Say everything that refuses a correction; what contradicted itself before it is not held against it."""
    known = set(_faults(before, acts, today))
    return tuple(dict.fromkeys(fault[0] for fault in _faults(after, acts, today) if fault not in known))


def _faults(facts: PastFacts, acts: Sequence[ActFacts], today: dt.date) -> Iterator[tuple[Refusal, object]]:
    """Yield each contradiction with what it is about."""
    signed, entered = facts.signed.on, facts.registered_on
    yield from ((Refusal.FUTURE_DATE, day) for day in (signed, entered.on) if day and day > today)
    if signed and entered.last and entered.last < signed:
        yield Refusal.BEFORE_SIGNATURE, None
    for act in acts:
        if signed and act.on and act.on < signed and act.kind in _FOLLOWS:
            yield Refusal.SIGNED_AFTER_ACT, act
    if _outlasts_renewal(facts, acts):
        yield Refusal.TERM_WAS_RENEWED, None


def _outlasts_renewal(facts: PastFacts, acts: Sequence[ActFacts]) -> bool:
    """Say whether the term would have needed no renewal: it has no end, or one not before what a renewal gave it."""
    until = [act.until for act in acts if act.kind is ActKind.RENEWAL and act.until]
    end = term_end(facts.signed, facts.term_years)
    return bool(until) and (facts.is_open_ended or bool(end and end >= min(until)))
