"""`hermanar import` as a person meets it: what it says before it writes, and of what day the file is."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from django.core.management import CommandError, call_command

from hermanar.agreements.models import Agreement
from hermanar.foundation.models import Source
from tests.open_data import world
from tests.open_data.world import ROW, csv_file

pytestmark = pytest.mark.django_db
COMMAND = "hermanar.console.management.commands.import"


@pytest.fixture
def file(tmp_path):
    world.build()

    def write(*rows):
        path = tmp_path / "lista.csv"
        path.write_bytes(csv_file(*rows))
        return str(path)

    return write


def test_a_trial_tells_the_place_each_row_means(file, capsys):
    call_command("import", file(ROW, [*ROW[:3], "geonames:2510409", "", "ES", "", ""]))
    told = capsys.readouterr().out
    assert "Se asentarían 2 acuerdos:" in told
    assert "fila 2: Guanajuato, Guanajuato – Ashland, Oregon, US" in told
    assert "fila 3: Guanajuato, Guanajuato – Toledo, Castilla-La Mancha, ES" in told
    assert not Agreement.objects.exists()


def test_a_trial_with_a_fault_shows_the_duplicates_too(file, capsys):
    call_command("import", file(ROW), yes=True)
    capsys.readouterr()
    with pytest.raises(CommandError, match="nada se escribió"):
        call_command("import", file([*ROW[:6], "", "1969-09"], [*ROW[:7], "1969-02-30"]))
    told = capsys.readouterr()
    assert "fila 2, Guanajuato – Ashland: se parece a /acuerdos/" in told.out
    assert "fila 3, columna H «fecha_firma»" in told.err
    assert "1 falta." in told.err


def test_a_second_trial_of_an_entered_file_has_nothing_to_enter(file, capsys):
    path = file(ROW)
    call_command("import", path, yes=True)
    capsys.readouterr()
    call_command("import", path)
    told = capsys.readouterr().out
    assert "Se asentarían 0 acuerdos:" in told
    assert "Ya asentados de este mismo archivo: 1" in told
    assert "fila 2" not in told


@pytest.mark.parametrize(
    ("saved", "today", "dated"),
    [
        ("2026-03-11T03:00+00:00", dt.date(2026, 3, 12), "2026-03-10"),  # nine in the evening of the 10th
        ("2026-03-20T12:00+00:00", dt.date(2026, 3, 12), "2026-03-12"),  # a clock that ran ahead
    ],
)
def test_a_file_is_of_the_publics_day(file, monkeypatch, saved, today, dated):
    monkeypatch.setattr(f"{COMMAND}.public_day", lambda: today)
    path = file(ROW)
    moment = dt.datetime.fromisoformat(saved).timestamp()
    os.utime(path, (moment, moment))
    call_command("import", path, yes=True)
    assert Source.objects.get(kind="office_file").published == dated


def test_a_source_of_a_day_to_come_is_refused(file):
    with pytest.raises(CommandError, match="futuro"):
        call_command("import", file(ROW), yes=True, source_date="2999")
    assert not Agreement.objects.exists()
