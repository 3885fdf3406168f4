"""The command line as an operator meets it: real processes, their words, their exit status, what they leave behind."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError

from hermanar.catalogue.read import soundness
from hermanar.console import front, orphans, progress, refusals, verb
from hermanar.console.management import commands
from hermanar.console.management.commands import check, run
from hermanar.console.preparation import refuse_unwritable
from tests.conftest import ROOT, hermanar_env


def hermanar(folder, *arguments, **more):
    env = hermanar_env(folder / "var", **more)
    command = [sys.executable, "-m", "hermanar.site", *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize("arguments", [["check"], ["load"], ["export", "out"], ["import", "a.csv"], ["refresh"]])
def test_command_without_a_database_refuses_in_a_sentence_and_makes_nothing(tmp_path, arguments):
    done = hermanar(tmp_path, *arguments)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "HERMANAR_VAR" in done.stderr
    assert "hermanar run" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_overview_lists_our_commands_and_no_other(tmp_path):
    for arguments in ([], ["help"], ["--help"]):
        done = hermanar(tmp_path, *arguments)
        assert done.returncode == 0
        assert [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")] == list(front.OURS)
    djangos = {line.strip() for line in hermanar(tmp_path, "help", "--django").stdout.splitlines()}
    assert "migrate" in djangos
    kept = {one.stem for one in Path(commands.__file__).parent.glob("[a-z]*.py")}
    assert kept - {"migrate"} == set(front.OURS), "each of our own commands is listed"
    assert djangos.isdisjoint(front.OURS)
    assert list(tmp_path.iterdir()) == []


# One process asks for the help of every command: to start one for each takes longer than all the rest of this file.
EVERY_HELP = """
import contextlib, io, json, os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
from hermanar.console import front
told = {}
for name in front.OURS:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        try:
            front.main([name, "--help"])
        except SystemExit as end:
            told[name] = [end.code or 0, said.getvalue()]
