"""The file that a request or a choice leads to: one of the office's own with that city, or a new one opened for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from hermanar.agreements.actions import FileDraft, PartyDraft, draft
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import AGREEMENT_INDEX, for_office
from hermanar.agreements.vocabulary import Role, Stage
from hermanar.cooperation.rules.ties import refuse
from hermanar.cooperation.vocabulary.ties import TieRefusal as Why
from hermanar.foundation import trail
from hermanar.foundation.access import Actor
from hermanar.offices.models import Office


@dataclass(frozen=True, slots=True)
class WhichFile:
    """A file of the office, a new one, or none yet."""

    agreement: UUID | None = None
    opens: bool = False


def hold_for(which: WhichFile, *, office: UUID) -> None:
    """Lock what a verb writes to before it reads, in the order that opening a file does."""
    trail.hold(*([AGREEMENT_INDEX] if which.opens else []), chain=str(office))


def file_with(
    which: WhichFile, *, office: UUID, place: UUID | None, name: str, by: Actor, today: dt.date
) -> Agreement | None:
    """Return the file that is meant, opened if it is asked for; part of a verb.

    Raises TieRefusedError, and Agreement.DoesNotExist for a file of another office.
    """
    if which.opens:
        return _opened(Office.objects.get(pk=office), place=place, name=name, by=by, today=today)
    if which.agreement is None:
        return None
    kept = for_office(office).filter(pk=which.agreement).first()
    if kept is None:
        raise Agreement.DoesNotExist(str(which.agreement))
    if kept.stage == Stage.ABANDONED:
        refuse(Why.TIE_ABANDONED)
    if place is None:  # of whom nobody knows which city it is, no file can be said to be
        refuse(Why.NO_PLACE)
    if not kept.parties.filter(place=place, role=Role.COUNTERPART).exists():
        refuse(Why.OTHER_PLACE)
    return kept


def _opened(office: Office, *, place: UUID | None, name: str, by: Actor, today: dt.date) -> Agreement:
    found: Sequence[Why] = []
    if office.place_id is None:
        found = [Why.NO_FILE_OF_OWN]
    elif place is None:
        found = [Why.NO_PLACE]
    elif place == office.place_id:
        found = [Why.OWN_PLACE]
    refuse(*found)
    assert place is not None
    assert office.place_id is not None
    parties = [PartyDraft(office.place_id, Role.DECLARING), PartyDraft(place, Role.COUNTERPART, name)]
    return draft(FileDraft(parties=parties), office=office.pk, by=by, today=today)
