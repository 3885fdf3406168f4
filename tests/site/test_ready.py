"""Whether a process lives, and whether visitors should come to it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from hermanar.museum.views import health
from tests.conftest import ROOT, hermanar_env


def test_a_process_that_answers_lives_whatever_its_database_does():
    assert Client().get("/vivo/").json() == {"status": "ok"}  # the suite lets no test without a mark ask a database


@pytest.mark.django_db
def test_visitors_may_come_when_all_stands(cast, monkeypatch):
    monkeypatch.setattr(health, "_is_migrated", False)
    answer = Client().get("/listo/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "problems": []})
    assert health._is_migrated


@pytest.mark.django_db
def test_tables_of_another_version_send_visitors_elsewhere(cast, monkeypatch):
    monkeypatch.setattr(health, "_is_migrated", False)
    MigrationRecorder.Migration.objects.filter(app="agreements").order_by("-pk").first().delete()
    answer = Client().get("/listo/")
    assert (answer.status_code, answer.json()["status"]) == (503, "tables")


def lost(_execute, *_asked):
    raise OperationalError


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_named(cast):
    with connection.execute_wrapper(lost):
        answer = Client().get("/listo/")
    assert (answer.status_code, answer.json()["status"]) == (503, "database")


@pytest.mark.django_db
def test_a_disk_without_room_is_named(cast, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=0))  # a full one is the night's
    answer = Client().get("/listo/")
    assert (answer.status_code, answer.json()["status"]) == (503, "disk")


def test_who_watches_asks_without_tls_and_nobody_else(tmp_path):
    asked = (
        "import django; django.setup(); from django.test import Client;"
        "print(*(Client(headers={'host': 'museo.example'}).get(one).status_code for one in ('/vivo/', '/acuerdos/')))"
    )
    env = hermanar_env(
        tmp_path, HERMANAR_HTTPS="1", HERMANAR_HOSTS="museo.example", DJANGO_SETTINGS_MODULE="hermanar.site.settings"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["200", "301"]
