"""Tags and filters of the components; words and figures as they are printed in this house."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hermanar.ui import courses
from hermanar.ui import rosette as drawing
from hermanar.ui import worldmap as world
from hermanar.ui.kept import Kept

register = template.Library()
NBSP = "\u00a0"
LONG_WORD, LONGER_WORD = 10, 13
MOST_DECADES = 12
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
MONTHS = {
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def _language() -> str:
    return "en" if (get_language() or "es").startswith("en") else "es"


@register.tag
def kept(parser: Any, token: Any) -> template.Node:
    """Render `{% kept rooms %}…{% endkept %}` once for each language and value named; nothing else may be in it."""
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodes, *values)


@register.filter
def thousands(value: float | Decimal | str | None) -> str:
    """Return a number as Mexico and the English-speaking world group it: 26,114."""
    if value is None or value == "":
        return ""
    return f"{value:,}" if isinstance(value, int | float | Decimal) else str(value)


@register.filter
def kilometres(value: float | None) -> str:
    """Return a distance with its unit, which never parts from it."""
    return "" if value is None else f"{round(value):,}{NBSP}km"


@register.filter
def long_date(value: date | str | int | None) -> str:
    """Return a date in words: «31 de octubre de 2025», «mayo de 2019», «1969»; what is no date is left as it is.

    A moment is told as the day it falls on in the zone of the page.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value).date()
    text = value.isoformat()[:10] if isinstance(value, date) else str(value)
    found = _PARTIAL_DATE.fullmatch(text)
    if not found or not 1 <= int(found[2] or 1) <= len(MONTHS["es"]):
        return text
    language = _language()
    year, month, day = found[1], found[2], found[3]
    joint = " de " if language == "es" else " "
    words = [f"{int(day)}"] if day else []
    if month:
        words.append(MONTHS[language][int(month) - 1])
    return joint.join([*words, year]).replace(" ", NBSP, 1)


@register.filter
def in_language(record: Any, name: str) -> str:
    """Return a text that a record holds as `name_es` and `name_en`, in the reader's language where there is one."""
    return str(getattr(record, f"{name}_{_language()}") or getattr(record, f"{name}_es"))


@register.filter
def name_size(name: str) -> str:
    """Return the class that lets the longest word of a name fit its wall: name-l, name-m or name-s."""
    longest = max((len(word) for word in name.split()), default=0)
    return "name-l" if longest <= LONG_WORD else "name-m" if longest <= LONGER_WORD else "name-s"


