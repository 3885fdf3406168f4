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
            return body if type(body) is list else self._streamed(body, identity)
        answered = Answered(identity, environ["REQUEST_METHOD"], int(started[0][:3]), 0, 0, environ)
        if type(body) is not list:
            return self._streamed(body, identity, lambda octets: self._tell(answered, octets, began))
        self._tell(answered, sum(map(len, body)), began)
        return body

    def _streamed(
        self, body: Iterable[bytes], identity: str, told: Callable[[int], None] | None = None
    ) -> Iterator[bytes]:
        """Hand an answer over as it is made; it may be made by other threads than the one it began in."""
        octets = 0
        try:
            for piece in body:
                octets += len(piece)
                yield piece
                CURRENT.set(identity)
        except Exception:  # noqa: BLE001 - as above
            _log.exception("an answer was cut off")
            raise CutError from None
        finally:
            CURRENT.set(identity)
            if close := getattr(body, "close", None):
                close()
            if told:
                told(octets)

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
