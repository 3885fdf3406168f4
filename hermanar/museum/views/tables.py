"""Records as rows of the ui's table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.catalogue.sheets import AgreementLine, PartyLine, PlaceLine
from hermanar.museum.views.drawings import counterparts

Cell = dict[str, Any]
_UNKNOWN: Cell = {"is_unknown": True, "value": ""}  # a stroke: a wall of «no se sabe» hides what is known
_FORMATS = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON", "jsonld": "JSON-LD", "geojson": "GeoJSON"}
_BADGES = {
    "vitality": {
        "active": ("full", "good"),
        "dormant": ("half", "warn"),
        "silent": ("ring", "quiet"),
        "unknown": ("dotted", "quiet"),
    },
    "force": {
        "in_force": ("full", "good"),
        "suspended": ("half", "warn"),
        "expired": ("ring", "quiet"),
        "terminated": ("cross", "quiet"),
        "unsigned": ("open", "info"),
        "unknown": ("dotted", "quiet"),
    },
    "registered": {"yes": ("full", "good"), "no": ("cross", "bad"), "unknown": ("dotted", "quiet")},
}


def badge(field: str, value: str, *, is_short: bool = False) -> Cell:
    """Return a state as a badge: a shape and its words."""
    shape, tone = _BADGES[field][value]
    words = _short(field, value) if is_short else read.word(field, value)
    return {"text": words, "shape": shape, "tone": tone}


def lacking() -> Cell:
    """Return the badge of what was signed without the opinion it needs: it stands in the place of the force."""
    return {"text": _("carece de respaldo"), "shape": "cross", "tone": "bad"}


def _short(field: str, value: str) -> str:
    """Return the words of a column whose heading already says the rest."""
    if field == "registered":
        return _("sí") if value == "yes" else _("no")
    return read.word(field, value)


def location(place: PartyLine | PlaceLine) -> str:
    """Write where a place is: state or region, then country."""
    region = place.state or (place.region if isinstance(place, PartyLine) else "")
    return ", ".join(part for part in (region if region != place.name else "", place.country_name) if part)


def agreement_table(lines: Iterable[AgreementLine], *, seen_from: str = "") -> dict[str, Any]:
    """Return columns and rows of a list of agreements, seen from one city when its slug is given."""
    columns = [
        {"label": _("Ciudad hermana") if seen_from else _("Acuerdo")},
        {"label": _("Dónde"), "quiet": True},
        {"label": _("Firma")},
        {"label": _("Vitalidad")},
        {"label": _("Vigencia")},
        {"label": _("En el RAI")},
    ]
    return {"columns": columns, "rows": [_agreement_row(line, seen_from) for line in lines], "is_record": True}


def _agreement_row(line: AgreementLine, seen_from: str) -> dict[str, Any]:
    others = counterparts(line, seen_from) if seen_from else list(line.parties[1:])
    name = ", ".join(party.name for party in others) if seen_from else line.title
    cells: list[Cell | str] = [
        {"text": name, "url": reverse("museum:agreement", args=[line.slug])},
        "; ".join(dict.fromkeys(location(party) for party in others)),
        {"text": read.written_date(line.signed_on), "value": line.signed_on} if line.signed_on else _UNKNOWN,
        _state("vitality", line.vitality),
        {"badge": lacking()} if line.lacks_backing else _state("force", line.force),
        _state("registered", line.registered),
    ]
    return {"cells": cells, "key": line.slug}


def _state(field: str, value: str) -> Cell:
    return _UNKNOWN if value == "unknown" else {"badge": badge(field, value, is_short=True)}


def _city(slug: str) -> str:
    return reverse("museum:city", args=[slug]) if slug else ""


def place_table(lines: Iterable[PlaceLine]) -> dict[str, Any]:
    """Return columns and rows of a list of places."""
    columns = [
        {"label": _("Ciudad")},
        {"label": _("Dónde")},
        {"label": _("Acuerdos documentados"), "numeric": True},
        {"label": _("Lazos reportados"), "numeric": True},
        {"label": _("Población"), "numeric": True},
    ]
    rows = [
        {
            "cells": [
                {"text": f"{line.name} ({line.found_as})" if line.found_as else line.name, "url": _city(line.slug)},
                line.distinction,
                {"text": _count(line.agreement_count), "value": line.agreement_count},
                {"text": _count(line.tie_count), "value": line.tie_count},
                {"text": f"{line.population:,}" if line.population else "", "value": line.population or 0},
            ]
        }
        for line in lines
    ]
    return {"columns": columns, "rows": rows}


def _count(number: int) -> str:
    return f"{number:,}"


def files(name: str, query: str = "", *, formats: tuple[str, ...] = ("csv", "xlsx", "json", "geojson")) -> list[Cell]:
    """Return where a list can be taken away in the reader's language, with the filters in force."""
    spoken = "lang=en" if get_language() == "en" else ""
    tail = "&".join(part for part in (query, spoken) if part)
    return [{"format": _FORMATS[one], "url": f"/datos/{name}.{one}{'?' if tail else ''}{tail}"} for one in formats]
