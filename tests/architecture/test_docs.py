"""What exists is named in the documentation."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.architecture.house import PACKAGE, ROOT, contracts

SETTING = re.compile(r"\bHERMANAR_[A-Z][A-Z_]*[A-Z]\b")
INTERNAL = {
    "HERMANAR_CHECK_FAILED",
    "HERMANAR_NIGHT",
    "HERMANAR_ROWS",
    "HERMANAR_CHECK_OMITTED",
    "HERMANAR_TEST_TABLES",
    "HERMANAR_SERVER",
}  # between our own processes


def text_of(document):
    path = ROOT / "docs" / document
    return path.read_text(encoding="utf-8") if path.exists() else ""


def unnamed(wanted, text):
    """List what a text does not name as a whole word."""
    return sorted(name for name in wanted if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))


def settings_of_the_code():
    places = [PACKAGE, ROOT / "tools", ROOT / "tests"]
    files = [path for place in places for path in place.rglob("*.py") if "architecture" not in path.parts]
    return {name for path in [*files, ROOT / "Makefile"] for name in SETTING.findall(path.read_text(encoding="utf-8"))}


def test_architecture_names_every_room():
    rooms = {path.parent.name for path in PACKAGE.glob("*/apps.py")} | {"site"}
    assert unnamed(rooms, text_of("architecture.md")) == []


def test_architecture_names_every_contract():
    titles = {contract["name"].split(". ", 1)[1] for contract in contracts()}
    assert unnamed(titles, text_of("architecture.md")) == []


def test_operations_names_every_command():
    folder = PACKAGE / "console" / "management" / "commands"
    commands = {f"hermanar {path.stem}" for path in folder.glob("[a-z]*.py")}
    assert commands
    assert unnamed(commands, text_of("operations.md")) == []


def test_operations_names_every_setting():
    assert unnamed((settings_of_the_code() | {"DATABASE_URL"}) - INTERNAL, text_of("operations.md")) == []


def test_operations_names_no_setting_that_is_gone():
    assert sorted(set(SETTING.findall(text_of("operations.md"))) - settings_of_the_code()) == []


@pytest.mark.django_db
def test_api_names_every_endpoint():
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert unnamed(answer.json()["paths"], text_of("api.md")) == []


def test_planted_silence_is_found():
    assert unnamed(
        {"agreements", "HERMANAR_PORT", "hermanar run", "/api/v1/ties"}, "los agreements_, HERMANAR_PORTS"
    ) == [
        "/api/v1/ties",
        "HERMANAR_PORT",
        "agreements",
        "hermanar run",
    ]
    assert unnamed({"agreements", "/api/v1/ties"}, "**agreements**: `GET /api/v1/ties`") == []
