"""Whether a process lives, and whether visitors should come to it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import Client

from hermanar.museum.views import health


def test_a_process_that_answers_lives_whatever_its_database_does():
    assert Client().get("/vivo/").json() == {"status": "ok"}  # the suite lets no test without a mark ask a database


@pytest.mark.django_db
def test_visitors_may_come_when_all_stands(cast, monkeypatch):
    monkeypatch.setattr(health, "_is_migrated", False)
    answer = Client().get("/listo/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "problems": []})
    assert health._is_migrated


class Unapplied:
    """What Django would say of a migration that was not applied yet."""

    class loader:  # noqa: N801 (Django's name)
        class graph:  # noqa: N801
            leaf_nodes = staticmethod(list)

    def __init__(self, _connection):
        pass

    def migration_plan(self, _nodes):
        return ["one"]


@pytest.mark.django_db
def test_tables_of_another_version_send_visitors_elsewhere(cast, monkeypatch):
    monkeypatch.setattr(health, "_is_migrated", False)
    monkeypatch.setattr(health, "MigrationExecutor", Unapplied)
    answer = Client().get("/listo/")
    assert (answer.status_code, answer.json()["status"]) == (503, "tables")


def lost(**_asked):
    raise DatabaseError


@pytest.mark.django_db
@pytest.mark.parametrize(("where", "stand_in", "status"), [
    ("hermanar.catalogue.read.state", lost, "database"),
    ("hermanar.catalogue.read.soundness.free_bytes", lambda: 0, "disk"),
])  # fmt: skip
def test_what_is_missing_is_named(cast, monkeypatch, where, stand_in, status):
    monkeypatch.setattr(where, stand_in)
    answer = Client().get("/listo/")
    assert (answer.status_code, answer.json()["status"]) == (503, status)
