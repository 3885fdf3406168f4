"""Every door a file comes in by: which there are, and what becomes of one that is something else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import FileField
from django.test import Client

import hermanar
from hermanar.museum.models import Recording

pytestmark = [pytest.mark.row(13), pytest.mark.alike]
PACKAGE = Path(hermanar.__file__).parent
# Where a file may be kept beside the documents of `foundation.documents`, and what keeps it from being something else.
COLUMNS = {
    "museum.Picture.file": "written anew from its points",
    "museum.PictureRendition.file": "made of the one above",
    "museum.Recording.file": "a sound or a film by its first bytes, given as that and nothing else",
    "wagtailusers.UserProfile.avatar": "the desk takes none (desk.account)",
    "wagtaildocs.Document.file": "its addresses are closed (desk.walls)",
    "wagtailcore.UploadedFile.file": "a picture that passed the desk's form and waits for its words; given to nobody",
    "wagtailimages.Image.file": "no form of ours makes one: the desk's pictures are museum.Picture",
    "wagtailimages.Rendition.file": "made of the one above",
}
HTML = b"<html><script>alert(1)</script></html>"
PAGE_IN_A_SONG = b"ID3\x03\x00\x00\x00\x00\x00\x00" + HTML


def test_every_column_for_a_file_is_known():
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FileField)
    }
    assert found == set(COLUMNS)


def test_nobody_writes_what_was_sent_past_the_bounded_ways():
    writes = re.compile(r"default_storage\.save\(|FileSystemStorage\(|shutil\.copyfileobj\(")
    found = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if writes.search(path.read_text())}
    assert found == {"foundation/documents/taking.py"}


def a_recording(name, data):
    sent = SimpleUploadedFile(name, data, content_type="text/html")
    return Recording(kind="sound", title="Voz", transcript="Se oye.", author="Ana", licence="own", file=sent)


NO_RECORDINGS = [
    ("page", HTML, "voz.mp3"),
    ("page_with_its_name", PAGE_IN_A_SONG, "voz.html"),
    ("two_endings", PAGE_IN_A_SONG, "voz.mp3.html"),
    ("drawing", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "voz.svg"),
    ("drawing_as_film", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "voz.mp4"),
    ("program", b"MZ\x90\x00" + b"\0" * 60, "voz.mp3"),
    ("song_of_another_kind", b"OggS" + b"\0" * 60, "voz.mp3"),
    ("no_ending", PAGE_IN_A_SONG, "voz"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("data", "name"), [row[1:] for row in NO_RECORDINGS], ids=[row[0] for row in NO_RECORDINGS])
def test_what_is_no_recording_is_refused(data, name):
    given = a_recording(name, data)
    with pytest.raises(ValidationError) as caught:
        given.full_clean()
    assert set(caught.value.message_dict) == {"file"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["voz.mp3", "../../../static/voz.mp3", "..\\voz.mp3", "voz\x00.mp3", "carta.html.mp3"])
def test_a_page_within_a_recording_is_given_as_a_sound_and_never_run(settings, name):
    kept = a_recording(name, PAGE_IN_A_SONG)
    kept.full_clean()
    kept.save()
    assert re.fullmatch(r"grabaciones/[0-9a-f]{32}\.mp3", kept.file.name)
    assert Path(kept.file.path).parent == Path(settings.MEDIA_ROOT) / "grabaciones"
    given = Client().get(f"/medios/{kept.file.name}")
    assert given.getvalue() == PAGE_IN_A_SONG
    assert given["Content-Type"] == "audio/mpeg"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in given["Content-Security-Policy"]
    assert "unsafe" not in given["Content-Security-Policy"]
