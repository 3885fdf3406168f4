"""The days of an office: its own closures, and the feed of what is due for a person's calendar."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, NotAllowedError, Verb, require_in
from hermanar.foundation.calendar.keeping import ClosureDraft, make_calendar, record_closure
from hermanar.foundation.models import Closure, Source, SourceKind, WorkingCalendar
from hermanar.offices.models import Membership, Office

_TOKEN_BYTES = 24


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def close_days(office: UUID, draft: ClosureDraft, *, by: Actor, version: int) -> Closure:
    """Enter days on which an office does not work, in its own calendar; the first makes it, on top of the one it used.

    `version` is that of the calendar the office counts by, as read. An empty `source_key` stands for the office's own
    word. Raises NotAllowedError, EditConflictError, CalendarFaultError.
    """
    require_in(by, Verb.KEEP_CALENDAR, office=office)
    trail.hold(chain=str(office))
    kept = Office.objects.get(pk=office)
    own = WorkingCalendar.objects.filter(office=office).first()
    if own is None:
        own = make_calendar(
            f"oficina-{kept.slug}", by=by, name_es=kept.name, based_on=kept.calendar, authority=kept.name, office=office
        )
        Office.objects.filter(pk=office).update(calendar=own.key)
        version = own.version
    if not draft.source_key:
        named = {"kind": SourceKind.OFFICIAL_NOTICE, "title_es": f"Aviso de {kept.name}"[:300], "author": kept.name}
        source = Source.objects.get_or_create(key=f"aviso-{kept.slug}"[:80], defaults=named)[0]
        draft = replace(draft, source_key=source.key)
    return record_closure(own.key, draft, by=by, version=version)


@transaction.atomic
def make_feed(membership: UUID, *, by: Actor) -> str:
    """Give a person the secret of a feed of what is due; a new one makes the former worthless."""
    own = Membership.objects.filter(pk=membership, ended_at__isnull=True, user=by.user, office=by.office).first()
    if own is None:
        raise NotAllowedError(str(membership))
    trail.hold(chain=str(own.office_id))
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    Membership.objects.filter(pk=own.pk).update(feed_digest=_digest(token))
    trail.record("office.feed_made", by=by, subject=str(own.pk), chain=str(own.office_id))
    return token


def membership_of_feed(token: str) -> Membership | None:
    """Return whose feed a secret opens, as long as that person works in the office."""
    found = Membership.objects.filter(feed_digest=_digest(token), ended_at__isnull=True)
    return found.select_related("office", "user").first()
