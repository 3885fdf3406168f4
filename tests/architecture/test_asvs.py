"""The checklist of OWASP ASVS 5.0 says something of every requirement, and what it cites is there."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter
from functools import cache

from tests.architecture.house import ROOT

CHECKLIST = ROOT / "docs" / "asvs.csv"
FIELDS = ["requirement", "level", "asked", "verdict", "evidence"]
VERDICTS = {"test", "setting", "design", "not applicable", "NOT MET"}
# Counted from the standard's own list, version 5.0.0: requirements of levels 1 and 2 by chapter, OAuth and WebRTC too.
CHAPTERS = {
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29,
    11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7,
}  # fmt: skip
BEYOND = ["1.2.10", "2.3.5", "5.2.6", "15.4.2"]  # of level 3, promised too
CITED = re.compile(r"(?:tests|hermanar|docs|tools|benchmarks)/[\w./-]+(?:::\w+)?|\b[\w-]+\.(?:md|toml|txt)\b")


def lines():
    with CHECKLIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def functions(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def missing(evidence):
    """Return what is cited and is not there."""
    found = []
    for cited in CITED.findall(evidence):
        path, _, name = cited.rstrip(".").partition("::")
        is_there = (ROOT / path).exists() and (not name or name in functions(path))
        found += [] if is_there else [cited]
    return found


def test_every_requirement_has_its_line():
    told = [line["requirement"] for line in lines()]
    assert len(told) == len(set(told))
    of_level = [line["requirement"] for line in lines() if line["level"] in {"1", "2"}]
    assert Counter(int(number.split(".")[0]) for number in of_level) == CHAPTERS
    assert [line["requirement"] for line in lines() if line["level"] == "3"] == BEYOND
    assert Counter(line["level"] for line in lines()) == {"1": 70, "2": 183, "3": len(BEYOND)}


def test_every_line_says_what_is_so_and_why():
    for line in lines():
        assert list(line) == FIELDS
        assert line["verdict"] in VERDICTS, line
        assert line["asked"], line
        assert line["evidence"], line
        if line["verdict"] == "test":
            assert "::" in line["evidence"], f"a test is cited by its name: {line}"


def test_what_is_cited_is_there():
    assert {line["requirement"]: gone for line in lines() if (gone := missing(line["evidence"]))} == {}


def test_planted_evidence_is_seen_to_be_missing():
    assert missing("tests/architecture/test_asvs.py::test_of_nobody") != []
    assert missing("docs/nowhere.md") == ["docs/nowhere.md"]


def test_counts_are_as_the_document_says():
    counts = Counter(line["verdict"] for line in lines())
    told = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    written = ", ".join(
        f"{counts[verdict]} {verdict}" for verdict in ("test", "setting", "design", "not applicable", "NOT MET")
    )
    assert written in told, written
