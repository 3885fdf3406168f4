"""What is known of the locked packages, and what may stay although it was found (`audit-exceptions.toml`)."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

EXCEPTIONS = "audit-exceptions.toml"
FIELDS = {"fault": {"id", "package", "reason", "until"}, "secret": {"digest", "reason", "until"}}
LONGEST = dt.timedelta(days=366)


class CannotAskError(Exception):
    """What is known could not be asked: that nothing was answered does not say that nothing is known."""


@dataclass(frozen=True, order=True)
class Fault:
    """A known fault of a locked package."""

    package: str
    version: str
    id: str


def exceptions_of(root: Path) -> dict[str, list[dict[str, object]]]:
    """Return the exceptions by kind."""
    told = tomllib.loads((root / EXCEPTIONS).read_text(encoding="utf-8"))
    return {kind: told.get(kind, []) for kind in {*FIELDS, *told}}


def flaws_of(exceptions: dict[str, list[dict[str, object]]], *, today: dt.date) -> list[str]:
    """Return what is wrong with exceptions: a field that lacks, a day that is past or more than a year away."""
    found = [f"there is no kind {kind}" for kind in exceptions if kind not in FIELDS]
    for kind, fields in FIELDS.items():
        for one in exceptions.get(kind, []):
            until = one.get("until")
            if one.keys() != fields or not all(one.values()) or not isinstance(until, dt.date):
                found.append(f"{kind} {one}: wants {', '.join(sorted(fields))}")
            elif until < today:
                found.append(f"{kind} {one}: its day is past; mend it, or say why it may stay longer")
            elif until - today > LONGEST:
                found.append(f"{kind} {one}: nobody would look at it for more than a year")
    return found


def known_faults(lock: Path) -> tuple[set[Fault], int]:
    """Return the known faults of a lock's packages and how many packages were asked about. Raises CannotAskError.

    pip-audit ends well when it could ask about no package at all, so what it skipped is counted here.
    """
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--disable-pip", "--require-hashes"]
    options = ["--format", "json", "--progress-spinner", "off"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError) as problem:
        raise CannotAskError(f"{lock.name}: {done.stderr.strip()[-500:]}") from problem
    if skipped := [one["name"] for one in packages if "vulns" not in one]:
        raise CannotAskError(f"{lock.name}: nothing was answered about {len(skipped)} of {len(packages)} packages")
    faults = {Fault(one["name"], one["version"], known["id"]) for one in packages for known in one["vulns"]}
    return faults, len(packages)


def known_browser_faults(folder: Path, *, npm: str, env: dict[str, str]) -> set[Fault]:
    """Return the known faults of a browser's lock, high and critical ones. Raises CannotAskError."""
    command = [npm, "audit", "--package-lock-only", "--json"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["vulnerabilities"]
    except (ValueError, KeyError) as problem:
        raise CannotAskError(f"{folder.name}: {done.stdout[:300]}{done.stderr[-300:]}") from problem
    grave = {"high", "critical"}
    return {Fault(name, one["range"], one["severity"]) for name, one in found.items() if one["severity"] in grave}
