"""The reconciliation against the sample labelled by hand (labels/README.md).

What the first, untuned version reached: places 0.987 precise with 0.973 recalled, ties (T1 to T3) 1.000 with 0.648.
After one revision on the same sample, so by an optimistic count: places 0.987 and 0.974, ties 1.000 and 1.000; of the
pairs drawn because they are hard, 0.888 are recalled. The goal of 0.95 is missed there: slips of country stay open.
"""

import importlib.util
import sys

import pytest

from hermanar.site.settings import PACKAGE

SCRIPT = PACKAGE.parent / "benchmarks" / "reconciliation.py"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("captures")]


@pytest.fixture
def figures():
    spec = importlib.util.spec_from_file_location("reconciliation", SCRIPT)
    module = sys.modules["reconciliation"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.all_figures()


def test_the_reconciliation_keeps_its_quality(figures):
    least = {
        "places, all": (0.98, 0.95), "places, world list": (0.98, 0.95), "places, Mexican list": (0.98, 0.95),
        "ties, rates (T1-T3)": (0.98, 0.95), "ties, Mexican rows (T1-T2)": (0.98, 0.95),
        "ties, hard pairs (T4-T8)": (0.98, 0.85), "ties, agreements (A)": (0.98, 0.95),
        "ties, all pairs unweighted": (0.98, 0.94),
    }  # fmt: skip
    reached = {name: (item.precision.share, item.recall.share) for name, item in figures.items()}
    assert list(reached) == list(least)
    assert [name for name, low in least.items() if reached[name][0] < low[0] or reached[name][1] < low[1]] == []


def test_what_cannot_be_decided_is_counted_apart(figures):
    assert {name: item.undecidable for name, item in figures.items()} == {
        "places, all": 14, "places, world list": 12, "places, Mexican list": 2, "ties, rates (T1-T3)": 0,
        "ties, Mexican rows (T1-T2)": 0, "ties, hard pairs (T4-T8)": 5, "ties, agreements (A)": 2,
        "ties, all pairs unweighted": 7,
    }  # fmt: skip
