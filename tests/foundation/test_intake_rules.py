"""What a kind may hold, what may be done in each state, and how long each is kept."""

from __future__ import annotations

import datetime as dt

import pytest

from hermanar.foundation.intake.kinds import CONSENTS, FIELD_LABELS, KIND_LABELS, SHAPES, STATE_LABELS, STEP_LABELS
from hermanar.foundation.intake.rules import (
    ContentError,
    Fault,
    Field,
    Form,
    IntakeRefusedError,
    Kind,
    Mark,
    Shape,
    State,
    Step,
    allowed,
    check,
    cleaned,
    forget_on,
    likeness,
    marks,
    plain,
    target,
)

PUBLIC = {
    State.WAITING: {Step.PUBLISH, Step.REFUSE, Step.REMOVE},
    State.PUBLISHED: {Step.RECONSIDER, Step.REPORT, Step.HIDE, Step.REMOVE},
    State.REPORTED: {Step.REPORT, Step.RESTORE, Step.HIDE, Step.REMOVE},
    State.HIDDEN: {Step.RESTORE, Step.REMOVE},
    State.REFUSED: {Step.RECONSIDER, Step.REMOVE},
    State.SETTLED: {Step.RECONSIDER, Step.REMOVE},
    State.REMOVED: set(),
}
PRIVATE = {
    State.WAITING: {Step.REFUSE, Step.SETTLE, Step.REMOVE},
    State.SETTLED: {Step.RECONSIDER, Step.REMOVE},
}
SHAPE = Shape(
    (
        Field("text", Form.TEXT, 10, is_required=True),
        Field("line", Form.LINE, 10),
        Field("city", Form.SLUG, 10),
        Field("wall", Form.CODE, choices=frozenset({"ochre"})),
        Field("stamps", Form.CODES, 2, choices=frozenset({"sun", "moon"})),
        Field("people", Form.NUMBER, 40),
        Field("mail", Form.EMAIL, 60),
        Field("day", Form.DATE, 10),
        Field("file", Form.UUID, 36),
    ),
    {State.WAITING: 180, State.REFUSED: 30},
)


@pytest.mark.parametrize("state", State)
def test_the_states_are_a_table(state):
    assert set(allowed(state, is_public=True)) == PUBLIC[state]
    for step in Step:
        if step in PUBLIC[state]:
            check(step, state, is_public=True)
        else:
            with pytest.raises(IntakeRefusedError) as refused:
                check(step, state, is_public=True)
            assert (refused.value.step, refused.value.state) == (step, state)


@pytest.mark.parametrize("state", PRIVATE)
def test_what_is_not_for_the_public_has_no_step_that_shows_it(state):
    assert set(allowed(state, is_public=False)) == PRIVATE[state]


def test_every_step_leads_somewhere_and_every_word_is_there():
    assert {target(step) for step in Step} == set(State)
    assert set(SHAPES) == set(KIND_LABELS) == set(Kind)
    assert set(STATE_LABELS) == set(State)
    assert set(STEP_LABELS) == set(Step)
    assert all(one.name in FIELD_LABELS for shape in SHAPES.values() for one in shape.fields)
    assert all(str(text) for text in CONSENTS.values())


