"""The drawings of a room say the figures they are made of, stand as valid pictures and bear what is odd."""

import datetime as dt
import re
from math import atan2, degrees

import pytest
from defusedxml import ElementTree

from hermanar.ui import clocks, globe, latitudes, needles, reach, ribbon, skyline, sun, svg
from hermanar.ui.rosette import Ray
from hermanar.ui.worldmap import Spot

GUANAJUATO = Spot("Guanajuato", 21.019, -101.257)
ASHLAND = Spot("Ashland <b>", 42.1946, -122.7095, "na", "thin")
DOLORES = Spot("Dolores Hidalgo", 21.1592, -100.9172, "home", "dotted")
UMEA = Spot("Umeå", 63.8284, 20.2597, "eu", "dotted")
HERE, THERE = (21.019, -101.257), (42.1946, -122.7095)
ANTIPODE = Spot("Antípoda", -21.019, 78.743, "as")
FAR = [ASHLAND, DOLORES, UMEA, Spot("Auckland", -36.85, 174.76, "oc"), GUANAJUATO, ANTIPODE]


def picture(drawn):
    assert "style=" not in drawn
    assert not re.search(r"\b(nan|inf|None)\b", drawn)
    assert not re.search(r'd="[^"]*l"', drawn)  # a path that begins a line and draws none
    tree = ElementTree.fromstring(drawn)
    assert tree.get("role") == "img"
    named = tree.get("aria-labelledby").split()
    assert [tree.find(f".//*[@id='{one}']").text for one in named] != [None] * len(named)
    return tree


def of_class(tree, name):
    return [one for one in tree.iter() if name in one.get("class", "").split()]


@pytest.mark.parametrize("there", FAR, ids=lambda spot: spot.name)
@pytest.mark.parametrize("with_states", [False, True])
def test_way_can_be_drawn_to_anywhere(there, with_states):
    drawn = globe.route(GUANAJUATO, there, uid="r", label="Camino", description="d", with_states=with_states)
    tree = picture(drawn)
    assert len(drawn) < 30_000
    ends = [*of_class(tree, "route__home"), *of_class(tree, "route__there")]
    for end in ends:
        assert 0 < float(end.get("cx")) < globe.WIDTH
        assert 0 < float(end.get("cy")) < globe.HEIGHT
    assert with_states or not of_class(tree, "route__states")


def test_way_begins_and_ends_at_its_cities_with_the_stroke_of_its_life():
    tree = picture(globe.route(GUANAJUATO, ASHLAND, uid="r", label="Camino"))
    [way] = of_class(tree, "route__way")
    assert way.get("class") == "route__way arc--thin hue-na"
    begin = re.match(r"M(-?[\d.]+) (-?[\d.]+)", way.get("d"))
    [home] = of_class(tree, "route__home")
    assert (float(begin[1]), float(begin[2])) == (float(home.get("cx")), float(home.get("cy")))
    assert [one.text for one in of_class(tree, "route__name")] == ["Guanajuato", "Ashland <b>"]
    [there] = of_class(tree, "route__there")
    assert float(there.get("cx")) < float(home.get("cx"))  # west of it
    assert float(there.get("cy")) < float(home.get("cy"))  # and north


def test_middle_of_the_way_is_the_middle_of_the_picture():
    tree = picture(globe.route(GUANAJUATO, UMEA, uid="r", label="Camino"))
    ends = [
        (float(one.get("cx")), float(one.get("cy")))
        for one in (*of_class(tree, "route__home"), *of_class(tree, "route__there"))
    ]
    middle = [sum(axis) / 2 for axis in zip(*ends, strict=True)]
    assert middle == pytest.approx([globe.WIDTH / 2, globe.HEIGHT / 2], abs=6)


def test_names_of_neighbours_do_not_stand_on_one_line():
    tree = picture(globe.route(GUANAJUATO, DOLORES, uid="r", label="Camino", with_states=True))
    heights = [float(one.get("y")) for one in of_class(tree, "route__name")]
    assert abs(heights[0] - heights[1]) > 26