print(json.dumps(told))
"""


@pytest.fixture(scope="module", params=["es_MX.UTF-8", "en_US.UTF-8"])
def helps(request, tmp_path_factory):
    """Return the status and the help of every command, as a system of a language asks for them."""
    folder = tmp_path_factory.mktemp("helps")
    env = hermanar_env(folder / "var", LANGUAGE="", LC_ALL=request.param)
    command = [sys.executable, "-c", EVERY_HELP]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=True, timeout=120)
    assert list(folder.iterdir()) == []
    return request.param[:2], json.loads(done.stdout)


@pytest.mark.parametrize("name", front.OURS)
def test_help_of_a_command_speaks_the_language_of_the_system(helps, name):
    language, told = helps
    begins = {"es": f"uso: hermanar {name}", "en": f"usage: hermanar {name}"}[language]
    foreign = {
        "es": ("show this help", "usage:", "options:", "--settings", "--traceback"),
        "en": ("muestra", "opciones", "idioma", "Prepara", "Carga", "Archivo", "Carpeta"),
    }[language]
    status, said = told[name]
    assert status == 0
    assert said.startswith(begins)
    assert [text for text in foreign if text in said] == []


def test_unknown_command_is_told_with_the_one_meant(tmp_path):
    done = hermanar(tmp_path, "chekc")
    assert (done.returncode, done.stdout) == (2, "")
    assert "«check»" in done.stderr
    assert hermanar(tmp_path, "load", "--onli", "x").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["check", "--language", "en"], {"LANG": "es_MX.UTF-8"}, "en"),
        (["check", "--language=en"], {}, "en"),
        (["check"], {"LANG": "en_GB.UTF-8"}, "en"),
        (["check"], {"LC_ALL": "es_MX.UTF-8", "LANG": "en_GB.UTF-8"}, "es"),
        (["check"], {"LANG": "C.UTF-8"}, "es"),
        ([], {}, "es"),
    ],
)
def test_language_is_the_one_asked_for_then_the_systems(arguments, environment, language):
    assert front.language_of(arguments, environment) == language


def test_closed_pipe_and_interruption_are_clean(bare, loaded_folder, tmp_path):
    env = hermanar_env(loaded_folder)
    command = [sys.executable, "-m", "hermanar.site"]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*command, "help", "--django"],
        cwd=ROOT,
        env=env,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")
    bare.file_at(tmp_path / "var" / "hermanar.sqlite3")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs behind hands down no such signal
    begun = subprocess.Popen(
        [*command, "run", "--prepare-only"], cwd=ROOT, env=hermanar_env(tmp_path / "var"), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    signal.signal(signal.SIGINT, before)
    assert begun.stdout.readline()
    begun.send_signal(signal.SIGINT)
    _out, err = begun.communicate(timeout=60)
    assert (begun.returncode, err) == (130, "Interrumpido.\n")


def test_check_tells_every_part_and_agrees_with_the_page(loaded_folder):
    done = subprocess.run(
        [sys.executable, "-m", "hermanar.site", "check"], cwd=ROOT, env=hermanar_env(loaded_folder),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for part in ("Ajustes", "Datos", "Base de datos", "Bitácora", "Registro", "Índice", "3.51.3", "Todo en orden"):
        assert part in done.stdout


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (CommandError("así"), "así"),
        (ImproperlyConfigured("falta"), "falta"),
        (OperationalError("attempt to write a readonly database"), "permisos"),
        (OperationalError("database or disk is full"), "espacio"),
        (OperationalError("database is locked"), "Otro programa"),
        (OperationalError("connection to server failed"), "DATABASE_URL"),
        (OperationalError("something else"), None),
        (OSError(errno.ENOSPC, "No space left on device"), "espacio"),
        (OSError(errno.EROFS, "Read-only", "/x"), "/x"),
        (OSError(errno.EIO, "Input/output error", "/x"), "/x: Input/output error"),
        (ValueError("a fault of ours"), None),
    ],
)
def test_failures_are_told_in_a_sentence(problem, words):
    said = refusals.said(problem)
    assert (said is None) is (words is None)
    assert words is None or words in said


@pytest.mark.parametrize(("problem", "status"), [(KeyboardInterrupt(), 130), (OSError(28, "full"), 1)])
def test_status_is_that_of_the_end(problem, status):
    with pytest.raises(SystemExit) as ended, refusals.told():
        raise problem
    assert ended.value.code == status


def test_database_of_an_older_version_is_told(db, monkeypatch):
    monkeypatch.setattr(verb, "missing_migrations", lambda: 2)
    with pytest.raises(CommandError, match="2 cambios"):
        call_command("load")


def test_folder_that_cannot_be_written_is_told_before_anything_is_done(settings, tmp_path):
    settings.VAR = tmp_path / "file" / "var"
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="HERMANAR_VAR"):
        refuse_unwritable()


@pytest.mark.parametrize(
    ("journal", "version", "is_safe"),
    [("wal", "3.51.2", False), ("wal", "3.51.3", True), ("wal", "3.52.0", True), ("truncate", "3.40.1", True)],
)
def test_journal_is_safe_by_version(journal, version, is_safe):
    assert soundness.is_journal_safe(journal, version=version) is is_safe


def test_check_fails_for_each_thing_that_is_not_sound(db, monkeypatch, capsys):
    facts = soundness.DatabaseFacts("SQLite", "3.40.1", "wal", "a", 1, is_journal_safe=False)
    state = {"published": 1, "indexed": 2, "revision": 1, "on_disk": False}
    monkeypatch.setattr(check.soundness, "free_bytes", lambda: 10)
    monkeypatch.setattr(check.soundness, "database", lambda: facts)
    monkeypatch.setattr(check.soundness, "damage", lambda: "row 7")
    monkeypatch.setattr(check.trail, "first_break", lambda: 3)
    monkeypatch.setattr(check.read, "state", lambda today: state)
    with pytest.raises(CommandError) as refusal:
        call_command("check")
    told = str(refusal.value)
    for words in ("poco espacio", "WAL", "row 7", "entrada 3", "no coincide", "carpeta del índice"):
        assert words in told


def test_health_names_what_is_wrong(client, db, monkeypatch):
    monkeypatch.setattr(soundness, "free_bytes", lambda: 10)
    answer = client.get("/salud/")
    assert (answer.status_code, answer.json()["status"], answer.json()["problems"]) == (200, "disk", ["disk"])
    monkeypatch.setattr("hermanar.museum.views.health.read.state", broken)
    answer = client.get("/salud/")
    assert (answer.status_code, answer.json()["status"]) == (503, "database")


def broken(today):
    raise OperationalError("gone")


def test_bar_is_silent_where_nobody_watches(capsys):
    assert list(progress.stepped(["a", "b"], name=str)) == ["a", "b"]
    assert capsys.readouterr().err == ""


def test_bar_shows_that_time_passes(monkeypatch, capsys):
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr(progress, "_BEAT", 0.01)
    monkeypatch.setattr(progress.sys.stderr, "isatty", lambda: True, raising=False)
    for _step in progress.stepped(["lugares"], name=str):
        time.sleep(0.1)
    assert "lugares" in capsys.readouterr().err


def test_worker_of_a_killed_server_ends(tmp_path):
    """A server starts a worker and is killed: the worker must not go on holding what it holds."""
    worker = (
        "import os, sys, time; from hermanar.console import orphans; orphans._EVERY = 0.05; orphans.end_with_server();"
    )
    worker += " print(os.getpid(), flush=True); time.sleep(60); print('survived', flush=True)"
    server = f"import os, subprocess, sys; os.environ['{orphans.SERVER}'] = str(os.getpid());"
    server += f" subprocess.Popen([sys.executable, '-c', {worker!r}]).wait()"
    begun = subprocess.Popen([sys.executable, "-c", server], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert begun.stdout.readline()
    begun.kill()
    rest, _ = begun.communicate(timeout=30)  # ends when the worker lets go of the pipe
    assert rest == ""


def test_server_is_named_to_its_workers(monkeypatch):
    monkeypatch.setattr(run, "prepare", lambda say: None)
    monkeypatch.setattr(run, "settle_demonstration", lambda say: None)
    monkeypatch.setattr(run, "refuse_if_taken", lambda address, port: None)
    monkeypatch.setattr(run.connections, "close_all", lambda: None)
    monkeypatch.setattr(run.os, "execv", lambda program, command: None)
    monkeypatch.setattr(run.os, "environ", {**run.os.environ})
    run.Command().handle(prepare_only=False)
    assert run.os.environ[orphans.SERVER] == str(run.os.getpid())


KEPT_KEYS = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "hermanar.site.settings"
from hermanar.console.front import set_up
set_up(sys.argv[1:])
from django.conf import settings
print(len(settings.SECRET_KEY) > 0, len(settings.TRAIL_KEY) > 0)
"""


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [(["run"], {"secret.key", "trail.key"}), (["run", "--help"], set()), (["check"], set()), ([], set())],
)
def test_what_makes_the_house_keeps_the_keys_it_signs_with(tmp_path, arguments, keys):
    folder = tmp_path / "var"
    command = [sys.executable, "-c", KEPT_KEYS, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=hermanar_env(folder), capture_output=True, text=True, check=False)
    assert done.stdout == "True True\n", done.stderr
    assert {path.name for path in folder.glob("*.key")} == keys
