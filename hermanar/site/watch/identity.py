"""The identity of a request: what its answer, its page of failure and each of its lines in the log have in common."""

from __future__ import annotations

import contextvars
import itertools
import re
import secrets
from typing import Any

HEADER = "X-Request-ID"
PLACE = "hermanar.request"  # where an identity stands in a request's environment, for pages that show it
# A proxy's own: hexadecimal digits, or a UUID. Anything else could be words that somebody wants in our logs.
_WELL_FORMED = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch
_PROCESS, _COUNTED = secrets.token_hex(8), itertools.count(1)

CURRENT: contextvars.ContextVar[str] = contextvars.ContextVar("request", default="")


def identity_of(environ: dict[str, Any]) -> str:
    """Return the identity that a proxy gave a request, if it is well formed; else one that no other request has."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    return given if given and _WELL_FORMED(given) else f"{_PROCESS}{next(_COUNTED):016x}"
