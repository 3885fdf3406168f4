"""What a work plan may say, what it lacks and how far it has come: pure functions, the day as an argument.

Sources: an annual programme and its contents, D2.8 [002:146]; a first period of three years, then renewal with larger
projects and more actors, D3.5 [002:130-132, 179]; a gradual start, first what builds trust, D3.2 [002:263].
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from hermanar.cooperation.rules.currencies import currency_refusal, plain_amount
from hermanar.cooperation.vocabulary import GiftRefusal
from hermanar.cooperation.vocabulary.plans import Demand, PlanContent, PlanSide, ResourceKind
from hermanar.cooperation.vocabulary.plans import PlanRefusal as Why
from hermanar.foundation.calendar import months_later

FIRST_YEARS = 3  # D3.5
MOST_YEARS = 5
EARLIEST, LATEST = 1900, 2200  # years a plan may touch: the first twinnings, and no slip of the pen
MOST_TIMES = 366
MOST_PEOPLE = 100_000
MOST_AMOUNT = Decimal("999999999999.99")
_FULL = 100
_MOST_DIGITS = 20  # of a total as it is written; more is a slip of the hand

Span = tuple[dt.date, dt.date]  # first and last day


@dataclass(frozen=True, slots=True)
class PlanFault:
    """One refusal: the figures of its sentence, and of rows which one."""

    why: Why
    said: Mapping[str, object] = field(default_factory=dict)
    row: int | None = None  # from 0, of staff or resources


class PlanRefusedError(ValueError):
    """Something of a plan is not kept as it was written: everything that refuses it; nothing was written."""

    def __init__(self, *faults: PlanFault) -> None:
        self.faults = faults
        super().__init__(", ".join(fault.why.value for fault in faults))


# ── the plan and its years ───────────────────────────────────────────────────────────────────────────────────────────


def years_later(day: dt.date, years: int) -> dt.date:
    """Return the same day so many years later; of a leap day, the last of its month."""
    return months_later(day, 12 * years)


def usual_end(starts_on: dt.date) -> dt.date:
    """Return the last day of a first period: three years (D3.5)."""
    return years_later(starts_on, FIRST_YEARS) - dt.timedelta(days=1)


def year_span(plan: Span, year: int) -> Span | None:
    """Return the days of a calendar year that are in a plan; None when none is."""
    first, last = max(plan[0], dt.date(year, 1, 1)), min(plan[1], dt.date(year, 12, 31))
    return (first, last) if first <= last else None


def years_of(plan: Span) -> list[int]:
    """Return the calendar years of a plan."""
    return list(range(plan[0].year, plan[1].year + 1))


def refused_plan(plan: Span, *, others: Iterable[Span], agreed_on: dt.date | None, today: dt.date) -> list[PlanFault]:
    """Return why a plan cannot be of these days; `others` are the other plans of the same tie."""
    first, last = plan
    if first.year < EARLIEST or last.year > LATEST:
        return [PlanFault(Why.OUT_OF_TIME, {"first": EARLIEST, "last": LATEST})]
    if last < first:
        return [PlanFault(Why.ENDS_FIRST, {"first": first, "last": last})]
    found = []
    if last >= years_later(first, MOST_YEARS):
        found.append(PlanFault(Why.TOO_LONG, {"first": first, "last": last}))
    clash = next((one for one in others if one[0] <= last and first <= one[1]), None)
    if clash:
        found.append(PlanFault(Why.OVERLAPS, {"first": clash[0], "last": clash[1]}))
    if agreed_on and agreed_on > today:
        found.append(PlanFault(Why.AGREED_IN_FUTURE))
    return found


def left_out(plan: Span, *, years: Iterable[int], planned: Iterable[tuple[str, Span]]) -> list[PlanFault]:
    """Return the programmes and activities that new days of a plan would leave outside it."""
    span = {"first": plan[0], "last": plan[1]}
    found = [PlanFault(Why.LEAVES_OUT_YEAR, {**span, "year": year}) for year in years if not year_span(plan, year)]
    for title, (begins, ends) in planned:
        if begins < plan[0] or ends > plan[1]:
            said = {**span, "title": title, "begins": begins, "ends": ends}
            found.append(PlanFault(Why.LEAVES_OUT_ACTIVITY, said))
    return found


def refused_year(plan: Span, *, year: int, taken: Iterable[int]) -> list[PlanFault]:
    """Return why a plan cannot have a programme of a year."""
    if year_span(plan, year) is None:
        return [PlanFault(Why.YEAR_OUTSIDE, {"first": plan[0], "last": plan[1], "year": year})]
    return [PlanFault(Why.YEAR_TAKEN, {"year": year})] if year in set(taken) else []


# ── what is planned ──────────────────────────────────────────────────────────────────────────────────────────────────


def refused_planned(days: Span, *, title: str, times: int, plan: Span, year: int) -> list[PlanFault]:
    """Return why something cannot be planned so: its days must be days of its programme and of the plan."""
    begins, ends = days
    found = [] if title.strip() else [PlanFault(Why.NO_TITLE)]
    span = year_span(plan, year)
    if ends < begins:
        found.append(PlanFault(Why.ENDS_BEFORE, {"begins": begins, "ends": ends}))
    elif span is None:
        found += refused_year(plan, year=year, taken=[])
    else:
        outside = next((day for day in days if not span[0] <= day <= span[1]), None)
        if outside:
            said = {"first": span[0], "last": span[1], "year": year, "day": outside}
            found.append(PlanFault(Why.OUTSIDE_PROGRAMME, said))
    if not 1 <= times <= MOST_TIMES:
        found.append(PlanFault(Why.TIMES_OUT_OF_RANGE))
    return found


def refused_percent(percent: int | None) -> list[PlanFault]:
    """Return why a progress cannot be stated: it goes from 0 to 100."""
    if percent is None or 0 <= percent <= _FULL:
        return []
    return [PlanFault(Why.PERCENT_OUT_OF_RANGE, {"percent": percent})]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something planned has come: what is noted as done counts by itself, what is said may only add to it."""

    done: int  # real activities that fulfil it, each once
    times: int
    stated: int | None = None

    @property
    def counted(self) -> int:
        """Return the part of a hundred that is noted as done."""
        return min(_FULL, self.done * _FULL // self.times)

    @property
    def percent(self) -> int:
        """Return the progress: the greater of what is noted and what is said."""
        return max(self.counted, self.stated or 0)

    @property
    def is_done(self) -> bool:
        """Say whether everything that was planned is noted as done."""
        return self.done >= self.times

    @property
    def lacks_evidence(self) -> bool:
        """Say whether more is said than is noted."""
        return self.percent > self.counted


def overall(progress: Sequence[Progress]) -> int | None:
    """Return the progress of several as one: each weighs the same; None of none."""
    return sum(one.percent for one in progress) // len(progress) if progress else None


# ── staff and resources ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class StaffLine:
    """People assigned to a programme, by profile."""

    side: PlanSide
    profile: str
    count: int
    stay: str
    profile_en: str = ""
    stay_en: str = ""


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """A resource that a party gives to a programme."""

    kind: ResourceKind
    side: PlanSide
    what: str
    what_en: str = ""
    amount: Decimal | None = None
    currency: str = ""


def refused_staff(lines: Sequence[StaffLine]) -> list[PlanFault]:
    """Return what is wrong with the staff: profile, number and stay are all asked for (D2.8)."""
    found = []
    for row, line in enumerate(lines):
        if not line.profile.strip():
            found.append(PlanFault(Why.NO_PROFILE, row=row))
        if not 1 <= line.count <= MOST_PEOPLE:
            found.append(PlanFault(Why.COUNT_OUT_OF_RANGE, row=row))
        if not line.stay.strip():
            found.append(PlanFault(Why.NO_STAY, row=row))
    return found


def refused_resources(lines: Sequence[ResourceLine], *, totals: Mapping[str, Decimal], year: int) -> list[PlanFault]:
    """Return what is wrong with the resources of a year, and with the totals that are said of them."""
    found = [fault for row, line in enumerate(lines) for fault in _refused_resource(line, row=row, year=year)]
    return found or list(_refused_totals(lines, totals))


def _refused_resource(line: ResourceLine, *, row: int, year: int) -> Iterator[PlanFault]:
    if not line.what.strip():
        yield PlanFault(Why.NO_RESOURCE, row=row)
    if line.kind is not ResourceKind.FINANCIAL:
        if line.amount is not None or line.currency:
            yield PlanFault(Why.AMOUNT_OF_OTHER, row=row)
        return
    if line.amount is None:
        yield PlanFault(Why.NO_AMOUNT, row=row)
    elif line.amount <= 0:
        yield PlanFault(Why.NOT_ABOVE_ZERO, row=row)
    elif line.amount > MOST_AMOUNT:
        yield PlanFault(Why.AMOUNT_TOO_LARGE, row=row)
    said = {"currency": line.currency, "year": year}
    if not line.currency:
        yield PlanFault(Why.NO_CURRENCY, row=row)
    elif refusal := currency_refusal(line.currency, year=year):
        is_unknown = refusal is GiftRefusal.UNKNOWN_CURRENCY
        yield PlanFault(Why.UNKNOWN_CURRENCY if is_unknown else Why.CURRENCY_OF_OTHER_YEAR, said, row=row)


def sums_of(lines: Iterable[ResourceLine]) -> dict[str, Decimal]:
    """Return what the money of a programme comes to, each currency by itself: they are never added."""
    found: dict[str, Decimal] = {}
    for line in lines:
        if line.amount is not None and line.currency:
            found[line.currency] = found.get(line.currency, Decimal(0)) + line.amount
    return dict(sorted(found.items()))


def _refused_totals(lines: Sequence[ResourceLine], totals: Mapping[str, Decimal]) -> Iterator[PlanFault]:
    sums = sums_of(lines)
    for currency, total in totals.items():
        if currency not in sums:
            yield PlanFault(Why.TOTAL_WITHOUT_LINES, {"currency": currency})
        elif sums[currency] != total:
            yield PlanFault(Why.TOTAL_DIFFERS, {"currency": currency, "sum": sums[currency], "total": total})


def totals_of(text: str) -> dict[str, Decimal]:
    """Read totals as they are written, one to a line: «120 000.00 MXN». Raises PlanRefusedError."""
    found: dict[str, Decimal] = {}
    faults = []
    for line in filter(None, map(str.strip, text.splitlines())):
        currency = line[-3:].upper()
        amount = _decimal(plain_amount(line[:-3]) or "")
        if not (currency.isascii() and currency.isalpha()) or amount is None:
            faults.append(PlanFault(Why.BAD_TOTAL, {"line": line[:40]}))
        elif currency in found:
            faults.append(PlanFault(Why.TOTAL_TWICE, {"currency": currency}))
        else:
            found[currency] = amount
    if faults:
        raise PlanRefusedError(*faults)
    return found


def _decimal(figure: str) -> Decimal | None:
    is_figure = figure.isascii() and figure.replace(".", "", 1).isdecimal() and len(figure) <= _MOST_DIGITS
    return Decimal(figure) if is_figure else None


# ── what a programme lacks ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class PlannedFacts:
    """What the rules look at in something planned that is not cancelled."""

    key: UUID
    title: str
    days: Span
    demand: Demand
    area: str
    progress: Progress
    responsible_own: str = ""
    responsible_counterpart: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeState:
    """What the rules look at in a programme."""

    texts: Mapping[PlanContent, str]
    staff: int = 0
    resources: Counter[str] = field(default_factory=Counter)  # how many of each kind
    planned: Sequence[PlannedFacts] = ()


_TEXTS = (PlanContent.OBJECTIVES, PlanContent.DUTIES_OWN, PlanContent.DUTIES_COUNTERPART, PlanContent.EVALUATION)
_KINDS = {
    PlanContent.HUMAN: ResourceKind.HUMAN,
    PlanContent.MATERIAL: ResourceKind.MATERIAL,
    PlanContent.FINANCIAL: ResourceKind.FINANCIAL,
}


def missing_contents(programme: ProgrammeState) -> list[tuple[PlanContent, UUID | None]]:
    """Return what a programme lacks of D2.8 in the source's order; of a responsible, with the activity that has none.

    «Any other information» is what the parties find necessary: where they found nothing, nothing is missing.
    """
    found: list[tuple[PlanContent, UUID | None]] = []
    lacks = {content for content in _TEXTS if not programme.texts.get(content, "").strip()}
    lacks |= {content for content, kind in _KINDS.items() if not programme.resources[kind]}
    lacks |= set() if programme.planned else {PlanContent.ACTIVITIES}
    lacks |= set() if programme.staff else {PlanContent.STAFF}
    for content in PlanContent:
        if content in lacks:
            found.append((content, None))
        elif content is PlanContent.RESPONSIBLE_OWN:
            found += [(content, one.key) for one in programme.planned if not one.responsible_own.strip()]
        elif content is PlanContent.RESPONSIBLE_COUNTERPART:
            found += [(content, one.key) for one in programme.planned if not one.responsible_counterpart.strip()]
    return found
