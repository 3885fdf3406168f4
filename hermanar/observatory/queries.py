"""Reads of the observatory: a city's ties as each source has them, all ties for the map, captures compared."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from hermanar.agreements.models import Agreement, Party
from hermanar.agreements.queries import by_number, for_office, force_facts_of
from hermanar.agreements.rules import force, is_signed
from hermanar.agreements.vocabulary import Force, Stage
from hermanar.cooperation.models import Activity
from hermanar.cooperation.queries import evidence_days, evidence_of
from hermanar.directory.models import Place
from hermanar.directory.queries import in_steps, places
from hermanar.foundation.words import fold
from hermanar.observatory.models import Capture, ReportedPlace, ReportedTie, Tie
from hermanar.observatory.rules import APART, Turn, finding, next_turn, turn_ahead, vitality
from hermanar.observatory.vocabulary import Finding, Reason, Vitality


@dataclass(frozen=True, slots=True)
class Report:
    """What one capture says of a tie, as it writes the other end, and how that was understood."""

    capture: Capture
    row: int
    name_as_written: str
    country_as_written: str
    resolution: str
    reason: str  # a sentence in the reader's language
    correction: dict[str, str]  # es, en and source of a documented correction, or empty
    part: str
    started: str
    ended: str


@dataclass(frozen=True, slots=True)
class ComparedTie:
    """One tie of a city: where it stands, with whom, who reports it, which agreements document it."""

    finding: Finding
    counterpart: Place | None  # none: the source's place was not resolved
    reports: tuple[Report, ...] = ()
    agreements: tuple[str, ...] = ()  # slugs


@dataclass(frozen=True, slots=True)
class CaptureDifference:
    """What a newer capture of a source has that an older one had not, and the reverse; labels, sorted."""

    newer: str
    older: str
    appeared: tuple[str, ...]
    vanished: tuple[str, ...]


class MapPlace(NamedTuple):
    """A place with a position, under the names it may be shown with."""

    slug: str
    name: str
    name_es: str
    name_en: str
    country: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class TieMap:
    """All recognised ties, compact: places once, pairs by their number."""

    places: list[MapPlace] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)


def written_places() -> QuerySet[ReportedPlace]:
    """Return the places as captures write them, without those that single rows of a mixed name have beside them."""
    return ReportedPlace.objects.exclude(key__contains=APART)


def reason_sentence(reported: ReportedPlace) -> str:
    """Return why a reported place was understood so, in the language in use; empty where no reason was kept."""
    if not reported.reason:
        return ""
    if reported.reason == Reason.CORRECTED:
        return str(reported.detail["en" if (get_language() or "es").startswith("en") else "es"])
    values = dict(reported.detail)
    if reported.place is not None:
        values["name"] = reported.place.name
    return str(Reason(reported.reason).label) % values


def ties_of(place_id: UUID) -> QuerySet[Tie]:
    """Return the recognised ties of a place."""
    return Tie.objects.filter(Q(first=place_id) | Q(second=place_id)).select_related(
        "first__country", "second__country"
    )


def reports_of(place_id: UUID) -> QuerySet[ReportedTie]:
    """Return every row of every capture with an end at the place, resolved at the other end or not."""
    # Its ends first: asked across the join, SQLite reads every row of every capture.
    ends = list(ReportedPlace.objects.filter(place=place_id).values_list("pk", flat=True))
    return (
        ReportedTie.objects.filter(Q(one__in=ends) | Q(other__in=ends))
        .select_related("capture__source", "one__place", "other__place")
        .order_by("capture__key", "row")
    )


def compare_city(
    place_id: UUID,
    *,
    captures: Collection[str] | None = None,
    documented: Callable[[Collection[UUID]], Mapping[UUID, Sequence[str]]] | None = None,
) -> list[ComparedTie]:
    """Set a city's documented agreements beside what the captures report of it.

    Counterparts are matched as places, never by name. A tie that the captures did not set out to list (two Mexican
    cities) is out of their coverage, not missing from them. `captures` limits the comparison to some; `documented`
    answers, given the counterparts that are reported, with the slugs of agreements by counterpart: a city with very
    many is not read whole for its page.
    """
    heard = list(Capture.objects.filter(key__in=captures) if captures is not None else Capture.objects.all())
    reports: dict[UUID, list[Report]] = defaultdict(list)
    unresolved: dict[str, list[Report]] = defaultdict(list)
    for row in reports_of(place_id).filter(capture__in=heard):
        end = row.other if row.one.place_id == place_id else row.one
        if end.place_id == place_id:
            continue
        (unresolved[row.pair] if end.place_id is None else reports[end.place_id]).append(_report(row, end))
    agreements = _agreements_by_counterpart(place_id) if documented is None else documented(reports)
    known = {place.pk: place for place in places().filter(pk__in={*reports, *agreements, place_id})}
    own = known.get(place_id)
    compared = []
    for key in {*reports, *agreements}:
        is_domestic = own is not None and own.country_id == known[key].country_id == "MX"
        standing = finding(
            has_agreement=key in agreements,
            is_reported=key in reports,
            is_covered=any(capture.covers_domestic_mexico or not is_domestic for capture in heard),
        )
        compared.append(ComparedTie(standing, known[key], tuple(reports[key]), tuple(agreements.get(key, ()))))
    compared.sort(
        key=lambda tie: (tie.counterpart.country_id, fold(tie.counterpart.name)) if tie.counterpart else ("", "")
    )
    return compared + [ComparedTie(Finding.ONLY_REPORTED, None, tuple(its)) for its in unresolved.values()]


def _report(row: ReportedTie, end: ReportedPlace) -> Report:
    return Report(
        row.capture, row.row, end.name, end.country_as_written, end.resolution, reason_sentence(end),
        dict(end.detail) if end.reason == Reason.CORRECTED else {}, row.part, row.started, row.ended,
    )  # fmt: skip


def whole_report(row: ReportedTie) -> Report:
    """Return what a row says of both its ends, for who looks at the tie and not from one of its cities."""
    ends = (row.one, row.other)
    return Report(
        row.capture, row.row, " – ".join(end.name for end in ends), " – ".join(end.country_as_written for end in ends),
        " – ".join(end.resolution for end in ends), " ".join(dict.fromkeys(map(reason_sentence, ends))), {}, row.part,
        row.started, row.ended,
    )  # fmt: skip


def _agreements_by_counterpart(place_id: UUID) -> dict[UUID, list[str]]:
    its = Party.objects.filter(place=place_id, agreement__published_at__isnull=False).values("agreement")
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = Party.objects.filter(agreement__in=its).exclude(place=place_id).order_by("agreement__slug")
    for place, slug in rows.values_list("place_id", "agreement__slug").distinct():
        found[place].append(slug)
    return found


def all_ties() -> TieMap:
    """Return every recognised tie whose two places have a position, for the map."""
    pairs = list(Tie.objects.values_list("first_id", "second_id"))
    ends = {key for pair in pairs for key in pair}
    numbers: dict[UUID, int] = {}
    chart = TieMap()
    drawn = Place.objects.filter(latitude__isnull=False, longitude__isnull=False)
    columns = ("slug", "name", "name_es", "name_en", "country_id", "latitude", "longitude")
    for key, *shown in in_steps(drawn, *columns):
        if key in ends:
            numbers[key] = len(chart.places)
            chart.places.append(MapPlace(*shown))
    chart.pairs.extend((numbers[one], numbers[other]) for one, other in pairs if one in numbers and other in numbers)
    return chart


def places_tied_to(place: UUID, *, most: int) -> QuerySet[Place]:
    """Return the places with which others report a tie of this one, in the order of their names."""
    ends = Q(pk__in=Tie.objects.filter(first=place).values("second"))
    ends |= Q(pk__in=Tie.objects.filter(second=place).values("first"))
    return Place.objects.filter(ends).order_by("name", "pk")[:most]


def capture_before(capture: Capture) -> Capture | None:
    """Return the capture of the same source before this one; two of a day stand in the order they were kept."""
    earlier = Q(captured_on__lt=capture.captured_on) | Q(captured_on=capture.captured_on, pk__lt=capture.pk)
    return Capture.objects.filter(earlier, source=capture.source).order_by("-captured_on", "-pk").first()


def newest_captures() -> list[Capture]:
    """Return the newest capture of each source, by the key of the source."""
    newest: dict[UUID, Capture] = {}
    for capture in Capture.objects.select_related("source").order_by("source__key", "captured_on", "pk"):
        newest[capture.source_id] = capture
    return list(newest.values())


def capture_difference(newer: Capture, older: Capture) -> CaptureDifference:
    """Compare two captures of a source, tie by tie: by what it writes of both ends, else by their places.

    The places are those that each was read with: a tie that only the directory has learnt to read has not changed.
    """
    new, old = _told(newer), _told(older)
    return CaptureDifference(newer.key, older.key, _only(new, besides=old), _only(old, besides=new))


@dataclass(slots=True)
class _ToldTie:
    """A tie of a capture: in words, and each way its rows write both ends."""

    words: str = ""
    written: set[tuple[tuple[str, ...], ...]] = field(default_factory=set)


def _told(capture: Capture) -> dict[str, _ToldTie]:
    found: dict[str, _ToldTie] = defaultdict(_ToldTie)
    for row in ReportedTie.objects.filter(capture=capture).select_related("one", "other"):
        ends = (row.one, row.other)
        told = found[row.pair]
        told.words = " – ".join(f"{end.name} ({end.country_as_written})" for end in ends)
        told.written.add(tuple(sorted((end.key.partition(APART)[0], end.name, end.country_as_written) for end in ends)))
    return found


def _only(told: Mapping[str, _ToldTie], *, besides: Mapping[str, _ToldTie]) -> tuple[str, ...]:
    written = {way for one in besides.values() for way in one.written}
    return tuple(sorted(one.words for pair, one in told.items() if pair not in besides and not one.written & written))


@dataclass(frozen=True, slots=True)
class Life:
    """How alive a tie is for the office that keeps it, and the activity that says so."""

    agreement: Agreement
    vitality: Vitality
    evidence: Activity | None = None
    evidence_on: dt.date | None = None  # the day it is counted from: the last that its date may mean
    turn: Turn | None = None  # what comes next unless something is done
    is_suspended: bool = False


def lives(agreements: Iterable[Agreement], *, today: dt.date) -> list[Life]:
    """Return the life of each tie, on everything its office knows, whether the public sees it or not."""
    kept = list(agreements)
    evidence = evidence_of([one.pk for one in kept], today=today)
    found = []
    for one in kept:
        activity = evidence.get(one.pk)
        day = activity.ended_on if activity else None
        found.append(Life(one, vitality(day, today), activity, day, next_turn(day, today)))
    return found


def lives_of(office: UUID, *, today: dt.date) -> list[Life]:
    """Return the lives of an office's ties: what was signed and has not been ended, in the order of the files."""
    return _bound(_signed(office), today=today)


def lives_near_turning(office: UUID, *, today: dt.date) -> list[Life]:
    """Return the lives of an office's ties that are to be warned of today; of thousands it reads only those."""
    signed = _signed(office)
    last = evidence_days(signed.order_by().values("pk"), today=today)
    near = [key for key, day in last.items() if turn_ahead(day, today)]
    return _bound(signed.filter(pk__in=near), today=today)


def _signed(office: UUID) -> QuerySet[Agreement]:
    return by_number(for_office(office).filter(stage__in=[one for one in Stage if is_signed(one)]))


def _bound(signed: QuerySet[Agreement], *, today: dt.date) -> list[Life]:
    files = signed.select_related("office").prefetch_related("acts", "parties__place__country")
    standing = {one.pk: force(force_facts_of(one), today) for one in files}
    bound = [one for one in files if standing[one.pk] is not Force.TERMINATED]
    found = lives(bound, today=today)
    return [replace(one, is_suspended=standing[one.agreement.pk] is Force.SUSPENDED) for one in found]
