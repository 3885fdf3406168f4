"""What a visitor asks of the cities."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from hermanar.catalogue.search import BadFilterError
from hermanar.foundation.words import whole_number

_LONGEST = 200
_DIGITS = 6
HAVING_IN_ADDRESS = {"agreements": "acuerdos", "ties": "lazos"}
_HAVING = {written: having for having, written in HAVING_IN_ADDRESS.items()}


@dataclass(frozen=True, slots=True)
class AskedCities:
    """A name looked for, or what the cities listed have, and which page of them."""

    text: str
    having: str
    page: int


def asked(query: QueryDict) -> AskedCities:
    """Read an address; raise BadFilterError for any other parameter, a too long or a non-text one."""
    for name, value in query.items():
        if name.startswith("utm_"):
            continue
        if name not in {"q", "con", "pagina"}:
            raise BadFilterError(name, str(value), "unknown_parameter")
        if len(str(value)) > _LONGEST:
            raise BadFilterError(name, str(value), "too_long")
        if not str(value).isprintable():
            raise BadFilterError(name, repr(value), "not_text")
    having, page = str(query.get("con", "")), str(query.get("pagina", "1"))
    if having and having not in _HAVING:
        raise BadFilterError("con", having, "unknown_value")
    number = whole_number(page, digits=_DIGITS)
    if not number:
        raise BadFilterError("pagina", page, "bad_number")
    return AskedCities(str(query.get("q", "")).strip(), _HAVING.get(having, ""), number)
