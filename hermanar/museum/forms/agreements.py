"""What a visitor asks of the agreements: Spanish names in the address, the interface's English ones understood too."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from hermanar.catalogue import read
from hermanar.catalogue.search import FACETS, BadFilterError, Filters
from hermanar.catalogue.sheets import Facet

CURSOR = "pagina"
WHOLE = "todas"  # names the facet whose options are all shown
# The filters of the catalogue by the name they bear in an address.
NAMES: Mapping[str, str] = {
    "q": "q",
    "ciudad": "host",
    "lugar": "place",
    "pais": "country",
    "estado": "state",
    "tipo": "kind",
    "regimen": "regime",
    "alcance": "scope",
    "etapa": "stage",
    "vigencia": "force",
    "vitalidad": "vitality",
    "inscrito": "registered",
    "decada": "decade",
    "area": "area",
    "fuente": "source",
    "desde": "signed_from",
    "hasta": "signed_to",
}
_SPANISH = {english: spanish for spanish, english in NAMES.items()}
_LIMITS = {"signed_from": gettext_lazy("desde el %(day)s"), "signed_to": gettext_lazy("hasta el %(day)s")}
_SHOWN = 8
_OPEN = frozenset({"host", "country", "vitality"})


def asked(query: QueryDict, *, paging: bool = False) -> tuple[Filters, str | None]:
    """Read an address; raise BadFilterError for what no filter is. Campaign marks (utm_…) are passed over."""
    parameters: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for name, values in query.lists():
        if name.startswith("utm_"):
            continue
        if name in (CURSOR, WHOLE) and paging:
            _check_paging(name, [str(value) for value in values])
            continue
        english = NAMES.get(name, name)
        if english not in _SPANISH:
            raise BadFilterError(name, str(values[0]), "unknown_parameter")
        parameters.setdefault(english, []).extend(str(value) for value in values)
        written[english] = name
    try:
        return Filters.parse(parameters), query.get(CURSOR) or None
    except BadFilterError as bad:  # named as the person wrote it, not as the code calls it
        raise BadFilterError(written.get(bad.parameter, bad.parameter), bad.value, bad.reason) from bad


def _check_paging(name: str, values: list[str]) -> None:
    if len(values) > 1:
        raise BadFilterError(name, values[1], "repeated")
    if name == WHOLE and values[0] not in FACETS:
        raise BadFilterError(name, values[0], "unknown_value")


def pairs(filters: Filters) -> list[tuple[str, str]]:
    """Return the filters in force with the names they bear in an address."""
    return [(_SPANISH[name], value) for name, value in _english_pairs(filters)]


def _english_pairs(filters: Filters) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for english in _SPANISH:
        value = getattr(filters, english)
        values = value if isinstance(value, tuple) else (value,) if value else ()
        found += [(english, str(one)) for one in values]
    return found


def address(filters: Filters) -> str:
    """Write filters as the query of an address."""
    return f"?{urlencode(pairs(filters))}"


def english_query(filters: Filters) -> str:
    """Write filters as the files and the interface take them."""
    return urlencode(_english_pairs(filters))


def facet_links(facet: Facet, filters: Filters, whole: bool) -> dict[str, object]:
    """Return a facet as links: each option chooses it, a chosen one takes it away."""
    options = [
        {
            "label": option.label,
            "count": option.count,
            "chosen": option.is_chosen,
            "url": address(
                without(filters, facet.name) if option.is_chosen else with_value(filters, facet.name, option.value)
            ),
        }
        for option in facet.options
        if option.count or option.is_chosen
    ]
    shown = options if whole else options[:_SHOWN] + [option for option in options[_SHOWN:] if option["chosen"]]
    return {
        "label": facet.label,
        "options": shown,
        "is_open": facet.name in _OPEN or any(option["chosen"] for option in options),
        "more_url": f"{address(filters)}&{WHOLE}={facet.name}" if len(options) > len(shown) else "",
    }


def with_value(filters: Filters, name: str, value: str) -> Filters:
    """Return the same question with one filter set to one value."""
    return dataclasses.replace(filters, **{name: (value,)})  # type: ignore[arg-type]


def chosen(filters: Filters, labels: Mapping[tuple[str, str], str]) -> list[dict[str, str]]:
    """Return the filters in force, each with the address without it."""
    found = []
    for english in _SPANISH:
        value = getattr(filters, english)
        if value:
            values = value if isinstance(value, tuple) else (str(value),)
            text = ", ".join(labels.get((english, one), one) for one in values)
            if english in _LIMITS:
                text = _LIMITS[english] % {"day": read.written_date(str(value))}
            found.append({"label": text, "url": address(without(filters, english))})
    return found


def without(filters: Filters, name: str) -> Filters:
    """Return the same question without one filter."""
    empty = next(field.default for field in dataclasses.fields(Filters) if field.name == name)
    return dataclasses.replace(filters, **{name: empty})  # type: ignore[arg-type]
