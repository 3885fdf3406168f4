"""What a visitor asks of the cities."""

from __future__ import annotations

from django.http import QueryDict

from hermanar.catalogue.search import BadFilterError

_LONGEST = 200


def asked(query: QueryDict) -> str:
    """Return the name looked for; raise BadFilterError for any other parameter, a too long or a non-text one."""
    for name, value in query.items():
        if name.startswith("utm_"):
            continue
        if name != "q":
            raise BadFilterError(name, str(value), "unknown_parameter")
        if len(str(value)) > _LONGEST:
            raise BadFilterError(name, str(value), "too_long")
        if not str(value).isprintable():
            raise BadFilterError(name, repr(value), "not_text")
    return str(query.get("q", "")).strip()
