"""What reads the code without running it; each check is one tool, and its own words are the message."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import LONGEST

ROOT = Path(__file__).resolve().parents[2]
# Django's own checks; the command of that name is the product's.
SYSTEM_CHECKS = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "hermanar.site.settings"
import django
django.setup()
from django.core.checks import run_checks
sys.exit("\\n".join(str(one) for one in run_checks() if not one.is_silenced()) or 0)
"""
CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "template_lint": ["-m", "djlint", "hermanar", "--lint", "--quiet"],
    "migrations": ["-m", "hermanar.site", "makemigrations", "--check", "--dry-run"],
    "settings_and_models": ["-c", SYSTEM_CHECKS],
}


@pytest.mark.parametrize("name", CHECKS)
def test_static(name, tmp_path):
    env = {**os.environ, "HERMANAR_VAR": str(tmp_path), "HERMANAR_MODE": "demo"}
    env.pop("DATABASE_URL", None)
    command = [sys.executable, *CHECKS[name]]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_that_are_begun_first_are_there():
    assert [name for name in LONGEST if not (ROOT / "tests" / name).is_file()] == []


def test_lock_files_name_no_address():
    for lock in ROOT.glob("requirements*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "//" not in text, lock.name
        assert not [line for line in text.splitlines() if line.startswith("-")], lock.name
    for lock in [ROOT / "frontend" / "package-lock.json", ROOT / "tests" / "browser" / "package-lock.json"]:
        assert '"resolved"' not in lock.read_text(encoding="utf-8"), lock
