"""How a course is scored, what comes next, how a lesson is read: tables, no database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hermanar.museum.rules.courses import is_passed, minutes, needed, next_lesson, score
from hermanar.museum.rules.lesson_text import Span, blocks_of, plain, sources_named, spans_of

KEY = {"r1": "a", "r2": "b", "r3": "c", "r4": "a"}


@pytest.mark.parametrize(
    ("answers", "right", "wrong", "missing"),
    [
        ({}, 0, (), ("r1", "r2", "r3", "r4")),
        (KEY, 4, (), ()),
        ({**KEY, "r2": "a"}, 3, ("r2",), ()),
        ({**KEY, "r9": "a"}, 4, (), ()),  # what nobody asked
        ({"r1": "a", "r2": ""}, 1, (), ("r2", "r3", "r4")),
        ({"r1": "b", "r2": "a", "r3": "a", "r4": "b"}, 0, ("r1", "r2", "r3", "r4"), ()),
    ],
)
def test_score(answers, right, wrong, missing):
    found = score(KEY, answers)
    assert (found.right, found.wrong, found.missing, found.total) == (right, wrong, missing, 4)


@pytest.mark.parametrize(
    ("right", "total", "pass_percent", "passes", "percent"),
    [
        (3, 4, 75, True, 75), (2, 4, 75, False, 50), (2, 3, 67, False, 66), (2, 3, 66, True, 66), (6, 8, 75, True, 75),
        (5, 8, 75, False, 62), (1, 1, 100, True, 100), (0, 1, 1, False, 0), (0, 0, 1, False, 0),
    ],
)  # fmt: skip
def test_passing_never_rounds_up(right, total, pass_percent, passes, percent):
    key = {f"r{n}": "a" for n in range(total)}
    found = score(key, {name: "a" if n < right else "b" for n, name in enumerate(key)})
    assert is_passed(found, pass_percent=pass_percent) is passes
    assert found.percent == percent


@given(total=st.integers(1, 60), pass_percent=st.integers(1, 100))
def test_what_is_needed_is_the_least_that_passes(total, pass_percent):
    least = needed(total, pass_percent=pass_percent)
    key = {f"r{n}": "a" for n in range(total)}
    for right, passes in ((least, True), (least - 1, False)):
        found = score(key, {name: "a" if n < right else "b" for n, name in enumerate(key)})
        assert is_passed(found, pass_percent=pass_percent) is passes


@pytest.mark.parametrize(
    ("passed", "after", "following"),
    [((), 0, 1), ((1,), 1, 2), ((1, 2), 2, 4), ((2, 4), 4, 1), ((1, 2, 4), 2, None), ((), 2, 4), ((9,), 0, 1)],
)
def test_next_lesson(passed, after, following):
    assert next_lesson((1, 2, 4), passed, after=after) == following


def test_time_to_read_is_told_and_never_nothing():
    assert minutes("") == 1
    assert minutes("palabra " * 360) == 2
    assert minutes("palabra " * 360, questions=6) == 4


LESSON = """## Un título

Un párrafo
de dos renglones, con *fuerza* [2].

- uno
- dos [1]

1. primero
2. segundo

> dicho

= 1 de 34 | activo [3]

o 1/34 | en Guanajuato [3]
o 7/25 | en Cuenca

% Qué son
% 80 | cultura [4]
% 9 | asistencia"""


def test_lesson_is_read_into_blocks():
    blocks = blocks_of(LESSON)
    assert [block.kind for block in blocks] == [
        "heading", "paragraph", "list", "steps", "quote", "figures", "tally", "bars",
    ]  # fmt: skip
    assert blocks[1].items[0].spans == (
        Span("Un párrafo de dos renglones, con "), Span("fuerza", "strong"), Span("2", "source"), Span("."),
    )  # fmt: skip
    assert [plain(item.spans) for item in blocks[3].items] == ["primero", "segundo"]
    assert (blocks[5].items[0].value, blocks[5].items[0].text) == ("1 de 34", "activo")
    assert [(item.lit, item.total) for item in blocks[6].items] == [(1, 34), (7, 25)]
    assert (blocks[7].caption, [item.value for item in blocks[7].items]) == ("Qué son", ["80", "9"])
    assert sources_named(blocks) == {1, 2, 3, 4}


@pytest.mark.parametrize(
    "text",
    ["o 35/34 | de más", "o 1/999 | sin fin", "% 101 | de más", "= sin raya", "##sin espacio", "<b>[x]</b>", "%", "- "],
)
def test_what_is_no_block_stays_words(text):
    (block,) = blocks_of(text)
    assert block.kind == "paragraph"
    assert block.items[0].text == text.strip()


@given(st.text(max_size=400))
def test_no_text_is_too_strange_to_read(text):
    for block in blocks_of(text):
        assert block.items or block.kind == "bars"
    assert "".join(span.text for span in spans_of(text)) is not None
