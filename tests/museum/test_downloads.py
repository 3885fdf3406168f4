"""Every file a page offers can be taken, and says what the page says."""

from __future__ import annotations

import csv
import io
import re

import pytest

pytestmark = pytest.mark.django_db
FILE = re.compile(r'href="(/datos/[^"]+|/api/[^"]+|/acuerdos/[^"]+\.jsonld|/ciudades/[^"]+\.(?:jsonld|svg))"')


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("path", ["/acuerdos/", "/ciudades/guanajuato/", "/acuerdos/{alcala}/", "/datos/"])
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
