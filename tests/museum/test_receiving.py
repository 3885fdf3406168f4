"""What stands before every form of the public: one turn for each sending, nothing read that no form can hold."""

from __future__ import annotations

from unittest import mock

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from hermanar.foundation.intake import Kind
from hermanar.foundation.models import Contribution
from hermanar.museum import limits
from hermanar.museum.vocabulary.open_calls import Decider
from tests.museum.calling import Calling
from tests.museum.voices import Voices, ticket_of

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
