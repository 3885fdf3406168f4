"""What part a person has at the museum's desk, by the roles and ties of today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import Group

from hermanar.agreements.queries.guests import rooms_of
from hermanar.foundation.access import APPROVES, EDITS, INVITED, Verb, can, desk_group
from hermanar.offices.queries import acting, current_memberships


@dataclass(frozen=True, slots=True)
class DeskRights:
    """The groups that roles give, and those that an invitation may have given."""

    groups: frozenset[str]
    rooms: frozenset[str]


def desk_rights(user: UUID) -> DeskRights:
    """Return what a person is at the desk: a member of offices, a guest of ties, or nobody."""
    memberships = list(current_memberships(user).select_related("office__place"))
    groups, own = set(), set()
    for membership in memberships:
        actor, place = acting(membership), membership.office.place
        if place is None:
            continue
        own.add(place.slug)
        if can(actor, Verb.APPROVE_ROOMS):
            groups.add(desk_group(APPROVES, place.slug))
        elif can(actor, Verb.EDIT_ROOMS):
            groups.add(desk_group(EDITS, place.slug))
    return DeskRights(frozenset(groups), _rooms(user, own))


def _rooms(user: UUID, own: Collection[str]) -> frozenset[str]:
    """Return the rooms a person may have been asked into: those of ties of today, and of the cities they work for."""
    invited = Group.objects.filter(user=user, name__startswith="museo:", name__endswith=f":{INVITED}")
    held = set(invited.values_list("name", flat=True))
    kept = {name for name in held if name.split(":")[1] in own}
    if held != kept:
        ties = ((guest.agreement.office, guest.party.place) for guest in rooms_of(user))
        kept |= {desk_group(INVITED, tie.place.slug, place.slug) for tie, place in ties if tie and tie.place and place}
    return frozenset(kept)
