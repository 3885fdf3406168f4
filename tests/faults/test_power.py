"""What keeps a confirmed write when the power fails: asserted, because it cannot be cut here."""

from __future__ import annotations

import sqlite3

import pytest

from hermanar.catalogue.read.soundness import SAFE_WAL
from tests.conftest import hermanar_env
from tests.faults.mother import mother_of
from tests.faults.servers import own_server

pytestmark = [pytest.mark.release, pytest.mark.row(3)]
FULL = 2


def test_sqlite_brings_each_commit_to_the_disk_before_it_is_confirmed(bare, tmp_path, figure):
    """Ask a real process what it asks of SQLite.

    A kill of a process cannot show a power cut: what it wrote the system keeps. To cut the power itself wants a machine
    of its own, or a file system that forgets what was not synced (LazyFS, by FUSE), which needs rights that neither a
    runner of the checks nor a container has. So what is asserted is what SQLite documents as sufficient: FULL syncs the
    journal before the pages and the pages before the journal ends; and a journal that is safe in this version.
    """
    bare.file_at(tmp_path / "var" / "hermanar.sqlite3")
    with mother_of("tests.faults.house", env=hermanar_env(tmp_path / "var"), folder=tmp_path / "children") as mother:
        told = mother.do("pragmas")
    journal = "wal" if sqlite3.sqlite_version_info >= SAFE_WAL else "truncate"
    assert told == {"synchronous": FULL, "journal_mode": journal, "foreign_keys": 1}
    figure(f"SQLite {sqlite3.sqlite_version}: synchronous=FULL, journal {journal}")


def test_postgresql_that_may_lose_what_it_confirmed_is_told(bare, postgres_url, tmp_path, figure):
    """Ask `hermanar check` over a server in haste, and over one as PostgreSQL is delivered.

    What the server does with its log at a power cut is PostgreSQL's own promise, under these three settings.
    """
    with bare.database_at(postgres_url) as url:
        hasty = asked(url, tmp_path / "hasty")
    with own_server(bare, postgres_url) as (_cluster, url):
        durable = asked(url, tmp_path / "durable")
    assert hasty == [["fsync", "full_page_writes", "synchronous_commit"], True]
    assert durable == [[], False]
    figure("PostgreSQL: fsync, synchronous_commit, full_page_writes on, else `hermanar check` fails")


def asked(url, folder):
    """Return which settings `hermanar check` names, and whether it fails for them."""
    env = hermanar_env(folder, DATABASE_URL=url)
    with mother_of("tests.faults.house", env=env, folder=folder.with_suffix(".children")) as mother:
        return mother.do("durability")
