"""Which requests are answered from the standby."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from hermanar.site.standby.server import WritesError
from hermanar.site.watch.answers import CutError
from hermanar.workspace.indoors import INDOORS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from hermanar.site.standby.server import Standby

COOKIE = "hermanar_written"
KEPT_SECONDS = 2 * 24 * 60 * 60
NEVER = (1 << 64) - 1  # a position that no standby reaches
# Offices, accounts, guests and the desk; and what tells how the primary is.
_PRIMARY = (*INDOORS, "/vivo/", "/listo/", "/salud/")
_FAILED = 500
_MARK = re.compile(rf"(?:^|;)\s*(?:__Host-)?{COOKIE}=([^;]*)")
_POSITION = re.compile(r"[0-9a-f]{1,16}")
_WRITTEN = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"
_log = logging.getLogger(__name__)
Headers = list[tuple[str, str]]


class Shared:
    """Hands public reading to the standby, all else to the primary; who writes gets a mark of how far the log then was.

    With it she is answered from the standby once that has come as far, and until then from the primary.
    """

    def __init__(
        self,
        standby: Standby,
        *,
        from_primary: Callable[..., Iterable[bytes]],
        from_standby: Callable[..., Iterable[bytes]],
    ) -> None:
        """Stand before an application that answers from the primary and, where that is read, from the standby."""
        self._standby, self._from_primary, self._from_standby = standby, from_primary, from_standby

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from where this request may be answered."""
        if is_public_reading(environ):
            position = self._standby.now()
            if position is not None and written_by(environ) <= position:
                body = self._from_there(environ, start_response)
                if body is not None:
                    return body
            return self._from_primary(environ, start_response)
        return self._from_primary(environ, _marking(environ, start_response))

    def _from_there(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes] | None:
        """Answer from the standby; None when it cannot, and nothing was sent."""
        told: list[tuple[str, Headers]] = []
        try:
            with self._standby.read():
                body = self._from_standby(environ, lambda status, headers, _error=None: told.append((status, headers)))
                status, headers = told[-1]
                if int(status[:3]) >= _FAILED:
                    if close := getattr(body, "close", None):
                        close()
                    _log.warning("the standby could not answer, the primary is asked")
                    return None
        except WritesError:
            return None
        start_response(status, headers)
        return body if type(body) is list else _Lasting(body, self._standby)


def is_public_reading(environ: WSGIEnvironment) -> bool:
    """Tell whether a request only reads, and nothing but what everybody may."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return False
    return not environ.get("PATH_INFO", "").removeprefix("/en").startswith(_PRIMARY)


def written_by(environ: WSGIEnvironment) -> int:
    """Return the position after the last write of whoever asks; what cannot be read is later than everything."""
    marks = _MARK.findall(environ.get("HTTP_COOKIE", ""))
    return max((int(mark, 16) if _POSITION.fullmatch(mark) else NEVER for mark in marks), default=0)


def _marking(environ: WSGIEnvironment, start_response: StartResponse) -> StartResponse:
    """Return what begins an answer of the primary, and says in it how far the log was if something was written."""
    if environ["REQUEST_METHOD"] in {"GET", "HEAD", "OPTIONS"}:
        return start_response
    before = connections[DEFAULT_DB_ALIAS].commits  # type: ignore[attr-defined]  # of our own wrapper

    def start(status: str, headers: Headers, *failed: Any) -> Any:
        if connections[DEFAULT_DB_ALIAS].commits != before:  # type: ignore[attr-defined]
            headers = [*headers, ("Set-Cookie", _mark(_written()))]
        return start_response(status, headers, *failed)

    return start


def _written() -> int:
    """Return where the primary's log ends now, after what this thread committed."""
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(_WRITTEN)
            return int(cursor.fetchone()[0])
    except DatabaseError:
        _log.exception("the primary does not say how far its log is")
        return NEVER


def _mark(position: int) -> str:
    secure = settings.SESSION_COOKIE_SECURE
    name = f"__Host-{COOKIE}" if secure else COOKIE
    kept = f"Max-Age={KEPT_SECONDS}; Path=/; HttpOnly; SameSite=Lax"
    return f"{name}={position:x}; {kept}{'; Secure' if secure else ''}"


class _Lasting:
    """An answer that is made while it is sent, each piece of it from the standby, by whatever thread asks for it."""

    def __init__(self, body: Iterable[bytes], standby: Standby) -> None:
        self._body, self._standby = body, standby
        self._pieces: Iterator[bytes] | None = None

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        with self._standby.read():
            if self._pieces is None:
                self._pieces = iter(self._body)
            try:
                return next(self._pieces)
            except WritesError as problem:
                raise CutError from problem  # it has begun, and nobody can begin it again

    def close(self) -> None:
        """Let go of what it is made of."""
        with self._standby.read():
            if close := getattr(self._body, "close", None):
                close()
