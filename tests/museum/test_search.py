"""One box for all: accents, slips and both languages as in the registry; an edit is found at once, a withdrawal no more."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hermanar.cooperation.actions import publish_gift, unpublish_gift
from hermanar.cooperation.models import Gift
from hermanar.foundation.access import CONSOLE, Role
from hermanar.museum.actions.dialogue import PracticeDraft, gather, show_practice
from hermanar.museum.actions.pairs import draft, mend, publish, withdraw
from hermanar.museum.finding import KINDS
from hermanar.museum.finding.index import MuseumIndex, Noun, Told
from hermanar.museum.models import Pair, Problem, RoomPage
from tests.cooperation_acts import a_gift
from tests.museum.everyday import WHOLE, a_pair
from tests.museum.going import event
from tests.museum.lessons import entered
from tests.museum.rooms import published_room
from tests.museum.test_refusals import assert_designed
from tests.museum.voices import PROBLEM
from tests.museum.voices import load_problems as load

HREF = re.compile(r'<p class="hits__title"><a href="([^"]+)"')


def search(client, text, *, language="", **more):
    return client.get(f"{language}/buscar/", {"q": text, **more})


def hits(client, text, **more):
    return HREF.findall(search(client, text, **more).content.decode())


@pytest.fixture
def museum(world, visitor, django_user_model):
    """One of every kind, each with a word that no other has."""
    published_room("ashland", "guanajuato", by=CONSOLE, pieces=[("text", "<p>Un <b>colibrí</b> vuela</p>")])
    kept = draft(WHOLE, by=CONSOLE)
    publish(kept.pk, by=CONSOLE, version=kept.version)
    entered()
    load([PROBLEM], by=CONSOLE)
    event(title="Noche de luciérnagas", title_en="Night of fireflies")
    return visitor
