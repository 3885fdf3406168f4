"""Keep what a release wrote: a house furnished with its own wheel, for every later version to open (`make keep`).

The wheel of `dist/` is put in an empty environment; the tests' furnishing makes a house with it, far from the project's
own code. `tests/releases/<version>/` gets its database and files, and what must still be true of them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from tools import apart, dist

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests" / "releases"
HOUSE, TOLD = "house.tar.xz", "kept.json"
DATABASE = "hermanar.sqlite3"
# All that changes on a machine, without what is derived from it and the keys that only sessions need.
PARTS = (DATABASE, "trail.key", "checkpoints.jsonl", "files", "media")


def furnished(house: apart.Apart, *, tests: Path) -> Path:
    """Make a house by the wheel of an environment and return its database; every kind of record is in it."""
    drivers = house.folder / "drivers"
    shutil.copytree(tests, drivers / "tests", ignore=shutil.ignore_patterns("__pycache__", "node_modules", "releases"))
    house.do("hermanar", "migrate", "--no-input", "--verbosity", "0")
    house.do("hermanar", "createcachetable")
    house.do("python", "-m", "tests.console.house", "found", PYTHONPATH=str(drivers))
    house.do("hermanar", "verify", "--keep")
    return house.folder / "var" / DATABASE


def tables_of(path: Path) -> dict[str, list[str]]:
    """Return the tables of a SQLite file with their columns, those of SQLite itself and of a search index left out."""
    with closing(sqlite3.connect(path)) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = sorted(name for name in names if not name.startswith(("sqlite_", "wagtailsearch_")))
        return {name: [row[1] for row in database.execute(f'PRAGMA table_info("{name}")')] for name in ours}


def rows_of(path: Path, *, table: str, columns: list[str]) -> list[tuple[Any, ...]]:
    """Return the rows of a table, of some columns, in an order that only what they say decides."""
    wanted = ", ".join(f'"{name}"' for name in columns)
    with closing(sqlite3.connect(path)) as database:
        return sorted(database.execute(f'SELECT {wanted} FROM "{table}"').fetchall(), key=repr)  # noqa: S608


def told_of(path: Path, *, version: str) -> dict[str, Any]:
    """Return what must stay true of a database: rows and digest of each table, the migrations it went through."""
    rows, digests = {}, {}
    for table, columns in tables_of(path).items():
        found = rows_of(path, table=table, columns=columns)
        rows[table] = len(found)
        digests[table] = hashlib.sha256(repr(found).encode()).hexdigest()
    gone = rows_of(path, table="django_migrations", columns=["app", "name"])
    migrations: dict[str, list[str]] = {}
    for room, name in gone:
        migrations.setdefault(room, []).append(name)
    return {"version": version, "rows": rows, "digests": digests, "migrations": migrations}


def opened(kept: Path, *, at: Path) -> Path:
    """Lay out what was kept of a release as a folder of the product and return its database."""
    at.mkdir(parents=True)
    with tarfile.open(kept / HOUSE) as packed:
        packed.extractall(at, filter="data")
    return at / DATABASE


def main() -> None:
    """Keep what the wheel of `dist/` writes. Ends where that version is kept already: that is never rewritten."""
    wheels = sorted((ROOT / "dist").glob("*.whl"))
    if len(wheels) != 1:
        sys.exit("dist/ holds no wheel, or several: make dist first")
    version = wheels[0].name.split("-")[1]
    target = KEPT / version
    if target.exists():
        sys.exit(f"{target.relative_to(ROOT)} is kept already: another release needs another version")
    with tempfile.TemporaryDirectory(prefix="hermanar-keep-") as place:
        house = apart.install(wheels[0], lock=ROOT / dist.LOCK, at=Path(place))
        keep(furnished(house, tests=ROOT / "tests"), version=version, target=target)


def keep(database: Path, *, version: str, target: Path) -> None:
    """Write what is kept of a furnished house to an empty folder."""
    with closing(sqlite3.connect(database)) as opened_database:
        opened_database.execute("VACUUM")
    target.mkdir(parents=True)
    with tarfile.open(target / HOUSE, "w:xz", preset=9) as packed:
        for part in PARTS:
            if (database.parent / part).exists():
                packed.add(database.parent / part, arcname=part)
    told = told_of(database, version=version)
    (target / TOLD).write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{target.relative_to(ROOT)}: {sum(told['rows'].values()):,} rows, {(target / HOUSE).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
