"""Twenty real processes at once, on both databases: no edit is lost, no number given twice, none left out."""

from __future__ import annotations

import os

import pytest

from tests.conftest import hermanar_env
from tests.crowds import all_do, crowd_of

NIGHT = bool(os.environ.get("HERMANAR_NIGHT"))
PROCESSES = 20
# Whoever is told to read again is one more to be told: on PostgreSQL five hundred take two minutes, so by day fewer.
EDITS = {"sqlite": 25, "postgresql": 25 if NIGHT else 5}
# Of the files of each every seventh is rolled back: by night that leaves each of the twenty its hundred numbers.
FILES, FAILING = (116, 16) if NIGHT else (14, 2)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request, bare, tmp_path_factory):
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("crowd") / "registry.sqlite3"
        bare.file_at(file)
        yield f"sqlite:///{file}"
        return
    with bare.database_at(request.getfixturevalue("postgres_url")) as url:
        yield url


@pytest.fixture(scope="module")
def crowd(database, tmp_path_factory):
    """Return twenty processes, all started, over one database with one file."""
    env = hermanar_env(tmp_path_factory.mktemp("var"), DATABASE_URL=database)
    with crowd_of(PROCESSES, module="tests.agreements.crowd", env=env) as started:
        started[0].ask("build")
        key = started[0].answer()
        assert set(all_do(started, "ready")) == {"ready"}
        yield started, key


def days(crowd, key):
    return all_do(crowd[:1], "state", key)[0]


@pytest.mark.row(4)
def test_no_edit_of_five_hundred_is_lost(crowd, database, figure):
    (everybody, key), edits = crowd, EDITS["sqlite" if database.startswith("sqlite") else "postgresql"]
    before, version, versions, _references = days(everybody, key)
    retried = all_do(everybody, "add_days", key, edits)
    assert "died" not in retried
    assert sum(retried) > 0  # they did meet
    after = days(everybody, key)[:3]
    assert after == [before + PROCESSES * edits, version + PROCESSES * edits, versions + PROCESSES * edits]
    figure(f"{PROCESSES} x {edits} changes, 0 lost, {sum(retried)} told to read again")


@pytest.mark.row(4)
def test_of_twenty_who_read_the_same_one_writes_and_the_others_learn(crowd):
    everybody, key = crowd
    before = days(everybody, key)[0]
    assert set(all_do(everybody, "read_days", key)) == {before}
    assert sorted(all_do(everybody, "write_days", True)) == ["conflict"] * (PROCESSES - 1) + ["written"]
    assert days(everybody, key)[0] == before + 1


@pytest.mark.row(4)
def test_without_the_check_of_versions_edits_are_lost(crowd):
    everybody, key = crowd
    before = days(everybody, key)[0]
    assert set(all_do(everybody, "read_days", key)) == {before}
    assert all_do(everybody, "write_days", False) == ["written"] * PROCESSES
    assert days(everybody, key)[0] == before + 1  # nineteen of twenty are gone, and nobody was told


@pytest.mark.row(5)
def test_files_of_twenty_processes_are_numbered_without_double_or_gap(crowd, figure):
    everybody, key = crowd
    before = {int(reference.rsplit("/", 1)[1]) for reference in days(everybody, key)[3]}
    given = all_do(everybody, "number_files", FILES)
    assert "died" not in given
    references = [reference for answer in given for reference in answer["kept"]]
    away = sum(answer["turned_away"] for answer in given)
    assert len(references) == len(set(references)) == PROCESSES * (FILES - FAILING)
    numbers = sorted(before | {int(reference.rsplit("/", 1)[1]) for reference in references})
    assert numbers == list(range(1, len(numbers) + 1))  # what was rolled back gave its number back
    assert sorted(int(reference.rsplit("/", 1)[1]) for reference in days(everybody, key)[3]) == numbers
    told = f"{PROCESSES} x {FILES} files, {PROCESSES * FAILING} rolled back, {len(references)} numbers without gap"
    figure(f"{told}, {away} told to come again")


@pytest.mark.row(5)
def test_the_counter_alone_gives_no_number_twice(crowd):
    everybody, _key = crowd
    taken = [number for answer in all_do(everybody, "take_numbers", 5) for number in answer]
    assert len(taken) == PROCESSES * 5
    assert sorted(int(number.rsplit("/", 1)[1]) for number in taken) == list(range(1, PROCESSES * 5 + 1))


@pytest.mark.row(5)
def test_without_the_lock_of_the_counter_numbers_are_given_twice(crowd):
    everybody, _key = crowd
    peeked = all_do(everybody, "peek")
    assert "died" not in peeked
    assert len(set(peeked)) == 1


@pytest.mark.row(5)
def test_entries_of_twenty_processes_are_one_chain(crowd):
    everybody, _key = crowd
    assert set(all_do(everybody, "tell", 5)) == {"whole"}


def test_of_twenty_who_end_one_membership_one_does_and_the_others_learn(crowd):
    everybody, _key = crowd
    assert sorted(all_do(everybody, "end_reader")) == ["ended"] + ["member_gone"] * (PROCESSES - 1)
