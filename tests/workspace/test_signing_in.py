"""Sign-in: guesses are slowed down, nobody learns who has an account, the second factor cannot be gone round."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from hermanar.foundation.access import CONSOLE, Role
from hermanar.foundation.models import User
from hermanar.offices.actions import change_role
from hermanar.offices.models import Membership
from hermanar.offices.vocabulary import MemberRole
from tests.workspace.signing_in import PASSWORD, SECRET, client_of, code, give_factor, send_password

pytestmark = [pytest.mark.django_db, pytest.mark.row(24)]
OWNER = "director@guanajuato.example.org"
WRONG = "no son correctos"
LOCKED_SECONDS = 15 * 60
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}
# Twice what the limit of an address lets through, and few enough to be asked within the minute that it counts.
TURNING = 400


@pytest.fixture
def owner(cast):
    user = User.objects.get(email=OWNER)
    give_factor(user)
    return user


@pytest.fixture
def later(monkeypatch):
    """Return a function that lets time pass for whoever counts attempts."""

    def pass_by(seconds):
        now = time.time()
        monkeypatch.setattr(ratelimit.time, "time", lambda: now + seconds)

    return pass_by


def guesses_that_were_looked_at(client, count):
    return sum(WRONG in send_password(client, OWNER, f"adivino {n}", **ELSEWHERE).text for n in range(count))


def is_at_second_factor(answer):
    return answer.status_code == 302 and answer["Location"] == reverse("mfa_authenticate")


def test_a_thousand_guesses_are_throttled_and_lock_nobody_else_out(owner, later, figure):
    stranger = Client()
    looked_at = guesses_that_were_looked_at(stranger, 1_000)
    assert looked_at <= 10
    figure(f"of 1,000 guesses from one address {looked_at} were looked at", row=24)
    assert is_at_second_factor(send_password(Client(), OWNER)), "the owner, from another address, at once"
    later(LOCKED_SECONDS)
    assert is_at_second_factor(send_password(Client(), OWNER, **ELSEWHERE)), "from the guesser's address, later"


def test_a_factor_that_no_key_opens_is_told_with_what_helps(owner):
    Authenticator.objects.filter(user=owner).update(data={"secret": SECRET})  # as under another installation's key
    client = Client()
    assert is_at_second_factor(send_password(client, OWNER))
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    answer = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert answer.status_code == 200
    assert "hermanar unlock" in answer.text
    assert client.get("/oficina/").status_code == 302


def test_recovery_codes_that_no_key_opens_are_made_anew(cast):
    client = client_of(cast.of(Role.DIRECTOR))
    user = cast.of(Role.DIRECTOR).user
    old = RecoveryCodes.activate(User.objects.get(pk=user)).instance
    Authenticator.objects.filter(pk=old.pk).update(data={"seed": SECRET, "used_mask": 0})  # as under another key
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_index")).status_code == 200
    for name in ("mfa_view_recovery_codes", "mfa_download_recovery_codes"):
        led = client.get(reverse(name), follow=True)
        assert led.redirect_chain == [(reverse("mfa_generate_recovery_codes"), 302)]
        assert "ya no puede leer los códigos" in led.text
    made = client.post(reverse("mfa_generate_recovery_codes"), follow=True)
    assert made.text.count('<li class="secret">') == 10


def test_guesses_from_turning_addresses_are_held_back_too(owner, cast, later, figure):
    others = User.objects.exclude(email__in=["", OWNER]).order_by("email").values_list("email", flat=True)
    emails = [OWNER, *others[:7]]
    looked_at, stranger = Counter(), Client()
    for n in range(TURNING):
        email, address = emails[n % len(emails)], f"192.0.2.{n // 8 % 10}"
        answer = send_password(stranger, email, f"adivino {n}", REMOTE_ADDR=address)
        looked_at[email] += WRONG in answer.text
    assert looked_at.total() <= 10 * 20, "each address has twenty a minute"
    assert max(looked_at.values()) <= 10 * 5, "and five for one account"
    assert is_at_second_factor(send_password(Client(), OWNER)), "the owner, from her own address, at once"
    later(LOCKED_SECONDS)
    assert is_at_second_factor(send_password(Client(), OWNER, REMOTE_ADDR="192.0.2.1")), "from a guesser's, later"
    figure(f"of {TURNING} from 10 addresses at 8 accounts {looked_at.total()}; no owner locked out", row=24)


def test_a_made_up_forwarding_header_gives_no_more_guesses(owner):
    answers = [
        send_password(Client(), OWNER, f"adivino {n}", headers={"X-Forwarded-For": f"198.51.100.{n}"}).text
        for n in range(50)
    ]
    assert sum(WRONG in answer for answer in answers) <= 10


def test_without_the_limits_every_guess_is_looked_at(owner, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    assert guesses_that_were_looked_at(Client(), 30) == 30


def test_codes_cannot_be_guessed_either(owner, later):
    client = Client()
    send_password(client, OWNER)
    answers = [client.post(reverse("mfa_authenticate"), {"code": f"{n:06d}"}).text for n in range(100)]
    assert sum("El código no es correcto" in answer for answer in answers) <= 10
    assert "Demasiados intentos" in answers[-1]
    later(LOCKED_SECONDS)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", [OWNER, "nadie@example.org"])
def test_the_forms_answer_alike_whether_the_address_has_an_account(owner, address):
    wrong = send_password(Client(), address, "otra cosa")
    assert (wrong.status_code, WRONG in wrong.text) == (200, True)
    asked = Client().post(reverse("account_reset_password"), {"email": address})
    assert (asked.status_code, asked["Location"]) == (302, reverse("account_reset_password_done"))
    assert len(mail.outbox) == 1
    assert mail.outbox[0].to == [address]


@pytest.mark.row(26)
def test_a_reset_password_signs_nobody_in_and_keeps_the_factor(owner):
    client = Client()
    client.post(reverse("account_reset_password"), {"email": OWNER})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    changed = client.post(form.request["PATH_INFO"], {"password1": "una frase nueva", "password2": "una frase nueva"})
    assert changed["Location"] == reverse("account_reset_password_from_key_done")
    assert "_auth_user_id" not in client.session
    assert is_at_second_factor(send_password(client, OWNER, "una frase nueva"))
    assert client.get("/oficina/").status_code == 302
    used = Client().get(link, follow=True)
    assert "El enlace ya no vale" in used.text


def test_the_whole_way_in_changes_the_name_of_the_session(owner):
    client = Client()
    send_password(client, OWNER)
    before = client.session.session_key
    entered = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert entered["Location"] == "/oficina/"
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert client.get("/oficina/").status_code == 200


def test_a_recovery_code_serves_once(owner):
    one = RecoveryCodes.activate(owner).get_unused_codes()[0]
    for is_first in (True, False):
        client = Client()
        send_password(client, OWNER)
        client.post(reverse("mfa_authenticate"), {"code": one})
        assert ("_auth_user_id" in client.session) == is_first


def test_the_only_second_factor_cannot_be_dropped(cast):
    client = client_of(cast.of(Role.DIRECTOR))
    confirmed = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert confirmed.status_code == 302
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "Es su único segundo factor" in answer.text
    assert Authenticator.objects.filter(user=cast.of(Role.DIRECTOR).user).exists()


def test_another_role_ends_open_sessions(cast):
    analyst = cast.of(Role.ANALYST)
    client = client_of(analyst)
    assert client.get("/oficina/").status_code == 200
    membership = Membership.objects.get(user=analyst.user)
    change_role(membership.pk, role=MemberRole.READER, by=CONSOLE)
    assert client.get("/oficina/")["Location"].startswith("/cuenta/entrar/")


def make_factor(client):
    """Make an authenticator app of a secret that is known here; return the answer."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    session = client.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    return client.post(reverse("mfa_activate_totp"), {"code": code()})


