"""The door of an office: nobody without a second factor, nobody from outside."""

from __future__ import annotations

import pytest
from django.test import Client

from hermanar.foundation.access import Role
from hermanar.foundation.models import User
from tests.workspace.signing_in import client_of, give_factor, send_password

pytestmark = [pytest.mark.django_db, pytest.mark.row(26)]


def test_a_stranger_is_sent_to_sign_in(cast):
    answer = Client().get("/oficina/")
    assert answer.status_code == 302
    assert answer["Location"] == "/cuenta/entrar/?next=/oficina/"


def test_a_member_without_second_factor_is_sent_to_make_one(cast):
    answer = client_of(cast.of(Role.DIRECTOR), shown=False).get("/oficina/")
    assert (answer.status_code, answer["Location"]) == (302, "/cuenta/")


def test_a_session_older_than_the_factor_does_not_pass(cast):
    older = client_of(cast.of(Role.DIRECTOR), shown=False)
    client_of(cast.of(Role.DIRECTOR))
    answer = older.get("/oficina/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/cuenta/confirmar/codigo/")


def test_a_member_with_second_factor_enters(cast):
    answer = client_of(cast.of(Role.DIRECTOR)).get("/oficina/")
    assert answer.status_code == 200
    assert "Oficina de Guanajuato" in answer.text
    assert answer["Cache-Control"] == "private, no-store"


def test_the_password_alone_signs_nobody_in_who_has_a_factor(cast):
    client = Client()
    give_factor(User.objects.get(pk=cast.of(Role.DIRECTOR).user))
    answer = send_password(client, "director@guanajuato.example.org")
    assert answer["Location"] == "/cuenta/entrar/codigo/"
    assert client.get("/oficina/").status_code == 302
