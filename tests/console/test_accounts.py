"""The first person of a real installation; the accounts of the demonstration, which exist nowhere else."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from hermanar.agreements import actions
from hermanar.agreements.rules import StepRefusedError
from hermanar.agreements.vocabulary import Role as Side
from hermanar.console.demonstration import password_of, settle_demonstration
from hermanar.foundation.models import User
from hermanar.offices.actions import DEMONSTRATION
from hermanar.offices.models import Membership, Office
from hermanar.offices.queries import acting, reviewing_office
from hermanar.site.mail import mail_settings
from tests import factories as make
from tests.workspace.signing_in import send_password

TODAY = dt.date(2026, 5, 4)
DIRECTOR, ANALYST, *_ = (account.email for account in DEMONSTRATION)


@pytest.fixture
def places(db):
    state = make.state("Guanajuato", "inegi:11")
    return [make.place("Guanajuato", identifier="inegi:11015", state=state), make.place("León", state=state)]


@pytest.fixture
def demonstration(places):
    said = []
    settle_demonstration(said.append)
    return said


def admin(*words):
    out = io.StringIO()
    call_command("admin", *words, stdout=out)
    return out.getvalue()


def test_admin_founds_the_office_and_its_link_opens_the_account(places):
    told = admin("ana@leon.example.org", "--office", "León", "--base", "https://leon.example.org/")
    path = re.search(r"https://leon.example.org(/cuenta/\S+)", told)[1]
    Client().post(path, {"name": "Ana", "password": "una frase que nadie sabe"})
    membership = Membership.objects.get(user__email="ana@leon.example.org")
    assert (membership.role, membership.office.level) == ("administrator", "municipality")
    assert Client().get(path).status_code == 404, "the link is good once"


def test_admin_repeated_makes_another_link_for_the_same_office(places):
    first, second = (admin("ana@sre.example.org", "--office", "SRE") for _ in range(2))
    assert Office.objects.get().level == "ministry"
    assert first.splitlines()[-1] != second.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("no es correo", "--office", "León"), "CORREO"),
        (("a@example.org", "--office", "Atlántida"), "Atlántida"),
        (("a@example.org", "--office", "Guanajuato"), "inegi:11015"),
        (("a@example.org", "--office", "inegi:99999"), "inegi:99999"),
    ],
)
def test_admin_says_what_it_does_not_understand(places, words, told):
    with pytest.raises(CommandError, match=re.escape(told)):
        admin(*words)
    assert not Office.objects.exists()


def test_unlock_lets_another_factor_be_made_and_nothing_else(demonstration):
    client = enter(DIRECTOR)
    call_command("unlock", DIRECTOR, stdout=io.StringIO())
    assert client.get("/oficina/")["Location"].startswith("/cuenta/entrar/")
    assert send_password(client, DIRECTOR, password_of(DIRECTOR))["Location"] == "/oficina/"
    assert client.get("/oficina/")["Location"] == reverse("mfa_index")
    with pytest.raises(CommandError, match="nadie@example"):
        call_command("unlock", "nadie@example.org")


def test_the_demonstration_is_printed_and_its_passwords_open_it(demonstration):
    assert any(DIRECTOR in line and password_of(DIRECTOR) in line for line in demonstration)
    client = Client()
    answer = send_password(client, DIRECTOR, password_of(DIRECTOR))
    assert answer["Location"] == reverse("mfa_authenticate")
    shown = re.search(r'class="secret">(\d{6})<', client.get(answer["Location"]).text)[1]
    assert client.post(answer["Location"], {"code": shown})["Location"] == "/oficina/"
    assert "nada de lo que hay aquí es un hecho" in client.get("/oficina/").text


def test_a_second_start_changes_nothing(demonstration):
    before = list(User.objects.order_by("pk").values_list("pk", "password"))
    settle_demonstration(lambda line: None)
    assert list(User.objects.order_by("pk").values_list("pk", "password")) == before


def test_only_a_demonstration_account_is_shown_its_code(demonstration, settings):
    client = Client()
    send_password(client, DIRECTOR, password_of(DIRECTOR))
    User.objects.filter(email=DIRECTOR).update(is_demonstration=False)
    assert 'class="secret"' not in client.get(reverse("mfa_authenticate")).text


def enter(email):
    client = Client()
    send_password(client, email, password_of(email))
    shown = re.search(r'class="secret">(\d{6})<', client.get(reverse("mfa_authenticate")).text)[1]
    client.post(reverse("mfa_authenticate"), {"code": shown})
    assert client.get("/oficina/").status_code == 200
    return client


def test_leaving_the_demonstration_deletes_its_accounts(demonstration, settings):
    client = enter(DIRECTOR)
    real = User.objects.create_user("real@example.org", "real@example.org", "una clave larga")
    settings.MODE = "production"
    said = []
    settle_demonstration(said.append)
    assert "4" in said[0]
    assert list(User.objects.all()) == [real]
    for left in (Authenticator, UserSession, Session, Membership):
        assert not left.objects.exists(), left
    assert client.get("/oficina/")["Location"].startswith("/cuenta/entrar/")


def test_staying_in_it_deletes_nothing(demonstration):
    settle_demonstration(lambda line: None)
    assert User.objects.filter(is_demonstration=True).count() == len(DEMONSTRATION)


def file_of(email):
    membership = Membership.objects.get(user__email=email)
    by = acting(membership)
    here, there = membership.office.place_id, make.place("Ashland", code="US").pk
    parties = [actions.PartyDraft(here, Side.DECLARING), actions.PartyDraft(there, Side.COUNTERPART)]
    draft = actions.FileDraft(parties=parties, areas=[("culture", "cultura")], languages=("es", "en"))
    return actions.draft(draft, office=membership.office_id, by=by, today=TODAY), by


def test_whom_a_file_still_names_is_emptied(demonstration, settings):
    file_of(ANALYST)
    settings.MODE = "production"
    settle_demonstration(lambda line: None)
    assert not User.objects.exclude(email="").exists()
    assert not any(user.has_usable_password() or user.is_active for user in User.objects.all())
    assert not Authenticator.objects.exists()
    settings.MODE = "demo"
    settle_demonstration(lambda line: None)
    enter(ANALYST)


def test_an_account_that_was_not_deleted_yet_is_nobody_outside_the_demonstration(demonstration, settings):
    client = enter(DIRECTOR)
    settings.MODE = "production"
    assert client.get("/oficina/")["Location"].startswith("/cuenta/entrar/")
    refused = send_password(Client(), DIRECTOR, password_of(DIRECTOR))
    assert refused["Location"] == reverse("account_inactive")


def test_the_demonstration_has_a_ministry_of_its_own(demonstration):
    assert reviewing_office() is None
    assert reviewing_office(is_demonstration=True).slug == "sre-demo"


def test_nothing_of_the_demonstration_is_published(demonstration):
    kept, by = file_of(DIRECTOR)
    with pytest.raises(StepRefusedError, match="demostración"):
        actions.publish_file(kept.pk, by=by, version=kept.version, today=TODAY)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtps://ana:cl%40ve@mail.example.org", ("mail.example.org", 465, "cl@ve", False, True)),
        ("smtp+tls://mail.example.org:2525", ("mail.example.org", 2525, "", True, False)),
        ("smtp://ana:clave@127.0.0.1", ("127.0.0.1", 25, "clave", False, False)),
    ],
)
def test_one_address_says_where_mail_goes(tmp_path, address, expected):
    read = mail_settings(address, folder=tmp_path)
    names = ("HOST", "PORT", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    assert tuple(read[f"EMAIL_{name}"] for name in names) == expected


@pytest.mark.parametrize("address", ["http://x", "smtp://", "smtps://x:puerto", "smtp://ana:clave@mail.example.org"])
def test_an_address_that_cannot_be_or_is_unsafe_is_refused(tmp_path, address):
    with pytest.raises(ImproperlyConfigured, match="HERMANAR_MAIL"):
        mail_settings(address, folder=tmp_path)


def test_without_an_address_mail_is_kept_in_files(tmp_path):
    assert mail_settings("", folder=tmp_path)["EMAIL_FILE_PATH"] == tmp_path
