"""The official IATI 2.03 as a judge: schema, code lists and ruleset, each flaw a sentence."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from pathlib import Path

from lxml import etree

HOME = Path(__file__).parent / "iati"
LANGUAGE = "@xml:lang"


@cache
def schema():
    """Return the activity schema; it asks nothing of the network."""
    return etree.XMLSchema(etree.parse(HOME / "schemas/iati-activities-schema.xsd", etree.XMLParser(no_network=True)))


@cache
def codes(name):
    return frozenset(etree.parse(HOME / "codelists" / f"{name}.xml").xpath("//codelist-item/code/text()"))


@cache
def mappings():
    """Return (path of the attribute, list, condition) of every mapping of activities."""
    found = etree.parse(HOME / "codelist-mapping.xml").xpath("//mapping")
    told = [(one.findtext("path"), one.find("codelist").get("ref"), one.findtext("condition") or "") for one in found]
    return [one for one in told if "iati-organisation" not in one[0]]


def flaws(written: bytes) -> list[str]:
    """Return everything the standard has to say against a file."""
    tree = etree.fromstring(written).getroottree()
    found = [] if schema().validate(tree) else [f"{one.line}: {one.message}" for one in schema().error_log]
    return [*found, *_unlisted(tree), *_against_rules(tree)]


def _unlisted(tree):
    """Yield the codes that are not in their list; a list that is not kept here is a flaw of the test itself."""
    for path, name, condition in mappings():
        if path == "//" + LANGUAGE:
            values = tree.xpath(path)
        else:
            element, _slash, last = path.rpartition("/")
            values = tree.xpath(f"{element}[{condition}]/{last}" if condition else path)
        yield from (f"{path}: {value} is not in {name}" for value in values if str(value) not in codes(name))


def _against_rules(tree):
    rules = json.loads((HOME / "standard_ruleset.json").read_text(encoding="utf-8"))
    now = dt.datetime.now(tz=dt.UTC).date().isoformat()
    for path, kinds in rules.items():
        for element in tree.xpath(path):
            for kind, rule in kinds.items():
                for case in rule["cases"]:
                    if not _RULES[kind](element, case, now):
                        yield f"{tree.getpath(element)}: {kind} {case}"


def _one(element, path, now):
    found = [now] if path == "NOW" else element.xpath(path)
    return str(found[0]) if found else ""


def _in_order(element, case, now):
    less, more = _one(element, case["less"], now), _one(element, case["more"], now)
    return not less or not more or less <= more


def _sums(element, case, now):
    parts = [float(one) for path in case["paths"] for one in element.xpath(path)]
    return not parts or sum(parts) == case["sum"]


def _one_at_most(element, case, now):
    return sum(len(element.xpath(path)) for path in case["paths"]) <= 1


def _matches(element, case, now):
    values = [one if isinstance(one, str) else one.text for path in case["paths"] for one in element.xpath(path)]
    return all(re.fullmatch(case["regex"], str(value)) for value in values)


_RULES = {
    "atleast_one": lambda element, case, now: any(element.xpath(path) for path in case["paths"]),
    "date_order": _in_order,
    "sum": _sums,
    "no_more_than_one": _one_at_most,
    "regex_matches": _matches,
}
