import pytest

from hermanar.ui.geometry import HALF_ROUND_KM, bearing_and_distance, equal_earth, great_circle
from hermanar.ui.worldmap import HEIGHT, WIDTH, plot

GUANAJUATO = (21.0176, -101.2567)


@pytest.mark.parametrize(
    ("name", "lat", "lng", "bearing", "distance"),
    [
        ("Ashland", 42.1946, -122.7095, 324.5, 3092),
        ("Toledo", 39.8581, -4.0226, 50, 9115),
        ("Valparaíso", -33.0360, -71.6296, 152, 6784),
        ("Ciudad de México", 19.4326, -99.1332, 128, 283),
    ],
)
def test_bearing_and_distance_of_known_ties(name, lat, lng, bearing, distance):
    found_bearing, found_distance = bearing_and_distance(*GUANAJUATO, lat, lng)
    assert found_bearing == pytest.approx(bearing, abs=2)
    assert found_distance == pytest.approx(distance, rel=0.005)


@pytest.mark.parametrize(("lat", "lng", "bearing"), [(10, 0, 0), (0, 10, 90), (-10, 0, 180), (0, -10, 270)])
def test_bearing_points_to_the_four_winds(lat, lng, bearing):
    assert bearing_and_distance(0, 0, lat, lng)[0] == pytest.approx(bearing)


def test_distance_of_a_degree_and_of_half_the_world():
    assert bearing_and_distance(0, 0, 0, 1)[1] == pytest.approx(111.195, abs=0.01)
    assert bearing_and_distance(0, 0, 0, 180)[1] == pytest.approx(HALF_ROUND_KM)
    assert bearing_and_distance(5, 5, 5, 5)[1] == 0


def test_great_circle_keeps_its_ends_and_goes_over_the_pole():
    way = great_circle((60, 0), (60, 180))
    assert way[0] == pytest.approx((60, 0))
    assert abs(way[-1][1]) == pytest.approx(180)
    assert max(lat for lat, _ in way) > 88


def test_great_circle_of_one_place_or_of_antipodes_does_not_fail():
    assert great_circle((1, 2), (1, 2)) == [(1, 2), (1, 2)]
    assert great_circle((0, 0), (0, 180)) == [(0, 0), (0, 180)]


def test_equal_earth_is_symmetric_and_has_the_published_extent():
    assert equal_earth(0, 0) == pytest.approx((0, 0))
    assert equal_earth(0, 180)[0] == pytest.approx(2.7066, abs=1e-3)
    assert equal_earth(90, 0)[1] == pytest.approx(1.3173, abs=1e-3)
    x, y = equal_earth(40, 30)
    assert equal_earth(-40, -30) == pytest.approx((-x, -y))


def test_plot_puts_places_inside_the_picture_and_in_order():
    mexico, toledo, sydney = plot(21, -101), plot(39.9, -4), plot(-33.9, 151)
    assert 0 < mexico[0] < toledo[0] < sydney[0] < WIDTH
    assert 0 < toledo[1] < mexico[1] < sydney[1] < HEIGHT