def test_distance_in_human_terms():
    assert [reach.days_on_foot(km) for km in (0, 1, 30, 30.1, 3092)] == [0, 1, 1, 2, 104]
    assert reach.hours_of_sound(3092) == pytest.approx(2.504, abs=0.001)
    assert reach.minutes_of_sun(-101.257, -122.7095) == 86  # west: the sun comes later
    assert reach.minutes_of_sun(-101.257, 20.2597) == -486
    assert reach.minutes_of_sun(179, -179) == -8  # over the line where the date changes


def test_walk_has_a_mark_for_each_day_thirty_in_a_row():
    tree = picture(reach.walk(104, uid="w", label="104 días"))
    assert len(of_class(tree, "walk__day")) == 103
    [end] = of_class(tree, "walk__end")
    assert float(end.get("cy")) == 12 + 3 * 20
    picture(reach.walk(0, uid="w", label="nada"))


@pytest.mark.parametrize(
    ("lat", "day", "hours"),
    [(0, "2026-03-20", 12.1), (21.019, "2026-06-21", 13.4), (42.19, "2026-12-21", 9.1), (63.83, "2026-12-21", 4.5)],
)
def test_daylight_is_what_the_almanac_says(lat, day, hours):
    assert sun.daylight(lat, 0, on=dt.date.fromisoformat(day)).hours == pytest.approx(hours, abs=0.12)


def test_poles_have_all_light_or_none():
    midsummer, midwinter = dt.date(2026, 6, 21), dt.date(2026, 12, 21)
    assert sun.daylight(89, 0, on=midsummer).hours == 24
    assert sun.daylight(89, 0, on=midwinter).hours == 0
    assert sun.daylight(-90, 0, on=midwinter).hours == 24
    picture(clocks.two_days([clocks.Day("N", sun.daylight(89, 0, on=midwinter))], offset=0, uid="d", label="x"))


def test_light_that_is_shared_counts_over_midnight():
    day = dt.date(2026, 3, 20)
    here, other_side = sun.daylight(0, 0, on=day), sun.daylight(0, 180, on=day)
    assert sun.shared(here, here) == pytest.approx(here.hours)
    assert sun.shared(here, other_side) == pytest.approx(2 * (here.hours - 12), abs=0.01)


def test_clocks_of_a_zone_nobody_knows_are_not_guessed():
    noon = dt.datetime(2026, 7, 1, 18, tzinfo=dt.UTC)
    assert sun.offset_hours("America/Mexico_City", at=noon) == -6
    assert sun.offset_hours("America/Los_Angeles", at=noon) == -7
    assert sun.offset_hours("Luna/Mar", at=noon) is None
    assert sun.offset_hours("", at=noon) is None
    assert sun.offset_hours("../../etc/passwd", at=noon) is None


def test_hands_stand_where_the_time_says():
    tree = picture(clocks.two_clocks(clocks.Clock("A", 720), clocks.Clock("B", 600), uid="c", label="x"))
    angles = []
    for hand in of_class(tree, "clock__hour"):
        dx, dy = (float(hand.get(f"{axis}2")) - float(hand.get(f"{axis}1")) for axis in "xy")
        angles.append(round(degrees(atan2(dx, -dy))) % 360)
    assert angles == [0, 300]
    assert [one.text for one in of_class(tree, "clock__told")] == ["12:00", "10:00"]


def test_light_is_cut_where_the_day_ends():
    light = sun.daylight(63.83, 20.26, on=dt.date(2026, 6, 21))
    tree = picture(clocks.two_days([clocks.Day("Umeå", light, "eu")], offset=-6, uid="d", label="x"))
    bars = [(float(one.get("x")), float(one.get("width"))) for one in of_class(tree, "days__light")]
    assert len(bars) == 2
    assert sum(wide for _x, wide in bars) == pytest.approx(light.hours * (708 - 12) / 24, abs=0.3)
    assert max(x + wide for x, wide in bars) <= 708.1


