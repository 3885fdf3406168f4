"""What is past its time goes: the content is erased, the envelope tells that there was one."""

from __future__ import annotations

from django.db import transaction

from hermanar.foundation.access import CONSOLE, Actor, Verb, require
from hermanar.foundation.intake.actions import erase
from hermanar.foundation.intake.queries import past_its_time
from hermanar.foundation.intake.rules import State
from hermanar.foundation.models import Contribution


def forget(*, by: Actor = CONSOLE) -> int:
    """Erase every contribution that its schedule no longer lets stand; return how many."""
    require(by, Verb.REMOVE_CONTRIBUTION)
    due = list(past_its_time().values_list("pk", flat=True))
    for key in due:
        with transaction.atomic():
            kept = Contribution.objects.select_for_update().get(pk=key)
            if kept.state != State.REMOVED.value:
                erase(kept, by=by)
    return len(due)
