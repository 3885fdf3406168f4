"""What is told in confidence is written nowhere else: logs, error pages, caches, indexes, exports, papers, mails."""

from __future__ import annotations

import io
import logging
import pickle
import re
import zipfile
from base64 import b64decode
from pathlib import Path

import pypdf
import pytest
from django.conf import settings as house
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from hermanar.foundation.access import Role
from hermanar.foundation.models import User
from hermanar.offices.actions import invite
from hermanar.offices.vocabulary import MemberRole
from tests.museum.voices import ticket_of
from tests.workspace.addresses import ADDRESSES, a_letter
from tests.workspace.signing_in import client_of, give_factor, send_password
from tests.workspace.test_addresses import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.row(27), pytest.mark.no_cover, pytest.mark.alike]
ADDRESS, PASSWORD, NAME = "canaria.zafiro@example.org", "clave-canaria-9137", "Canaria Zafirina"
CANARIES = (ADDRESS, PASSWORD, NAME, "canaria.zafiro")
EXPORTS = [name for name, who in ADDRESSES.items() if who.kind == "public"]


class Everything(logging.Handler):
    """Keep all that is logged, with its tracebacks, as the console would write it."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def logged():
    """Log everything there is to log, as with HERMANAR_LOG_LEVEL=DEBUG."""
    root, kept = logging.getLogger(), Everything()
    before = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    yield kept
    root.setLevel(before)
    root.removeHandler(kept)


def found(text):
    """Return the canaries that a text or some bytes tell."""
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return [one for one in CANARIES if one.casefold() in text.casefold()]


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def live(cast):
    """Let her sign in wrongly, ask for her password, subscribe, write to an office, join it."""
    visitor = Client(raise_request_exception=False)
    answers = [send_password(visitor, ADDRESS, PASSWORD) for _guess in range(7)]
    answers.append(visitor.post(reverse("account_reset_password"), {"email": ADDRESS}))
    ticket = ticket_of(visitor, "/boletin/")
    form = {"email": ADDRESS, "language": "es", "ticket": ticket, "web": ""}
    answers.append(visitor.post("/boletin/", form))
    invited = invite(ADDRESS, office=cast.office.pk, role=MemberRole.DIRECTOR, by=cast.of(Role.ADMINISTRATOR))
    link = reverse("account_invitation", args=[invited.token])
    assert visitor.post(link, {"name": NAME, "password": PASSWORD}).status_code == 302
    owner = User.objects.get(email=ADDRESS)
    give_factor(owner)
    answers.append(send_password(Client(), ADDRESS, PASSWORD))
    return owner, answers


def broken(answers):
    """Let the house fail while she signs in, and answer her; then undo it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE hermanar_cache RENAME TO hermanar_cache_away")
        answers.append(send_password(Client(raise_request_exception=False), ADDRESS, PASSWORD))
        transaction.set_rollback(True)
    assert answers[-1].status_code >= 500


def cached():
    """Return every key and value of the cache, the values unpacked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM hermanar_cache")
        return [f"{key} {pickle.loads(b64decode(value))!r}" for key, value in cursor.fetchall()]  # noqa: S301 (our own)


def metadata(content):
    """Return what a paper says of itself besides its text."""
    if content.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        return f"{reader.metadata} {reader.xmp_metadata and reader.xmp_metadata.stream.get_data()}"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return " ".join(
            parts.read(name).decode(errors="replace") for name in parts.namelist() if name.startswith("docProps/")
        )


def test_what_was_told_in_confidence_is_nowhere_else(cast, logged, figure):
    cache.clear()
    owner, answers = live(cast)
    assert found(" ".join(cached())) == []
    assert cached(), "what counts attempts was looked through"
    broken(answers)
    assert logged.lines
    assert found("\n".join(logged.lines)) == []
    typed = re.compile(r'value="canaria\.zafiro@example\.org"')  # the form gives back to her what she typed
    assert [found(typed.sub("", body(answer).decode())) for answer in answers] == [[]] * len(answers)
    visitor, asked = Client(raise_request_exception=False), 0
    for name in EXPORTS:
        for address in addresses(name, ADDRESSES[name].arguments):
            assert found(body(visitor.get(f"{address}?q=zafirina"))) == [], address
            asked += 1
    papers = []
    director = client_of(owner)
    for format_ in ("docx", "pdf"):
        written = reverse("workspace:paper_file", kwargs={**a_letter(cast), "format_": format_})
        papers.append(body(director.get(written)))
    assert [found(metadata(paper)) for paper in papers] == [[], []]
    files = [path for path in Path(house.VAR).rglob("*") if path.is_file()]
    assert [path for path in files if found(path.read_bytes())] == []
    assert {tuple(letter.to) for letter in mail.outbox if found(f"{letter.subject} {letter.body}")} <= {(ADDRESS,)}
    told = f"{len(logged.lines)} lines of log, {asked} public answers, {len(files)} files, {len(papers)} papers"
    figure(f"{told}, {len(mail.outbox)} mails: 0 of {len(CANARIES)} canaries")
