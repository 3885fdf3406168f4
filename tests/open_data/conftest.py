"""A registry of a few agreements, entered by the import itself."""

import datetime as dt

import pytest

from hermanar.agreements.actions import SourceFile, import_agreements
from hermanar.agreements.models import Agreement
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.models import Source
from hermanar.foundation.statements import StatementDraft, prepare, sources_by_key
from hermanar.foundation.tables import read_table
from hermanar.observatory.actions import load_wikidata_ties, record_reference_figures
from tests import factories as make
from tests.open_data import world

ROWS = [
    ["Guanajuato", "Guanajuato", "MX", "Ashland", "Oregon", "US", "hermanamiento", "1969"],
    ["Guanajuato", "Guanajuato", "MX", "Toledo", "", "ES", "hermanamiento", "1978-05"],
    ["Guanajuato", "Guanajuato", "MX", "León", "Guanajuato", "MX", "", ""],
    ["León", "Guanajuato", "MX", "Kioto", "", "JP", "cooperación específica", "2001-02-03"],
    ["Tequila", "Jalisco", "MX", "Kioto", "", "JP", "", "1999"],
    ["Tequila", "Veracruz", "MX", "Toledo", "", "ES", "otro instrumento", "2020"],
]


FIGURE_TEXTS = ["topic", "label_es", "label_en", "unit_es", "unit_en", "scope_es", "scope_en", "stated_by", "passage"]


@pytest.fixture
def registry(db):
    """Enter the agreements, a second source that contradicts the first, and a reported tie."""
    places = world.build()
    data = world.csv_file(*ROWS)
    import_agreements(
        read_table(data, name="a.csv"),
        by=CONSOLE,
        source=SourceFile.of(data, title="Registro", as_of="2026"),
        today=dt.date(2026, 11, 20),
        published_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )
    Source.objects.create(key="prensa", kind="press", title_es="Prensa")
    first = Agreement.objects.get(slug="guanajuato-ashland")
    for row in prepare(first.pk, [StatementDraft("signed_on", "1961", "prensa")], sources_by_key()):
        row.save()
    make.activity(first, "2024-06")
    own = {
        "key": "uno",
        "value": "34",
        "place": "",
        "source": "prensa",
        "as_of": "2020",
    }
    figure = dict.fromkeys(FIGURE_TEXTS, "x") | own
    record_reference_figures([figure], by=CONSOLE)
    entity = "http://www.wikidata.org/entity/"
    cells = {
        "st": f"{entity}s1",
        "a": f"{entity}Q1",
        "aLabel": "Guanajuato",
        "b": f"{entity}Q2",
        "bLabel": "Kioto",
        "bPaisLabel": "Japón",
        "aCoord": "Point(-101 21)",
        "bCoord": "Point(-101 21)",
    }
    former = cells | {"st": f"{entity}s2", "b": f"{entity}Q3", "bLabel": "Toledo", "bPaisLabel": "España"}
    for day, told in (("2025-01-01", [cells, former]), ("2026-01-01", [cells])):
        rows = [{name: {"value": value} for name, value in row.items()} for row in told]
        load_wikidata_ties(rows, captured_on=day, by=CONSOLE)
    return places
