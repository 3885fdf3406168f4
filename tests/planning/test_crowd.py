"""Real processes at one assessment, on both databases: at one section nothing is lost, at several nobody is refused."""

from __future__ import annotations

import pytest

from tests.agreements.test_crowd import database  # noqa: F401  a fixture
from tests.conftest import hermanar_env
from tests.crowds import all_do, crowd_of

PROCESSES, LINKS = 5, 6
SECTIONS = ("estructura", "personas", "planeacion", "actividades", "medios")


@pytest.fixture(scope="module")
def crowd(database, tmp_path_factory):  # noqa: F811
    env = hermanar_env(tmp_path_factory.mktemp("var"), DATABASE_URL=database)
    with crowd_of(PROCESSES, module="tests.planning.crowd", env=env) as started:
        started[0].ask("build")
        key = started[0].answer()
        assert set(all_do(started, "ready")) == {"ready"}
        yield started, key


def run(started, key, sections):
    """Let each add its links at its section; return how often each had to read again."""
    for number, one in enumerate(started):
        one.ask("add_links", key, sections[number], f"{sections[0]}-{number}", LINKS)
    return [one.answer() for one in started]


def test_at_different_sections_nobody_waits_for_another_to_be_read_again(crowd):
    started, key = crowd
    assert run(started, key, SECTIONS) == [0] * PROCESSES
    links, broken = all_do(started[:1], "state", key)[0]
    assert len([one for one in links if "/estructura-" in one]) == PROCESSES * LINKS
    assert broken is None


@pytest.mark.row(4)
def test_at_one_section_everything_everybody_added_is_there(crowd):
    started, key = crowd
    retried = run(started, key, ["medios"] * PROCESSES)
    assert all(isinstance(one, int) for one in retried)
    links, broken = all_do(started[:1], "state", key)[0]
    wanted = {f"https://ejemplo.mx/medios-{number}/{link}" for number in range(PROCESSES) for link in range(LINKS)}
    assert wanted <= set(links)
    assert broken is None
