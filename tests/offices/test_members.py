"""Who may give which role: what a role may do outside its office is never a director's to hand out."""

from __future__ import annotations

import pytest

from hermanar.foundation.access import CONSOLE, GRANTED, NotAllowedError, Role, Verb, can_in
from hermanar.foundation.models import User
from hermanar.offices.actions import (
    OfficeDraft,
    add_member,
    change_role,
    end_membership,
    found_office,
    invite,
    withdraw_invitation,
)
from hermanar.offices.models import Invitation, Membership
from hermanar.offices.rules import OfficeError, may_hold
from hermanar.offices.vocabulary import Level, MemberRole
from tests.cast import person

pytestmark = pytest.mark.django_db
OUTSIDE = {  # what each role may do to what is not its office's own
    Role.LEGAL_REVIEWER: {Verb.REVIEW_FILES, Verb.RECORD_OBSERVATIONS, Verb.RECORD_OPINION},
    Role.REGISTRY_STEWARD: GRANTED[Role.REGISTRY_STEWARD],
}


def attempts(office, role, *, by):
    """Return the three ways of giving a role to a person."""
    reader = Membership.objects.get(office=office.pk, role="reader")
    stranger = User.objects.filter(email="nueva@example.org").first() or person("nueva@example.org")
    return {
        "invite": lambda: invite("nueva@example.org", office=office.pk, role=role, by=by),
        "add": lambda: add_member(stranger, office=office.pk, role=role, by=by),
        "change": lambda: change_role(reader.pk, role=role, by=by),
    }


@pytest.mark.parametrize("way", ["invite", "add", "change"])
@pytest.mark.parametrize("where", ["office", "state"])
def test_only_the_ministry_has_who_keeps_the_register(cast, way, where):
    office = getattr(cast, where)
    for by in (cast.at(office, "director"), cast.at(office, "administrator"), CONSOLE):
        with pytest.raises(OfficeError, match="role_not_of_level"):
            attempts(office, MemberRole.REGISTRY_STEWARD, by=by)[way]()


@pytest.mark.parametrize("way", ["invite", "add", "change"])
@pytest.mark.parametrize("where", ["office", "state", "ministry"])
def test_a_director_names_no_administrator(cast, way, where):
    office = getattr(cast, where)
    with pytest.raises(NotAllowedError):
        attempts(office, MemberRole.ADMINISTRATOR, by=cast.at(office, "director"))[way]()
    attempts(office, MemberRole.ADMINISTRATOR, by=cast.at(office, "administrator"))[way]()


@pytest.mark.parametrize("role", [None, MemberRole.READER])
@pytest.mark.parametrize("where", ["office", "state", "ministry"])
def test_a_director_takes_no_administrators_role_away(cast, where, role):
    office = getattr(cast, where)
    first = Membership.objects.get(office=office.pk, role="administrator")

    def take(by):
        return change_role(first.pk, role=role, by=by) if role else end_membership(first.pk, by=by)

    with pytest.raises(NotAllowedError):
        take(cast.at(office, "director"))
    first.refresh_from_db()
    assert first.ended_at is None
    take(cast.at(office, "administrator"))  # oneself, while a director stays in charge
    assert not Membership.objects.filter(office=office.pk, role="administrator", ended_at=None).exists()


def test_a_director_takes_no_invitation_of_an_administrator_back(cast):
    first = cast.of("administrator")
    sent = invite("nueva@example.org", office=cast.office.pk, role=MemberRole.ADMINISTRATOR, by=first)
    with pytest.raises(NotAllowedError):
        withdraw_invitation(sent.invitation.pk, by=cast.of("director"))
    withdraw_invitation(sent.invitation.pk, by=first)
    assert Invitation.objects.get().withdrawn_at


def test_nobody_of_an_office_reaches_outside_it_but_who_reviews_and_who_registers(cast):
    for (slug, role), actor in cast.people.items():
        for beyond in (None, cast.other_office.pk if slug != "leon" else cast.office.pk):
            reached = {verb for verb in Verb if can_in(actor, verb, office=beyond)}
            assert reached <= OUTSIDE.get(role, set()), (slug, role, beyond)


def test_offices_are_founded_from_the_console_only(cast):
    draft = OfficeDraft("toluca", "Toluca", Level.MUNICIPALITY, cast.leon.pk)
    for actor in cast.people.values():
        with pytest.raises(NotAllowedError):
            found_office(draft, by=actor)


def test_no_member_is_the_console_or_the_public():
    for level in Level:
        assert not any(may_hold(role, level=level) for role in (Role.CONSOLE, Role.PUBLIC))
    assert {Role.CONSOLE, Role.PUBLIC}.isdisjoint(Role(role) for role in MemberRole)
