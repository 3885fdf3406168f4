"""Stops of the audio guide: any editor writes them, whoever approves shows them."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.editing import EditConflictError, claim
from hermanar.museum.models import AudioStop, Recording
from hermanar.museum.models.media import RecordingKind
from hermanar.museum.queries.rooms import rooms
from hermanar.museum.rules.audio import StopDraft, StopRefusal, StopRefusedError, number_for, refused_stop

__all__ = ["EditConflictError", "hide_stop", "mend_stop", "show_stop", "write_stop"]
Sounds = tuple[Recording | None, Recording | None]  # in Spanish, in English


@transaction.atomic
def write_stop(draft: StopDraft, *, by: Actor, sounds: Sounds = (None, None)) -> AudioStop:
    """Write a new stop under the number it will always have. Raises NotAllowedError, StopRefusedError."""
    require(by, Verb.EDIT_ROOMS)
    _refuse(draft, sounds)
    trail.hold(chain=trail.REGISTRY)  # two at once would take one number
    taken = set(AudioStop.objects.values_list("number", flat=True))
    number = number_for(draft.room, shipped=[room.slug for room in rooms()], taken=taken)
    if not number:
        raise StopRefusedError([StopRefusal.NO_NUMBER_LEFT])
    kept = AudioStop.objects.create(
        number=number, host=draft.host, room=draft.room, work=draft.work, **_columns(draft, sounds)
    )
    _tell("stop.written", kept, by=by)
    return kept


@transaction.atomic
def mend_stop(stop: UUID, *, draft: StopDraft, by: Actor, version: int, sounds: Sounds = (None, None)) -> AudioStop:
    """Write its words and recordings anew; number and place stay.

    Raises NotAllowedError, StopRefusedError, EditConflictError, AudioStop.DoesNotExist.
    """
    require(by, Verb.EDIT_ROOMS)
    AudioStop.objects.get(pk=stop, host=draft.host)
    _refuse(draft, sounds, own=stop)
    claim(AudioStop.objects.filter(pk=stop), version=version, **_columns(draft, sounds))
    return _told("stop.mended", stop, by=by)


@transaction.atomic
def show_stop(stop: UUID, *, by: Actor, version: int) -> AudioStop:
    """Let the public hear a stop. Raises NotAllowedError, EditConflictError."""
    require(by, Verb.APPROVE_ROOMS)
    claim(AudioStop.objects.filter(pk=stop), version=version, published_at=timezone.now())
    return _told("stop.shown", stop, by=by)


@transaction.atomic
def hide_stop(stop: UUID, *, by: Actor, version: int) -> AudioStop:
    """Take a stop away from the public. Raises NotAllowedError, EditConflictError."""
    require(by, Verb.APPROVE_ROOMS)
    claim(AudioStop.objects.filter(pk=stop), version=version, published_at=None)
    return _told("stop.hidden", stop, by=by)


def _refuse(draft: StopDraft, sounds: Sounds, own: UUID | None = None) -> None:
    others = AudioStop.objects.filter(room=draft.room, work=draft.work).values_list("pk", flat=True)
    refusals = list(refused_stop(draft, has_one=any(key != own for key in others)))
    if any(sound and sound.kind != RecordingKind.SOUND for sound in sounds):
        refusals.append(StopRefusal.NOT_A_SOUND)
    if refusals:
        raise StopRefusedError(refusals)


def _columns(draft: StopDraft, sounds: Sounds) -> dict[str, object]:
    said = {name: getattr(draft, name).strip() for name in ("title", "title_en", "text", "text_en")}
    return {**said, "recording": sounds[0], "recording_en": sounds[1]}


def _told(code: str, stop: UUID, *, by: Actor) -> AudioStop:
    kept = AudioStop.objects.get(pk=stop)
    _tell(code, kept, by=by)
    return kept


def _tell(code: str, kept: AudioStop, *, by: Actor) -> None:
    names = ("number", "host", "room", "work", "title", "title_en", "text", "text_en", "version")
    content = {name: getattr(kept, name) for name in names}
    sounds = [str(key or "") for key in (kept.recording_id, kept.recording_en_id)]
    trail.record(
        code, by=by, subject=str(kept.pk), content={**content, "sounds": sounds, "is_public": bool(kept.published_at)}
    )
