"""Precision and recall of the reconciliation on the two hand-labelled samples, places and ties apart.

Run it against a loaded database: `python benchmarks/reconciliation.py [--misses]`; the misses are those of the first
sample, for the second stays out of sight while rules are mended. Figures are weighted by stratum
(weight = size / drawn); intervals are Wilson's at 95 % with the effective sample size of the weights
(Kish). What cannot be decided is left out of the rates and counted.
"""

from __future__ import annotations

import csv
import math
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import django
from django.apps import apps

if not apps.ready:  # as a script; a test comes with Django set up
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
    django.setup()

from hermanar.directory.models import Identifier
from hermanar.directory.queries import resolve_party
from hermanar.observatory.models import ReportedPlace, ReportedTie
from hermanar.observatory.rules import pair_key

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "tests" / "observatory" / "labels"
AGREEMENTS = ROOT / "hermanar" / "data" / "registry" / "agreements.csv"
FILES = {
    "first": {"places": "places_sample.csv", "ties": "ties_sample.csv"},
    "second": {"places": "second_places.csv", "ties": "second_ties.csv"},
}
WORLD, MEXICO = "mundo-wikipedia-2026", ("mexico-wikipedia-2026", "mexico-wikipedia-2023")
RATE_STRATA = ("T1-", "T2-", "T3-")  # the others were drawn as hard pairs: counted as sets, not weighted
Z = 1.959964


@dataclass
class Rate:
    """A weighted share with what it takes to say how sure it is."""

    right: float = 0.0
    total: float = 0.0
    squares: float = 0.0
    count: int = 0

    def add(self, *, is_right: bool, weight: float) -> None:
        """Count one case."""
        self.right += weight * is_right
        self.total += weight
        self.squares += weight * weight
        self.count += 1

    @property
    def share(self) -> float:
        """The share itself; of nothing it is one."""
        return self.right / self.total if self.total else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval at 95 %, with the effective number of cases."""
        if not self.count:
            return 0.0, 1.0
        effective = self.total**2 / self.squares
        share, bound = self.share, Z * Z / effective
        middle = (share + bound / 2) / (1 + bound)
        half = Z * math.sqrt(share * (1 - share) / effective + bound / (4 * effective)) / (1 + bound)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.share:.3f} [{low:.3f}, {high:.3f}] (n={self.count})"


@dataclass
class Figures:
    """Precision and recall of one thing, what could not be decided, and the misses by sample number."""

    precision: Rate = field(default_factory=Rate)
    recall: Rate = field(default_factory=Rate)
    undecidable: int = 0
    misses: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"precision {self.precision}  recall {self.recall}  undecidable {self.undecidable}"


def rows(sample: str, kind: str) -> Iterable[dict[str, str]]:
    """Read the labels of a sample: its places or its ties."""
    with (LABELS / FILES[sample][kind]).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def weight_of(row: dict[str, str]) -> float:
    """Say how many cases of the whole one drawn row stands for."""
    return int(row["stratum_size"]) / int(row["stratum_drawn"])


def place_figures(sample: str, *, accept: Callable[[str], bool] = lambda _stratum: True) -> Figures:
    """Compare every labelled place with the place it was resolved to."""
    figures = Figures()
    for row in rows(sample, "places"):
        if not accept(row["stratum"]):
            continue
        if row["label"] == "undecidable":
            figures.undecidable += 1
            continue
        found = resolved_identifiers(row["source"], row["source_ref"])
        right = {row["label"], *row["also_correct"].split(";")} - {""}
        is_right = bool(found & right) if found else "none" in right
        if found:
            figures.precision.add(is_right=is_right, weight=weight_of(row))
        if row["label"] != "none" and not (not found and "none" in right):
            figures.recall.add(is_right=bool(found) and is_right, weight=weight_of(row))
        if not is_right:
            figures.misses.append(
                f"{row['sample_id']} {row['stratum']} {row['name_as_written']} ({row['country_as_written']}): "
                f"{row['label']}, found {sorted(found) or 'none'}"
            )
    return figures


def resolved_identifiers(source: str, reference: str) -> set[str]:
    """Return the identifiers of the place a node or a row's end was resolved to."""
    if source == "world-list":
        reported = ReportedPlace.objects.get(capture__key=WORLD, key=reference)
    else:
        number, end = reference.split()
        row = mexican_row(int(number))
        reported = row.one if end == "mx" else row.other
    return {str(item) for item in Identifier.objects.filter(place=reported.place_id)} if reported.place_id else set()


