"""The derived index follows every commit and every day, whatever happens to it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import threading

import pytest
from django.db import connection, transaction

from hermanar.agreements import actions
from hermanar.agreements.actions.listing import mark_changed
from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from hermanar.catalogue.search.documents import AgreementContent
from hermanar.catalogue.search.questions import INDEX
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.models import Change, Revision
from hermanar.foundation.search import DerivedIndex
from tests import factories as make
from tests.catalogue.conftest import TODAY


def kinds():
    return read.statistics(Filters(), today=TODAY).by_kind


def correct(record, kind):
    record.refresh_from_db()
    actions.correct(record.pk, by=CONSOLE, version=record.version, values={"kind": kind}, source_key="fuente")


def builds():
    return sorted(INDEX.root.glob("build-*"))


def test_edit_applies_only_what_changed(kept_world, monkeypatch):
    kinds()
    asked = []
    original = AgreementContent.documents
    monkeypatch.setattr(
        AgreementContent,
        "documents",
        lambda self, subjects, *, day: asked.append(subjects) or original(self, subjects, day=day),
    )
    correct(kept_world.agreements["umea"], "other")
    assert kinds()["other"] == 1
    assert asked == [[kept_world.agreements["umea"].pk]]
    kinds()
    assert len(asked) == 1


def test_open_transaction_sees_its_writes_and_leaves_nothing(kept_world):
    before = kinds()
    with transaction.atomic():
        correct(kept_world.agreements["umea"], "other")
        assert kinds()["other"] == 1
        transaction.set_rollback(True)
    assert kinds() == before
    correct(kept_world.agreements["ashland"], "unknown")
    assert kinds() == {"twinning": 3, "unknown": 2, "specific_cooperation": 1}


def test_everything_changed_is_read_again(kept_world):
    kinds()
    first = builds()
    mark_changed(None)
    assert sum(kinds().values()) == 6
    assert builds() != first
    assert len(builds()) == 1


@pytest.mark.parametrize("harm", ["state", "garbage", "segments", "meta", "folder", "version", "pruned", "truncated"])
def test_harmed_index_is_derived_again(kept_world, harm):
    kinds()
    folder = builds()[0]
    INDEX.__init__(AgreementContent())  # a process that starts
    if harm == "state":
        (INDEX.root / "state.json").unlink()
    elif harm == "garbage":
        (INDEX.root / "state.json").write_text("{")
    elif harm == "segments":
        for path in folder.glob("*.store"):
            path.unlink()
    elif harm == "truncated":
        for path in folder.glob("*.term"):
            path.write_bytes(path.read_bytes()[:10])
    elif harm == "meta":
        (folder / "meta.json").write_text("nothing")
    elif harm == "folder":
        shutil.rmtree(folder)
    elif harm == "version":
        state = json.loads((INDEX.root / "state.json").read_text())
        (INDEX.root / "state.json").write_text(json.dumps(state | {"version": "0"}))
    else:
        correct(kept_world.agreements["umea"], "other")
        Change.objects.all().delete()
    expected = {"twinning": 3, "other": 1} if harm == "pruned" else {"twinning": 4}
    assert kinds() == expected | {"unknown": 1, "specific_cooperation": 1}


def test_another_database_with_the_same_number_is_not_taken_for_this_one(kept_world):
    kinds()
    kept_world.agreements["umea"].listing.delete()
    Revision.objects.filter(name="agreements").update(epoch=make.Place.objects.first().pk)
    assert sum(kinds().values()) == 5


def test_database_gone_back_is_derived_again(kept_world):
    kinds()
    kept_world.agreements["umea"].listing.delete()
    Revision.objects.filter(name="agreements").update(number=1)
    assert sum(kinds().values()) == 5


def test_writes_during_a_rebuild_are_in_it(kept_world, monkeypatch):
    original = AgreementContent.documents
    edits = iter(["other", "unknown"])

    def documents(self, subjects, *, day):
        yield from list(original(self, subjects, day=day))
        for kind in edits:
            correct(kept_world.agreements["umea"], kind)
            break

    monkeypatch.setattr(AgreementContent, "documents", documents)
    assert kinds() == {"twinning": 3, "unknown": 2, "specific_cooperation": 1}


def test_writers_that_never_rest_are_made_to_wait(kept_world, monkeypatch):
    kinds()
    original = AgreementContent.documents
    edits = iter(["other", "unknown"] * 20)

    def documents(self, subjects, *, day):
        found = list(original(self, subjects, day=day))
        if not connection.in_atomic_block:
            correct(kept_world.agreements["umea"], next(edits))
        yield from found

    monkeypatch.setattr(AgreementContent, "documents", documents)
    correct(kept_world.agreements["umea"], "other")
    assert sum(kinds().values()) == 6


def test_many_threads_get_one_right_answer(kept_world):
    answers, gate = [], threading.Barrier(6)

    def ask():
        gate.wait()
        answers.append(kinds())
        connection.close()

    threads = [threading.Thread(target=ask) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [{"twinning": 4, "unknown": 1, "specific_cooperation": 1}] * 6


def test_index_of_its_own_rebuild(kept_world):
    index = DerivedIndex(AgreementContent())
    assert index.rebuild(day=dt.date(2026, 1, 1)).searcher.num_docs == 6
