"""`hermanar check` and the files that people keep: what is missing, what was altered, what is nobody's."""

from __future__ import annotations

import errno
import io
import os
import time
import uuid
from pathlib import Path
from types import GeneratorType

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet

from hermanar.foundation.access import Actor, Role
from hermanar.foundation.documents import keeping, path_of, store_upload
from hermanar.foundation.models import Document
from tests.foundation import samples

OFFICE = uuid.UUID(int=1)
ANALYST = Actor("analyst", Role.REGISTRY_STEWARD, office=OFFICE, user=uuid.UUID(int=9))

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def kept(tmp_path, settings):
    """Keep three documents, two of them of one file."""
    settings.VAR = tmp_path
    one, other = samples.word("a"), samples.word("b")
    return [store_upload(io.BytesIO(data), name="Juana.docx", by=ANALYST, office=OFFICE) for data in (one, one, other)]


def checked(*options):
    """Return whether the command refuses for files, and what it says."""
    out = io.StringIO()
    try:
        call_command("check", *options, stdout=out)
    except CommandError as refusal:
        return str(refusal), out.getvalue()
    return "", out.getvalue()


def test_files_that_are_there_are_counted(kept):
    refused, told = checked("--files")
    assert "documento falta" not in refused
    assert "Archivos        3 documentos\n" in told


@pytest.mark.parametrize(("options", "count"), [((), 2), (("--files",), 3)], ids=["by length", "read"])
def test_what_is_missing_or_altered_is_told_with_its_place(kept, options, count):
    path_of(kept[0].digest).unlink()
    altered = path_of(kept[2].digest)
    altered.write_bytes(bytes(altered.stat().st_size))
    refused, _ = checked(*options)
    assert f"Los archivos de {count} documentos faltan o no son los que se guardaron" in refused
    assert refused.count(str(path_of(kept[0].digest))) == 1, "two documents, one file"
    assert (str(altered) in refused) is ("--files" in options)
    assert "Juana" not in refused


def test_a_file_that_the_disk_does_not_give_is_told_with_the_rest(kept, monkeypatch):
    bad, opened = path_of(kept[2].digest), Path.open

    def read(path, *how, **more):
        if path == bad:
            raise OSError(errno.EIO, "Input/output error")
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", read)
    refused, told = checked("--files")
    assert "El archivo de un documento falta" in refused
    assert str(bad) in refused
    assert "Índice" in told, "the rest is looked at all the same"


def test_no_question_is_open_while_files_are_read(kept, monkeypatch):
    """On SQLite whoever writes waits for a question that is still being answered."""
    open_then, sound = [], keeping._is_sound

    def looking(row, *, is_read):
        open_then.append(sum(isinstance(one, GeneratorType) and one.gi_frame is not None for one in asked))
        return sound(row, is_read=is_read)

    asked, rows = [], QuerySet.iterator

    def iterator(self, *how, **more):
        asked.append(rows(self, *how, **more))
        return asked[-1]

    monkeypatch.setattr(QuerySet, "iterator", iterator)
    monkeypatch.setattr(keeping, "_is_sound", looking)
    assert keeping.damaged() == []
    assert open_then == [0, 0]


def test_another_length_is_told_without_reading(kept):
    path_of(kept[2].digest).write_bytes(b"half")
    assert "El archivo de un documento falta" in checked()[0]


def test_files_of_no_document_are_told_and_fail_nothing(kept):
    lost = path_of(kept[2].digest)
    Document.objects.filter(pk=kept[2].pk).delete()  # as where a letting go was killed before it removed the file
    hours_ago = time.time() - 7_200
    os.utime(lost, (hours_ago, hours_ago))
    refused, told = checked()
    assert "documento falta" not in refused
    assert "2 documentos; 1 archivo de ningún documento\n" in told
    assert str(lost) not in told
    assert f"  {lost}\n" in checked("--files")[1]
    assert lost.exists()


def test_many_missing_files_are_told_by_the_first(kept):
    rows = [Document(**{**vars_of(kept[0]), "pk": uuid.uuid4(), "digest": f"{number:064x}"}) for number in range(25)]
    Document.objects.bulk_create(rows)
    refused, _ = checked()
    assert "Los archivos de 25 documentos" in refused
    assert refused.count(str(path_of(f"{0:064x}").parents[2])) == 20
    assert "\n…" in refused


def vars_of(row):
    return {field.attname: getattr(row, field.attname) for field in Document._meta.concrete_fields}