def mexican_row(number: int):
    """Return the row of the Mexican list with this 1-based number, in the newest capture that has it."""
    found = ReportedTie.objects.filter(capture__key__in=MEXICO, row=number + 1).order_by("-capture__key")
    return found.select_related("one", "other")[0]


def tie_figures(sample: str, *, accept: Callable[[str], bool], is_weighted: bool) -> Figures:
    """Compare every labelled pair of rows with whether they were recognised as one tie."""
    figures = Figures()
    for row in rows(sample, "ties"):
        if not accept(row["stratum"]):
            continue
        if row["label"] == "undecidable":
            figures.undecidable += 1
            continue
        weight = weight_of(row) if is_weighted else 1.0
        is_said, is_true = is_recognised(row), row["label"] == "same"
        if is_said:
            figures.precision.add(is_right=is_true, weight=weight)
        if is_true:
            figures.recall.add(is_right=is_said, weight=weight)
        if is_said != is_true:
            figures.misses.append(
                f"{row['sample_id']} {row['stratum']} {row['left_text']} / {row['right_text']}: {row['label']}"
            )
    return figures


def is_recognised(row: dict[str, str]) -> bool:
    """Say whether the two sides of a labelled pair were recognised as one tie."""
    if not row["right_ref"]:
        return has_other_report(row)
    sides = [
        tie_key(row[f"{side}_source"], reference.strip())
        for side in ("left", "right")
        for reference in row[f"{side}_ref"].split(";")
    ]
    return all(sides) and len(set(sides)) == 1


def has_other_report(row: dict[str, str]) -> bool:
    """Say whether the left side was recognised in some row of the right list other than itself."""
    key = tie_key(row["left_source"], row["left_ref"])
    keys = (WORLD,) if row["right_source"] == "world-list" else MEXICO
    reports = ReportedTie.objects.filter(capture__key__in=keys).select_related("one", "other")
    reports = reports.filter(pair=key)
    if row["left_source"] == row["right_source"]:
        reports = reports.exclude(row=int(row["left_ref"]) + 1)
    return bool(key) and reports.exists()


def tie_key(source: str, reference: str) -> str:
    """Return what tells a tie: the pair of a row or of the places of an agreement."""
    if source == "agreements":
        with AGREEMENTS.open(encoding="utf-8", newline="") as file:
            row = next(item for item in csv.DictReader(file) if item["reference"] == reference)
        host = resolve_party(row["host_city"], region=row["host_region"], country=row["host_country"]).place
        partner = resolve_party(row["partner_city"], region=row["partner_region"], country=row["partner_country"]).place
        return pair_key(str(host.pk), str(partner.pk)) if host and partner else ""
    if source == "world-list":
        report = ReportedTie.objects.select_related("one", "other").get(capture__key=WORLD, row=int(reference) + 1)
    else:
        report = mexican_row(int(reference))
    return report.pair


def all_figures(sample: str) -> dict[str, Figures]:
    """Return every figure that is reported of a sample."""
    is_rate = lambda stratum: stratum.startswith(RATE_STRATA)  # noqa: E731
    is_hard = lambda stratum: stratum[0] == "T" and not is_rate(stratum)  # noqa: E731
    figures = {
        "places, all": place_figures(sample),
        "places, world list": place_figures(sample, accept=lambda stratum: stratum.startswith("W-")),
        "places, Mexican list": place_figures(sample, accept=lambda stratum: stratum.startswith("M-")),
        "ties, rates (T1-T3)": tie_figures(sample, accept=is_rate, is_weighted=True),
        "ties, Mexican rows (T1-T2)": tie_figures(
            sample, accept=lambda stratum: stratum.startswith(("T1-", "T2-")), is_weighted=True
        ),
        "ties, hard pairs (T4-T8)": tie_figures(sample, accept=is_hard, is_weighted=False),
        "ties, agreements (A)": tie_figures(sample, accept=lambda stratum: stratum.startswith("A-"), is_weighted=False),
        "ties, all pairs unweighted": tie_figures(sample, accept=lambda _stratum: True, is_weighted=False),
    }
    return {name: item for name, item in figures.items() if item.precision.count or item.recall.count}


def main() -> None:
    """Print the figures of both samples, and with --misses each row of the first that was got wrong."""
    for sample in FILES:
        print(f"{sample} sample")
        for name, figures in all_figures(sample).items():
            print(f"  {name:28} {figures}")
            for miss in figures.misses if "--misses" in sys.argv and sample == "first" else ():
                print("     ", miss)


if __name__ == "__main__":
    main()
