"""The files: every data set in every format, catalogued, and the same when exported."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary.import_fields import IMPORT_FIELDS
from hermanar.foundation.calendar import public_day
from hermanar.open_data.datasets import DATASETS, Asked
from tests import factories as make

# The whole tables that files are written from are asked of both databases in `tests/catalogue`.
pytestmark = [pytest.mark.django_db, pytest.mark.alike]
EVERY = [(one.name, format_) for one in DATASETS for format_ in one.formats]


def rows_in(data, format_):
    """Return how many rows a file holds."""
    if format_ == "csv":
        return len(list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))) - 1
    if format_ == "xlsx":
        return openpyxl.load_workbook(io.BytesIO(data)).active.max_row - 1
    document = json.loads(data)
    return len(
        {"json": lambda d: d, "jsonld": lambda d: d["@graph"], "geojson": lambda d: d["features"]}[format_](document)
    )


@pytest.mark.parametrize(("name", "format_"), EVERY)
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_file_has_every_row(client, registry, name, format_, language):
    response = client.get(f"/datos/{name}.{format_}", {"lang": language})
    assert response.streaming
    assert 'rel="license"' in response["Link"]
    found = next(one for one in DATASETS if one.name == name)
    today = public_day()
    asked = Asked(today, language, "http://testserver/")
    rows = found.count() if found.count else sum(1 for _row in found.rows(asked))
    assert rows > 0 or name == "coleccion"  # nobody has given anything in this world: tests/museum/test_collection.py
    assert rows_in(b"".join(response.streaming_content), format_) == rows


@pytest.mark.parametrize("name", [one.name for one in DATASETS])
def test_an_empty_house_has_empty_files(client, db, name):
    for format_ in next(one.formats for one in DATASETS if one.name == name):
        assert rows_in(b"".join(client.get(f"/datos/{name}.{format_}").streaming_content), format_) == 0


@pytest.mark.parametrize("known", ["2019", "2019-03", "2019-03-07"])
def test_a_day_is_told_as_far_as_it_is_known(client, registry, known):
    make.activity(Agreement.objects.get(slug="guanajuato-ashland"), known, description="Un curso")
    rows = json.loads(b"".join(client.get("/datos/actividades.json").streaming_content))
    row = next(row for row in rows if row["description"] == "Un curso")
    assert (row["started_on"], row["ended_on"]) == (known, known)
    assert {row["started_on"] for row in rows} == {"2024-06", known}


def test_headings_are_of_the_language(client, registry):
    first = b"".join(client.get("/datos/lugares.csv").streaming_content).decode("utf-8-sig").partition("\r\n")[0]
    second = (
        b"".join(client.get("/datos/lugares.csv", {"lang": "en"}).streaming_content)
        .decode("utf-8-sig")
        .partition("\r\n")[0]
    )
    assert first.startswith("identificador,")
    assert second.startswith("identifier,")


def test_the_catalogue_names_every_file_with_its_licence(client, registry):
    catalogue = json.loads(client.get("/datos/catalogo.jsonld").content)
    files = {one["dcat:downloadURL"]["@id"] for d in catalogue["dcat:dataset"] for one in d["dcat:distribution"]}
    assert files == {f"http://testserver/datos/{name}.{format_}" for name, format_ in EVERY}
    assert all(d["dct:license"]["@id"].startswith("https://creativecommons.org/") for d in catalogue["dcat:dataset"])
    assert all("dct:modified" in d for d in catalogue["dcat:dataset"])


def test_reported_ties_keep_their_licence_apart(client, registry):
    assert "by-sa" in client.get("/datos/lazos-reportados.csv")["Link"]
    assert "by-sa" not in client.get("/datos/acuerdos.csv")["Link"]


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_the_template_can_be_taken(client, registry, format_):
    content = client.get(f"/datos/plantilla.{format_}").content
    if format_ == "csv":
        headings = content.decode("utf-8-sig").strip().split(",")
    else:
        book = openpyxl.load_workbook(io.BytesIO(content))
        headings = [cell.value for cell in book["acuerdos"][1]]
        assert len(book["acuerdos"].data_validations.dataValidation) >= 5
    assert headings == [field.es for field in IMPORT_FIELDS]


@pytest.mark.parametrize("path", ["/datos/", "/en/datos/"])
def test_the_page_lists_every_data_set(client, registry, path):
    page = client.get(path).content.decode()
    assert all(f"/datos/{name}.{format_}" in page for name, format_ in EVERY)


def test_export_writes_what_the_site_serves(client, registry, tmp_path):
    call_command("export", str(tmp_path / "todo"), "--base", "http://testserver/")
    written = {path.name for path in (tmp_path / "todo").iterdir()}
    assert written == {f"{name}.{format_}" for name, format_ in EVERY} | {"README.md", "NOTICE", "catalogo.jsonld"}
    for name, format_ in EVERY:
        served = b"".join(client.get(f"/datos/{name}.{format_}").streaming_content)
        if format_ != "xlsx":  # a workbook holds the moment it was made
            assert (tmp_path / "todo" / f"{name}.{format_}").read_bytes() == served


def test_export_says_where_it_cannot_write(registry, tmp_path):
    (tmp_path / "archivo").touch()
    with pytest.raises(CommandError):
        call_command("export", str(tmp_path / "archivo"))
