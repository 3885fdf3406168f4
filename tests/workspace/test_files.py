"""The files of an office as their pages: opened, led from step to step, refused with rule and remedy."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import uuid
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hermanar.agreements.models import Agreement, PaperFilling, TextVersion
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import today_in
from hermanar.foundation.documents import path_of
from hermanar.foundation.papers import text_of
from hermanar.foundation.papers.reading import PDF, WORD
from hermanar.foundation.tables import read_table
from hermanar.foundation.words import fold
from hermanar.offices.models import PaperTemplate
from hermanar.workspace import views
from hermanar.workspace.dossier import known_on
from hermanar.workspace.urls import urlpatterns as office_patterns
from tests import factories as make
from tests.files import DrivenFile
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db
AREAS = ["culture", "tourism"]
VIEWS = [*Path(views.__path__[0]).glob("*.py"), *Path(views.__path__[0]).parent.glob("*.py")]


def word(*paragraphs, name="propia.docx"):
    """Return a Word file as a person sends it."""
    made, buffer = docx.Document(), io.BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(buffer)
    return SimpleUploadedFile(name, buffer.getvalue())


class Desk:
    """A person of Guanajuato's office at the pages of one file."""

    def __init__(self, cast, role=Role.DIRECTOR):
        self.cast = cast
        self.today = today_in(cast.office.time_zone)
        self.client = client_of(cast.of(role))
        self.key = None

    def day(self, days=0):
        return (self.today + dt.timedelta(days=days)).isoformat()

    @property
    def now(self):
        return Agreement.objects.get(pk=self.key)

    def open(self, **values):
        form = {
            "key": str(uuid.uuid4()),
            "counterpart": "Ashland",
            "standing": "government",
            "kind": "twinning",
            "areas": AREAS,
            "languages": ["es", "en"],
            "planned_signature_on": self.day(40),
            **values,
        }
        answer = self.client.post(reverse("workspace:open"), form)
        if answer.status_code == 302:
            self.key = uuid.UUID(form["key"])
        return answer

    def address(self, name, *args):
        return reverse(f"workspace:{name}", args=[self.key, *args])

    def page(self):
        return self.client.get(self.address("file")).text

    def text(self, language, words="Las Partes convienen lo siguiente.", **values):
        sent = word(words, name=f"texto-{language}.docx")
        form = {
            "language": language,
            "document": sent,
            "sent_by": "office",
            "sent_on": self.day(),
            "is_authentic": "on",
        }
        return self.client.post(self.address("text"), {**self.shown("text"), **form, **values})

    def shown(self, name, *args):
        """Return the hidden fields of a form as the page shows them."""
        page = self.client.get(self.address(name, *args)).text
        found = re.findall(r'<input type="hidden" name="(version|seen_at)" value="([^"]*)"', page)
        return dict(found)

    def do(self, step, **values):
        form = {**self.shown("step", step), "on": self.day(), **values}
        return self.client.post(self.address("step", step), form)


@pytest.fixture
def desk(cast):
    return Desk(cast)


def is_done(answer):
    return answer.status_code == 302


def test_a_file_is_opened_and_its_page_leads_on(desk):
    assert is_done(desk.open())
    page = desk.page()
    assert "Informar a la Cancillería" in page
    assert "Va por la Cancillería" in page
    assert "Antes va: informar a la Cancillería." in page
    assert "2 semanas antes del" in page


def test_the_same_form_sent_twice_opens_one_file(desk):
    key = str(uuid.uuid4())
    assert [desk.open(key=key).status_code for _time in range(2)] == [302, 302]
    assert Agreement.objects.filter(office=desk.cast.office).count() == 1


def test_homonyms_are_told_apart_before_a_file_is_opened(desk):
    make.place("Ashland", code="US", region="Kentucky")
    answer = desk.open()
    assert answer.status_code == 200
    assert "Elija cuál es" in answer.text
    assert "No se guardó" not in answer.text
    assert "Kentucky, Estados Unidos" in answer.text
    assert not Agreement.objects.exists()
    assert is_done(desk.open(searched="Ashland", place=str(desk.cast.ashland.pk)))


def test_an_unknown_place_is_refused_and_what_was_typed_stays(desk):
    answer = desk.open(counterpart="Xyzzyqwerty", term_years="7")
    assert "No encontramos ese lugar" in answer.text
    assert 'value="7"' in answer.text
    assert not Agreement.objects.exists()


def test_a_private_counterpart_is_told_what_applies_before_the_file_is_opened(desk):
    answer = desk.open(standing="private")
    assert "art. 2, fracción II" in answer.text
    assert "pídalo a su propia área" in answer.text
    assert not Agreement.objects.exists()
    assert is_done(desk.open(standing="private", told="private_counterpart"))
    assert "Queda fuera de la ley de tratados" in desk.page()


@pytest.mark.parametrize(
    ("standing", "told"), [("international", "Va por la Cancillería"), ("government", "No va por la Cancillería")]
)
def test_an_international_organisation_with_its_seat_in_mexico_goes_by_the_ministry(desk, standing, told):
    assert is_done(desk.open(counterpart="León", standing=standing))
    assert told in desk.page()


