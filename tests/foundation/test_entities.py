"""Workbooks and documents that name entities: refused in each of their parts, nothing read, nobody called."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree

from hermanar.foundation.documents import RefusedDocumentError
from hermanar.foundation.documents.office_files import check_word, check_workbook
from hermanar.foundation.papers import check_template
from hermanar.foundation.tables import RefusedTableError, read_table
from tests.foundation import samples
from tests.watching import listening, watched

pytestmark = pytest.mark.row(10)
CANARY = "CANARIO-e7a1"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
# What stands before the root of a part; `{file}` is a file that nobody may read, `{port}` where somebody listens.
ATTACKS = {
    "a file": '<!DOCTYPE z [<!ENTITY x SYSTEM "file://{file}">]>',
    "an address": '<!DOCTYPE z [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/x">]>',
    "a parameter": '<!DOCTYPE z [<!ENTITY % p SYSTEM "file://{file}"> %p; <!ENTITY x "1">]>',
    "rules elsewhere": '<!DOCTYPE z SYSTEM "http://127.0.0.1:{port}/z.dtd">',
    "laughs": f'<!DOCTYPE z [<!ENTITY l0 "ha">{LAUGHS}<!ENTITY x "&l8;">]>',
    "one long word": f'<!DOCTYPE z [<!ENTITY x "{"a" * 5_000}">]>',
}


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]


def attacked(data, part, before):
    """Return an archive one of whose parts names an entity, and asks for it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = re.sub(r"^\ufeff?<\?xml[^>]*\?>", "", archive.read(part).decode()).strip()
    shape = re.match(r"<[^>]*?(/?)>", text, re.DOTALL)
    assert shape, part
    at = shape.end()
    if shape[1]:  # a root without content has no place to ask in
        return samples.rebuilt(data, drop=[part], add={part: (before + text).encode()})
    return samples.rebuilt(data, drop=[part], add={part: (before + text[:at] + "&x;" + text[at:]).encode()})


BOOK, LETTER = samples.workbook(), samples.word("Una carta")
DOORS = {
    "a table": (BOOK, lambda data: read_table(data, name="a.xlsx")),
    "a workbook": (BOOK, lambda data: check_workbook(io.BytesIO(data))),
    "a letter": (LETTER, lambda data: check_word(io.BytesIO(data))),
    "a template": (LETTER, lambda data: check_template(data, ["ciudad"])),
}


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text(CANARY, encoding="utf-8")
    return path


def test_every_part_that_names_an_entity_is_refused_and_nothing_is_fetched(secret, figure):
    tried = taken = 0
    with watched(secret) as touched, listening() as called:
        places = {"{file}": str(secret), "{port}": str(called.port)}
        for plain, enter in DOORS.values():
            for number, part in enumerate(parts_of(plain)):
                # Each part by one of them, a main part by all: there are doors enough for each to meet each.
                is_main = part.endswith(("document.xml", "workbook.xml", "sheet1.xml"))
                for before in list(ATTACKS.values()) if is_main else [list(ATTACKS.values())[number % len(ATTACKS)]]:
                    data = attacked(plain, part, re.sub(r"\{\w+\}", lambda name: places[name[0]], before))
                    tried += 1
                    try:
                        enter(data)
                    except (RefusedDocumentError, RefusedTableError) as refusal:
                        assert CANARY not in str(refusal)  # noqa: PT017  the other end is counted
                    else:
                        taken += 1
        assert (taken, touched.count, called.count) == (0, 0, 0)
    figure(f"{tried} files refused, 0 taken, 0 files read, 0 connections")


@pytest.mark.parametrize("name", DOORS)
def test_without_entities_each_door_takes_it(name):
    plain, enter = DOORS[name]
    part = parts_of(plain)[0]
    enter(samples.rebuilt(plain, drop=[part], add={part: zipfile.ZipFile(io.BytesIO(plain)).read(part)}))


@pytest.mark.parametrize("name", DOORS)
def test_it_is_the_entity_that_is_told(name):
    plain, enter = DOORS[name]
    main = next(part for part in parts_of(plain) if part.endswith(("document.xml", "workbook.xml")))
    with pytest.raises((RefusedDocumentError, RefusedTableError)) as caught:
        enter(attacked(plain, main, ATTACKS["one long word"]))
    assert "entidades" in str(caught.value)


def test_negative_control_a_trusting_reader_is_seen_reading_and_calling(secret):
    whole = ATTACKS["a file"].replace("{file}", str(secret)) + "<z>&x;</z>"
    with watched(secret) as touched:
        read = etree.fromstring(whole, etree.XMLParser(resolve_entities=True, load_dtd=True))
        assert read.text == CANARY
        assert touched.count > 0
    with listening() as called:
        import socket  # noqa: PLC0415  the control alone calls

        socket.create_connection(("127.0.0.1", called.port), timeout=5).close()
        assert called.count == 1
