"""Gifts and donations: recorded, mended, followed from place to place, shown to the public, withdrawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any, NoReturn
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import for_office
from hermanar.cooperation.actions.uploads import Sent, document_of
from hermanar.cooperation.models import Activity, Gift, GiftVersion, Whereabouts
from hermanar.cooperation.queries.contents import gift_content, gift_values
from hermanar.cooperation.queries.gifts import documented_donations, told_by_gifts
from hermanar.cooperation.rules import (
    NOTHING_MORE,
    GiftFacts,
    GiftRefusedError,
    PlaceFacts,
    Shown,
    refused_gift,
    refused_place,
    refused_to_publish,
)
from hermanar.cooperation.vocabulary import GiftKind, GiftRefusal, GiftSide, Keeping, Purpose
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, can_in, require_in
from hermanar.foundation.calendar import UNKNOWN_DATE, PartialDate
from hermanar.foundation.documents import files_first
from hermanar.foundation.editing import EditConflictError, claim
from hermanar.foundation.models import Document
from hermanar.offices.models import Office

_HIDDEN = {"published_at": None, "shows_photograph": False, "shows_place": False, "shows_names": False}


@dataclass(frozen=True, slots=True)
class GiftDraft:
    """A gift as a person tells it."""

    agreement: UUID
    side: GiftSide
    kind: GiftKind
    title_es: str
    source: str
    title_en: str = ""
    is_donation: bool = False
    purpose: Purpose | None = None
    giver: str = ""
    receiver: str = ""
    words: str = ""
    on: PartialDate = UNKNOWN_DATE
    is_early: bool = False  # it is known to have been given before the signature
    value: Decimal | None = None
    currency: str = ""
    story_es: str = ""
    story_en: str = ""
    documented_as: UUID | None = None
    photograph: Sent | UUID | None = None  # sent with this form, or a document of the office
    photograph_rights: str = ""
    photograph_alternative: str = ""


@files_first
def record_gift(
    draft: GiftDraft, *, office: UUID, by: Actor, today: dt.date, where: PlaceFacts, key: UUID | None = None
) -> Gift:
    """Keep a gift of an office; `key`, given by the page, keeps the same form sent twice from being two gifts.

    Raises NotAllowedError, GiftRefusedError, RefusedDocumentError, and Agreement.DoesNotExist for a tie that is not
    the office's.
    """
    require_in(by, Verb.RECORD_GIFT, office=office)
    trail.hold(chain=str(office))
    if key and (sent := Gift.objects.filter(pk=key).first()):
        if sent.office_id != office:
            raise Gift.DoesNotExist(str(key))
        return sent
    kept_office = Office.objects.get(pk=office)
    tie = _tie(draft.agreement, office=office)
    refusals = [*_refused(draft, tie, today=today), *refused_place(where, given=draft.on, today=today)]
    if refusals:
        raise GiftRefusedError(refusals)
    told = _columns(_with_file(draft, by=by), tie)
    made = Gift(office=kept_office, agreement=tie, recorded_at=timezone.now(), **told)
    if key:
        made.pk = key
    made.save(force_insert=True)
    _place(made, where, note="", by=by)
    _keep_version(made, by=by)
    _tell("gift.recorded", made, by=by)
    return made


@files_first
def mend_gift(gift: UUID, *, by: Actor, version: int, mended: GiftDraft, today: dt.date) -> Gift:
    """Put what is true in place of what was written; what was written stays as a version.

    What the public sees is mended by who may publish it; of another tie, it is not public until it is published there.
    Raises as `record_gift`, Gift.DoesNotExist outside the office, and EditConflictError.
    """
    kept = _hold(gift, by=by, verb=Verb.MEND_GIFT, version=version)
    if kept.published_at and not can_in(by, Verb.PUBLISH_GIFT, office=kept.office_id):
        _refuse(GiftRefusal.IS_PUBLIC)
    tie = _tie(mended.agreement, office=kept.office_id)
    if refusals := _refused(mended, tie, today=today, gift=kept.pk):
        raise GiftRefusedError(refusals)
    hidden = {} if tie.pk == kept.agreement_id else _HIDDEN
    fresh = _move(kept, agreement=tie, **hidden, **_columns(_with_file(mended, by=by), tie))
    _keep_version(fresh, by=by)
    _tell("gift.mended", fresh, by=by)
    return fresh


@transaction.atomic
def note_whereabouts(
    gift: UUID, *, by: Actor, version: int, said: PlaceFacts, today: dt.date, note: str = ""
) -> Whereabouts:
    """Add where a gift is kept now to where it was kept before. Raises as `mend_gift`.

    A new place is one the public was not let see: it sees none until whoever may publish says so.
    """
    kept = _hold(gift, by=by, verb=Verb.MEND_GIFT, version=version)
    if refusals := refused_place(said, given=kept.given, today=today):
        raise GiftRefusedError(refusals)
    made = _place(kept, said, note=note, by=by)
    still = kept.shows_place and can_in(by, Verb.PUBLISH_GIFT, office=kept.office_id)
    _tell("gift.whereabouts_noted", _move(kept, shows_place=still), by=by)
    return made


@transaction.atomic
def withdraw_gift(gift: UUID, *, by: Actor, version: int, reason: str) -> Gift:
    """Take a record back that should not stand, with the reason; it stays readable in the office. Raises as mend."""
    kept = _hold(gift, by=by, verb=Verb.WITHDRAW_GIFT, version=version)
    if not reason.strip():
        _refuse(GiftRefusal.NO_REASON)
    fresh = _move(kept, withdrawn_at=timezone.now(), withdrawal_reason=reason.strip(), **_HIDDEN)
    _tell("gift.withdrawn", fresh, by=by)
    return fresh


@transaction.atomic
def publish_gift(gift: UUID, *, by: Actor, version: int, shown: Shown = NOTHING_MORE) -> Gift:
    """Let the public see a gift on the page of its agreement and in the collection, and what is `shown` besides.

    Of one that is public already it says anew what is shown. Raises as `mend_gift`.
    """
    kept = _hold(gift, by=by, verb=Verb.PUBLISH_GIFT, version=version)
    is_tie_public = kept.agreement.published_at is not None
    refusals = refused_to_publish(is_demonstration=kept.office.is_demonstration, is_tie_public=is_tie_public)
    if refusals:
        raise GiftRefusedError(refusals)
    fresh = _move(
        kept,
        published_at=kept.published_at or timezone.now(),
        shows_photograph=shown.photograph and kept.photograph_id is not None,
        shows_place=shown.place,
        shows_names=shown.names,
    )
    _tell("gift.published", fresh, by=by)
    return fresh


@transaction.atomic
def unpublish_gift(gift: UUID, *, by: Actor, version: int) -> Gift:
    """Hide a gift from the public; in the office it stays. Raises as `mend_gift`."""
    fresh = _move(_hold(gift, by=by, verb=Verb.PUBLISH_GIFT, version=version), **_HIDDEN)
    _tell("gift.unpublished", fresh, by=by)
    return fresh


def tell_instead(activity: Activity, *, other: Activity, by: Actor) -> None:
    """Let the gift that tells an activity tell the one that stands for it now; part of a verb that holds the chain."""
    for kept in Gift.objects.select_for_update().filter(documented_as=activity, withdrawn_at__isnull=True):
        fresh = _move(kept, documented_as=other)
        _keep_version(fresh, by=by)
        _tell("gift.mended", fresh, by=by)


def gift_said(gift: Gift) -> GiftDraft:
    """Return a gift that was kept as it was told; what was asked once about its date is not asked again."""
    return GiftDraft(
        agreement=gift.agreement_id,
        side=GiftSide(gift.side),
        kind=GiftKind(gift.kind),
        title_es=gift.title_es,
        title_en=gift.title_en,
        source=gift.source,
        is_donation=gift.is_donation,
        purpose=Purpose(gift.purpose) if gift.purpose else None,
        giver=gift.giver,
        receiver=gift.receiver,
        words=gift.words,
        on=gift.given,
        is_early=_is_early(gift.given, gift.agreement),
        value=gift.value,
        currency=gift.currency,
        story_es=gift.story_es,
        story_en=gift.story_en,
        documented_as=gift.documented_as_id,
        photograph=gift.photograph_id,
        photograph_rights=gift.photograph_rights,
        photograph_alternative=gift.photograph_alternative,
    )


def _is_early(on: PartialDate, tie: Agreement) -> bool:
    return bool(on.last and tie.signed.on and on.last < tie.signed.on)


def _tie(agreement: UUID, *, office: UUID) -> Agreement:
    found = for_office(office).filter(pk=agreement).first()
    if found is None:
        raise Agreement.DoesNotExist(str(agreement))
    return found


def _hold(gift: UUID, *, by: Actor, verb: Verb, version: int) -> Gift:
    """Return a gift of the actor's office, locked with its chain, at the version that was read."""
    known = Gift.objects.filter(pk=gift, office=by.office).first() if by.office else None
    if known is None:
        raise Gift.DoesNotExist(str(gift))
    require_in(by, verb, office=known.office_id)
    trail.hold(chain=str(known.office_id))
    kept = Gift.objects.select_for_update(of=("self",)).select_related("office", "agreement").get(pk=gift)
    if kept.version != version:
        raise EditConflictError(str(gift))
    if kept.withdrawn_at:
        _refuse(GiftRefusal.WITHDRAWN)
    return kept


