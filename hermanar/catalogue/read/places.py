"""Places: found by any of their names, and all that is known of one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Count

from hermanar.agreements.models import Party
from hermanar.agreements.queries import public_identifiers, published_listings
from hermanar.catalogue.read.figures import figures
from hermanar.catalogue.read.lines import agreement_line, name_of, place_line, report_line
from hermanar.catalogue.read.sheet import statements_about
from hermanar.catalogue.read.sources import source_of
from hermanar.catalogue.sheets import (
    AgreementLine,
    ComparisonLine,
    NameLine,
    PlaceLine,
    PlaceSheet,
)
from hermanar.directory.models import Place
from hermanar.directory.queries import find_places, place_by_identifier
from hermanar.directory.queries import places as all_places
from hermanar.observatory.models import Tie
from hermanar.observatory.queries import ComparedTie, compare_city

_POINTS_OF_AN_AGREEMENT = 0.5
_STEP = 500


def places(text: str, *, language: str, limit: int = 20) -> tuple[PlaceLine, ...]:
    """Search places by name, those with agreements first among the alike; a typing error is forgiven."""
    found = find_places(text, limit=limit, boosts=_boosts())
    return place_lines([hit.place for hit in found], language=language)


def _boosts() -> dict[UUID, float]:
    counts = _agreement_counts(None)
    return {place: min(_POINTS_OF_AN_AGREEMENT * count, 5.0) for place, count in counts.items()}


def _agreement_counts(places: Sequence[UUID] | None) -> dict[UUID, int]:
    rows = Party.objects.filter(agreement__published_at__isnull=False)
    if places is not None:
        rows = rows.filter(place__in=places)
    return dict(rows.order_by().values_list("place").annotate(n=Count("agreement", distinct=True)))


def _tie_counts(places: Sequence[UUID]) -> dict[UUID, int]:
    counts: dict[UUID, int] = {}
    for end in ("first", "second"):
        rows = Tie.objects.filter(**{f"{end}__in": places}).order_by().values_list(end).annotate(n=Count("pk"))
        for place, count in rows:
            counts[place] = counts.get(place, 0) + count
    return counts


def place_lines(found: Sequence[Place], *, language: str) -> tuple[PlaceLine, ...]:
    """Return places as rows of a list, in their order, in a fixed number of queries per five hundred."""
    lines: list[PlaceLine] = []
    for start in range(0, len(found), _STEP):
        batch = found[start : start + _STEP]
        keys = [place.pk for place in batch]
        identifiers, agreements, ties = public_identifiers(keys), _agreement_counts(keys), _tie_counts(keys)
        lines += [
            place_line(
                place,
                identifier=identifiers.get(place.pk, f"hermanar:{place.pk}"),
                agreement_count=agreements.get(place.pk, 0),
                tie_count=ties.get(place.pk, 0),
                language=language,
            )
            for place in batch
        ]
    return tuple(lines)


def cities_with_agreements(*, language: str, limit: int) -> tuple[PlaceLine, ...]:
    """Return the places with most agreements here, most first."""
    rows = Party.objects.filter(agreement__published_at__isnull=False).order_by()
    counted = rows.values_list("place").annotate(n=Count("agreement", distinct=True)).order_by("-n", "place__slug")
    return _in_order([key for key, _count in counted[:limit]], language)


def cities_most_reported(*, language: str, limit: int) -> tuple[PlaceLine, ...]:
    """Return the places of which others report most ties, most first."""
    counts: dict[UUID, int] = {}
    for end in ("first", "second"):
        for place, count in Tie.objects.order_by().values_list(end).annotate(n=Count("pk")):
            counts[place] = counts.get(place, 0) + count
    most = sorted(counts, key=lambda place: (-counts[place], place))[:limit]
    return _in_order(most, language)


def _in_order(keys: Sequence[UUID], language: str) -> tuple[PlaceLine, ...]:
    found = {place.pk: place for place in all_places().filter(pk__in=keys)}
    return place_lines([found[key] for key in keys if key in found], language=language)


def find_place(reference: str) -> Place | None:
    """Return the place with this identifier (`inegi:11015`) or this address (`guanajuato`)."""
    if ":" in reference:
        return place_by_identifier(reference)
    return all_places().filter(slug=reference).first()


def place(reference: str, *, today: dt.date, language: str) -> PlaceSheet | None:
    """Return all that is known of a place by its identifier or address, or None when there is no such place."""
    found = find_place(reference)
    if found is None:
        return None
    line = place_lines([found], language=language)[0]
    homes = place_lines([found.part_of], language=language) if found.part_of else ()
    return PlaceSheet(
        line=line,
        names=tuple(_names(found)),
        identifiers=tuple(sorted(f"{one.scheme}:{one.value}" for one in found.identifiers.all())),
        head_town=found.head_town,
        part_of=homes[0] if homes else None,
        population_year=found.population_year,
        time_zone=found.time_zone,
        source=source_of(found.source, language),
        agreements=_agreements_of(found, today=today, language=language),
        comparison=comparison(found, language=language),
        statements=statements_about(found.pk, language),
        figures=figures(language=language, place=found.pk),
        as_of=today,
    )


def _names(found: Place) -> Iterable[NameLine]:
    seen = set()
    for name in found.names.order_by("id"):
        if (name.name, name.language) not in seen:
            seen.add((name.name, name.language))
            yield NameLine(name.name, name.language, name.kind)


def _agreements_of(found: Place, *, today: dt.date, language: str) -> tuple[AgreementLine, ...]:
    rows = published_listings().filter(agreement__parties__place=found).distinct()
    lines = [agreement_line(row, today=today, language=language) for row in rows]
    return tuple(sorted(lines, key=lambda line: (line.scope != "international", line.title)))


def comparison(found: Place, *, language: str) -> tuple[ComparisonLine, ...]:
    """Return a city's documented counterparts beside those each capture reports."""
    compared = compare_city(found.pk)
    others = [tie.counterpart for tie in compared if tie.counterpart]
    identifiers = public_identifiers([other.pk for other in others])
    return tuple(_compared(tie, identifiers, language) for tie in compared)


def _compared(tie: ComparedTie, identifiers: dict[UUID, str], language: str) -> ComparisonLine:
    other = tie.counterpart
    reports = tuple(report_line(report, language=language) for report in tie.reports)
    if other is None:
        written = tie.reports[0]
        return ComparisonLine(written.name_as_written, "", "", "", None, None, tie.finding, tie.agreements, reports)
    return ComparisonLine(
        counterpart=name_of(other, language),
        counterpart_id=identifiers.get(other.pk, ""),
        counterpart_slug=other.slug,
        country=other.country_id,
        latitude=other.latitude,
        longitude=other.longitude,
        finding=tie.finding,
        agreements=tie.agreements,
        reports=reports,
    )
