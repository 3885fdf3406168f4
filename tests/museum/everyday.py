"""Pairs to test with: one that is whole in every way, and what changes in it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hermanar.museum.rules.pairs import PairDraft, SideDraft

LEFT = SideDraft(
    place="guanajuato",
    answer="Tres personas",
    answer_en="Three people",
    source="Censo",
    source_en="Census",
    address="https://example.org/censo",
    passage="cuadro 1",
    as_of="2020",
    figure=Decimal(3),
)
RIGHT = replace(LEFT, place="leon", answer="Dos personas", answer_en="Two people", figure=Decimal(2))
WHOLE = PairDraft(
    slug="cuantos-bajo-un-techo",
    theme="home",
    mode="guess",
    question="¿Cuántos viven en una casa?",
    question_en="How many live in a house?",
    note="Una menos.",
    note_en="One less.",
    unit="personas",
    unit_en="people",
    lowest=Decimal(0),
    highest=Decimal(10),
    step=Decimal(1),
    drawing="roof",
    sides=(LEFT, RIGHT),
)


def a_pair(**values):
    """Return the whole pair with other values; `left` and `right` change its sides."""
    left, right = values.pop("left", {}), values.pop("right", {})
    return replace(WHOLE, sides=(replace(LEFT, **left), replace(RIGHT, **right)), **values)


UNKNOWN = {"answer": "", "answer_en": "", "source": "", "source_en": "", "address": "", "as_of": "", "figure": None}
WORDS = {"figure": None}
TURNED = {"mode": "turn", "drawing": "", "unit": "", "lowest": None, "highest": None, "step": None}
