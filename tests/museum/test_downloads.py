"""Every file a page offers can be taken, and says what the page says."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.catalogue.test_reported import capture

pytestmark = [pytest.mark.django_db, pytest.mark.alike]
FILE = re.compile(r'href="(/datos/[^"]+|/api/[^"]+|/acuerdos/[^"]+\.jsonld|/ciudades/[^"]+\.(?:jsonld|svg))"')


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(
    "path",
    [
        "/acuerdos/", "/ciudades/", "/ciudades/?q=leon", "/ciudades/?con=acuerdos", "/ciudades/guanajuato/", "/mapa/",
        "/acuerdos/{alcala}/", "/observatorio/", "/datos/",
    ],
)  # fmt: skip
def test_every_file_offered_can_be_taken(client, world, path, language):
    page = client.get(language + path.format(alcala=world.agreements["alcala"].slug))
    offered = {found.replace("&amp;", "&") for found in FILE.findall(page.content.decode())}
    assert offered
    refused = []
    for address in sorted(offered):
        answer = client.get(address)
        if answer.status_code != 200:
            refused.append((address, answer.status_code))
        elif answer.streaming:
            b"".join(answer.streaming_content)
    assert refused == []


def test_city_file_has_the_rows_of_its_page(client, world):
    answer = client.get("/datos/comparacion.csv?place=inegi:11015")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert {row["ciudad"] for row in rows} == {"Guanajuato"}
    assert sum(row["acuerdos"] != "" for row in rows) == len({row["contraparte"] for row in rows})


def test_counterpart_on_the_first_screen_has_its_agreements_too(client, world):
    text = client.get("/?ciudad=" + world.places["alcala"].slug).content.decode()
    assert "No hay acuerdos suyos" not in text
    assert "Las 0" not in text


def rows_of(client, address):
    content = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def offered_csv(client, path, name):
    """Return the rows of the one CSV of a data set that a page offers."""
    page = client.get(path).content.decode()
    (address,) = {found.replace("&amp;", "&") for found in FILE.findall(page) if f"/datos/{name}.csv" in found}
    return rows_of(client, address)


@pytest.mark.parametrize("query", ["?q=leon", "?q=umea", "?con=acuerdos"])
def test_list_of_cities_can_be_taken_away_as_it_stands(client, world, query):
    page = client.get(f"/ciudades/{query}")
    rows = offered_csv(client, f"/ciudades/{query}", "lugares")
    assert len(rows) == page.context["count"] > 0
    shown = [row["cells"][0]["text"] for row in page.context["table"]["rows"]]
    assert [row["nombre"] for row in rows] == shown


def test_agreements_of_a_city_can_be_taken_away_from_its_page(client, world):
    page = client.get("/ciudades/guanajuato/")
    rows = offered_csv(client, "/ciudades/guanajuato/", "acuerdos")
    assert len(rows) == page.context["city"].agreement_count
    assert {row["tipo (en palabras)"] for row in rows} <= {
        "hermanamiento",
        "tipo desconocido",
        "cooperación específica",
    }


def test_counts_of_the_observatory_can_be_taken_away(client, world):
    page = client.get("/observatorio/?ciudad=guanajuato")
    rows = offered_csv(client, "/observatorio/?ciudad=guanajuato", "estadisticas")
    assert rows[0]["acuerdos"] == str(page.context["statistics"].total)
    assert {row["dimensión (en palabras)"] for row in rows} >= {"país de la contraparte", "vitalidad"}


def test_what_changed_between_two_captures_is_counted_and_can_be_taken_away(client, world):
    world.places["alcala"].population = world.places["leon_es"].population = 200_000
    world.places["alcala"].save()
    world.places["leon_es"].save()
    capture("2023", covers=False, source="lista")
    capture("2026", covers=False, source="lista", other="León")
    page = client.get("/observatorio/")
    (change,) = page.context["changes"]
    rows = offered_csv(client, "/observatorio/", "cambios")
    told = sorted((row["cambio (en palabras)"], row["captura nueva"]) for row in rows)
    assert told == [("apareció", "2026"), ("desapareció", "2026")]
    assert (change.appeared_count, change.vanished_count) == (1, 1)
    assert "lazo apareció" in page.content.decode()
    ties = rows_of(client, "/datos/lazos-reportados.csv?place=inegi:11015")
    assert sorted(row["captura"] for row in ties) == ["2023", "2026"]
    assert rows_of(client, f"/datos/lazos-reportados.csv?place={world.places['umea'].slug}") == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_formula_in_a_name_does_not_run_in_the_list_of_cities(client, world, language):
    world.places["lonely"].name = "=1+1"
    world.places["lonely"].save()
    rows = rows_of(client, f"/datos/lugares.csv?q=abejones&lang={language}")
    assert [row["nombre" if language == "es" else "name"] for row in rows] == ["'=1+1"]
