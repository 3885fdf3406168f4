"""The import contracts hold, and each is there."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.house import ROOT, contracts, floors

LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"]


def test_imports_keep_every_contract():
    done = subprocess.run(LINT, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_six_contracts_are_numbered_in_order():
    assert [contract["name"].split(".")[0] for contract in contracts()] == ["1", "2", "3", "4", "5", "6"]


def test_every_room_has_a_floor():
    rooms = {path.parent.name for path in (ROOT / "hermanar").glob("*/apps.py")}
    assert rooms - set(floors()) == set()
