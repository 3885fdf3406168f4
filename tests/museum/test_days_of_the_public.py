"""What the museum tells of a moment is the public's day; what an editor types at the desk is the public's hour."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from hermanar.foundation.access import Role
from hermanar.foundation.intake import Kind
from hermanar.foundation.models import Contribution
from hermanar.museum.models import RoomPage
from hermanar.museum.queries.sisters import City
from hermanar.museum.views.cards import drawn
from hermanar.offices.models import Office
from tests.cast import gather
from tests.museum.test_desk import a_room, edit_url, form_of
from tests.museum.voices import Voices
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db

EVENING = dt.datetime(2026, 10, 1, 3, tzinfo=dt.UTC)  # nine at night in Mexico City, of the day before
AHEAD = EVENING.replace(year=2036)


def test_a_moment_is_told_by_the_publics_day(world):
    voices = Voices(world)
    kept = voices.publish(voices.send(Kind.PROPOSAL))
    Contribution.objects.filter(pk=kept.pk).update(published_at=EVENING)
    page = Client().get(f"/propuestas/{kept.pk}/").text
    assert re.findall(r'<time datetime="([^"]+)">([^<]+)</time>', page) == [("2026-09-30", "30 de septiembre de 2026")]


def test_the_desk_shows_the_hour_that_was_typed_and_keeps_the_publics():
    cast = gather()
    room, director = a_room(cast), client_of(cast.of(Role.DIRECTOR))
    Office.objects.update(time_zone="Europe/Madrid")  # the desk is the public's, whoever sits at it
    form = form_of(director.get(edit_url(room)))
    director.post(edit_url(room), form | {"go_live_at": "2036-09-30 21:00", "action-publish": "1"})
    assert RoomPage.objects.get(pk=room.pk).go_live_at == AHEAD
    assert form_of(director.get(edit_url(room)))["go_live_at"] == "2036-09-30 21:00"
    assert timezone.get_current_timezone_name() == settings.PUBLIC_TIME_ZONE


def test_years_of_a_card_end_with_the_publics_year():
    cities = [City("a", "A", "MX", (21.0, -101.0), since=2000), City("b", "B", "US", (42.0, -122.0))]
    eve = dt.datetime(2027, 1, 1, 3, tzinfo=dt.UTC)
    card = drawn((cities[0], cities[1]), {"scene": "years"}, sent_at=eve)
    assert "26 años desde 2000" in card
    assert card.count('class="card__year') == len(range(2000, 2027))
