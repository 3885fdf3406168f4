"""The table of what is promised of the walls, row by row: what is tried, how far it must hold, and when it is tried.

A test says which row it is of by `@pytest.mark.row(4)`, and tells a figure of it by the fixture `figure`. A run that
is told its kind (`HERMANAR_ROWS=C`, by `tools/check.py`) prints the rows of that kind at its end, and fails when one of
them was tried by no test: a row nobody tries is not kept.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

EVERY, NIGHT, RELEASE = "C", "N", "R"
ASKED = os.environ.get("HERMANAR_ROWS", "")
PROPERTY = "figure"


@dataclass(frozen=True)
class Row:
    """One row: when it is tried is `C` (every change), `N` (by night), `R` (before a release), or several of them."""

    number: int
    when: str
    what: str
    target: str


@dataclass
class Tried:
    """What one run saw of a row."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    figures: list[str] = field(default_factory=list)


ROWS = (
    Row(1, "N", "SIGKILL while two write, SQLite", "300 kills, 0 acknowledged writes lost, trail whole"),
    Row(2, "N", "SIGKILL of PostgreSQL while two write", "60 kills, 0 acknowledged writes lost, trail whole"),
    Row(3, "R", "power loss: what can be asserted without cutting it", "synchronous=FULL; fsync=on, or it is told"),
    Row(4, "C", "one agreement, twenty processes", "0 of 500 changes lost (PostgreSQL by day: 100), the loser learns"),
    Row(5, "C", "file numbers, twenty processes, some rolled back", "no duplicate, no gap; by night 100 numbers each"),
    Row(
        6, "C", "steps of the procedure: every stage × step, every step × role", "100 % of what is not allowed refused"
    ),
    Row(
        7, "CN", "the API asked what it describes and what not, 50 / 1,000 times", "0 answers 5xx, 0 against the schema"
    ),
    Row(8, "CN", "imports of made-up tables, 600 / 20,000", "0 partial; errors name sheet, row and column"),
    Row(
        9,
        "CN",
        "SIGKILL in the middle of long work; by night of an import, an upload, a copy",
        "100 kills of an import, 12 to 15 of each other: all or nothing",
    ),
    Row(10, "C", "entities in each part of workbooks and documents", "100 % refused, 0 files read, 0 connections"),
    Row(11, "C", "files that swell", "archives: ≤ 50 MB, ratio ≤ 100, ≤ 2,000 parts; memory + < 50 MB"),
    Row(12, "C", "pictures too large", "at most 40 million pixels"),
    Row(13, "C", "files that are something else", "0 executed, 0 outside their folder"),
    Row(14, "C", "formulas in exports", "10,000 texts, all inert"),
    Row(15, "C", "what a PDF is made of", "0 files read, 0 connections"),
    Row(16, "C", "every address × method × role × office", "100 % declared, an undeclared one fails"),
    Row(17, "C", "another office's data, by any way", "0 leaks of what was planted"),
    Row(18, "C", "tampering with the trail, seven kinds", "100 % of 2,000 changes told, with a checkpoint"),
    Row(19, "C", "every way of writing leaves a trail", "100 % leave an entry, are refused, or told by `verify`"),
    Row(20, "N", "copy, wipe, put back, on either database", "every table and file equal, timed"),
    Row(21, "R", "data of the previous release, and a migration killed", "nothing lost, it recovers"),
    Row(22, "N", "30 minutes of mixed load", "memory < 1 MB in 10 min, 0 answers 5xx, 0 locked"),
    Row(23, "C", "headers, cookies, Django's own deployment check", "0 warnings, no unsafe-inline in public"),
    Row(24, "C", "1,000 guesses of a password", "held back; its owner not locked out; sessions renewed"),
    Row(25, "N", "who has an account, by answer or time", "same answer; medians < 10 ms apart over 200"),
    Row(26, "C", "an office without the second factor", "0 addresses reached; no reset goes round it"),
    Row(27, "C", "planted secrets in logs, errors, caches, search, files", "0 found"),
    Row(28, "N", "a raw copy of the database", "0 planted secrets readable; keys change; the old one refused"),
    Row(29, "C", "erasure on request and by schedule", "0 left, and a report of what stays and why"),
    Row(30, "C", "working days 2024–2036", "equal to an independent table"),
    Row(31, "CN", "locks, our code, secrets; by night known faults, history", "0; every exception has its date"),
    Row(32, "N", "full disk, lost mail and database, clock set back", "no acknowledgement without a commit"),
    Row(33, "C", "sixty searches on both databases", "the same results in the same order"),
    Row(34, "CN", "a standby whose replay is paused, read for the public", "who wrote reads her own write, always"),
    Row(35, "C", "row-level security between offices, on PostgreSQL", "0 rows of another office, also by SQL"),
    Row(36, "N", "the wheel in an empty environment", "serves the product with its data; same bytes twice"),
)
BY_NUMBER = {row.number: row for row in ROWS}


def numbers_of(item) -> list[int]:
    """Return the rows a test is of; an unknown number is an error of the test."""
    found = sorted({number for mark in item.iter_markers("row") for number in mark.args})
    if unknown := set(found) - set(BY_NUMBER):
        raise ValueError(f"{item.nodeid}: there is no row {unknown}")
    return found


def noted(reports) -> dict[int, Tried]:
    """Return what reports of tests say of each row; a test that failed to begin or to end has failed."""
    found: dict[int, Tried] = {}
    for report in reports:
        properties = getattr(report, "user_properties", [])
        numbers = next((value for name, value in properties if name == "rows"), [])
        for number in numbers:
            tried = found.setdefault(number, Tried())
            if report.outcome == "failed":
                tried.failed += 1
            elif report.when == "call" and report.outcome == "passed":
                tried.passed += 1
                tried.figures += [text for name, (of, text) in _figures(properties) if of in (None, number)]
            elif report.outcome == "skipped":
                tried.skipped += 1
    return found


def _figures(properties):
    return [(name, value) for name, value in properties if name == PROPERTY]


def table(found: dict[int, Tried], kind: str) -> tuple[list[str], list[int]]:
    """Return the lines of the table of a kind of run, and the rows that were not kept."""
    lines, missed = [], []
    for row in (row for row in ROWS if kind in row.when):
        tried = found.get(row.number, Tried())
        is_kept = tried.passed and not tried.failed
        if not is_kept:
            missed.append(row.number)
        said = "kept" if is_kept else "FAILED" if tried.failed else "NOT TRIED"
        seen = "; ".join([f"{tried.passed} tests", *tried.figures])
        lines.append(f"{row.number:>2} {said:<9} {row.what} · wanted: {row.target} · seen: {seen}")
    return lines, missed
