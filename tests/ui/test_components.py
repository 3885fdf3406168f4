import re
from datetime import date

import pytest

from hermanar.ui.templatetags import ui
from tests.ui import specimen

PAGES = sorted((specimen.UI.parents[1] / "tests" / "ui" / "pages").glob("*.html"))
TEMPLATES = sorted((specimen.UI / "templates").rglob("*.html"))


@pytest.fixture(params=PAGES, ids=lambda path: path.stem)
def page(request, render):
    return render(request.param.read_text(encoding="utf-8"), **specimen.context())


def test_page_obeys_the_strict_policy(page):
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


def test_page_has_one_heading_one_main_and_unique_ids(page):
    assert (page.count("<h1"), page.count("<main")) in {(1, 1), (2, 1)}
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for pointed in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', page):
        assert set(pointed.split()) <= set(ids)


def test_page_tells_its_language_its_others_and_where_to_skip(page):
    assert '<html lang="es"' in page
    assert '<link rel="alternate" hreflang="en" href="/en/">' in page
    assert '<a class="skip" href="#contenido">' in page


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_template_is_short_and_documented(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 120
    assert "{% comment %}" in source


def test_table_rows_carry_the_heading_of_each_cell(render):
    source = '{% include "ui/components/table.html" with columns=columns rows=rows only %}'
    html = render(
        source,
        columns=[{"label": "Ciudad"}, {"label": "Año", "numeric": True}],
        rows=[{"cells": ["Ashland", 1969]}, {"cells": ["Toledo", ""]}],
    )
    assert 'data-label="Año" class="number">1969</td>' in html
    assert "no consta" in html


def test_table_refuses_rows_of_another_length():
    with pytest.raises(ValueError, match="argument 2"):
        ui.beside([1], [{"label": "a"}, {"label": "b"}])


def test_values_are_escaped(render):
    html = render("{% badge bad %}{% figure bad bad %}", bad="<b>x</b>")
    assert "<b>" not in html


def test_badge_says_its_state_in_words_and_shape(render):
    html = render('{% badge "dormido" "half" "warn" %}')
    assert "dormido</span>" in html
    assert "<path" in html


def test_bars_fill_the_width_with_the_longest(render):
    html = render(
        '{% bars rows "Países" "País" "acuerdos" %}',
        rows=[{"label": "España", "value": 8}, {"label": "Chile", "value": 2}],
    )
    assert re.findall(r'rect width="([\d.]+)"', html) == ["100.0", "25.0"]
    many = [{"label": f"País {number}", "value": 20 - number} for number in range(20)]
    folded = render('{% bars rows "Países" "País" "acuerdos" %}', rows=many)
    assert (folded.count("<details"), folded.count("<rect"), "Y 10 más" in folded) == (1, 20, True)
    assert "<table>" in render('{% bars rows "Nada" "País" "acuerdos" %}', rows=[])


def test_timeline_without_dates_has_no_ribbon(render):
    html = render('{% timeline events "Hechos" %}', events=[{"when": "", "text": "Una donación"}])
    assert "<svg" not in html
    assert "sin fecha" in html


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2025, 10, 31), "31\u00a0de octubre de 2025"),
        ("2019-05", "mayo\u00a0de 2019"),
        ("1969", "1969"),
        (1969, "1969"),
        ("hacia 1969", "hacia 1969"),
        ("", ""),
        (None, ""),
    ],
)
def test_long_date_says_only_what_is_known(value, words):
    assert ui.long_date(value) == words


def test_numbers_are_grouped_and_never_part_from_their_unit():
    assert (ui.thousands(26114), ui.thousands(None), ui.thousands("hacia 40")) == ("26,114", "", "hacia 40")
    assert ui.kilometres(3091.7) == "3,092\u00a0km"


def test_name_size_follows_the_longest_word():
    assert [ui.name_size(name) for name in ("Guanajuato", "San Miguel de Allende", "Aguascalientes")] == [
        "name-l",
        "name-l",
        "name-s",
    ]


def facing(label, left, right, both=0):
    cells = {name: {"count": 0, "amounts": ()} for name in ("left", "right", "both")}
    return {"label": label, "left": left, "right": right, "both": both, "unsided": 0, "cells": cells}


def test_facing_sides_grow_from_the_middle_to_scale(render):
    groups = [
        {"label": "Trabajo", "is_apart": False, "rows": [facing("Personas", 3, 1, both=1), facing("Saber", 0, 0)]},
        {"label": "Donaciones, aparte", "is_apart": True, "rows": [facing("Bienes", 0, 2)]},
    ]
    sides = {"left": "León dio", "right": "Toledo dio", "both": "En común", "unsided": ""}
    html = render('{% balance groups sides "una" "Lo dado" %}', groups=groups, sides=sides)
    assert '<rect class="balance__left" x="0" width="75"' in html
    assert '<rect class="balance__middle" x="75" width="50"' in html
    assert '<rect class="balance__right" x="125" width="25"' in html
    assert '<rect class="balance__right" x="100" width="50"' in html
    assert "balance__row--apart" in html
    assert html.count("<tbody") == 1
    assert html.index("León dio") < html.index("Toledo dio")
    assert "<table" in render('{% balance groups sides "una" "Nada" %}', groups=[], sides=sides)
