"""A person who wrote asks to be forgotten."""

from __future__ import annotations

from django.db import transaction

from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.intake.actions import erase, held, hold_chains
from hermanar.foundation.intake.kinds import kinds_with_people, shape_of
from hermanar.foundation.intake.rules import Form, Kind, State
from hermanar.foundation.intake.sealing import open_content
from hermanar.foundation.models import Contribution

_WHY = "a petición de quien lo envió"


def erase_of(address: str, *, by: Actor) -> tuple[int, int]:
    """Erase all that was sent under an address, with its files, whatever became of it.

    Return how many that were, and of how many no key of this installation opens the address: nobody knows whose.
    """
    require(by, Verb.REMOVE_CONTRIBUTION)
    found = Contribution.objects.filter(kind__in=kinds_with_people()).exclude(state=State.REMOVED.value).order_by("pk")
    theirs, unopened, wanted = [], 0, address.strip().casefold()
    for kept in found.iterator():
        told = _addresses(kept)
        unopened += None in told
        if wanted in told:
            theirs.append(kept.pk)
    with transaction.atomic():
        hold_chains(Contribution.objects.filter(pk__in=theirs))
        for key in theirs:
            erase(held(Contribution.objects.filter(pk=key)), by=by, reason=_WHY)
    return len(theirs), unopened


def _addresses(kept: Contribution) -> set[str | None]:
    """Return the addresses a contribution tells, None for one that no key opens."""
    told = open_content(kept)
    names = [one.name for one in shape_of(Kind(kept.kind)).fields if one.form is Form.EMAIL]
    return {str(told[name]).strip().casefold() if name in told else None for name in names if name in kept.content}
