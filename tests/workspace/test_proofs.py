"""Proof pages: prepared in the office, seen by nobody until published, gone when withdrawn."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation
from lxml import html

from hermanar.cooperation.actions import PhotographDraft, PhotographWords, Sent
from hermanar.cooperation.actions.proofs import change_proof, publish_proof
from hermanar.cooperation.models import ProofPage
from hermanar.cooperation.vocabulary import Rights
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import public_day
from hermanar.offices.models import Office
from hermanar.workspace.dossier import known_on
from hermanar.workspace.proofs import told_of
from tests.cooperation.test_proofs import drafted, prepared
from tests.cooperation_acts import a_tie, noted
from tests.foundation.samples import picture
from tests.workspace import read_back
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db


def at(name, *arguments):
    return reverse(f"workspace:{name}", args=arguments)


@pytest.fixture
def tie(cast):
    return a_tie(cast)


@pytest.fixture
def analyst(cast):
    return client_of(cast.of(Role.ANALYST))


@pytest.fixture
def director(cast):
    return client_of(cast.of(Role.DIRECTOR))


@pytest.fixture
def visit(cast, tie):
    shots = [a_shot("La plaza", Rights.OWN), a_shot("El brindis", Rights.OFFICE_ONLY)]
    return noted(cast, tie, on="2025-06-01", until="2025-06-02", participants={"MX": 30, "US": 12},
                 description_es="Taller de agua", place="Biblioteca", photographs=shots)  # fmt: skip


def a_shot(alternative, rights):
    stream = io.BytesIO(picture(size=(len(alternative) * 8, 60)))
    return PhotographDraft(Sent(stream, "foto.png"), PhotographWords(alternative, "Ana Ruiz", rights))


def sending(*activities, **values):
    first = {
        "key": uuid4(), "title_es": "Encuentro de agua", "place": "Ashland", "country": "US",
        "starts_on": "2025-06-01", "ends_on": "2025-06-03", "activities": [one.pk for one in activities],
    }  # fmt: skip
    return {**first, **values}


def published(cast, proof):
    return publish_proof(proof.pk, by=cast.of(Role.DIRECTOR), version=ProofPage.objects.get(pk=proof.pk).version)


def test_page_is_prepared_seen_published_and_withdrawn(client, analyst, director, tie, visit):
    assert "Ashland" in analyst.get(at("prepare_proof")).text
    sent = analyst.post(f"{at('prepare_proof')}?expediente={tie.pk}", sending(visit))
    kept = ProofPage.objects.get()
    assert sent["Location"] == at("proof", kept.pk)
    page = analyst.get(at("proof", kept.pk)).text
    assert "Nadie la ve fuera de la oficina" in page
    assert "Publicarla" not in page
    director.post(at("publish_proof", kept.pk), {"version": kept.version})
    kept.refresh_from_db()
    address = reverse("proof", args=[kept.token])
    assert address in director.get(at("proof", kept.pk)).text
    shown = client.get(address)
    for words in ("Encuentro de agua", "Ashland", "Taller de agua", "Biblioteca", "Estados Unidos", "30", "12"):
        assert words in shown.text, words
    assert shown.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert not shown.cookies
    english = client.get(f"/en{address}").text
    assert ("Ashland (United States)" in english, "Estados Unidos" in english, "México" in english) == (
        True,
        False,
        False,
    )
    director.post(at("publish_proof", kept.pk), {"version": kept.version, "hides": "1"})
    assert client.get(address).status_code == 404


def test_same_form_sent_twice_is_one_page(analyst, tie, visit):
    data = sending(visit)
    for _time in range(2):
        answer = analyst.post(f"{at('prepare_proof')}?expediente={tie.pk}", data)
        assert answer["Location"] == at("proof", ProofPage.objects.get().pk)


def test_only_photographs_with_permission_leave_the_office(cast, client, tie, visit):
    shown = published(cast, prepared(cast, tie, visit))
    tree = html.fromstring(client.get(reverse("proof", args=[shown.token])).text)
    pictures = tree.xpath("//main//figure/img")
    assert [one.get("alt") for one in pictures] == ["La plaza"]
    given = client.get(pictures[0].get("src"))
    assert b"".join(given.streaming_content).startswith(b"\x89PNG")
    other = visit.files.get(alternative="El brindis")
    assert client.get(reverse("proof_photograph", args=[shown.token, other.pk])).status_code == 404
    assert client.get(reverse("proof_photograph", args=["otra", visit.files.first().pk])).status_code == 404
    visit.files.update(rights=Rights.OFFICE_ONLY)
    assert client.get(pictures[0].get("src")).status_code == 404


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"title_es": " "}, "title_es", ""),
        ({"place": ""}, "place", ""),
        ({"country": "ZZ"}, "country", ""),
        ({"ends_on": "2025-05-01"}, "ends_on", "Termina antes"),
        ({"ends_on": "2999-01-01"}, "ends_on", "Todavía no termina"),
        ({"activities": []}, "activities", "Elija al menos una"),
        ({"activities": [str(uuid4())]}, "activities", ""),
        ({"starts_on": "2025-06-02"}, "activities", "fuera de esas fechas"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(analyst, tie, visit, values, field, words):
    data = sending(visit, acknowledgement="Financiado por la Unión Europea")
    answer = analyst.post(f"{at('prepare_proof')}?expediente={tie.pk}", {**data, **values})
    assert answer.status_code == 200
    assert words in str(answer.context["form"].errors[field])
    assert "Financiado por la Unión Europea" in answer.text
    assert not ProofPage.objects.exists()


def test_second_of_two_people_is_told_and_keeps_what_was_typed(cast, analyst, tie, visit):
    made = prepared(cast, tie, visit)
    change_proof(
        made.pk, drafted(visit, title_es="El de ella"), by=cast.of(Role.DIRECTOR), version=1, today=dt.date(2026, 1, 9)
    )
    answer = analyst.post(at("change_proof", made.pk), sending(visit, title_es="El de él", version=1))
    assert "Otra persona la cambió" in answer.text
    assert "El de él" in answer.text
    assert ProofPage.objects.get().title_es == "El de ella"
    again = {**sending(visit, title_es="El de él"), "version": answer.context["form"].data["version"]}
    assert analyst.post(at("change_proof", made.pk), again).status_code == 302
    assert ProofPage.objects.get().title_es == "El de él"
    assert analyst.post(at("change_proof", made.pk), again).status_code == 302  # pressed twice
    assert ProofPage.objects.get().version == 3


def test_button_pressed_twice_or_on_an_old_page_does_nothing_more(cast, director, tie, visit):
    made = prepared(cast, tie, visit)
    director.post(at("publish_proof", made.pk), {"version": 1})
    token = ProofPage.objects.get().token
    director.post(at("publish_proof", made.pk), {"version": 1})
    assert ProofPage.objects.get().token == token
    said = director.post(at("publish_proof", made.pk), {"version": 1, "hides": "1"}, follow=True)
    assert "Otra persona la cambió" in said.text
    assert ProofPage.objects.get().token == token
    assert director.post(at("publish_proof", made.pk), {"version": "x"}).status_code == 302


def test_each_lack_opens_the_very_field(cast, director, tie, visit):
    bare = noted(cast, tie, on="2025-06-03", description_es="Sin nada")
    made = prepared(cast, tie, visit, bare)
    tree = html.fromstring(director.get(at("proof", made.pk)).text)
    lacks = {one.text_content(): one.get("href") for one in tree.xpath("//section[@aria-labelledby='falta']//a")}
    for words in ("cuántas personas", "dónde fue", "en inglés", "no tiene permiso", "número del proyecto",
                  "reconocimiento", "CERV"):  # fmt: skip
        assert any(words in lack for lack in lacks), words
    for words, address in lacks.items():
        path, field = address.split("#")
        answer = director.get(path)
        assert answer.status_code == 200, words
        assert f'id="{field}"' in answer.text, (words, address)


@pytest.mark.parametrize("language", ["es", "en"])
def test_files_say_the_numbers_of_the_page(cast, client, director, tie, visit, language):
    noted_again = noted(cast, tie, on="2025-06-02", participants={"US": 40}, description_es="Cena")
    shown = published(cast, prepared(cast, tie, visit, noted_again))
    prefix = "" if language == "es" else "/en"
    figures, _grids = read_back.of_page(client.get(prefix + reverse("proof", args=[shown.token])).text)
    numbers = [value for _label, value in figures]
    assert numbers == ["70", "30", "40"]
    word = director.get(at("proof_file", shown.pk, language, "docx")).content
    assert [value for _label, value in read_back.of_word(word)[0]] == numbers
    rows = read_back.of_csv(director.get(at("proof_file", shown.pk, language, "csv")).content)
    assert [row[3] for row in rows if not row[1]] == numbers
    assert read_back.of_xlsx(director.get(at("proof_file", shown.pk, language, "xlsx")).content) == rows
    assert "70" in read_back.text_of_pdf(director.get(at("proof_file", shown.pk, language, "pdf")).content)


def test_file_that_does_not_exist_is_none(cast, director, tie, visit):
    made = prepared(cast, tie, visit)
    for rest in ("constancia-fr.docx", "constancia-es.odt"):
        assert director.get(f"{at('proof', made.pk)}{rest}").status_code == 404


@pytest.mark.parametrize("rest", ["", "fotografia/01890000-0000-7000-8000-000000000000/"])
@pytest.mark.parametrize("token", ["%00", "%C3%A1", "a" * 300])
def test_what_cannot_be_an_address_is_not_found(client, token, rest):
    assert client.get(f"/constancia/{token}/{rest}").status_code == 404


def test_people_of_several_days_are_in_the_table_once(cast, director, tie):
    visit = noted(cast, tie, on="2025-06-01", until="2025-06-03", participants={"US": 30})
    made = prepared(cast, tie, visit)
    rows = read_back.of_csv(director.get(at("proof_file", made.pk, "es", "csv")).content)
    assert [row[3] for row in rows if row[1]] == ["30"]
    _figures, grids = read_back.of_word(director.get(at("proof_file", made.pk, "es", "docx")).content)
    assert [(row[1], row[4]) for row in grids["Cada día"][1]] == [
        ("1 de junio de 2025", "30"), ("2 de junio de 2025", "–"), ("3 de junio de 2025", "–"),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["es", "en"])
def test_what_it_lacks_stays_in_the_office(cast, director, tie, visit, language):
    made = prepared(cast, tie, visit)
    with translation.override(language):
        lacks = [one.what for one in told_of(made).lacks]
    assert lacks
    pdf = read_back.text_of_pdf(director.get(at("proof_file", made.pk, language, "pdf")).content)
    word = zipfile.ZipFile(io.BytesIO(director.get(at("proof_file", made.pk, language, "docx")).content))
    for text in (pdf, word.read("word/document.xml").decode()):
        assert not [lack for lack in lacks if lack in text]
        assert "todavía no puede decir" not in text


def test_analyst_is_not_led_to_mend_what_is_on_the_web(cast, analyst, tie, visit):
    assert at("mend_activity", visit.pk) in analyst.get(at("activity", visit.pk)).text
    published(cast, prepared(cast, tie, visit))
    page = analyst.get(at("activity", visit.pk)).text
    assert at("mend_activity", visit.pk) not in page
    assert "El público ya la ve" in page
    assert analyst.get(at("mend_activity", visit.pk)).status_code == 302


def test_dossier_hands_over_what_is_on_the_web(cast, director, tie, visit):
    made = prepared(cast, tie, visit)
    today = public_day()
    assert matters(cast, today) == []
    shown = published(cast, made)
    assert matters(cast, today) == [("Constancia en la red: Encuentro", reverse("proof", args=[shown.token]))]
    assert matters(cast, today - dt.timedelta(days=3)) == []
    director.post(at("publish_proof", made.pk), {"version": shown.version, "hides": "1"})
    assert matters(cast, today) == []


def matters(cast, day):
    rows = known_on(Office.objects.get(pk=cast.office.pk), day).rows["open_matters"]
    return [(row["what"], row["detail"]) for row in rows if "Constancia" in row["what"]]