def _refused(draft: GiftDraft, tie: Agreement, *, today: dt.date, gift: UUID | None = None) -> list[GiftRefusal]:
    facts = GiftFacts(
        on=draft.on,
        is_donation=draft.is_donation,
        purpose=draft.purpose,
        value=draft.value,
        currency=draft.currency,
        tie_since=tie.signed.on,
        is_early=draft.is_early,
        has_photograph=draft.photograph is not None,
        alternative=draft.photograph_alternative.strip(),
        rights=draft.photograph_rights.strip(),
    )
    found = refused_gift(facts, today=today)
    known = draft.photograph if isinstance(draft.photograph, UUID) else None  # what is sent is looked into when kept
    if known and not _picture(known, office=tie.office_id).media_type.startswith("image/"):
        found.append(GiftRefusal.NOT_A_PICTURE)
    if draft.documented_as and not _is_documented(draft, tie):
        found.append(GiftRefusal.NOT_DOCUMENTED)
    if draft.documented_as and draft.documented_as in told_by_gifts(tie.office_id, but=gift):
        found.append(GiftRefusal.ALREADY_TOLD)
    return found


def _is_documented(draft: GiftDraft, tie: Agreement) -> bool:
    known = documented_donations([tie]).get(draft.documented_as) if draft.is_donation and draft.documented_as else None
    return known is not None and known.side == draft.side.value


