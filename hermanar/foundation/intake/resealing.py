"""What contributions hold of people, sealed anew under the newest key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction

from hermanar.foundation.access import CONSOLE, Actor, Verb, require
from hermanar.foundation.intake.actions import hold_chains, tell
from hermanar.foundation.intake.kinds import kinds_with_people
from hermanar.foundation.intake.queries import last_reason
from hermanar.foundation.intake.rules import Kind
from hermanar.foundation.intake.sealing import closed, is_behind, open_content
from hermanar.foundation.models import Contribution
from hermanar.foundation.trail.keyring import Key
from hermanar.foundation.trail.sealing import Resealed

_STEP = 200


def reseal_contributions(keys: Sequence[Key], *, by: Actor = CONSOLE) -> Iterator[Resealed]:
    """Seal what former keys sealed anew, some rows at a time; yield what came of each batch.

    What a contribution says does not change, nor its version; the trail is told, because it digests what is kept.
    """
    require(by, Verb.REMOVE_CONTRIBUTION)
    found = Contribution.objects.filter(kind__in=kinds_with_people()).order_by("pk")
    behind = [kept.pk for kept in found.iterator() if is_behind(kept)]
    for first in range(0, len(behind), _STEP):
        with transaction.atomic():
            hold_chains(Contribution.objects.filter(pk__in=behind[first : first + _STEP]))
            rows = Contribution.objects.select_for_update().filter(pk__in=behind[first : first + _STEP]).order_by("pk")
            yield Resealed.of(_reseal(kept, keys, by=by) for kept in rows if is_behind(kept))


def _reseal(kept: Contribution, keys: Sequence[Key], *, by: Actor) -> bool:
    told = open_content(kept, keys=keys)
    if told.keys() != kept.content.keys():  # what no key opens stays as it is
        return False
    kept.content = closed(Kind(kept.kind), told, key=kept.key)
    kept.save(update_fields=["content"])
    tell("contribution.resealed", kept, by=by, reason=last_reason(kept))
    return True
