"""Work that is killed in the middle is done whole or not at all, and may be repeated: import, copy, putting back."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.conftest import hermanar_env, wait_until_answers
from tests.faults.mother import kills, moments, mother_of
from tests.faults.sites import Officer, serving
from tests.foundation.samples import pdf

pytestmark = [pytest.mark.nightly, pytest.mark.row(9)]
IMPORTS, OTHERS, UPLOADS = 100, 15, 12  # a server takes twenty deaths in a minute for its end
ROWS = 40  # of the file that is imported: enough that most kills find it at work


@pytest.fixture
def house(bare, tmp_path):
    """Return a folder with the cast, one file, and a process that begets others over it."""
    folder = tmp_path / "var"
    bare.file_at(folder / "hermanar.sqlite3")
    with mother_of("tests.faults.house", env=hermanar_env(folder), folder=tmp_path / "children") as mother:
        yield folder, mother


def timed(mother, verb, *values):
    """Return how long a verb takes when nobody kills it."""
    began = time.monotonic()
    mother.do(verb, *values)
    return time.monotonic() - began


def test_an_import_is_killed_and_is_there_whole_or_not_at_all(house, tmp_path, figure):
    folder, mother = house
    mother.do("directory")
    file, kept = str(tmp_path / "lista.csv"), tmp_path / "kept"
    mother.do("write_file", file, ROWS)
    shutil.copytree(folder, kept)
    before = mother.do("counts")
    command = ("call", "import", file, "--yes", "--verbosity", "0")
    seconds = timed(mother, *command)
    after = mother.do("counts")
    assert after["agreements.Agreement"] == before["agreements.Agreement"] + ROWS
    assert mother.do("call", *command[1:]) is None
    assert mother.do("counts") == after  # repeated, it adds nothing
    nothing = all_of_it = cut = 0
    count = kills(IMPORTS)
    for after_seconds in moments(count, within=seconds, seed=9):
        put_back(folder, kept)
        cut += mother.cut(*command, after=after_seconds)
        found = mother.do("counts")
        assert found in (before, after)
        nothing, all_of_it = nothing + (found == before), all_of_it + (found == after)
        mother.do(*command)
        assert mother.do("counts") == after
    assert mother.do("sound") == []
    assert cut > count / 2
    figure(f"{count} kills of an import, {cut} of them at work: {nothing} times nothing, {all_of_it} times all")


def put_back(folder, kept):
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)


def test_a_copy_is_killed_and_no_half_one_bears_its_name(house, tmp_path, figure):
    folder, mother = house
    mother.do("build")
    seconds = timed(mother, "call", "backup", str(tmp_path / "whole.zip"))
    given, cut, count = 0, 0, kills(OTHERS)
    for number, after in enumerate(moments(count, within=seconds, seed=10)):
        path = tmp_path / f"copy-{number}.zip"
        cut += mother.cut("call", "backup", str(path), after=after)
        if path.exists():
            given += 1
            mother.do("checked", str(path))
    assert cut
    mother.do("call", "backup", str(tmp_path / "last.zip"))
    for place in (folder, tmp_path):  # nor is one left in the way
        assert [one.name for one in place.iterdir() if one.name.startswith(".")] == []
    assert mother.do("sound") == []
    figure(f"{count} kills of a copy, {cut} at work: {given} whole ones, 0 half")


def test_putting_back_is_killed_and_the_house_is_the_old_or_the_new(house, tmp_path, figure):
    """Repeated, it always gives the new one; keys are files, so a kill beside the commit may need just that."""
    folder, mother = house
    mother.do("build")
    copy, kept = str(tmp_path / "copy.zip"), tmp_path / "kept"
    mother.do("call", "backup", copy)
    then = mother.do("counts")
    mother.do("directory_more")
    shutil.copytree(folder, kept)
    now = mother.do("counts")
    assert now != then
    command = ("put_back", copy)
    seconds = timed(mother, *command)
    old = new = cut = 0
    count = kills(OTHERS)
    for after in moments(count, within=seconds, seed=11):
        put_back(folder, kept)
        cut += mother.cut(*command, after=after)
        found = mother.do("counts")
        assert found in (now, then)
        old, new = old + (found == now), new + (found == then)
        mother.do(*command)
        assert mother.do("counts") == then
        assert mother.do("sound") == []
    assert cut
    figure(f"{count} kills of putting back, {cut} at work: {old} times the old house, {new} times the new one")


def test_an_upload_is_killed_and_no_half_file_stays(house, tmp_path, figure):
    """Kill the process that serves, at any moment of a form with a document; the form is sent again as it was."""
    folder, mother = house
    agreement = mother.do("build")
    env = hermanar_env(folder)
    with serving(mother, env=env, folder=tmp_path, workers=1) as site:
        officer = Officer(site.port, agreement=agreement, **mother.do("sign_in"))
        began = time.monotonic()
        assert officer.note(officer.form(), paper(0)).status == 302
        seconds, count, cut, keys = time.monotonic() - began, kills(UPLOADS), 0, set()
        for number, after in enumerate(moments(count, within=seconds, seed=12), start=1):
            form = officer.form()
            with ThreadPoolExecutor(1) as sender:
                sent = sender.submit(officer.note, form, paper(number))
                time.sleep(after)
                site.kill_workers()
                cut += sent.exception() is not None
            assert sent.exception() is not None or sent.result().status == 302
            wait_until_answers(f"http://127.0.0.1:{site.port}/salud/", server=site.process, log=site.log)
            assert officer.note(form, paper(number)).status == 302
            keys.add(form["key"])
    found, documents = mother.do("activities")
    assert keys < set(found)
    assert (len(found), documents) == (count + 1, count + 1)
    assert mother.do("halves") == []
    assert mother.do("sound") == []
    figure(f"{count} kills under an upload, {cut} cut off: 0 half files, 0 rows without a file, each kept once")


def paper(number):
    """Return a PDF unlike the others."""
    return pdf(lambda writer: writer.add_metadata({"/Title": f"Acta {number}"}), pages=200)
