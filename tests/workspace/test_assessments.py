"""The pages of assessments: filled in section by section by two people, refused, closed, compared, taken away."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from hermanar.console.proving import flaws
from hermanar.cooperation.models import Activity
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import public_day
from hermanar.foundation.models import Document, Statement
from hermanar.foundation.papers import text_of
from hermanar.foundation.papers.reading import PDF, WORD
from hermanar.planning.actions import AnswerDraft, EvidenceDraft
from hermanar.planning.models import Answer, Assessment, Question
from hermanar.planning.queries import asked_in
from hermanar.planning.vocabulary import EvidenceKind
from hermanar.workspace.dossier import known_on, make_dossier
from tests import factories as make
from tests.cast import document
from tests.foundation.samples import pdf
from tests.planning.conftest import TODAY, Desk, load
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


class Pages(Desk):
    """A person at the pages of assessments."""

    def __init__(self, cast, role=Role.DIRECTOR):
        super().__init__(cast)
        self.client = client_of(cast.of(role))

    def as_of(self, role):
        other = object.__new__(Pages)
        other.__dict__ |= self.__dict__ | {"client": client_of(self.cast.of(role))}
        return other

    def address(self, name, *arguments):
        return reverse(f"workspace:{name}", args=arguments)

    def section(self, kept, section="igualdad"):
        return self.address("assessment_section", kept.pk, section)

    def form(self, kept, section="igualdad", **values):
        """Return a section as its page shows it now, with `degree_1`, `why_2`… written over it."""
        form = self.client.get(self.section(kept, section)).context["form"]
        data = {bound.html_name: bound.value() or "" for bound in form if bound.html_name.split("_")[0] != "file"}
        keys = [one.pk.hex for one in self.questions(kept, section)]
        for name, value in values.items():
            field, number = name.split("_")
            data[f"{field}_{keys[int(number) - 1]}"] = value
        return {name: value for name, value in data.items() if value is not False}

    def send(self, kept, data, section="igualdad"):
        return self.client.post(self.section(kept, section), data)


@pytest.fixture
def pages(cast):
    load()
    return Pages(cast)


def is_done(answer):
    return answer.status_code == 302


def answers(kept):
    return [(one.degree, one.why) for one in Answer.objects.filter(assessment=kept)]


# ── the list, and beginning ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_asks_as_often_for_three_ties_as_for_one(pages, cast, django_assert_num_queries):
    pages.closed("done")
    listed = pages.address("assessments")
    pages.client.get(listed)
    with django_assert_num_queries(9):
        assert "3.0 de 3" in pages.client.get(listed).text
    for _more in range(2):
        pages.file = Desk(cast).file
        pages.closed("begun")
    with django_assert_num_queries(9):
        assert "1.0 de 3" in pages.client.get(listed).text


def test_an_assessment_is_begun_from_the_page_of_a_file(pages):
    page = pages.client.get(pages.address("life", pages.file.pk)).text
    begin = f"{pages.address('begin_assessment')}?guia=sustainability&amp;acuerdo={pages.file.pk}"
    assert begin in page
    form = pages.client.get(begin.replace("&amp;", "&")).context["form"]
    data = {bound.html_name: bound.value() for bound in form} | {"on": TODAY.isoformat()}
    for _twice in range(2):
        answer = pages.client.post(pages.address("begin_assessment"), data)
        kept = Assessment.objects.get()
        assert answer["Location"] == pages.address("assessment", kept.pk)
    assert kept.agreement_id == pages.file.pk
    assert pages.address("assessment", kept.pk) in pages.client.get(pages.address("life", pages.file.pk)).text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"on": "2999-01-01"}, "La fecha todavía no llega"),
        ({"on": "no"}, "fecha válida"),
        ({"agreement": ""}, "Falta decir qué lazo"),
        ({"agreement": "x"}, "opción válida"),
        ({"outline": "other"}, "opción válida"),
        ({"key": "x"}, "UUID"),
    ],
)
def test_what_cannot_be_begun_says_why_and_keeps_what_was_typed(pages, values, said):
    address = pages.address("begin_assessment")
    shown = pages.client.get(address).context["form"]
    data = {"key": shown["key"].value(), "outline": "sustainability", "agreement": str(pages.file.pk)}
    answer = pages.client.post(address, {**data, "on": TODAY.isoformat(), **values})
    assert said in answer.text
    assert not Assessment.objects.exists()


def test_one_that_is_open_is_led_to(pages):
    for outline in ("sustainability", "capacity"):
        kept = pages.begin(outline)
        form = pages.client.get(pages.address("begin_assessment")).context["form"]
        data = {
            "key": form["key"].value(),
            "outline": outline,
            "agreement": str(pages.file.pk),
            "on": TODAY.isoformat(),
        }
        answer = pages.client.post(pages.address("begin_assessment"), data)
        assert "Ya hay una evaluación en curso" in answer.text
        assert pages.address("assessment", kept.pk) in answer.text


def test_an_office_without_a_place_has_no_city_to_assess(cast):
    load()
    client = client_of(cast.at(cast.ministry, Role.DIRECTOR))
    assert "Capacidad" not in client.get(reverse("workspace:begin_assessment")).text
    assert client.get(reverse("workspace:cities_beside")).status_code == 404
    assert client.get(reverse("workspace:assessments")).status_code == 200


# ── a section ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_section_is_filled_in_with_every_kind_of_evidence_and_goes_on_to_the_next(pages, cast):
    kept, paper = pages.begin(), document(cast.office, "convenio.pdf")
    visit = Activity.objects.create(
        agreement=pages.file, kind="visit", started_on=TODAY, ended_on=TODAY, precision="day",
        description_es="Visita de Ashland", source=make.source(),
    )  # fmt: skip
    data = pages.form(
        kept, degree_1="in_part", why_1="Van y vienen.", document_1=str(paper.pk), activity_1=str(visit.pk),
        link_1="https://ejemplo.mx/nota", words_1="Así fue", source_1="El acta", degree_2="unknown",
        file_1=SimpleUploadedFile("acta.pdf", pdf()),
    )  # fmt: skip
    answer = pages.send(kept, {**data, "seguir": "1"})
    assert answer["Location"] == pages.section(kept, "pragmatismo")
    assert answers(kept) == [("in_part", "Van y vienen."), ("unknown", "")]
    page = pages.client.get(pages.address("assessment", kept.pk)).text
    for said in ("acta.pdf", "convenio.pdf", "Visita de Ashland", "https://ejemplo.mx/nota", "«Así fue»",
                 "1 de 2 preguntas con valor; 1 con evidencia; 1 se desconoce", "2.0 "):  # fmt: skip
        assert said in page
    assert "La escala es nuestra" in page
    shown = pages.form(kept)
    first = pages.questions(kept)[0].pk.hex
    assert is_done(pages.send(kept, {**shown, f"keep_{first}": shown[f"keep_{first}"][:2]}))
    assert Answer.objects.get(question__pk=first).evidence.count() == 2


def test_the_same_section_sent_twice_with_its_file_is_kept_once(pages):
    kept = pages.begin()
    data = pages.form(kept, degree_1="done", why_1="Sí.")
    first = pages.questions(kept)[0].pk.hex
    for _twice in range(2):
        assert is_done(pages.send(kept, {**data, f"file_{first}": SimpleUploadedFile("acta.pdf", pdf())}))
    assert Document.objects.count() == 1
    assert pages.version(kept) == 2


def test_two_people_at_different_sections_lose_nothing(pages):
    kept, other = pages.begin(), pages.as_of(Role.ANALYST)
    mine, theirs = pages.form(kept, degree_1="done", why_1="Sí."), other.form(kept, "innovacion", degree_1="begun")
    assert is_done(other.send(kept, theirs, "innovacion"))
    assert is_done(pages.send(kept, mine))
    assert sorted(answers(kept)) == [("begun", ""), ("done", "Sí.")]


def test_at_the_same_section_the_second_sees_the_first_and_keeps_what_was_typed(pages):
    kept, other = pages.begin(), pages.as_of(Role.ANALYST)
    mine = pages.form(kept, degree_1="done", why_1="Lo que yo sé.")
    theirs = other.form(kept, degree_1="begun", why_1="Lo que ella sabe.", words_1="Dicho", source_1="Acta 3")
    assert is_done(other.send(kept, theirs))
    answer = pages.send(kept, mine)
    assert "Otra persona guardó esta sección" in answer.text
    assert "Ahora dice «1 · iniciado: Lo que ella sabe.»" in answer.text
    assert "Lo que yo sé." in answer.text
    assert answers(kept) == [("begun", "Lo que ella sabe.")]
    form = answer.context["form"]
    again = {bound.html_name: bound.value() or "" for bound in form if not bound.html_name.startswith("file")}
    assert is_done(pages.send(kept, again))
    assert answers(kept) == [("done", "Lo que yo sé.")]
    assert Answer.objects.get().evidence.get().source == "Acta 3"  # what the other added is not lost


def test_where_this_person_changed_nothing_the_others_answer_stands(pages):
    kept, other = pages.begin(), pages.as_of(Role.ANALYST)
    pages.send(kept, pages.form(kept, degree_2="begun", why_2="Antes.", words_2="Dicho", source_2="Acta 1"))
    mine = pages.form(kept, degree_1="done", why_1="Mío.")
    theirs = other.form(kept, degree_2="in_part", why_2="Suyo.", link_2="https://ejemplo.mx/suyo")
    mine_without = {**mine, f"keep_{pages.questions(kept)[1].pk.hex}": []}  # this person took the old evidence away
    assert is_done(other.send(kept, theirs))
    answer = pages.send(kept, mine_without)
    assert "Ahora dice «2 · en parte: Suyo.»" in answer.text
    assert "Abajo ya está así." in answer.text
    form = answer.context["form"]
    again = {bound.html_name: bound.value() or "" for bound in form if not bound.html_name.startswith("file")}
    assert is_done(pages.send(kept, again))
    assert answers(kept) == [("done", "Mío."), ("in_part", "Suyo.")]
    assert [one.address for one in Answer.objects.get(degree="in_part").evidence.all()] == ["https://ejemplo.mx/suyo"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"degree_1": "4"}, "opción válida"),
        ({"why_1": "Porque sí"}, "Hay evidencia o porqué sin respuesta"),
        ({"degree_1": "done", "link_1": "javascript:alert(1)"}, "El enlace debe empezar"),
        ({"degree_1": "done", "words_1": "Dicho"}, "Falta quién lo dice"),
        ({"degree_1": "done", "document_1": "x"}, "opción válida"),
        ({"degree_1": "done", "why_1": "x" * 501}, "500"),
        ({"degree_1": "done", "file_1": SimpleUploadedFile("a.pdf", b"nada")}, "No se guardó"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_told_beside_its_field(pages, values, said):
    kept = pages.begin()
    answer = pages.send(kept, pages.form(kept, **values))
    assert said in answer.text
    assert answers(kept) == []


def test_a_document_of_another_office_is_refused(pages, cast):
    kept = pages.begin()
    foreign = document(cast.other_office)
    answer = pages.send(kept, pages.form(kept, degree_1="done", document_1=str(foreign.pk)))
    assert "opción válida" in answer.text
    assert answers(kept) == []


def test_a_file_that_came_with_a_refused_section_need_not_be_sent_again(pages):
    kept = pages.begin()
    first = pages.questions(kept)[0].pk.hex
    data = pages.form(kept, degree_1="done", why_1="Sí.", link_1="mal")
    answer = pages.send(kept, {**data, f"file_{first}": SimpleUploadedFile("acta.pdf", pdf())})
    form = answer.context["form"]
    again = {bound.html_name: bound.value() or "" for bound in form if not bound.html_name.startswith("file")}
    assert is_done(pages.send(kept, {**again, f"link_{first}": ""}))
    assert Answer.objects.get().evidence.get().document.name == "acta.pdf"


def test_a_question_that_is_gone_since_the_page_was_shown_is_told(pages):
    kept = pages.begin()
    data = pages.form(kept, degree_1="done", why_1="Sí.", degree_2="begun")
    Question.objects.filter(pk=pages.questions(kept)[0].pk).update(withdrawn_at=timezone.now())
    answer = pages.send(kept, data)
    assert "Esta pregunta ya no existe" in answer.text
    assert answers(kept) == []
    assert is_done(pages.send(kept, pages.form(kept, degree_1="begun")))


@pytest.mark.parametrize("version", ["", "x", "99", "-1"])
def test_a_spoilt_version_is_no_way_in(pages, version):
    kept = pages.begin()
    answer = pages.send(kept, {**pages.form(kept, degree_1="done"), "version": version})
    assert answer.status_code == 200
    assert answers(kept) == []


def test_the_last_answer_is_shown_and_may_be_repeated(pages):
    pages.closed("done", "unknown")
    kept = pages.begin()
    page = pages.client.get(pages.section(kept)).text
    assert "se respondió:" in page
    assert "Así consta." in page
    assert is_done(pages.send(kept, pages.form(kept, same_1="on", degree_2="begun")))
    assert answers(kept) == [("done", "Así consta."), ("begun", "")]


@pytest.mark.parametrize("more", [{"degree_1": "done"}, {"why_1": "Otra cosa"}, {"link_1": "https://ejemplo.mx"}])
def test_what_was_written_is_not_dropped_for_the_last_answer(pages, more):
    pages.closed("done", "unknown")
    kept = pages.begin()
    answer = pages.send(kept, pages.form(kept, same_1="on", **more))
    assert "no las dos cosas" in answer.text
    assert answers(kept) == []


def test_a_section_that_is_none_is_not_found(pages):
    assert pages.client.get(pages.section(pages.begin(), "no-hay")).status_code == 404


# ── ending ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_closing_lists_what_lacks_then_closes_once_and_a_closed_one_is_not_edited(pages):
    kept = pages.begin()
    stale = pages.form(kept, degree_1="not_begun", why_1="No.")
    pages.send(kept, pages.form(kept, degree_1="done"))
    closing = pages.address("close_assessment", kept.pk)
    page = pages.client.get(closing).text
    assert "Falta el porqué de" in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert "Falta el porqué: escriba una frase." in pages.client.post(closing, {"version": version}).text
    pages.send(kept, pages.form(kept, why_1="Sí."))
    assert "Alguien cambió la evaluación" in pages.client.post(closing, {"version": version}).text
    for _twice in range(2):
        assert is_done(pages.client.post(closing, {"version": Assessment.objects.get().version}))
    assert Assessment.objects.get().stage == "closed"
    assert pages.send(kept, stale)["Location"] == pages.address("assessment", kept.pk)
    assert is_done(pages.client.post(pages.address("abandon_assessment", kept.pk), {"version": "9"}))
    assert answers(kept) == [("done", "Sí.")]


def test_who_may_not_close_is_told_who_may(pages):
    kept = pages.begin()
    page = pages.as_of(Role.ANALYST).client.get(pages.address("assessment", kept.pk)).text
    assert "La cierra quien coordina o dirige la oficina" in page
    assert pages.section(kept) not in pages.as_of(Role.READER).client.get(pages.address("assessment", kept.pk)).text


@pytest.mark.parametrize("version", ["", "x", "99999999999999999999", "9" * 5000])
def test_giving_one_up_takes_the_version_that_was_read(pages, version):
    kept = pages.begin()
    address = pages.address("abandon_assessment", kept.pk)
    assert "Alguien cambió" in pages.client.post(address, {"version": version}).text
    assert is_done(pages.client.post(address, {"version": "1"}))
    assert Assessment.objects.get().stage == "abandoned"
    assert "Todavía no hay ninguna" in pages.client.get(pages.address("assessments")).text


# ── history, other cities, what is taken away ────────────────────────────────────────────────────────────────────────


def test_history_draws_each_section_and_tells_what_changed(pages):
    first = pages.closed("begun", "unknown", on=TODAY - 30 * DAY)
    empty = pages.client.get(pages.address("assessment_history", first.pk)).text
    assert "Hace falta otra evaluación cerrada" in empty
    second = pages.closed("done", "begun")
    answer = pages.client.get(pages.address("assessment_history", first.pk))
    assert answer.text.count('class="course"') == 11
    assert [line.movement for line in answer.context["changed"]] == ["better", "now_known"]
    assert "mejoró" in answer.text
    assert "2.0<br>" in answer.text
    assert "1.0 (1/2); " in answer.text  # no score without how many it is of
    back = {"antes": str(second.pk), "despues": str(first.pk)}
    turned = pages.client.get(pages.address("assessment_history", first.pk), back)
    assert [line.movement for line in turned.context["changed"]] == ["worse", "no_longer_known"]
    same = pages.client.get(pages.address("assessment_history", first.pk), {"antes": str(first.pk), "despues": "x"})
    assert same.status_code == 200


def test_without_a_closed_one_there_is_no_history_yet(pages):
    kept = pages.begin()
    assert "la historia empieza" in pages.client.get(pages.address("assessment_history", kept.pk)).text


def test_other_cities_stand_beside_what_the_own_one_answered(pages, cast):
    cast.guanajuato.population = 194_500
    cast.guanajuato.save()
    alcala = make.place("Alcalá de Henares", code="ES", population=196_000)
    said = {"field": "cooperation_office", "value": "sí", "value_en": "yes", "passage": "cuadro 1", "as_of": "2020"}
    Statement.objects.create(subject=alcala.pk, source=make.source("paper"), **said)
    address = pages.address("cities_beside")
    assert "no ha cerrado ninguna evaluación" in pages.client.get(address).text
    kept = pages.begin("capacity")
    pages.save(kept, "in_part", section="estructura")
    pages.close(kept)
    page = pages.client.get(address).text
    for words in ("Alcalá de Henares", "de tamaño parecido", "cuadro 1, 2020", "2 · en parte. Así consta.", "250,000"):
        assert words in page
    assert "yes" in pages.client.get(address.replace("/oficina", "/en/oficina")).text


def test_taken_away_it_says_the_same_as_the_page(pages):
    kept = pages.begin()
    words = "=cmd|'/C calc'!A0"
    pages.send(
        kept, pages.form(kept, degree_1="in_part", why_1=words, words_1="Dicho", source_1="Acta", degree_2="unknown")
    )

    def taken(format_):
        answer = pages.client.get(pages.address("assessment_file", kept.pk, format_))
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
        return answer.content

    rows = list(csv.reader(io.StringIO(taken("csv").decode("utf-8-sig"))))
    assert len(rows) == 1 + len(asked_in(kept))
    own = [row for row in rows if row[0] == "Igualdad"]
    assert [row[3:6] for row in own] == [["in_part", "en parte", "2"], ["unknown", "se desconoce", ""]]
    assert own[0][6] == f"'{words}"
    sheet = openpyxl.load_workbook(io.BytesIO(taken("xlsx"))).active
    assert [cell.data_type for row in sheet.iter_rows() for cell in row].count("f") == 0
    for format_, kind in (("docx", WORD), ("pdf", PDF)):
        text = re.sub(r"\s+", " ", " ".join(text_of(taken(format_), kind)))
        for said in ("Igualdad", "La escala es nuestra", "«Dicho» (Acta)", "se desconoce"):
            assert said in text, (format_, said)
    assert pages.client.get(pages.address("assessment_file", kept.pk, "exe")).status_code == 404


# ── what outlives the team: the dossier and the proof ────────────────────────────────────────────────────────────────


def test_the_dossier_holds_what_was_closed_by_the_day_and_tells_what_was_open(pages, cast):
    paper = document(cast.office, "acta.pdf")
    evidence = (EvidenceDraft(EvidenceKind.DOCUMENT, document=paper.pk),)
    kept = pages.closed(AnswerDraft("done", "Consta.", evidence), "unknown")
    pages.begin("capacity")
    today = public_day()
    known = known_on(cast.office, today + DAY)
    assert [(row["subject"], row["value"]) for row in known.rows["assessments"]] == [(pages.file.title_es, "3.0")]
    answered = [row for row in known.rows["answers"] if row["section"] == "Igualdad"]
    assert [(row["answer"], row["evidence"]) for row in answered] == [("3 · logrado", "acta.pdf"), ("se desconoce", "")]
    assert (paper, pages.file.number) in known.papers
    assert "Evaluación en curso" in [row["what"] for row in known.rows["open_matters"]]
    Assessment.objects.filter(pk=kept.pk).update(begun_at=timezone.now() - 9 * DAY, ended_at=timezone.now())
    before = known_on(cast.office, today - 5 * DAY)
    assert before.rows["assessments"] == []
    assert [row["what"] for row in before.rows["open_matters"]] == ["Evaluación en curso"]
    with make_dossier(known) as dossier:
        assert dossier.figures["answers"] == len(known.rows["answers"])


def test_verify_tells_of_a_closed_assessment_that_was_changed_behind_the_verbs(pages):
    pages.closed("done")
    assert flaws([]) == []
    Answer.objects.update(why="Otra cosa")
    told = flaws([])
    assert [one.chain for one in told] == [str(pages.cast.office.pk)]
    assert "no dice lo que decía al cerrarse" in told[0].sentence
