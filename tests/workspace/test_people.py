"""Invitations, roles and the particulars of an office, as its people meet them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hermanar.foundation.access import Role, Verb
from hermanar.foundation.models import User
from hermanar.offices.actions import invite, withdraw_invitation
from hermanar.offices.models import Invitation, Membership, Office
from hermanar.offices.vocabulary import VERBS, MemberRole
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db
NEW = "nueva@example.org"
ACCOUNT = {"name": "Nueva Persona", "password": "una frase que nadie sabe"}


@pytest.fixture
def director(cast):
    return client_of(cast.of(Role.DIRECTOR))


def send(cast, email=NEW, **values):
    sent = invite(email, office=cast.office.pk, role=MemberRole.ANALYST, by=cast.of(Role.DIRECTOR), **values)
    return sent, reverse("account_invitation", args=[sent.token])


def test_every_verb_has_its_words():
    assert set(VERBS) == set(Verb)


def test_an_invitation_goes_by_mail_and_opens_an_account(cast, director):
    director.post(reverse("workspace:people"), {"email": NEW, "role": "analyst"})
    assert mail.outbox[0].to == [NEW]
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    client = Client()
    assert NEW in client.get(link).text
    opened = client.post(link, ACCOUNT)
    assert opened["Location"] == reverse("mfa_index")
    user = User.objects.get(email=NEW)
    assert Membership.objects.get(user=user).role == "analyst"
    assert client.get(reverse("mfa_activate_totp")).status_code == 200, "no second question for the password just typed"
    assert client.get("/oficina/")["Location"] == reverse("mfa_index"), "nothing before the second factor"
    assert Client().post(link, ACCOUNT).status_code == 404, "a second click"
    assert User.objects.filter(email=NEW).count() == 1


def test_a_mail_that_does_not_leave_takes_the_invitation_back(cast, director, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    answer = director.post(reverse("workspace:people"), {"email": NEW, "role": "reader"}, follow=True)
    assert "El correo no salió" in answer.text
    assert Invitation.objects.get().withdrawn_at


def test_links_that_are_no_longer_good_say_the_same(cast):
    old = send(cast, "a@example.org", now=timezone.now() - dt.timedelta(days=8))[1]
    withdrawn, taken_back = send(cast, "b@example.org")
    withdraw_invitation(withdrawn.invitation.pk, by=cast.of(Role.DIRECTOR))
    used = send(cast, "c@example.org")[1]
    Client().post(used, ACCOUNT)
    unknown = reverse("account_invitation", args=["nada"])
    texts = set()
    for link in (old, taken_back, used, unknown):
        for method in ("get", "post"):
            answer = getattr(Client(), method)(link, ACCOUNT)
            assert answer.status_code == 404
            texts.add(re.sub(r"https?://\S+|/(?:en/)?cuenta/invitacion/\S+", "", answer.text))
    assert len(texts) == 1


def test_the_link_of_another_is_refused(cast):
    link = send(cast)[1]
    client = client_of(cast.at(cast.other_office, Role.READER))
    answer = client.post(link)
    assert answer.status_code == 404
    assert NEW not in answer.text
    assert Invitation.objects.get().accepted_at is None


def test_who_has_an_account_joins_with_it(cast):
    link = send(cast, "reader@leon.example.org")[1]
    assert Client().get(link)["Location"].startswith("/cuenta/entrar/")
    client = client_of(cast.at(cast.other_office, Role.READER))
    assert "Unirse a Oficina de Guanajuato" in client.get(link).text
    assert client.post(link)["Location"] == "/oficina/"
    assert "Oficina de Guanajuato" in client.get("/oficina/").text
    client.post(reverse("workspace:choose"), {"office": str(cast.other_office.pk)})
    assert "Oficina de León" in client.get("/oficina/").text
    assert client.post(reverse("workspace:choose"), {"office": str(cast.ministry.pk)}).status_code == 404


def test_a_weak_password_is_refused_in_words(cast):
    link = send(cast)[1]
    answer = Client().post(link, {"name": "Nueva", "password": "12345"})
    assert "demasiado corta" in answer.text
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.parametrize("password", ["Hermanar2026!", "ciudadeshermanas", "Museo-Guanajuato-1", "OFICINA México 26"])
def test_a_password_of_the_houses_own_words_is_refused(cast, password):
    answer = Client().post(send(cast)[1], {"name": "Nueva", "password": password})
    assert "palabras de la casa" in answer.text
    assert not User.objects.filter(email=NEW).exists()


def test_roles_change_and_people_leave(cast, director):
    reader = Membership.objects.get(user=cast.of(Role.READER).user)
    director.post(reverse("workspace:role", args=[reader.pk]), {"role": "analyst"})
    now = Membership.objects.get(user=reader.user_id, ended_at=None)
    assert now.role == "analyst"
    again = director.post(reverse("workspace:role", args=[reader.pk]), {"role": "director"}, follow=True)
    assert "ya no trabaja" in again.text
    director.post(reverse("workspace:end", args=[now.pk]))
    assert not Membership.objects.filter(user=reader.user_id, ended_at=None).exists()


def choices(answer):
    return set(re.findall(r'<option value="(\w+)"', answer.text))


def test_the_page_offers_the_roles_that_one_may_give(cast, director):
    reader = Membership.objects.get(user=cast.of(Role.READER).user)
    first = Membership.objects.get(user=cast.of(Role.ADMINISTRATOR).user)
    administrator = client_of(cast.of(Role.ADMINISTRATOR))
    state = client_of(cast.at(cast.state, Role.ADMINISTRATOR))
    for address in (reverse("workspace:people"), reverse("workspace:role", args=[reader.pk])):
        assert {"administrator", "registry_steward"}.isdisjoint(choices(director.get(address)))
        assert "administrator" in choices(administrator.get(address))
    assert {"legal_reviewer", "administrator"} <= choices(state.get(reverse("workspace:people")))
    assert "registry_steward" not in choices(state.get(reverse("workspace:people")))
    page = administrator.get(reverse("workspace:role", args=[first.pk])).text
    assert '<option value="administrator" selected' in page, "a role is not lost by opening the page and saving"
    director.post(reverse("workspace:people"), {"email": NEW, "role": "administrator"})
    assert not Invitation.objects.exists()


def test_the_page_says_whose_role_a_director_does_not_take(cast, director):
    first = Membership.objects.get(user=cast.of(Role.ADMINISTRATOR).user)
    asked = invite(NEW, office=cast.office.pk, role=MemberRole.ADMINISTRATOR, by=cast.of(Role.ADMINISTRATOR)).invitation
    ways = [reverse(f"workspace:{name}", args=[first.pk]) for name in ("role", "end")]
    ways.append(reverse("workspace:withdraw", args=[asked.pk]))
    page = director.get(reverse("workspace:people")).text
    assert not any(way in page for way in ways)
    assert "Su papel lo cambia o lo termina alguien que administra." in page
    assert "La retira alguien que administra." in page
    for way in ways:
        answer = director.post(way, {"role": "reader"}, follow=True).text
        assert "Quien dirige no le quita el papel a quien administra la oficina" in answer
    assert not Membership.objects.filter(pk=first.pk, ended_at__isnull=False).exists()
    assert Invitation.objects.get().withdrawn_at is None
    own = client_of(cast.of(Role.ADMINISTRATOR)).get(reverse("workspace:people")).text
    assert all(way in own for way in ways)


def test_a_role_of_another_level_cannot_be_chosen(cast, director):
    answer = director.post(reverse("workspace:people"), {"email": NEW, "role": "legal_reviewer"})
    assert answer.status_code == 200
    assert not Invitation.objects.exists()


def test_particulars_typed_on_an_older_version_are_kept_and_not_saved(cast, director):
    address = reverse("workspace:particulars")
    values = {name: getattr(cast.office, name) for name in
              ("name", "letter_place", "head_name", "head_post", "address", "email", "phone", "time_zone")}  # fmt: skip
    first = director.post(address, values | {"version": 1, "head_name": "Ana"})
    assert first.status_code == 302
    second = director.post(address, values | {"version": 1, "head_name": "Berta"})
    assert "Otra persona cambió estos datos" in second.text
    assert "Ana" in second.text
    assert 'value="Berta"' in second.text
    assert Office.objects.get(pk=cast.office.pk).head_name == "Ana"
    director.post(address, values | {"version": 2, "head_name": "Berta"})
    assert Office.objects.get(pk=cast.office.pk).head_name == "Berta"


def test_a_zone_that_does_not_exist_is_refused(cast, director):
    answer = director.post(reverse("workspace:particulars"), {"name": "x", "time_zone": "Luna/Mar", "version": 1})
    assert "No existe esa zona horaria" in answer.text