def cleared(desk):
    desk.open()
    desk.do(Step.INFORM_MINISTRY, letter="OF/1")
    desk.text("es"), desk.text("en")
    desk.do(Step.REQUEST_OPINION, letter="OF/2", planned_signature_on=desk.day(40))
    assert is_done(desk.do(Step.RECORD_OPINION, letter="CJA/2", is_favourable="yes"))


def test_a_text_changed_after_the_opinion_is_told_and_leads_to_asking_again(desk):
    cleared(desk)
    told = "El texto cambió después del dictamen: pídalo otra vez."
    assert told not in desk.page()
    assert is_done(desk.text("es", "Las Partes convienen lo contrario."))
    page = desk.page()
    assert f"{told} Cambió: el texto." in page
    assert desk.address("step", Step.REQUEST_OPINION) in page
    answer = desk.do(Step.SIGN, place="Guanajuato", signatories="Alcaldesa")
    assert told in answer.text
    assert "Sé que así carece de validez" in answer.text
    assert is_done(desk.do(Step.REQUEST_OPINION, letter="OF/3", planned_signature_on=desk.day(40)))
    assert is_done(desk.text("en", "The Parties agree."))
    assert "el que llegue no cubrirá lo nuevo" in desk.page()


def test_what_the_dates_and_the_signature_forbid_is_said_beside_the_field(desk):
    desk.open()
    desk.do(Step.INFORM_MINISTRY, letter="OF/1")
    desk.text("es"), desk.text("en")
    desk.do(Step.REQUEST_OPINION, letter="OF/2", planned_signature_on=desk.day(40))
    whole = {"title_es": "Acuerdo", "kind": "twinning", "areas": AREAS, "languages": ["es", "en"]}
    sooner = {**whole, "planned_signature_on": desk.day(1), **desk.shown("edit")}
    answer = desk.client.post(desk.address("edit"), sooner).text
    assert 'href="#id_planned_signature_on"' in answer
    assert "para firmar al menos dos semanas después de pedirlo" in answer
    desk.do(Step.RECORD_OPINION, letter="CJA/2", is_favourable="yes")
    assert is_done(desk.do(Step.SIGN, place="Guanajuato", signatories="Alcaldesa"))
    answer = desk.client.post(desk.address("edit"), {"languages": ["es"], **desk.shown("edit")}).text
    assert "Los idiomas quedaron fijos con la firma" in answer
    older = desk.text("es", is_signed="on", sent_on=desk.day(-1)).text
    assert "La copia firmada no puede ser anterior a la firma" in older
    assert desk.now.languages == "es en"


def test_the_path_from_draft_to_copies_sent_by_pages(desk):
    desk.open()
    assert is_done(desk.do(Step.INFORM_MINISTRY, letter="OF/1"))
    assert "Falta el texto en inglés." in desk.page()
    desk.text("es"), desk.text("en")
    assert is_done(desk.do(Step.REQUEST_OPINION, letter="OF/2", planned_signature_on=desk.day(40)))
    quote, comment = "convienen lo siguiente", "Falta la vigencia."
    assert is_done(desk.do(Step.RECORD_OBSERVATIONS, letter="CJA/1", quote_1=quote, comment_1=comment))
    [said] = desk.now.observations.all()
    desk.text("es", "Las Partes convienen lo siguiente por cinco años.")
    newer = TextVersion.objects.get(text__language="es", number=2)
    answer = {"before": "", "answer": "Se agregó.", "answered_in": str(newer.pk)}
    assert is_done(desk.client.post(reverse("workspace:answer", args=[said.pk]), answer))
    assert is_done(desk.do(Step.REQUEST_OPINION, letter="OF/3", planned_signature_on=desk.day(40)))
    assert is_done(desk.do(Step.RECORD_OPINION, letter="CJA/2", is_favourable="yes"))
    assert is_done(desk.do(Step.SIGN, place="Guanajuato", signatories="Alcaldesa\nMayor"))
    assert "Falta la copia firmada en inglés." in desk.page()
    desk.text("es", is_signed="on"), desk.text("en", is_signed="on")
    assert is_done(desk.do(Step.SEND_SIGNED_COPIES, letter="OF/4"))
    assert [one.step for one in desk.now.steps.all()] == [
        "draft", "inform_ministry", "request_opinion", "record_observations", "request_opinion", "record_opinion",
        "sign", "send_signed_copies",
    ]  # fmt: skip
    assert "Lo hace la Cancillería" in desk.page()


def test_a_refused_step_names_field_rule_and_remedy_and_keeps_what_was_typed(desk):
    desk.open(planned_signature_on=desk.day(5))
    desk.do(Step.INFORM_MINISTRY)
    desk.text("es"), desk.text("en")
    answer = desk.do(Step.REQUEST_OPINION, letter="OF/77", planned_signature_on=desk.day(5))
    assert answer.status_code == 200
    assert "al menos dos semanas antes de la firma: mueva la fecha prevista" in answer.text
    assert 'href="#id_planned_signature_on"' in answer.text
    assert 'value="OF/77"' in answer.text
    assert desk.now.stage == "informed"


