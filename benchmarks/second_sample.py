"""Draw the second labelled sample: the strata of the first, disjoint from it, with a fixed seed and no labels.

`python benchmarks/second_sample.py places` (or `ties`) prints the rows as they were before they were labelled; the
labels stand in tests/observatory/labels/second_*.csv. Strata that the first sample used up cannot be drawn again: for
pairs that are hard by their names, wider screenings of the same kind stand in for them.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from rapidfuzz.distance import OSA

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hermanar.foundation.words import fold  # noqa: E402 - a script finds the package first

TIES, LABELS = ROOT / "hermanar" / "data" / "ties", ROOT / "tests" / "observatory" / "labels"
SEED = 20270214
PLACES_DRAWN = {
    "W-mx-node": 20, "W-partner-of-mx": 25, "W-A-big": 25, "W-A-small": 25, "W-B": 25, "W-C": 25, "W-D": 30,
    "M-mx-clean": 10, "M-other-clean": 10, "M-other-far": 14, "M-other-revisar": 11, "M-other-sin-geonames": 11,
}  # fmt: skip
TIES_DRAWN = {
    "T1-mx-row-in-world": 30, "T2-world-mx-row-in-mx": 25, "T3-world-row-in-world": 35, "T4-world-pair-same-hint": 25,
    "T5-world-pair-same-names": 50, "T5-world-pair-alike": 60, "T8-world-pair-other-country": 35,
}  # fmt: skip
LARGE = 15_000  # inhabitants
SHORT = 5  # letters below which a likeness of names is chance
COMMON_WORDS = frozenset(
    {"de", "la", "the", "of", "city", "le", "el", "county", "district", "san", "saint", "st", "am", "on"}
)

Row = dict[str, str]


def table(path: Path) -> list[Row]:
    """Read a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NODES = {row["nodo"]: row for row in table(TIES / "world_places.csv")}
WORLD = [(row["nodo_a"], row["nodo_b"]) for row in table(TIES / "world_ties.csv")]
MEXICO = table(TIES / "mexico_ties.csv")
FOLDED = {key: fold(row["nombre"]) for key, row in NODES.items()}


def written(key: str) -> str:
    """Write a node as its source does."""
    return f"{NODES[key]['nombre']} ({NODES[key]['pais_fuente']})"


def world_text(number: int) -> str:
    """Write a row of the world list, counted from one."""
    return " – ".join(map(written, WORLD[number - 1]))


def mexican_text(number: int) -> str:
    """Write a row of the Mexican list, counted from one."""
    row = MEXICO[number - 1]
    return f"{row['mx_nombre']} (Mexico) – {row['otro_nombre']} ({row['otro_pais']})"


def drawn(stratum: str, frame: Iterable, count: int) -> list:
    """Draw from one stratum with a generator of its own."""
    frame = sorted(frame)
    return sorted(random.Random(f"{SEED} {stratum}").sample(frame, min(count, len(frame))))


# ── Places ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def place_units() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield (stratum, source, reference, name, country) of everything that can be drawn."""
    mexican = {key for key, row in NODES.items() if row["iso2"] == "MX"}
    partners = {end for tie in WORLD for end in tie if set(tie) & mexican} - mexican
    for key, row in NODES.items():
        kind = row["calidad"][0]
        size = ("-big" if int(row["poblacion"] or 0) >= LARGE else "-small") if kind == "A" else ""
        stratum = "W-mx-node" if key in mexican else "W-partner-of-mx" if key in partners else f"W-{kind}{size}"
        yield stratum, "world-list", key, row["nombre"], row["pais_fuente"]
    for number, row in enumerate(MEXICO, start=1):
        if not row["mx_match"].startswith(("REVISAR", "SIN")):
            yield "M-mx-clean", "mx-list", f"{number} mx", row["mx_nombre"], "Mexico"
        match = row["otro_match"]
        kind = "revisar" if match.startswith("REVISAR") else "sin-geonames" if match.startswith("SIN") else "clean"
        stratum = f"M-other-{'far' if 'lejano' in match else kind}"
        yield stratum, "mx-list", f"{number} other", row["otro_nombre"], row["otro_pais"]


def context(source: str, reference: str) -> str:
    """Name the partners of a node, or the other end of a row."""
    if source == "mx-list":
        number, end = reference.split()
        row = MEXICO[int(number) - 1]
        return f"{row['otro_nombre']} ({row['otro_iso2']})" if end == "mx" else f"{row['mx_nombre']} (MX)"
    partners = [other for tie in WORLD if reference in tie for other in tie if other != reference]
    shown = "; ".join(f"{NODES[key]['nombre']} ({NODES[key]['iso2']})" for key in partners[:5])
    return shown if len(partners) <= len(shown.split("; ")) else f"{shown} … {len(partners)} in all"


