"""Files as people and attackers send them, made here so that nothing harmful lies in the repository."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

import docx
import openpyxl
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

CANARY = "CANARY-7f3a"
BOMB = b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def pdf(change=None, *, pages=1):
    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(612, 792)
    if change:
        change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def pdf_saying(content, *, pages=1, form=b""):
    """Return a PDF whose pages all draw one compressed content; `/F0 Do` in it draws the form."""

    def change(writer):
        font = dictionary(Type=name("Font"), Subtype=name("Type1"), BaseFont=name("Helvetica"))
        resources = dictionary(Font=dictionary(F1=font))
        drawn = StreamObject()
        drawn.set_data(form)
        drawn.update(dictionary(Type=name("XObject"), Subtype=name("Form"), Resources=resources))
        drawn[name("BBox")] = ArrayObject([NumberObject(0), NumberObject(0), NumberObject(612), NumberObject(792)])
        stream = StreamObject()
        stream.set_data(content)
        shared = writer._add_object(stream.flate_encode())
        form_shared = writer._add_object(drawn.flate_encode())
        for page in writer.pages:
            page[name("Contents")] = shared
            page[name("Resources")] = dictionary(Font=dictionary(F1=font), XObject=dictionary(F0=form_shared))

    return pdf(change, pages=pages)


def name(text):
    return NameObject(f"/{text}")


def dictionary(**values):
    return DictionaryObject({name(key): value for key, value in values.items()})


def action(kind, **more):
    """Return a PDF that does something when it is opened."""

    def change(writer):
        act = dictionary(S=name(kind), **more)
        writer.root_object[name("OpenAction")] = writer._add_object(act)

    return pdf(change)


def pdf_javascript():
    return action("JavaScript", JS=TextStringObject("app.alert('x')"))


def pdf_with_attachment():
    return pdf(lambda writer: writer.add_attachment("x.exe", b"MZ"))


def pdf_locked(user="x"):
    return pdf(lambda writer: writer.encrypt(user, "owner"))


def pdf_xfa():
    return pdf(lambda w: w.root_object.update({name("AcroForm"): dictionary(XFA=TextStringObject("<x/>"))}))


def pdf_annotation(subtype):
    def change(writer):
        note = dictionary(Type=name("Annot"), Subtype=name(subtype), Rect=ArrayObject([NumberObject(0)] * 4))
        writer.pages[0][name("Annots")] = ArrayObject([writer._add_object(note)])

    return pdf(change)


def pdf_hidden_in_object_stream():
    """Return a PDF whose JavaScript lies in a compressed stream of objects, where no search for letters finds it."""
    body = b"5 0 << /S /JavaScript /JS (app.alert(1)) >>"
    header, content = body[:4], body[4:]
    packed = zlib.compress(header + content)
    parts = [
        b"1 0 obj << /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R >> endobj\n",
        b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n",
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >> endobj\n",
        b"4 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >> stream\n" % len(packed)
        + packed
        + b"\nendstream endobj\n",
    ]
    data = b"%PDF-1.5\n"
    offsets = []
    for part in parts:
        offsets.append(len(data))
        data += part
    start = len(data)
    rows = b"\0\0\0\xff" + b"".join(b"\1" + struct.pack(">HB", offset, 0) for offset in offsets) + b"\2\0\4\0"
    rows += b"\1" + struct.pack(">HB", start, 0)
    data += b"6 0 obj << /Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Length %d >> stream\n" % len(rows)
    return data + rows + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % start


def word(*paragraphs):
    document = docx.Document()
    for text in paragraphs or ["Un acuerdo"]:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook():
    book = openpyxl.Workbook()
    book.active["A1"] = "Ciudad"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rebuilt(data, *, add=None, replace=(), drop=()):
    """Return an archive with parts added or dropped, or texts in its parts replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part in drop:
                continue
            content = old.read(part)
            for where, before, after in replace:
                if part == where:
                    assert before in content, (part, before)
                    content = content.replace(before, after, 1)
            new.writestr(part, content)
        for part, content in (add or {}).items():
            new.writestr(part, content)
    return buffer.getvalue()


def word_with(body_xml):
    """Return a Word file with XML put in front of its body."""
    return rebuilt(word(), replace=[("word/document.xml", b"<w:body>", b"<w:body>" + body_xml)])


def word_linked(kind, target, mode="External"):
    """Return a Word file with one more relationship."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    row = f'<Relationship Id="rId99" Type="{base}{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return rebuilt(word(), replace=[("word/_rels/document.xml.rels", b"</Relationships>", row.encode())])


def field(*instructions):
    """Return a paragraph with one field whose instruction Word has split over several runs."""
    runs = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in instructions)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{runs}{end}</w:p>".encode()


def picture(kind="PNG", size=(40, 30), **options):
    buffer = io.BytesIO()
    Image.new("RGB", size, "#3b4cc0").save(buffer, kind, **options)
    return buffer.getvalue()


def photograph():
    """Return a JPEG that tells where it was taken, with what, and has a comment."""
    exif = Image.Exif()
    exif[0x010F] = CANARY
    exif[0x8825] = {1: "N", 2: (21.0, 1.0, 3.0), 3: "W", 4: (101.0, 15.0, 5.0), 29: "2026:01:01"}
    exif[0x0112] = 6  # lying on its side
    return picture("JPEG", exif=exif, comment=CANARY.encode())


def png_of(width, height):
    """Return the first bytes of a PNG that claims a size, with next to nothing behind it."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


def animation():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "WEBP", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def zip_bomb():
    return rebuilt(word(), add={"word/media/image1.png": b"\0" * 60_000_000})


def zip_ratio():
    return rebuilt(word(), add={"word/media/image1.png": b"\0" * 10_000_000})


def many_parts():
    return rebuilt(word(), add={f"word/media/image{number}.png": b"" for number in range(2_001)})


def locked(data):
    """Return an archive whose directory says that its parts are locked."""
    spoilt = bytearray(data)
    at = -1
    while (at := spoilt.find(b"PK\x01\x02", at + 1)) >= 0:
        spoilt[at + 8] |= 1
    return bytes(spoilt)


def long_xml():
    """Return 26 MB of XML that does not look like a bomb."""
    return b"<z>" + random.Random(1).randbytes(13_000_000).hex().encode() + b"</z>"  # noqa: S311  noise that is the same each time
