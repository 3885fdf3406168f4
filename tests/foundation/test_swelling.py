"""Small files that would swell: each refused before it does, in a process whose memory is measured."""

from __future__ import annotations

import io
import json
import os
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, NumberObject, StreamObject

from tests.foundation import samples

ROOT = Path(__file__).resolve().parents[2]
MOST_GROWTH = 50_000  # kB that the process may rise by
SHEET = "xl/worksheets/sheet1.xml"
ROW = b'<row r="2"><c r="A2" t="inlineStr"><is><t>%s</t></is></c></row>'
pytestmark = pytest.mark.row(11)


def swollen(data, part, megabytes, *, kind=zipfile.ZIP_DEFLATED, filler=b" " * 1_000_000):
    """Return an archive with a part that unfolds to so many megabytes, made without holding them."""
    buffer = io.BytesIO(samples.rebuilt(data, drop=[part]))
    with zipfile.ZipFile(buffer, "a", kind) as archive, archive.open(part, "w") as inner:
        for _piece in range(megabytes):
            inner.write(filler)
    return buffer.getvalue()


def lying(data, part):
    """Say in the directory that a swollen part is small: whoever believes it must not read more than that."""
    made = bytearray(swollen(data, part, 100))
    with zipfile.ZipFile(io.BytesIO(bytes(made))) as archive:
        size = struct.pack("<I", archive.getinfo(part).file_size)
    while (at := made.find(size)) >= 0:
        made[at : at + 4] = struct.pack("<I", 20_000)
    return bytes(made)


def of_many_parts(data):
    return samples.rebuilt(data, add={f"x/{number}": b"" for number in range(2_001)})


