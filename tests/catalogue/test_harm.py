"""What becomes of the index when its folder, its files or its database are harmed: the right answer, or none yet."""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
import time
import uuid

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection
from django.test import Client

from hermanar.agreements import actions
from hermanar.agreements.actions.listing import mark_changed
from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from hermanar.catalogue.search.documents import AgreementContent
from hermanar.catalogue.search.questions import INDEX
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.models import Change, Revision
from hermanar.foundation.search import BrokenIndexError, IndexUnavailableError, files, index, revisions
from hermanar.museum import unavailable
from tests.catalogue.conftest import TODAY
from tests.catalogue.test_processes import BEFORE, Process

KINDS = {"twinning": 4, "unknown": 1, "specific_cooperation": 1}
SEGMENT = ["fast", "fieldnorm", "idx", "pos", "store", "term"]


def kinds():
    return read.statistics(Filters(), today=TODAY).by_kind


def correct(record, kind):
    record.refresh_from_db()
    actions.correct(record.pk, by=CONSOLE, version=record.version, values={"kind": kind}, source_key="fuente")


def folder():
    return next(INDEX.root.glob("build-*"))


def overwrite(path):
    """Change some bytes in place, none of them in the last lines that hold the checksum."""
    content = bytearray(path.read_bytes())
    for place in range(0, len(content) - 110, max(1, len(content) // 20)):
        content[place] ^= 0xFF
    with path.open("r+b") as file:
        file.write(content)


@pytest.fixture
def fresh(kept_world):
    """Give a process that has just begun, with the index of the world on its disk."""
    INDEX.__init__(AgreementContent())
    assert kinds() == KINDS
    INDEX.__init__(AgreementContent())
    yield kept_world
    INDEX.__init__(AgreementContent())


@pytest.mark.parametrize("suffix", SEGMENT)
def test_file_harmed_in_place_is_found_when_opened(fresh, suffix):
    before = folder()
    overwrite(next(before.glob(f"*.{suffix}")))
    assert kinds() == KINDS
    assert folder() != before


@pytest.mark.parametrize("suffix", SEGMENT)
def test_file_harmed_in_place_is_found_while_in_use(fresh, monkeypatch, suffix):
    kinds()
    before = folder()
    overwrite(next(before.glob(f"*.{suffix}")))
    monkeypatch.setattr(INDEX, "_look_at", 0.0)  # a second has passed
    assert kinds() == KINDS
    assert folder() != before


def test_panic_is_told_and_the_next_request_answers(fresh, monkeypatch):
    kinds()
    before = folder()
    overwrite(next(before.glob("*.fast")))
    monkeypatch.setattr(INDEX, "_look_at", time.monotonic() + 60)
    snapshot = INDEX.current(day=TODAY)
    with pytest.raises(BrokenIndexError):
        for field in ("id_high", "id_low", "order"):
            address = snapshot.searcher.search(read_all(), limit=1, count=False).hits[0][1]
            snapshot.searcher.fast_field_values(field, [address])
            snapshot.searcher.aggregate(read_all(), {"kind": {"terms": {"field": "kind"}}})
        raise BrokenIndexError  # these bytes may happen to be read without notice
    INDEX.doubt()
    assert kinds() == KINDS
    assert folder() != before


def read_all():
    return index.tantivy.Query.all_query()


def test_panic_of_the_library_is_an_error_that_can_be_met():
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})
    with pytest.raises(BrokenIndexError), files.panics_told():
        raise panic("assertion failed")
    with pytest.raises(KeyboardInterrupt), files.panics_told():
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    "content", [b"", b"short", b"\0" * 64, b"\xff\xff\xff\x7f\x39\x05\0\0", b"{}\x02\0\0\0\x39\x05\0\0"]
)
def test_file_without_its_own_checksum_is_not_sound(tmp_path, content):
    (tmp_path / "a.idx").write_bytes(content)
    assert not files.is_sound(tmp_path / "a.idx")


@pytest.mark.parametrize("harm", ["plain file", "no folder", "full"])
def test_folder_that_cannot_be_used_leaves_the_index_in_memory(fresh, settings, monkeypatch, harm, caplog):
    if harm == "plain file":
        shutil.rmtree(INDEX.root.parent)
        INDEX.root.parent.write_text("not a folder")
    elif harm == "no folder":
        settings.INDEX_DIR = "/proc/no"
    else:
        shutil.rmtree(INDEX.root)
        monkeypatch.setattr(index.json, "dump", full)
    assert kinds() == KINDS
    assert INDEX.is_in_memory
    correct(fresh.agreements["umea"], "other")
    assert kinds()["other"] == 1
    assert caplog.text.count("kept in memory") == 1
    mark_changed(None)
    assert sum(kinds().values()) == 6


