"""The reconciliation against the two samples labelled by hand (labels/README.md).

What the first, untuned version reached on the first sample: places 0.987 precise with 0.973 recalled, ties (T1 to T3)
1.000 with 0.648. Rules were mended twice with that sample in sight, so its figures flatter them. The second sample was
labelled before the second time and not looked at: places went from 1.000 and 0.988 to the same, hard pairs from 1.000
and 0.877 to 1.000 and 0.992 [0.958, 0.999].
"""

import importlib.util
import sys

import pytest

from hermanar.site.settings import PACKAGE

SCRIPT = PACKAGE.parent / "benchmarks" / "reconciliation.py"
FLOORS = {
    "first": {
        "places, all": (0.98, 0.95), "places, world list": (0.98, 0.95), "places, Mexican list": (0.98, 0.95),
        "ties, rates (T1-T3)": (0.98, 0.95), "ties, Mexican rows (T1-T2)": (0.98, 0.95),
        "ties, hard pairs (T4-T8)": (0.98, 0.98), "ties, agreements (A)": (0.98, 0.95),
        "ties, all pairs unweighted": (0.98, 0.98),
    },
    "second": {
        "places, all": (0.98, 0.95), "places, world list": (0.98, 0.95), "places, Mexican list": (0.98, 0.95),
        "ties, rates (T1-T3)": (0.98, 0.95), "ties, Mexican rows (T1-T2)": (0.98, 0.95),
        "ties, hard pairs (T4-T8)": (0.98, 0.98), "ties, all pairs unweighted": (0.98, 0.98),
    },
}  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("captures")]


def _loaded(name):
    spec = importlib.util.spec_from_file_location(name, SCRIPT.with_name(f"{name}.py"))
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def reconciliation():
    return _loaded("reconciliation")


@pytest.mark.parametrize("sample", FLOORS)
def test_the_reconciliation_keeps_its_quality(reconciliation, sample):
    reached = {
        name: (item.precision.share, item.recall.share) for name, item in reconciliation.all_figures(sample).items()
    }
    least = FLOORS[sample]
    assert list(reached) == list(least)
    assert [name for name, low in least.items() if reached[name][0] < low[0] or reached[name][1] < low[1]] == []


def test_what_cannot_be_decided_is_counted_apart(reconciliation):
    undecided = {
        sample: {name: item.undecidable for name, item in reconciliation.all_figures(sample).items()}
        for sample in FLOORS
    }
    assert undecided["first"]["places, all"] == 14
    assert undecided["first"]["ties, all pairs unweighted"] == 7
    assert undecided["second"]["places, all"] == 6
    assert undecided["second"]["ties, all pairs unweighted"] == 2


def test_the_second_sample_is_what_its_script_draws(reconciliation):
    """Its rows were not chosen: only their labels, and the rows found for those of T1 to T3, were added by hand."""
    drawn = _loaded("second_sample")
    places = {"label", "confidence", "reason", "also_correct"}
    ties = {"label", "reason", "right_ref", "right_text"}

    def without(rows, columns):
        return [{name: value for name, value in row.items() if name not in columns} for row in rows]

    assert without(reconciliation.rows("second", "places"), places) == without(drawn.place_rows(), places)
    assert without(reconciliation.rows("second", "ties"), ties) == without(drawn.tie_rows(), ties)


def test_the_samples_have_nothing_in_common(reconciliation):
    named = [
        {(row["name_as_written"], row["country_as_written"]) for row in reconciliation.rows(sample, "places")}
        for sample in FLOORS
    ]
    assert named[0] & named[1] == set()
    pairs = [
        {
            (row["stratum"][:2] if not row["stratum"].startswith(("T4", "T5", "T8")) else "pair", row["left_ref"])
            + ((row["right_ref"],) if row["stratum"].startswith(("T4", "T5", "T8")) else ())
            for row in reconciliation.rows(sample, "ties")
        }
        for sample in FLOORS
    ]
    assert pairs[0] & pairs[1] == set()
