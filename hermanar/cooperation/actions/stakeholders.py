"""Who takes part in a tie: named, mended, gone with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import for_office
from hermanar.agreements.vocabulary import AreaOfCooperation, Stage
from hermanar.cooperation.models import Stakeholder
from hermanar.cooperation.queries.stakeholders import stakeholders_of
from hermanar.cooperation.queries.tie_contents import row_content
from hermanar.cooperation.rules.stakeholders import refused_leaving, refused_stakeholder
from hermanar.cooperation.rules.ties import refuse
from hermanar.cooperation.vocabulary.stakeholders import ActorClass, Resource, TieSide
from hermanar.cooperation.vocabulary.ties import TieRefusal as Why
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.editing import claim
from hermanar.foundation.words import fold


@dataclass(frozen=True, slots=True)
class StakeholderDraft:
    """An organisation that takes part, as a person tells it."""

    side: TieSide
    kind: ActorClass
    name: str
    part: str
    area: AreaOfCooperation | None = None
    resources: Sequence[Resource] = ()
    contributes: str = ""
    since_on: dt.date | None = None


@transaction.atomic
def name_stakeholder(agreement: UUID, draft: StakeholderDraft, *, by: Actor, today: dt.date, key: UUID) -> Stakeholder:
    """Name who takes part in a tie of the actor's office; the same form sent twice does it once.

    Raises NotAllowedError, TieRefusedError, Agreement.DoesNotExist for a tie of another office.
    """
    tie = for_office(by.office).filter(pk=agreement).first()
    if tie is None:
        raise Agreement.DoesNotExist(str(agreement))
    require_in(by, Verb.NAME_STAKEHOLDERS, office=tie.office_id)
    trail.hold(chain=str(tie.office_id))
    if sent := Stakeholder.objects.filter(pk=key).first():
        if sent.agreement_id != tie.pk:
            raise Stakeholder.DoesNotExist(str(key))
        return sent
    if tie.stage == Stage.ABANDONED:
        refuse(Why.TIE_ABANDONED)
    values = _checked(draft, tie=tie.pk, today=today)
    assert tie.office_id is not None  # `for_office` reads files of offices only
    made = Stakeholder.objects.create(
        id=key, office_id=tie.office_id, agreement=tie, recorded_at=timezone.now(), recorded_by_id=by.user, **values
    )
    _tell("stakeholder.named", made, by=by)
    return made


@transaction.atomic
def mend_stakeholder(
    stakeholder: UUID, draft: StakeholderDraft, *, by: Actor, version: int, today: dt.date
) -> Stakeholder:
    """Mend what is kept of who takes part.

    Raises NotAllowedError, TieRefusedError once it has left, EditConflictError, Stakeholder.DoesNotExist.
    """
    kept = _held(stakeholder, by=by)
    values = _checked(draft, tie=kept.agreement_id, today=today, but=kept.pk)
    return _moved("stakeholder.mended", kept, by=by, version=version, **values)


@transaction.atomic
def part_with_stakeholder(
    stakeholder: UUID, *, by: Actor, version: int, left_on: dt.date, reason: str, today: dt.date
) -> Stakeholder:
    """Note that somebody takes part no more, from which day and why. Raises as `mend_stakeholder`."""
    kept = _held(stakeholder, by=by)
    refuse(*refused_leaving(kept.since_on, left_on=left_on, reason=reason, today=today))
    return _moved("stakeholder.left", kept, by=by, version=version, left_on=left_on, left_reason=reason.strip())


def _held(stakeholder: UUID, *, by: Actor) -> Stakeholder:
    kept = stakeholders_of(by.office).filter(pk=stakeholder).first()
    if kept is None:
        raise Stakeholder.DoesNotExist(str(stakeholder))
    require_in(by, Verb.NAME_STAKEHOLDERS, office=kept.office_id)
    trail.hold(chain=str(kept.office_id))
    kept.refresh_from_db()
    if kept.left_on:
        refuse(Why.GONE)
    return kept


def _checked(draft: StakeholderDraft, *, tie: UUID, today: dt.date, but: UUID | None = None) -> dict[str, Any]:
    """Return the columns of a draft. Raises TieRefusedError."""
    refuse(*refused_stakeholder(draft.name, part=draft.part, since_on=draft.since_on, today=today))
    others = Stakeholder.objects.filter(agreement=tie, side=draft.side, left_on__isnull=True)
    names = others.exclude(pk__in=[but] if but else []).values_list("name", flat=True)
    if fold(draft.name) in {fold(name) for name in names}:
        refuse(Why.SAME_STAKEHOLDER)
    return {
        "side": draft.side,
        "kind": draft.kind,
        "name": draft.name.strip(),
        "part": draft.part.strip(),
        "area": draft.area or "",
        "resources": " ".join(one for one in Resource if one in draft.resources),
        "contributes": draft.contributes.strip(),
        "since_on": draft.since_on,
    }


def _moved(code: str, kept: Stakeholder, *, by: Actor, version: int, **values: Any) -> Stakeholder:
    claim(Stakeholder.objects.filter(pk=kept.pk), version=version, **values)
    kept.refresh_from_db()
    _tell(code, kept, by=by)
    return kept


def _tell(code: str, made: Stakeholder, *, by: Actor) -> None:
    trail.record(code, by=by, subject=str(made.pk), content=row_content(made), chain=str(made.office_id))
