"""Addresses of places, forgiveness of typing errors, and which homonym a party's name means."""

import pytest

from hermanar.directory.rules import SlugWish, best_reading, chosen_slugs, slug_of, typing_errors_allowed


def wish(key, *candidates, own=False):
    return SlugWish(key, candidates, has_own_form=own)


@pytest.mark.parametrize(
    ("wishes", "taken", "expected"),
    [
        ([wish("a", "taxco", "taxco guerrero")], [], {"a": "taxco"}),
        (
            [wish("mx", "cordoba", "cordoba veracruz"), wish("es", "cordoba", "cordoba es")],
            [],
            {"mx": "cordoba-veracruz", "es": "cordoba-es"},
        ),
        (
            [wish("s", "estado de guanajuato", own=True), wish("m", "guanajuato", "guanajuato guanajuato")],
            [],
            {"s": "estado-de-guanajuato", "m": "guanajuato"},
        ),
        ([wish("new", "guanajuato", "guanajuato us")], ["guanajuato"], {"new": "guanajuato-us"}),
        (
            [
                wish("1", "santa ana", "santa ana ph", "santa ana ph 1"),
                wish("2", "santa ana", "santa ana ph", "santa ana ph 2"),
            ],
            [],
            {"1": "santa-ana-ph-1", "2": "santa-ana-ph-2"},
        ),
    ],
)
def test_addresses_are_short_and_homonyms_are_told_apart(wishes, taken, expected):
    assert chosen_slugs(wishes, taken) == expected
    assert chosen_slugs(wishes[::-1], taken) == expected


def test_an_address_that_cannot_be_had_is_refused():
    with pytest.raises(ValueError, match="no address"):
        chosen_slugs([wish("a", "lugar")], ["lugar"])


def test_addresses_have_a_length():
    assert slug_of("a b " * 60) == ("a-b-" * 60)[:110].strip("-")


@pytest.mark.parametrize(("length", "errors"), [(1, 0), (3, 0), (4, 1), (7, 1), (8, 2), (40, 2)])
def test_longer_names_forgive_more(length, errors):
    assert typing_errors_allowed(length) == errors


@pytest.mark.parametrize(
    ("options", "chosen"),
    [
        ([], None),
        ([("city", 10)], 0),
        ([("state", 6_000_000), ("municipality", 190_000)], 1),
        ([("locality", 900_000), ("municipality", 400)], 1),
        ([("city", 100_000), ("city", 30_000)], None),
        ([("city", 100_000), ("city", 20_000)], 0),
        ([("city", 0), ("city", 0)], None),
    ],
)
def test_a_name_means_the_government_far_larger_than_its_homonyms(options, chosen):
    assert best_reading(options) == chosen
