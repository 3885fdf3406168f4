"""A city and its documented sister cities, as what visitors send needs them: names, positions, since when."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from hermanar.catalogue import read
from hermanar.catalogue.read.offices import answering_offices, office_at
from hermanar.foundation.calendar import public_day


@dataclass(frozen=True, slots=True)
class City:
    """A city: where it lies, and in which year the first documented agreement with it was signed."""

    slug: str
    name: str
    country: str
    at: tuple[float, float]
    since: int | None = None
    agreement: str = ""  # slug of that agreement


@dataclass(frozen=True, slots=True)
class Circle:
    """A city, its sister cities by slug in the order of their names, and its office where it has one."""

    office: UUID | None
    office_name: str
    is_demonstration: bool
    home: City
    others: dict[str, City]

    @property
    def whom(self) -> dict[str, Any]:
        """Return whom an envelope is for that is sent to this city."""
        return {"office": self.office, "place": self.home.slug, "is_demonstration": self.is_demonstration}

    def pair(self, sender: str, receiver: str) -> tuple[City, City] | None:
        """Return the two ends of a letter between this city and one of its sisters, either way."""
        here = {self.home.slug: self.home}
        if sender in here and receiver in self.others:
            return self.home, self.others[receiver]
        if receiver in here and sender in self.others:
            return self.others[sender], self.home
        return None


def circles(language: str) -> list[Circle]:
    """Return the cities that can be written to; none without an office."""
    found = (circle_of(office.city, language) for office in answering_offices())
    return list({one.home.slug: one for one in found if one and one.others}.values())


def circle_of(slug: str, language: str) -> Circle | None:
    """Return a city and its sisters; None where there is no such city any more, or nobody knows where it lies."""
    sisters = _sisters(slug, language)
    if sisters is None:
        return None
    office = office_at(slug)
    if office is None:
        return Circle(None, "", is_demonstration=False, home=sisters[0], others=sisters[1])
    return Circle(office.id, office.name, office.is_demonstration, *sisters)


def _sisters(slug: str, language: str) -> tuple[City, dict[str, City]] | None:
    if connection.in_atomic_block:
        return _read(slug, language)
    return _kept(slug, language, read.revisions("agreements", "places"))


@functools.lru_cache(maxsize=64)
def _kept(slug: str, language: str, _revisions: str) -> tuple[City, dict[str, City]] | None:
    return _read(slug, language)


def _read(slug: str, language: str) -> tuple[City, dict[str, City]] | None:
    sheet = read.place(slug, today=public_day(), language=language)
    if sheet is None or sheet.line.latitude is None or sheet.line.longitude is None:
        return None
    line = sheet.line
    home = City(line.slug, line.name, line.country, (line.latitude or 0.0, line.longitude or 0.0))
    found: dict[str, City] = {}
    for agreement in sheet.agreements:
        year = int(agreement.signed_on[:4]) if agreement.signed_on else None
        for party in agreement.parties:
            if party.slug == slug or party.latitude is None or party.longitude is None:
                continue
            known = found.get(party.slug)
            if known is None or (year is not None and (known.since is None or year < known.since)):
                at = (party.latitude, party.longitude)
                found[party.slug] = City(party.slug, party.name, party.country, at, year, agreement.slug)
    return home, dict(sorted(found.items(), key=lambda item: item[1].name))