def place_rows() -> Iterator[Row]:
    """Yield the drawn places; what the first sample labelled, under any reference, is not drawn again."""
    before = {(row["name_as_written"], row["country_as_written"]) for row in table(LABELS / "places_sample.csv")}
    frames = defaultdict(list)
    for stratum, *unit in place_units():
        if tuple(unit[2:]) not in before:
            frames[stratum].append(tuple(unit))
    number = 0
    for stratum, count in PLACES_DRAWN.items():
        chosen = drawn(stratum, frames[stratum], count)
        for source, reference, name, country in chosen:
            number += 1
            yield {
                "sample_id": f"Q{number:03}", "stratum": stratum, "stratum_size": str(len(frames[stratum])),
                "stratum_drawn": str(len(chosen)), "source": source, "source_ref": reference, "name_as_written": name,
                "country_as_written": country, "context": context(source, reference), "label": "", "confidence": "",
                "reason": "", "also_correct": "",
            }  # fmt: skip


# ── Ties ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_alike(one: str, other: str) -> bool:
    """Say whether two folded names are worth a second look."""
    if min(len(one), len(other)) >= SHORT and (
        one.startswith(other) or other.startswith(one) or OSA.distance(one, other, score_cutoff=1) <= 1
    ):
        return True
    core, core2 = set(one.split()) - COMMON_WORDS, set(other.split()) - COMMON_WORDS
    return bool(core and core2) and (core <= core2 or core2 <= core)


def screened() -> dict[tuple[int, int], str]:
    """Return every pair of world rows that share one end by its name and whose other ends are alike, by stratum."""
    by_name = defaultdict(list)
    for number, (one, other) in enumerate(WORLD, start=1):
        by_name[FOLDED[one]].append((number, one, other))
        if FOLDED[one] != FOLDED[other]:
            by_name[FOLDED[other]].append((number, other, one))
    pairs = {}
    for rows in by_name.values():
        for (number, shared, end), (number2, shared2, end2) in combinations(rows, 2):
            if number != number2 and (shared, end) != (shared2, end2) and is_alike(FOLDED[end], FOLDED[end2]):
                pairs[tuple(sorted((number, number2)))] = _tie_stratum((shared, end), (shared2, end2))
    return pairs


def _tie_stratum(one: tuple[str, str], other: tuple[str, str]) -> str:
    hints = [sorted(NODES[key]["geonameid"] for key in ends) for ends in (one, other)]
    if hints[0] == hints[1] and all(hints[0]):
        return "T4-world-pair-same-hint"
    countries = [[NODES[key]["iso2"] for key in ends] for ends in (one, other)]
    if countries[0] != countries[1]:
        return "T8-world-pair-other-country"
    return "T5-world-pair-same-names" if FOLDED[one[1]] == FOLDED[other[1]] else "T5-world-pair-alike"


def tie_rows() -> Iterator[Row]:
    """Yield the drawn pairs and rows; for a row alone the right side is to be looked for by hand."""
    before, frames = table(LABELS / "ties_sample.csv"), defaultdict(list)
    used = {(row["stratum"][:2], row["left_ref"]) for row in before}
    for number in range(1, len(MEXICO) + 1):
        frames["T1-mx-row-in-world"].append((number,))
    for number, ends in enumerate(WORLD, start=1):
        is_mexican = "MX" in {NODES[key]["iso2"] for key in ends}
        frames["T2-world-mx-row-in-mx" if is_mexican else "T3-world-row-in-world"].append((number,))
    for stratum, frame in frames.items():
        frame[:] = [unit for unit in frame if (stratum[:2], str(unit[0])) not in used]
    labelled = {
        frozenset((int(row["left_ref"]), int(row["right_ref"])))
        for row in before
        if row["left_source"] == row["right_source"] == "world-list" and row["right_ref"].isdigit()
    }
    for pair, stratum in screened().items():
        if frozenset(pair) not in labelled:
            frames[stratum].append(pair)
    number = 0
    for stratum, count in TIES_DRAWN.items():
        chosen = drawn(stratum, frames[stratum], count)
        for unit in chosen:
            number += 1
            is_left_mexican, is_right_mexican = stratum.startswith("T1"), stratum.startswith("T2")
            yield {
                "sample_id": f"U{number:03}", "stratum": stratum, "stratum_size": str(len(frames[stratum])),
                "stratum_drawn": str(len(chosen)), "left_source": "mx-list" if is_left_mexican else "world-list",
                "left_ref": str(unit[0]), "left_text": (mexican_text if is_left_mexican else world_text)(unit[0]),
                "right_source": "mx-list" if is_right_mexican else "world-list",
                "right_ref": str(unit[1]) if len(unit) > 1 else "",
                "right_text": world_text(unit[1]) if len(unit) > 1 else "", "label": "", "reason": "",
            }  # fmt: skip


def main() -> None:
    """Print the rows asked for."""
    rows = list({"places": place_rows, "ties": tie_rows}[sys.argv[1]]())
    writer = csv.DictWriter(sys.stdout, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


if __name__ == "__main__":
    main()
