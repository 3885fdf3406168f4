"""Nothing a stranger sends makes a 5xx; every refusal is the designed page in the reader's language."""

from __future__ import annotations

import re

import pytest
from django.test import override_settings
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hermanar.museum.views import refusals

pytestmark = pytest.mark.alike

PAGES = ("/", "/mapa/", "/acuerdos/", "/ciudades/", "/observatorio/")
RECORDS = ("/ciudades/guanajuato/", "/mapa/datos.json")

NOWHERE = [
    "/nada/", "/acuerdos/nada/", "/ciudades/nada/", "/ciudades/%00/", "/ciudades/%ff/", "/acuerdos/%E0%A4/",
    "/ciudades/nada.svg", "/ciudades/nada/tarjeta.svg",
]  # fmt: skip
UNKNOWN_PLACES = [
    "/acuerdos/?ciudad=Zzyzx", "/observatorio/?ciudad=Zzyzx", "/?ciudad=Zzyzxq", "/mapa/?ciudad=geonames:1",
    "/mapa/datos.json?ciudad=inegi:00", "/?ciudad=hermanar:1", f"/?ciudad={'x' * 300}", "/?ciudad=%07",
]  # fmt: skip
UNREADABLE = [
    ("q=%ff", 400), ("%ff=1", 400), ("x=%00", 422), ("%00=x", 422), ("q=" + "a" * 9000, 414),
    ("&".join(f"utm_{n}=" for n in range(1200)), 414),
]  # fmt: skip


def assert_designed(response, status, language="es"):
    html = response.content.decode()
    assert response.status_code == status, html[:300]
    assert f'<html lang="{language}"' in html
    assert f'<p class="refusal__code" aria-hidden="true">{status}</p>' in html
    assert 'name="robots" content="noindex"' in html
    assert 'role="search"' in html


@pytest.mark.parametrize(("prefix", "language"), [("", "es"), ("/en", "en")])
@pytest.mark.parametrize("address", NOWHERE)
def test_unknown_address_shows_the_designed_page(visitor, prefix, language, address):
    assert_designed(visitor.get(f"{prefix}{address}"), 404, language)


@pytest.mark.parametrize(("prefix", "language"), [("", "es"), ("/en", "en")])
@pytest.mark.parametrize("page", [*PAGES, *RECORDS])
def test_unknown_parameter_is_named(visitor, prefix, language, page):
    response = visitor.get(f"{prefix}{page}?color=azul")
    assert_designed(response, 422, language)
    assert "color" in response.content.decode()


@pytest.mark.parametrize("page", [*PAGES, *RECORDS])
def test_campaign_marks_are_passed_over(visitor, page):
    assert visitor.get(f"{page}?utm_source=carta").status_code == 200


@pytest.mark.parametrize("query", [
    "desde=1987-02-30", "desde=ayer", "hasta=1987-13", "limit=-1", "pagina=x", "pagina=1&pagina=2", "todas=nada",
    "vitalidad=muerta", "decada=1987", "pais=espana", "q=a&q=b", "q=%00", f"q={'a' * 300}", "estado=%3Cscript%3E",
    "area=%F0%9F%98%80", "tipo=" + "&tipo=".join(str(n) for n in range(30)),
])  # fmt: skip
def test_impossible_filter_is_refused(visitor, query):
    assert_designed(visitor.get(f"/acuerdos/?{query}"), 422)


@pytest.mark.parametrize("query", ["pagina=x", "todas=kind", "desde=1987-02-30", "q=%00"])
def test_observatory_refuses_what_only_lists_know(visitor, query):
    assert_designed(visitor.get(f"/observatorio/?{query}"), 422)


def test_cursor_of_another_list_is_refused_with_the_way_to_the_first_page(visitor, monkeypatch):
    monkeypatch.setattr("hermanar.museum.views.agreements.PAGE", 2)
    html = visitor.get("/acuerdos/").content.decode()
    cursor = re.search(r"pagina=([^\"&]+)", html)[1]
    assert visitor.get(f"/acuerdos/?pagina={cursor}").status_code == 200
    response = visitor.get(f"/acuerdos/?vitalidad=unknown&pagina={cursor}")
    assert_designed(response, 422)
    assert '<a href="?vitalidad=unknown">' in response.content.decode()


