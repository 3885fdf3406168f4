"""The reviewer's door: the queue, the text beside its rules, two rounds of observations, the opinion."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hermanar.agreements import actions
from hermanar.agreements.models import Observation, StepPaper
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import today_in
from hermanar.foundation.documents import path_of
from hermanar.foundation.models import Document
from hermanar.foundation.papers import text_of
from hermanar.workspace.letters import WORD
from tests import cast as people
from tests.files import SPANISH, DrivenFile
from tests.foundation.samples import pdf
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(cast):
    return client_of(cast.at(cast.ministry, Role.LEGAL_REVIEWER))


@pytest.fixture
def file(cast):
    return DrivenFile(cast).asked()


def at(name, file, **more):
    return reverse(f"workspace:{name}", kwargs={"agreement": file.key, **more})


def spanish(file):
    return file.now.texts.get(language="es").versions.last()


def sending(file, *passages, **values):
    """Return what the form of observations sends; passages are (paragraph, quote, comment)."""
    version = spanish(file)
    data = {"version": file.now.version, "on": file.today.isoformat(), "letter": "", "reason": "",
            "pasaje-TOTAL_FORMS": len(passages), "pasaje-INITIAL_FORMS": 0}  # fmt: skip
    for number, (paragraph, quote, comment) in enumerate(passages):
        said = {"place": f"{version.pk}:{paragraph}", "quote": quote, "comment": comment}
        data |= {f"pasaje-{number}-{name}": value for name, value in said.items()}
    return {**data, **values}


def test_queue_begins_with_the_nearest_signature_and_tells_what_is_late(cast, reviewer):
    later, nearer = DrivenFile(cast).asked(days=60), DrivenFile(cast, title_es="Otro").asked(days=20)
    returned = DrivenFile(cast).asked(days=15).observed()
    late = DrivenFile(cast, today=today_in("America/Mexico_City") - dt.timedelta(days=20)).asked(days=15)
    page = reviewer.get(reverse("workspace:reviews")).text
    places = [page.index(str(one.key)) for one in (late, nearer, later, returned)]
    assert places == sorted(places)
    assert "3 solicitudes esperan su dictamen" in page
    assert "1 se firma en siete días o ya debió firmarse" in page
    assert "vencido" in page


def test_queue_and_verb_agree_on_what_can_be_answered(cast, reviewer):
    signed = DrivenFile(cast).asked().signed(is_without_opinion=True)
    given_up = DrivenFile(cast).asked()
    given_up.do("abandon", said={"reason": "no respondieron"})
    page = reviewer.get(reverse("workspace:reviews")).text
    assert "1 solicitud espera su dictamen" in page
    assert "ya firmado, sin dictamen" in page
    answer = {"version": signed.now.version, "on": signed.today.isoformat(), "letter": "DGCP/1", "is_favourable": "yes"}
    assert reviewer.post(at("opinion", signed), answer)["Location"] == at("review", signed)
    page = reviewer.get(reverse("workspace:reviews")).text
    assert "Nada espera dictamen" in page
    assert "ya firmado, sin dictamen" not in page


def test_queue_says_when_nothing_waits(cast, reviewer):
    assert "Nada espera dictamen" in reviewer.get(reverse("workspace:reviews")).text


def test_text_stands_beside_its_rules_with_their_sources(file, reviewer):
    page = reviewer.get(at("review", file)).text
    for number, text in enumerate(SPANISH, 1):
        assert f'id="p-es-{number}"' in page
        assert text in page
    assert "¿La contraparte es un gobierno o un organismo internacional?" in page
    assert "Ley sobre la Celebración de Tratados, arts. 8 y 9" in page
    assert 'href="?idioma=en#p-en-4"' in page
    english = reviewer.get(at("review", file), {"idioma": "en"}).text
    assert "Each Party shall bear" in english


def test_marked_passages_become_blocks_to_write_in(file, reviewer):
    key = spanish(file).pk
    page = reviewer.get(at("observe", file), {"pasaje": [f"{key}:2", f"{key}:4", f"{key}:99", "nada", f"{key}:x"]}).text
    assert page.count("<fieldset") == 2
    assert SPANISH[1] in page
    assert SPANISH[3] in page
    assert "errorlist" not in page


def test_observations_go_with_their_passages_and_send_the_file_back(file, reviewer):
    sent = sending(file, (4, "dura tres años", "Falta la prórroga."), (2, "", "Precise las áreas."), (1, "", ""),
                   letter="DGCP/5", reason="En general, bien.")  # fmt: skip
    answer = reviewer.post(at("observe", file), sent)
    assert answer["Location"] == at("review", file)
    assert file.now.stage == "observed"
    kept = {(one.paragraph, one.quote, one.comment) for one in Observation.objects.all()}
    assert kept == {(4, "dura tres años", "Falta la prórroga."), (2, SPANISH[1], "Precise las áreas.")}
    assert {one.version_id for one in Observation.objects.all()} == {spanish(file).pk}
    assert reviewer.post(at("observe", file), sent)["Location"] == at("review", file), "a second click"
    assert file.now.steps.filter(step="record_observations").count() == 1


@pytest.mark.parametrize(
    ("passages", "values", "said"),
    [
        ([(4, "dura mil años", "No.")], {}, "Estas palabras no están en el párrafo"),
        ([(9, "x", "No.")], {}, "Ese pasaje no es de este expediente"),
        ([], {}, "Falta el motivo"),
        ([(4, "", "x")], {"on": "2999-01-01"}, "La fecha está por venir"),
        ([(4, "", "x")], {"on": "2001-01-01"}, "La fecha es anterior"),
        ([(4, "", "x")], {"is_written": "on"}, "Escriba el número del oficio"),
        ([(4, "", "x")], {"on": ""}, "Este campo es necesario"),
    ],
)
def test_wrong_observations_say_why_and_keep_what_was_typed(file, reviewer, passages, values, said):
    answer = reviewer.post(at("observe", file), sending(file, *passages, **{"letter": "", **values}))
    assert answer.status_code == 200
    assert said in answer.text
    assert file.now.stage == "opinion_requested"
    for _paragraph, _quote, comment in passages:
        assert comment in answer.text


def test_stale_observations_show_what_changed_and_keep_what_was_typed(file, reviewer):
    page = reviewer.get(at("observe", file)).text
    seen = re.search(r'name="seen_at" value="([^"]+)"', page)[1]
    sent = sending(file, (4, "", "Falta la prórroga."), seen_at=seen)
    file.text("en", ["Another text."])
    answer = reviewer.post(at("observe", file), sent)
    assert "El expediente cambió mientras escribía" in answer.text
    assert "agregó el texto «en», versión 2" in answer.text
    assert "Falta la prórroga." in answer.text
    assert file.now.stage == "opinion_requested"
    fresh = re.search(r'name="version" value="(\d+)"', answer.text)[1]
    assert reviewer.post(at("observe", file), {**sent, "version": fresh}).status_code == 302


def test_letter_is_written_as_word_and_pdf_without_recording(file, reviewer):
    sent = sending(file, (4, "dura tres años", "Falta la prórroga."), letter="DGCP/5")
    for format_, media_type in (("docx", WORD), ("pdf", "application/pdf")):
        answer = reviewer.post(at("observe", file), {**sent, "write": format_})
        assert answer["Content-Type"] == media_type
        text = " ".join(text_of(answer.content, media_type))
        assert "DGCP/5" in text
        assert "Falta la prórroga." in text
        assert "dura tres años" in text
    assert file.now.stage == "opinion_requested"
    assert not Document.objects.filter(name__startswith="observaciones").exists()


def test_letter_that_the_program_writes_is_kept_with_the_step(file, reviewer, settings, tmp_path):
    settings.VAR = tmp_path
    reviewer.post(at("opinion", file), {"version": file.now.version, "on": file.today, "letter": "DGCP/7",
                                        "is_favourable": "yes", "reason": "", "is_written": "on"})  # fmt: skip
    assert file.now.stage == "cleared"
    [paper] = StepPaper.objects.filter(step__step="record_opinion")
    assert paper.document.office == file.cast.ministry.pk
    text = " ".join(text_of(path_of(paper.document.digest).read_bytes(), "application/pdf"))
    assert "no hay inconveniente para suscribirlo" in text


def test_signed_letter_is_kept_and_a_false_one_refused(file, reviewer, settings, tmp_path):
    settings.VAR = tmp_path
    base = {
        "version": file.now.version,
        "on": file.today,
        "letter": "DGCP/7",
        "is_favourable": "no",
        "reason": "Invade lo federal.",
    }
    refused = reviewer.post(at("opinion", file), {**base, "paper": SimpleUploadedFile("oficio.pdf", b"nada")})
    assert refused.status_code == 200
    assert "oficio.pdf" in refused.text
    assert file.now.stage == "opinion_requested"
    word = reviewer.post(at("opinion", file), {**base, "write": "docx"}).content
    reviewer.post(at("opinion", file), {**base, "paper": SimpleUploadedFile("oficio.docx", word)})
    assert file.now.stage == "observed", "an opinion against signing sends the file back"
    assert "no procede suscribirlo" in " ".join(text_of(word, WORD))
    assert StepPaper.objects.get(step__step="record_opinion").document.name == "oficio.docx"


def shown_papers(page):
    """Return the hidden field of a page that names what an earlier try has sent."""
    return re.search(r'name="papers" value="([^"]*)"', page)[1]


@pytest.mark.parametrize("wrong", [{"letter": ""}, {"reason": ""}, {"is_favourable": ""}, {"version": "0"}])
def test_a_signed_letter_is_not_lost_with_a_form_that_is_refused(file, reviewer, wrong):
    base = {"version": file.now.version, "on": file.today, "letter": "DGCP/7", "is_favourable": "no",
            "reason": "Invade lo federal."}  # fmt: skip
    sent = SimpleUploadedFile("oficio.pdf", pdf())
    page = reviewer.post(at("opinion", file), {**base, **wrong, "paper": sent}).text
    assert file.now.stage == "opinion_requested"
    assert "Ya recibido: oficio.pdf" in " ".join(page.split())
    again = {**base, "papers": shown_papers(page)}
    page = reviewer.post(at("opinion", file), {**again, **wrong}).text
    assert "Ya recibido: oficio.pdf" in " ".join(page.split()), "refused twice"
    assert reviewer.post(at("opinion", file), again).status_code == 302
    assert StepPaper.objects.get(step__step="record_opinion").document.name == "oficio.pdf"


def test_a_letter_that_came_with_wrong_observations_goes_with_the_right_ones(file, reviewer):
    wrong = sending(file, (2, "", ""), letter="DGCP/7", paper=SimpleUploadedFile("oficio.pdf", pdf()))
    page = reviewer.post(at("observe", file), wrong).text
    assert "Ya recibido: oficio.pdf" in " ".join(page.split())
    right = sending(file, (2, "", "Revise."), letter="DGCP/7", papers=shown_papers(page))
    assert reviewer.post(at("observe", file), right).status_code == 302
    assert StepPaper.objects.get(step__step="record_observations").document.name == "oficio.pdf"


def test_papers_of_another_office_are_none_of_a_form(file, reviewer):
    theirs = people.document(file.cast.other_office)
    base = {"version": file.now.version, "on": file.today, "letter": "DGCP/7", "is_favourable": "yes", "reason": ""}
    page = reviewer.post(at("opinion", file), {**base, "letter": "", "papers": f"{theirs.pk} x"}).text
    assert theirs.name not in page
    reviewer.post(at("opinion", file), {**base, "papers": str(theirs.pk)})
    assert file.now.stage == "cleared"
    assert not StepPaper.objects.filter(step__step="record_opinion").exists()


@pytest.mark.parametrize(
    ("values", "said"),
    [({"letter": ""}, "Falta el número del oficio"), ({"is_favourable": "no"}, "Diga por qué no procede"),
     ({"is_favourable": ""}, "Este campo es necesario")],
)  # fmt: skip
def test_wrong_opinion_says_why(file, reviewer, values, said):
    base = {"version": file.now.version, "on": file.today, "letter": "1", "is_favourable": "yes", "reason": ""}
    assert said in reviewer.post(at("opinion", file), {**base, **values}).text
    assert file.now.stage == "opinion_requested"


def test_observation_follows_its_passage_until_it_is_settled(file, reviewer):
    file.observed()
    [said] = Observation.objects.all()
    file.text("es", ["Preámbulo.", *SPANISH[:3], SPANISH[3].replace("tres años", "cinco años, prorrogables")])
    actions.answer_observation(said.pk, by=file.by, answer="Se agregó la prórroga.", answered_in=spanish(file).pk)
    file.do("request_opinion")
    page = reviewer.get(at("review", file)).text
    assert "ronda 2" in page
    assert "dura cinco años, prorrogables" in page
    assert 'href="?idioma=es#p-es-5"' in page
    assert "Se agregó la prórroga." in page
    answer = reviewer.post(reverse("workspace:settle", args=[said.pk]))
    assert answer["Location"].startswith(at("review", file))
    said.refresh_from_db()
    assert said.state == "settled"
    file.text("es", SPANISH[:2])
    assert "Esas palabras no están en la última versión" in reviewer.get(at("review", file)).text


def test_two_versions_are_compared_word_by_word(file, reviewer):
    text = file.now.texts.get(language="es")
    assert "Solo hay una versión" in reviewer.get(at("review_compare", file, text=text.pk)).text
    file.text("es", [*SPANISH[:3], SPANISH[3].replace("tres", "cinco")])
    page = reviewer.get(at("review_compare", file, text=text.pk)).text
    assert "<del>tres</del>" in page
    assert "<ins>cinco</ins>" in page
    assert "Cambió 1 párrafo" in page
    assert "<ins>" not in reviewer.get(at("review_compare", file, text=text.pk), {"de": "1", "a": "1"}).text
    foreign = DrivenFile(file.cast).asked().now.texts.get(language="es")
    assert reviewer.get(at("review_compare", file, text=foreign.pk)).status_code == 404


def test_closed_step_is_explained_and_offers_nothing(file, reviewer):
    file.observed()
    page = reviewer.get(at("review", file)).text
    assert "El expediente no está en el paso que esto pide" in page
    assert "Observar lo marcado" not in page
    answer = reviewer.post(at("opinion", file), {"version": file.now.version, "on": file.today, "letter": "1",
                                                 "is_favourable": "yes", "reason": ""})  # fmt: skip
    assert "El expediente no está en el paso que esto pide" in answer.text


def test_file_that_was_not_sent_here_does_not_exist(cast, reviewer):
    draft = DrivenFile(cast)
    for name in ("review", "observe", "opinion"):
        for method in (reviewer.get, reviewer.post):
            assert method(at(name, draft)).status_code == 404


def test_queue_asks_as_much_for_three_as_for_one(cast, reviewer):
    DrivenFile(cast).asked()
    before = _count(reviewer)
    DrivenFile(cast).asked()
    DrivenFile(cast).asked()
    assert _count(reviewer) == before


def _count(client):
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("workspace:reviews"))
    return len(asked)


def test_words_of_a_passage_may_be_broken_otherwise(file, reviewer):
    reviewer.post(at("observe", file), sending(file, (4, "dura\r\n tres   años", "Falta."), letter="1"))
    assert Observation.objects.get().quote == "dura tres años"


@pytest.fixture
def state(cast):
    return client_of(cast.at(cast.state, Role.LEGAL_REVIEWER))


def test_the_state_reads_and_observes_and_the_ministry_keeps_the_word(file, state, reviewer, cast):
    assert (
        "1 solicitud de sus municipios espera el dictamen de la Cancillería"
        in state.get(reverse("workspace:reviews")).text
    )
    page = state.get(at("review", file)).text
    assert SPANISH[3] in page
    assert at("opinion", file) not in page
    assert state.get(at("opinion", file)).status_code == 404
    form = {name: value for name, value in sending(file, (4, "dura tres años", "Precise.")).items() if name != "on"}
    form |= {"reason": "En general, bien.", "seen_at": "2020-01-01T00:00:00+00:00"}
    assert state.post(at("observe", file), form)["Location"] == at("review", file)
    assert state.post(at("observe", file), form)["Location"] == at("review", file), "a second click"
    assert Observation.objects.count() == 2
    assert file.now.stage == "opinion_requested"
    assert "1 solicitud espera su dictamen" in reviewer.get(reverse("workspace:reviews")).text
    for page in (reviewer.get(at("review", file)).text, client_of(file.by).get(at("file", file)).text):
        assert page.count("de la entidad federativa") == 2
    file.observed()
    theirs, mine = Observation.objects.get(step__isnull=False), Observation.objects.filter(step=None).first()
    assert state.get(at("review", file)).text.count("Dar por resuelta") == 2
    assert state.post(reverse("workspace:settle", args=[theirs.pk])).status_code == 404
    state.post(reverse("workspace:settle", args=[mine.pk]))
    assert set(Observation.objects.filter(state="settled")) == {mine}


def test_a_stale_note_of_the_state_keeps_what_was_typed(file, state):
    form = {name: value for name, value in sending(file).items() if name != "on"} | {"reason": "Mi nota."}
    file.text("es", [*SPANISH, "Otro párrafo."])
    answer = state.post(at("observe", file), form)
    assert answer.status_code == 200
    assert "Mi nota." in answer.text
    assert not Observation.objects.exists()