def pdf_of(size, *, kind):
    """Return a PDF one of whose streams, of objects or of a page, unfolds to so many bytes."""
    packer = zlib.compressobj(9)
    packed = b"".join([packer.compress(b" " * 1_000_000) for _piece in range(size // 1_000_000)]) + packer.flush()
    writer = PdfWriter()
    page = writer.add_blank_page(72, 72)
    stream = StreamObject()
    stream.set_data(packed)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    if kind == "objects":
        stream |= {NameObject("/Type"): NameObject("/ObjStm"), NameObject("/N"): NumberObject(9),
                   NameObject("/First"): NumberObject(90)}  # fmt: skip
    page[NameObject("/Contents")] = writer._add_object(stream)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def png_with_text(megabytes):
    """Return a small picture with a note that unfolds."""
    whole = samples.picture()
    packed = b"Comment\0\0" + zlib.compress(b" " * megabytes * 1_000_000, 9)
    chunk = struct.pack(">I", len(packed)) + b"zTXt" + packed + struct.pack(">I", zlib.crc32(b"zTXt" + packed))
    return whole[:33] + chunk + whole[33:]


NOISE = random.Random(11).randbytes(20_000) + b" " * 980_000  # noqa: S311  packs fifty to one, not more
BOOK, LETTER = samples.workbook(), samples.word("Una carta")
# What is sent, the door it is sent to, and why it is refused; `taken` is read and stays small.
SENT = {
    "sheet_150": ("table", lambda: swollen(BOOK, SHEET, 150), {"zip_size"}),
    "sheet_49_ratio": ("table", lambda: swollen(BOOK, SHEET, 49), {"zip_ratio"}),
    "sheet_60_of_noise": ("table", lambda: swollen(BOOK, SHEET, 60, filler=NOISE), {"zip_size"}),
    "picture_of_a_table": ("table", lambda: swollen(BOOK, "xl/media/a.png", 30), {"zip_ratio"}),
    "table_of_2001_parts": ("table", lambda: of_many_parts(BOOK), {"zip_parts"}),
    "table_that_lies": ("table", lambda: lying(BOOK, SHEET), {"damaged", "zip_ratio"}),
    "workbook_150": ("workbook", lambda: swollen(BOOK, SHEET, 150), {"zip_size"}),
    "workbook_ratio": ("workbook", lambda: swollen(BOOK, SHEET, 49), {"zip_ratio"}),
    "letter_150": ("word", lambda: swollen(LETTER, "word/document.xml", 150), {"zip_size"}),
    "letter_49_ratio": ("word", lambda: swollen(LETTER, "word/document.xml", 49), {"zip_ratio"}),
    "letter_of_2001_parts": ("word", lambda: of_many_parts(LETTER), {"zip_parts"}),
    "letter_that_lies": ("word", lambda: lying(LETTER, "word/document.xml"), {"damaged", "zip_ratio"}),
    "template_150": ("template", lambda: swollen(LETTER, "word/document.xml", 150), {"zip_size"}),
    "pdf_page_200": ("pdf", lambda: pdf_of(200_000_000, kind="page"), {"taken"}),
    "pdf_objects_200": ("pdf", lambda: pdf_of(200_000_000, kind="objects"), {"taken", "damaged"}),
    "picture_900_mp": ("picture", lambda: samples.png_of(30_000, 30_000), {"pixels"}),
    "picture_note_100": ("picture", lambda: png_with_text(100), {"damaged", "taken"}),
}  # fmt: skip

READS = """
import io, json, os, resource, sys, zipfile
resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000, 4_000_000_000))
import django; django.setup()
from hermanar.foundation.documents import RefusedDocumentError
from hermanar.foundation.documents.images import write_anew
from hermanar.foundation.documents.office_files import check_word, check_workbook
from hermanar.foundation.documents.pdf_files import check_pdf
from hermanar.foundation.papers import check_template
from hermanar.foundation.tables import RefusedTableError, read_table
DOORS = {
    "table": lambda path: read_table(path.read(), name="a.xlsx"),
    "workbook": check_workbook, "word": check_word, "pdf": check_pdf,
    "template": lambda path: check_template(path.read(), ["ciudad"]),
    "picture": lambda path: write_anew(path, io.BytesIO()),
}
def kilobytes(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name))
def grown(act):
    # Of this process alone: getrusage tells of the peak of whoever started it too.
    with open("/proc/self/clear_refs", "w") as peak:
        peak.write("5")
    before = kilobytes("VmRSS")
    said = act()
    return said, kilobytes("VmHWM") - before
def enter(door, path):
    with open(path, "rb") as file:
        try:
            DOORS[door](file)
        except (RefusedDocumentError, RefusedTableError) as refusal:
            return refusal.code if hasattr(refusal, "code") else refusal.faults[0].code
    return "taken"
folder, asked = sys.argv[1], json.loads(sys.argv[2])
for door in DOORS:
    assert enter(door, os.path.join(folder, "plain_" + door)) == "taken", door
told = {}
for name, door in asked.items():
    told[name] = grown(lambda: enter(door, os.path.join(folder, name)))
def unguarded():
    with zipfile.ZipFile(os.path.join(folder, "sheet_150")) as archive:
        return len(archive.read("xl/worksheets/sheet1.xml"))
print(json.dumps([told, grown(unguarded)[1]]))
"""


def test_no_file_makes_the_process_grow(tmp_path, figure):
    plain = {"table": BOOK, "workbook": BOOK, "word": LETTER, "template": LETTER, "pdf": samples.pdf(),
             "picture": samples.picture()}  # fmt: skip
    for door, data in plain.items():
        (tmp_path / f"plain_{door}").write_bytes(data)
    for name, (_door, make, _codes) in SENT.items():
        (tmp_path / name).write_bytes(make())
    asked = json.dumps({name: door for name, (door, _make, _codes) in SENT.items()})
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "hermanar.site.settings_test"}
    command = [sys.executable, "-c", READS, str(tmp_path), asked]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told, unguarded = json.loads(done.stdout)
    assert {name: code for name, (code, _grown) in told.items() if code not in SENT[name][2]} == {}
    assert {name: kilobytes for name, (_code, kilobytes) in told.items() if kilobytes >= MOST_GROWTH} == {}
    assert unguarded > 120_000, "the control: read without the guard, the first of them does swell"
    largest = max(len(path.read_bytes()) for path in tmp_path.iterdir())
    most = max(kilobytes for _code, kilobytes in told.values()) // 1_000
    figure(
        f"{len(told)} files of at most {largest // 1_000} kB: memory + {most} MB; unguarded + {unguarded // 1_000} MB"
    )