@register.filter
def beside(
    cells: Sequence[Any], columns: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Return each cell with its column; a plain value becomes a cell with that text."""
    dressed = [cell if isinstance(cell, Mapping) else {"text": cell} for cell in cells]
    return list(zip(dressed, columns, strict=True))


@register.simple_tag
def rosette(rays: Iterable[drawing.Ray], uid: str, label: str, description: str = "", letters: str = "") -> SafeString:
    """Draw the rosette of a city: rays, an id unique in the page, a label."""
    letters = letters or ("NESO" if _language() == "es" else "NESW")
    return SafeString(
        drawing.rosette(list(rays), uid=uid, label=label, description=description, letters=letters)
    )  # escaped where it is drawn


@register.simple_tag
def pair_rosette(
    left: Iterable[drawing.Ray],
    right: Iterable[drawing.Ray],
    uid: str,
    label: str,
    joined: drawing.Stroke = "full",
    hue: str = "home",
) -> SafeString:
    """Draw two rosettes facing each other."""
    return SafeString(
        drawing.pair_rosette(list(left), list(right), uid=uid, label=label, joined=joined, hue=hue)
    )  # escaped where it is drawn


@register.simple_tag
def course(points: Sequence[courses.Point], most: int, label: str) -> SafeString:
    """Draw a value over time on a scale from nought: points are (date, value or None), the oldest first."""
    return SafeString(courses.course(list(points), most=most, label=label))  # escaped where it is drawn


@register.simple_tag
def worldmap(
    targets: Iterable[world.Spot],
    uid: str,
    label: str,
    origin: world.Spot | None = None,
    description: str = "",
    land_url: str = "",
) -> SafeString:
    """Draw the world with its dots and, from an origin, its arcs; `land_url` is a file with the countries."""
    return SafeString(
        world.worldmap(targets, uid=uid, label=label, origin=origin, description=description, land_url=land_url)
    )  # escaped where it is drawn


@register.inclusion_tag("ui/components/figure.html")
def figure(
    value: float | str, label: str, unit: str = "", source: str = "", url: str = "", as_of: date | str = ""
) -> dict[str, Any]:
    """One number that says something, with its source."""
    return {"value": thousands(value), "label": label, "unit": unit, "source": source, "url": url, "as_of": as_of}


@register.inclusion_tag("ui/components/badge.html")
def badge(text: str, shape: str = "full", tone: str = "plain", title: str = "") -> dict[str, Any]:
    """One state: a shape and a word."""
    return {"text": text, "shape": shape, "tone": tone, "title": title}


@register.inclusion_tag("ui/components/facet.html")
def facet(
    label: str, options: Iterable[Mapping[str, Any]], *, is_open: bool = True, more_url: str = ""
) -> dict[str, Any]:
    """One filter as links with counts."""
    return {"label": label, "options": options, "open": is_open, "more_url": more_url}


@register.inclusion_tag("ui/components/source_note.html")
def source_note(
    source: str, as_of: date | str = "", url: str = "", licence: str = "", note: str = ""
) -> dict[str, Any]:
    """Say who states a fact, and when."""
    return {"source": source, "as_of": as_of, "url": url, "licence": licence, "note": note}


@register.inclusion_tag("ui/components/bars.html")
def bars(rows: Iterable[Mapping[str, Any]], caption: str, heading: str, unit: str, first: int = 10) -> dict[str, Any]:
    """Numbers as lengths; rows are {label, value, url?, hue?}, the longest fills the width; the last ones fold away."""
    listed = list(rows)
    most = max((float(row["value"]) for row in listed), default=0) or 1
    drawn = [
        {**row, "share": f"{100 * float(row['value']) / most:.1f}", "shown": thousands(row["value"])} for row in listed
    ]
    shown = first if len(drawn) > first + 1 else len(drawn)
    parts = [drawn[:shown], *([drawn[shown:]] if drawn[shown:] else [])]
    return {"parts": parts, "rest": len(drawn) - shown, "caption": caption, "heading": heading, "unit": unit}


@register.inclusion_tag("ui/components/balance.html")
def balance(groups: Iterable[Mapping[str, Any]], sides: Mapping[str, str], uid: str, caption: str) -> dict[str, Any]:
    """Draw two facing sides, and what both did from the middle outwards; the same as a table beneath.

    A group is {label, is_apart, rows}; a row {label, left, right, both, unsided, cells}, its cells what the table says.
    """
    kept = [{**group, "rows": list(group["rows"])} for group in groups]
    rows = [row for group in kept for row in group["rows"]]
    most = max((row["both"] + max(row["left"], row["right"]) for row in rows), default=0) or 1
    for group in kept:
        group["rows"] = [{**row, **_segments(row, most)} for row in group["rows"]]
    return {"groups": kept, "sides": sides, "uid": uid, "caption": caption}


def _segments(row: Mapping[str, Any], most: int) -> dict[str, int]:
    """Return where the parts of a bar begin and how wide they are, in hundredths of one side."""
    both, left, right = (row[name] * 100 // most for name in ("both", "left", "right"))
    return {"both_from": 100 - both, "both_width": 2 * both, "left_from": 100 - both - left, "left_width": left,
            "right_from": 100 + both, "right_width": right}  # fmt: skip


def _year(when: date | str | None) -> float | None:
    text = when.isoformat() if isinstance(when, date) else str(when or "")
    found = _PARTIAL_DATE.match(text)
    return int(found[1]) + (int(found[2] or 1) - 1) / 12 if found else None


@register.inclusion_tag("ui/components/timeline.html")
def timeline(events: Iterable[Mapping[str, Any]], label: str) -> dict[str, Any]:
    """Years as a ribbon; events are {when, text, source?, url?, as_of?, is_quiet?} in the order they are read."""
    listed = [dict(event) for event in events]
    marks = [(year, bool(event.get("is_quiet"))) for event in listed if (year := _year(event.get("when"))) is not None]
    if not marks:
        return {"events": listed, "ribbon": "", "label": label}
    years = [year for year, _is_quiet in marks]
    first, last = int(min(years)) // 10 * 10, int(max(years)) // 10 * 10 + 10
    step = 2 if last - first == 10 else 10 if last - first <= 10 * MOST_DECADES else 50  # one decade: by its years
    ribbon = SafeString(_ribbon(range(first, last + 1, step), marks, last=last))  # numbers alone
    return {"events": listed, "ribbon": ribbon, "label": label}


def _ribbon(decades: range, marks: Iterable[tuple[float, bool]], *, last: int) -> str:
    """Draw years as a line, with a mark for each moment; one that is quiet is drawn hollow."""
    first = decades[0]

    def place(year: float) -> str:
        return f"{30 + 940 * (year - first) / (last - first):.1f}"

    ticks = "".join(
        f'<line class="decade" x1="{x}" y1="14" x2="{x}" y2="30"/>'
        f'<text x="{x}" y="50" text-anchor="middle">{year}</text>'
        for year in decades
        if (x := place(year))
    )
    dots = "".join(
        f'<circle class="mark{" mark--quiet" if is_quiet else ""}" cx="{place(year)}" cy="22" r="6"/>'
        for year, is_quiet in marks
    )
    return f'<line class="ribbon" x1="0" y1="22" x2="1000" y2="22"/>{ticks}{dots}'