def test_a_closed_step_says_why_and_where_it_is_mended(desk):
    desk.open(areas=[])
    desk.do(Step.INFORM_MINISTRY)
    page = desk.client.get(desk.address("step", Step.REQUEST_OPINION)).text
    assert "Faltan las áreas de cooperación" in page
    assert f"{desk.address('edit')}#id_areas" in page
    assert '<form class="form"' not in page


def test_a_signature_without_opinion_asks_for_it_to_be_said_and_is_shown_until_cured(desk):
    desk.open()
    signed = {"place": "Guanajuato", "signatories": "Alcaldesa"}
    assert "carece de validez" in desk.do(Step.SIGN, **signed).text
    assert "Falta el motivo" in desk.do(Step.SIGN, **signed, is_without_opinion="on").text
    assert is_done(desk.do(Step.SIGN, **signed, is_without_opinion="on", reason="Ya había ocurrido."))
    assert "Carece de respaldo" in desk.page()
    assert "carece de respaldo" in desk.client.get(reverse("workspace:files")).text
    desk.text("es"), desk.text("en")
    assert is_done(desk.do(Step.REQUEST_OPINION, letter="OF/2"))
    assert is_done(desk.do(Step.RECORD_OPINION, letter="CJA/2", is_favourable="yes"))
    assert "arece de respaldo" not in desk.page()


def test_the_same_step_sent_twice_is_done_once(desk):
    desk.open()
    form = {**desk.shown("step", Step.INFORM_MINISTRY), "on": desk.day(), "letter": "OF/1"}
    for _time in range(2):
        assert is_done(desk.client.post(desk.address("step", Step.INFORM_MINISTRY), form))
    assert desk.now.steps.filter(step="inform_ministry").count() == 1


@pytest.mark.row(4)
def test_a_stale_step_tells_what_changed_and_keeps_what_was_typed(desk):
    desk.open()
    stale = {**desk.shown("step", Step.ABANDON), "on": desk.day(), "reason": "Ya no procede."}
    Desk.do(desk, Step.INFORM_MINISTRY, letter="OF/1")
    answer = desk.client.post(desk.address("step", Step.ABANDON), stale)
    assert "Otra persona cambió el expediente" in answer.text
    assert "informar a la Cancillería, con fecha" in answer.text
    assert "Ya no procede." in answer.text
    assert desk.now.stage == "informed"


@pytest.mark.row(4)
def test_a_stale_edit_keeps_both_changes_and_shows_the_field_both_touched(desk):
    desk.open()
    page = {"title_es": desk.now.title_es, "title_en": desk.now.title_en, "kind": "twinning", "areas": AREAS,
            "languages": ["es", "en"], "planned_signature_on": desk.day(40), **desk.shown("edit")}  # fmt: skip
    first = {**page, "title_es": "Título de la otra", "term_years": "5"}
    assert is_done(desk.client.post(desk.address("edit"), first))
    mine = {**page, "title_es": "Mi título"}
    answer = desk.client.post(desk.address("edit"), mine)
    assert "ahora dice «Título de la otra»" in answer.text
    assert 'value="Mi título"' in answer.text
    assert re.search(r'name="term_years"[^>]*value="5"|value="5"[^>]*name="term_years"', answer.text)
    again = {**mine, "term_years": "5", **dict(re.findall(r'name="(version|seen_at)" value="([^"]*)"', answer.text))}
    assert is_done(desk.client.post(desk.address("edit"), again))
    assert (desk.now.title_es, desk.now.term_years) == ("Mi título", 5)


def test_an_ending_waits_for_a_second_person(desk):
    desk.open()
    desk.do(Step.SIGN, place="G", signatories="A", is_without_opinion="on", reason="sí")
    assert is_done(desk.do(Step.TERMINATE, reason="Ya no sirve.", letter="OF/9"))
    [waiting] = desk.now.proposals.all()
    address = reverse("workspace:decide", args=[waiting.pk])
    own = desk.client.post(address, {"version": desk.now.version, "decision": "confirmar"})
    assert "quien lo propuso no lo confirma" in own.text
    second = client_of(desk.cast.of(Role.COORDINATOR))
    assert is_done(second.post(address, {"version": desk.now.version, "decision": "confirmar"}))
    assert desk.now.steps.last().step == "terminate"


def test_who_may_not_is_told_who_may_and_a_post_is_forbidden(desk):
    desk.open()
    analyst = client_of(desk.cast.of(Role.ANALYST))
    page = analyst.get(desk.address("step", Step.SIGN)).text
    assert "Su papel no lo puede hacer" in page
    assert "director@guanajuato" in page
    form = {**desk.shown("step", Step.SIGN), "on": desk.day(), "place": "G", "signatories": "A"}
    assert analyst.post(desk.address("step", Step.SIGN), form).status_code == 403


