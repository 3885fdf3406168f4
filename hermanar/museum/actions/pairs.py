"""Pairs are drafted, mended, published and withdrawn; the shipped ones are loaded, and what a person edited stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.editing import EditConflictError, claim
from hermanar.museum.models import Pair, PairSide
from hermanar.museum.queries.contents import pair_told
from hermanar.museum.queries.pairs import as_drafted
from hermanar.museum.rules.pairs import Flaw, PairDraft, PairRefusedError, always_wrong, unready
from hermanar.museum.vocabulary.pairs import Refusal

__all__ = ["EditConflictError", "LoadedPairs", "draft", "load_pairs", "mend", "publish", "withdraw"]


@dataclass(slots=True)
class LoadedPairs:
    """What a load did to the shipped pairs; `kept` are those that a person edited since."""

    entered: int = 0
    mended: int = 0
    unchanged: int = 0
    kept: tuple[str, ...] = ()


@transaction.atomic
def draft(said: PairDraft, *, by: Actor) -> Pair:
    """Keep a new pair, not published yet; sent twice the same it is kept once.

    Raises NotAllowedError, and PairRefusedError for what may not even be a draft.
    """
    require(by, Verb.EDIT_ROOMS)
    trail.hold()
    _refuse(always_wrong(said))
    known = Pair.objects.filter(slug=said.slug).first()
    if known is not None:
        if as_drafted(known) == said:
            return known
        _refuse([Flaw(Refusal.SLUG_TAKEN, "slug")])
    now = timezone.now()
    kept = _enter(said, entered_at=now, edited_at=now)
    _tell("pair.drafted", kept, by=by)
    return kept


@transaction.atomic
def mend(pair: UUID, *, said: PairDraft, by: Actor, version: int) -> Pair:
    """Put what is said in place of what a pair said, on the version that was read; what is public stays whole.

    Raises NotAllowedError, Pair.DoesNotExist, EditConflictError, and PairRefusedError with all that is wrong.
    """
    require(by, Verb.EDIT_ROOMS)
    trail.hold()
    kept = Pair.objects.select_for_update().get(pk=pair)
    if as_drafted(kept) == said:
        return kept
    if kept.published_at:
        require(by, Verb.APPROVE_ROOMS)  # what the public reads changes at once
    _refuse(unready(said) if kept.published_at else always_wrong(said))
    if said.slug != kept.slug:
        if kept.was_published:
            _refuse([Flaw(Refusal.SLUG_FROZEN, "slug")])
        if Pair.objects.filter(slug=said.slug).exists():
            _refuse([Flaw(Refusal.SLUG_TAKEN, "slug")])
    claim(Pair.objects.filter(pk=pair), version=version, edited_at=timezone.now(), **_columns(said))
    _write_sides(kept, said)
    kept = Pair.objects.get(pk=pair)
    _tell("pair.mended", kept, by=by)
    return kept


@transaction.atomic
def publish(pair: UUID, *, by: Actor, version: int) -> Pair:
    """Show a pair to the public. Raises NotAllowedError, Pair.DoesNotExist, EditConflictError, PairRefusedError."""
    require(by, Verb.APPROVE_ROOMS)
    trail.hold()
    kept = Pair.objects.select_for_update().get(pk=pair)
    if kept.published_at:
        return kept
    _refuse(unready(as_drafted(kept)))
    now = timezone.now()
    claim(Pair.objects.filter(pk=pair), version=version, published_at=now, was_published=True, edited_at=now)
    return _tell("pair.published", kept, by=by)


@transaction.atomic
def withdraw(pair: UUID, *, by: Actor, version: int) -> Pair:
    """Take a pair away from the public; it stays with the editors, and no load brings it back.

    Raises NotAllowedError, Pair.DoesNotExist, EditConflictError.
    """
    require(by, Verb.APPROVE_ROOMS)
    trail.hold()
    kept = Pair.objects.select_for_update().get(pk=pair)
    if not kept.published_at:
        return kept
    claim(Pair.objects.filter(pk=pair), version=version, published_at=None, edited_at=timezone.now())
    return _tell("pair.withdrawn", kept, by=by)


@transaction.atomic
def load_pairs(drafts: Sequence[PairDraft], *, by: Actor) -> LoadedPairs:
    """Enter and publish the shipped pairs in their order, and bring up to date those that nobody edited.

    May be repeated. Raises NotAllowedError, and PairRefusedError when a shipped pair breaks the rules.
    """
    require(by, Verb.APPROVE_ROOMS)
    trail.hold()
    known = {one.slug: one for one in Pair.objects.filter(slug__in=[said.slug for said in drafts])}
    done, now = LoadedPairs(), timezone.now()
    for position, said in enumerate(drafts):
        _refuse(unready(said))
        kept = known.get(said.slug)
        if kept is None:
            kept = _enter(said, entered_at=now, published_at=now, was_published=True, position=position)
            done.entered += 1
        elif kept.edited_at:
            done.kept = (*done.kept, kept.slug)
            continue
        elif as_drafted(kept) == said and kept.position == position:
            done.unchanged += 1
            continue
        else:
            claim(Pair.objects.filter(pk=kept.pk), version=kept.version, position=position, **_columns(said))
            _write_sides(kept, said)
            done.mended += 1
        _tell("pair.loaded", kept, by=by)
    return done


def _refuse(flaws: list[Flaw]) -> None:
    if flaws:
        raise PairRefusedError(flaws)


def _columns(said: PairDraft) -> dict[str, Any]:
    values = asdict(said)
    del values["sides"]
    return values


def _enter(said: PairDraft, **more: Any) -> Pair:
    try:
        with transaction.atomic():
            kept = Pair.objects.create(**_columns(said), **more)
    except IntegrityError as taken:  # somebody took the address in this very moment
        raise PairRefusedError([Flaw(Refusal.SLUG_TAKEN, "slug")]) from taken
    _write_sides(kept, said)
    return kept


def _write_sides(kept: Pair, said: PairDraft) -> None:
    for number, side in enumerate(said.sides):
        PairSide.objects.update_or_create(pair=kept, number=number, defaults=asdict(side))


def _tell(code: str, kept: Pair, *, by: Actor) -> Pair:
    """Tell the trail of a pair as it is kept now."""
    fresh = Pair.objects.get(pk=kept.pk)
    trail.record(code, by=by, subject=str(fresh.pk), content=pair_told(fresh))
    return fresh
