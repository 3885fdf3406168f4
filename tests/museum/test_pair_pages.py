"""The comparison of everyday life as strangers see it: asked, answered, listed; what is not public is nowhere."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.test import Client

from hermanar.foundation.access import CONSOLE
from hermanar.museum.actions.pairs import draft, publish, withdraw
from hermanar.museum.models import Pair
from tests import factories as make
from tests.museum.everyday import TURNED, UNKNOWN, WHOLE, WORDS, a_pair
from tests.museum.test_refusals import assert_designed

CANARY = "Kanarienvogel"
GUESS, SLIDE, TURN = "/comparar/cuantos-bajo-un-techo/", "/comparar/cual-es-mas/", "/comparar/de-que-se-habla/"


def shown(said):
    kept = draft(said, by=CONSOLE)
    return publish(kept.pk, by=CONSOLE, version=kept.version)


@pytest.fixture
def asked(world):
    """Three public pairs, one of each way; a draft and a withdrawn one full of canaries."""
    shown(WHOLE)
    shown(a_pair(slug="cual-es-mas", mode="slide", choice=0, theme="feast", right={"place": "ashland"}))
    turned = {**TURNED, "slug": "de-que-se-habla", "question": "¿De qué se habla?", "question_en": ""}
    shown(a_pair(**turned, left=WORDS, right={**UNKNOWN, "place": "sin-lugar"}))
    secret = {"question": f"¿{CANARY}?", "question_en": CANARY, "note": CANARY}
    said = {"left": {"answer": CANARY, "source": CANARY}, "right": {"answer": CANARY}}
    draft(a_pair(slug="kanarienvogel-borrador", **secret, **said), by=CONSOLE)
    gone = shown(a_pair(slug="kanarienvogel-retirada", theme="dish", **secret, **said))
    withdraw(gone.pk, by=CONSOLE, version=gone.version)
    return Client(raise_request_exception=False)


def html(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def hidden(text, mark):
    """Say whether a part of the page is there but not shown."""
    return re.search(rf"<[^>]* {mark}[^>]* hidden[^>]*>|<[^>]* {mark} hidden>", text) is not None


def test_guess_is_asked_before_it_is_told(asked):
    page = html(asked, GUESS)
    assert hidden(page, "data-told")
    assert not hidden(page, "data-ask")
    assert 'type="range"' in page
    assert 'min="0" max="10" step="1" value="5"' in page


def outcome(page):
    return re.findall(r"<strong data-outcome=\"\w+\">([^<]+)</strong>", page)


def test_answer_sent_without_a_script_is_told(asked):
    for answer, told in (("2", "¡Exacto!"), ("9", "Es menos."), ("0", "Es más.")):
        page = html(asked, f"{GUESS}?respuesta={answer}")
        assert hidden(page, "data-ask")
        assert not hidden(page, "data-told")
        assert outcome(page) == [told]
        assert f"<span data-said>{answer}</span>" in page
        assert "Censo" in page
    for answer, told in (("0", "¡Así es!"), ("1", "Es la otra.")):
        assert outcome(html(asked, f"{SLIDE}?respuesta={answer}")) == [told]


def test_cards_turn_by_themselves_and_say_what_nobody_told(asked):
    page = html(asked, TURN)
    assert page.count("<details") == 2
    assert "Ninguna fuente lo cuenta todavía." in page
    assert "Una ciudad que ya no está" in page


def test_english_page_marks_what_is_only_in_spanish(asked):
    assert '<h1 class="facing__question" lang="es">¿De qué se habla?</h1>' in html(asked, f"/en{TURN}")
    english = html(asked, f"/en{GUESS}?respuesta=2")
    assert "How many live in a house?" in english
    assert "Two people" in english
    assert "Census" in english


STRANGE = (
    "respuesta=11", "respuesta=-1", "respuesta=NaN", "respuesta=Infinity", "respuesta=1e999999", "otra=1",
    "respuesta=1E-999999", "respuesta=0E-999999", "respuesta=0E%2B999999",
    "respuesta=" + "9" * 5000, "respuesta=%3Cscript%3E", "respuesta=1&respuesta=2", "respuesta=%00",
)  # fmt: skip


def test_what_a_stranger_sends(asked):
    for query in STRANGE:
        assert_designed(asked.get(f"{GUESS}?{query}"), 422)
    for query in ("respuesta=2", "respuesta=0.5", "respuesta=x"):
        assert_designed(asked.get(f"{SLIDE}?{query}"), 422)
    for query in ("respuesta=", "respuesta=+", "utm_source=amiga"):
        assert not hidden(html(asked, f"{GUESS}?{query}"), "data-ask")


def test_what_is_not_public_is_nowhere(asked):
    for end in ("nada/", "kanarienvogel-borrador/", "kanarienvogel-retirada/", "%00/", "?pagina=2"):
        assert asked.get(f"/comparar/{end}").status_code == 404


def test_canaries_of_unpublished_pairs_sing_nowhere(asked):
    slugs = list(Pair.objects.filter(published_at__isnull=False).values_list("slug", flat=True))
    addresses = ["/comparar/", "/comparar/?ciudad=leon", "/comparar/?tema=platillo", "/", "/ciudades/guanajuato/"]
    for address in [*addresses, *(f"/comparar/{slug}/" for slug in slugs)]:
        for language in ("", "/en"):
            assert CANARY.lower() not in html(asked, language + address).lower(), address
    sitemap = b"".join(asked.get("/sitemap-comparar.xml").streaming_content).decode()
    assert "kanarienvogel" not in sitemap
    assert f"http://testserver{GUESS}" in sitemap
    assert f"http://testserver/en{GUESS}" in sitemap


def test_list_is_chosen_by_theme_and_by_city(asked):
    def questions(address):
        return re.findall(r'<a href="(/comparar/[^"?]+/)"', html(asked, address).split('<ol class="asked">')[1])

    assert sorted(questions("/comparar/")) == sorted([GUESS, SLIDE, TURN])
    assert questions("/comparar/?tema=fiesta") == [SLIDE]
    assert sorted(questions("/comparar/?ciudad=leon")) == [GUESS]
    assert "Todavía no hay preguntas así" in html(asked, "/comparar/?tema=platillo")
    assert "Todavía no hay preguntas así" in html(asked, "/comparar/?ciudad=%22%3E%3Cscript%3E")
    for bad in ("tema=otra", "pagina=0", "pagina=x", "pagina=" + "9" * 400, "pagina=²", "pagina=0000011", "orden=1"):
        assert_designed(asked.get(f"/comparar/?{bad}"), 422)


def test_scripts_in_every_field_stay_words(world):
    evil = "<script>alert(1)</script>"
    texts = dict.fromkeys(("question", "question_en", "note", "note_en", "unit", "unit_en"), evil)
    side = dict.fromkeys(("answer", "answer_en", "source", "source_en", "passage"), evil)
    said = a_pair(**texts, left=side, right=side | {"address": 'https://example.org/"><script>alert(1)</script>'})
    shown(said)
    for address in (GUESS, f"{GUESS}?respuesta=2", f"/en{GUESS}", "/comparar/"):
        page = html(Client(), address)
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_public_page_sets_no_cookie_and_only_reads(asked):
    response = asked.get(GUESS)
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert asked.post(GUESS).status_code == 405


def test_as_many_questions_for_many_pairs_as_for_few(asked, django_assert_max_num_queries):
    for number in range(8):
        shown(a_pair(slug=f"otra-{number}", right={"place": make.place(f"Lugar {number}").slug}))
    asked.get("/comparar/")
    with django_assert_max_num_queries(16):
        asked.get("/comparar/")
    with django_assert_max_num_queries(12):
        asked.get(GUESS)


def test_shipped_pairs_are_shown_in_both_languages(world):
    call_command("load", only=["everyday_life"], verbosity=0)
    client = Client()
    for slug in Pair.objects.values_list("slug", flat=True):
        for language in ("", "/en"):
            page = html(client, f"{language}/comparar/{slug}/")
            assert page.count("data-facing=") == 1
            if language:  # nothing of ours is without its English
                assert 'class="facing__answer" lang="es"' not in page