@pytest.mark.parametrize("kind", Kind)
def test_nothing_that_nobody_decided_on_is_kept_for_ever(kind):
    days = SHAPES[kind].days
    assert days[State.WAITING]
    assert days[State.REFUSED]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ({}, {"text": Fault.MISSING}),
        ({"text": " \n\t "}, {"text": Fault.MISSING}),
        ({"text": "\x00\x00"}, {"text": Fault.MISSING}),
        ({"text": "x" * 11}, {"text": Fault.TOO_LONG}),
        ({"text": "x" * 1_000_000}, {"text": Fault.TOO_LONG}),
        ({"text": 3}, {"text": Fault.NOT_OF_FORM}),
        ({"text": "a", "who": "b"}, {"who": Fault.UNKNOWN}),
        ({"text": "a", "city": "../etc"}, {"city": Fault.NOT_OF_FORM}),
        ({"text": "a", "city": "León"}, {"city": Fault.NOT_OF_FORM}),
        ({"text": "a", "wall": "url(x)"}, {"wall": Fault.NOT_OF_FORM}),
        ({"text": "a", "stamps": ["sun", "evil"]}, {"stamps": Fault.NOT_OF_FORM}),
        ({"text": "a", "stamps": [["sun"]]}, {"stamps": Fault.NOT_OF_FORM}),
        ({"text": "a", "stamps": "sun"}, {"stamps": Fault.NOT_OF_FORM}),
        ({"text": "a", "stamps": ["sun"] * 3}, {"stamps": Fault.TOO_LONG}),
        ({"text": "a", "people": 41}, {"people": Fault.NOT_OF_FORM}),
        ({"text": "a", "people": -1}, {"people": Fault.NOT_OF_FORM}),
        ({"text": "a", "people": True}, {"people": Fault.NOT_OF_FORM}),
        ({"text": "a", "mail": "nobody"}, {"mail": Fault.NOT_OF_FORM}),
        ({"text": "a", "mail": "a@b.mx\nBcc: c@d.mx"}, {"mail": Fault.NOT_OF_FORM}),
        ({"text": "a", "day": "2026-02-30"}, {"day": Fault.NOT_OF_FORM}),
        ({"text": "a", "file": "x"}, {"file": Fault.NOT_OF_FORM}),
    ],
)
def test_a_content_is_what_its_kind_may_hold(content, faults):
    with pytest.raises(ContentError) as wrong:
        cleaned(SHAPE, content)
    assert wrong.value.faults == faults


def test_a_content_is_kept_in_one_form():
    given = {
        "text": " a\r\nb \x00\u202ec", "line": "a\nb", "city": "leon", "wall": "ochre", "stamps": ["sun"], "people": 40,
        "mail": "a@b.mx", "day": "2026-02-28", "file": "0198a1b2-0000-7000-8000-000000000000",
    }  # fmt: skip
    assert cleaned(SHAPE, given) == {**given, "text": "a\nb c", "line": "a b"}
    assert cleaned(SHAPE, {"text": "a", "line": "", "stamps": []}) == {"text": "a"}


def test_a_script_is_a_text_like_any_other():
    assert plain("<script>") == "<script>"


@pytest.mark.parametrize(
    ("text", "seconds", "is_trapped", "is_repeated", "found"),
    [
        ("Hola, vecinos", 60, False, False, []),
        ("mire https://x", 60, False, False, [Mark.LINK]),
        ("mire casino-gratis.xyz", 60, False, False, [Mark.LINK]),
        ("llame al +52 473 732 0000", 60, False, False, [Mark.PERSONAL]),
        ("ana@example.org", 60, False, False, [Mark.LINK, Mark.PERSONAL]),
        ("desde 1998, 26 años", 60, False, False, []),
        ("Hola", 1, True, True, [Mark.TRAP, Mark.QUICK, Mark.REPEAT]),
    ],
)
def test_marks_tell_a_person_where_to_look(text, seconds, is_trapped, is_repeated, found):
    assert marks(text, seconds=seconds, is_trapped=is_trapped, is_repeated=is_repeated) == found


def test_likeness_passes_over_case_accents_and_signs():
    assert likeness("¡Hola, León!") == likeness("hola leon") != likeness("adiós")
    assert likeness("¡¡ !!") == ""


def test_a_day_to_be_forgotten_follows_from_the_state():
    day = dt.date(2026, 1, 1)
    assert forget_on(SHAPE, State.REFUSED, since=day) == dt.date(2026, 1, 31)
    assert forget_on(SHAPE, State.PUBLISHED, since=day) is None
