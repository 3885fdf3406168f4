"""A pair of everyday life: what is kept, what is shown, how near a guess comes."""

from decimal import Decimal

import pytest

from hermanar.museum.rules.pairs import always_wrong, can_draw, unready, verdict
from tests.museum.everyday import TURNED, UNKNOWN, WHOLE, WORDS, a_pair

NEVER_KEPT = [
    ({"left": {"source": ""}}, [("no_source", "source", 0)]),
    ({"right": {"source": ""}}, [("no_source", "source", 1)]),
    ({"right": {"as_of": ""}}, [("no_date", "as_of", 1)]),
    ({"left": {"as_of": "ayer"}}, [("bad_date", "as_of", 0)]),
    ({"left": {"as_of": "2020-02-30"}}, [("bad_date", "as_of", 0)]),
    ({"left": {"address": "javascript:alert(1)"}}, [("bad_address", "address", 0)]),
    ({"slug": "Con Espacio"}, [("bad_slug", "slug", None)]),
    ({"slug": "-"}, [("bad_slug", "slug", None)]),
    ({"slug": "a" * 81}, [("bad_slug", "slug", None)]),
    ({"question": "x" * 161}, [("too_long", "question", None)]),
    ({"right": {"answer": "x" * 601}}, [("too_long", "answer", 1)]),
    ({"note": "a\x00b"}, [("not_text", "note", None)]),
    ({"step": Decimal("NaN")}, [("not_a_number", "step", None)]),
    ({"right": {"figure": Decimal("1e30")}}, [("not_a_number", "figure", 1)]),
    ({"right": {"figure": Decimal("0.12345")}}, [("not_a_number", "figure", 1)]),
]
NEVER_SHOWN = [
    ({"question": ""}, [("no_question", "question", None)]),
    ({"left": {"place": ""}}, [("no_place", "place", 0)]),
    ({"right": {"place": "guanajuato"}}, [("same_place", "place", 1)]),
    ({"right": {"answer": "", "answer_en": ""}}, [("figure_without_words", "answer", 1)]),
    ({"unit": ""}, [("no_unit", "unit", None)]),
    ({"lowest": None}, [("no_bounds", "lowest", None)]),
    ({"step": None}, [("no_bounds", "lowest", None)]),
    ({"highest": Decimal(0)}, [("bounds_backwards", "highest", None)]),
    ({"step": Decimal(0)}, [("bounds_backwards", "highest", None)]),
    ({"step": Decimal(11)}, [("bounds_backwards", "highest", None)]),
    ({"step": Decimal("0.001")}, [("bounds_backwards", "highest", None)]),
    ({"highest": Decimal(1)}, [("out_of_bounds", "figure", 1)]),
    ({"right": WORDS, "drawing": ""}, [("unlike", "figure", 1), ("no_figure", "figure", 1)]),
    ({"right": {"whole": Decimal(4)}}, [("unlike", "figure", 1)]),
    ({"right": UNKNOWN}, [("no_answer", "answer", 1), ("no_figure", "figure", 1)]),
    ({"mode": "slide"}, [("no_choice", "choice", None)]),
    ({"mode": "slide", "choice": 2}, [("no_choice", "choice", None)]),
    ({"drawing": "lit"}, [("nothing_to_draw", "drawing", 0), ("nothing_to_draw", "drawing", 1)]),
]
SHOWN = [
    {},
    {"mode": "slide", "choice": 0},
    {"mode": "slide", "choice": 1, "left": WORDS, "right": WORDS, "drawing": "", "unit": ""},
    {**TURNED, "left": WORDS, "right": WORDS},
    {**TURNED, "left": WORDS, "right": UNKNOWN},
    {**TURNED, "left": UNKNOWN, "right": UNKNOWN},
    {"left": {"address": "", "passage": "", "answer_en": ""}, "question_en": ""},
]


def said(flaws):
    return [(flaw.refusal.value, flaw.field, flaw.side) for flaw in flaws]


@pytest.mark.parametrize(("values", "wrong"), NEVER_KEPT)
def test_what_may_not_even_be_a_draft(values, wrong):
    assert said(always_wrong(a_pair(**values))) == wrong


@pytest.mark.parametrize(("values", "wrong"), NEVER_SHOWN)
def test_what_may_be_a_draft_but_not_public(values, wrong):
    assert said(always_wrong(a_pair(**values))) == []
    assert said(unready(a_pair(**values))) == wrong


@pytest.mark.parametrize("values", SHOWN)
def test_what_may_be_public(values):
    assert unready(a_pair(**values)) == []


@pytest.mark.parametrize(
    ("guess", "truth", "step", "fell"),
    [
        ("20861", "20861", "500", "exact"),
        ("21000", "20861", "500", "exact"),  # no handle can come nearer
        ("22500", "20861", "500", "close"),
        ("34000", "20861", "500", "over"),
        ("18500", "20861", "500", "under"),
        ("19", "19", "1", "exact"),
        ("18", "19", "1", "close"),
        ("0", "0", "1", "exact"),
        ("1", "0", "1", "over"),
    ],
)
def test_how_near_a_guess_comes(guess, truth, step, fell):
    assert verdict(Decimal(guess), Decimal(truth), step=Decimal(step)) == fell


@pytest.mark.parametrize(
    ("drawing", "figure", "whole", "can"),
    [
        ("", None, None, True),
        ("people", None, None, False),
        ("people", 0, None, False),
        ("people", 72237, None, True),
        ("daylight", 24, None, True),
        ("daylight", 25, None, False),
        ("clock", -1, None, False),
        ("roof", 13, None, False),
        ("lit", 7, 25, True),
        ("lit", 26, 25, False),
        ("lit", 7, 61, False),
        ("years", 1969, None, True),
        ("years", 19, None, False),
        ("hearts", 3, None, False),
    ],
)
def test_what_can_be_drawn(drawing, figure, whole, can):
    amount = None if figure is None else Decimal(figure)
    assert can_draw(drawing, amount, whole=None if whole is None else Decimal(whole)) is can


def test_whole_pair_is_whole():
    assert WHOLE.sides[0].source
    assert unready(WHOLE) == []
