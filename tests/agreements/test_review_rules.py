"""Where a passage went, and what the checklist of a review says: pure rules on plain values."""

from __future__ import annotations

import datetime as dt

import pytest

from hermanar.agreements.rules.passages import follow
from hermanar.agreements.rules.review import ReviewFacts, Where, checklist
from hermanar.agreements.vocabulary import Standing
from hermanar.agreements.vocabulary.procedure import PassageState
from hermanar.agreements.vocabulary.review import SOURCES, Point, Verdict

TERM = "Este Acuerdo surte efectos desde su firma y dura tres años, prorrogables por periodos iguales."
COSTS = "Cada Parte sufragará los gastos de su participación con los recursos de su propio presupuesto."
CULTURE = "Las Partes cooperarán en cultura, turismo y educación, según lo que convengan cada año."
TEXT = ["Acuerdo de hermanamiento", CULTURE, COSTS, TERM]


def found(quote, number, *versions):
    passage = follow(quote, number=number, versions=[TEXT, *versions])
    return passage.state, passage.number, passage.text


@pytest.mark.parametrize(
    ("quote", "number", "newer", "expected"),
    [
        (TERM, 4, TEXT, (PassageState.SAME, 4, TERM)),
        (TERM, 4, ["Título", "Nuevo párrafo que no estaba.", *TEXT[1:]], (PassageState.SAME, 5, TERM)),
        ("tres años", 4, TEXT[::-1], (PassageState.SAME, 1, "tres años")),
        (
            "dura tres años",
            4,
            [*TEXT[:3], TERM.replace("tres", "cinco")],
            (PassageState.CHANGED, 4, "dura cinco años"),
        ),
        ("tres", 4, [*TEXT[:3], TERM.replace("tres", "cinco")], (PassageState.CHANGED, 4, "cinco")),
        (
            ", prorrogables por periodos iguales",
            4,
            [*TEXT[:3], TERM.replace(", prorrogables por periodos iguales", "")],
            (PassageState.VANISHED, None, ", prorrogables por periodos iguales"),
        ),
        (TERM, 4, TEXT[:3], (PassageState.VANISHED, None, TERM)),
        (TERM, 4, [], (PassageState.VANISHED, None, TERM)),
        ("Acuerdo de hermanamiento", 1, TEXT[1:], (PassageState.VANISHED, None, "Acuerdo de hermanamiento")),
        (
            "con los recursos de su propio presupuesto",
            3,
            [TEXT[0], "Los viajes de las delegaciones se pagarán con recursos de su propio presupuesto, y nadie más."],
            (PassageState.CHANGED, 2, "pagarán con recursos de su propio presupuesto"),
        ),
    ],
)
def test_passage_is_followed_by_likeness(quote, number, newer, expected):
    assert found(quote, number, newer) == expected


def test_passage_that_stands_twice_stays_with_its_own_paragraph():
    old = ["Las Partes convienen en la cultura del agua.", "Las Partes convienen en la salud de todos."]
    newer = ["Preámbulo", *old]
    assert follow("Las Partes convienen", number=2, versions=[old, newer]).number == 3
    assert follow("Las Partes convienen", number=1, versions=[old, newer]).number == 2


def test_passage_is_followed_through_every_version_between():
    second = [*TEXT[:3], TERM.replace("dura tres años", "tendrá una vigencia de tres años")]
    third = ["Título", *second[:3], second[3].replace("tendrá una vigencia de tres años", "regirá por cinco años")]
    state, number, text = found("dura tres años", 4, second, third)
    assert (state, number) == (PassageState.CHANGED, 5)
    assert "cinco años" in text
    assert found("dura tres años", 4, TEXT[:3], TEXT)[0] is PassageState.VANISHED, "once gone it stays so"


def test_quote_that_its_version_never_said_has_vanished():
    assert found("algo que no está", 2)[0] is PassageState.VANISHED
    assert follow("x", number=1, versions=[]).state is PassageState.VANISHED


def facts(**values):
    base = {
        "counterparts": (Standing.GOVERNMENT,),
        "areas": ("cultura",),
        "languages": ("es", "en"),
        "asked_on": dt.date(2026, 5, 4),
        "planned_signature_on": dt.date(2026, 6, 1),
        "texts": {"es": TEXT, "en": ["The Parties shall bear the cost from their own budgets."]},
    }
    return ReviewFacts(**{**base, **values})


def verdict(point, **values):
    return next((check.verdict for check in checklist(facts(**values)) if check.point is point), None)


@pytest.mark.parametrize(
    ("point", "values", "expected"),
    [
        (Point.COUNTERPART, {}, Verdict.MET),
        (Point.COUNTERPART, {"counterparts": (Standing.PRIVATE,)}, Verdict.NOT_MET),
        (Point.COUNTERPART, {"counterparts": (Standing.GOVERNMENT, Standing.PRIVATE)}, Verdict.NOT_MET),
        (Point.COUNTERPART, {"counterparts": ()}, Verdict.NOT_MET),
        (Point.POWERS, {}, Verdict.ASK),
        (Point.LEAD_FEDERAL, {}, None),
        (Point.LEAD_FEDERAL, {"counterparts": (Standing.INTERNATIONAL,)}, Verdict.ASK),
        (Point.LEAD_TIME, {}, Verdict.MET),
        (Point.LEAD_TIME, {"asked_on": dt.date(2026, 5, 18)}, Verdict.MET),
        (Point.LEAD_TIME, {"asked_on": dt.date(2026, 5, 19)}, Verdict.NOT_MET),
        (Point.LEAD_TIME, {"planned_signature_on": None}, Verdict.ASK),
        (Point.LANGUAGES, {}, Verdict.MET),
        (Point.LANGUAGES, {"languages": ("es", "en", "fr")}, Verdict.NOT_MET),
        (Point.LANGUAGES, {"languages": ()}, Verdict.NOT_MET),
        (Point.FINANCING, {}, Verdict.SAID),
        (Point.TERM, {}, Verdict.NOT_SAID),
        (Point.TERM, {"texts": {"es": TEXT}}, Verdict.SAID),
        (Point.TERM, {"texts": {"ja": ["何か"]}}, Verdict.ASK),
        (Point.TRIBUNALS, {}, Verdict.ASK),
        (Point.TRIBUNALS, {"texts": {"es": ["Se someterán a arbitraje."]}}, Verdict.SAID),
        (Point.TRIBUNALS, {"texts": {"en": ["The courts of Oregon shall decide."]}}, Verdict.SAID),
    ],
)
def test_checklist_tells_only_what_record_and_text_tell(point, values, expected):
    assert verdict(point, **values) is expected


def test_checklist_points_at_paragraphs_and_at_the_language_that_is_silent():
    checks = {check.point: check for check in checklist(facts())}
    assert checks[Point.FINANCING].places == (Where("es", 3), Where("en", 1))
    assert checks[Point.TERM].because == ("en",)
    assert checks[Point.TERM].places == (Where("es", 4),)
    assert [check.point for check in checklist(facts())] == [
        point for point in Point if point is not Point.LEAD_FEDERAL
    ]
    assert all(check.source for check in checks.values())
    assert set(SOURCES) == set(Point)
