"""What a person changes in a record: each verb checks the version that was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hermanar.agreements.actions.listing import mark_changed, relist
from hermanar.agreements.models import Agreement, Listing
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require

CORRECTABLE = frozenset(
    {
        "title_es",
        "title_en",
        "kind",
        "signed_on",
        "signed_precision",
        "term_years",
        "is_open_ended",
        "registered",
        "registration_number",
        "registered_on",
    }
)


class EditConflictError(Exception):
    """Somebody else changed the record since it was read."""


def _claim(agreement: UUID, version: int, **values: Any) -> None:
    """Write values only if nobody wrote since `version` was read; raise EditConflictError otherwise."""
    changed = Agreement.objects.filter(pk=agreement, version=version)
    if not changed.update(version=F("version") + 1, **values):
        raise EditConflictError(str(agreement))


@transaction.atomic
def correct(agreement: UUID, *, by: Actor, version: int, values: Mapping[str, Any]) -> None:
    """Change fields of a record; a later load then leaves the whole record alone and lists the difference.

    Raises NotAllowedError, EditConflictError, and ValueError for a field that is not a person's to change.
    """
    require(by, Verb.CORRECT_AGREEMENT)
    if foreign := set(values) - CORRECTABLE:
        raise ValueError(", ".join(sorted(foreign)))
    _claim(agreement, version, edited_at=timezone.now(), **values)
    relist([agreement])
    trail.record("agreement.corrected", by=by, subject=str(agreement), content=dict(values))


@transaction.atomic
def publish(agreement: UUID, *, by: Actor, version: int, at: dt.datetime) -> None:
    """Let the public see a record; `at` says since when, and is never to come, for it is seen at once.

    Raises NotAllowedError, EditConflictError, and ValueError for a moment to come.
    """
    require(by, Verb.PUBLISH_AGREEMENT)
    if at > timezone.now():
        raise ValueError(f"no se puede publicar desde un momento por venir: {at.isoformat()}")
    _claim(agreement, version, published_at=at)
    relist([agreement])
    trail.record("agreement.published", by=by, subject=str(agreement), content=at)


@transaction.atomic
def unpublish(agreement: UUID, *, by: Actor, version: int) -> None:
    """Take a record out of the public's sight; it stays in the registry."""
    require(by, Verb.UNPUBLISH_AGREEMENT)
    _claim(agreement, version, published_at=None)
    relist([agreement])
    trail.record("agreement.unpublished", by=by, subject=str(agreement))


def note_evidence(newest: Mapping[UUID, dt.date | None]) -> None:
    """Keep beside each listing the day of its newest dated activity; called by cooperation in its own transaction."""
    for agreement, on in newest.items():
        Listing.objects.filter(pk=agreement).update(evidence_on=on)
    mark_changed(list(newest))
