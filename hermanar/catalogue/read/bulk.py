"""Whole tables for files: rows in short keyset steps, flat, each with its source."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import connection
from django.db.models import Max, Min, Q, QuerySet

from hermanar.agreements.models import Agreement, Party
from hermanar.agreements.queries import agreements_between, public_identifiers, published_listings
from hermanar.catalogue.read import tallies
from hermanar.catalogue.read.city import comparison
from hermanar.catalogue.read.kept import kept, revisions
from hermanar.catalogue.read.labels import said_in_words
from hermanar.catalogue.read.lines import partial, report_line
from hermanar.catalogue.read.locators import locator
from hermanar.catalogue.read.places import find_place, place_lines, place_page
from hermanar.catalogue.read.resolution import resolved
from hermanar.catalogue.read.sources import source_of
from hermanar.catalogue.search import BadCursorError, Filters, UnknownPlaceError, questions
from hermanar.catalogue.sheets import ComparisonLine, PlaceLine, ReportLine, TieLine, headed
from hermanar.cooperation.queries import shown_to_public
from hermanar.directory.models import Place
from hermanar.directory.queries import places as all_places
from hermanar.foundation.calendar import public_day, public_day_of
from hermanar.foundation.models import Statement
from hermanar.observatory.models import ReportedPlace, ReportedTie, Tie
from hermanar.observatory.queries import ties_of, whole_report

_STEP = 500


@dataclasses.dataclass(frozen=True, slots=True)
class ActivityRow:
    """Something done together, in a file of its own."""

    agreement: str = headed("acuerdo", "agreement")
    kind: str = headed("clase", "kind", words="activity")
    direction: str = headed("dirección", "direction", words="direction")
    started_on: str = headed("inicio", "started on")
    ended_on: str = headed("fin", "ended on")
    precision: str = headed("precisión de la fecha", "precision of the date")
    description: str = headed("descripción", "description")
    source: str = headed("fuente", "source")
    source_title: str = headed("título de la fuente", "title of the source")
    passage: str = headed("pasaje", "passage")


@dataclasses.dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of a capture: what it says exists, never an agreement."""

    id: str = headed("identificador del lazo", "tie identifier")
    capture: str = headed("captura", "capture")
    captured_on: str = headed("fecha de captura", "captured on")
    origin: str = headed("origen", "origin")
    licence: str = headed("licencia", "licence")
    row: int = headed("fila", "row")
    one: str = headed("lugar A en la fuente", "place A as written")
    one_country: str = headed("país A en la fuente", "country A as written")
    one_id: str = headed("lugar A reconocido", "place A recognised")
    one_resolution: str = headed("cómo se reconoció A", "how A was recognised", words="resolution")
    other: str = headed("lugar B en la fuente", "place B as written")
    other_country: str = headed("país B en la fuente", "country B as written")
    other_id: str = headed("lugar B reconocido", "place B recognised")
    other_resolution: str = headed("cómo se reconoció B", "how B was recognised", words="resolution")
    started: str = headed("inicio", "started")
    ended: str = headed("fin", "ended")
    latitude_one: float | None = headed("latitud A", "latitude A")
    longitude_one: float | None = headed("longitud A", "longitude A")
    latitude_other: float | None = headed("latitud B", "latitude B")
    longitude_other: float | None = headed("longitud B", "longitude B")


@dataclasses.dataclass(frozen=True, slots=True)
class StatementRow:
    """What one source says of one field of one agreement; contradictory ones are rows of their own."""

    agreement: str = headed("acuerdo", "agreement")
    field: str = headed("campo", "field", words="field")
    value: str = headed("valor", "value")
    value_words: str = headed("valor en palabras", "value in words")
    as_of: str = headed("fecha que vale", "as of")
    source: str = headed("fuente", "source")
    source_title: str = headed("título de la fuente", "title of the source")
    passage: str = headed("pasaje", "passage")


def statement_rows(*, language: str, agreement: str = "") -> Iterator[StatementRow]:
    """Stream what every source states of the published agreements, or of one of them by its address."""
    for batch in _steps(_statements(agreement).select_related("source").order_by("pk")):
        slugs = dict(Agreement.objects.filter(pk__in={row.subject for row in batch}).values_list("pk", "slug"))
        for row in batch:
            value = (row.value_en if language == "en" else "") or row.value
            title = source_of(row.source, language).title
            words, passage = said_in_words(row.field, value), locator(row.passage, language)
            yield StatementRow(slugs[row.subject], row.field, value, words, row.as_of, row.source.key, title, passage)


def _statements(agreement: str) -> QuerySet[Statement]:
    published = Agreement.objects.filter(published_at__isnull=False)
    asked = published.filter(slug=agreement) if agreement else published
    return Statement.objects.filter(subject__in=asked.values("pk"))