@pytest.mark.parametrize(
    ("populations", "people"), [([194_500, 20_861], 1_000), ([194_500, 9_209_944], 50_000), ([3], 1), ([], 1)]
)
def test_a_window_is_the_same_number_of_people_in_every_tower(populations, people):
    assert skyline.people_per_window(populations) == people
    towers = [skyline.Tower(f"C{number}", one) for number, one in enumerate(populations)]
    tree = picture(skyline.skyline(towers, uid="s", label="x"))
    assert len(of_class(tree, "skyline__pane")) == sum(max(1, round(one / people)) for one in populations)


def test_towers_stand_apart_and_below_the_edge():
    tree = picture(skyline.skyline([skyline.Tower("A", 220_000), skyline.Tower("B", 1)], uid="s", label="x"))
    walls = [
        (float(one.get("x")), float(one.get("width")), float(one.get("y"))) for one in of_class(tree, "skyline__wall")
    ]
    assert walls[0][0] + walls[0][1] < walls[1][0]
    assert min(top for _x, _wide, top in walls) >= 0


def test_ribbon_paints_the_years_of_life_and_marks_the_acts():
    done = [ribbon.Done(1969, 1969, is_life=False), ribbon.Done(2005, 2010), ribbon.Done(2024, 2024)]
    tree = picture(ribbon.ribbon(done, since=1969, until=2026, uid="a", label="x"))
    years = of_class(tree, "ribbon__year")
    assert len(years) == 58
    assert [1969 + place for place, one in enumerate(years) if "ribbon__year--done" in one.get("class")] == [
        2005, 2006, 2007, 2008, 2009, 2010, 2024,
    ]  # fmt: skip
    assert len(of_class(tree, "ribbon__act")) == 1
    told = [one.text for one in of_class(tree, "ribbon__told")]
    assert (told[0], told[-1]) == ("1969", "2026")


@pytest.mark.parametrize(("since", "until"), [(2026, 2026), (2020, 2026), (1531, 2026), (2030, 2026)])
def test_ribbon_bears_any_span(since, until):
    tree = picture(ribbon.ribbon([ribbon.Done(since, since)], since=since, until=until, uid="a", label="x"))
    assert len(of_class(tree, "ribbon__year")) == max(1, until - since + 1)


def test_latitudes_grow_from_south_to_north():
    cities = [latitudes.Latitude(name, lat, is_named=True) for name, lat in (("N", 42.2), ("S", -33.0), ("M", 21.0))]
    tree = picture(latitudes.latitudes([*cities, latitudes.Latitude("x", 10)], uid="l", label="x"))
    marks = {
        group.find("text").text: float(group.find("line").get("x1"))
        for group in tree.iter("g")
        if group.find("text") is not None
    }
    assert sorted(marks, key=marks.get) == ["S", "M", "N"]
    assert len(of_class(tree, "latitudes__city")) == 4
    picture(latitudes.latitudes([], uid="l", label="x"))


def test_needle_points_as_its_ray_and_says_nothing_by_itself():
    tree = ElementTree.fromstring(needles.needle(Ray(90, 3000, "dotted", "eu")))
    assert tree.get("aria-hidden") == "true"
    [tip] = of_class(tree, "tip")
    assert float(tip.get("cx")) > 20
    assert float(tip.get("cy")) == 0
    for stroke in ("full", "thin", "hairline", "open"):
        drawn = needles.needle(Ray(10, 100, stroke))
        assert len(drawn) < 900
        ElementTree.fromstring(drawn)


def test_texts_are_escaped_wherever_they_stand():
    evil = "</text><script>alert(1)</script>"
    drawings = [
        svg.picture(
            svg.words(evil, (0, 0), kind="k"), kind="k", box=(1, 1), uid='"><script>', label=evil, description=evil
        ),
        globe.route(GUANAJUATO, Spot(evil, 1, 1, '"><script>'), uid="r", label=evil, description=evil),
        clocks.two_clocks(clocks.Clock(evil, 1), clocks.Clock(evil, 2), uid="c", label=evil),
        skyline.skyline([skyline.Tower(evil, 5)], uid="s", label=evil),
        latitudes.latitudes([latitudes.Latitude(evil, 5, is_named=True)], uid="l", label=evil),
    ]
    for drawn in drawings:
        assert "<script" not in drawn
        ElementTree.fromstring(drawn)
