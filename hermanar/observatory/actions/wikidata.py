"""Wikidata's answer to the query of ties with a Mexican end, turned into a capture; asking is the console's."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from hermanar.directory.models import Country
from hermanar.foundation.access import Actor
from hermanar.foundation.models import Revision
from hermanar.foundation.words import fold
from hermanar.observatory.actions.facts import CaptureFacts, CaptureRows, PlaceFacts, TieFacts
from hermanar.observatory.actions.recording import CaptureReport, load_capture

Binding = Mapping[str, Mapping[str, str]]
MEXICO = "México"
POINT = re.compile(r"Point\((-?[\d.]+(?:[eE]-?\d+)?) (-?[\d.]+(?:[eE]-?\d+)?)\)")

MOMENT = re.compile(r"(\d{4})-\d\d-\d\d(?=T)")
_KNOWN_SIGNS = {"9": 4, "10": 7, "11": 10}  # wikibase:timePrecision: year, month, day; finer ones are not written


def load_wikidata_ties(bindings: Iterable[Binding], *, captured_on: str, by: Actor) -> CaptureReport:
    """Turn the bindings of the query of P190 statements with a Mexican end into a capture and load it.

    A statement is told once however many rows its optional values make; ended ties stay, with their end; deprecated
    statements are left out; the key of a tie is the unordered pair of items and the part it applies to. Another answer
    of the same day is another capture; the same answer is read again only when the directory has changed since.
    """
    rows = [row for row in bindings if not _value(row, "rango").endswith("DeprecatedRank")]
    rows.sort(key=_content)  # a server answers in any order
    countries = _country_codes()
    places: dict[str, PlaceFacts] = {}
    statements: dict[str, list[Binding]] = defaultdict(list)
    for row in rows:
        statements[_item(row, "st")].append(row)
    ends: dict[str, list[Binding]] = defaultdict(list)
    for row in rows:
        ends[_item(row, "a")].append(row)
        ends[_item(row, "b")].append(row)
    for item, its in sorted(ends.items()):
        places[item] = _place(item, its, countries)
    ties = [_tie(number, key, its) for number, (key, its) in enumerate(sorted(statements.items()), start=1)]
    content = hashlib.sha256("\n".join(dict.fromkeys(map(_content, rows))).encode()).hexdigest()
    facts = CaptureFacts(
        key=f"wikidata-{captured_on}-{content[:8]}", source="wikidata-hermanamientos-mexico", captured_on=captured_on,
        origin="wikidata", licence="CC0 1.0", address="https://www.wikidata.org/wiki/Property:P190",
        title_es="Wikidata: ciudades hermanas de México (P190)", title_en="Wikidata: sister cities of Mexico (P190)",
        coverage_es="Declaraciones P190 con un extremo en México, en los dos sentidos; también entre dos mexicanas.",
        coverage_en="P190 statements with an end in Mexico, both directions, also between Mexican cities.",
        digest=hashlib.sha256(f"{content} {_directory_revision()}".encode()).hexdigest(), covers_domestic_mexico=True,
    )  # fmt: skip
    return load_capture(CaptureRows(facts, list(places.values()), ties), by=by)


def _content(row: Binding) -> str:
    return json.dumps(sorted((name, row[name]["value"]) for name in row))


def _directory_revision() -> int:
    return Revision.objects.filter(name="places").values_list("number", flat=True).first() or 0


def _value(row: Binding, name: str) -> str:
    return row[name]["value"] if name in row else ""


def _item(row: Binding, name: str) -> str:
    return _value(row, name).rpartition("/")[2]


def _country_codes() -> dict[str, str]:
    codes = {}
    for country in Country.objects.all():
        codes[fold(country.name_es)] = codes[fold(country.name_en)] = country.code
    return codes


def _place(item: str, rows: list[Binding], countries: Mapping[str, str]) -> PlaceFacts:
    """Gather what the rows say of one item; it may stand at either end, and Mexico may be at both."""
    hints = [f"wikidata:{item}"]
    name = ""
    lands: list[str] = []
    position: tuple[float, float] | None = None
    for row in rows:
        end = "a" if _item(row, "a") == item else "b"
        name = name or _value(row, f"{end}Label")
        for scheme, column in (("inegi", "Inegi"), ("geonames", "Geonames")):
            if _value(row, end + column):
                hints.append(f"{scheme}:{_value(row, end + column)}")
        lands.append(_country(row, end))
        point = POINT.match(_value(row, f"{end}Coord"))
        if point and position is None:
            position = float(point[2]), float(point[1])
    # An item may have been in several countries: one that is known answers, Mexico before the rest.
    written = min(filter(None, lands), key=lambda land: (fold(land) not in countries, land != MEXICO, land), default="")
    return PlaceFacts(
        key=item, name=name or item, country_as_written=written, country=countries.get(fold(written), ""),
        hints=tuple(dict.fromkeys(hints)),
        latitude=position[0] if position else None, longitude=position[1] if position else None, is_vouched=True,
    )  # fmt: skip


def _country(row: Binding, end: str) -> str:
    """Return the country of an end; one that does not say it is Mexican by INEGI's code, or if the other is not."""
    written = _value(row, f"{end}PaisLabel")
    across = _value(row, "bPaisLabel" if end == "a" else "aPaisLabel")
    is_mexican = _value(row, f"{end}Inegi") or (across and across != MEXICO)  # the query asks for a Mexican end
    return written or (MEXICO if is_mexican else "")


def _tie(number: int, statement: str, rows: list[Binding]) -> TieFacts:
    first = rows[0]
    one, other = sorted((_item(first, "a"), _item(first, "b")))
    signed, began, ended = (
        next(filter(None, (_day(row, name) for row in rows)), "") for name in ("fecha", "inicio", "fin")
    )
    part = next((_value(row, "parteLabel") or _item(row, "parte") for row in rows if "parte" in row), "")
    return TieFacts(number, one, other, statement_id=statement, part=part[:80], started=signed or began, ended=ended)


def _day(row: Binding, name: str) -> str:
    """Return a day as far as it is known: 1987, 1987-12 or 1987-12-21; nothing of one known only to its decade.

    A 1 January that does not say how precisely it is known is told as its year: so a year alone is written.
    """
    told = MOMENT.match(_value(row, name))
    if told is None:
        return ""
    precision = _value(row, f"{name}Precision")
    if not precision:
        return told[1] if told[0].endswith("-01-01") else told[0]
    return told[0][: _KNOWN_SIGNS.get(precision, 0)]
