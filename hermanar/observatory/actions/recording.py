"""Write a capture: its places resolved, its rows recognised; older captures stay as they are.

A capture that is read again, because the directory or the reading changed, keeps its rows: only how they are understood
is written anew. What is gone from the reading itself goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext

from hermanar.directory.actions import PLACES, NewPlace, add_places
from hermanar.directory.models import Place
from hermanar.directory.queries import place_by_identifier
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.models import Source, SourceKind
from hermanar.foundation.planner import count_anew
from hermanar.foundation.search import bump
from hermanar.observatory.actions.atlas import Atlas
from hermanar.observatory.actions.facts import CaptureFacts, CaptureRows, Correction, PlaceFacts, TieFacts
from hermanar.observatory.actions.partners import hear_partners, hear_writings
from hermanar.observatory.models import Capture, ReportedPlace, ReportedTie, Tie
from hermanar.observatory.queries import CaptureDifference, capture_before, capture_difference, written_places
from hermanar.observatory.rules import Verdict, end_key, pair_key, tie_of
from hermanar.observatory.vocabulary import Reason, Resolution

BATCH = 2_000
PLACE_COLUMNS = [
    "name", "country_as_written", "country_code", "latitude", "longitude", "hint", "place", "resolution", "reason",
    "detail",
]  # fmt: skip
TIE_COLUMNS = ["one", "other", "tie", "pair", "also_in", "statement_id", "part", "started", "ended"]
TIES = "ties"  # the revision of everything that is reported


@dataclass(frozen=True, slots=True)
class CaptureReport:
    """What loading a capture did, and how it differs from the one before it of the same source."""

    key: str
    is_unchanged: bool
    places: int
    resolutions: dict[str, int]
    added: int  # places the directory gained
    rows: int
    recognised: int  # rows with both ends resolved
    ties: int  # distinct pairs among them
    difference: CaptureDifference | None

    def __str__(self) -> str:
        """Tell rows and ties, and how many ties came and went since the capture before."""
        rows = ngettext("%(count)d renglón", "%(count)d renglones", self.rows) % {"count": self.rows}
        ties = ngettext("%(count)d lazo", "%(count)d lazos", self.ties) % {"count": self.ties}
        told = f"{self.key}: {rows}, {ties}"
        if self.difference is None:
            return told
        came, went = len(self.difference.appeared), len(self.difference.vanished)
        appeared = ngettext("%(count)d apareció", "%(count)d aparecieron", came) % {"count": came}
        vanished = ngettext("%(count)d desapareció", "%(count)d desaparecieron", went) % {"count": went}
        return f"{told} ({gettext('desde %s') % self.difference.older}: {appeared}, {vanished})"


@transaction.atomic
def load_capture(
    rows: CaptureRows,
    *,
    corrections: Mapping[str, Correction] | None = None,
    by: Actor,
    atlas: Atlas | None = None,
) -> CaptureReport:
    """Write one capture; one that is there with the same digest is left alone, else its rows are understood anew.

    Raises NotAllowedError.
    """
    require(by, Verb.LOAD_CAPTURE)
    trail.hold(PLACES, TIES)  # two that load the same capture must not both find it missing
    facts = rows.facts
    capture = Capture.objects.filter(key=facts.key).first()
    if capture is not None and capture.digest == facts.digest:
        return _report(capture, is_unchanged=True)
    capture = _capture(facts)
    atlas = atlas or Atlas()
    verdicts = _verdicts(rows.places, atlas=atlas, corrections=corrections or {})
    hear_writings(rows.places, verdicts)
    rows = hear_partners(rows, verdicts, atlas=atlas, origin=facts.origin)
    _add_missing(rows.places, verdicts, capture=capture, atlas=atlas, by=by)
    reported = _write_places(rows.places, verdicts, capture=capture, atlas=atlas)
    _write_ties(rows.ties, reported, capture=capture)
    _drop_unread(rows, capture=capture)
    Tie.objects.filter(reports=None).delete()
    _bump_ties()
    trail.record("capture.loaded", by=by, subject=facts.key, content=facts.digest)
    count_anew(ReportedPlace, Tie, ReportedTie)
    return _report(capture, is_unchanged=False)


def _bump_ties() -> None:
    """Tell every process that its counts of ties are old."""
    bump(TIES)


def _capture(facts: CaptureFacts) -> Capture:
    source, _ = Source.objects.update_or_create(
        key=facts.source,
        defaults={
            "kind": SourceKind.CAPTURE, "title_es": facts.title_es, "title_en": facts.title_en,
            "licence": facts.licence, "address": facts.address,
        },
    )  # fmt: skip
    capture, _ = Capture.objects.update_or_create(
        key=facts.key,
        defaults={
            "source": source, "captured_on": facts.captured_on, "origin": facts.origin, "licence": facts.licence,
            "covers_domestic_mexico": facts.covers_domestic_mexico, "coverage_es": facts.coverage_es,
            "coverage_en": facts.coverage_en, "digest": facts.digest,
        },
    )  # fmt: skip
    return capture


def _verdicts(
    places: Iterable[PlaceFacts], *, atlas: Atlas, corrections: Mapping[str, Correction]
) -> dict[str, Verdict]:
    """Resolve what suggests an identifier first, so that the rest is compared with the places it adds."""
    places = list(places)
    verdicts: dict[str, Verdict] = {}
    for facts in places:
        correction = corrections.get(facts.key)
        if correction is not None:
            detail = {"es": correction.reason_es, "en": correction.reason_en, "source": correction.source}
            place = place_by_identifier(correction.place)
            if place is None:
                raise ValueError(f"la corrección de {facts.key} nombra un lugar desconocido: {correction.place}")
            verdicts[facts.key] = Verdict(Resolution.CORRECTED, str(place.pk), Reason.CORRECTED, detail)
        else:
            atlas.add_suggested(facts)
    for facts in places:
        if facts.key not in verdicts:
            verdicts[facts.key] = atlas.verdict(facts)
    return verdicts


def _add_missing(
    places: Iterable[PlaceFacts], verdicts: Mapping[str, Verdict], *, capture: Capture, atlas: Atlas, by: Actor
) -> None:
    """Add to the directory the suggested places it lacks, from the capture's own facts of them."""
    chosen = {verdict.place for verdict in verdicts.values()}
    new: dict[str, NewPlace] = {}
    for facts in places:
        key, its = (facts.hints[0] if facts.hints else ""), facts.suggested
        if its is not None and key in chosen and key not in atlas.by_identifier:
            new[key] = NewPlace(
                its.name, facts.country, identifier=key, region_code=its.region_code, population=its.inhabitants,
                latitude=its.latitude, longitude=its.longitude,
            )  # fmt: skip
    for key, place in zip(new, add_places(list(new.values()), source=capture.source, by=by), strict=True):
        atlas.by_identifier[key] = place.pk
        atlas.candidates[str(place.pk)] = atlas.candidates[key]


