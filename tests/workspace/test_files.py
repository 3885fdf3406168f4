"""The files of an office as their pages: opened, led from step to step, refused with rule and remedy."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hermanar.agreements.models import Agreement, TextVersion
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.foundation.access import Role
from hermanar.foundation.papers import text_of
from hermanar.foundation.papers.reading import PDF, WORD
from hermanar.foundation.tables import read_table
from hermanar.workspace.dossier import known_on
from tests import factories as make
from tests.files import DrivenFile
from tests.workspace.filing import AREAS, Desk, is_done, whole_letter, word
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast):
    return Desk(cast)


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


def test_a_receipt_is_not_lost_with_a_step_that_is_refused(desk):
    desk.open()
    page = desk.do(Step.INFORM_MINISTRY, letter="OF/1", on="ayer", paper=word("Recibido.", name="acuse.docx")).text
    assert "Ya recibido: acuse.docx" in " ".join(page.split())
    papers = re.search(r'name="papers" value="([^"]*)"', page)[1]
    assert is_done(desk.do(Step.INFORM_MINISTRY, letter="OF/1", papers=papers))
    assert [one.document.name for one in desk.now.steps.last().papers.all()] == ["acuse.docx"]


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


def test_areas_that_nobody_wrote_before_the_signature_are_written_after_it_once(desk):
    desk.open(areas=[])
    signed = {"place": "Guanajuato", "signatories": "Alcaldesa", "is_without_opinion": "on", "reason": "Ya fue."}
    assert is_done(desk.do(Step.SIGN, **signed))
    desk.text("es"), desk.text("en")
    assert f"{desk.address('edit')}#id_areas" in desk.client.get(desk.address("step", Step.REQUEST_OPINION)).text
    offered = desk.client.get(desk.address("edit")).text
    assert 'id="id_areas' in offered
    assert 'id="id_kind' not in offered
    kept = {**desk.shown("edit"), "languages": ["es", "en"]}
    assert is_done(desk.client.post(desk.address("edit"), {**kept, "areas": AREAS}))
    assert [one.area for one in desk.now.areas.order_by("pk")] == AREAS
    assert 'id="id_areas' not in desk.client.get(desk.address("edit")).text
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
