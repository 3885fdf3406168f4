"""Where a statement stands, and what a region is called, in English."""

import pytest

from hermanar.catalogue.read.locators import locator
from hermanar.catalogue.read.regions import location_name, region_name


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("líneas 41-60", "lines 41-60"),
        ("líneas 56,163-196", "lines 56,163-196"),
        ("línea 140", "line 140"),
        ("líneas 51-56 y 269", "lines 51-56 and 269"),
        ("cuadro 1", "table 1"),
        ("nota 1", "note 1"),
        ("fecha de la noticia", "date of the news item"),
        ("asentado el 2026-05-04", "recorded on 2026-05-04"),
        ("hoja Acuerdos, fila 3", "hoja Acuerdos, fila 3"),  # says more than a place: it stays as it was written
        ("", ""),
    ],
)
def test_locators_are_said_in_english(written, english):
    assert locator(written, "en") == english
    assert locator(written, "es") == written


def test_regions_have_their_english_name_where_there_is_one():
    assert region_name("ES", "Andalucía", language="en") == "Andalusia"
    assert region_name("ES", "Andalucía", language="es") == "Andalucía"
    assert region_name("US", "Oregon", language="en") == "Oregon"
    assert location_name("MX", "México, Mexico", language="en") == "State of Mexico, Mexico"