def test_the_factor_made_in_a_session_opens_the_office_in_it(cast):
    client = client_of(cast.of(Role.READER), shown=False)
    made = make_factor(client)
    assert made["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(made["Location"]).text.count('<li class="secret">') == 10
    assert client.get("/oficina/").status_code == 200


def test_codes_that_no_key_opens_stand_in_no_new_factors_way(cast):
    user = User.objects.get(pk=cast.of(Role.READER).user)
    old = RecoveryCodes.activate(user).instance
    Authenticator.objects.filter(pk=old.pk).update(data={"seed": SECRET, "used_mask": 0})  # as under another key
    client = client_of(cast.of(Role.READER), shown=False)
    make_factor(client)
    assert len(RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes()) == 10


def test_nobody_signs_up(db):
    given = {"email": "nueva@example.org", "password1": "una frase que nadie sabe"}
    before = User.objects.count()
    for answer in (Client().get(reverse("account_signup")), Client().post(reverse("account_signup"), given)):
        assert "Las cuentas se abren con una invitación" in answer.text
    assert User.objects.count() == before


def test_a_form_without_its_token_is_refused_in_words(cast):
    answer = send_password(Client(enforce_csrf_checks=True), OWNER)
    assert answer.status_code == 403
    assert "Este formulario ya no vale" in answer.text
