"""`hermanar run`: where it serves, what it refuses, and that it prepares only what has changed."""

from __future__ import annotations

import os
import re
import socket

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from django.conf import settings
from django.core.management import CommandError

from hermanar.console import preparation
from hermanar.console.management.commands import run
from hermanar.console.messages import compile_messages


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in ("ADDRESS", "PORT", "WORKERS", "THREADS"):
        monkeypatch.delenv(f"HERMANAR_{name}", raising=False)


def test_where_is_this_machine_unless_told_otherwise(monkeypatch):
    assert run.where() == ("127.0.0.1", 8000)
    monkeypatch.setenv("HERMANAR_PORT", "8123")
    monkeypatch.setenv("HERMANAR_ADDRESS", "::1")
    assert run.where() == ("::1", 8123)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "ocho", "8e3", "٨"])
def test_where_refuses_what_is_no_port(monkeypatch, port):
    monkeypatch.setenv("HERMANAR_PORT", port)
    with pytest.raises(CommandError, match="HERMANAR_PORT"):
        run.where()


def test_where_keeps_the_demonstration_on_this_machine(monkeypatch, settings):
    monkeypatch.setenv("HERMANAR_ADDRESS", "0.0.0.0")
    settings.MODE = "demo"
    with pytest.raises(CommandError, match="demostración"):
        run.where()
    settings.MODE = "production"
    assert run.where() == ("0.0.0.0", 8000)


def test_where_refuses_what_is_no_address(monkeypatch):
    monkeypatch.setenv("HERMANAR_ADDRESS", "hermanar.example")
    with pytest.raises(CommandError, match="HERMANAR_ADDRESS"):
        run.where()


def test_refuse_if_taken_names_the_port_and_the_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"{port}.*HERMANAR_PORT={port % 65535 + 1}"):
            run.refuse_if_taken("127.0.0.1", port)
    run.refuse_if_taken("127.0.0.1", port)


def test_server_takes_workers_and_threads_from_the_environment(monkeypatch):
    monkeypatch.setenv("HERMANAR_WORKERS", "3")
    command = run.server(address="127.0.0.1", port=8000)
    assert command[command.index("--workers") + 1] == "3"
    assert command[command.index("--threads") + 1] == str(4 + settings.STREAMS)


def test_command_prepares_and_then_becomes_the_server(monkeypatch):
    done = []
    monkeypatch.setenv("MALLOC_MMAP_THRESHOLD_", "")
    monkeypatch.setenv("MALLOC_ARENA_MAX", "1")
    monkeypatch.setattr(run, "prepare", lambda say: done.append("prepare"))
    monkeypatch.setattr(run, "settle_demonstration", lambda say: done.append("people"))
    monkeypatch.setattr(run, "refuse_if_taken", lambda address, port: done.append("look"))
    monkeypatch.setattr(run.connections, "close_all", lambda: done.append("close"))
    monkeypatch.setattr(run.os, "execv", lambda program, command: done.append("serve"))
    command = run.Command()
    command.handle(prepare_only=True)
    assert done == ["prepare", "people"]
    command.handle(prepare_only=False)
    assert done == ["prepare", "people", "look", "prepare", "people", "close", "serve"]
    assert {name: os.environ[name] for name in run.MEMORY} == run.MEMORY | {"MALLOC_ARENA_MAX": "1"}


@pytest.mark.django_db
def test_prepare_does_each_step_once_and_again_when_it_changed(monkeypatch, settings, tmp_path):
    settings.VAR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    called = []

    def call(name, **options):
        called.append(name)
        if name == "collectstatic":
            settings.STATIC_ROOT.mkdir(exist_ok=True)

    monkeypatch.setattr(preparation, "call_command", call)
    monkeypatch.setattr(preparation, "compile_messages", lambda *_locales: ["en"])
    said = []
    preparation.prepare(said.append)
    assert called == ["migrate", "createcachetable", "collectstatic", "load"]
    assert said[0] == "Mensajes compilados: en"
    preparation.prepare(said.append)
    assert called[4:] == ["createcachetable"]
    settings.STATIC_ROOT.rmdir()
    monkeypatch.setattr(preparation, "facts_digest", lambda: "other facts")
    preparation.prepare(said.append)
    assert called[5:] == ["createcachetable", "collectstatic", "load"]
    monkeypatch.setattr(preparation.MigrationExecutor, "migration_plan", lambda *_asked: ["something"])
    preparation.prepare(said.append)  # a database put back from before: the stamp says nothing of it
    assert called[8:] == ["migrate", "createcachetable"]


def test_step_that_fails_is_done_again(settings, tmp_path):
    settings.VAR = tmp_path

    def fail():
        raise CommandError("no")

    with pytest.raises(CommandError):
        preparation.when_changed("facts", "a", is_there=True, action=fail)
    done = []
    preparation.when_changed("facts", "a", is_there=True, action=lambda: done.append(1))
    preparation.when_changed("facts", "a", is_there=True, action=lambda: done.append(2))
    assert done == [1]


def test_database_made_anew_is_another_one(db):
    assert preparation.database_birth() != ""


def test_messages_are_compiled_when_newer(tmp_path):
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalog = Catalog(locale="en")
    catalog.add("Acuerdo", "Agreement")
    with (folder / "django.po").open("wb") as file:
        write_po(file, catalog)
    assert compile_messages(tmp_path) == ["en"]
    assert b"Agreement" in (folder / "django.mo").read_bytes()
    assert compile_messages(tmp_path) == []
    assert sorted(path.name for path in folder.iterdir()) == ["django.mo", "django.po"]


def test_messages_that_tell_no_moment_are_compiled_without_one(tmp_path):
    """The moment of compiling would make two wheels of one commit differ, minute by minute."""
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    text = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n\nmsgid "Page"\nmsgstr "Hoja"\n'
    (folder / "django.po").write_text(text, encoding="utf-8")
    compile_messages(tmp_path)
    told = (folder / "django.mo").read_bytes().decode(errors="replace")
    assert "Hoja" in told
    assert re.findall(r"POT-Creation-Date: (.*)", told) == ["1980-01-01 00:00+0000"]
