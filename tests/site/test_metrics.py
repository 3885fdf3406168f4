"""Figures for whoever watches: nobody's words in them, finitely many, and at no address that the public has."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.error
from collections import Counter

import pytest
from django.core.management import CommandError
from django.db import OperationalError, connection
from django.test import override_settings

from hermanar.console.management.commands import run
from hermanar.site.watch.metrics import OfTheHouse, place_of
from tests.conftest import ROOT, free_port, hermanar_env, served
from tests.site.test_remembered import House, read

# What a process counts goes to files of its folder; the library decides so when it is first imported.
COUNTS = """
import django, pathlib, sys
django.setup()
from hermanar.site.watch.answers import Answered
from hermanar.site.watch import metrics
from collections import Counter
import logging
figures = metrics.Figures(pathlib.Path(sys.argv[1]))
for number in range(50):
    environ = {"hermanar.route": "museum:agreement"}
    figures.count(Answered("x", "GET", 200, 0.02, 10, environ))
    figures.count(Answered("x", f"SECRETO{number}", 404, 0.001, 10, {"hermanar.route": f"secreto-{number}"}))
figures.count_again(lambda: Counter({"museum:home": 7}))
try:
    raise django.db.DatabaseError("secreto")
except django.db.DatabaseError:
    figures.count_record(logging.makeLogRecord({"levelname": "ERROR", "exc_info": sys.exc_info()}))
"""
TELLS = (
    COUNTS
    + """
metrics.OfTheHouse.collect = lambda self: iter(())
print(metrics.as_text().decode())
"""
)


def ran(code, folder, tmp_path):
    env = hermanar_env(tmp_path / "var", DJANGO_SETTINGS_MODULE="hermanar.site.settings")
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.row(27)
def test_two_processes_add_up_and_what_strangers_ask_is_one_line(tmp_path):
    ran(COUNTS, tmp_path / "metrics", tmp_path)
    said = ran(TELLS, tmp_path / "metrics", tmp_path)
    figures = dict(re.findall(r"^(\w+(?:\{[^}]*\})?) ([\d.e+]+)$", said, re.MULTILINE))
    assert figures['hermanar_answers_total{method="GET",route="museum:agreement",status="2xx"}'] == "100.0"
    assert figures['hermanar_answers_total{method="OTHER",route="-",status="4xx"}'] == "100.0"
    assert figures['hermanar_answer_seconds_count{route="museum:agreement"}'] == "100.0"
    assert figures['hermanar_remembered_answers_total{route="museum:home"}'] == "14.0"
    assert figures["hermanar_database_errors_total"] == "2.0"
    assert "secreto" not in said.lower()
    assert len([name for name in figures if name.startswith("hermanar_answers_total")]) == 2


@pytest.mark.django_db(transaction=True)  # whoever asks closes the connection after it
def test_what_stands_in_the_house_is_told_and_a_lost_database_too(tmp_path):
    with override_settings(CHECKPOINTS=tmp_path / "none"):
        found = {one.name: one.samples[0].value for one in OfTheHouse().collect()}
    assert found["hermanar_database_up"] == 1
    assert found["hermanar_index_lag_agreements"] == 0
    assert {"hermanar_trail_entries", "hermanar_letters_claimed"} <= set(found)
    assert "hermanar_checkpoint_age_seconds" not in found

    def lost(_execute, *_asked):
        raise OperationalError

    with connection.execute_wrapper(lost):
        assert {one.name: one.samples[0].value for one in OfTheHouse().collect()}["hermanar_database_up"] == 0


def test_what_was_answered_from_memory_is_counted_by_its_route_and_once():
    house = House()
    house.ask(**{"hermanar.route": "museum:hall"})
    for _time in range(3):
        house.ask()
    assert house.door.taken() == Counter({"museum:hall": 3})
    assert house.door.taken() == Counter()


@pytest.mark.parametrize("wrong", ["9100", "0.0.0.0", "localhost:9100", "127.0.0.1:0", "127.0.0.1:70000"])
def test_an_address_that_is_none_is_refused(wrong):
    with override_settings(METRICS=wrong), pytest.raises(CommandError, match="HERMANAR_METRICS"):
        run.settle_metrics()


def test_an_address_is_read_and_the_figures_of_before_go(tmp_path):
    (tmp_path / "metrics").mkdir()
    port = free_port()
    with override_settings(METRICS=f"127.0.0.1:{port}", METRICS_DIR=tmp_path / "metrics"):
        run.settle_metrics()
    assert not (tmp_path / "metrics").exists()
    assert place_of("[::1]:9100") == ("::1", 9100)
    with override_settings(METRICS=""):
        run.settle_metrics()


@pytest.mark.nightly
def test_the_server_tells_the_figures_of_all_its_processes_and_only_there(loaded_folder):
    port = free_port()
    with served(loaded_folder, HERMANAR_METRICS=f"127.0.0.1:{port}", HERMANAR_LOG_LEVEL="WARNING") as site:
        for _ask in range(40):
            read(f"{site}/salas/")
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            said = read(f"http://127.0.0.1:{port}/metrics")
            made = re.search(r'hermanar_answers_total\{method="GET",route="museum:hall",status="2xx"\} ([\d.]+)', said)
            again = re.search(r'hermanar_remembered_answers_total\{route="museum:hall"\} ([\d.]+)', said)
            if made and again and float(made[1]) + float(again[1]) == 40:
                break
            time.sleep(0.5)
        else:
            pytest.fail(said)
        for elsewhere in (f"{site}/metrics", f"{site}/metrics/", f"http://127.0.0.1:{port}/"):
            with pytest.raises(urllib.error.HTTPError, match="404"):
                read(elsewhere)
