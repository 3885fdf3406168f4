"""What of a house others on its machine may read: the files a web server gives, and nothing that holds people."""

from __future__ import annotations

import os
import sqlite3
import stat

import pytest
from django.db import ConnectionHandler

from hermanar.console import preparation


@pytest.fixture
def _mask():
    """Write as somebody at a shell does, who lets everybody read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("_mask")
def test_the_database_is_its_owners_alone(tmp_path, django_db_blocker):
    file = tmp_path / "hermanar.sqlite3"
    handler = ConnectionHandler({"default": {"ENGINE": "hermanar.site.sqlite", "NAME": str(file)}})
    with django_db_blocker.unblock():
        wrapper = handler["default"]
        with wrapper.cursor() as cursor:
            cursor.execute("CREATE TABLE person (name text)")
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("INSERT INTO person VALUES ('Juana')")
            beside = [one for one in tmp_path.iterdir() if one != file]
            assert [mode(one) for one in (file, *beside)] == [0o600] * 2
            cursor.execute("COMMIT")
        wrapper.close()
    with sqlite3.connect(file) as read:
        assert read.execute("SELECT * FROM person").fetchall() == [("Juana",)]


@pytest.mark.usefixtures("_mask")
def test_letters_that_stay_as_files_are_their_owners_alone(tmp_path, settings):
    settings.VAR = tmp_path / "var"
    for _start in range(2):
        preparation.refuse_unwritable()
    assert mode(settings.VAR / "mail") == 0o700


def test_packed_static_files_are_for_the_web_server_too(tmp_path, settings, monkeypatch):
    settings.STATIC_ROOT = tmp_path / "static"

    def gather(_name, **_options):
        before = os.umask(0o077)  # of the service
        (settings.STATIC_ROOT / "ui").mkdir(parents=True)
        (settings.STATIC_ROOT / "ui" / "site.css.gz").write_bytes(b"")
        os.umask(before)

    monkeypatch.setattr(preparation, "call_command", gather)
    preparation.collect_static(lambda _words: None)
    assert mode(settings.STATIC_ROOT / "ui" / "site.css.gz") == 0o644
