"""A person who wrote asks to be forgotten."""

from __future__ import annotations

from django.db import transaction

from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.intake.actions import erase
from hermanar.foundation.intake.kinds import kinds_with_people, shape_of
from hermanar.foundation.intake.rules import Form, Kind, State
from hermanar.foundation.intake.sealing import open_content
from hermanar.foundation.models import Contribution

_WHY = "a petición de quien lo envió"


def erase_of(address: str, *, by: Actor) -> int:
    """Erase all that was sent under an address, with its files, whatever became of it; return how many."""
    require(by, Verb.REMOVE_CONTRIBUTION)
    found = Contribution.objects.filter(kind__in=kinds_with_people()).exclude(state=State.REMOVED.value).order_by("pk")
    theirs = [kept.pk for kept in found.iterator() if _is_of(kept, address.strip().casefold())]
    for key in theirs:
        with transaction.atomic():
            erase(Contribution.objects.select_for_update().get(pk=key), by=by, reason=_WHY)
    return len(theirs)


def unopened() -> int:
    """Return how many contributions have an address that no key of this installation opens: nobody knows whose."""
    found = Contribution.objects.filter(kind__in=kinds_with_people()).exclude(state=State.REMOVED.value)
    return sum(1 for kept in found.iterator() if set(_addresses(kept)) & (kept.content.keys() - open_content(kept)))


def _is_of(kept: Contribution, address: str) -> bool:
    told = open_content(kept)
    return any(str(told.get(name, "")).strip().casefold() == address for name in _addresses(kept))


def _addresses(kept: Contribution) -> list[str]:
    return [one.name for one in shape_of(Kind(kept.kind)).fields if one.form is Form.EMAIL]
