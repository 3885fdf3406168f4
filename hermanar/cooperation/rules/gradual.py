"""What the method advises about a work plan: a gradual start, and the renewal after the first period.

D3.2 [002:263]: «no empezar con proyectos que demanden muchos recursos de todo tipo, sino que los primeros proyectos
deben estar dirigidos a la comunicación y el establecimiento de confianza entre las partes». D3.5 [002:130-132]: a first
period of three years, and then new projects «que involucran nuevos actores, temáticas de cooperación y recursos». D3.7
asks for equality of the parties. Advice refuses nothing: each one says from which figures it follows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from hermanar.cooperation.rules.plans import PlannedFacts, Span, usual_end, years_later
from hermanar.cooperation.vocabulary.plans import Advice, Demand
from hermanar.foundation.calendar import months_later

_TRUST_YEARS = 1  # the first of the three years is for getting to know each other
RENEW_MONTHS = 6  # how long before the end a second period is prepared: a council and two cities have to decide
_FEW = 3  # fewer activities than this say nothing of areas or sides


@dataclass(frozen=True, slots=True)
class Hint:
    """One advice, with the figures it follows from and the activity it is about."""

    advice: Advice
    said: Mapping[str, object] = field(default_factory=dict)
    planned: UUID | None = None


def gradual_advice(plan: Span, planned: Sequence[PlannedFacts], *, today: dt.date) -> list[Hint]:
    """Return what the method would change in the order of a plan."""
    ordered = sorted(planned, key=lambda one: (one.days, one.title))
    found = list(_of_order(plan, ordered))
    found += _of_evidence(ordered, today)
    found += _of_breadth(ordered)
    if plan[1] > usual_end(plan[0]):
        found.append(Hint(Advice.LONGER_THAN_FIRST, {"last": plan[1], "usual": usual_end(plan[0])}))
    return found


def _of_order(plan: Span, ordered: Sequence[PlannedFacts]) -> Iterator[Hint]:
    large = [one for one in ordered if one.demand is Demand.HIGH]
    if ordered and ordered[0].demand is not Demand.LOW:
        yield Hint(Advice.NOTHING_SMALL_FIRST, {"title": ordered[0].title, "day": ordered[0].days[0]}, ordered[0].key)
    trust_until = years_later(plan[0], _TRUST_YEARS)
    for one in large:
        small = [other for other in ordered if other.demand is Demand.LOW and other.days[1] < one.days[0]]
        if one.days[0] < trust_until or not small:
            said = {"title": one.title, "day": one.days[0], "until": trust_until, "small": len(small)}
            yield Hint(Advice.LARGE_TOO_EARLY, said, one.key)


def _of_evidence(ordered: Sequence[PlannedFacts], today: dt.date) -> list[Hint]:
    """Return the large ones that begin within the next months while nothing of the plan is noted as done."""
    if any(one.progress.done for one in ordered):
        return []
    near = months_later(today, RENEW_MONTHS)
    soon = [one for one in ordered if one.demand is Demand.HIGH and one.days[0] <= near and one.days[1] >= today]
    return [Hint(Advice.LARGE_WITHOUT_EVIDENCE, {"title": one.title, "day": one.days[0]}, one.key) for one in soon]


def _of_breadth(ordered: Sequence[PlannedFacts]) -> list[Hint]:
    if len(ordered) < _FEW:
        return []
    found = []
    if len({one.area for one in ordered}) == 1:
        found.append(Hint(Advice.ONE_AREA, {"count": len(ordered)}))
    sides = (
        any(one.responsible_own.strip() for one in ordered),
        any(one.responsible_counterpart.strip() for one in ordered),
    )
    if sides[0] != sides[1]:
        found.append(Hint(Advice.ONE_SIDED, {"count": len(ordered)}))
    return found


def renewal_advice(plan: Span, *, followed: bool, today: dt.date) -> Hint | None:
    """Return the advice to prepare a second period, from six months before the first one ends (D3.5).

    The period ends with the plan, or after three years where the plan is longer; `followed`: another plan comes after.
    """
    ends_on = min(plan[1], usual_end(plan[0]))
    since = months_later(ends_on, -RENEW_MONTHS)
    if followed or today < since:
        return None
    return Hint(Advice.RENEW, {"day": ends_on, "since": since})
