"""One team hands the office over to the next, and the next signs for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.documents import files_first, store_made
from hermanar.offices import rules
from hermanar.offices.models import Handover
from hermanar.offices.queries import roles_in
from hermanar.offices.rules import OfficeError


@dataclass(frozen=True, slots=True)
class Dossier:
    """What an office gives, made by the house itself: the ZIP, the same as a PDF, and what it counts."""

    name: str  # of the files, without ending
    zip: BinaryIO
    pdf: BinaryIO
    figures: Mapping[str, int]


@files_first
def prepare_handover(
    dossier: Dossier, *, office: UUID, as_of: dt.date, by: Actor, today: dt.date, key: UUID | None = None
) -> Handover:
    """Keep a dossier as the one an office gives. Raises NotAllowedError, and OfficeError for a day to come.

    `key` is chosen by the form, so that a second click finds the handover the first one made.
    """
    require_in(by, Verb.HAND_OVER, office=office)
    trail.hold(chain=str(office))
    made = Handover.objects.filter(pk=key, office=office).first() if key else None
    if made is not None:
        return made
    if as_of > today:
        raise OfficeError("handover_future")
    document = store_made(dossier.zip, name=f"{dossier.name}.zip", media_type="application/zip", by=by, office=office)
    paper = store_made(dossier.pdf, name=f"{dossier.name}.pdf", media_type="application/pdf", by=by, office=office)
    made = Handover(
        office_id=office,
        as_of=as_of,
        digest=document.digest,
        document=document,
        paper=paper,
        figures=dict(dossier.figures),
        prepared_at=timezone.now(),
        prepared_by_id=by.user,
    )
    if key:
        made.pk = key
    made.save(force_insert=True)
    content = {"as_of": as_of.isoformat(), "digest": made.digest, "figures": made.figures}
    trail.record("handover.prepared", by=by, subject=str(made.pk), content=content, chain=str(office))
    return made


@transaction.atomic
def receive_handover(handover: UUID, *, by: Actor, remarks: str = "") -> Handover:
    """Sign for an office, with what one remarks. Raises NotAllowedError, Handover.DoesNotExist, OfficeError."""
    kept = Handover.objects.filter(pk=handover, office=by.office).first()
    if kept is None:
        raise Handover.DoesNotExist(str(handover))
    require_in(by, Verb.RECEIVE_OFFICE, office=kept.office_id)
    trail.hold(chain=str(kept.office_id))
    kept = Handover.objects.select_for_update().get(pk=kept.pk)
    is_preparer = by.user == kept.prepared_by_id
    refused = rules.receipt_refused(
        is_received=kept.received_at is not None, is_preparer=is_preparer, roles=roles_in(kept.office_id)
    )
    if refused:
        raise OfficeError(refused)
    kept.received_at, kept.received_by_id = timezone.now(), by.user
    kept.remarks, kept.is_alone = remarks.strip(), is_preparer
    kept.save(update_fields=["received_at", "received_by", "remarks", "is_alone"])
    content = {"digest": kept.digest, "remarks": kept.remarks, "is_alone": kept.is_alone}
    trail.record("handover.received", by=by, subject=str(kept.pk), content=content, chain=str(kept.office_id))
    return kept
