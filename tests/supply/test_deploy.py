"""What is handed to operators: units and a container file that name what there is, with no right too many."""

from __future__ import annotations

import configparser
import re

import pytest

from tests.conftest import ROOT

UNITS = ROOT / "deploy" / "systemd"
COMMANDS = {path.stem for path in (ROOT / "hermanar" / "console" / "management" / "commands").glob("[a-z]*.py")}
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))
TIMERS = sorted(path.name for path in UNITS.glob("*.timer"))
HARDENED = {
    "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes",
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "", "RestrictNamespaces": "yes", "User": "hermanar", "UMask": "0077",
    "StateDirectory": "hermanar",
}  # fmt: skip


class Several(dict):
    """Lets a unit say a key several times, as systemd does; the first is kept."""

    def __setitem__(self, key, value):
        if not (key in self and isinstance(value, list)):
            super().__setitem__(key, value)


def unit(name):
    parser = configparser.RawConfigParser(strict=False, dict_type=Several, interpolation=None)
    parser.optionxform = str
    parser.read(UNITS / name, encoding="utf-8")
    return parser


@pytest.mark.parametrize("name", SERVICES)
def test_services_start_commands_that_exist(name):
    program, command, *_rest = unit(name)["Service"]["ExecStart"].split()
    assert program == "/opt/hermanar/bin/hermanar"
    called = {command}
    if command == "%i":
        instances = [timer.removesuffix(".timer").partition("@") for timer in TIMERS]
        called = {instance for template, _at, instance in instances if name == f"{template}@.service"}
    assert called
    assert called <= COMMANDS


@pytest.mark.parametrize("name", SERVICES)
def test_services_have_no_more_rights_than_they_need(name):
    service = unit(name)["Service"]
    assert {key: service.get(key) for key in HARDENED} == HARDENED


def test_of_the_service_one_process_may_end_without_the_others():
    service = unit("hermanar.service")["Service"]
    assert (service["OOMPolicy"], service["KillMode"]) == ("continue", "mixed")


def test_nginx_keeps_pages_where_it_can_make_the_folder():
    """Of a path nginx makes the last folder only, and Debian has nothing of it but /var/cache."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    kept = re.findall(r"^proxy_cache_path (\S+)", text, re.MULTILINE)
    assert len(kept) == 2
    assert {path.rpartition("/")[0] for path in kept} == {"/var/cache"}


@pytest.mark.parametrize("name", TIMERS)
def test_timers_wake_a_service_that_is_there(name):
    wanted = name.removesuffix(".timer")
    template, at, _instance = wanted.partition("@")
    assert (f"{template}@.service" if at else f"{wanted}.service") in SERVICES
    assert unit(name)["Timer"]["OnCalendar"]


def test_container_runs_without_rights_and_installs_by_digest():
    text = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    last = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert re.search(r"^VOLUME /var/lib/hermanar$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "/salud/" in last
    installs = [line for line in text.splitlines() if "pip install" in line]
    assert installs
    for line in installs:
        for part in re.findall(r"pip install ([^&]*)", line):
            assert "--require-hashes" in part or "--no-deps dist/" in part


def test_container_copies_what_there_is():
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    copied = [words for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE) for words in line.split()[:-1]]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
