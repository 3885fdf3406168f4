"""What may be said of an agreement: pure functions on plain values, the day as an argument."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hermanar.agreements.vocabulary import (
    ActKind,
    Force,
    Kind,
    Regime,
    Registered,
    Scope,
    SignedPrecision,
    Stage,
    Standing,
)
from hermanar.foundation.calendar import PartialDate, Precision, parse_partial

# Articles 1 and 2-II of the Ley sobre la Celebración de Tratados; the law is of 2 January 1992.
TREATIES_LAW_ON = dt.date(1992, 1, 2)
UNSIGNED_STAGES = frozenset(
    {
        Stage.DRAFT,
        Stage.INFORMED,
        Stage.OPINION_REQUESTED,
        Stage.OBSERVED,
        Stage.CLEARED,
        Stage.ABANDONED,
    }
)


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """What the regime and the scope depend on."""

    country: str
    state: str | None
    standing: Standing = Standing.GOVERNMENT


@dataclass(frozen=True, slots=True)
class ForceFacts:
    """What the force of an agreement depends on, beside the day."""

    is_signed: bool
    ends_on: dt.date | None = None
    is_open_ended: bool = False
    suspended_on: dt.date | None = None
    terminated_on: dt.date | None = None


def _is_mexican(party: PartyFacts) -> bool:
    """Say whether a party is a Mexican one: an international organisation is not, wherever it has its seat (D2.9)."""
    return party.country == "MX" and party.standing is not Standing.INTERNATIONAL


def regime(parties: Sequence[PartyFacts]) -> Regime:
    """Say which procedure applies to a tie between these parties (art. 2-II; D1.1, D1.4)."""
    mexican = [_is_mexican(party) for party in parties]
    if any(party.standing is Standing.PRIVATE for party in parties):
        return Regime.PRIVATE_COUNTERPART
    if all(mexican):
        return Regime.BETWEEN_MEXICAN
    return Regime.TREATIES_LAW if any(mexican) else Regime.FOREIGN_ONLY


def scope(parties: Sequence[PartyFacts]) -> Scope:
    """Say how far a tie reaches: the same state, the nation, abroad."""
    if not all(_is_mexican(party) for party in parties):
        return Scope.INTERNATIONAL
    states = {party.state for party in parties}
    return Scope.IN_STATE if len(states) == 1 and None not in states else Scope.NATIONAL


def predates_treaties_law(signed_on: dt.date | None, precision: SignedPrecision | str = SignedPrecision.YEAR) -> bool:
    """Say whether the tie is older, on any day its date may mean, than the law whose regime it is shown under.

    Without a precision the date may be the first day of a year of which no more is known.
    """
    last = PartialDate(signed_on, Precision(precision)).last
    return last is not None and last < TREATIES_LAW_ON


def is_signed(stage: Stage) -> bool:
    """Say whether a stage lies at or after the signature."""
    return stage not in UNSIGNED_STAGES


def years_later(day: dt.date, years: int) -> dt.date:
    """Return the day a term of whole years ends; 29 February ends on the 28th, and nothing after the calendar."""
    year = min(day.year + years, dt.MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def term_end(signed: PartialDate, term_years: int | None) -> dt.date | None:
    """Return the day the term of a signature ends, before any renewal; None where the date or the term is not known.

    A term runs from the last day the date of signature may mean: before it ends, the agreement may still bind.
    """
    return years_later(signed.last, term_years) if signed.last and term_years else None


def force(facts: ForceFacts, today: dt.date) -> Force:
    """Say whether an agreement binds on a day; an unknown term is not an open-ended one."""
    if not facts.is_signed:
        return Force.UNSIGNED
    if facts.terminated_on and facts.terminated_on <= today:
        return Force.TERMINATED
    if facts.ends_on and facts.ends_on < today:
        return Force.EXPIRED
    if facts.suspended_on and facts.suspended_on <= today:
        return Force.SUSPENDED
    if facts.is_open_ended or facts.ends_on:
        return Force.IN_FORCE
    return Force.UNKNOWN


def next_force_change(facts: ForceFacts, today: dt.date) -> dt.date | None:
    """Return the next day on which `force` may answer otherwise with the same facts."""
    days = [facts.terminated_on, facts.suspended_on]
    if facts.ends_on and facts.ends_on < dt.date.max:
        days.append(facts.ends_on + dt.timedelta(days=1))
    return min((day for day in days if day and day > today), default=None)


# Since when an act counts that no source dates: it happened, so before any day that may be asked about.
UNDATED = dt.date.min


@dataclass(frozen=True, slots=True)
class ActFacts:
    """An act of law, as the force reads it: on the last day its date may mean, or None when no source dates it."""

    kind: ActKind
    on: dt.date | None
    until: dt.date | None = None

    @property
    def counts_from(self) -> dt.date:
        """Return the day from which it certainly happened."""
        return self.on or UNDATED


def _in_order(acts: Iterable[ActFacts]) -> list[ActFacts]:
    """Sort acts by the day they count from; what is resumed on a day was suspended before."""
    return sorted(acts, key=lambda act: (act.counts_from, act.kind is ActKind.RESUMPTION))


def force_facts(
    *,
    stage: Stage,
    signed: PartialDate,
    term_years: int | None,
    is_open_ended: bool,
    acts: Iterable[ActFacts],
) -> ForceFacts:
    """Gather what the force depends on from the record and its acts, in the order they happened."""
    ends_on = term_end(signed, term_years)
    suspended_on = terminated_on = None
    for act in _in_order(acts):
        if act.kind is ActKind.RENEWAL and act.until:
            ends_on = act.until
        elif act.kind is ActKind.SUSPENSION:
            suspended_on = act.counts_from
        elif act.kind is ActKind.RESUMPTION:
            suspended_on = None
        elif act.kind is ActKind.TERMINATION:
            terminated_on = act.counts_from
    return ForceFacts(
        is_signed=is_signed(stage),
        ends_on=ends_on,
        is_open_ended=is_open_ended,
        suspended_on=suspended_on,
        terminated_on=terminated_on,
    )


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date one source gives, with its precision."""

    on: dt.date
    precision: SignedPrecision

    def agrees_with(self, other: StatedDate) -> bool:
        """Say whether both may mean the same day."""
        length = min(_LENGTH[self.precision], _LENGTH[other.precision])
        return self.on.isoformat()[:length] == other.on.isoformat()[:length]


