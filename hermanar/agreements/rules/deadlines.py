"""What is due in a file on a day, until when and why; the law's own terms apart from what is only advisable."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from dataclasses import dataclass

from hermanar.agreements.rules.facts import years_later
from hermanar.agreements.rules.procedure import FileFacts, lacks_backing
from hermanar.agreements.vocabulary import Force, Regime, Stage
from hermanar.agreements.vocabulary.procedure import DueKind, Step, Urgency
from hermanar.foundation.calendar.working_days import Counted, CountError, Explanation, WorkingDays

# No law says when to think of a renewal: half a year lets two administrations talk to each other.
RENEWAL_NOTICE = dt.timedelta(days=180)
ANNIVERSARY_NOTICE = dt.timedelta(days=60)
_WEEK, _MONTH = dt.timedelta(days=7), dt.timedelta(days=30)
_LIVING = frozenset({Force.IN_FORCE, Force.SUSPENDED, Force.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Due:
    """One thing due: the day (None where nobody sets one), how it was counted, and the step that does it."""

    kind: DueKind
    on: dt.date | None = None
    since: dt.date | None = None  # for what is awaited: since when
    step: Step | None = None
    explanation: Explanation | None = None


def due_in(
    facts: FileFacts, *, signed_on: dt.date | None, programme_days: int | None, calendar: WorkingDays, today: dt.date
) -> list[Due]:
    """Return everything due in a file, the dated first, by day."""
    found = [
        *_before_signature(facts, calendar),
        *_after_signature(facts),
        *_of_a_living_agreement(facts, signed_on, programme_days, calendar, today),
    ]
    return sorted(found, key=lambda one: (one.on is None, one.on or dt.date.max, one.kind.value))


def urgency(on: dt.date | None, today: dt.date) -> Urgency:
    """Say how near a day is."""
    if on is None:
        return Urgency.UNDATED
    if on < today:
        return Urgency.OVERDUE
    if on <= today + _WEEK:
        return Urgency.WEEK
    return Urgency.MONTH if on <= today + _MONTH else Urgency.LATER


def _before_signature(facts: FileFacts, calendar: WorkingDays) -> Iterator[Due]:
    planned = facts.planned_signature_on
    if facts.regime is not Regime.TREATIES_LAW:
        if facts.stage in {Stage.DRAFT, Stage.INFORMED}:
            yield Due(DueKind.SIGN, planned, step=Step.SIGN)
        return
    latest = _latest_notice(calendar, planned) if planned else None
    day, why = (latest.day, latest.explanation) if latest else (None, None)
    if facts.stage is Stage.DRAFT:
        yield Due(DueKind.INFORM_MINISTRY, day, step=Step.INFORM_MINISTRY, explanation=why)
    elif facts.stage is Stage.INFORMED:
        yield Due(DueKind.REQUEST_OPINION, day, step=Step.REQUEST_OPINION, explanation=why)
    elif facts.stage is Stage.OBSERVED:
        yield Due(DueKind.ANSWER_OBSERVATIONS, day, step=Step.REQUEST_OPINION, explanation=why)
    elif facts.stage is Stage.OPINION_REQUESTED:
        yield Due(DueKind.OPINION_AWAITED, planned, since=facts.last_step_on, step=Step.RECORD_OPINION)
    elif facts.stage is Stage.CLEARED and facts.changed_since_request:
        yield Due(DueKind.REQUEST_OPINION, day, step=Step.REQUEST_OPINION, explanation=why)
    elif facts.stage is Stage.CLEARED:
        yield Due(DueKind.SIGN, planned, step=Step.SIGN)


@functools.lru_cache(maxsize=2_000)  # of thousands of files many are planned for the same day
def _latest_notice(calendar: WorkingDays, planned: dt.date) -> Counted | None:
    """Return the last day to ask the ministry: two weeks before the signature (D2.3); None before all dates."""
    try:
        return calendar.latest_date(planned, weeks=2)
    except CountError:
        return None


def _after_signature(facts: FileFacts) -> Iterator[Due]:
    if facts.stage is Stage.SIGNED and lacks_backing(facts):
        step = Step.RECORD_OPINION if facts.awaits_late_opinion else Step.REQUEST_OPINION
        yield Due(DueKind.CURE, since=facts.last_step_on, step=step)
    elif facts.stage is Stage.SIGNED and (facts.regime is Regime.TREATIES_LAW or facts.is_filed):
        yield Due(DueKind.SEND_SIGNED_COPIES, since=facts.last_step_on, step=Step.SEND_SIGNED_COPIES)
    elif facts.stage is Stage.COPIES_SENT and facts.regime is Regime.TREATIES_LAW:
        yield Due(DueKind.REGISTRATION_AWAITED, since=facts.last_step_on)


def _of_a_living_agreement(
    facts: FileFacts, signed_on: dt.date | None, programme_days: int | None, calendar: WorkingDays, today: dt.date
) -> Iterator[Due]:
    if facts.ends_on and _awaits_word_on_its_end(facts, facts.ends_on, today):
        yield Due(DueKind.EXPIRY, facts.ends_on, step=Step.RENEW)
    if signed_on is None or facts.force not in _LIVING:
        return
    if programme_days:  # until the office takes the term out of the file: nothing else here tells of a programme
        first = calendar.term_end(signed_on, days=programme_days)
        yield Due(DueKind.FIRST_PROGRAMME, first.day, explanation=first.explanation)
    following = next_anniversary(signed_on, today)
    if following - ANNIVERSARY_NOTICE <= today:
        yield Due(DueKind.ANNIVERSARY, following)


def _awaits_word_on_its_end(facts: FileFacts, ends_on: dt.date, today: dt.date) -> bool:
    """Say whether the end is near or past and nobody has renewed, ended or, once it had expired, reaffirmed it."""
    if facts.force is Force.EXPIRED:
        return facts.reaffirmed_on is None or facts.reaffirmed_on <= ends_on
    return facts.force in _LIVING and ends_on - RENEWAL_NOTICE <= today


def next_anniversary(signed_on: dt.date, today: dt.date) -> dt.date:
    """Return the next anniversary of a signature, today's included; of 29 February, the 28th."""
    years = max(today.year - signed_on.year, 1)
    day = years_later(signed_on, years)
    return day if day >= today else years_later(signed_on, years + 1)
