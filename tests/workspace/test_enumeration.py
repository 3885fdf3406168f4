"""Whether somebody has an account cannot be told by what is answered, nor by how long that takes."""

from __future__ import annotations

import re
import statistics
import time

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from hermanar.foundation.access import CONSOLE, Role
from hermanar.foundation.models import User
from hermanar.offices.actions import invite, withdraw_invitation
from hermanar.offices.vocabulary import MemberRole
from tests.workspace.signing_in import PASSWORD, give_factor, send_password

pytestmark = [pytest.mark.django_db, pytest.mark.row(25), pytest.mark.nightly, pytest.mark.no_cover]
KNOWN, UNKNOWN = "director@guanajuato.example.org", "directora@guanajuato.example.org"
TIMES = 200
MOST_SECONDS = 0.010
# The real hasher with fewer rounds than it has: what differs by a factor is found all the same, and a night is short.
HASHERS = ["tests.workspace.test_enumeration.ShortHasher"]


class ShortHasher(PBKDF2PasswordHasher):
    """The hasher of production; thirty milliseconds instead of three hundred."""

    iterations = 100_000


@pytest.fixture
def people(cast, settings):
    settings.PASSWORD_HASHERS = HASHERS
    settings.ACCOUNT_RATE_LIMITS = False  # what is held back answers at once, known or not
    owner = User.objects.get(email=KNOWN)
    owner.set_password(PASSWORD)
    owner.save()
    give_factor(owner)
    cache.clear()
    return cast


def sign_in(client, address):
    return send_password(client, address, "otra cosa")


def ask_reset(client, address):
    return client.post(reverse("account_reset_password"), {"email": address})


def plain(answer, address):
    """Return what is answered, without the address that was typed and the token of the form."""
    text = answer.content.decode().replace(address, "…")
    return (answer.status_code, answer.get("Location", ""), re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text))


def apart(ask, one, other):
    """Ask for two by turns; return how far the medians of their times are apart, and what each was answered."""
    times, answers, client = {one: [], other: []}, {}, Client()
    for address in (one, other):
        ask(client, address)  # what only the first question does
    for number in range(TIMES):
        for address in (one, other) if number % 2 else (other, one):
            began = time.perf_counter()
            answer = ask(client, address)
            times[address].append(time.perf_counter() - began)
            answers.setdefault(address, set()).add(plain(answer, address))
    gap = abs(statistics.median(times[one]) - statistics.median(times[other]))
    return gap, answers[one], answers[other]


@pytest.mark.parametrize("ask", [sign_in, ask_reset])
def test_an_account_is_not_told_by_answer_or_time(people, ask, figure):
    gap, known, unknown = apart(ask, KNOWN, UNKNOWN)
    assert known == unknown
    assert len(known) == 1
    assert {tuple(letter.to) for letter in mail.outbox} <= {(KNOWN,), (UNKNOWN,)}
    assert gap < MOST_SECONDS, f"{ask.__name__}: {gap * 1000:.1f} ms"
    figure(f"{ask.__name__}: {gap * 1000:.1f} ms apart over {TIMES}")


def test_a_link_that_is_no_longer_good_is_as_one_that_never_was(people, figure):
    sent = invite("nueva@example.org", office=people.office.pk, role=MemberRole.READER, by=people.of(Role.DIRECTOR))
    withdraw_invitation(sent.invitation.pk, by=CONSOLE)

    def follow(client, token):
        return client.get(reverse("account_invitation", args=[token]))

    gap, withdrawn, unknown = apart(follow, sent.token, "a" * len(sent.token))
    assert withdrawn == unknown
    assert gap < MOST_SECONDS, f"{gap * 1000:.1f} ms"
    figure(f"invitation: {gap * 1000:.1f} ms apart over {TIMES}")
