"""What may be asked: one list of parameters reads the address and writes its description."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hermanar.catalogue.search import BadFilterError, Filters
from hermanar.foundation.words import whole_number
from hermanar.open_data.api.problems import ProblemError

LONGEST_QUERY = 8_000
LARGEST_LIMIT = 500
DEFAULT_LIMIT = 50
_LIMIT_DIGITS = 6
_LONGEST_VALUE = 400
LANGUAGES = ("es", "en")
PAGING = ("limit", "cursor")


def _texts(description: str, **schema: Any) -> dict[str, Any]:
    items = {"type": "string", "minLength": 1, "maxLength": 200, **schema}
    return {"description": description, "schema": {"type": "array", "items": items, "maxItems": 20}}


def _one(description: str, **schema: Any) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string", **schema}}


GIFT_KINDS = ["artwork", "plaque", "book", "equipment", "vehicle", "money", "other"]
_DATE = r"^[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"  # what no month has is refused when read
PARAMETERS: Mapping[str, dict[str, Any]] = {
    "q": _one("Text: names, titles, areas; accents and case do not matter", maxLength=200),
    "host": _texts("Name or identifier (inegi:11015) of the Mexican or declaring party"),
    "place": _texts("Name or identifier of any party"),
    "country": _texts("Country of the counterpart, ISO 3166-1 alpha-2", pattern="^[A-Z]{2}$"),
    "state": _texts("Slug of a Mexican state that has a party in the tie", pattern="^[a-z0-9-]{1,120}$"),
    "kind": _texts("Kind of instrument", enum=["twinning", "specific_cooperation", "other", "unknown"]),
    "regime": _texts(
        "Law that applies", enum=["treaties_law", "between_mexican", "private_counterpart", "foreign_only"]
    ),
    "scope": _texts("How far the tie reaches", enum=["in_state", "national", "international"]),
    "force": _texts(
        "Whether it binds today", enum=["unsigned", "in_force", "suspended", "expired", "terminated", "unknown"]
    ),
    "vitality": _texts("What dated evidence shows", enum=["active", "dormant", "silent", "unknown"]),
    "registered": _texts("Whether the ministry's register holds it", enum=["yes", "no", "unknown"]),
    "area": _texts("Area of cooperation", pattern="^[a-z_]{1,24}$"),
    "source": _texts("Key of a source that states something of it", pattern="^[A-Za-z0-9_-]{1,80}$"),
    "decade": _texts("First year of the decade of signature, or unknown", pattern=r"^([12]\d\d0|unknown)$"),
    "signed_from": _one("Signed on or after: 1987, 1987-12 or 1987-12-21", pattern=_DATE),
    "signed_to": _one("Signed on or before", pattern=_DATE),
    "limit": {
        "description": "Items in one answer",
        "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT},
    },
    "cursor": _one("Where the last answer ended: its `next`", minLength=1, maxLength=400),
    "having": _one("Only places that have documented agreements, or reported ties", enum=["agreements", "ties"]),
    "agreement": _one("Only what is said of this agreement, by its slug", pattern="^[a-z0-9-]{1,160}$"),
    "gift": _one("Only works of this kind", enum=GIFT_KINDS),
    "lang": _one("Language of names and messages", enum=list(LANGUAGES), default="es"),
}
CHOICES = ("having", "agreement", "gift")  # what narrows a file without being a filter of agreements
FILTERS = tuple(name for name in PARAMETERS if name not in {*PAGING, *CHOICES, "lang"})


def described(names: Iterable[str]) -> list[dict[str, Any]]:
    """Describe parameters for the OpenAPI document."""
    return [
        {"name": name, "in": "query", "explode": True, "style": "form", **PARAMETERS[name]} for name in (*names, "lang")
    ]


def check_query(request: HttpRequest) -> None:
    """Refuse an address that is too long before anything is read from it."""
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        raise ProblemError(414, _("La dirección pasa de %(limit)d signos.") % {"limit": LONGEST_QUERY})


def read_query(request: HttpRequest, allowed: Iterable[str]) -> dict[str, list[str]]:
    """Return the parameters of an address; refuse those that mean nothing here, except the utm_ ones of campaigns."""
    known = {*allowed, "lang"}
    try:
        given = {name: request.GET.getlist(name) for name in request.GET}
    except TooManyFieldsSent as error:
        raise ProblemError(422, _("Hay demasiados parámetros.")) from error
    given = {name: values for name, values in given.items() if not name.startswith("utm_")}
    for name, values in given.items():
        if name not in known:
            raise ProblemError(422, _("No existe el parámetro «%(name)s».") % {"name": name[:80]}, parameter=name[:80])
        if len(values) > 1 and PARAMETERS[name]["schema"]["type"] != "array":
            raise ProblemError(422, _("El parámetro «%(name)s» se dio varias veces.") % {"name": name}, parameter=name)
        for value in values:
            if "\x00" in value or len(value) > _LONGEST_VALUE:
                raise ProblemError(
                    422, _("El valor de «%(name)s» no es un texto admitido.") % {"name": name}, parameter=name
                )
    return given


def language_of(request: HttpRequest) -> str:
    """Return the language asked for, Spanish unless it is another one of ours."""
    asked = request.GET.get("lang", "es") if len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY else "es"
    return asked if asked in LANGUAGES else "es"


def take_language(query: dict[str, list[str]]) -> str:
    """Take the language out of a query; refuse one that is not ours."""
    asked = query.pop("lang", ["es"])[0]
    if asked not in LANGUAGES:
        raise ProblemError(422, _("Los idiomas son «es» y «en»."), parameter="lang")
    return asked


def take_limit(query: dict[str, list[str]]) -> int:
    """Take the size of a page out of a query."""
    text = query.pop("limit", [str(DEFAULT_LIMIT)])[0]
    limit = whole_number(text, digits=_LIMIT_DIGITS) or 0
    if not 1 <= limit <= LARGEST_LIMIT:
        raise ProblemError(422, _("Debe ser un número de 1 a %(most)d.") % {"most": LARGEST_LIMIT}, parameter="limit")
    return limit


def take_choice(query: dict[str, list[str]], name: str) -> str:
    """Take what narrows a file out of a query; refuse what it cannot be."""
    text, schema = query.pop(name, [""])[0], PARAMETERS[name]["schema"]
    if text and not (text in schema["enum"] if "enum" in schema else re.fullmatch(schema["pattern"], text)):
        known = ", ".join(schema.get("enum", ()))
        detail = _("Se admite: %(known)s.") % {"known": known} if known else _("No es la dirección de un acuerdo.")
        raise ProblemError(422, detail, parameter=name)
    return text


def take_cursor(query: dict[str, list[str]]) -> str | None:
    """Take the place to go on from out of a query."""
    cursor = query.pop("cursor", [""])[0]
    return cursor or None


def read_filters(query: Mapping[str, list[str]]) -> Filters:
    """Read what is left of a query as filters."""
    try:
        return Filters.parse(query)
    except BadFilterError as error:
        raise ProblemError(422, str(error), parameter=error.parameter) from error


def ask_for_text() -> str:
    """Say that a search needs a text."""
    return _("Escriba qué lugar busca, en a lo más 200 signos.")


def one_only(name: str) -> str:
    """Say that a parameter is taken once."""
    return _("El parámetro «%(name)s» se dio varias veces.") % {"name": name}
