"""Every verb takes its locks in one order and first, so no two wait for each other."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hermanar.agreements.actions import correct, import_agreements, publish, unpublish
from hermanar.foundation.access import CONSOLE
from tests import factories as make
from tests.agreements.test_importing import NOW, TODAY, read_table, source
from tests.open_data import world
from tests.open_data.world import HEADINGS, ROW, csv_file

pytestmark = pytest.mark.django_db
ADDED = [*ROW, "sí"]
ADDED[HEADINGS.index("ciudad_contraparte")] = "Ciudad que no está"


def imported():
    data = csv_file(ADDED, headings=[*HEADINGS, "agregar_lugar"])
    return import_agreements(
        read_table(data, name="a.csv"), by=CONSOLE, source=source(data), today=TODAY, published_at=NOW
    )


def edited(verb, **values):
    host, partner = make.place("Guanajuato"), make.place("Toledo", code="ES")
    made = make.agreement(host, partner)
    return lambda: verb(made.pk, by=CONSOLE, version=1, **values)


def done():
    host, partner = make.place("Guanajuato"), make.place("Toledo", code="ES")
    made = make.agreement(host, partner)
    return lambda: make.activity(made, "2025")


VERBS = {
    "correct": lambda: edited(correct, values={"kind": "other"}, source_key="fuente"),
    "publish": lambda: edited(publish, at=make.PUBLISHED),
    "unpublish": lambda: edited(unpublish),
    "record": lambda: lambda: make.agreement(make.place("Guanajuato"), make.place("Toledo", code="ES")),
    "activity": done,
    "import": lambda: [world.build(), imported][1],
}


@pytest.mark.parametrize("name", VERBS)
def test_verb_takes_its_locks_in_the_order_of_their_names(name):
    act = VERBS[name]()
    with CaptureQueriesContext(connection) as seen:
        act()
    said = [one["sql"] for one in seen.captured_queries]
    names = [re.findall(r"'(agreements|places|trail:registry)'", sql) for sql in said if "foundation_revision" in sql]
    order = list(dict.fromkeys(name for found in names for name in found))
    assert order == sorted(order)
    assert {"agreements", "trail:registry"} <= set(order)
    assert ("places" in order) is (name == "import")
    derived = [n for n, sql in enumerate(said) if "agreements_listing" in sql or "cooperation_activity" in sql]
    assert derived[0] > next(n for n, sql in enumerate(said) if "'trail:registry'" in sql)
