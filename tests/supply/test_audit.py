"""Locks, exceptions, secrets: what can be held without asking anyone; and by night what is known of the packages."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import re
import shutil
import tomllib

import pytest
from packaging.specifiers import SpecifierSet

from tests.conftest import ROOT
from tools import audit, bootstrap, dist, secret_scan

pytestmark = pytest.mark.row(31)
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.txt"))
ENTRY = re.compile(
    r"[a-z0-9][a-z0-9._-]*==[^\s;\\]+(?: ; [^\\\n]+?)? \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", re.MULTILINE
)
BROWSER_LOCKS = ("frontend", "tests/browser")


def entries(text):
    """Return the entries of a lock file, and what in it is none."""
    told = re.sub(r"^(#.*)?\n", "", text, flags=re.MULTILINE)
    return ENTRY.findall(told), ENTRY.sub("", told)


def name_of(entry):
    return re.sub(r"[-_.]+", "-", entry.partition("==")[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_its_digests(lock, figure):
    found, rest = entries((ROOT / lock).read_text(encoding="utf-8"))
    assert rest == ""
    figure(f"{lock}: {len(found)} packages with digests")


def test_a_lock_without_digest_is_found():
    assert entries("one==1 \\\n    --hash=sha256:" + "0" * 64 + "\n")[1] == ""
    assert entries("one==1\n")[1] == "one==1\n"
    assert entries("one>=1 \\\n    --hash=sha256:" + "0" * 64 + "\n")[1] != ""


def test_locks_agree():
    """One environment can hold them all: nobody tests with another version than the one that is served."""
    by_name = {}
    for lock in LOCKS:
        for entry in entries((ROOT / lock).read_text(encoding="utf-8"))[0]:
            by_name.setdefault(name_of(entry), set()).add(entry.partition("==")[2].split()[0])
    assert {name: found for name, found in by_name.items() if len(found) > 1} == {}


def test_what_is_installed_is_what_is_locked(figure):
    wanted = {}
    for lock in ("requirements.txt", "requirements-test.txt"):
        for entry in entries((ROOT / lock).read_text(encoding="utf-8"))[0]:
            if " ; " not in entry and name_of(entry) != "pip":  # a marker: of other machines; pip: the machine's own
                wanted[name_of(entry)] = entry.partition("==")[2].split()[0]
    there = {}
    for one in importlib.metadata.distributions():
        there.setdefault(re.sub(r"[-_.]+", "-", one.name).lower(), one.version)
    assert {name: (version, there.get(name)) for name, version in wanted.items() if there.get(name) != version} == {}
    figure(f"{len(wanted)} installed as locked")


def test_what_is_installed_takes_every_python_that_is_promised(figure):
    """A lock is written under one Python, and a package may ask for a later patch than another machine has."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    first = project["requires-python"].removeprefix(">=") + ".0"
    asked = {one.name: one.metadata.get("Requires-Python", "") for one in importlib.metadata.distributions()}
    assert {name: what for name, what in asked.items() if what and first not in SpecifierSet(what)} == {}
    figure(f"{len(asked)} packages take Python {first}")


def test_what_is_asked_for_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.match(r"[A-Za-z0-9._-]+", one)[0].lower() for one in project["dependencies"]}
    found = entries((ROOT / "requirements.txt").read_text(encoding="utf-8"))[0]
    assert sorted(asked - {name_of(entry) for entry in found}) == []


def test_browser_locks_have_digests():
    for folder in BROWSER_LOCKS:
        text = (ROOT / folder / "package-lock.json").read_text(encoding="utf-8")
        assert text.count('"version"') == text.count('"integrity": "sha512-'), folder


def test_our_code_is_read_for_known_mistakes():
    """Ruff's rules of bandit (S) are all on, and the product excepts one: `assert`, which tells the type checker."""
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert ruff["select"] == ["ALL"]
    assert [rule for rule in ruff["ignore"] if rule.startswith("S")] == ["S101"]
    excepted = {
        place: sorted(rule for rule in rules if rule.startswith("S") and rule[1:].isdigit())
        for place, rules in ruff["per-file-ignores"].items()
        if place.startswith("hermanar")
    }
    assert {place: rules for place, rules in excepted.items() if rules} == {"hermanar/console/**": ["S603", "S606"]}