def full(*args):
    raise OSError(28, "No space left on device")


def test_folder_that_can_be_used_again_is_used(fresh, monkeypatch):
    shutil.rmtree(INDEX.root.parent)
    INDEX.root.parent.write_text("not a folder")
    kinds()
    INDEX.root.parent.unlink()
    assert kinds() == KINDS
    assert INDEX.is_in_memory  # it is not tried at every request
    monkeypatch.setattr(INDEX, "_disk_at", 0.0)
    assert kinds() == KINDS
    assert not INDEX.is_in_memory
    assert folder().is_dir()


def test_who_waits_too_long_is_told_when_to_ask_again(fresh, monkeypatch):
    monkeypatch.setattr(files, "PATIENCE", 0.05)
    with (INDEX.root / "lock").open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(IndexUnavailableError):
            kinds()
        page, api = Client().get("/acuerdos/"), Client().get("/api/v1/agreements")
    assert (page.status_code, page["Retry-After"]) == (503, "2")
    assert "Un momento" in page.content.decode()
    assert (api.status_code, api["Retry-After"], api["Content-Type"]) == (503, "2", "application/problem+json")
    assert Client().get("/acuerdos/").status_code == 200


@pytest.mark.parametrize(
    ("problem", "seconds"),
    [
        (IndexUnavailableError(), 2),
        (OperationalError(), 10),
        (DatabaseError(), 10),
        (IntegrityError(), None),
        (ValueError(), None),
    ],
)
def test_only_what_passes_is_worth_asking_again(problem, seconds):
    assert unavailable._seconds(problem) == seconds


def test_database_put_back_at_the_same_number_is_another_one(fresh):
    """A copy is put back, and then as many changes are made as had been made after the copy."""
    kinds()
    copy = Revision.objects.get(name="agreements")
    correct(fresh.agreements["umea"], "other")
    assert kinds()["other"] == 1
    Change.objects.filter(number__gt=copy.number).delete()
    copy.save()
    fresh.agreements["umea"].listing.__class__.objects.filter(pk=fresh.agreements["umea"].pk).update(kind="twinning")
    correct(fresh.agreements["ashland"], "unknown")
    assert Revision.objects.get(name="agreements").number == copy.number + 1
    assert kinds() == {"twinning": 3, "unknown": 2, "specific_cooperation": 1}


def test_database_put_back_and_gone_further_is_another_one(fresh):
    kinds()
    correct(fresh.agreements["umea"], "other")
    kinds()
    Change.objects.update(mark=uuid.uuid4())
    fresh.agreements["umea"].listing.__class__.objects.filter(pk=fresh.agreements["umea"].pk).update(kind="twinning")
    correct(fresh.agreements["ashland"], "unknown")
    assert kinds() == {"twinning": 3, "unknown": 2, "specific_cooperation": 1}


@pytest.mark.parametrize("kept", ["revisions", "rows"])
def test_old_changes_are_forgotten_and_who_lacks_them_derives_again(fresh, monkeypatch, kept):
    monkeypatch.setattr(revisions, "_EVERY", 5)
    monkeypatch.setattr(revisions, "KEPT_REVISIONS", 3 if kept == "revisions" else 1000)
    monkeypatch.setattr(revisions, "KEPT_ROWS", 3 if kept == "rows" else 1000)
    kinds()
    before = folder()
    for number in range(20):
        correct(fresh.agreements["umea"], ["other", "unknown"][number % 2])
    assert Change.objects.count() <= 8
    last = Revision.objects.get(name="agreements").number
    assert Change.objects.filter(number=last).exists()
    assert kinds() == {"twinning": 3, "unknown": 2, "specific_cooperation": 1}
    assert folder() != before


def test_sqlite_file_put_back_is_noticed_by_every_process(bare, tmp_path):
    path, copy = tmp_path / "registry.sqlite3", tmp_path / "copy.sqlite3"
    bare.file_at(path)
    processes = [Process(tmp_path, f"sqlite:///{path}") for _number in range(2)]
    one, other = processes
    one("build")
    assert (one("kinds"), other("kinds")) == (BEFORE, BEFORE)
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    one("edit", "benito-juarez-umea", "other")
    assert other("kinds")["other"] == 1
    copy.replace(path)
    assert (one("request_kinds"), other("request_kinds")) == (BEFORE, BEFORE)
    path.unlink()
    assert one("request_kinds") == "OperationalError"
    assert not path.exists()
    for process in processes:
        process.end()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a file of SQLite")
def test_database_in_memory_has_no_file_to_lose(db):
    assert connection.is_usable()
