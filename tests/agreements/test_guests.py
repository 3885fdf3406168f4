"""Who comes into the room of a tie, and who no longer does."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from hermanar.agreements.actions import ask_guest, come_in, end_guest, open_guest_account
from hermanar.agreements.models import Agreement, Guest
from hermanar.agreements.queries.guests import guest_by_link, guest_in, rooms_of
from hermanar.agreements.rules.guests import GUEST_LINK_LASTS, GuestError, room_is_open
from hermanar.agreements.vocabulary import Force, Stage
from hermanar.console.demonstration import settle_demonstration
from hermanar.foundation.access import CONSOLE, GRANTED, NotAllowedError, Role, Verb
from hermanar.foundation.models import TrailEntry, User
from hermanar.offices.actions import add_member
from hermanar.offices.models import Membership
from hermanar.offices.queries import current_memberships
from hermanar.offices.rules import OfficeError
from hermanar.offices.vocabulary import MemberRole
from tests.cast import ROLES, person
from tests.files import DrivenFile
from tests.guests import DrivenGuest
from tests.workspace.signing_in import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(cast):
    return DrivenFile(cast)


def asked(file, email="ann@ashland.example.org", by=None, **values):
    by = by or file.cast.of(Role.COORDINATOR)
    return ask_guest(file.counterpart.pk, by=by, email=email, language="en", **values)


def refusal(act):
    with pytest.raises(GuestError) as refused:
        act()
    return refused.value.refusal.value


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("force", list(Force))
def test_room_is_open_unless_the_tie_was_given_up_or_ended(stage, force):
    assert room_is_open(stage, force) == (stage != Stage.ABANDONED and force != Force.TERMINATED)


def test_guest_comes_in_once_by_a_link_whose_secret_is_not_kept(file):
    sent = asked(file, email=" Ann@Ashland.example.org ")
    assert sent.token not in str(Guest.objects.values().get())
    came = open_guest_account(sent.token, name="Ann", password=PASSWORD)
    assert (came.email, came.user.email, came.party.place.name) == (*["ann@ashland.example.org"] * 2, "Ashland")
    assert [one.pk for one in rooms_of(came.user_id)] == [came.pk]
    assert guest_in(file.key, user=came.user_id) == came
    assert refusal(lambda: come_in(sent.token, user=came.user)) == "invitation_invalid"
    assert refusal(lambda: open_guest_account(sent.token, name="A", password=PASSWORD)) == "invitation_invalid"
    codes = TrailEntry.objects.filter(code__startswith="guest.").order_by("number").values_list("code", flat=True)
    assert list(codes) == ["guest.asked", "guest.came_in"]
    assert not Membership.objects.filter(user=came.user).exists(), "a guest is no member of the office"


def test_guest_with_an_account_comes_in_with_it_and_nobody_else_does(file):
    ann, eve = person("ann@ashland.example.org"), person("eve@example.org")
    sent = asked(file)
    assert refusal(lambda: come_in(sent.token, user=eve)) == "invitation_of_another"
    assert refusal(lambda: open_guest_account(sent.token, name="A", password=PASSWORD)) == "account_exists"
    assert come_in(sent.token, user=ann).user == ann


def test_links_that_are_too_old_or_replaced_or_taken_back_open_nothing(file, cast):
    now = timezone.now()
    old = asked(file, email="a@example.org", now=now - GUEST_LINK_LASTS)
    replaced = asked(file, email="b@example.org")
    asked(file, email="b@example.org")
    back = asked(file, email="c@example.org")
    end_guest(back.guest.pk, by=cast.of(Role.DIRECTOR))
    for one in (old, replaced, back):
        assert guest_by_link(one.token, now=now) is None
        assert (
            refusal(lambda one=one: open_guest_account(one.token, name="A", password=PASSWORD)) == "invitation_invalid"
        )
    assert guest_by_link("nada", now=now) is None
    assert not User.objects.filter(email__in=["a@example.org", "b@example.org", "c@example.org"]).exists()


def test_nobody_is_on_both_sides_of_a_tie(file, cast):
    director = User.objects.get(pk=cast.of(Role.DIRECTOR).user)
    assert refusal(lambda: asked(file, email=director.email)) == "of_the_office"
    guest = DrivenGuest(cast, file)
    assert refusal(lambda: asked(file)) == "already_in"
    add_member(guest.guest.user, office=cast.office.pk, role=MemberRole.READER, by=CONSOLE)
    assert rooms_of(guest.user) == [], "who joined the office is no longer of the other side"


def test_who_was_a_member_only_as_counterpart_can_be_asked_in(file, cast):
    ann = person("ann@ashland.example.org")
    Membership.objects.create(user=ann, office=cast.office, role=Role.COUNTERPART, began_at=timezone.now())
    assert [one.pk for one in rooms_of(come_in(asked(file).token, user=ann).user_id)]


def test_a_demonstration_has_no_guests_in_any_other_mode(file, cast, settings):
    type(cast.office).objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    settings.MODE = "demo"
    guest, sent = DrivenGuest(cast, file), asked(file, email="b@example.org")
    now = timezone.now()
    assert rooms_of(guest.user)
    assert guest_by_link(sent.token, now=now)
    settings.MODE = "production"
    assert not rooms_of(guest.user)
    assert not guest_by_link(sent.token, now=now)
    settle_demonstration(lambda line: None)
    assert set(Guest.objects.values_list("email", flat=True)) == {""}
    assert not Guest.objects.filter(ended_at__isnull=True).exists()
    settings.MODE = "demo"
    assert not rooms_of(guest.user)


def test_access_ends_at_once_and_twice_ended_it_is_ended_once(file, cast):
    guest = DrivenGuest(cast, file)
    for _click in range(2):
        end_guest(guest.guest.pk, by=cast.of(Role.DIRECTOR))
    assert rooms_of(guest.user) == []
    assert TrailEntry.objects.filter(code="guest.ended").count() == 1
    again = asked(file)
    assert come_in(again.token, user=guest.guest.user).pk != guest.guest.pk


def test_room_closes_with_the_tie(file, cast):
    guest = DrivenGuest(cast, file)
    Agreement.objects.filter(pk=file.key).update(stage=Stage.ABANDONED)
    assert guest_in(file.key, user=guest.user) is None
    assert refusal(lambda: asked(file, email="b@example.org")) == "tie_over"


@pytest.mark.parametrize("role", [Role(one.value) for one in ROLES["municipality"]])
def test_who_may_ask_guests_in_and_send_them_away(file, cast, role):
    guest = DrivenGuest(cast, file)
    by = cast.of(role)
    if Verb.KEEP_GUESTS in GRANTED[role]:
        asked(file, email="b@example.org", by=by)
        end_guest(guest.guest.pk, by=by)
    else:
        with pytest.raises(NotAllowedError):
            asked(file, email="b@example.org", by=by)
        with pytest.raises(NotAllowedError):
            end_guest(guest.guest.pk, by=by)


def test_another_office_finds_neither_the_tie_nor_its_guests(file, cast):
    guest = DrivenGuest(cast, file)
    stranger = cast.at(cast.other_office, Role.DIRECTOR)
    with pytest.raises(Agreement.DoesNotExist):
        asked(file, email="b@example.org", by=stranger)
    with pytest.raises(Agreement.DoesNotExist):
        end_guest(guest.guest.pk, by=stranger)


def test_only_the_other_side_is_asked(file, cast):
    own = file.now.parties.get(role="declaring")
    with pytest.raises(Agreement.DoesNotExist):
        ask_guest(own.pk, by=cast.of(Role.DIRECTOR), email="b@example.org", language="es")


def test_counterpart_is_no_role_of_an_office_any_more(cast):
    with pytest.raises(OfficeError):
        add_member(person("c@example.org"), office=cast.office.pk, role=MemberRole.COUNTERPART, by=CONSOLE)
    earlier = person("d@example.org")
    Membership.objects.create(
        office=cast.office, user=earlier, role=MemberRole.COUNTERPART, began_at=timezone.now() - dt.timedelta(days=1)
    )
    assert not current_memberships(earlier.pk).exists(), "one of an earlier version opens nothing"
