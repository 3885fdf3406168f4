"""The counterpart's word: the link, told once; the page without an account; both versions side by side."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from hermanar.agreements.actions import ask_counterpart, publish_file, withdraw_link
from hermanar.agreements.models import CounterpartLink, CounterpartWord
from hermanar.foundation import trail
from hermanar.foundation.access import Role
from hermanar.foundation.models import Statement, uuid7
from tests.files import DrivenFile
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(cast):
    return DrivenFile(cast, term_years=3)


@pytest.fixture
def analyst(cast):
    return client_of(cast.of(Role.ANALYST))


def office_page(file):
    return reverse("workspace:counterpart", args=[file.key])


def link_page(file):
    return reverse("workspace:counterpart_link", args=[file.key])


def ask(file, language="es", contact="Ana, ana@example.org"):
    sent = ask_counterpart(file.counterpart.pk, by=file.by, language=language, contact=contact)
    with translation.override(language):
        return sent.link, reverse("confirmation", args=[sent.token])


def saying(answer="confirms", **values):
    return {"key": str(uuid7()), "answer": answer, **values}


def test_link_is_shown_once_and_speaks_the_language_of_the_contact(file, analyst):
    page = analyst.post(link_page(file), {"party": file.counterpart.pk, "language": "en", "contact": "Ann"}).text
    [address] = re.findall(r'value="http://testserver(/en/confirmar/[^"]+)"', page)
    assert "mailto:?subject=" in page
    again = analyst.get(office_page(file)).text
    assert address.split("/")[3] not in again, "only its digest is kept"
    assert "Ann" in again
    answer = Client().get(address)
    assert answer.status_code == 200
    assert 'lang="en"' in answer.text
    assert "Ashland" in answer.text


def test_page_is_hidden_from_other_sites_engines_and_caches_and_sets_no_cookie(file):
    _link, address = ask(file)
    for answer in (Client().get(address), Client().post(address, saying()), Client().get(address + "x/")):
        assert answer["Referrer-Policy"] == "no-referrer" or answer.status_code == 404
        assert not answer.cookies
    answer = Client().get(address)
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "private, no-store"
    assert Client(enforce_csrf_checks=True).post(address, saying()).status_code == 200, "the link is its own proof"


def test_confirmation_is_kept_as_the_citys_word_and_once(file, analyst):
    link, address = ask(file)
    said = saying(spoken_by="Ana, alcaldesa", comment="Solo para ustedes.")
    for _click in range(2):
        assert "Gracias" in Client().post(address, said).text
    [word] = CounterpartWord.objects.all()
    assert (word.link, word.answer, word.said) == (link, "confirms", {})
    page = analyst.get(office_page(file)).text
    assert "confirma el acuerdo" in page
    assert "Ana, alcaldesa" in page
    assert "Solo para ustedes." in page
    assert "no coinciden" not in page


def test_correction_stands_beside_what_the_office_holds(file, analyst):
    _link, address = ask(file)
    Client().post(address, saying("corrects", signed_on="1987-12", term_years="5", kind=""))
    [word] = CounterpartWord.objects.all()
    assert word.said == {"signed_on": "1987-12", "term_years": "5"}
    page = analyst.get(office_page(file)).text
    assert page.count("no coinciden") == 2
    kept = {(one.field, one.value) for one in Statement.objects.filter(subject=file.key)}
    assert {("counterpart_recognition", "corrects"), ("signed_on", "1987-12"), ("term_years", "5")} <= kept
    assert file.now.term_years == 3, "nobody's version changes the other's"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"answer": ""}, "Elija una respuesta"),
        ({"answer": "corrects"}, "Escriba abajo qué hay que corregir"),
        ({"answer": "knows_other"}, "Diga qué acuerdo conoce su ciudad"),
        ({"answer": "confirms", "term_years": "9"}, "con esta respuesta no se guarda"),
        ({"answer": "does_not_know", "note": "Buscamos desde 1950."}, "con esta respuesta no se guarda"),
        ({"answer": "corrects", "signed_on": "antes"}, "No es una fecha"),
        ({"answer": "corrects", "term_years": "0"}, "mayor o igual"),
        ({"answer": "corrects", "kind": "otra"}, "Escoja una opción válida"),
        ({"answer": "si"}, "Escoja una opción válida"),
        ({"key": "x"}, "UUID"),
    ],
)
def test_wrong_word_says_why_and_keeps_nothing(file, said, why):
    _link, address = ask(file)
    answer = Client().post(address, {**saying(), "note": "", **said})
    assert answer.status_code == 200
    assert not CounterpartWord.objects.exists()
    assert why in answer.text or "key" in said


def test_umea_knows_another_instrument_and_the_public_page_says_who_says_so(cast):
    file = DrivenFile(cast).cleared().signed()
    publish_file(file.key, by=file.by, version=file.now.version, today=file.today)
    _link, address = ask(file)
    Client().post(
        address,
        saying("knows_other", kind="specific_cooperation", note="Un acuerdo de cooperación, no un hermanamiento."),
    )
    page = Client().get(reverse("museum:agreement", args=[file.now.slug])).text
    assert "Un acuerdo de cooperación, no un hermanamiento." in page
    assert "Ashland, por enlace personal" in page
    assert "conoce otro instrumento" in page


def test_links_that_cannot_be_used_say_the_same(file, cast):
    old, expired = ask(file, contact="a")
    CounterpartLink.objects.filter(pk=old.pk).update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    gone, withdrawn = ask(file, contact="b")
    withdraw_link(gone.pk, by=file.by)
    _replaced, replaced = ask(file, contact="c")
    ask(file, contact="c")
    texts = set()
    for address in (expired, withdrawn, replaced, reverse("confirmation", args=["nada"])):
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address, saying())
            assert answer.status_code == 404
            assert answer["Referrer-Policy"] == "no-referrer"
            texts.add(re.sub(r"\S*/confirmar/\S+", "", answer.text))
    assert len(texts) == 1
    assert not CounterpartWord.objects.exists()


def test_word_that_waits_while_its_link_is_withdrawn_is_not_kept(file, monkeypatch):
    link, address = ask(file)
    holds = trail.hold

    def waits(*indexes, **of):
        """Hold the chain once whoever had it has withdrawn the link."""
        monkeypatch.setattr(trail, "hold", holds)
        withdraw_link(link.pk, by=file.by)
        holds(*indexes, **of)

    monkeypatch.setattr(trail, "hold", waits)
    answers = [Client().post(address, saying()), Client().get(reverse("confirmation", args=["nunca"]))]
    assert [(one.status_code, one["Referrer-Policy"]) for one in answers] == [(404, "no-referrer")] * 2
    assert len({re.sub(r"\S*/confirmar/\S+", "", one.text) for one in answers}) == 1
    assert not CounterpartWord.objects.exists()
    assert not Statement.objects.filter(field="counterpart_recognition").exists()


def test_link_is_withdrawn_in_the_office(file, analyst):
    link, address = ask(file)
    analyst.post(reverse("workspace:withdraw_link", args=[file.key, link.pk]))
    assert Client().get(address).status_code == 404
    assert "retirado" in analyst.get(office_page(file)).text
    other = ask(DrivenFile(file.cast))[0]
    assert analyst.post(reverse("workspace:withdraw_link", args=[file.key, other.pk])).status_code == 404


def test_reader_sees_the_word_but_makes_no_link(file):
    reader = client_of(file.cast.of(Role.READER))
    assert "Hacer el enlace" not in reader.get(office_page(file)).text
    data = {"party": file.counterpart.pk, "language": "en", "contact": "Ann"}
    assert reader.post(link_page(file), data).status_code == 403
    link = ask(file)[0]
    assert reader.post(reverse("workspace:withdraw_link", args=[file.key, link.pk])).status_code == 403
    assert CounterpartLink.objects.get().withdrawn_at is None


def test_guesses_and_endless_words_are_stopped(file):
    _link, address = ask(file)
    answers = [Client().post(address, saying()).status_code for _word in range(21)]
    assert answers == [200] * 20 + [429]
    guesses = [Client().get(reverse("confirmation", args=[f"x{n}"])).status_code for n in range(121)]
    assert guesses == [404] * 120 + [429]
