"""What a command keeps beside while it works: gone at its end, or with the next when it was killed."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from hermanar.console.backup import held_file, held_folder
from tests.conftest import ROOT
from tests.console.test_backup import House


def hidden_in(folder):
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def killed(house, *command, leaves_in):
    """Kill a command as soon as something hidden is in a folder; return its name."""
    child = subprocess.Popen(
        [sys.executable, "-m", "hermanar.site", *map(str, command)], cwd=ROOT, env=house.env,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until = time.monotonic() + 60
    while not (found := hidden_in(leaves_in)) and child.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    child.kill()
    child.wait()
    return found


@pytest.mark.parametrize("command", [("backup", "copies/monday.zip"), ("move", "--to", "there.sqlite3")])
def test_what_a_killed_command_left_goes_with_the_next_copy(bare, tmp_path, command):
    house, copies = House(tmp_path / "var", is_measured=False), tmp_path / "copies"
    bare.file_at(house.database())
    bare.file_at(tmp_path / "there.sqlite3")
    copies.mkdir()
    *named, target = command
    place = copies if named == ["backup"] else house.folder
    assert killed(house, *named, tmp_path / target, leaves_in=place)
    assert hidden_in(place)
    house.do("backup", copies / "tuesday.zip")
    assert [path.name for path in copies.iterdir()] == ["tuesday.zip"]
    assert hidden_in(house.folder) == []


def test_what_another_command_works_with_is_left_alone(settings, tmp_path):
    settings.VAR = tmp_path / "var"
    with held_folder("move") as folder, held_file(tmp_path) as file:
        with held_folder("move") as other, held_file(tmp_path) as later:
            assert file.exists()
            assert folder.exists()
            assert file.stat().st_mode & 0o77 == 0
            assert {file, folder}.isdisjoint({later, other})
        assert hidden_in(tmp_path) == [file.name]
        assert hidden_in(settings.VAR) == [folder.name]
    assert hidden_in(tmp_path) == hidden_in(settings.VAR) == []


def test_a_file_that_got_its_name_stays(settings, tmp_path):
    settings.VAR = tmp_path / "var"
    with held_file(tmp_path) as file:
        file.write_text("whole", encoding="utf-8")
        file.replace(tmp_path / "copy.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["copy.zip"]
