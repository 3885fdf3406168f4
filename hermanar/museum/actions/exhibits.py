"""What the museum says of a gift: written, shown, hidden."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from hermanar.catalogue.read.gifts import keeper_of
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.editing import EditConflictError, claim
from hermanar.museum.models import Exhibit
from hermanar.museum.queries.contents import exhibit_told
from hermanar.museum.rules.exhibits import (
    ExhibitDraft,
    ExhibitRefusal,
    ExhibitRefusedError,
    refused_exhibit,
    refused_to_show,
)


@transaction.atomic
def keep_exhibit(gift: UUID, *, by: Actor, draft: ExhibitDraft, version: int | None = None) -> Exhibit:
    """Write what the museum says of a gift of the actor's office, for the first time or anew.

    Raises NotAllowedError, ExhibitRefusedError and EditConflictError.
    """
    chain = _enter(gift, by=by)
    known = Exhibit.objects.select_for_update().filter(gift=gift).first()
    if (known.version if known else None) != version:
        raise EditConflictError(str(gift))
    refusals = refused_exhibit(
        draft,
        slug_was=known.slug if known else "",
        was_public=bool(known and known.first_published_at),
        is_taken=Exhibit.objects.filter(slug=draft.slug).exclude(gift=gift).exists(),
    )
    if refusals:
        raise ExhibitRefusedError(refusals)
    told = {
        "slug": draft.slug,
        "story": draft.story.strip(),
        "story_en": draft.story_en.strip(),
        "rights": draft.rights,
    }
    try:
        with transaction.atomic():
            made = _move(known, **told) if known else Exhibit.objects.create(gift=gift, **told)
    except IntegrityError as error:  # another office took the address at the same instant
        raise ExhibitRefusedError([ExhibitRefusal.SLUG_TAKEN]) from error
    _tell("exhibit.kept", made, by=by, chain=chain)
    return made


@transaction.atomic
def publish_exhibit(gift: UUID, *, by: Actor, version: int) -> Exhibit:
    """Show what the museum says of a gift, for as long as the gift itself is public. Raises as `keep_exhibit`."""
    chain, kept = _hold(gift, by=by, version=version)
    if refusals := refused_to_show(story=kept.story, story_en=kept.story_en, rights=kept.rights):
        raise ExhibitRefusedError(refusals)
    now = timezone.now()
    made = _move(kept, published_at=now, first_published_at=kept.first_published_at or now)
    _tell("exhibit.published", made, by=by, chain=chain)
    return made


@transaction.atomic
def unpublish_exhibit(gift: UUID, *, by: Actor, version: int) -> Exhibit:
    """Hide what the museum says of a gift; what the office says of it stays. Raises as `keep_exhibit`."""
    chain, kept = _hold(gift, by=by, version=version)
    made = _move(kept, published_at=None)
    _tell("exhibit.unpublished", made, by=by, chain=chain)
    return made


def _enter(gift: UUID, *, by: Actor) -> str:
    """Ask whether the actor may speak of a gift; return the chain it is told in."""
    keeper = keeper_of(gift)
    if keeper is None:
        raise ExhibitRefusedError([ExhibitRefusal.NO_RECORD])
    office, _host = keeper
    require_in(by, Verb.KEEP_EXHIBITS, office=office)
    chain = str(office) if office else trail.REGISTRY
    trail.hold(chain=chain)
    return chain


def _hold(gift: UUID, *, by: Actor, version: int) -> tuple[str, Exhibit]:
    chain = _enter(gift, by=by)
    kept = Exhibit.objects.select_for_update().get(gift=gift)
    if kept.version != version:
        raise EditConflictError(str(gift))
    return chain, kept


def _move(kept: Exhibit, **values: Any) -> Exhibit:
    claim(Exhibit.objects.filter(pk=kept.pk), version=kept.version, **values)
    return Exhibit.objects.get(pk=kept.pk)


def _tell(code: str, kept: Exhibit, *, by: Actor, chain: str) -> None:
    trail.record(code, by=by, subject=str(kept.pk), content=exhibit_told(kept), chain=chain)
