"""What part a person has at the museum's desk, by the roles and ties of today."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hermanar.agreements.queries.guests import rooms_of
from hermanar.foundation.access import APPROVES, EDITS, INVITED, Verb, can, desk_group
from hermanar.offices.queries import acting, current_memberships


@dataclass(frozen=True, slots=True)
class DeskRights:
    """The groups that roles give, and those that an invitation may have given; None: any."""

    groups: frozenset[str]
    rooms: frozenset[str] | None


def desk_rights(user: UUID) -> DeskRights:
    """Return what a person is at the desk: a member of offices, a guest of ties, or nobody."""
    memberships = list(current_memberships(user).select_related("office__place"))
    groups = set()
    for membership in memberships:
        actor, place = acting(membership), membership.office.place
        if place is None:
            continue
        if can(actor, Verb.APPROVE_ROOMS):
            groups.add(desk_group(APPROVES, place.slug))
        elif can(actor, Verb.EDIT_ROOMS):
            groups.add(desk_group(EDITS, place.slug))
    if memberships:
        return DeskRights(frozenset(groups), None)
    ties = ((guest.agreement.office.place, guest.party.place) for guest in rooms_of(user) if guest.agreement.office)
    rooms = {desk_group(INVITED, host.slug, place.slug) for host, place in ties if host and place}
    return DeskRights(frozenset(), frozenset(rooms))
