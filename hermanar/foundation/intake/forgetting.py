"""What is past its time goes: a whole content, and the envelope tells that there was one; or what is personal in it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from hermanar.foundation.access import CONSOLE, Actor, Verb, require
from hermanar.foundation.editing import claim
from hermanar.foundation.intake.actions import erase, held, tell
from hermanar.foundation.intake.kinds import shape_of
from hermanar.foundation.intake.queries import last_reason, past_its_time
from hermanar.foundation.intake.rules import Kind, State
from hermanar.foundation.models import Contribution


def forget(*, by: Actor = CONSOLE) -> int:
    """Erase every contribution that its schedule no longer lets stand; return how many."""
    require(by, Verb.REMOVE_CONTRIBUTION)
    due = list(past_its_time().values_list("pk", flat=True))
    for key in due:
        with transaction.atomic():
            kept = held(Contribution.objects.filter(pk=key))
            if kept.state != State.REMOVED.value:
                erase(kept, by=by)
    return len(due)


@transaction.atomic
def forget_personal(contribution: UUID, *, by: Actor = CONSOLE) -> Contribution:
    """Erase what a contribution holds of a person and leave the rest as it stands; twice is as once."""
    require(by, Verb.REMOVE_CONTRIBUTION)
    kept = held(Contribution.objects.filter(pk=contribution))
    personal = {one.name for one in shape_of(Kind(kept.kind)).fields if one.is_personal}
    left = {name: value for name, value in kept.content.items() if name not in personal}
    if left == kept.content:
        return kept
    claim(Contribution.objects.filter(pk=kept.pk), version=kept.version, content=left)
    kept.refresh_from_db()
    tell("contribution.personal_forgotten", kept, by=by, reason=last_reason(kept))
    return kept
