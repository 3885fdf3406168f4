"""Kiosks are written, shown and taken down by who approves the rooms of their city."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hermanar.catalogue.read.names import place_names
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.editing import EditConflictError, claim
from hermanar.museum.models import Kiosk
from hermanar.museum.queries.kiosks import open_slugs
from hermanar.museum.rules.kiosks import KioskDraft, KioskRefusedError, refused_kiosk

__all__ = ["EditConflictError", "keep_kiosk", "set_kiosk", "take_down_kiosk"]


@transaction.atomic
def set_kiosk(draft: KioskDraft, *, by: Actor) -> Kiosk:
    """Set a new kiosk, shown from now on. Raises NotAllowedError, KioskRefusedError."""
    require(by, Verb.APPROVE_ROOMS)
    _refuse(draft, Kiosk.objects.filter(slug=draft.slug))
    kept = Kiosk.objects.create(published_at=timezone.now(), host=draft.host, **_columns(draft))
    _tell("kiosk.set", kept, by=by)
    return kept


@transaction.atomic
def keep_kiosk(kiosk: UUID, *, draft: KioskDraft, by: Actor, version: int) -> Kiosk:
    """Write a kiosk anew, on the version that was read, and show it.

    Raises NotAllowedError, Kiosk.DoesNotExist, KioskRefusedError, EditConflictError.
    """
    require(by, Verb.APPROVE_ROOMS)
    kept = Kiosk.objects.select_for_update().get(pk=kiosk, host=draft.host)
    _refuse(draft, Kiosk.objects.filter(slug=draft.slug).exclude(pk=kiosk))
    shown = kept.published_at or timezone.now()
    claim(Kiosk.objects.filter(pk=kiosk), version=version, published_at=shown, **_columns(draft))
    return _told("kiosk.kept", kiosk, by=by)


@transaction.atomic
def take_down_kiosk(kiosk: UUID, *, by: Actor, version: int) -> Kiosk:
    """Take a kiosk down; its address closes. Raises NotAllowedError, EditConflictError."""
    require(by, Verb.APPROVE_ROOMS)
    claim(Kiosk.objects.filter(pk=kiosk), version=version, published_at=None)
    return _told("kiosk.taken_down", kiosk, by=by)


def _refuse(draft: KioskDraft, others: QuerySet[Kiosk]) -> None:
    # A city's own address is that of the kiosk the house makes for it: no other city may stand there.
    is_of_another_city = draft.slug != draft.host and bool(place_names([draft.slug], language="es"))
    is_taken = is_of_another_city or others.exists()
    if refusals := refused_kiosk(draft, known_rooms=frozenset(open_slugs(draft.host)), is_taken=is_taken):
        raise KioskRefusedError(refusals)


def _columns(draft: KioskDraft) -> dict[str, object]:
    return {
        "slug": draft.slug,
        "title": draft.title.strip(),
        "title_en": draft.title_en.strip(),
        "rooms": list(dict.fromkeys(draft.rooms)),
        "idle_seconds": draft.idle_seconds,
    }


def _told(code: str, kiosk: UUID, *, by: Actor) -> Kiosk:
    kept = Kiosk.objects.get(pk=kiosk)
    _tell(code, kept, by=by)
    return kept


def _tell(code: str, kept: Kiosk, *, by: Actor) -> None:
    names = ("host", "slug", "title", "title_en", "rooms", "idle_seconds", "version")
    content = {name: getattr(kept, name) for name in names}
    content["is_public"] = bool(kept.published_at)
    trail.record(code, by=by, subject=str(kept.pk), content=content)