def test_the_letters_are_read_back_as_word_and_pdf(desk):
    desk.open()
    typed = {"version": "0", "number": "OF/123", "dated_on": "2026-05-04", "recipient": "Lic. Prueba Ejemplo"}
    assert is_done(desk.client.post(desk.address("paper", "aviso"), typed))
    for format_, kind in (("docx", WORD), ("pdf", PDF)):
        answer = desk.client.get(reverse("workspace:paper_file", args=[desk.key, "aviso", format_]))
        assert "attachment" in answer["Content-Disposition"]
        words = " ".join(text_of(answer.content, kind))
        for said in ("OF/123", "4 de mayo de 2026", "Lic. Prueba Ejemplo", "Ashland", "artículo 7"):
            assert said in words, (format_, said)
    page = desk.client.get(desk.address("paper", "solicitud")).text
    assert 'value="Lic. Prueba Ejemplo"' in page
    assert 'href="#id_planned_place"' in page


def whole_letter(desk, slug="aviso", **values):
    """Write a letter without gaps."""
    desk.cast.office.__class__.objects.filter(pk=desk.cast.office.pk).update(
        letter_place="León",
        head_name="Ana Prueba",
        head_post="Alcaldesa",
        email="oficina@ciudad.example",
        address="Calle 1",
    )
    form = {"version": "0", "number": "OF/123", "dated_on": "2026-05-04", "planned_place": "León", **values}
    asked = re.findall(
        r'<input type="text" name="([a-z_]+)" value="([^"]*)"', desk.client.get(desk.address("paper", slug)).text
    )
    assert is_done(desk.client.post(desk.address("paper", slug), {**dict(asked), **form}))


def test_the_letter_that_was_sent_stays_as_it_went(desk):
    desk.open()
    whole_letter(desk)
    page = desk.client.get(desk.address("paper", "aviso")).text
    assert "No le falta ningún dato." in page
    assert "Anotar que ya se informó" in page
    assert 'value="OF/123" maxlength="120" id="paso_letter"' in page
    assert is_done(desk.do(Step.INFORM_MINISTRY, letter="OF/123"))
    [paper] = desk.now.steps.last().papers.all()
    words = " ".join(text_of(path_of(paper.document.digest).read_bytes(), PDF))
    assert "OF/123" in words
    assert "Borrador" not in words
    assert is_done(desk.client.post(desk.address("edit"), {**desk.shown("edit"), "title_es": "Otro título",
                                    "kind": "twinning", "languages": ["es"], "areas": AREAS}))  # fmt: skip
    again = desk.client.get(reverse("workspace:paper_file", args=[desk.key, "aviso", "pdf"]))
    assert "Otro título" in " ".join(text_of(again.content, PDF))
    kept = " ".join(text_of(path_of(paper.document.digest).read_bytes(), PDF))
    assert "Otro título" not in kept
    page = desk.client.get(desk.address("paper", "aviso")).text
    assert "con el número OF/123" in page
    assert reverse("workspace:document", args=[paper.document_id]) in page


@pytest.mark.parametrize(
    "values", [{"letter": "OF/9"}, {"letter": "OF/123", "paper": word("acuse", name="acuse.docx")}]
)
def test_a_letter_of_another_number_or_a_copy_that_was_sent_is_not_replaced_by_ours(desk, values):
    desk.open()
    whole_letter(desk)
    assert is_done(desk.do(Step.INFORM_MINISTRY, **values))
    names = [one.document.name for one in desk.now.steps.last().papers.all()]
    assert names == (["acuse.docx"] if "paper" in values else [])