def activity_rows(*, language: str, agreement: str = "") -> Iterator[ActivityRow]:
    """Stream the activities of published agreements, or of one by its address; only dated ones are evidence."""
    rows = (
        shown_to_public()
        .filter(agreement__published_at__isnull=False)
        .select_related("agreement", "source")
        .order_by("pk")
    )
    rows = rows.filter(agreement__slug=agreement) if agreement else rows
    for batch in _steps(rows):
        for row in batch:
            is_english = language == "en" and row.description_en
            yield ActivityRow(
                agreement=row.agreement.slug,
                kind=row.kind,
                direction=row.direction,
                started_on=partial(row.started_on, row.precision) or "",
                ended_on=partial(row.ended_on, row.precision) or "",
                precision=row.precision,
                description=row.description_en if is_english else row.description_es,
                source=row.source.key,
                source_title=source_of(row.source, language).title,
                passage=locator(row.passage, language),
            )


def linked_places(*, language: str, having: str = "") -> Iterator[PlaceLine]:
    """Stream the places that have an agreement or a reported tie; of those `having` one, most first."""
    if having:
        yield from place_page(having, language=language, first=0, most=len(tallies.having(having)))
        return
    keys = tallies.linked()
    for start in range(0, len(keys), _STEP):
        batch = all_places().filter(pk__in=keys[start : start + _STEP]).order_by("pk")
        yield from place_lines(list(batch), language=language)


def linked_place_count() -> int:
    """Count the places that have an agreement or a reported tie."""
    return len(tallies.linked())


def linked_slugs(*, first: int, most: int) -> Iterator[str]:
    """Stream the addresses of some of the places that have an agreement or a tie, in the order of their keys."""
    keys = tallies.linked()[first : first + most]
    for start in range(0, len(keys), _STEP):
        yield from (
            Place.objects.filter(pk__in=keys[start : start + _STEP]).order_by("pk").values_list("slug", flat=True)
        )


def agreement_slugs(*, part: int, size: int) -> Iterator[str]:
    """Stream the addresses of one part of the agreements, in the order of their keys; only that part is read."""
    ends = _part_ends(size)
    rows = published_listings().order_by("pk").values_list("pk", "slug")
    rows = rows.filter(pk__gt=ends[part - 2]) if part > 1 else rows
    rows = rows.filter(pk__lte=ends[part - 1]) if part <= len(ends) else rows
    batch = list(rows[:_STEP])
    while batch:
        yield from (slug for _key, slug in batch)
        batch = list(rows.filter(pk__gt=batch[-1][0])[:_STEP])


def _part_ends(size: int) -> tuple[UUID, ...]:
    """Return the last key of every full part; they are looked for once after each commit."""
    if connection.in_atomic_block:
        return tuple(_find_part_ends(size))
    return _kept_part_ends(revisions("agreements"), size)


@functools.lru_cache(maxsize=4)
def _kept_part_ends(_revisions: str, size: int) -> tuple[UUID, ...]:
    return tuple(_find_part_ends(size))


def _find_part_ends(size: int) -> Iterator[UUID]:
    keys = published_listings().order_by("pk").values_list("pk", flat=True)
    rest = keys
    while (end := rest[size - 1 : size].first()) is not None:
        yield end
        rest = keys.filter(pk__gt=end)


def report_rows(*, language: str, places: Sequence[str] = ()) -> Iterator[ReportRow]:
    """Stream every row of every capture, recognised or not, or those that name one of some places.

    Raises UnknownPlaceError and AmbiguousPlaceError.
    """
    rows = ReportedTie.objects.order_by("pk")
    if places:
        keys = place_keys(places, language=language)
        ends = list(ReportedPlace.objects.filter(place__in=keys).values_list("pk", flat=True))
        rows = rows.filter(Q(one__in=ends) | Q(other__in=ends))
    # The columns alone: a row, its capture and both its ends with their places would be five objects.
    for batch in _steps(rows.values_list(*_REPORTED, named=True)):
        known = {key for row in batch for key in (row.one__place, row.other__place) if key}
        identifiers = public_identifiers(known)
        for row in batch:
            yield ReportRow(
                str(row.tie or ""), row.capture__key, row.capture__captured_on, row.capture__origin,
                row.capture__licence, row.row,
                row.one__name, row.one__country_as_written, identifiers.get(row.one__place, ""), row.one__resolution,
                row.other__name, row.other__country_as_written, identifiers.get(row.other__place, ""),
                row.other__resolution, row.started, row.ended,
                *_position(row[-8:-4]), *_position(row[-4:]),
            )  # fmt: skip


def _of_end(end: str, *columns: str) -> list[str]:
    return [f"{end}__{column}" for column in columns]


_POSITIONS = ("place__latitude", "place__longitude", "latitude", "longitude")  # last in a row, and in this order
_REPORTED = (
    "pk", "tie", "row", "started", "ended", *_of_end("capture", "key", "captured_on", "origin", "licence"),
    *_of_end("one", "name", "country_as_written", "place", "resolution"),
    *_of_end("other", "name", "country_as_written", "place", "resolution"),
    *_of_end("one", *_POSITIONS), *_of_end("other", *_POSITIONS),
)  # fmt: skip


def _position(columns: Sequence[float | None]) -> tuple[float | None, float | None]:
    """Return where an end is: its place in the directory, else what the capture says."""
    latitude, longitude, *told = columns
    return (told[0], told[1]) if latitude is None else (latitude, longitude)


