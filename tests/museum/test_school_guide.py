"""The guide for schools says what the museum knows, the same on the page and on paper, in both languages."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import pytest
from django.core.cache import cache

from hermanar.foundation.documents.pdf_files import check_pdf
from tests.workspace.read_back import told

pytestmark = [pytest.mark.usefixtures("facts", "db"), pytest.mark.alike]
CITIES = {"": ("Ashland", "La Habana", "Umeå"), "/en": ("Ashland", "Havana", "Umeå")}


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.mark.parametrize("prefix", CITIES)
def test_the_page_tells_the_facts_and_leads_to_the_paper(client, prefix):
    response = client.get(f"{prefix}/cursos/guia-para-escuelas/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "34" in html
    for city in CITIES[prefix]:
        assert city in html
    assert html.count('class="contents__name"') == 8
    assert f'href="{prefix}/cursos/guia-para-escuelas.pdf"' in html
    assert not response.cookies


@pytest.mark.parametrize(("prefix", "region"), [("", "es-MX"), ("/en", "en-US")])
def test_the_paper_is_whole_and_accessible(client, prefix, region):
    response = client.get(f"{prefix}/cursos/guia-para-escuelas.pdf")
    assert response["Content-Type"] == "application/pdf"
    check_pdf(io.BytesIO(response.content))
    reader = pypdf.PdfReader(io.BytesIO(response.content))
    assert len(reader.pages) == 5
    root = reader.trailer["/Root"]
    assert root["/Lang"] == region
    assert "<pdfaid:part>2</pdfaid:part>" in root["/Metadata"].get_object().get_data().decode()
    made = pypdfium2.PdfDocument(response.content)
    text = told(" ".join(page.get_textpage().get_text_range() for page in made))
    for city in CITIES[prefix]:
        assert text.count(told(city)) >= 2  # to be found, and in the answers


def test_the_list_of_courses_counts_what_a_source_found_alive(client):
    html = client.get("/cursos/").content.decode()
    assert html.count('class="tally__lit"') == 1
    assert html.count('class="tally__dim"') == 33
    assert "De 34 hermanamientos de Guanajuato, una fuente halló vivo uno." in html


def test_without_the_city_there_is_no_guide(client, monkeypatch):
    monkeypatch.setattr("hermanar.museum.views.school_guide.GUANAJUATO", "inegi:00000")
    assert client.get("/cursos/guia-para-escuelas/").status_code == 404
    assert client.get("/cursos/guia-para-escuelas.pdf").status_code == 404