def test_the_receipt_that_came_later_is_kept_beside_the_step_once(desk):
    desk.open()
    desk.do(Step.INFORM_MINISTRY, letter="OF/1")
    step = desk.now.steps.last()
    address = desk.address("add_paper", step.pk)
    assert address in desk.page()
    form = desk.shown("add_paper", step.pk)
    sent = [desk.client.post(address, {**form, "paper": word("Recibido.", name="acuse.docx")}) for _time in range(2)]
    assert [is_done(one) for one in sent] == [True, True]
    [paper] = step.papers.all()
    assert (paper.document.name, paper.by_user_id is not None) == ("acuse.docx", True)
    assert "llegó después" in desk.page()
    svg = SimpleUploadedFile("dibujo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    refused = desk.client.post(address, {**desk.shown("add_paper", step.pk), "paper": svg})
    assert "dibujo.svg" in refused.text
    stale = desk.client.post(address, {**form, "paper": word("Otro papel.", "Más largo.", name="otro.docx")})
    assert "Otra persona cambió el expediente" in stale.text
    assert step.papers.count() == 1
    other = desk.client.get(reverse("workspace:add_paper", args=[desk.key, uuid.uuid4()]))
    assert other.status_code == 404


def test_the_request_names_the_letter_that_told_the_ministry(desk):
    desk.open()
    desk.do(Step.INFORM_MINISTRY, letter="OF/1")
    answer = desk.client.get(reverse("workspace:paper_file", args=[desk.key, "solicitud", "pdf"]))
    said = " ".join(text_of(answer.content, PDF))
    assert "se informó con el oficio OF/1" in said
    assert "Titular de la Dirección General de Coordinación Política" in said
    assert "consta con anterioridad" not in said, "nothing signed is known between the two"


def test_the_letters_name_what_was_signed_before_between_the_two(desk):
    make.agreement(desk.cast.office.place, desk.cast.ashland, signed="1969-09")
    desk.open()
    for slug in ("aviso", "solicitud"):
        answer = desk.client.get(reverse("workspace:paper_file", args=[desk.key, slug, "pdf"]))
        said = " ".join(text_of(answer.content, PDF))
        assert "consta con anterioridad" in said
        assert "1969" in said


def test_a_letter_that_goes_a_second_time_asks_for_its_own_number(desk):
    desk.open()
    desk.text("es"), desk.text("en")
    desk.do(Step.INFORM_MINISTRY, letter="OF/1")
    whole_letter(desk, "solicitud", number="OF/2")
    desk.do(Step.REQUEST_OPINION, letter="OF/2", planned_signature_on=desk.day(40))
    assert "dele otro número" not in desk.client.get(desk.address("paper", "solicitud")).text, "it waits for an answer"
    desk.do(Step.RECORD_OBSERVATIONS, letter="CJA/1", comment_1="Falta el plazo.")
    page = desk.client.get(desk.address("paper", "solicitud")).text
    assert "dele otro número" in page
    assert "Anotar que ya se solicitó" not in page
    whole_letter(desk, "solicitud", number="OF/3", version="1")
    page = desk.client.get(desk.address("paper", "solicitud")).text
    assert "dele otro número" not in page
    assert "Anotar que ya se solicitó" in page


def test_only_a_letter_without_gaps_loses_the_mark_of_a_draft(desk):
    desk.open()
    whole_letter(desk)

    def marked(slug, query=""):
        address = reverse("workspace:paper_file", args=[desk.key, slug, "pdf"])
        return "Borrador" in " ".join(text_of(desk.client.get(address + query).content, PDF))

    assert [marked("aviso"), marked("aviso", "?leido=1")] == [True, False]
    assert marked("solicitud", "?leido=1"), "it has no number yet"
    assert marked("hermanamiento-es", "?leido=1"), "a lawyer reads the draft of an agreement"


def test_the_request_says_the_term_and_that_the_texts_are_equal(desk):
    desk.open(term_years="3")
    desk.text("es"), desk.text("en")

    def said():
        answer = desk.client.get(reverse("workspace:paper_file", args=[desk.key, "solicitud", "pdf"]))
        return " ".join(text_of(answer.content, PDF))

    assert "igualmente auténticos" in said()
    assert "Tendrá una vigencia de 3 años." in said()
    desk.text("en", is_authentic="")
    assert "igualmente auténticos" not in said()


def test_what_a_letter_lacks_is_mended_and_leads_back_to_it(desk):
    desk.open(planned_signature_on="")
    paper = desk.address("paper", "aviso")
    found = re.search(r'href="([^"]*#id_planned_signature_on)"', desk.client.get(paper).text)
    address = found[1].replace("&amp;", "&").split("#")[0]
    form = {**desk.shown("edit"), "title_es": "Acuerdo", "kind": "twinning", "languages": ["es"], "areas": AREAS,
            "planned_signature_on": desk.day(40)}  # fmt: skip
    assert desk.client.post(address, form)["Location"] == paper
    foreign = f"{desk.address('edit')}?vuelve=//evil.example/oficina/"
    form = {**form, **desk.shown("edit"), "title_es": "Otro"}
    assert desk.client.post(foreign, form)["Location"] == desk.address("file")


def test_a_text_leads_on_to_the_language_that_lacks_one_and_stands_in_the_history(desk):
    desk.open()
    assert desk.text("es")["Location"] == desk.address("text") + "?idioma=en"
    assert desk.text("en")["Location"] == desk.address("file")
    page = desk.page()
    assert "Texto: español, versión 1" in page
    assert "Texto: inglés, versión 1" in page


def test_a_signature_is_not_planned_for_a_day_that_is_past(desk):
    answer = desk.open(planned_signature_on=desk.day(-1))
    assert "La fecha prevista de firma ya pasó" in answer.text
    assert not Agreement.objects.exists()
    assert is_done(desk.open(planned_signature_on=desk.day()))


def test_who_stands_in_an_office_keeps_its_ways_at_a_wrong_address(desk):
    desk.open()
    answer = desk.client.get(reverse("workspace:file", args=[uuid.uuid4()]))
    assert answer.status_code == 404
    assert reverse("workspace:people") in answer.text


@pytest.mark.parametrize(
    "slug",
    ["hermanamiento-es", "hermanamiento-en", "cooperacion-es", "cooperacion-en", "programa-es", "programa-en", "envio"],
)
def test_every_paper_is_written(desk, slug):
    desk.open()
    values = {
        "version": "0",
        "activities": "Conocerse | Exposición | enero | mayo | Cultura",
        "staff": "maestra | 2 | un mes",
    }
    assert is_done(desk.client.post(desk.address("paper", slug), values))
    for format_, kind in (("docx", WORD), ("pdf", PDF)):
        answer = desk.client.get(reverse("workspace:paper_file", args=[desk.key, slug, format_]))
        words = " ".join(text_of(answer.content, kind))
        assert "Ashland" in words
        assert not slug.startswith("programa") or "Exposición" in words


STAFF = "guía | 3 | un mes\nmaestra | {} | un mes"


@pytest.mark.parametrize("count", ["2¹", "dos", "1234567", pytest.param("9" * 4_301, id="endless")])
def test_a_row_whose_number_is_none_is_named_and_what_was_typed_stays(desk, count):
    desk.open()
    page = desk.client.post(desk.address("paper", "programa-es"), {"version": "0", "staff": STAFF.format(count)})
    assert f"Renglón 2: «{count[:40]}» no es un número de personas" in page.text
    assert "guía | 3 | un mes" in page.text
    assert not PaperFilling.objects.exists()


def test_a_row_kept_before_its_number_was_asked_about_stops_no_paper(desk):
    desk.open()
    assert is_done(desk.client.post(desk.address("paper", "programa-es"), {"version": "0", "staff": STAFF.format(2)}))
    PaperFilling.objects.update(values={"staff": STAFF.format("2¹")})
    assert desk.client.get(desk.address("paper", "programa-es")).status_code == 200
    for format_, kind in (("docx", WORD), ("pdf", PDF)):
        answer = desk.client.get(reverse("workspace:paper_file", args=[desk.key, "programa-es", format_]))
        assert "maestra" in " ".join(text_of(answer.content, kind))


def test_the_list_finds_filters_and_is_taken_away(desk):
    desk.open()
    page = reverse("workspace:files")
    assert desk.now.title_es in desk.client.get(page, {"q": "ashland"}).text
    assert desk.now.title_es in desk.client.get(page, {"regimen": "treaties_law", "etapa": "draft"}).text
    assert "Ningún expediente así" in desk.client.get(page, {"regimen": "between_mexican"}).text
    answer = desk.client.get(reverse("workspace:files_table", args=["csv"]))
    [heading, row] = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = dict(zip(heading, row, strict=True))
    assert (told["número"], told["siguiente paso"]) == (desk.now.reference, "Informar a la Cancillería")
    assert desk.client.get(reverse("workspace:files_table", args=["xlsx"])).content.startswith(b"PK")


@pytest.mark.parametrize("asked", ["LEÓN", "león", "leon", "CORUÑA acuerdo", "{number}", "a\x00 coruña"])
def test_the_list_is_searched_without_case_and_accents(desk, asked):
    desk.open()
    number = desk.now.number
    Agreement.objects.filter(pk=desk.key).update(title_es="Acuerdo con León")
    desk.now.parties.filter(role="counterpart").update(name_as_written="A Coruña")
    other = desk.key
    desk.open()
    Agreement.objects.filter(pk=desk.key).update(title_es="Otro")
    answer = desk.client.get(reverse("workspace:files"), {"q": asked.format(number=number)})
    assert [str(key) in answer.text for key in (other, desk.key)] == [True, False]


def test_the_list_is_searched_by_every_name_of_the_other_city(desk):
    name = desk.cast.ashland.names.first()
    desk.cast.ashland.names.create(name="Łódź", folded=fold("Łódź"), kind=name.kind, language="pl", source=name.source)
    desk.open()
    for asked in ("ŁÓDŹ", "lodz", "łódź ashland", "·"):
        assert str(desk.key) in desk.client.get(reverse("workspace:files"), {"q": asked}).text, asked
    assert "Ningún expediente así" in desk.client.get(reverse("workspace:files"), {"q": "łódź regalo"}).text


def test_no_parameter_of_a_page_of_the_office_reaches_the_database_raw(desk):
    """PostgreSQL refuses the sign that no text may hold; SQLite takes it."""
    desk.open()
    named = [one.name for one in office_patterns if one.name and not one.pattern.converters]
    places = [reverse(f"workspace:{name}") for name in named] + [desk.address("text"), desk.address("compare")]
    asked = {found for file in VIEWS for found in re.findall(r'GET\.get\w*\("(\w+)"', file.read_text())}
    assert {"q", "idioma", "expediente", "vuelve"} <= asked
    for role in (Role.DIRECTOR, Role.ANALYST):
        client = client_of(desk.cast.of(role))
        for place in places:
            for odd in ("\x00", "a\x00b", "9" * 4_301):
                assert client.get(place, dict.fromkeys(asked, odd)).status_code < 500, (place, odd)
    steward = client_of(desk.cast.at(desk.cast.ministry, Role.REGISTRY_STEWARD))
    for name in ("texto", "estado", "oficina"):
        assert steward.get(reverse("workspace:register"), {name: "a\x00"}).status_code == 200


def test_the_list_asks_no_more_for_ten_files_than_for_one(desk):
    desk.open()
    page, table = reverse("workspace:files"), reverse("workspace:files_table", args=["csv"])
    asked = []
    for count in (0, 9):
        for _again in range(count):
            desk.open()
        for address in (page, table):
            desk.client.get(address)  # what is kept ready is ready then
            with CaptureQueriesContext(connection) as seen:
                answer = desk.client.get(address)
                assert answer.getvalue().decode().count("Informar a la Cancillería") > count
            asked.append(len(seen))
    assert asked[:2] == asked[2:]


def test_two_versions_are_compared_word_by_word(desk):
    desk.open()
    desk.text("es", "Las Partes cooperan por dos años."), desk.text("es", "Las Partes cooperan por cinco años.")
    page = desk.client.get(desk.address("compare")).text
    assert "<del>dos</del>" in page
    assert "<ins>cinco</ins>" in page


def test_a_document_is_given_to_its_office_and_its_reviewer_only(desk):
    desk.open()
    desk.text("es")
    address = reverse("workspace:document", args=[TextVersion.objects.get().document_id])
    cast = desk.cast
    reviewer = client_of(cast.at(cast.ministry, Role.LEGAL_REVIEWER))
    stranger = client_of(cast.at(cast.other_office, Role.DIRECTOR))
    assert [each.get(address).status_code for each in (reviewer, stranger)] == [404, 404]
    desk.do(Step.INFORM_MINISTRY)
    answers = [each.get(address) for each in (desk.client, reviewer, stranger)]
    assert [one.status_code for one in answers] == [200, 200, 404]
    assert all(one.getvalue() for one in answers)
    assert answers[0]["Content-Disposition"].startswith("attachment")


def test_what_is_no_document_is_refused_in_words(desk):
    desk.open()
    svg = SimpleUploadedFile("dibujo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    answer = desk.text("es", document=svg)
    assert answer.status_code == 200
    assert "dibujo.svg" in answer.text
    assert not TextVersion.objects.exists()


def test_a_council_vote_is_kept_with_its_members(desk):
    desk.open()
    form = {**desk.shown("vote"), "session": "Ordinaria 12", "on": desk.day(), "is_approved": "yes", "member_1": "Ana",
            "post_1": "Síndica", "choice_1": "for", "member_2": "Luis", "choice_2": ""}  # fmt: skip
    assert "Falta cómo votó" in desk.client.post(desk.address("vote"), form).text
    for _time in range(2):
        assert is_done(desk.client.post(desk.address("vote"), {**form, "choice_2": "absent"}))
    [vote] = desk.now.council_votes.all()
    assert [one.member for one in vote.cast.all()] == ["Ana", "Luis"]
    assert "Ordinaria 12" in desk.page()


def test_between_mexican_cities_there_is_only_the_signature(desk):
    assert is_done(desk.open(counterpart="León"))
    page = desk.page()
    assert "No va por la Cancillería" in page
    assert "Asentar la firma" in page
    assert "Solicitar el dictamen" not in page
    assert is_done(desk.do(Step.SIGN, place="León", signatories="A\nB"))
    assert desk.now.stage == "signed"
    assert "arece de respaldo" not in desk.page()


def test_an_office_with_a_word_template_of_its_own_uses_it(desk):
    desk.open()
    address = reverse("workspace:template", args=["aviso"])
    broken = desk.client.post(address, {"template": word("{{ contraparte }")})
    assert "Etiquetas que no se pueden usar" in broken.text
    assert is_done(desk.client.post(address, {"template": word("OFICINA PROPIA {{ contraparte }} {{ inventado }}")}))
    assert "inventado" in desk.client.get(address).text
    letter = reverse("workspace:paper_file", args=[desk.key, "aviso", "docx"])
    assert "OFICINA PROPIA la Ciudad de Ashland" in " ".join(text_of(desk.client.get(letter).content, WORD))
    assert is_done(desk.client.post(address, {"drop": "1"}))
    assert "OFICINA PROPIA" not in " ".join(text_of(desk.client.get(letter).content, WORD))


def test_a_template_that_can_no_longer_be_used_is_told_and_ours_is_written(desk):
    desk.open()
    desk.client.post(reverse("workspace:template", args=["aviso"]), {"template": word("PROPIA {{ contraparte }}")})
    page = reverse("workspace:paper", args=[desk.key, "aviso"])
    assert "ya no se puede usar" not in desk.client.get(page).text
    path = path_of(PaperTemplate.objects.get().document.digest)
    path.chmod(0o600)
    path.write_bytes(b"not a Word file any more")
    assert "ya no se puede usar" in desk.client.get(page).text
    letter = desk.client.get(reverse("workspace:paper_file", args=[desk.key, "aviso", "docx"]))
    written = " ".join(text_of(letter.content, WORD))
    assert "Ashland" in written
    assert "PROPIA" not in written


def backing_in_tables(desk):
    """Return what the column of backing says of the file in each public table."""
    found = {}
    for kind in ("csv", "xlsx"):
        answer = desk.client.get(f"/datos/acuerdos.{kind}")
        table = read_table(b"".join(answer), name=f"acuerdos.{kind}")
        column, slug = table.header.index("carece de respaldo"), table.header.index("dirección")
        found[kind] = [row[column] for _number, row in table.rows if row[slug] == desk.now.slug]
    return found


def certificates(desk):
    """Return the words of the file's certificate in each form and language."""
    words = {}
    for kind, media_type in (("pdf", PDF), ("docx", WORD)):
        for language in ("es", "en"):
            answer = desk.client.get(desk.address("certificate", kind), {"idioma": language})
            content = b"".join(answer) if answer.streaming else answer.content
            words[kind, language] = " ".join(" ".join(text_of(content, media_type)).split())
    return words


def test_the_certificate_and_the_dossier_say_that_backing_is_lacking(desk):
    signed_and_published(desk)
    told = {"es": "CARECE DE RESPALDO", "en": "LACKS BACKING"}
    for (kind, language), words in certificates(desk).items():
        assert told[language] in words, kind
    assert known_on(desk.cast.office, desk.today).rows["agreements"][0]["lacks_backing"] == "yes"


def test_the_certificate_of_what_has_backing_says_nothing_of_it(cast, desk):
    desk.key = DrivenFile(cast).cleared().signed().key
    for words in certificates(desk).values():
        assert "RESPALDO" not in words
        assert "BACKING" not in words


def test_what_is_known_with_the_same_city_is_told_while_the_file_is_a_draft(desk):
    desk.open()
    assert "Con esa ciudad ya hay" not in desk.page()
    first = desk.now
    desk.open()
    assert "Con esa ciudad ya hay" in desk.page()
    assert reverse("workspace:file", args=[first.pk]) in desk.page()


def test_the_number_written_in_the_letter_is_not_asked_again(desk):
    desk.open()
    page = reverse("workspace:paper", args=[desk.key, "aviso"])
    desk.client.post(page, {"version": 0, "number": "OF/77"})
    assert 'value="OF/77"' in desk.client.get(desk.address("step", Step.INFORM_MINISTRY)).text


def test_a_step_that_was_done_says_so(desk):
    desk.open()
    desk.do(Step.INFORM_MINISTRY)
    page = desk.client.get(desk.address("step", Step.INFORM_MINISTRY)).text
    assert "Ya se asentó el" in page
    assert "Todavía no se puede" not in page
    assert "Todavía no se puede" in desk.client.get(desk.address("step", Step.SEND_SIGNED_COPIES)).text


def signed_and_published(desk):
    desk.open()
    desk.do(Step.SIGN, place="G", signatories="A", is_without_opinion="on", reason="sí")
    desk.client.post(desk.address("step", Step.PUBLISH), desk.shown("step", Step.PUBLISH))
    return desk.now


def test_what_is_published_is_seen_like_any_other_with_its_lack_of_backing_and_withdrawn_is_gone(desk):
    kept = signed_and_published(desk)
    assert "director" not in (public := desk.client.get(f"/acuerdos/{kept.slug}/")).text
    places = {
        "/acuerdos/": "carece de respaldo",
        f"/acuerdos/{kept.slug}/": "carece de respaldo",
        f"/api/v1/agreements/{kept.slug}": '"lacks_backing":true',
        "/datos/acuerdos.jsonld": '"lacks_backing":true',
    }
    assert public.status_code == 200
    for address, told in places.items():
        answer = desk.client.get(address)
        text = b"".join(answer).decode() if answer.streaming else answer.text
        assert told in text.replace('": ', '":'), address
    assert backing_in_tables(desk) == {"csv": ["1"], "xlsx": ["1"]}
    desk.do(Step.UNPUBLISH, reason="Por error.")
    [waiting] = kept.proposals.all()
    second = client_of(desk.cast.at(desk.cast.office, Role.ADMINISTRATOR))
    form = {"version": desk.now.version, "decision": "confirmar"}
    assert is_done(second.post(reverse("workspace:decide", args=[waiting.pk]), form))
    assert desk.client.get(f"/acuerdos/{kept.slug}/").status_code in {404, 410}
    for address in ("/acuerdos/", "/datos/acuerdos.csv"):
        answer = desk.client.get(address)
        text = b"".join(answer).decode() if answer.streaming else answer.text
        assert kept.slug not in text, address


def test_a_notice_between_mexican_cities_speaks_of_no_opinion(desk):
    make.place("Morelia", state=desk.cast.office.place.state)
    assert is_done(desk.open(counterpart="Morelia", languages=["es"]))
    form = {**desk.shown("edit"), "title_es": "Acuerdo", "kind": "twinning", "languages": ["es"], "areas": AREAS,
            "planned_signature_on": desk.day(40), "is_filed": "on"}  # fmt: skip
    assert is_done(desk.client.post(desk.address("edit"), form))
    assert desk.now.is_filed
    pages = [desk.page(), desk.client.get(desk.address("step", Step.INFORM_MINISTRY)).text]
    whole_letter(desk)
    pages.append(desk.client.get(desk.address("paper", "aviso")).text)
    assert "Anotar que ya se informó" in pages[2]
    assert not any("solicitud del dictamen" in page for page in pages)
