import re
from typing import TYPE_CHECKING

import pytest
from defusedxml import ElementTree

from hermanar.ui.geometry import HALF_ROUND_KM, kilometres
from hermanar.ui.rosette import Ray, emblem, pair_rosette, radius_share, rosette, social_card
from hermanar.ui.worldmap import Spot, land, worldmap
from tests.ui import specimen

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TARGETS = [Spot(name, lat, lng, hue) for name, _, lat, lng, hue in specimen.TOWNS]
GUANAJUATO = Spot("Guanajuato", *specimen.GUANAJUATO)


def picture(svg: str) -> "Element":
    assert "style=" not in svg
    assert "<style" not in svg
    assert not re.search(r"\bnan\b", svg)
    return ElementTree.fromstring(svg)  # our own drawing


def test_rosette_has_a_ray_for_each_tie_and_one_alive():
    tree = picture(rosette(specimen.rays(), uid="r", label="Guanajuato"))
    rays = [group for group in tree.iter("g") if group.get("class", "").startswith("ray ")]
    assert len(rays) == 34
    assert sum("ray--full" in ray.get("class") for ray in rays) == 1
    assert "ray--full" in rays[0].get("class")


def test_rosette_is_named_and_described():
    tree = picture(rosette(specimen.rays(), uid="r", label="A <b> & «c»", description="d"))
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby") == "r-t r-d"
    assert tree.findtext("title") == "A <b> & «c»"


def test_rosette_is_stable_and_bears_emptiness_and_crowds():
    assert rosette(specimen.rays(), uid="r", label="x") == rosette(specimen.rays(), uid="r", label="x")
    picture(rosette([], uid="r", label="x"))
    picture(rosette([Ray(0, 0)] * 30, uid="r", label="x"))
    picture(rosette([Ray(i % 360, 30 * i) for i in range(600)], uid="r", label="x"))


def test_ray_to_the_north_points_up_and_keeps_its_length():
    tree = picture(rosette([Ray(0, HALF_ROUND_KM)], uid="r", label="x"))
    tip = next(circle for circle in tree.iter("circle") if circle.get("class") == "tip")
    assert (float(tip.get("cx")), float(tip.get("cy"))) == (0, -280)


def test_tips_that_would_cover_each_other_are_fanned_by_five_degrees_at_most():
    tree = picture(rosette([Ray(50, 9100), Ray(50.2, 9110)], uid="r", label="x"))
    tips = [(float(c.get("cx")), float(c.get("cy"))) for c in tree.iter("circle") if c.get("class") == "tip"]
    assert abs(complex(*tips[0]) - complex(*tips[1])) >= 8


def test_a_tie_not_confirmed_has_an_open_tip():
    tree = picture(
        rosette([Ray(10, 500, "open"), Ray(90, 500, "full", is_open=True), Ray(200, 500)], uid="r", label="x")
    )
    assert sorted(c.get("class") for c in tree.iter("circle") if "tip" in c.get("class", "")) == [
        "tip",
        "tip tip--open",
        "tip tip--open",
    ]


def test_radius_grows_with_distance_and_ends_at_the_antipode():
    shares = [radius_share(km) for km in (0, 100, 1000, 9000, HALF_ROUND_KM)]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, pytest.approx(1))


def test_small_pictures_stand_alone():
    for svg in (emblem(specimen.rays()), social_card(specimen.rays(), title="Tepatitlán de Morelos", subtitle="a & b")):
        assert "class=" not in svg
        assert picture(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert len(emblem(specimen.rays())) < 3000


def test_pair_faces_two_cities():
    tree = picture(pair_rosette(specimen.rays(), [Ray(140, 3092)], uid="p", label="x", joined="full", hue="na"))
    assert sum(group.get("class", "").startswith("bridge ray--full") for group in tree.iter("g")) == 1


def test_world_is_valid_light_and_has_its_arcs():
    svg = worldmap(TARGETS, uid="m", label="Rutas", origin=GUANAJUATO)
    tree = picture(svg)
    assert len(svg) < 120_000
    assert sum(path.get("class", "").startswith("arc ") for path in tree.iter("path")) == 34
    assert tree.findtext("title") == "Rutas"


def test_land_stays_inside_the_picture():
    numbers = [float(n) for n in re.findall(r"M(-?[\d.]+)", land())]
    assert min(numbers) >= 0
    assert max(numbers) <= 960


def test_arc_across_the_antimeridian_is_cut():
    svg = worldmap([Spot("Auckland", -36.85, 174.76)], uid="m", label="x", origin=GUANAJUATO)
    arc = next(path for path in picture(svg).iter("path") if path.get("class", "").startswith("arc "))
    assert arc.get("d").count("M") == 2


def test_land_that_crosses_the_antimeridian_draws_no_line_across_the_world():
    for outline in re.findall(r"l([^Mz]+)", land()):
        steps = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", outline)]
        assert max(abs(step) for step in steps[::2]) < 200


def test_distances():
    ends = ((1, 0), (0, 1), (0, 180), (90, 0))
    assert [round(kilometres((0, 0), end)) for end in ends] == [111, 111, 20_015, 10_008]