def test_exceptions_have_reason_and_day(figure):
    told = audit.exceptions_of(ROOT)
    assert audit.flaws_of(told, today=dt.datetime.now(dt.UTC).date()) == []
    figure(f"{sum(map(len, told.values()))} dated exceptions")


def test_exceptions_that_are_past_or_incomplete_are_found():
    good = {"id": "GHSA-1", "package": "one", "reason": "not reached", "until": dt.date(2027, 1, 1)}
    assert audit.flaws_of({"fault": [good]}, today=dt.date(2027, 1, 1)) == []
    assert audit.flaws_of({"fault": [good]}, today=dt.date(2027, 1, 2)) != []
    assert audit.flaws_of({"fault": [good]}, today=dt.date(2025, 1, 1)) != []
    assert audit.flaws_of({"fault": [{**good, "reason": ""}]}, today=dt.date(2027, 1, 1)) != []
    assert audit.flaws_of({"fault": [{**good, "until": "2027"}]}, today=dt.date(2026, 1, 1)) != []
    assert audit.flaws_of({"other": [good]}, today=dt.date(2026, 1, 1)) != []


def excepted():
    return {one["digest"] for one in audit.exceptions_of(ROOT)["secret"]}


def test_no_secret_stands_in_a_file(figure):
    names = dist.tracked(ROOT)
    found = secret_scan.of_tree(ROOT, names=names)
    assert sorted(one for one in found if one.digest not in excepted()) == []
    figure(f"{len(names):,} files, 0 secrets")


# Taken apart, so that this file itself is none of the findings.
PLANTED = (
    "aws = 'AKIA" + "IOSFODNN7EXAMPLF'",
    "-----BEGIN RSA " + "PRIVATE KEY-----",
    "https://ana:" + "Zx81-secreta@ejemplo.mx/",
    "token = 'ghp_" + "a1B2" * 9 + "'",
    "xoxb-" + "123456789012-123456789012-" + "a1B2c3D4" * 3,
)


@pytest.mark.parametrize("text", PLANTED)
def test_a_planted_secret_is_found(text):
    kinds = secret_scan.detectors()
    found = secret_scan.secrets_of(f"first\n{text}\nlast\n", place="here", kinds=kinds)
    assert [one.place for one in found][:1] == ["here"]
    assert secret_scan.secrets_of("nothing of the kind\n", place="here", kinds=kinds) == set()


@pytest.mark.nightly
def test_no_secret_was_ever_committed(figure):
    if not (ROOT / ".git").exists():
        pytest.fail("only a clone has a history to look through")
    found, count = secret_scan.of_history(ROOT)
    assert sorted(one for one in found if one.digest not in excepted()) == []
    assert count > 1000, "the clone holds no full history: git fetch --unshallow"
    figure(f"{count:,} versions of files in the full history, 0 secrets")


@pytest.fixture
def advisories():
    """Ask for what is known of packages; left out by name where nobody can answer (HERMANAR_OMIT=advisories)."""
    return audit


@pytest.mark.nightly
@pytest.mark.parametrize("lock", ["requirements-test.txt", "requirements-bench.txt"])
def test_no_locked_package_has_a_known_fault(advisories, lock, figure):
    faults, count = advisories.known_faults(ROOT / lock)
    may_stay = {one["id"] for one in advisories.exceptions_of(ROOT)["fault"]}
    assert sorted(one for one in faults if one.id not in may_stay) == []
    figure(f"{lock}: {count} packages asked about, 0 known faults")


@pytest.mark.nightly
@pytest.mark.parametrize("folder", BROWSER_LOCKS)
def test_no_browser_package_has_a_known_fault(advisories, folder):
    env = bootstrap.node()
    npm = shutil.which("npm", path=env["PATH"])
    may_stay = {one["package"] for one in advisories.exceptions_of(ROOT)["fault"]}
    faults = advisories.known_browser_faults(ROOT / folder, npm=npm, env=env)
    assert sorted(one for one in faults if one.package not in may_stay) == []
