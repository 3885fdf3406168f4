"""What stands before everything: each request gets its identity, each answer tells it, each is one line of the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hermanar.site.watch.identity import CURRENT, HEADER, PLACE, identity_of
from hermanar.site.watch.route import AGAIN, NONE
from hermanar.site.watch.route import PLACE as ROUTE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})  # others are a stranger's words
_BARE = b"Fall\xc3\xb3 de nuestro lado. It failed on our side.\n"
_access = logging.getLogger("hermanar.access")
_log = logging.getLogger(__name__)


class CutError(Exception):
    """An answer that had begun cannot be ended; why stands in the log."""


@dataclass(slots=True)
class Answered:
    """What is known of an answer when its last octet has been handed over."""

    identity: str
    method: str
    status: int
    seconds: float
    octets: int
    environ: dict[str, Any]

    @property
    def route(self) -> str:
        """Return the name of the address, of which there are finitely many."""
        return self.environ.get(ROUTE, NONE)


class _Streamed:
    """An answer that is handed over as it is made; it may be made by other threads than the one it began in.

    Closed before its first piece was asked for, as by a visitor who left, it still closes what it is made of.
    """

    def __init__(self, body: Iterable[bytes], identity: str, told: Callable[[int], None] | None = None) -> None:
        self._body, self._identity, self._told = body, identity, told
        self._pieces: Iterator[bytes] | None = None
        self._octets, self._is_closed = 0, False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        CURRENT.set(self._identity)
        try:
            if self._pieces is None:
                self._pieces = iter(self._body)
            piece = next(self._pieces)
        except StopIteration:
            self.close()
            raise
        except Exception:  # noqa: BLE001 - nothing stands before this: the server would write the failure's words
            _log.exception("an answer was cut off")
            self.close()
            raise CutError from None
        self._octets += len(piece)
        return piece

    def close(self) -> None:
        """Let go of what the answer is made of, and tell of it, once."""
        if self._is_closed:
            return
        self._is_closed = True
        CURRENT.set(self._identity)
        try:
            if close := getattr(self._body, "close", None):
                close()
        finally:
            if self._told:
                self._told(self._octets)


class Watched:
    """The application with its requests' identities, its lines of the log, and whoever counts its answers."""

    def __init__(self, application: Callable[..., Any], *, count: Callable[[Answered], None] | None = None) -> None:
        self._application, self._count = application, count

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application does; what it fails to answer is told in the log, and nowhere else."""
        began = time.perf_counter()
        identity = environ[PLACE] = identity_of(environ)
        CURRENT.set(identity)
        started: list[str] = []

        def start(status: str, headers: list[tuple[str, str]], *failed: Any) -> Any:
            started.append(status)
            return start_response(status, [*headers, (HEADER, identity)], *failed)

        try:
            body = self._application(environ, start)
        except Exception:  # noqa: BLE001 - nothing stands before this: the server would write the failure's words
            _log.exception("the application failed")
            start("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
            body = [_BARE]
        if (self._count is None or AGAIN in environ) and not _access.isEnabledFor(logging.INFO):
            return body if type(body) is list else _Streamed(body, identity)
        answered = Answered(identity, environ["REQUEST_METHOD"], int(started[-1][:3]), 0, 0, environ)
        if type(body) is not list:
            return _Streamed(body, identity, lambda octets: self._tell(answered, octets, began))
        self._tell(answered, sum(map(len, body)), began)
        return body

    def _tell(self, answered: Answered, octets: int, began: float) -> None:
        answered.octets, answered.seconds = octets, time.perf_counter() - began
        if self._count and AGAIN not in answered.environ:
            self._count(answered)
        if _access.isEnabledFor(logging.INFO):
            facts = {
                "method": answered.method if answered.method in METHODS else "OTHER",
                "route": answered.route,
                "status": answered.status,
                "ms": round(answered.seconds * 1000, 1),
                "bytes": octets,
            }
            _access.info("answered", extra={"facts": facts})
