"""Every defence can still be taken away: what it removes stands once, and the tests that must notice are there."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.conftest import ROOT
from tests.defences import every_defence


def astray(defence):
    """Say what of a removal no longer fits the project."""
    found = []
    times = (ROOT / defence.file).read_text(encoding="utf-8").count(defence.stands)
    if times != 1 or defence.stands == defence.falls:
        found.append(f"row {defence.row}, {defence.what}: stands {times} times in {defence.file}")
    for test in defence.tests:
        path, *names = re.sub(r"\[.*", "", test).split("::")
        text = (ROOT / path).read_text(encoding="utf-8")
        found += [f"{path} has no {name}" for name in names if not re.search(rf"(def|class) {name}\b", text)]
    return found


def test_every_removal_fits_the_project():
    defences = every_defence()
    assert len(defences) > 150
    assert [line for defence in defences for line in astray(defence)] == []


def test_a_removal_that_no_longer_fits_is_told():
    one = every_defence()[0]
    assert "stands 0 times" in astray(replace(one, stands="what is nowhere"))[0]
    path = one.tests[0].partition("::")[0]
    assert astray(replace(one, tests=(f"{path}::test_that_is_gone",))) == [f"{path} has no test_that_is_gone"]
