"""The rooms of the museum, read live from the records: nothing of a record is copied into a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from hermanar.agreements.models import Listing, Party
from hermanar.agreements.queries import published_listings
from hermanar.agreements.vocabulary import Regime, Role
from hermanar.catalogue.read.lines import agreement_line, name_of
from hermanar.catalogue.read.sheet import agreement as agreement_sheet
from hermanar.catalogue.read.sheet import statements_about
from hermanar.catalogue.read.sources import source_columns, source_line, source_of
from hermanar.catalogue.rooms import HostSheet, OfficeLine, RoomSheet, SideSheet, SpotLine
from hermanar.catalogue.search import Filters, questions
from hermanar.catalogue.sheets import AgreementLine, PartyLine, SourceLine
from hermanar.directory.models import Place
from hermanar.foundation.models import Source
from hermanar.foundation.search import Snapshot
from hermanar.observatory.models import Capture
from hermanar.observatory.queries import places_tied_to
from hermanar.offices.queries import offices_of

MOST_LINES = 200  # of one city, as its page reads


def room(slug: str, *, today: dt.date, language: str) -> RoomSheet | None:
    """Return a tie with both its cities, or None when the public may see no agreement at this address."""
    sheet = agreement_sheet(slug, today=today, language=language)
    ends = ends_of(sheet.line) if sheet else None
    if sheet is None or ends is None:
        return None
    rows = {
        place.slug: place
        for place in Place.objects.select_related("source").filter(slug__in=[party.slug for party in ends])
    }
    if len(rows) < len(ends):
        return None
    ties = _ties([party.id for party in ends], today=today, language=language)
    home, there = (
        _side(party, rows[party.slug], ties=ties[party.id], language=language, is_guest=party is ends[1])
        for party in ends
    )
    offices = tuple(OfficeLine(one.name, one.email) for one in offices_of([place.pk for place in rows.values()]))
    return RoomSheet(sheet, home, there, offices, is_covered=_is_covered(sheet.line))


def _is_covered(line: AgreementLine) -> bool:
    """Tell whether any list set out to report such a tie: of what none looked for, silence says nothing."""
    return line.regime != Regime.BETWEEN_MEXICAN or Capture.objects.filter(covers_domestic_mexico=True).exists()


def ends_of(line: AgreementLine) -> tuple[PartyLine, PartyLine] | None:
    """Return the host of an agreement and its counterpart; of several, the first."""
    if len(line.parties) < 2:  # noqa: PLR2004 (a tie has two ends)
        return None
    home = next((party for party in line.parties if party.role == "declaring"), line.parties[0])
    return home, next(party for party in line.parties if party is not home)


def _side(party: PartyLine, place: Place, *, ties: Sequence[AgreementLine], language: str, is_guest: bool) -> SideSheet:
    """Return one of the cities; what is told of it beyond the tie is read of the one the room is about."""
    return SideSheet(
        party=party,
        population=place.population,
        population_year=place.population_year,
        time_zone=place.time_zone,
        source=source_of(place.source, language),
        statements=statements_about(place.pk, language) if is_guest else (),
        ties=tuple(ties),
        reported=_reported(place, ties, language) if is_guest else (),
    )


def _reported(place: Place, ties: Sequence[AgreementLine], language: str) -> tuple[SpotLine, ...]:
    """Return those with whom others report a tie of a place that no agreement here documents."""
    known = {one.slug for line in ties for one in line.parties}
    return tuple(
        SpotLine(one.slug, name_of(one, language), one.country_id, one.latitude, one.longitude)
        for one in places_tied_to(place.pk, most=MOST_LINES)
        if one.slug not in known and one.latitude is not None and one.longitude is not None
    )


def _ties(places: Sequence[str], *, today: dt.date, language: str) -> dict[str, list[AgreementLine]]:
    """Return the newest agreements of each place, all read together."""
    snapshot = questions.current(today)
    keys = {one: _newest(snapshot, Filters(place=(one,))) for one in places}
    lines = _lines({key for found in keys.values() for key in found}, today=today, language=language)
    return {one: [lines[key] for key in found if key in lines] for one, found in keys.items()}


def _newest(snapshot: Snapshot, filters: Filters) -> tuple[UUID, ...]:
    return questions.step(snapshot, filters, limit=MOST_LINES).keys


def _lines(keys: Iterable[UUID], *, today: dt.date, language: str) -> dict[UUID, AgreementLine]:
    rows = published_listings().in_bulk(list(keys))
    return {key: agreement_line(row, today=today, language=language) for key, row in rows.items()}


def lines_at(slugs: Iterable[str], *, today: dt.date, language: str) -> dict[str, AgreementLine]:
    """Return those of these agreements that the public may see, by their addresses."""
    rows = published_listings().filter(agreement__slug__in=list(slugs))
    return {row.slug: agreement_line(row, today=today, language=language) for row in rows}


def hosts(slugs: Sequence[str], *, cities: Iterable[str] = (), today: dt.date, language: str) -> tuple[HostSheet, ...]:
    """Return the declaring cities of these agreements, each with all its published ones; in the order they are met.

    `cities` are further hosts by address. An agreement that the public may no longer see names nobody.
    """
    listed = list(published_listings().filter(agreement__slug__in=slugs).order_by("pk"))
    met = _declaring(listed, today=today, language=language)
    for city in sorted(set(cities) - {party.slug for party in met.values()}):
        own = Party.objects.filter(place__slug=city, role=Role.DECLARING).values("agreement")
        met |= _declaring(published_listings().filter(agreement__in=own)[:1], today=today, language=language)
    snapshot = questions.current(today)
    keys = {one: _newest(snapshot, Filters(host=(one,))) for one in met}
    lines = _lines({key for found in keys.values() for key in found}, today=today, language=language)
    return tuple(
        _host(snapshot, party, [lines[key] for key in keys[one] if key in lines]) for one, party in met.items()
    )


def _declaring(rows: Iterable[Listing], *, today: dt.date, language: str) -> dict[str, PartyLine]:
    """Return the hosts of these agreements by their identifiers, in the order they are met."""
    met: dict[str, PartyLine] = {}
    for row in rows:
        ends = ends_of(agreement_line(row, today=today, language=language))
        if ends:
            met.setdefault(ends[0].id, ends[0])
    return met


def seen(slugs: Iterable[str]) -> set[str]:
    """Return those of these agreements that the public may see."""
    return set(published_listings().filter(agreement__slug__in=list(slugs)).values_list("agreement__slug", flat=True))


def _host(snapshot: Snapshot, party: PartyLine, lines: Sequence[AgreementLine]) -> HostSheet:
    tally = questions.tally(snapshot, Filters(host=(party.id,)))
    return HostSheet(party, tuple(lines), tally.total, dict(tally.counts["vitality"]))


def sources(keys: Iterable[str], *, language: str) -> Mapping[str, SourceLine]:
    """Return who stands behind each of these keys, those that are known."""
    rows = Source.objects.filter(key__in=set(keys)).values_list(*source_columns(""))
    return {row[0]: source_line(row, language) for row in rows}
