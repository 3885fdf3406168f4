"""Every page says what the catalogue knows, in both languages, and leads on."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from hermanar.agreements.actions.drafts import ActDraft
from hermanar.agreements.vocabulary import ActKind, Role, Standing
from hermanar.directory.models import Place
from hermanar.foundation.calendar import parse_partial
from hermanar.observatory.models import Capture, ReportedPlace, ReportedTie, Tie
from tests import factories as make

pytestmark = pytest.mark.alike

PAGES = [
    "/", "/mapa/", "/acuerdos/", "/ciudades/", "/ciudades/?q=guanajato", "/observatorio/", "/datos/", "/?ciudad=Cancún",
    "/ciudades/guanajuato/", "/ciudades/abejones/", "/ciudades/benito-juarez/", "/mapa/?ciudad=abejones",
]  # fmt: skip
CHOSEN = [
    "/acuerdos/?ciudad=inegi:11015&vitalidad=unknown", "/observatorio/?ciudad=inegi:11015", "/ciudades/?q=leon",
    "/mapa/?ciudad=leon",
]  # fmt: skip


def html(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


@pytest.fixture
def reported(world):
    """A list reports Guanajuato with Ashland, with a place it writes otherwise, and with one nobody knows."""
    capture = Capture.objects.create(
        key="lista-2026", source=make.source("lista"), captured_on="2026", origin="wikipedia", licence="CC BY-SA 4.0",
        coverage_es="Lazos con el extranjero.",
    )  # fmt: skip
    home, ends = (
        world.places["guanajuato"],
        {"Ashland": world.places["ashland"], "Umea": world.places["umea"], "Nowhere": None},
    )
    one = ReportedPlace.objects.create(
        capture=capture,
        key="home",
        name="Guanajuato",
        country_as_written="Mexico",
        place=home,
        resolution="identifier",
        reason="only_one",
    )
    for row, (name, place) in enumerate(ends.items(), 1):
        other = ReportedPlace.objects.create(
            capture=capture,
            key=name,
            name=name,
            country_as_written="Country",
            place=place,
            resolution="identifier" if place else "not_found",
            reason="only_one",
        )
        pair = sorted((home.pk, place.pk)) if place else None
        tie = Tie.objects.create(first_id=pair[0], second_id=pair[1]) if pair else None
        ReportedTie.objects.create(capture=capture, row=row, one=one, other=other, tie=tie)
    return capture


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_one_title_and_both_languages(client, world, prefix, page):
    text = html(client, prefix + page)
    assert len(re.findall("<h1", text)) == 1
    assert text.count('rel="alternate" hreflang=') == 2
    assert 'style="' not in text
    assert "{{" not in text
    assert "None" not in re.sub(r"<[^>]+>", " ", text)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("page", CHOSEN)
def test_language_switch_keeps_page_and_filters(client, world, page):
    english = re.search(r'<a href="http://testserver([^"]+)" hreflang="en"', html(client, page))[1].replace(
        "&amp;", "&"
    )
    assert english.replace("%3A", ":") == f"/en{page}"
    spanish = re.search(r'<a href="http://testserver([^"]+)" hreflang="es"', html(client, english))[1].replace(
        "&amp;", "&"
    )
    assert spanish.replace("%3A", ":") == page


def test_agreement_shows_disputed_statements_side_by_side(client, world):
    text = html(client, f"/acuerdos/{world.agreements['ashland'].slug}/")
    block = re.search(r'<section class="disputed".*?</section>', text, re.DOTALL)[0]
    assert re.findall(r'disputed__value">([^<]+)<', block) == ["septiembre de 1969", "1970"]
    assert "Fuente fuente" in block


def test_agreement_names_the_evidence_its_life_rests_on(client, world):
    text = html(client, f"/acuerdos/{world.agreements['ashland'].slug}/")
    assert "Se apoya en: «Visita»" in text
    silent = html(client, f"/acuerdos/{world.agreements['leon'].slug}/")
    assert "No se sabe" in silent
    assert "si vive y qué hicieron juntas" in silent


def test_the_register_is_asked_about_only_where_the_law_of_treaties_applies(client, world):
    private = make.party(world.places["umea"], standing=Standing.PRIVATE)
    host = make.party(world.places["leon"], role=Role.DECLARING)
    of_firm = make.draft(world.places["leon"], world.places["umea"])
    of_firm = make.agreements(replace(of_firm, parties=[host, private]))[0]
    foreign = make.agreement(world.places["alcala"], world.places["umea"])
    for one in (world.agreements["leon"], of_firm, foreign):
        page = html(client, f"/acuerdos/{one.slug}/")
        assert "si vive y qué hicieron juntas" in page  # what is not known is told
        assert "si está en el RAI" not in page
    assert "si está en el RAI" in html(client, f"/acuerdos/{world.agreements['leon_es'].slug}/")
    assert "si están en el RAI (1)" in html(client, "/ciudades/leon/")  # of three
    assert "si están en el RAI" not in html(client, "/ciudades/guanajuato/")


def test_agreement_of_an_expired_term_says_so(client, world):
    expired = make.agreement(world.places["leon"], world.places["umea"], signed="1990-01-01", term_years=5)
    assert "Se firmó por 5 años" in html(client, f"/acuerdos/{expired.slug}/")
    assert "Se firmó sin término." in html(client, f"/acuerdos/{world.agreements['mar_del_plata'].slug}/")


RENEWED = ActDraft(ActKind.RENEWAL, parse_partial("2016-05"), "fuente", until=dt.date(2022, 6, 1))
ENDED = ActDraft(ActKind.TERMINATION, parse_partial("2020"), "fuente")
OF_TERMS = {
    "renewed, and that ended": (
        {"signed": "2012-06-01", "term_years": 5, "acts": [RENEWED]},
        "La última prórroga terminó el 1 de junio de 2022.",
        "The last renewal ended on 1 June 2022.",
    ),
    "renewed, of a term nobody knows": (
        {"signed": "2012", "acts": [RENEWED]},
        "La última prórroga terminó el 1 de junio de 2022.",
        "The last renewal ended on 1 June 2022.",
    ),
    "renewed, nobody says until when": (
        {"signed": "2012", "term_years": 5, "acts": [replace(RENEWED, until=None)]},
        "El plazo de la firma terminó en 2017; consta una prórroga, pero no hasta cuándo.",
        "The term signed ended in 2017; a renewal is stated, but not until when.",
    ),
    "never renewed": (
        {"signed": "2012-06-01", "term_years": 5},
        "Se firmó por 5 años y terminó el 1 de junio de 2017; no consta renovación.",
        "Signed for 5 years; the term ended on 1 June 2017. No renewal is stated.",
    ),
    "never renewed, of a month": (
        {"signed": "2012-06", "term_years": 1},
        "Se firmó por 1 año y terminó en junio de 2013; no consta renovación.",
        "Signed for 1 year; the term ended in June 2013. No renewal is stated.",
    ),
    "never renewed, of a year": (
        {"signed": "2012", "term_years": 5},
        "Se firmó por 5 años y terminó en 2017; no consta renovación.",
        "Signed for 5 years; the term ended in 2017. No renewal is stated.",
    ),
    "lasting": ({"signed": "2012-06-01", "term_years": 500}, "Hasta el 1 de junio de 2512.", "Until 1 June 2512."),
    "lasting, of a year": ({"signed": "2012", "term_years": 500}, "Hasta 2512.", "Until 2512."),
    "open-ended": ({"signed": "2012", "is_open_ended": True}, "Se firmó sin término.", "Signed without a term."),
    "ended before its term": ({"signed": "2012-06-01", "term_years": 500, "acts": [ENDED]}, "", ""),
    "open-ended, and ended": ({"signed": "2012", "is_open_ended": True, "acts": [ENDED]}, "", ""),
}


def beside_the_force(client, address):
    fact = r"<dt>(?:Vigencia hoy|Legal force today)</dt><dd><p>.*?</p>(.*?)</dd>"
    return re.search(fact, html(client, address), re.DOTALL)[1].strip()


@pytest.mark.parametrize("case", OF_TERMS)
def test_agreement_says_of_its_term_what_its_signature_and_its_renewals_bear_out(client, world, case):
    values, spanish, english = OF_TERMS[case]
    made = make.agreement(world.places["leon"], world.places["umea"], **values)
    said = [beside_the_force(client, f"{door}/acuerdos/{made.slug}/") for door in ("", "/en")]
    assert said == [spanish, english]


def test_the_end_of_a_term_is_given_no_more_exactly_than_the_signature(client, world):
    made = make.agreement(world.places["leon"], world.places["umea"], signed="2012", term_years=5)
    assert client.get(f"/api/v1/agreements/{made.slug}").json()["ends_on"] == "2017"


def test_hidden_agreement_has_no_page(client, world):
    assert client.get(f"/acuerdos/{world.agreements['hidden'].slug}/").status_code == 404
    assert "Acuerdo oculto" not in html(client, "/ciudades/guanajuato/")


def test_agreement_without_position_is_drawn_without_picture(client, world):
    Place.objects.filter(pk=world.places["umea"].pk).update(latitude=None, longitude=None)
    record = make.agreement(world.places["leon"], world.places["umea"], signed="2001")
    text = html(client, f"/acuerdos/{record.slug}/")
    assert "rosette--pair" not in text
    html(client, "/ciudades/leon/")


def test_city_shows_documents_and_lists_side_by_side(client, reported):
    text = html(client, "/ciudades/guanajuato/")
    groups = re.findall(r'matrix__count">(\d+)</span> ([^<]+)<', text)
    assert ("1", "en ambos") in groups
    assert sum(int(count) for count, _words in groups) == 5
    assert "La lista escribe «Nowhere, Country»." in text
    assert "La lista escribe «Umea, Country»." in text


def test_agreement_tells_who_else_reports_it(client, world, reported):
    text = html(client, f"/acuerdos/{world.agreements['ashland'].slug}/")
    assert "Un origen más lo da por existente." in text
    assert "Ninguna de las listas" in html(client, f"/acuerdos/{world.agreements['leon'].slug}/")


def test_city_with_reports_only_draws_them_open(client, reported):
    text = html(client, "/ciudades/?q=umea")
    slug = re.search(r'href="/ciudades/([^"]+)/"', text)[1]
    city = html(client, f"/ciudades/{slug}/")
    assert "En el mapa" in city


def test_city_with_nothing_says_so_and_leads_on(client, world):
    text = html(client, "/ciudades/abejones/")
    assert "Ningún acuerdo documentado aquí." in text
    assert "Ninguna fuente da un lazo de esta ciudad." in text
    assert "Buscar otra ciudad" in text


def test_home_tells_of_the_city_asked_for(client, world):
    assert '<h1 class="name-l">Guanajuato</h1>' in html(client, "/")
    assert "Benito Juárez</h1>" in html(client, "/?ciudad=cancun")
    assert "No hay acuerdos suyos" in html(client, "/?ciudad=abejones")


@pytest.mark.parametrize("page", ["/", "/mapa/"])
def test_no_homonym_is_shown_in_silence(client, world, page):
    response = client.get(f"{page}?ciudad=León")
    text = response.content.decode()
    assert response.status_code == 300
    links = re.findall(rf'href="({page}\?ciudad=[^"]+)">León</a>', text)
    assert len(links) == 2
    assert all(client.get(link).status_code == 200 for link in links)
    assert "noindex" in text


def test_what_was_guessed_is_said(client, world):
    assert "Ningún lugar se llama «guanajato»; entendimos Guanajuato." in html(client, "/?ciudad=guanajato")
    assert "entendimos" not in html(client, "/?ciudad=guanajuato")


def test_another_name_is_shown_beside_its_own(client, world):
    assert "Benito Juárez (Cancún)" in html(client, "/ciudades/?q=cancun")


def test_list_filters_chain_and_undo(client, world):
    text = html(client, "/acuerdos/?ciudad=inegi:11015")
    assert re.search(r'id="cuantos"[^>]*>3 acuerdos<', text)
    narrowed = re.search(r'href="(\?ciudad=[^"]*vitalidad=unknown)"', text)[1].replace("&amp;", "&")
    text = html(client, f"/acuerdos/{narrowed}")
    assert re.search(r'id="cuantos"[^>]*>1 acuerdo<', text)
    undo = re.findall(r'<a href="([^"]+)"><span class="visually-hidden">Quitar:', text)
    assert [one.replace("%3A", ":") for one in undo] == ["?vitalidad=unknown", "?ciudad=inegi:11015"]


def test_list_names_every_filter_in_force(client, world):
    query = "?lugar=inegi:11015&etapa=recorded&desde=1960&hasta=1999-12-31&q=ashland"
    chosen = re.search(r'<ul class="chosen".*?</ul>', html(client, f"/acuerdos/{query}"), re.DOTALL)[0]
    words = re.findall(r"Quitar: </span>([^<]+)<", chosen)
    assert words[0] == "ashland"
    assert "Guanajuato" in words
    assert any(word.startswith("desde el 1 de enero de 1960") for word in words)
    assert not any("recorded" in word for word in words)


def test_list_shows_a_whole_facet_when_asked(client, world, monkeypatch):
    monkeypatch.setattr("hermanar.museum.forms.agreements._SHOWN", 1)
    text = html(client, "/acuerdos/")
    assert ">Ver todas</a>" in text
    assert 'todas=country"' in text
    assert '&amp;todas=country">Ver' not in html(client, "/acuerdos/?todas=country")


def test_empty_search_leads_back(client, world):
    text = html(client, "/acuerdos/?q=zzzzqqqq")
    assert "Nada con esos filtros" in text
    assert 'href="/acuerdos/"' in text
    assert "No conocemos ese nombre" in html(client, "/ciudades/?q=zzzzqqqq")
    assert "Nada con esos filtros" in html(client, "/observatorio/?ciudad=inegi:11015&pais=AR")


def test_city_search_refuses_what_is_no_name(client, world):
    for query in ("q=%07", f"q={'a' * 201}", "nombre=x"):
        assert client.get(f"/ciudades/?{query}").status_code == 422


def test_observatory_bars_lead_to_lists_of_the_same_number(client, world):
    text = html(client, "/observatorio/?ciudad=inegi:11015")
    bars = re.findall(r'<th scope="row"><a href="([^"]+)">[^<]*</a></th><td class="number">(\d+)</td>', text)
    assert len(bars) > 8
    for address, count in bars:
        listed = html(client, address.replace("&amp;", "&"))
        assert re.search(rf'id="cuantos"[^>]*>{count} acuerdo', listed), address


def test_health_tells_what_stands(client, world):
    state = client.get("/salud/").json()
    assert (state["status"], state["published"], state["indexed"]) == ("ok", 6, 6)


def test_english_page_writes_dates_and_states_in_english(client, world):
    text = html(client, f"/en/acuerdos/{world.agreements['alcala'].slug}/")
    assert "21 December 1987" in text
