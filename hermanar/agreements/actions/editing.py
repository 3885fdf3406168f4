"""What a person changes in a record: each verb checks the version that was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.agreements import rules
from hermanar.agreements.actions.filing import refuse, seal
from hermanar.agreements.actions.listing import mark_changed, relist
from hermanar.agreements.actions.versions import complete_versions, keep_version
from hermanar.agreements.models import Agreement, Listing, Party
from hermanar.agreements.queries import AGREEMENT_INDEX
from hermanar.agreements.queries.proof import CORRECTED, is_sealed
from hermanar.agreements.vocabulary import Field, Kind, Registered, Stage
from hermanar.agreements.vocabulary.procedure import Refusal
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require, require_in
from hermanar.foundation.calendar import PartialDate, Precision
from hermanar.foundation.editing import EditConflictError, claim
from hermanar.foundation.statements import StatementDraft, source_of, state

_AT_ONCE = 500
_MOST_PLACES = 20_000  # from here on looking for each costs more than deriving every listing again


@dataclass(frozen=True, slots=True)
class Told:
    """What a correction says, on whose word, and where that is read."""

    values: Mapping[str, Any]
    source_key: str
    passage: str = ""


def _require_of(agreement: UUID, *, by: Actor, verb: Verb) -> str:
    """Ask whether the actor may do this to a record, lock what the verb writes to, and return its chain."""
    office = Agreement.objects.filter(pk=agreement).values_list("office", flat=True).first()
    require_in(by, verb, office=office)
    chain = str(office) if office else trail.REGISTRY
    trail.hold(AGREEMENT_INDEX, chain=chain)
    return chain


@transaction.atomic
def correct(
    agreement: UUID, *, by: Actor, version: int, values: Mapping[str, Any], source_key: str, passage: str = ""
) -> None:
    """Change fields of a record on the word of a source, which is then kept as saying so.

    A later load leaves the whole record alone and lists the difference. Raises NotAllowedError, EditConflictError,
    CorrectionError for a value the field does not take, and KeyError for a source that does not exist.
    """
    chain = _require_of(agreement, by=by, verb=Verb.CORRECT_AGREEMENT)
    source_of(source_key)
    titled = {"has_official_title": True} if "title_es" in values else {}
    told = Told(values, source_key, passage)
    write_correction(agreement, told, by=by, version=version, chain=chain, **titled)


def write_correction(agreement: UUID, told: Told, *, by: Actor, version: int, chain: str, **besides: Any) -> None:
    """Write a correction and `besides` into the columns, with its statements, its seals and its entry; part of a verb.

    The caller holds the chain and the index. Raises EditConflictError and CorrectionError.
    """
    values = told.values
    kept = Agreement.objects.filter(pk=agreement, version=version).values("stage", *rules.CORRECTABLE).first()
    if kept is None:
        raise EditConflictError(str(agreement))
    rules.check_correction(values, kept=kept)
    if sealed := is_sealed(agreement):
        seal(agreement, by=by, chain=chain)
    held = Agreement.objects.get(pk=agreement)
    if held.office_id:
        complete_versions(held)
    claim(Agreement.objects.filter(pk=agreement), version=version, edited_at=timezone.now(), **values, **besides)
    if held.office_id:
        keep_version(held, by=by, paper=told.passage)
    state(agreement, _said(told, after={**kept, **values}))
    if held.published_at:
        relist([agreement])
    content = [dict(values), told.source_key, told.passage]
    trail.record(CORRECTED, by=by, subject=str(agreement), content=content, chain=chain)
    if sealed or (held.office_id and rules.is_signed(Stage(held.stage))):  # from here on the trail answers for it
        seal(agreement, by=by, chain=chain)


def _said(told: Told, *, after: Mapping[str, Any]) -> list[StatementDraft]:
    """Return what the source of a correction states; a field made unknown is one it does not state."""
    values = told.values
    signed = PartialDate(after["signed_on"], Precision(after["signed_precision"]))
    said = {
        Field.SIGNED_ON: str(signed) if {"signed_on", "signed_precision"} & set(values) else "",
        Field.KIND: values.get("kind", Kind.UNKNOWN),
        Field.TERM_YEARS: values.get("term_years") or "",
        Field.REGISTERED: values.get("registered", Registered.UNKNOWN),
    }
    return [
        StatementDraft(field.value, str(value), told.source_key, told.passage)
        for field, value in said.items()
        if value and value != "unknown"
    ]


@transaction.atomic
def publish(agreement: UUID, *, by: Actor, version: int, at: dt.datetime) -> None:
    """Let the public see a record; `at` says since when, and is never to come, for it is seen at once.

    Raises NotAllowedError, EditConflictError, StepRefusedError for what a demonstration shows, and ValueError for a
    moment to come.
    """
    chain = _require_of(agreement, by=by, verb=Verb.PUBLISH_AGREEMENT)
    if Agreement.objects.filter(pk=agreement, office__is_demonstration=True).exists():
        refuse(Refusal.DEMONSTRATION)
    if at > timezone.now():
        raise ValueError(f"no se puede publicar desde un momento por venir: {at.isoformat()}")
    claim(Agreement.objects.filter(pk=agreement), version=version, published_at=at)
    relist([agreement])
    trail.record("agreement.published", by=by, subject=str(agreement), content=at, chain=chain)


@transaction.atomic
def unpublish(agreement: UUID, *, by: Actor, version: int) -> None:
    """Take a record out of the public's sight; it stays in the registry."""
    chain = _require_of(agreement, by=by, verb=Verb.UNPUBLISH_AGREEMENT)
    claim(Agreement.objects.filter(pk=agreement), version=version, published_at=None)
    relist([agreement])
    trail.record("agreement.unpublished", by=by, subject=str(agreement), chain=chain)


def note_evidence(newest: Mapping[UUID, dt.date | None]) -> None:
    """Keep beside each listing the day of its newest dated activity, in cooperation's transaction.

    The caller holds the index of agreements since before it read those days.
    """
    for agreement, on in newest.items():
        Listing.objects.filter(pk=agreement).update(evidence_on=on)
    mark_changed(list(newest))


@transaction.atomic
def relist_all(*, by: Actor) -> None:
    """Derive every listing again, after places changed their names, positions or identifiers."""
    require(by, Verb.CORRECT_AGREEMENT)
    trail.hold(AGREEMENT_INDEX)
    _relist(list(Agreement.objects.order_by("pk").values_list("pk", flat=True)), by=by)


@transaction.atomic
def relist_places(places: Collection[UUID] | None, *, by: Actor) -> None:
    """Derive again the listings in which these places stand; None means that any place may have changed."""
    if places is None or len(places) > _MOST_PLACES:
        relist_all(by=by)
        return
    require(by, Verb.CORRECT_AGREEMENT)
    trail.hold(AGREEMENT_INDEX)
    ordered = sorted(places)
    found: set[UUID] = set()
    for start in range(0, len(ordered), _AT_ONCE):
        some = Party.objects.filter(place__in=ordered[start : start + _AT_ONCE])
        found.update(some.values_list("agreement", flat=True))
    _relist(sorted(found), by=by)


def _relist(keys: list[UUID], *, by: Actor) -> None:
    if keys:
        relist(keys)
        trail.record("agreement.relisted", by=by, content=len(keys))
