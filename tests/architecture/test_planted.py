"""The tests of the tests: one violation at a time in a copy of the house, and each must turn red."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.architecture.house import ROOT
from tests.architecture.test_contracts import LINT

FLOORS = """
import django
django.setup()
from django.apps import apps
from tests.architecture.house import floors
from tests.architecture.test_floors import relations, upward
found = upward(relations(apps.get_models(include_auto_created=True)), floors())
print("\\n".join(found))
raise SystemExit(bool(found))
"""
# What is planted: the file, the lines added to it, and the number of the contract that must break.
PLANTS = {
    "upward_import": ("directory/models.py", "import hermanar.agreements.models", "1"),
    "late_import_in_a_function": (
        "directory/vocabulary.py",
        "def late():\n    from hermanar.observatory import models\n    return models",
        "1",
    ),
    "django_in_rules": ("observatory/rules/ties.py", "import django.db.models", "3"),
    "django_in_the_count_of_days": ("foundation/calendar/working_days.py", "import django.db.models", "3"),
    "rules_import_their_models": ("observatory/rules/ties.py", "from hermanar.observatory import models", "2"),
    "museum_reads_a_model": ("museum/planted.py", "from hermanar.agreements import models", "4"),
    "wagtail_in_agreements": ("agreements/models.py", "import wagtail", "5"),
    "catalogue_calls_an_action": ("catalogue/planted.py", "from hermanar.agreements import actions", "6"),
    "new_helpers_in_a_room": ("agreements/helpers.py", "VALUE = 1", "2"),
    "foundation_imports_directory": ("foundation/planted.py", "from hermanar.directory import models", "1"),
    "museum_imports_open_data": ("museum/planted.py", "from hermanar import open_data", "1"),
}


@pytest.fixture
def copy(tmp_path):
    """Return a copy of the house to plant in."""
    skip = shutil.ignore_patterns("__pycache__", "data", "static", "node_modules")
    shutil.copytree(ROOT / "hermanar", tmp_path / "hermanar", ignore=skip)
    shutil.copytree(ROOT / "tests" / "architecture", tmp_path / "tests" / "architecture", ignore=skip)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def plant(copy, file, lines):
    """Add lines to a file of the copy, which is made when it is not there."""
    path = copy / "hermanar" / file
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n\n{lines}\n", encoding="utf-8")


def judge(copy, command):
    """Run a check over the copy alone."""
    env = {**os.environ, "PYTHONPATH": str(copy), "DJANGO_SETTINGS_MODULE": "hermanar.site.settings_test"}
    env |= {"HERMANAR_VAR": str(copy / "var"), "PYTHONWARNINGS": "ignore"}
    return subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, check=False)


def broken(done):
    """Return the numbers of the contracts that a report calls broken."""
    return {line.split(".")[0].strip() for line in done.stdout.splitlines() if line.rstrip().endswith("BROKEN")}


def test_unchanged_copy_is_green(copy):
    done = judge(copy, LINT)
    assert (done.returncode, broken(done)) == (0, set()), done.stdout + done.stderr
    done = judge(copy, [sys.executable, "-c", FLOORS])
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", PLANTS)
def test_planted_import_turns_its_contract_red(copy, name):
    file, lines, contract = PLANTS[name]
    plant(copy, file, lines)
    done = judge(copy, LINT)
    assert done.returncode != 0
    assert contract in broken(done), done.stdout + done.stderr


def test_planted_foreign_key_by_string_turns_the_floors_red(copy):
    field = "Country.add_to_class('planted', models.ForeignKey('agreements.Agreement', models.CASCADE, null=True))"
    plant(copy, "directory/models.py", field)
    assert judge(copy, LINT).returncode == 0, "import contracts cannot see it; if they can now, this test may go"
    done = judge(copy, [sys.executable, "-c", FLOORS])
    assert done.stdout.strip() == "directory.Country.planted -> agreements.Agreement", done.stdout + done.stderr
