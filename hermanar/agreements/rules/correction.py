"""What a correction of a past agreement may not say, given what followed its signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from hermanar.agreements.rules.facts import ActFacts, term_end
from hermanar.agreements.vocabulary import ActKind
from hermanar.agreements.vocabulary.procedure import Refusal
from hermanar.foundation.calendar import PartialDate

_SIGNATURE = frozenset({"signed_on", "signed_precision"})
_TERM = _SIGNATURE | {"term_years", "is_open_ended"}
# Acts that only something signed can have.
_FOLLOWS = frozenset(
    {ActKind.RENEWAL, ActKind.SUSPENSION, ActKind.RESUMPTION, ActKind.TERMINATION, ActKind.REAFFIRMATION}
)


@dataclass(frozen=True, slots=True)
class PastFacts:
    """What a past agreement would say once it is corrected."""

    signed: PartialDate
    term_years: int | None
    is_open_ended: bool
    registered_on: PartialDate


def refused_corrections(
    after: PastFacts, *, touched: Collection[str], acts: Sequence[ActFacts], today: dt.date
) -> tuple[Refusal, ...]:
    """Say everything that refuses a correction; `touched` are the fields it gives, and only they are judged."""
    return tuple(_faults(after, frozenset(touched), acts, today))


def _faults(after: PastFacts, fields: frozenset[str], acts: Sequence[ActFacts], today: dt.date) -> Iterator[Refusal]:
    signed, entered = after.signed.on, after.registered_on
    given = [signed] if fields & _SIGNATURE else []
    given += [entered.on] if "registered_on" in fields else []
    if any(day and day > today for day in given):
        yield Refusal.FUTURE_DATE
    if given and signed and entered.last and entered.last < signed:
        yield Refusal.BEFORE_SIGNATURE
    if fields & _SIGNATURE and signed and any(act.on < signed for act in acts if act.on and act.kind in _FOLLOWS):
        yield Refusal.SIGNED_AFTER_ACT
    if fields & _TERM and _outlasts_renewal(after, acts):
        yield Refusal.TERM_WAS_RENEWED


def _outlasts_renewal(after: PastFacts, acts: Sequence[ActFacts]) -> bool:
    """Say whether the term would have needed no renewal: it has no end, or one not before what a renewal gave it."""
    until = [act.until for act in acts if act.kind is ActKind.RENEWAL and act.until]
    end = term_end(after.signed, after.term_years)
    return bool(until) and (after.is_open_ended or bool(end and end >= min(until)))
