"""What may be said of an indicator and of its values, and how far it has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from hermanar.cooperation.vocabulary import Measure
from hermanar.cooperation.vocabulary import ProjectRefusal as Why

MOST_FIGURE = Decimal("99999999999.9999")  # fifteen figures: what SQLite keeps of a number
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """What the rules look at in an indicator."""

    title: str
    measure: Measure
    unit: str = ""
    baseline: Decimal | None = None
    baseline_on: dt.date | None = None
    target: Decimal | None = None
    target_on: dt.date | None = None


def refused_indicator(one: IndicatorFacts, *, today: dt.date) -> list[Why]:
    """Return everything that is wrong with an indicator."""
    found = [] if one.title.strip() else [Why.NO_MEASURE_TITLE]
    if one.measure is Measure.NUMBER and not one.unit.strip():
        found.append(Why.NO_UNIT)
    for figure in (one.baseline, one.target):
        found += refused_figure(figure, measure=one.measure)
    if one.target is not None and one.baseline is None:
        found.append(Why.TARGET_WITHOUT_BASELINE)
    if one.baseline is not None and one.baseline_on is None:
        found.append(Why.BASELINE_WITHOUT_DATE)
    if one.target is not None and one.target_on is None:
        found.append(Why.TARGET_WITHOUT_DATE)
    if (one.baseline is None and one.baseline_on) or (one.target is None and one.target_on):
        found.append(Why.DATE_WITHOUT_FIGURE)
    if one.baseline_on and one.baseline_on > today:
        found.append(Why.BASELINE_IN_FUTURE)
    if one.baseline_on and one.target_on and one.target_on <= one.baseline_on:
        found.append(Why.TARGET_BEFORE_BASELINE)
    if one.target is not None and one.target == one.baseline:
        found.append(Why.TARGET_IS_BASELINE)
    return list(dict.fromkeys(found))


def refused_figure(figure: Decimal | None, *, measure: Measure) -> list[Why]:
    """Return what is wrong with a figure of an indicator."""
    if figure is None:
        return []
    if measure is Measure.PERCENTAGE and not 0 <= figure <= _WHOLE:
        return [Why.PERCENTAGE_OUT_OF_RANGE]
    return [Why.FIGURE_TOO_LARGE] if abs(figure) > MOST_FIGURE else []


def refused_value(
    value: Decimal, *, on: dt.date, verification: str, of: IndicatorFacts, others: Collection[dt.date], today: dt.date
) -> list[Why]:
    """Return everything that is wrong with a value measured on a day; `others` are the days that have one."""
    found = refused_figure(value, measure=of.measure)
    if on > today:
        found.append(Why.VALUE_IN_FUTURE)
    if of.baseline_on and on < of.baseline_on:
        found.append(Why.VALUE_BEFORE_BASELINE)
    if on in others:
        found.append(Why.VALUE_TWICE)
    if not verification.strip():
        found.append(Why.NO_VERIFICATION)
    return found


def progress_of(baseline: Decimal | None, *, target: Decimal | None, newest: Decimal | None) -> Decimal | None:
    """Return how much of the way from baseline to target is done, in hundredths rounded down; None: it is not known.

    Above 100 the target was passed; below 0 it is further away than at the beginning.
    """
    if baseline is None or target is None or newest is None or target == baseline:
        return None
    return ((newest - baseline) * _WHOLE / (target - baseline)).to_integral_value("ROUND_FLOOR")