def _picture(document: UUID, *, office: UUID | None) -> Document:
    """Return a document of the office; another's does not exist."""
    return Document.objects.get(pk=document, office=office)


def _with_file(draft: GiftDraft, *, by: Actor) -> GiftDraft:
    """Keep the photograph that came with a draft; return the draft naming it."""
    if not isinstance(draft.photograph, Sent):
        return draft
    return replace(draft, photograph=document_of(draft.photograph, by=by, is_picture=True).pk)


def _columns(draft: GiftDraft, tie: Agreement) -> dict[str, Any]:
    """Return a draft as the table keeps it."""
    told = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(draft).items()}
    for name in ("agreement", "is_early", "on", "photograph", "documented_as"):
        del told[name]
    known = Activity.objects.filter(pk=draft.documented_as, agreement=tie).first() if draft.documented_as else None
    return {
        **told,
        "purpose": draft.purpose.value if draft.purpose else "",
        "on": draft.on.on,
        "precision": draft.on.precision.value,
        "documented_as": known,
        "photograph_id": draft.photograph,
    }


def _place(gift: Gift, said: PlaceFacts, *, note: str, by: Actor) -> Whereabouts:
    last = gift.whereabouts.order_by("-number").values_list("number", flat=True).first()
    return Whereabouts.objects.create(
        gift=gift,
        number=(last or 0) + 1,
        state=said.state,
        place=said.place.strip() if said.state is Keeping.KEPT else "",
        since_on=said.since.on,
        since_precision=said.since.precision.value,
        note=note.strip(),
        at=timezone.now(),
        by_user_id=by.user,
    )


def _move(kept: Gift, **values: Any) -> Gift:
    """Write values under the next version; return the gift read again."""
    claim(Gift.objects.filter(pk=kept.pk), version=kept.version, **values)
    return Gift.objects.select_related("office", "agreement").get(pk=kept.pk)


def _keep_version(gift: Gift, *, by: Actor) -> None:
    gift.refresh_from_db()
    GiftVersion.objects.create(
        gift=gift, number=gift.version, values=gift_values(gift), at=timezone.now(), by_user_id=by.user
    )


def _tell(code: str, gift: Gift, *, by: Actor) -> None:
    """Tell the trail a digest of all that is kept of a gift: whatever is changed behind its back shows."""
    trail.record(code, by=by, subject=str(gift.pk), content=gift_content(gift), chain=str(gift.office_id))


def _refuse(refusal: GiftRefusal) -> NoReturn:
    raise GiftRefusedError([refusal])