def _write_places(
    places: Iterable[PlaceFacts], verdicts: Mapping[str, Verdict], *, capture: Capture, atlas: Atlas
) -> dict[str, ReportedPlace]:
    added = set(Place.objects.filter(source=capture.source).values_list("pk", flat=True))
    written: dict[str, ReportedPlace] = {}
    for facts in places:
        verdict = verdicts[facts.key]
        found = _key(verdict.place, atlas)
        code = (
            Resolution.ADDED if found in added and verdict.resolution == Resolution.IDENTIFIER else verdict.resolution
        )
        written[facts.key] = ReportedPlace(
            capture=capture, key=facts.key, name=facts.name, country_as_written=facts.country_as_written,
            country_code=facts.country, latitude=facts.latitude, longitude=facts.longitude,
            hint=facts.hints[0] if facts.hints else "", place_id=found, resolution=code, reason=verdict.reason,
            detail=verdict.detail,
        )  # fmt: skip
    ReportedPlace.objects.bulk_create(
        written.values(), BATCH, update_conflicts=True, unique_fields=["capture", "key"], update_fields=PLACE_COLUMNS
    )
    for key, kept in ReportedPlace.objects.filter(capture=capture).values_list("key", "pk"):
        if key in written:
            written[key].pk = kept
    return written


def _key(place: str | None, atlas: Atlas) -> UUID | None:
    if place is None:
        return None
    return atlas.by_identifier[place] if ":" in place else UUID(place)


def _write_ties(ties: Iterable[TieFacts], reported: Mapping[str, ReportedPlace], *, capture: Capture) -> None:
    ties = list(ties)
    pairs = {tie.row: tie_of(reported[tie.one].place_id, reported[tie.other].place_id) for tie in ties}
    known = {(tie.first_id, tie.second_id): tie for tie in Tie.objects.all()}
    new = {pair: Tie(first_id=pair[0], second_id=pair[1]) for pair in pairs.values() if pair and pair not in known}
    Tie.objects.bulk_create(new.values(), BATCH)
    known |= new
    ReportedTie.objects.bulk_create(
        [
            ReportedTie(
                capture=capture, row=tie.row, one=reported[tie.one], other=reported[tie.other],
                tie=known.get(pair) if (pair := pairs[tie.row]) else None,
                pair=pair_key(_end(reported[tie.one]), _end(reported[tie.other])), also_in=tie.also_in,
                statement_id=tie.statement_id, part=tie.part, started=tie.started, ended=tie.ended,
            )
            for tie in ties
        ],
        BATCH, update_conflicts=True, unique_fields=["capture", "row"], update_fields=TIE_COLUMNS,
    )  # fmt: skip


def _drop_unread(rows: CaptureRows, *, capture: Capture) -> None:
    """Delete what an earlier reading of the same capture held and this one does not."""
    _drop(ReportedTie.objects.filter(capture=capture), column="row", read={tie.row for tie in rows.ties})
    _drop(ReportedPlace.objects.filter(capture=capture), column="key", read={place.key for place in rows.places})


def _drop(held: QuerySet[Any], *, column: str, read: set[Any]) -> None:
    gone = [key for key, value in held.values_list("pk", column) if value not in read]
    for start in range(0, len(gone), 500):
        held.filter(pk__in=gone[start : start + 500]).delete()


def _end(reported: ReportedPlace) -> str:
    return end_key(reported.place_id, name=reported.name, country=reported.country_code)


def _report(capture: Capture, *, is_unchanged: bool) -> CaptureReport:
    resolutions = Counter(written_places().filter(capture=capture).values_list("resolution", flat=True))
    ties = capture.ties.exclude(tie=None)
    before = capture_before(capture)
    return CaptureReport(
        key=capture.key,
        is_unchanged=is_unchanged,
        places=resolutions.total(),
        resolutions=dict(sorted(resolutions.items())),
        added=Place.objects.filter(source=capture.source).count(),
        rows=capture.ties.count(),
        recognised=ties.count(),
        ties=ties.values("tie").distinct().count(),
        difference=capture_difference(capture, before) if before else None,
    )
