"""The folders that are measured: one of each size, made once, and the environment of a process over one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys


def prepared(size, home):
    """Return the folder with the product's database and the flat one, made when it is not there yet."""
    folder = home / str(size)
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        subprocess.run(
            [sys.executable, "-m", "benchmarks", "--prepare", str(size), "--home", str(home)],
            env=environment(folder), check=True,
        )  # fmt: skip
        (folder / "ready").touch()
    return folder


def day_of(folder):
    """Return the day a folder was made for, in a process that has set Django up; end where that is not today.

    The flat rows hold the force and the vitality of their day.
    """
    from hermanar.foundation.calendar import public_day  # noqa: PLC0415 (the settings depend on the folder)

    made, today = json.loads((folder / "index.json").read_text())["day"], public_day()
    if made != today.isoformat():
        sys.exit(f"{folder} was made for {made}, today is {today}: delete it, and it is made anew")
    return today


def environment(folder):
    return (
        os.environ
        | {"HERMANAR_MODE": "demo", "HERMANAR_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "hermanar.site.settings"}
        | database_of(folder)
    )


def database_of(folder):
    """Return the setting of the database that a folder names; SQLite in the folder where it names none."""
    named = folder / "database"
    return {"DATABASE_URL": named.read_text(encoding="utf-8")} if named.exists() else {}