@kept("agreements")
def published_between() -> tuple[dt.date | None, dt.date | None]:
    """Return the days of the first and of the newest thing the public was shown of the agreements."""
    shown = Agreement.objects.filter(published_at__isnull=False)
    span = shown.aggregate(first=Min("published_at"), last=Max("published_at"), edited=Max("edited_at"))
    days = [public_day_of(moment) for moment in (span["last"], span["edited"]) if moment]
    return (public_day_of(span["first"]) if span["first"] else None), max(days, default=None)


def comparisons(*, language: str, places: Sequence[str] = ()) -> Iterator[tuple[PlaceLine, ComparisonLine]]:
    """Stream, city by city, what its agreements document beside what each capture reports.

    All cities that declare agreements, or the places asked for by name, address or identifier. Raises
    UnknownPlaceError and AmbiguousPlaceError.
    """
    if places:
        keys = place_keys(places, language=language)
        wanted = all_places().filter(pk__in=keys)
    else:
        hosts = Party.objects.filter(agreement__published_at__isnull=False, role="declaring").values("place")
        wanted = all_places().filter(pk__in=hosts)
    for batch in _steps(wanted.order_by("pk")):
        for found, line in zip(batch, place_lines(batch, language=language), strict=True):
            for compared in comparison(found, language=language):
                yield line, compared


@dataclasses.dataclass(frozen=True, slots=True)
class TiePage:
    """A page of reported ties; `count` is the number of all that match."""

    count: int
    items: tuple[TieLine, ...]
    next: str | None


def tie_page(place: str, *, today: dt.date, language: str, limit: int, cursor: str | None) -> TiePage:
    """Return a page of the recognised ties, of a place (by name, address or identifier) or of all.

    Raises BadCursorError, UnknownPlaceError and AmbiguousPlaceError.
    """
    rows = Tie.objects.order_by("pk")
    if place:
        rows = ties_of(_place_key(place, today=today, language=language)).order_by("pk")
    after = _read_cursor(cursor, place) if cursor else None
    found = list((rows.filter(pk__gt=after) if after else rows)[: limit + 1])
    following = _SIGNER.sign_object([place, found[limit - 1].pk.hex]) if len(found) > limit else None
    return TiePage(rows.count(), _tie_lines(found[:limit], language), following)


_SIGNER = signing.Signer(salt="catalogue.ties")


def _read_cursor(cursor: str, place: str) -> UUID:
    try:
        bound, key = _SIGNER.unsign_object(cursor[:800])
        after = UUID(key)
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise BadCursorError from error
    if bound != place:
        raise BadCursorError
    return after


def place_keys(references: Sequence[str], *, language: str) -> list[UUID]:
    """Return the places that are asked for by name, address or identifier.

    Raises UnknownPlaceError and AmbiguousPlaceError.
    """
    return [_place_key(one, today=public_day(), language=language) for one in references]


def _place_key(reference: str, *, today: dt.date, language: str) -> UUID:
    found = find_place(reference)
    if found is None:
        chosen = resolved(Filters(place=(reference,)), questions.current(today), language=language)
        found = find_place(chosen.place[0])
    if found is None:
        raise UnknownPlaceError(reference)
    return found.pk


def _tie_lines(rows: Sequence[Tie], language: str) -> tuple[TieLine, ...]:
    ends = {key for row in rows for key in (row.first_id, row.second_id)}
    found = list(all_places().filter(pk__in=ends))
    lines = dict(zip([place.pk for place in found], place_lines(found, language=language), strict=True))
    reports: dict[UUID, list[ReportLine]] = defaultdict(list)
    told = ReportedTie.objects.filter(tie__in=[row.pk for row in rows]).select_related(
        "capture__source", "one", "other"
    )
    for report in told.order_by("capture__key", "row"):
        if report.tie_id:
            reports[report.tie_id].append(report_line(whole_report(report), language=language))
    pairs = agreements_between([(row.first_id, row.second_id) for row in rows])
    keys = {key for its in pairs.values() for key in its}
    slugs = dict(Agreement.objects.filter(pk__in=keys, published_at__isnull=False).values_list("pk", "slug"))
    return tuple(
        TieLine(
            id=str(row.pk),
            places=(lines[row.first_id], lines[row.second_id]),
            agreements=tuple(
                sorted(slugs[key] for key in pairs.get(frozenset((row.first_id, row.second_id)), ()) if key in slugs)
            ),
            reports=tuple(reports[row.pk]),
        )
        for row in rows
    )


@kept("agreements")
def signed_between() -> tuple[str, str]:
    """Return the first and the last year of signature that is documented."""
    span = Agreement.objects.filter(published_at__isnull=False).aggregate(first=Min("signed_on"), last=Max("signed_on"))
    return tuple(str(day.year) if day else "" for day in (span["first"], span["last"]))  # type: ignore[return-value]


def _steps(rows: Any) -> Iterator[list[Any]]:
    batch = list(rows[:_STEP])
    while batch:
        yield batch
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:_STEP])
