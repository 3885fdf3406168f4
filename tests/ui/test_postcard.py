"""Postcards: every scene is drawn for any two places, and nothing that is written in one becomes markup."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

import pytest

from hermanar.foundation.intake.kinds import SCENES, STAMPS
from hermanar.ui import stamps
from hermanar.ui.geometry import direction
from hermanar.ui.globe import View, middle
from hermanar.ui.postcard import Card, End, postcard, sun_over

NOON = dt.datetime(2026, 6, 21, 12, 0, tzinfo=dt.UTC)
HOME = End("Guanajuato", (21.02, -101.25))
OTHERS = {
    "far": End("Umeå", (63.83, 20.26)),
    "same": HOME,
    "antipodes": End("Océano", (-21.02, 78.75)),
    "pole": End("Polo", (90.0, 0.0)),
    "near": End("Dolores Hidalgo", (21.15, -100.93)),
    "date line": End("Suva", (-18.14, 178.44)),
}


@pytest.mark.parametrize("scene", sorted(SCENES))
@pytest.mark.parametrize("other", OTHERS)
def test_every_scene_is_drawn_for_any_two_places(scene, other):
    card = Card(HOME, OTHERS[other], NOON, scene, tuple(sorted(STAMPS)), since=1969)
    drawing = postcard(card)
    root = ET.fromstring(drawing)  # noqa: S314 (our own)
    assert root.tag.endswith("svg")
    assert "nan" not in drawing
    assert len(root.findall(".//*[@class='stamp']")) == len(STAMPS)


def test_names_are_never_markup():
    wicked = End('<script>alert(1)</script>"', (0.0, 0.0))
    drawing = postcard(Card(wicked, HOME, NOON, "sun", ("<b>",), label='"><script>', said="<i>", words=("<a>", "<b>")))
    ET.fromstring(drawing)  # noqa: S314 (our own)
    assert "<script" not in drawing
    assert "<i>" not in drawing


def test_a_scene_nobody_knows_is_the_way():
    assert "card__way" in postcard(Card(HOME, OTHERS["far"], NOON, "x"))


def test_without_a_year_there_is_nothing_to_count():
    assert "card__year" not in postcard(Card(HOME, OTHERS["far"], NOON, "years"))
    assert postcard(Card(HOME, OTHERS["far"], NOON, "years", since=1900)).count("card__year") <= 142


@pytest.mark.parametrize(
    ("place", "moment", "height"),
    [
        ((23.44, 0.0), NOON, 90),  # the sun stands over the tropic at noon of the solstice
        ((0.0, 180.0), NOON, -66.56),  # and is lowest on the other side
        ((51.5, 0.0), dt.datetime(2026, 12, 21, 12, 0, tzinfo=dt.UTC), 15.06),
    ],
)
def test_the_sun_stands_where_it_stands(place, moment, height):
    assert sun_over(place, moment)[0] == pytest.approx(height, abs=1.0)


def test_the_solar_time_follows_the_longitude():
    assert sun_over((0.0, -90.0), NOON)[1] == 6 * 60
    assert sun_over((0.0, 179.0), NOON)[1] == 1436


def test_both_places_are_on_the_near_side():
    centre = middle(HOME.at, OTHERS["far"].at)
    view = View(centre, 100, at=(0, 0))
    assert view.place(direction(*centre)) == pytest.approx((0, 0), abs=1e-6)
    for place in (HOME.at, OTHERS["far"].at):
        x, y = view.place(direction(*place))
        assert x * x + y * y < 100 * 100


def test_every_stamp_that_may_be_sent_can_be_drawn():
    assert set(stamps.STAMPS) == STAMPS
    assert stamps.stamp("nothing", x=0, y=0) == ""
