"""What one office keeps is nothing to another: not by its key, not in a list, a search, a history or an export.

What is Guanajuato's is looked for as León; by night also what is León's as Guanajuato.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from urllib.parse import unquote, urlsplit
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.foundation.access import GRANTED, Role
from hermanar.foundation.documents import store_upload
from hermanar.foundation.intake import Kind, Sending, receive
from hermanar.offices.actions import invite
from hermanar.offices.vocabulary import MemberRole
from tests.beginnings import Beginning
from tests.calls import CallingOffice
from tests.committees import DrivenCommittee
from tests.cooperation_acts import a_gift, a_tie, noted
from tests.files import DrivenFile
from tests.foundation.samples import pdf
from tests.plans import DrivenPlan
from tests.project_acts import a_project, add_indicator, add_lesson, add_partner, add_risk
from tests.undoing import undone
from tests.workspace.addresses import ADDRESSES
from tests.workspace.signing_in import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.alike, pytest.mark.row(17)]
LINK = re.compile(r"""(?:href|src|action)=["'](/oficina/[^"'<\s]*)""")
OF_RECORDS = sorted(name for name, who in ADDRESSES.items() if who.kind == "office" and who.of)
OF_OFFICES = sorted(name for name, who in ADDRESSES.items() if who.kind == "office" and not who.of)
MOST = 150  # pages that one person's walk may take
WAYS = {"guanajuato": False, "leon": True}  # whose records; the other office looks for them


def mirrored(cast):
    """Return the cast with the two cities in each other's place."""
    return replace(cast, office=cast.other_office, other_office=cast.office, guanajuato=cast.leon, leon=cast.guanajuato)


@pytest.fixture(params=["guanajuato", pytest.param("leon", marks=pytest.mark.nightly)])
def owner(request, cast):
    """Return the cast as the office sees it that keeps the records; `other_office` looks for them."""
    return mirrored(cast) if WAYS[request.param] else cast


@pytest.fixture
def looking(owner):
    """Return the director next door, signed in."""
    return client_of(owner.at(owner.other_office, Role.DIRECTOR))


def text_of(answer):
    """Return all that an answer says, its headers too."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{dict(answer.headers)} {content.decode('utf-8', 'replace')}"


def written(name, arguments):
    return reverse(name, kwargs=arguments or None)


def test_no_key_opens_anything_next_door(owner, looking, figure):
    """Ask for a record of every kind by its key, to read and to write."""
    asked = 0
    for name in OF_RECORDS:
        who = ADDRESSES[name]
        if owner.other_office.slug in who.owners:
            continue
        with undone():
            address = written(name, who.of(owner))
            promised = 404 if not who.verbs or GRANTED[Role.DIRECTOR] & set(who.verbs) else 403
            for method in ("GET", "POST"):
                with transaction.atomic():
                    assert looking.generic(method, address).status_code == promised, f"{method} {address}"
                asked += 1
    figure(f"{asked} requests by another office's keys, refused each")


def planted(cast, word) -> Iterator[object]:
    """Keep something of every noun of an office, each with the word where a person writes words."""
    by = cast.of(Role.DIRECTOR)
    tie = a_tie(cast)
    yield a_gift(cast, tie, title_es=f"Regalo {word}", story_es=word)
    yield noted(cast, tie, on="2026-05-01", description_es=f"Visita {word}")
    made = a_project(cast, tie, title_es=f"Proyecto {word}", summary_es=word)
    add_risk(cast, made, what=word)
    add_lesson(cast, made, text=word)
    add_partner(cast, made, name=word)
    yield add_indicator(cast, made)
    yield made
    yield CallingOffice(cast).recorded(title_es=f"Convocatoria {word}")
    committee = DrivenCommittee(cast, name=f"Comité {word}")
    member = committee.member(f"Ana {word}")
    yield committee.held(member)
    yield committee.task(member, what=f"Traducir {word}")
    office = Beginning(cast)
    yield office.named(office.file(), name=f"Aliada {word}")
    yield office.received(requester=word, asks=f"Hermanarse {word}")
    yield office.begun(title=f"Comparación {word}")
    yield DrivenCommittee.of_area(cast, DrivenFile(cast).key, AreaOfCooperation.CULTURE)
    yield DrivenFile(cast).asked().observed(comment=f"Falta {word}").now
    yield DrivenPlan(cast)
    yield store_upload(io.BytesIO(pdf()), name=f"{word}.pdf", by=by, office=cast.office.pk)
    yield invite(f"{word}@example.org", office=cast.office.pk, role=MemberRole.READER, by=by)
    content = {"organisation": f"Taller {word}", "text": word, "contact": f"{word}@example.org"}
    yield receive(Sending(Kind.INQUIRY, content, "es", uuid4(), office=cast.office.pk, place=cast.guanajuato.slug))


def first_pages(word):
    """Write the pages of an office that name no record, each also as a search for the word."""
    for name in OF_OFFICES:
        with suppress(NoReverseMatch):
            address = written(name, ADDRESSES[name].arguments)
            yield address
            yield f"{address}?q={word}"


def walked(client, seeds):
    """Walk from page to page of an office; return what each address answered."""
    waiting, answers = list(seeds), {}
    while waiting and len(answers) < MOST:
        address = waiting.pop(0)
        if address in answers:
            continue
        answer = client.get(address)
        answers[address] = text_of(answer)
        if answer.status_code == 200:
            links = {unquote(link.replace("&amp;", "&")) for link in LINK.findall(answers[address])}
            waiting += sorted(link for link in links if urlsplit(link).path not in answers)
    return answers


def test_nothing_planted_is_met_next_door(owner, looking, figure):
    """Walk through the office next door, and through all that its own people met."""
    word = "zafiroscuro"
    kept = [one for one in planted(owner, word) if isinstance(getattr(one, "pk", None), UUID)]
    own = client_of(owner.of(Role.DIRECTOR))
    at_home, next_door = walked(own, first_pages(word)), walked(looking, first_pages(word))
    signs = [word, *(str(one.pk) for one in kept)]
    leaks = [(address, sign) for address, text in next_door.items() for sign in signs if sign in _without_asked(text)]
    assert leaks == []
    told = [address for address, text in at_home.items() if any(sign in text for sign in signs)]
    for address in told:  # a refusal repeats the address that was asked for, and no more
        text = _without_asked(text_of(looking.get(address))).replace(urlsplit(address).path, "")
        assert not any(sign in text for sign in signs), address
    met = {sign for sign in signs if any(sign in _without_asked(text) for text in at_home.values())}
    assert word in met, "its own people read it, or nothing was looked for"
    counts = f"{len(at_home) + len(next_door)} pages looked through for {len(signs)} signs"
    figure(f"{counts} ({len(met)} met at home)")


def _without_asked(text):
    """Leave out the search itself, which every page says again."""
    return re.sub(r'value="zafiroscuro"|q=zafiroscuro|«zafiroscuro»|“zafiroscuro”', "", text)
