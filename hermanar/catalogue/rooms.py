"""What the museum's rooms show of records: two cities of a tie side by side, and the ties of a host as doors."""

from __future__ import annotations

import dataclasses

from hermanar.catalogue.sheets import AgreementLine, AgreementSheet, PartyLine, SourceLine, StatementLine


@dataclasses.dataclass(frozen=True, slots=True)
class SpotLine:
    """A place on the map: no more than a drawing needs."""

    slug: str
    name: str
    country: str
    latitude: float
    longitude: float


@dataclasses.dataclass(frozen=True, slots=True)
class SideSheet:
    """One city of a tie, as its room tells of it; statements and reports are read of the counterpart alone."""

    party: PartyLine
    population: int | None
    population_year: int | None
    time_zone: str
    source: SourceLine  # of place, population and time zone
    statements: tuple[StatementLine, ...]
    ties: tuple[AgreementLine, ...]  # the newest of its documented agreements, this one among them
    reported: tuple[SpotLine, ...]  # whom lists report it with


@dataclasses.dataclass(frozen=True, slots=True)
class OfficeLine:
    """Whom to write to: a real office of the city, where it has given an address."""

    name: str
    email: str


@dataclasses.dataclass(frozen=True, slots=True)
class RoomSheet:
    """A tie with both its cities: the agreement's public record and what its room draws beside it."""

    agreement: AgreementSheet
    home: SideSheet
    there: SideSheet
    offices: tuple[OfficeLine, ...]
    is_covered: bool  # some list set out to report ties of this sort


@dataclasses.dataclass(frozen=True, slots=True)
class HostSheet:
    """A host with its published agreements: `total` and `by_vitality` count all, `lines` are the newest."""

    party: PartyLine
    lines: tuple[AgreementLine, ...]
    total: int
    by_vitality: dict[str, int]
