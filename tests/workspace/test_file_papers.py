"""The papers of a file: letters, drafts, programmes as Word and PDF, what was sent, and an office's own templates."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from hermanar.agreements.models import PaperFilling
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.foundation.documents import path_of
from hermanar.foundation.papers import text_of
from hermanar.foundation.papers.reading import PDF, WORD
from hermanar.offices.models import PaperTemplate
from tests import factories as make
from tests.workspace.filing import AREAS, Desk, is_done, whole_letter, word

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast):
    return Desk(cast)


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


def test_the_number_written_in_the_letter_is_not_asked_again(desk):
    desk.open()
    page = reverse("workspace:paper", args=[desk.key, "aviso"])
    desk.client.post(page, {"version": 0, "number": "OF/77"})
    assert 'value="OF/77"' in desk.client.get(desk.address("step", Step.INFORM_MINISTRY)).text
