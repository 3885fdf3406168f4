"""What stands before every form of the public: one turn for each sending, nothing read that no form can hold."""

from __future__ import annotations

import io
from unittest import mock
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet

from hermanar.directory.models import Place
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.documents.receiving import BoundedUploadHandler
from hermanar.foundation.editing import AnotherSentError
from hermanar.foundation.intake import Kind, Sending
from hermanar.foundation.intake.kinds import SHAPES
from hermanar.foundation.intake.rules import Form
from hermanar.foundation.models import Contribution, Document
from hermanar.museum import limits
from hermanar.museum.actions.events import record_event
from hermanar.museum.actions.judging import send_entry
from hermanar.museum.actions.offers import OfferDraft, record_offer
from hermanar.museum.models import Offer, OpenCall, Problem
from hermanar.museum.vocabulary.offers import OfferKind, Sector
from hermanar.museum.vocabulary.open_calls import Decider
from tests.foundation.samples import picture
from tests.museum.calling import Calling
from tests.museum.going import draft
from tests.museum.voices import TICKET, Voices, ticket_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def voices(world):
    cache.clear()
    return Voices(world)


def filled(client, voices, kind, **more):
    where, given = voices.form(kind, **more)
    return where, {**given, "ticket": ticket_of(client, where)}


@pytest.mark.parametrize("word", ["preview", "file"])
@pytest.mark.parametrize("kind", [Kind.ANSWER, Kind.PROPOSAL])
def test_no_word_in_a_form_opens_a_full_house(voices, visitor, kind, word):
    where, given = filled(visitor, voices, kind)
    given |= {"preview": "1"} if word == "preview" else {"file": SimpleUploadedFile("a.txt", b"x")}
    with mock.patch.object(limits, "is_full", return_value=True):
        assert visitor.post(where, given).status_code in {400, 429}
    assert not Contribution.objects.exists()


def test_a_card_may_be_looked_at_in_a_full_house(voices, visitor):
    where, given = filled(visitor, voices, Kind.HELLO)
    with mock.patch.object(limits, "is_full", return_value=True):
        assert visitor.post(where, given | {"preview": "1"}).status_code == 200
        assert visitor.post(where, given).status_code == 429
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("page", ["letters", "vote"])
def test_one_sending_is_one_turn(voices, visitor, page):
    address, given = "/boletin/", {"email": "ana@example.org", "language": "es", "web": ""}
    if page == "vote":
        calling = Calling(voices)
        call = calling.shown(decider=Decider.PUBLIC)
        given = {"entry": str(calling.hung(call).pk), "email": "ana@example.org", "web": ""}
        address = f"/convocatorias/obra/{calling.voting(call).slug}/votar/"
    given["ticket"] = ticket_of(visitor, address)
    with mock.patch.object(limits, "_is_within", return_value=True) as counted:
        assert visitor.post(address, given).status_code == 303
    turns = [one for one in counted.call_args_list if any("new:" in name for name in one.args[0])]
    assert len(turns) == 1


# ── what no form can hold ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("address", ["/boletin/", "/recibo/00000000-0000-0000-0000-000000000000/"])
def test_no_file_is_written_for_a_form_without_one(voices, visitor, address):
    with mock.patch.object(BoundedUploadHandler, "new_file") as begun:
        answer = visitor.post(address, {"ticket": "", "file": SimpleUploadedFile("a.bin", b"x" * 1000)})
    assert answer.status_code == 400
    assert not begun.called


def test_a_form_with_a_file_takes_one(voices, visitor):
    call = Calling(voices).shown()
    address = f"/convocatorias/obra/{call.slug}/participar/"
    given = {f"file{number}": SimpleUploadedFile("a.bin", b"x" * 1000) for number in range(3)}
    begins = BoundedUploadHandler.new_file
    with mock.patch.object(BoundedUploadHandler, "new_file", autospec=True, side_effect=begins) as begun:
        assert visitor.post(address, given).status_code == 400
    assert begun.call_count == 1


@pytest.mark.parametrize("address", ["/boletin/", "/saludos/escribir/", "/apoyar/visitas/"])
def test_what_is_longer_than_any_form_is_not_read(voices, visitor, address):
    body = io.BytesIO(b"text=" + b"x" * 300_000)
    kind = "application/x-www-form-urlencoded"
    answer = visitor.generic("POST", address, body.getvalue(), content_type=kind)
    assert answer.status_code == 413
    assert "demasiado" in answer.content.decode()
    told = visitor.generic("POST", address, b"text=x", content_type=kind, CONTENT_LENGTH="9" * 4_301)
    assert told.status_code == 413, "a length that is no number"


# ── a form that comes twice ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_corrected_form_sent_again_is_shown_again_and_not_called_kept(voices, visitor):
    where, given = filled(visitor, voices, Kind.PROPOSAL)
    receipt = visitor.post(where, given)["Location"]
    answer = visitor.post(where, given | {"text": "Corregida"})
    again = answer.content.decode()
    assert answer.status_code == 409
    assert "Corregida" in again
    assert receipt in again
    assert Contribution.objects.get().content["text"] == "En cada plaza."
    assert visitor.post(where, given | {"text": "Corregida", "ticket": TICKET.search(again)[1]}).status_code == 303
    assert Contribution.objects.count() == 2


def test_a_work_sent_again_with_another_picture_is_not_called_kept(voices):
    calling = Calling(voices)
    call = calling.shown()
    words = {"title": "Dos ríos", "author": "Ana", "contact": "a@example.org", "seen": "Agua", "text": "Ríos."}
    sending = Sending(Kind.ENTRY, words, "es", uuid4())
    first = {"call": call.pk, "name": "a.png", "today": call.closes_on}
    kept = send_entry(sending, picture=io.BytesIO(picture(size=(60, 40))), **first)
    assert send_entry(sending, picture=io.BytesIO(picture(size=(60, 40))), **first).pk == kept.pk
    assert Document.objects.count() == 1
    with pytest.raises(AnotherSentError):
        send_entry(sending, picture=io.BytesIO(picture(size=(50, 40))), **first)
    assert Document.objects.count() == 1


# ── what is named fits ───────────────────────────────────────────────────────────────────────────────────────────────


def test_an_envelope_holds_every_address_that_can_be_named():
    """PostgreSQL refuses what does not fit its column, and the visitor would see a failure."""
    place, about = (Contribution._meta.get_field(name).max_length for name in ("place", "about"))
    longest = Place._meta.get_field("slug").max_length
    assert place >= longest
    assert about >= max(one._meta.get_field("slug").max_length for one in (Offer, OpenCall, Problem))
    slugs = [one for shape in SHAPES.values() for one in shape.fields if one.form is Form.SLUG]
    assert all(one.longest >= longest for one in slugs)


# ── two at the same instant ──────────────────────────────────────────────────────────────────────────────────────────


def test_two_who_take_one_address_at_the_same_instant_both_have_one(world):
    """Whoever asks whether an address is free hears that it is; the table alone knows better."""
    with mock.patch.object(QuerySet, "exists", return_value=False):
        made = [record_event(draft(title="Día"), office=None, by=CONSOLE, key=uuid4()) for _who in range(2)]
        offer = OfferDraft(OfferKind.EXPORT, Sector.FOOD, "Queso")
        made += [record_offer(offer, office=None, by=CONSOLE, key=uuid4()) for _who in range(2)]
    assert len({one.slug for one in made}) == 4