@pytest.mark.parametrize("page", ["/acuerdos/", "/observatorio/"])
def test_ambiguous_name_lists_the_candidates(visitor, world, page):
    response = visitor.get(f"{page}?lugar=León&vitalidad=unknown")
    assert_designed(response, 409)
    links = re.findall(r'<a href="([^"]+)">León</a>', response.content.decode())
    assert len(links) == 2
    for link in links:
        assert "vitalidad=unknown" in link
        assert visitor.get(link.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("address", UNKNOWN_PLACES)
def test_unknown_place_is_named(visitor, address):
    assert_designed(visitor.get(address), 404)


@pytest.mark.parametrize("page", [*PAGES, *RECORDS])
@pytest.mark.parametrize(("query", "status"), UNREADABLE)
def test_unreadable_query_is_refused(visitor, page, query, status):
    assert_designed(visitor.get(f"{page}?{query}"), status)


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=5)
def test_too_many_parameters_are_refused(visitor):
    assert_designed(visitor.get("/?" + "&".join(f"utm_{n}=1" for n in range(9))), 400)


@pytest.mark.parametrize("page", [*PAGES, *RECORDS])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_pages_are_only_read(visitor, page, method):
    response = getattr(visitor, method)(page)
    assert_designed(response, 405)
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("page", [*PAGES, *RECORDS, "/robots.txt", "/sitemap.xml", "/favicon.ico"])
def test_head_answers_like_get_without_a_body(visitor, page):
    got, head = visitor.get(page), visitor.head(page)
    assert (head.status_code, head["Content-Type"]) == (got.status_code, got["Content-Type"])
    assert head.content == b""


def test_refused_host_shows_the_designed_page(visitor):
    assert_designed(visitor.get("/acuerdos/", headers={"host": "otra.example"}), 400)
    assert_designed(visitor.get("/en/", headers={"host": "otra.example"}), 400, "en")


def test_two_slashes_name_no_other_site(visitor):
    html = visitor.get("//otra.example/").content.decode()
    assert "//otra.example" not in html


def explode(request):
    raise RuntimeError


@pytest.mark.parametrize(("address", "language"), [("/mapa/", "es"), ("/en/mapa/", "en")])
def test_failure_is_told_without_the_database(monkeypatch, client, address, language):
    client.raise_request_exception = False
    monkeypatch.setattr("hermanar.museum.views.worldmap.chosen_city", explode)
    assert_designed(client.get(address), 500, language)  # no `db` fixture: a query would fail


def test_failure_of_the_page_of_failures_is_told_plainly(monkeypatch, rf):
    monkeypatch.setattr(refusals, "refuse", explode)
    response = refusals.failure(rf.get("/"))
    assert response.status_code == 500
    assert "Nada se perdió" in response.content.decode()


def test_forbidden_shows_the_designed_page(rf):
    assert_designed(refusals.forbidden(rf.get("/en/x/"), Exception()), 403, "en")


NAMES = st.sampled_from(
    [
        "q",
        "ciudad",
        "lugar",
        "pais",
        "estado",
        "tipo",
        "desde",
        "hasta",
        "decada",
        "pagina",
        "todas",
        "fuente",
        "limit",
        "utm_x",
        "host",
    ]
)
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "inegi:11015",
            "León",
            "hermanar:0",
            ":",
            "1987",
            "0000",
            "9999-12-31",
            "-1",
            "unknown",
            "MX",
            "\x00",
            "%",
            "İ",
            "\ud7ff",
        ]
    ),
)
PATHS = st.one_of(
    st.sampled_from(
        [
            *PAGES,
            *RECORDS,
            "/ciudades/leon/",
            "/en/acuerdos/",
            "/en/",
            "/sitemap-acuerdos-0.xml",
            "/sitemap-ciudades-99.xml",
        ]
    ),
    st.text(max_size=30).map(lambda text: f"/{text}"),
)


@pytest.mark.django_db
def test_no_address_makes_the_museum_fail(visitor):
    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    @given(address=PATHS, query=st.lists(st.tuples(NAMES, VALUES), max_size=4), raw=st.binary(max_size=12))
    def ask(address, query, raw):
        tail = urlencode(query) + "".join(f"%{byte:02x}" for byte in raw)
        response = visitor.generic("GET", address.split("?", 1)[0], QUERY_STRING=tail)
        assert response.status_code < 500, (address, tail)

    ask()


@pytest.mark.parametrize("path", ["/acuerdos/", "/observatorio/"])
@pytest.mark.parametrize("name", ["tipo", "kind"])
def test_a_refusal_names_the_parameter_as_it_was_written(client, world, path, name):
    page = client.get(f"{path}?{name}=zzz")
    assert page.status_code == 422
    assert f"{name}: «zzz»" in page.content.decode()


@pytest.mark.parametrize("query", ["con=nada", "pagina=0", "pagina=x", "otro=1"])
def test_the_list_of_cities_refuses_what_it_cannot_answer(client, world, query):
    page = client.get(f"/ciudades/?{query}")
    assert page.status_code == 422
    assert query.partition("=")[0] in page.content.decode()
    assert client.get("/ciudades/?con=acuerdos&pagina=999").status_code == 404
