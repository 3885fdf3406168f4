"""What the file says of a project and of who publishes it: plain values, the codes those of the standard's lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Stage(StrEnum):
    """How far a project is (ActivityStatus)."""

    PIPELINE = "1"
    IMPLEMENTATION = "2"
    COMPLETION = "3"  # done, its evaluation still open
    POST_COMPLETION = "4"
    CANCELLED = "5"
    SUSPENDED = "6"


class DateKind(StrEnum):
    """What a date of a project means (ActivityDateType)."""

    PLANNED_START = "1"
    ACTUAL_START = "2"
    PLANNED_END = "3"
    ACTUAL_END = "4"


class OrganisationPart(StrEnum):
    """What an organisation does in a project (OrganisationRole)."""

    FUNDING = "1"
    ACCOUNTABLE = "2"
    EXTENDING = "3"
    IMPLEMENTING = "4"


class OrganisationKind(StrEnum):
    """What an organisation is (OrganisationType)."""

    GOVERNMENT = "10"
    LOCAL_GOVERNMENT = "11"
    OTHER_PUBLIC = "15"
    NATIONAL_NGO = "22"
    MULTILATERAL = "40"
    FOUNDATION = "60"
    PRIVATE = "70"
    ACADEMIC = "80"
    OTHER = "90"


class IndicatorLevel(StrEnum):
    """What an indicator measures (ResultType)."""

    OUTPUT = "1"
    OUTCOME = "2"
    IMPACT = "3"
    OTHER = "9"


class Measure(StrEnum):
    """How an indicator counts (IndicatorMeasure)."""

    UNIT = "1"
    PERCENTAGE = "2"


ACTUAL = frozenset({DateKind.ACTUAL_START, DateKind.ACTUAL_END})


@dataclass(frozen=True, slots=True)
class Told:
    """A text in Spanish, and in English where there is one."""

    es: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes: the office, with the identifier it was given; empty while nobody told it."""

    identifier: str
    name: Told
    kind: OrganisationKind | None
    email: str = ""
    telephone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """Somebody who takes part."""

    name: Told
    part: OrganisationPart
    kind: OrganisationKind | None = None
    identifier: str = ""  # the one it has in the standard, when it is known


@dataclass(frozen=True, slots=True)
class Budget:
    """Money planned for a project over a time, in the currency it was told in."""

    amount: Decimal
    currency: str
    starts_on: dt.date
    ends_on: dt.date
    valued_on: dt.date
    is_committed: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """What an indicator was to reach and reached in a time."""

    starts_on: dt.date
    ends_on: dt.date
    target: Decimal | None = None
    actual: Decimal | None = None
    comment: str = ""  # of what was measured: by which means it is verified


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a project measures."""

    title: Told
    level: IndicatorLevel
    measure: Measure
    baseline: Decimal | None = None
    baseline_on: dt.date | None = None
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A project as the file tells it; what is empty stays out."""

    number: str  # the office's own; with the publisher's identifier it names the project for good
    title: Told
    description: Told
    stage: Stage | None
    objectives: Told = Told("")
    dates: Mapping[DateKind, dt.date] = field(default_factory=dict)
    organisations: tuple[Organisation, ...] = ()
    countries: tuple[str, ...] = ()  # whom it is for; ISO 3166-1
    sector_code: str = ""  # in the publisher's own vocabulary
    sector: Told = Told("")
    goals: tuple[str, ...] = ()  # of the 2030 Agenda: "4"
    targets: tuple[str, ...] = ()  # "4.7"
    is_triangular: bool = False
    is_humanitarian: bool = False
    budgets: tuple[Budget, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    changed_at: dt.datetime | None = None
