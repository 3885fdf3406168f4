"""Files on their way in: whoever else writes does not wait for them, and what two keep is never lost by one."""

from __future__ import annotations

import io
import threading
import uuid

import pytest
from django.db import connection, transaction

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Role
from hermanar.foundation.documents import (
    RefusedDocumentError,
    damaged,
    discard,
    files_first,
    images,
    path_of,
    store_made,
    store_upload,
    taking,
)
from hermanar.foundation.models import Document, TrailEntry
from tests.elsewhere import elsewhere
from tests.foundation import samples

OFFICE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
BY = Actor("analyst", Role.REGISTRY_STEWARD, office=OFFICE, user=uuid.UUID(int=9))


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    settings.VAR = tmp_path / "var"
    return settings.VAR


def store(data, office=OFFICE):
    return store_upload(io.BytesIO(data), name="x.png", by=BY, office=office)


@files_first
def a_verb(*files, fails=False):
    """Hold the office's chain, as every verb does, then keep what came."""
    trail.hold(chain=str(OFFICE))
    kept = [store_upload(file, name="x.png", by=BY, office=OFFICE) for file in files]
    if fails:
        raise LookupError
    return kept


def another_writes():
    thread, raised = elsewhere(lambda: trail.record("note.kept", by=BY, chain=str(OFFICE)))
    thread.join(timeout=5)
    assert not thread.is_alive(), "another writer waits for a file to be read"
    assert raised == []


# ── nobody waits ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def while_read(monkeypatch):
    """Return how to have something done in the middle of reading a picture or copying a file."""

    def set_up(act):
        within = taking.copy_bounded

        def copy(stream, into):
            act()
            return within(stream, into)

        monkeypatch.setattr(taking, "copy_bounded", copy)
        monkeypatch.setattr(taking.shutil, "copyfileobj", copy)
        write = images.write_anew
        monkeypatch.setattr(images, "write_anew", lambda stream, into: (act(), write(stream, into))[1])

    return set_up


@pytest.mark.row(22)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "keep",
    [
        lambda: store(samples.picture()),
        lambda: a_verb(io.BytesIO(samples.picture())),
        lambda: store_made(io.BytesIO(b"PK"), name="x.zip", media_type="application/zip", by=BY, office=OFFICE),
    ],
    ids=["upload", "verb", "made"],
)
def test_others_write_while_a_file_is_read(keep, while_read):
    while_read(another_writes)
    keep()
    assert Document.objects.count() == 1
    assert TrailEntry.objects.filter(code="note.kept").exists()
    assert damaged() == []
    assert trail.first_break(str(OFFICE)) is None


@pytest.mark.django_db
def test_a_verb_begins_again_for_each_file_and_is_done_once(var):
    files = [io.BytesIO(samples.picture()), io.BytesIO(samples.png_of(3, 3)), io.BytesIO(samples.picture())]
    kept = a_verb(*files)
    assert len({row.digest for row in kept}) == 2
    assert Document.objects.count() == TrailEntry.objects.count() == 3
    assert damaged() == []
    assert list((var / "files" / "incoming").iterdir()) == []


@pytest.mark.django_db
def test_what_is_refused_before_a_file_reads_none_and_after_it_leaves_none(var, while_read):
    read = []
    while_read(lambda: read.append(1))

    @files_first
    def refusing():
        if not Document.objects.exists():
            raise LookupError
        store(samples.picture())

    with pytest.raises(LookupError):
        refusing()
    assert read == []
    with pytest.raises(LookupError):
        a_verb(io.BytesIO(samples.picture()), fails=True)
    assert read
    assert not Document.objects.exists()
    assert not TrailEntry.objects.exists()
    assert [path for path in (var / "files").rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_a_refused_file_is_told_where_the_verb_would_keep_it():
    told = []

    @files_first
    def both(*files):
        for file in files:
            try:
                store_upload(file, name="x.png", by=BY, office=OFFICE)
            except RefusedDocumentError as refused:
                told.append(refused.code)

    both(io.BytesIO(b"<svg>"), io.BytesIO(samples.picture()))
    assert set(told) == {"not_what_it_says"}
    assert Document.objects.count() == 1


@pytest.mark.django_db
def test_a_verb_that_is_undone_in_the_end_leaves_no_file(var):
    @files_first
    def undone():
        store_upload(file, name="x.png", by=BY, office=OFFICE)
        transaction.set_rollback(True)

    file = io.BytesIO(samples.picture())
    undone()
    assert [path for path in (var / "files").rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_a_file_within_a_plain_transaction_is_a_fault_of_ours():
    with transaction.atomic(), pytest.raises(RuntimeError):
        a_verb(io.BytesIO(samples.picture()))
    assert not Document.objects.exists()


# ── two of the same ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_let_go_while_another_keeps_it_stays(monkeypatch):
    """An office lets its only document of a file go; another has named the same file and has not committed."""
    if connection.vendor == "sqlite":
        pytest.skip("there is one writer: who lets go begins after the other ended, or ended before")
    first = store(samples.picture())
    named, go_on, sync = threading.Event(), threading.Event(), taking._sync

    def paused(folder):
        sync(folder)
        if folder == path_of(first.digest).parent:
            named.set()
            assert go_on.wait(10)

    monkeypatch.setattr(taking, "_sync", paused)
    keeper, kept_wrong = elsewhere(lambda: store(samples.picture(), office=OTHER))
    assert named.wait(10)
    letter, let_wrong = elsewhere(lambda: discard(first.pk, office=OFFICE, by=BY))
    letter.join(timeout=1)  # without a lock it would have ended by now, and the file would be gone
    go_on.set()
    keeper.join(timeout=20)
    letter.join(timeout=20)
    assert kept_wrong == let_wrong == []
    assert Document.objects.get().digest == first.digest
    assert Document.objects.get().office == OTHER
    assert damaged() == []
