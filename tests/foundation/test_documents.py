"""Files that people send: what is kept, what is refused and why, and that nothing else is left anywhere."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import time
import uuid
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

import hermanar
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Role
from hermanar.foundation.documents import (
    NoDocumentError,
    RefusedDocumentError,
    attachment,
    damaged,
    images,
    keeping,
    open_document,
    orphans,
    path_of,
    pdf_files,
    store_upload,
)
from hermanar.foundation.documents.answering import disposition
from hermanar.foundation.documents.names import kept_name
from hermanar.foundation.models import Document, TrailEntry
from tests.foundation import samples

OURS, THEIRS = uuid.UUID(int=1), uuid.UUID(int=2)
ANALYST = Actor("analyst", Role.REGISTRY_STEWARD, office=OURS, user=uuid.UUID(int=9))
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    settings.VAR = tmp_path / "outer" / "var"
    return settings.VAR


def store(data, name, **options):
    return store_upload(io.BytesIO(data), name=name, by=ANALYST, office=OURS, **options)


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


# ── what is kept ─────────────────────────────────────────────────────────────────────────────────────────────────────

KEPT = [
    ("pdf", samples.pdf, "Acuerdo.pdf", "application/pdf", "Acuerdo.pdf"),
    ("word", samples.word, "Proyecto de acuerdo.docx", WORD, "Proyecto de acuerdo.docx"),
    ("link", lambda: samples.word_linked("hyperlink", "https://example.org"), "a.docx", WORD, "a.docx"),
    ("page_field", lambda: samples.word_with(samples.field(" PA", "GE ")), "a.docx", WORD, "a.docx"),
    ("excel", samples.workbook, "Cifras.XLSX", EXCEL, "Cifras.xlsx"),
    ("jpeg", samples.photograph, "Firma.JPEG", "image/jpeg", "Firma.jpg"),
    ("png", samples.picture, "sello.png", "image/png", "sello.png"),
    ("webp", lambda: samples.picture("WEBP"), "x.webp", "image/webp", "x.webp"),
    (
        "accents",
        samples.pdf,
        "Dictámen Núm. 12.2026 — Ñuñoa.pdf",
        "application/pdf",
        "Dictámen Núm. 12.2026 — Ñuñoa.pdf",
    ),
    ("traversal", samples.pdf, "../../../../etc/cron.d/x.pdf", "application/pdf", "x.pdf"),
    ("traversal_windows", samples.pdf, "..\\..\\boot\\x.pdf", "application/pdf", "x.pdf"),
    ("absolute", samples.pdf, "/etc/passwd.pdf", "application/pdf", "passwd.pdf"),
    ("null", samples.pdf, "x.php\0.pdf", "application/pdf", "x_php.pdf"),
    ("double_extension", samples.pdf, "carta.html.pdf", "application/pdf", "carta_html.pdf"),
    ("turned_around", samples.pdf, "carta\u202efdp.exe.pdf", "application/pdf", "cartafdp_exe.pdf"),
    ("reserved", samples.pdf, "CON.pdf", "application/pdf", "documento_CON.pdf"),
    ("dots", samples.pdf, "....pdf", "application/pdf", "documento.pdf"),
    ("header_injection", samples.pdf, 'a"\r\nSet-Cookie: x=1;.pdf', "application/pdf", "a_Set-Cookie_ x=1_.pdf"),
    ("markup", samples.pdf, "<img src=x onerror=alert(1)>.pdf", "application/pdf", "_img src=x onerror=alert(1)_.pdf"),
    ("long", samples.pdf, "ñ" * 500 + ".pdf", "application/pdf", "ñ" * 120 + ".pdf"),
    ("picture_and_archive", lambda: samples.picture() + samples.word(), "x.png", "image/png", "x.png"),
    ("picture_and_page", lambda: samples.picture("JPEG", comment=HTML), "x.jpg", "image/jpeg", "x.jpg"),
]


@pytest.mark.row(13)
@pytest.mark.parametrize(
    ("sent", "name", "media_type", "kept"), [row[1:] for row in KEPT], ids=[row[0] for row in KEPT]
)
def test_sound_file_is_kept_under_its_digest(var, sent, name, media_type, kept):
    row = store(sent(), name)
    assert (row.media_type, row.name, row.visibility, row.office) == (media_type, kept, "private", OURS)
    content = path_of(row.digest).read_bytes()
    assert hashlib.sha256(content).hexdigest() == row.digest
    assert row.size == len(content)
    assert files(var.parent.parent) == [var / "files" / row.digest[:2] / row.digest[2:4] / row.digest]
    assert b"<script" not in content
    assert b"PK\x03\x04" not in content or media_type in {WORD, EXCEL}


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────────────────────

# ruff: noqa: E501  a table of cases
REFUSED = [
    ("empty", lambda: b"", "x.pdf", "empty"),
    ("svg", lambda: SVG, "x.svg", "kind"),
    ("svg_as_png", lambda: SVG, "x.png", "not_what_it_says"),
    ("svg_as_pdf", lambda: SVG, "x.pdf", "not_what_it_says"),
    ("html", lambda: HTML, "x.html", "kind"),
    ("html_as_pdf", lambda: HTML, "x.pdf", "not_what_it_says"),
    ("html_before_pdf", lambda: HTML + samples.pdf(), "x.pdf", "not_what_it_says"),
    ("no_extension", samples.pdf, "acuerdo", "kind"),
    ("double_extension", samples.pdf, "acuerdo.pdf.exe", "kind"),
    ("program_as_pdf", lambda: b"MZ\x90\0" * 50, "x.pdf", "not_what_it_says"),
    ("script", lambda: b"#!/bin/sh\nid", "x.sh", "kind"),
    ("gif", lambda: samples.picture("GIF"), "x.gif", "kind"),
    ("gif_as_png", lambda: samples.picture("GIF"), "x.png", "not_what_it_says"),
    ("old_word", lambda: OLE, "x.doc", "kind"),
    ("locked_word", lambda: OLE, "x.docx", "not_what_it_says"),
    ("archive", lambda: samples.rebuilt(samples.word()), "x.zip", "kind"),
    ("open_document", samples.word, "x.odt", "kind"),
    ("pdf_cut", lambda: samples.pdf()[:200], "x.pdf", "damaged"),
    ("pdf_only_a_start", lambda: b"%PDF-1.7\n%%EOF", "x.pdf", "damaged"),
    ("pdf_without_pages", lambda: samples.pdf(pages=0), "x.pdf", "pages"),
    ("pdf_locked", samples.pdf_locked, "x.pdf", "encrypted"),
    ("pdf_restricted", lambda: samples.pdf_locked(user=""), "x.pdf", "encrypted"),
    ("pdf_javascript", samples.pdf_javascript, "x.pdf", "active_content"),
    ("pdf_escaped", lambda: samples.pdf_javascript().replace(b"/JavaScript", b"/J#61vaScript"), "x.pdf", "active_content"),
    ("pdf_hidden", samples.pdf_hidden_in_object_stream, "x.pdf", "active_content"),
    ("pdf_launch", lambda: samples.action("Launch", F=samples.TextStringObject("cmd.exe")), "x.pdf", "active_content"),
    ("pdf_form", lambda: samples.action("SubmitForm"), "x.pdf", "active_content"),
    ("pdf_elsewhere", lambda: samples.action("GoToR"), "x.pdf", "active_content"),
    ("pdf_attachment", samples.pdf_with_attachment, "x.pdf", "active_content"),
    ("pdf_xfa", samples.pdf_xfa, "x.pdf", "active_content"),
    ("pdf_film", lambda: samples.pdf_annotation("Movie"), "x.pdf", "active_content"),
    ("pdf_and_archive", lambda: samples.pdf() + samples.word(), "x.pdf", "polyglot"),
    ("pdf_and_page", lambda: samples.pdf() + HTML, "x.pdf", "polyglot"),
    ("word_as_excel", samples.word, "x.xlsx", "not_office"),
    ("excel_as_word", samples.workbook, "x.docx", "not_office"),
    ("archive_as_word", lambda: samples.rebuilt(samples.word(), drop=["word/document.xml"]), "x.docx", "not_office"),
    ("word_and_page", lambda: HTML + samples.word(), "x.docx", "not_what_it_says"),
    ("word_after_archive", lambda: b"PK\x03\x04" + HTML + samples.word(), "x.docx", "polyglot"),
    ("word_before_page", lambda: samples.word() + HTML, "x.docx", "polyglot"),
    ("word_macros", lambda: samples.rebuilt(samples.word(), add={"word/vbaProject.bin": b"x"}), "x.docx", "active_content"),
    (
        "word_macro_type",
        lambda: samples.rebuilt(
            samples.word(),
            replace=[
                (
                    "[Content_Types].xml",
                    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                    b"application/vnd.ms-word.document.macroEnabled.main+xml",
                )
            ],
        ),
        "x.docx",
        "active_content",
    ),
    ("word_template", lambda: samples.word_linked("attachedTemplate", "https://evil.example/x.dotm"), "x.docx", "external"),
    ("word_image", lambda: samples.word_linked("image", "https://evil.example/x.png"), "x.docx", "external"),
    ("word_file_link", lambda: samples.word_linked("hyperlink", "file:///etc/passwd"), "x.docx", "external"),
    ("word_script_link", lambda: samples.word_linked("hyperlink", "javascript:alert(1)"), "x.docx", "external"),
    ("word_ole", lambda: samples.rebuilt(samples.word(), add={"word/embeddings/oleObject1.bin": OLE}), "x.docx", "active_content"),
    ("word_page_inside", lambda: samples.rebuilt(samples.word(), add={"word/afchunk.html": HTML}), "x.docx", "active_content"),
    ("word_chunk", lambda: samples.word_with(b"<w:altChunk/>"), "x.docx", "active_content"),
    ("word_dde", lambda: samples.word_with(samples.field("DD", "EAUTO c:\\\\cmd.exe")), "x.docx", "field"),
    ("word_include", lambda: samples.word_with(b'<w:p><w:fldSimple w:instr=" INCLUDETEXT C:/x "/></w:p>'), "x.docx", "field"),
    (
        "word_computed_field",
        lambda: samples.word_with(b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>' + samples.field("QUOTE 68") + b"</w:p>"),
        "x.docx",
        "field",
    ),
    ("word_entities", lambda: samples.rebuilt(samples.word(), add={"word/comments.xml": samples.BOMB + b"<z>&b;</z>"}), "x.docx", "entities"),
    (
        "word_reads_a_file",
        lambda: samples.rebuilt(
            samples.word(), add={"word/footnotes.xml": b'<!DOCTYPE z [<!ENTITY f SYSTEM "file:///etc/passwd">]><z>&f;</z>'}
        ),
        "x.docx",
        "entities",
    ),
    ("word_traversal", lambda: samples.rebuilt(samples.word(), add={"../../x.xml": b"<x/>"}), "x.docx", "damaged"),
    ("word_deep", lambda: samples.word_with(b"<w:p>" * 300 + b"</w:p>" * 300), "x.docx", "damaged"),
    ("word_cut", lambda: samples.word()[:3_000], "x.docx", "damaged"),
    ("word_twice_the_part", lambda: samples.rebuilt(samples.word(), add={"WORD/document.xml": b"<x/>"}), "x.docx", "damaged"),
    ("word_bomb", samples.zip_bomb, "x.docx", "zip_size"),
    ("word_ratio", samples.zip_ratio, "x.docx", "zip_ratio"),
    ("word_parts", samples.many_parts, "x.docx", "zip_parts"),
    ("word_parts_none", lambda: b"PK\x05\x06" + b"\0" * 18, "x.docx", "not_what_it_says"),
    ("word_locked", lambda: samples.locked(samples.word()), "x.docx", "encrypted"),
    ("word_much_text", lambda: samples.rebuilt(samples.word(), add={"word/comments.xml": samples.long_xml()}), "x.docx", "zip_size"),
    ("pdf_without_end", lambda: samples.pdf().replace(b"%%EOF", b"%%EO"), "x.pdf", "damaged"),
    ("excel_links", lambda: samples.rebuilt(samples.workbook(), add={"xl/externalLinks/e1.xml": b"<x/>"}), "x.xlsx", "active_content"),
    ("excel_macros", lambda: samples.rebuilt(samples.workbook(), add={"xl/vbaProject.bin": b"x"}), "x.xlsx", "active_content"),
    ("picture_cut", lambda: samples.photograph()[:400], "x.jpg", "damaged"),
    ("picture_empty", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 60, "x.jpg", "damaged"),
    ("picture_49_mp", lambda: samples.png_of(7_000, 7_000), "x.png", "pixels"),
    ("picture_900_mp", lambda: samples.png_of(30_000, 30_000), "x.png", "pixels"),
    ("picture_moving", samples.animation, "x.webp", "animated"),
    ("riff_is_sound", lambda: b"RIFF\0\0\0\0WAVEfmt ", "x.webp", "not_what_it_says"),
]  # fmt: skip


@pytest.mark.row(10, 11, 12, 13)
@pytest.mark.parametrize(("sent", "name", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_other_file_is_refused_and_leaves_nothing(var, sent, name, code):
    with pytest.raises(RefusedDocumentError) as caught:
        store(sent(), name)
    assert caught.value.code == code
    subject, wrong, *right = str(caught.value).split(": ", 1)[0], *str(caught.value).split(": ", 1)[1].split(". ")
    assert subject == f"«{name}»"
    assert wrong
    assert "".join(right).endswith(".")
    assert files(var.parent.parent) == []
    assert Document.objects.count() == TrailEntry.objects.count() == 0


def test_pdf_of_too_many_objects_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_files, "MOST_OBJECTS", 2)
    with pytest.raises(RefusedDocumentError) as caught:
        store(samples.pdf(pages=5), "x.pdf")
    assert caught.value.code == "objects"


def test_pdf_nested_too_deep_is_refused():
    def change(writer):
        inner = samples.ArrayObject()
        for _level in range(150):
            inner = samples.ArrayObject([inner])
        writer.root_object[samples.name("Deep")] = inner

    with pytest.raises(RefusedDocumentError) as caught:
        store(samples.pdf(change), "x.pdf")
    assert caught.value.code == "damaged"


@pytest.mark.row(13)
def test_fifty_samples_and_more_are_tried(figure):
    assert len(REFUSED) + len(KEPT) >= 50
    figure(f"{len(REFUSED)} samples refused, {len(KEPT)} kept under a plain name, 0 outside their folder")


@given(
    data=st.binary(max_size=300),
    start=st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]),
)
def test_noise_is_refused_in_words(data, start):
    for extension in ("pdf", "docx", "png", "jpg"):
        with pytest.raises(RefusedDocumentError):
            store(start + data, f"x.{extension}")


@pytest.mark.parametrize("make", [samples.pdf, samples.word, samples.workbook, samples.photograph])
def test_spoilt_file_is_kept_or_refused_but_never_a_fault(make):
    whole = make()
    for step in range(60):
        spoilt = bytearray(whole)
        spoilt[(step * 7_919) % len(spoilt)] ^= 0x55
        name = {samples.pdf: "x.pdf", samples.word: "x.docx", samples.workbook: "x.xlsx"}.get(make, "x.jpg")
        try:
            store(bytes(spoilt), name)
        except RefusedDocumentError as error:
            assert str(error)  # noqa: PT017  both ends are right


# ── bounds ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class Endless:
    """An upload of 200 MB that counts what was taken of it."""

    def __init__(self, size=200_000_000):
        self.left = size
        self.taken = 0

    def read(self, size):
        piece = b"%PDF-1.7 "[: min(size, self.left)] if not self.taken else b"x" * min(size, self.left)
        self.left -= len(piece)
        self.taken += len(piece)
        return piece


def test_long_upload_stops_at_the_bound(var, settings):
    sent = Endless()
    with pytest.raises(RefusedDocumentError) as caught:
        store_upload(sent, name="x.pdf", by=ANALYST, office=OURS)
    assert caught.value.code == "too_big"
    assert "25 MB" in str(caught.value)
    assert sent.taken <= settings.UPLOAD_MOST_BYTES + 65_536
    assert files(var) == []


def test_handler_keeps_no_more_than_the_bound(var, settings):
    settings.UPLOAD_MOST_BYTES = 100_000
    seen = {}

    def view(request):
        with request.FILES["file"] as upload, pytest.raises(RefusedDocumentError, match="pasa de"):
            seen["size"] = Path(upload.temporary_file_path()).stat().st_size
            store_upload(upload, name=upload.name, by=ANALYST, office=OURS)
        return HttpResponse()

    upload = SimpleUploadedFile("x.pdf", b"%PDF-1.7" + b"x" * 3_000_000)
    view(RequestFactory().post("/", {"file": upload}))
    assert seen["size"] == 100_001


def test_handler_hands_over_what_is_within_the_bound():
    upload = SimpleUploadedFile("Carta.pdf", samples.pdf())
    upload.seek(0)
    sent = upload.read()
    upload.seek(0)
    request = RequestFactory().post("/", {"file": upload})
    with request.FILES["file"] as received:
        row = store_upload(received, name="Carta.pdf", by=ANALYST, office=OURS)
    assert path_of(row.digest).read_bytes() == sent


# ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_picture_loses_place_camera_and_comment_but_stands_upright():
    sent = samples.photograph()
    assert samples.CANARY.encode() in sent
    row = store(sent, "x.jpg")
    content = path_of(row.digest).read_bytes()
    assert samples.CANARY.encode() not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert dict(picture.getexif()) == {}
        assert "comment" not in picture.info
        assert picture.size == (30, 40)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turned", [1, 6])
def test_picture_keeps_no_note_of_any_kind(kind, turned):
    notes, buffer = PngImagePlugin.PngInfo(), io.BytesIO()
    notes.add_text("Comment", samples.CANARY)
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = turned, samples.CANARY
    canary = samples.CANARY.encode()
    more = {"PNG": {"pnginfo": notes, "dpi": (72, 72)}, "JPEG": {"comment": canary, "xmp": canary, "dpi": (72, 72)},
            "WEBP": {"xmp": canary}}  # fmt: skip
    Image.new("RGB", (8, 4), "red").save(buffer, kind, exif=exif, icc_profile=canary * 40, **more[kind])
    assert canary in buffer.getvalue()
    content = path_of(store(buffer.getvalue(), f"x.{kind.lower()}").digest).read_bytes()
    assert canary not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == ((8, 4) if turned == 1 else (4, 8))
        assert not {"icc_profile", "exif", "xmp", "comment", "Comment"} & set(picture.info)


@pytest.mark.parametrize(
    ("mode", "kind", "kept"), [("P", "PNG", "RGB"), ("CMYK", "JPEG", "RGB"), ("I;16", "PNG", "RGB")]
)
def test_picture_of_any_colours_is_kept_in_plain_ones(mode, kind, kept):
    buffer = io.BytesIO()
    Image.new(mode, (8, 8)).save(buffer, kind)
    row = store(buffer.getvalue(), f"x.{kind.lower()}")
    with Image.open(path_of(row.digest)) as picture:
        assert (picture.mode, picture.size) == (kept, (8, 8))


def test_transparent_picture_stays_transparent():
    buffer = io.BytesIO()
    Image.new("P", (8, 8), 0).save(buffer, "PNG", transparency=0)
    with Image.open(path_of(store(buffer.getvalue(), "x.png").digest)) as picture:
        assert picture.mode == "RGBA"
        assert picture.getpixel((0, 0))[3] == 0


@pytest.mark.row(12)
def test_forty_million_points_are_taken_and_one_row_more_is_not():
    def bare_picture(height):
        buffer = io.BytesIO()
        Image.new("1", (8_000, height)).save(buffer, "PNG")
        return buffer.getvalue()

    assert images.MOST_PIXELS == settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS == 40_000_000
    with Image.open(path_of(store(bare_picture(5_000), "x.png").digest)) as picture:
        assert picture.size == (8_000, 5_000)
    with pytest.raises(RefusedDocumentError) as caught:
        store(bare_picture(5_001), "x.png")
    assert caught.value.code == "pixels"


@pytest.mark.row(12)
def test_nobody_else_opens_a_picture():
    package = Path(hermanar.__file__).parent
    found = {
        path.relative_to(package).as_posix() for path in package.rglob("*.py") if "Image.open(" in path.read_text()
    }
    assert found == {"foundation/documents/images.py", "museum/pictures.py"}
    assert all("MOST_PIXELS" in (package / name).read_text() for name in found)


# ── finding again ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_document_is_its_offices_alone():
    row = store(samples.pdf(), "x.pdf", about=keeping.About("es", dt.date(2026, 5, 1), "oficio 12"))
    found = open_document(str(row.pk), office=OURS)
    assert (found, found.language, found.dated_on, found.source) == (row, "es", dt.date(2026, 5, 1), "oficio 12")
    assert found.uploaded_by == ANALYST.user
    for identifier, office in [(row.pk, THEIRS), (row.pk, None), (uuid.uuid4(), OURS), ("../x", OURS), ("", OURS)]:
        with pytest.raises(NoDocumentError):
            open_document(identifier, office=office)


def test_same_content_is_kept_once_and_told_twice(var):
    first, second = store(samples.word("a"), "a.docx"), None
    data = path_of(first.digest).read_bytes()
    second = store_upload(io.BytesIO(data), name="b.docx", by=ANALYST, office=THEIRS)
    assert first.digest == second.digest
    assert first.pk != second.pk
    assert len(files(var)) == 1


def test_storing_is_told_in_the_trail_of_the_office_without_the_name():
    row = store(samples.pdf(), "Juana Pérez.pdf")
    entry = TrailEntry.objects.get()
    assert (entry.chain, entry.code, entry.subject) == (str(OURS), "document.stored", str(row.pk))
    assert "Juana" not in "".join(str(value) for value in vars(entry).values())
    assert trail.first_break(str(OURS)) is None


def test_file_without_row_is_an_orphan_once_it_is_old():
    lost, kept = store(samples.pdf(), "x.pdf"), store(samples.word(), "x.docx")
    Document.objects.filter(pk=lost.pk).delete()  # as where the machine stopped before the commit
    left = keeping.root() / "incoming" / "x.part"
    left.write_bytes(b"half")
    assert orphans() == []
    assert orphans(now=time.time() + 7_200) == sorted([path_of(lost.digest), left])
    assert path_of(kept.digest) not in orphans(now=time.time() + 7_200)


def test_damaged_and_missing_files_are_found():
    sound, changed, gone = (store(samples.word(str(number)), "x.docx") for number in range(3))
    assert damaged() == []
    path_of(changed.digest).write_bytes(b"other")
    path_of(gone.digest).unlink()
    assert {row.pk for row in damaged()} == {changed.pk, gone.pk}
    assert sound.pk not in {row.pk for row in damaged()}


@pytest.mark.row(13)
@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "a" * 63, "/" * 64])
def test_path_of_anything_but_a_digest_is_refused(digest):
    with pytest.raises(ValueError):
        path_of(digest)


def test_files_and_folders_are_the_owners_alone(var):
    row = store(samples.pdf(), "x.pdf")
    path = path_of(row.digest)
    assert path.stat().st_mode & 0o777 == 0o600
    assert (var / "files" / "incoming").stat().st_mode & 0o077 == 0


# ── giving back ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.row(13)
def test_attachment_is_saved_and_never_run(client):
    row = store(samples.pdf(), "Dictámen «final» Núm. 3.pdf")
    response = attachment(row)
    assert b"".join(response.streaming_content) == path_of(row.digest).read_bytes()
    response.close()
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Content-Length"] == str(row.size)
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="Dictamen final Num. 3.pdf"; '
        "filename*=UTF-8''Dict%C3%A1men%20%C2%ABfinal%C2%BB%20N%C3%BAm.%203.pdf"
    )


@pytest.mark.row(13)
def test_policy_of_an_attachment_passes_through_the_middleware():
    from csp.middleware import CSPMiddleware  # noqa: PLC0415

    row = store(samples.pdf(), "x.pdf")
    with override_settings(CONTENT_SECURITY_POLICY={"DIRECTIVES": {"default-src": ["*"]}}):
        response = CSPMiddleware(lambda request: attachment(row))(RequestFactory().get("/"))
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    response.close()


def test_attachment_without_its_file_is_not_there():
    row = store(samples.pdf(), "x.pdf")
    path_of(row.digest).unlink()
    with pytest.raises(NoDocumentError):
        attachment(row)


@pytest.mark.row(13)
@given(st.text(max_size=80))
def test_any_name_makes_one_plain_header(name):
    header = disposition(kept_name(name, ".pdf"))
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert not {"/", "\\"} & set(kept_name(name, ".pdf"))


@pytest.mark.row(11)
def test_negative_control_the_libraries_alone_would_take_it():
    """Without our guard the archive opens, and its bomb unfolds."""
    with zipfile.ZipFile(io.BytesIO(samples.zip_bomb())) as archive:
        assert len(archive.read("word/media/image1.png")) == 60_000_000
    with Image.open(io.BytesIO(samples.png_of(7_000, 7_000))) as picture:
        assert picture.size == (7_000, 7_000)
