"""The pages on which a tie begins: what is told is kept once, what is wrong is said where, people decide."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import AreaOfCooperation, Stage
from hermanar.console.proving import flaws
from hermanar.cooperation.actions import EntryDraft, record_activity
from hermanar.cooperation.actions.files_of_ties import WhichFile
from hermanar.cooperation.models import (
    AnnualProgramme,
    Candidate,
    PlannedActivity,
    Selection,
    Stakeholder,
    TwinningRequest,
    WorkPlan,
)
from hermanar.cooperation.vocabulary import ActivityKind
from hermanar.cooperation.vocabulary.path import Phase
from hermanar.cooperation.vocabulary.plans import Demand
from hermanar.cooperation.vocabulary.requests import Answer, RequestSide
from hermanar.cooperation.vocabulary.selection import SuggestedCriterion
from hermanar.cooperation.vocabulary.stakeholders import ActorClass, Resource, TieSide
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.papers import text_of
from hermanar.foundation.papers.reading import PDF, WORD
from hermanar.planning.models import Assessment, Outline
from hermanar.planning.vocabulary import REACH, AssessmentStage, Subject
from hermanar.workspace.beginnings import points
from hermanar.workspace.dossier.knowing import known_on
from hermanar.workspace.due import due_lines
from tests import factories as make
from tests.beginnings import DAY, Beginning
from tests.committees import DrivenCommittee

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(standing_cast, db):
    return standing_cast


@pytest.fixture
def director(cast, everyone):
    return everyone[cast.office.slug, "director"]


@pytest.fixture
def analyst(cast, everyone):
    return everyone[cast.office.slug, "analyst"]


@pytest.fixture
def office(cast):
    return Beginning(cast)


def at(name, *arguments):
    return reverse(f"workspace:{name}", args=arguments)


def said(answer):
    return answer.content.decode()


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def asking(office, **values):
    first = {
        "key": uuid4(), "version": 0, "side": "received", "city": "Ashland", "requester": "Dana Reed",
        "on": (office.today - 3 * DAY).isoformat(), "asks": "Hermanarse con Guanajuato", "link": "Sus universidades",
    }  # fmt: skip
    return {**first, **values}


# ── requests ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_request_sent_twice_is_taken_in_once_and_is_due(office, director):
    typed = asking(office, answer_by=(office.today + DAY).isoformat())
    first, again = (director.post(at("receive_request"), typed) for _ in range(2))
    kept = TwinningRequest.objects.get()
    assert first.url == again.url == at("request", kept.pk)
    assert kept.place == office.cast.ashland
    [line] = [one for one in due_lines(office.cast.office) if one.key == f"solicitud-{kept.pk}"]
    assert (line.on, line.address, line.agreement) == (kept.answer_by, at("request", kept.pk), "Ashland")
    assert at("request", kept.pk) in said(director.get(at("home")))
    assert "Ashland" in said(director.get(at("beginnings")))
    office.answered(kept)
    assert not [one for one in due_lines(office.cast.office) if one.key.startswith("solicitud")]


def test_an_accepted_request_without_a_file_is_due_until_it_has_one(office, director, analyst):
    kept = office.answered(office.received(place=None, city="Villa"), file=WhichFile())
    address = at("file_request", kept.pk)
    [line] = [one for one in due_lines(office.cast.office) if one.key == f"solicitud-{kept.pk}-expediente"]
    assert (line.on, line.since, line.address) == (None, kept.answered_on, address)
    assert address in said(director.get(at("request", kept.pk)))
    typed = {"version": kept.version, "searched": "Villa", "city": "Villa", "file": "new"}
    shown = director.post(address, typed)
    assert "Falta saber qué lugar del directorio" in shown.context["form"].errors["file"][0]
    for _click in range(2):
        done = director.post(address, {**typed, "city": "Ashland"})
        assert done.url == at("request", kept.pk)
    kept.refresh_from_db()
    assert (kept.place, Agreement.objects.get()) == (office.cast.ashland, kept.agreement)
    assert not [one for one in due_lines(office.cast.office) if one.key.startswith("solicitud")]
    waiting = office.received()
    assert director.get(at("file_request", waiting.pk)).status_code == 404


def test_a_name_of_several_places_is_asked_about_and_an_unknown_one_kept_as_written(office, director):
    other = make.place("Ashland", code="ES")
    asked = director.post(at("receive_request"), asking(office))
    assert "Elija cuál es" in said(asked)
    assert not TwinningRequest.objects.exists()
    typed = asking(office, searched="Ashland", place=str(other.pk))
    director.post(at("receive_request"), typed)
    assert TwinningRequest.objects.get().place == other
    director.post(at("receive_request"), asking(office, searched="Ashland", place="none"))
    assert TwinningRequest.objects.filter(place__isnull=True).count() == 1
    director.post(at("receive_request"), asking(office, city="Villa sin mapa"))
    assert TwinningRequest.objects.get(city="Villa sin mapa").place is None


def test_what_is_wrong_in_a_request_is_said_beside_its_field(office, director):
    bad = asking(office, city="Villa sin mapa", on=(office.today + DAY).isoformat())
    shown = director.post(at("receive_request"), bad)
    assert shown.context["form"].errors["on"] == ["La fecha está por venir: asiente lo que ya ocurrió."]
    assert "Sus universidades" in said(shown)
    shown = director.post(at("receive_request"), asking(office, answer_by="2020-01-01"))
    assert list(shown.context["form"].errors) == ["answer_by"]


def test_whoever_comes_second_sees_what_changed_and_keeps_what_was_typed(office, director):
    kept = office.received(link="Minas")
    page = director.get(at("mend_request", kept.pk))
    typed = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    typed = {name: value for name, value in typed.items() if value is not None} | {"asks": "Lo mío"}
    office.mended(kept, requester="Alcaldía", link="Minas")
    stale = director.post(at("mend_request", kept.pk), typed)
    assert "Otra persona lo cambió" in said(stale)
    assert "Alcaldía" in said(stale)
    assert "Lo mío" in said(stale)
    kept.refresh_from_db()
    assert kept.asks == "Hermanarse con Guanajuato"


def test_an_accepted_request_leads_to_the_path_of_its_file(office, director):
    kept = office.received()
    typed = {"version": 1, "answer": "accepted", "on": office.today, "reason": "Sus universidades", "file": "new"}
    for _pressed in range(2):
        assert director.post(at("answer_request", kept.pk), typed).status_code == 302
    kept.refresh_from_db()
    assert (kept.answer, Agreement.objects.count()) == (Answer.ACCEPTED, 1)
    shown = said(director.get(at("path", kept.agreement_id)))
    assert "Solicitud de Dana Reed, aceptada" in shown
    assert "fase 3 de 7" in shown


def test_what_was_answered_already_is_said_to_who_answers_otherwise(office, director):
    kept = office.received()
    office.answered(kept, Answer.DECLINED, reason="No", file=WhichFile())
    typed = {"version": 1, "answer": "accepted", "on": office.today, "reason": "Sí", "file": "new"}
    assert "ya tiene respuesta" in said(director.post(at("answer_request", kept.pk), typed))


def test_a_request_without_a_link_or_place_is_told_what_it_lacks(office, director):
    kept = office.received(place=None, city="Villa", incentives=())
    page = said(director.get(at("request", kept.pk)))
    assert "No se ha escrito qué une a las dos ciudades" in page
    assert "No se sabe qué lugar del directorio es" in page
    typed = {"version": 1, "answer": "accepted", "on": office.today, "reason": "Sí", "file": "new"}
    assert "sin algo que las una" in said(director.post(at("answer_request", kept.pk), typed))


@pytest.mark.parametrize(("format_", "kind"), [("docx", WORD), ("pdf", PDF)])
@pytest.mark.parametrize(
    ("answer", "language", "words"),
    [
        (Answer.ACCEPTED, "es", "la acepta y ha comenzado a preparar el hermanamiento"),
        (Answer.ACCEPTED, "en", "requires the opinion of the Ministry of Foreign Affairs"),
        (Answer.DECLINED, "es", "por ahora Guanajuato no puede emprender"),
        (Answer.DECLINED, "en", "does not close the door"),
    ],
)
def test_the_letter_says_the_answer_and_never_the_offices_own_reason(
    office, director, answer, language, words, format_, kind
):
    kept = office.received(requester_post="Mayor")
    office.answered(kept, answer, reason="Motivo interno", reply_es="Va el párrafo.", reply_en="Here it goes.")
    given = director.get(at("request_letter", kept.pk, language, format_))
    text = " ".join(text_of(given.content, kind))
    for part in (words, "Dana Reed", "Mayor", "Ashland", "Va el párrafo." if language == "es" else "Here it goes."):
        assert "".join(part.split()) in "".join(text.split())
    assert "Motivo interno" not in text


def test_there_is_no_letter_before_an_answer_to_oneself_or_in_another_form(office, director):
    kept, sent = office.received(), office.received(side=RequestSide.SENT)
    office.answered(sent)
    done = office.answered(office.received())
    for address in (
        at("request_letter", kept.pk, "es", "docx"),
        at("request_letter", sent.pk, "es", "docx"),
        at("request_letter", done.pk, "fr", "docx"),
        at("request_letter", done.pk, "es", "odt"),
        at("requests_table", "ods"),
    ):
        assert director.get(address).status_code == 404, address
    office.answered(kept, Answer.WITHDRAWN, reason="Repetida", file=WhichFile())
    assert director.get(at("request_letter", kept.pk, "es", "docx")).status_code == 404


def test_the_table_of_requests_says_what_the_page_says(office, director):
    office.answered(office.received())
    office.received(city="Villa", place=None)
    rows = rows_of(director.get(at("requests_table", "csv")))
    assert [(row["ciudad"], row["respuesta"]) for row in rows] == [("Villa", "sin respuesta"), ("Ashland", "aceptada")]


# ── the choice of a city ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_selection_goes_from_suggestions_to_a_decision(office, director):
    begun = {"key": uuid4(), "title": "Una ciudad minera", "suggested": ["link", "academic"]}
    for _pressed in range(2):
        director.post(at("begin_selection"), begun)
    kept = Selection.objects.get()
    link, academic = kept.criteria.all()
    assert "2 criterios no tienen peso todavía" in said(director.get(at("selection", kept.pk)))
    weights = {"version": 1, f"weight_{link.pk}": 10, f"weight_{academic.pk}": 5, "name": "Vuelo", "weight": 0}
    assert director.post(at("weigh_criteria", kept.pk), weights).status_code == 302
    for name in ("Ashland", "Villa sin mapa"):
        director.post(at("add_candidate", kept.pk), {"key": uuid4(), "city": name})
    first, second = Candidate.objects.order_by("name")
    version = office.version(kept)
    bad = director.post(at("mark_candidate", first.pk), {"version": version, f"value_{link.pk}": "4"})
    assert "Falta el porqué de esa calificación" in said(bad)
    good = {"version": version, f"value_{link.pk}": "4", f"reason_{link.pk}": "Minas de plata"}
    assert director.post(at("mark_candidate", first.pk), good).status_code == 302
    page = said(director.get(at("selection", kept.pk)))
    assert "entre 53.3 y 86.7: falta 1 calificación" in page
    assert "Minas de plata" in page
    version = office.version(kept)
    choice = {"version": version, "candidate": first.pk, "on": office.today, "decider": "Cabildo", "reason": "Plata"}
    for _pressed in range(2):
        assert director.post(at("decide_city", kept.pk), {**choice, "file": "new"}).status_code == 302
    page = said(director.get(at("selection", kept.pk)))
    assert "Se eligió a Ashland" in page
    assert at("path", Agreement.objects.get().pk) in page
    assert second.name in page


def test_a_weight_beyond_ten_is_refused_at_its_field(office, director):
    kept = office.begun()
    [link] = kept.criteria.all()
    shown = director.post(at("weigh_criteria", kept.pk), {"version": 1, f"weight_{link.pk}": 11})
    assert list(shown.context["form"].errors) == [f"weight_{link.pk}"]
    shown = director.post(at("weigh_criteria", kept.pk), {"version": 1, "weight": 3})
    assert "Falta el nombre" in said(shown)


def test_the_table_of_a_comparison_holds_every_mark_and_reason(office, director):
    one = office.compared()
    office.candidate(one.selection, "Tyler")
    [first, second] = rows_of(director.get(at("selection_table", one.selection_id, "csv")))
    link = str(SuggestedCriterion.LINK.label)
    assert (first["lugar"], first["candidata"], first["puntos de 100, al menos"]) == ("1", "Ashland", "86.7")
    assert (first[f"{link} (peso 10)"], first[f"por qué: {link}"]) == ("4", "Consta en el acta")
    assert (second["lugar"], second["calificaciones que faltan"]) == ("", "2")
    answer = director.get(at("selection_table", one.selection_id, "xlsx"))
    assert answer.status_code == 200


def test_a_request_is_compared_and_one_left_out_comes_back(office, director):
    request, kept = office.received(), office.begun()
    director.post(at("add_candidate", kept.pk), {"key": uuid4(), "city": "", "request": request.pk})
    one = Candidate.objects.get()
    assert (one.request, one.name) == (request, "Ashland")
    file = office.file()
    page = said(director.get(at("mark_candidate", one.pk)))
    assert file.title_es in page  # what is there already between the two
    assert "Hermanarse con Guanajuato" in page
    assert "Una ciudad de Japón" in said(director.get(at("request", request.pk)))
    director.post(at("leave_out_candidate", one.pk), {"version": office.version(kept), "reason": "Se retiró"})
    assert "Se retiró" in said(director.get(at("selection", kept.pk)))
    director.post(at("leave_out_candidate", one.pk), {"version": office.version(kept)})
    one.refresh_from_db()
    assert one.left_out == ""


def test_a_decision_is_filed_later_and_reopened(office, director):
    one = office.compared()
    office.chosen(one)
    kept = one.selection
    filed = {"version": office.version(kept), "file": "new"}
    for _pressed in range(2):
        assert director.post(at("file_choice", kept.pk), filed).status_code == 302
    assert Agreement.objects.count() == 1
    director.post(at("reopen_selection", kept.pk), {"version": office.version(kept), "reason": "El Cabildo cambió"})
    assert "El Cabildo cambió" in said(director.get(at("selection", kept.pk)))
    for name in ("file_choice", "reopen_selection"):
        assert director.get(at(name, kept.pk)).status_code == 404


def test_the_list_asks_as_much_for_three_as_for_one(office, director, django_assert_num_queries):
    def fill():
        office.answered(office.received(), Answer.DECLINED, reason="No", file=WhichFile())
        office.received(city="Villa", place=None)
        office.chosen(office.compared())

    fill()
    with CaptureQueriesContext(connection) as one:
        director.get(at("beginnings"))
    fill()
    fill()
    with django_assert_num_queries(len(one)):
        assert said(director.get(at("beginnings"))).count("Se eligió a Ashland") == 3


def test_a_name_and_purpose_are_changed(office, director):
    kept = office.begun()
    director.post(at("edit_selection", kept.pk), {"version": 1, "title": "Asia", "purpose": "Minas"})
    assert "Minas" in said(director.get(at("selection", kept.pk)))


@pytest.mark.parametrize(("value", "told"), [(0, "0.0"), (100, "100.0"), (66.666, "66.7"), (0.05, "0.1")])
def test_points_have_one_decimal(value, told):
    assert points(Fraction(value).limit_denominator(1000)) == told


# ── who takes part ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_map_shows_both_sides_and_where_nobody_is(office, director):
    file = office.file()
    page = director.get(at("stakeholders", file.pk))
    assert len(page.context["map"].empty) == 6
    typed = {
        "key": uuid4(),
        "side": "own",
        "kind": "other",
        "name": "Universidad",
        "part": "Recibe",
        "resources": "human",
    }
    for _pressed in range(2):
        director.post(at("name_stakeholder", file.pk), typed)
    office.named(file, side=TieSide.OTHER, kind=ActorClass.PUBLIC, name="City of Ashland", resources=[Resource.SOCIAL])
    page = director.get(at("stakeholders", file.pk))
    states = {row.kind: row.state for row in page.context["map"].rows}
    assert states == {
        ActorClass.SUPRANATIONAL: "none", ActorClass.INTERNATIONAL: "none", ActorClass.PUBLIC: "other",
        ActorClass.CIVIL_SOCIETY: "none", ActorClass.PRIVATE: "none", ActorClass.OTHER: "own",
    }  # fmt: skip
    assert len(page.context["map"].empty) == 4
    assert Stakeholder.objects.count() == 2
    rows = rows_of(director.get(at("stakeholders_table", file.pk, "csv")))
    assert {row["organización"] for row in rows} == {"Universidad", "City of Ashland"}


def test_who_takes_part_is_mended_and_leaves(office, director):
    one = office.named(office.file())
    typed = {"version": 1, "side": "own", "kind": "other", "name": "UG", "part": "Da cursos"}
    assert director.post(at("stakeholder", one.pk), typed).url == at("stakeholders", one.agreement_id)
    gone = {"version": 2, "left_on": office.today, "reason": "Cambió de rector"}
    for _pressed in range(2):
        assert director.post(at("part_with_stakeholder", one.pk), gone).status_code == 302
    page = said(director.get(at("stakeholders", one.agreement_id)))
    assert "Cambió de rector" in page
    assert "La fecha está por venir" in said(
        director.post(
            at("part_with_stakeholder", office.named(one.agreement).pk),
            {"version": 1, "left_on": office.today + DAY, "reason": "x"},
        )
    )


# ── the path ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def phases(answer):
    return {one.facts.phase: one.facts.state.value for one in answer.context["path"].phases}


def test_a_stale_form_takes_over_what_was_not_touched(office, director):
    kept = office.begun(suggested=(SuggestedCriterion.LINK, SuggestedCriterion.ACADEMIC))
    address = at("weigh_criteria", kept.pk)
    page = director.get(address)
    shown = page.context["form"]
    typed = {name: shown[name].value() for name in shown.fields}
    typed = {name: value for name, value in typed.items() if value is not None} | {"read": page.context["read"]}
    assert 'name="read"' in said(page)
    first, second = [name for name in shown.fields if name.startswith("weight_")][:2]
    office.weighed(kept, 5, None)
    stale = director.post(address, {**typed, first: "", second: "7"})
    assert "Otra persona lo cambió" in said(stale)
    again = stale.context["form"]
    assert (again[first].value(), again[second].value()) == ("5", "7"), "a colleague's weight stays"
    retyped = {name: again[name].value() for name in again.fields if again[name].value() is not None}
    assert director.post(address, {**retyped, "read": stale.context["read"]}).status_code == 302
    assert sorted(kept.criteria.values_list("weight", flat=True)) == [5, 7]


def test_a_stale_form_that_did_not_ask_for_something_leaves_it(office, director):
    kept = office.received(link="Minas")
    typed = asking(office, version=kept.version, asks="Lo mío", searched="Ashland", place=str(office.cast.ashland.pk))
    del typed["link"]
    office.mended(kept, link="Sus minas y sus universidades")
    stale = director.post(at("mend_request", kept.pk), {**typed, "read": "[spoilt"})
    assert stale.context["form"]["link"].value() == "Sus minas y sus universidades"
    assert stale.context["form"]["asks"].value() == "Lo mío"


def test_a_path_opens_phase_by_phase_from_what_is_recorded(office, director):
    file = office.file()
    first = phases(director.get(at("path", file.pk)))
    assert first == {one: "open" if one is Phase.SELECTION else "closed" for one in Phase}
    office.chosen(office.compared(), file=WhichFile(file.pk))
    assert phases(director.get(at("path", file.pk)))[Phase.CONTACT] == "open"
    office.answered(office.received(), file=WhichFile(file.pk))
    page = director.get(at("path", file.pk))
    assert (phases(page)[Phase.CONTACT], phases(page)[Phase.ACTORS]) == ("done", "open")
    assert "Crear el comité de cultura" in said(page)
    office.named(file)
    page = director.get(at("path", file.pk))
    assert phases(page)[Phase.ACTORS] == "in_part"
    assert "Universidad de Guanajuato" in said(page)


def test_a_path_leads_only_who_may_and_says_who_else(office, analyst, director, everyone):
    file = office.file()
    reader = everyone[office.cast.office.slug, "reader"]
    link = f'href="{at("beginnings")}">Comparar ciudades'
    assert link in said(director.get(at("path", file.pk)))
    for who in (analyst, reader):
        page = said(who.get(at("path", file.pk)))
        assert link not in page
        assert "en la oficina lo asienta: dirección, coordinación, administración" in page


def test_a_path_leads_back_from_where_it_sends(office, director):
    file = office.file()
    office.answered(office.received(), file=WhichFile(file.pk))
    address = next(
        task.address
        for one in director.get(at("path", file.pk)).context["path"].phases
        for task in one.tasks
        if "nuestro lado" in task.words
    )
    typed = {"key": uuid4(), "side": "own", "kind": "other", "name": "Universidad", "part": "Recibe"}
    assert director.post(address, typed).url == at("path", file.pk)


def test_every_page_of_a_path_is_told_in_english(office, director):
    file = office.file()
    with translation.override("en"):
        for address in (at("path", file.pk), at("stakeholders", file.pk), at("beginnings")):
            assert director.get(address).status_code == 200


def test_countries_are_told_in_the_readers_language(office, director):
    office.cast.ashland.country.__class__.objects.filter(pk="US").update(
        name_es="Estados Unidos", name_en="United States"
    )
    request, candidate = office.received(), office.compared()
    with translation.override("en"):
        pages = [
            at("beginnings"),
            at("request", request.pk),
            at("selection", candidate.selection_id),
            at("mark_candidate", candidate.pk),
        ]
    for address in pages:
        shown = director.get(address).text
        assert "United States" in shown, address
        assert "Estados Unidos" not in shown, address


# ── the proof ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_verify_tells_what_was_changed_behind_the_verbs(office):
    request, one, actor = office.received(), office.compared(), office.named(office.file())
    assert flaws([]) == []
    TwinningRequest.objects.filter(pk=request.pk).update(city="Otra")
    Selection.objects.filter(pk=one.selection_id).update(title="Otra")
    Stakeholder.objects.filter(pk=actor.pk).update(part="Otra")
    told = [found.sentence for found in flaws([])]
    assert len(told) == 3
    for key in (request.pk, one.selection_id, actor.pk):
        assert any(str(key) in sentence for sentence in told)


def test_spoilt_keys_and_versions_break_nothing(office, director):
    file = office.file()
    for name, arguments in (("receive_request", ()), ("begin_selection", ()), ("name_stakeholder", (file.pk,))):
        answer = director.post(at(name, *arguments), {"key": "x", "version": "y", "side": "z", "place": "\x00"})
        assert answer.status_code == 200


def assessed(office, file, on, *, key="sustainability", closed=None):
    """Close an assessment of a tie on a day, or later."""
    told = {"position": 9, "subject": Subject.TIE, "title_es": f"Evaluación {key}", "intro_es": "-"}
    outline, _ = Outline.objects.get_or_create(key=key, defaults={**told, "source": make.source(key)})
    then = timezone.now() - (office.today - (closed or on))
    Assessment.objects.create(
        office=office.cast.office, outline=outline, agreement=file, on=on, stage=AssessmentStage.CLOSED,
        begun_at=then, ended_at=then,
    )  # fmt: skip


def planned(office, file):
    """Plan one activity of a tie."""
    days = {"starts_on": office.today, "ends_on": office.today + 30 * DAY}
    plan = WorkPlan.objects.create(office=office.cast.office, agreement=file, **days)
    programme = AnnualProgramme.objects.create(plan=plan, year=office.today.year)
    told = {"title": "Concierto", "kind": ActivityKind.CULTURE, "area": AreaOfCooperation.CULTURE}
    PlannedActivity.objects.create(programme=programme, demand=Demand.LOW, **told, **days)


def test_a_path_is_walked_to_its_end_by_what_every_room_records(office, director):
    file = office.file()
    office.answered(office.received(), file=WhichFile(file.pk))
    office.named(file)
    office.named(file, side=TieSide.OTHER)
    committee = DrivenCommittee.of_area(office.cast, file.pk)
    page = director.get(at("path", file.pk))
    assert phases(page)[Phase.ACTORS] == "in_part"
    assert "no tiene integrantes" in said(page)
    committee.member("Ana")
    assert phases(director.get(at("path", file.pk)))[Phase.PLAN] == "open"
    planned(office, file)
    assert phases(director.get(at("path", file.pk)))[Phase.EX_ANTE] == "open"
    assessed(office, file, office.today - 5 * DAY)
    assert phases(director.get(at("path", file.pk)))[Phase.EX_ANTE] == "open"  # another question than reach and limits
    assessed(office, file, office.today - 5 * DAY, key=REACH)
    page = director.get(at("path", file.pk))
    assert (phases(page)[Phase.SIGNATURE], phases(page)[Phase.EXECUTION]) == ("open", "closed")
    assert "1 actividad planeada" in said(page)
    day = {"signed_on": office.today - 2 * DAY, "signed_precision": "day"}
    Agreement.objects.filter(pk=file.pk).update(stage=Stage.SIGNED, **day)
    page = director.get(at("path", file.pk))
    assert (phases(page)[Phase.SIGNATURE], phases(page)[Phase.EXECUTION]) == ("in_part", "open")
    when = parse_partial((office.today - DAY).isoformat())
    told = EntryDraft(ActivityKind.CULTURE, when, when, "Concierto en la plaza")
    record_activity(file.pk, by=office.by, key=uuid4(), entry=told, today=office.today)
    assessed(office, file, office.today)
    page = director.get(at("path", file.pk))
    assert phases(page)[Phase.EXECUTION] == "going"
    assert "Concierto en la plaza" in said(page)


def test_what_was_finished_after_a_signature_did_not_come_before_it(office, director):
    file = office.file()
    assessed(office, file, office.today - 5 * DAY, key=REACH, closed=office.today)
    day = {"signed_on": office.today - 2 * DAY, "signed_precision": "day"}
    Agreement.objects.filter(pk=file.pk).update(stage=Stage.SIGNED, **day)
    assert phases(director.get(at("path", file.pk)))[Phase.EX_ANTE] == "passed_over"
    office.answered(office.received(), file=WhichFile(file.pk))
    page = director.get(at("path", file.pk))
    assert [phases(page)[one] for one in (Phase.SELECTION, Phase.CONTACT)] == ["passed_over"] * 2
    assert "Se aceptó por esto" not in said(page)


def test_the_dossier_says_how_ties_began_as_it_was_known(office):
    waiting = office.received(city="Villa", place=None)
    office.answered(office.received())
    office.chosen(office.compared())
    office.begun(title="Sin decidir")
    gone, stays = office.named(office.file()), office.named(office.file())
    Stakeholder.objects.filter(pk=gone.pk).update(left_on=office.today, left_reason="Cerró")
    rows = known_on(office.cast.office, office.today).rows
    told = [(row["what"], row["outcome"], bool(row["file"])) for row in rows["beginnings"]]
    assert told == [
        ("Solicitud de hermanamiento: Ashland", "aceptada", True),
        ("Una ciudad de Japón", "Ashland", False),
    ]
    waits = {(row["what"], row["detail"]) for row in rows["open_matters"]}
    assert ("Solicitud de hermanamiento: Villa", waiting.requester) in waits
    assert ("Selección de ciudades sin decidir", "Sin decidir") in waits
    assert [row["file"] for row in rows["stakeholders"]] == [stays.agreement.number]
    before = known_on(office.cast.office, office.today - DAY).rows
    assert before["beginnings"] == before["stakeholders"] == []
