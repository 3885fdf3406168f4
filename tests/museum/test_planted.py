"""What is not public is nowhere: pages, search, feeds, calendars, sitemap, cards, linked data, IIIF, interface."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import pytest
from django.test import Client

from tests.museum.planted import PLANTS, SEARCHED, SECRET, Museum

pytestmark = [pytest.mark.django_db, pytest.mark.row(27), pytest.mark.alike]
SEEDS = [
    "/", "/en/", "/robots.txt", "/manifest.webmanifest", "/sitemap.xml", "/novedades.atom",
    "/en/novedades.atom", "/agenda.ics",
    "/iiif/coleccion.json", "/mapa/datos.json", "/api/v1/agreements", "/api/v1/places", "/api/v1/statistics",
    "/datos/coleccion.csv", "/datos/coleccion.json", "/datos/acuerdos.csv", "/datos/actividades.csv",
    "/datos/catalogo.jsonld",
    "/saludos/", "/dialogo/", "/propuestas/", "/convocatorias/", "/coleccion/", "/agenda/", "/negocios/", "/buscar/",
    "/boletin/",
    f"/buscar/?q={SECRET}", f"/en/buscar/?q={SECRET}", f"/buscar/datos.json?q={SECRET}",
    f"/acuerdos/?q={SECRET}", f"/api/v1/agreements?q={SECRET}", "/salas/", "/comparar/", "/cursos/",
]  # fmt: skip
LINK = re.compile(r"""(?:href|src|content|loc)(?:=["']|>)((?:http://testserver)?/[^"'<\s]*)""")
APART = (
    "/oficina",
    "/cuenta",
    "/cms",
    "/contraparte",
    "/static",
    "/avisar",
    "/tarjetas",
    "/en/",
    "/medios",
    "/datos/",
    "/ciudades/",
    "/mapa",
)
CARDS = (  # of what has an address of its own
    "obra/estornino", "obra/obra-flamboyan", "comparacion/guacamaya", "curso/hipopotamo", "curso/jilguerito",
    "pregunta/kookaburra", "evento/mandragora-secretisimo", "evento/nenufares-secretisimo",
)  # fmt: skip
FORMS = ("/responder/", "/preguntar/", "/escribir/")


def visited(client, seeds):
    """Walk from page to page as a robot does and return what each address answered, with all that leads elsewhere."""
    waiting, answers = list(seeds), {}
    while waiting:
        address = waiting.pop()
        if address in answers:
            continue
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = content.decode("utf-8", "replace")
        answers[address] = f"{answer.status_code} {dict(answer.headers)} {text}"
        if answer.status_code == 200:
            found = (urlsplit(link.replace("&amp;", "&")) for link in LINK.findall(text))
            paths = {unquote(link.path) for link in found if not link.query}
            waiting += [path for path in sorted(paths) if not path.startswith(APART) and not path.endswith(FORMS)]
    return answers


@pytest.fixture
def walked(cast):
    """Plant something hidden of every kind, walk; let all of it be seen, walk again."""
    museum, client = Museum(cast), Client(raise_request_exception=False)
    reveals = {word: plant(museum, word) for word, plant in PLANTS.items()}
    before = visited(client, SEEDS)
    cards = [client.get(f"/tarjetas/{card}.png").status_code for card in CARDS]
    found = {word: hits(client, word) for word in PLANTS}
    for reveal in reveals.values():
        reveal()
    cards += [client.get(f"/tarjetas/{card}.png").status_code for card in CARDS]
    return before, found, visited(client, SEEDS), {word: hits(client, word) for word in PLANTS}, cards


def hits(client, word):
    """Count what the search finds; a city whose name is a little like the word is no leak."""
    groups = client.get("/buscar/datos.json", {"q": word}).json()["groups"]
    return sum(group["count"] for group in groups if group["kind"] != "cities")


def test_what_is_hidden_is_nowhere_and_what_is_public_is_found(walked):
    before, found_before, after, found_after, cards = walked
    leaks = {word: [address for address, text in before.items() if word in text] for word in PLANTS}
    assert {word: where for word, where in leaks.items() if where} == {}
    assert not any(found_before.values())
    assert [address for address, text in {**before, **after}.items() if text.startswith("5")] == []
    shown = {word: [address for address, text in after.items() if word in text] for word in PLANTS}
    assert [word for word, where in shown.items() if not where] == []  # the walk would have met each of them
    assert {word for word, count in found_after.items() if count} == SEARCHED
    assert cards == [404] * len(CARDS) + [200] * len(CARDS)
    assert len(before) > len(SEEDS) + 10