_LENGTH = {SignedPrecision.YEAR: 4, SignedPrecision.MONTH: 7, SignedPrecision.DAY: 10}


def settled_date(stated: Sequence[StatedDate]) -> StatedDate | None:
    """Choose the date a record shows: the most precise one that agrees with the first."""
    agreeing = [date for date in stated if date.agrees_with(stated[0])]
    return max(agreeing, key=lambda date: _LENGTH[date.precision], default=None)


def is_disputed(stated: Sequence[StatedDate]) -> bool:
    """Say whether two sources give dates that cannot both be right."""
    return any(not one.agrees_with(other) for one in stated for other in stated)


def decade(signed_on: dt.date | None) -> str:
    """Return the decade of a signature as its first year, or `unknown`."""
    return str(signed_on.year // 10 * 10) if signed_on else "unknown"


@dataclass(frozen=True, slots=True)
class LikenessFacts:
    """What tells two agreements between the same parties apart."""

    kind: Kind
    signed_year: int | None


def may_be_same(one: LikenessFacts, other: LikenessFacts) -> bool:
    """Say whether two agreements of the same parties are probably one: one kind, or years that can be the same."""
    if one.kind is other.kind or None in (one.signed_year, other.signed_year):
        return True
    return one.signed_year == other.signed_year


class CorrectionError(ValueError):
    """A correction gives a field a value that no record may have."""


def _is_text(longest: int, *, may_be_empty: bool = True) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and len(value) <= longest and bool(may_be_empty or value.strip())


def _is_word_of(words: Iterable[str]) -> Callable[[Any], bool]:
    known = frozenset(map(str, words))
    return lambda value: isinstance(value, str) and str(value) in known


def _is_partial_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(parse_partial(value)) == value
    except ValueError:
        return False


LONGEST_TERM = 999
# What a person may correct, and which values each field takes.
CORRECTABLE: Mapping[str, Callable[[Any], bool]] = {
    "title_es": _is_text(300, may_be_empty=False),
    "title_en": _is_text(300),
    "kind": _is_word_of(Kind),
    "signed_on": lambda value: value is None or type(value) is dt.date,
    "signed_precision": _is_word_of(SignedPrecision),
    "term_years": lambda value: value is None or (type(value) is int and 0 < value <= LONGEST_TERM),
    "is_open_ended": lambda value: type(value) is bool,
    "registered": _is_word_of(Registered),
    "registration_number": _is_text(80),
    "registered_on": _is_partial_date,
}


def check_correction(values: Mapping[str, Any], *, kept: Mapping[str, Any]) -> None:
    """Raise CorrectionError unless each value is one its field takes and the record agrees with itself afterwards.

    `kept` holds the stage and the fields that may be corrected, as the record has them before.
    """
    for field, value in values.items():
        if field not in CORRECTABLE or not CORRECTABLE[field](value):
            raise CorrectionError(f"{field}: {value!r}")
    after = {**kept, **values}
    if not _is_whole(after["signed_on"], Precision(after["signed_precision"])):
        raise CorrectionError(f"signed_on, signed_precision: {after['signed_on']}, {after['signed_precision']}")
    if after["is_open_ended"] and after["term_years"]:
        raise CorrectionError("is_open_ended, term_years")
    entered = after["registration_number"] or after["registered_on"]
    if after["registered"] == Registered.NO and entered:
        raise CorrectionError(f"registered: {entered}")
    if after["stage"] == Stage.REGISTERED and not after["registration_number"]:
        raise CorrectionError("registration_number")


def _is_whole(on: dt.date | None, precision: Precision) -> bool:
    """Say whether a date has a precision, and is the first day of what is known."""
    if on is None or precision is Precision.UNKNOWN:
        return on is None and precision is Precision.UNKNOWN
    return parse_partial(str(PartialDate(on, precision))).on == on
