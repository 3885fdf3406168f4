"""The pages that a process remembers, and the application that answers with them."""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from hermanar.site.watch.route import AGAIN, NONE, PLACE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from hermanar.site.remembered.moments import Moments

MINUTE = 60  # pages tell hours and minutes, none tells seconds
LONGEST = 1_000_000  # octets of a page that is worth its place
LEAST = 2_000  # octets of what is kept with each
_WHERE = ("wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "HTTP_X_FORWARDED_PROTO", "PATH_INFO")
_OF_UNCHANGED = {"cache-control", "content-location", "date", "etag", "expires", "last-modified", "vary"}
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as it left."""

    status: str
    headers: Headers
    body: bytes
    etag: str
    route: str

    @property
    def size(self) -> int:
        """Return the octets it takes, roughly."""
        return len(self.body) + LEAST


class Remembered:
    """Answers public pages from memory for as long as the database stands as it stood before they were made.

    What is remembered is the same for everyone (the view's door says so), has no query, sets no cookie, and may be kept
    by caches; an answer is anew at the next request after any commit of any process, and with every minute.
    """

    def __init__(
        self,
        application: Callable[..., Any],
        moments: Moments,
        *,
        most: int,
        told: tuple[tuple[str, str], ...] = (),
        told_of_files: tuple[tuple[str, str], ...] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Stand before an application; `told` is said to a server in front, of each page or file for everyone."""
        self._application, self._moments, self._most, self._clock = application, moments, most, clock
        self._told, self._told_of_files = told, told_of_files
        self._lock = threading.Lock()
        self._moment: Hashable | None = None
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._varying: dict[Hashable, tuple[str, ...]] = {}
        self._size = 0
        self._again: Counter[str] = Counter()

    def taken(self) -> Counter[str]:
        """Return how often each route was answered from memory since this was last asked."""
        with self._lock:
            taken, self._again = self._again, Counter()
        return taken

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application does, or as it did."""
        moment = self._now(environ)
        if moment is None:
            return self._passed_on(*self._made(environ), start_response)
        where = tuple(environ.get(name) for name in _WHERE)
        if page := self._found(moment, where, environ):
            environ[PLACE], environ[AGAIN] = page.route, True
            return _again(page, environ, start_response)
        status, headers, response = self._made(environ)
        if not _is_for_everyone(response):
            return self._passed_on(status, headers, response, start_response)
        headers = [*headers, *self._told]
        start_response(status, headers)
        page = Page(status, headers, response.content, response.get("ETag", ""), environ.get(PLACE, NONE))
        response.close()
        self._keep(moment, where, environ, page=page, varying=_varying(response))
        return [page.body]

    def _made(self, environ: WSGIEnvironment) -> tuple[str, Headers, Any]:
        told: list[tuple[str, Headers]] = []
        response = self._application(environ, lambda status, headers, _error=None: told.append((status, headers)))
        return *told[0], response

    def _passed_on(
        self, status: str, headers: Headers, response: Any, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Hand on what is not remembered: a file of everything is told, for the server in front has room for it."""
        more = self._told_of_files if _is_for_everyone(response, streaming=True) else ()
        start_response(status, [*headers, *more])
        return in_one_piece(response)

    def _now(self, environ: WSGIEnvironment) -> Hashable | None:
        """Return the moment of a request that could be answered from memory; None for any other."""
        if not self._most or environ["REQUEST_METHOD"] != "GET" or environ.get("QUERY_STRING"):
            return None
        if "HTTP_RANGE" in environ:
            return None
        moment = self._moments.now()
        return None if moment is None else (moment, int(self._clock() // MINUTE))

    def _found(self, moment: Hashable, where: Hashable, environ: WSGIEnvironment) -> Page | None:
        with self._lock:
            if moment != self._moment:
                self._moment = moment
                self._forget()
                return None
            key = _key(where, self._varying.get(where, ()), environ)
            page = self._pages.get(key)
            if page:
                self._pages.move_to_end(key)
                self._again[page.route] += 1
            return page

    def _keep(
        self, moment: Hashable, where: Hashable, environ: WSGIEnvironment, *, page: Page, varying: tuple[str, ...]
    ) -> None:
        """Remember a page that was made at a moment, unless another has come."""
        if page.size > LONGEST:
            return
        with self._lock:
            key = _key(where, varying, environ)
            if moment != self._moment or key in self._pages:
                return
            if len(self._varying) * LEAST > self._most:  # of pages that went, only where they were is left
                self._forget()
            self._varying[where] = varying
            self._pages[key] = page
            self._size += page.size
            while self._size > self._most:
                _key_gone, gone = self._pages.popitem(last=False)
                self._size -= gone.size

    def _forget(self) -> None:
        self._pages.clear()
        self._varying.clear()
        self._size = 0


def in_one_piece(response: Any) -> Iterable[bytes]:
    """Hand a whole page to the server in one piece, which frees its thread at once; a stream as it comes."""
    if not isinstance(response, HttpResponse) or response.streaming:
        return response
    body = response.content
    response.close()
    return [body]


def _is_for_everyone(response: Any, *, streaming: bool = False) -> bool:
    """Tell whether an answer, in one piece or streaming, is the same for everyone, and caches may keep it."""
    if not getattr(response, "is_for_everyone", False) or not isinstance(response, HttpResponseBase):
        return False
    if response.status_code != 200 or response.streaming is not streaming or response.cookies:  # noqa: PLR2004
        return False
    said = response.get("Cache-Control", "").lower()
    return not ("private" in said or "no-store" in said or {"*", "cookie"} & _vary(response))


def _vary(response: HttpResponseBase) -> set[str]:
    return {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}


def _varying(response: HttpResponseBase) -> tuple[str, ...]:
    """Return the names, in a request's environment, of what the answer varies with."""
    return tuple(f"HTTP_{name.upper().replace('-', '_')}" for name in sorted(_vary(response)))


def _key(where: Hashable, varying: tuple[str, ...], environ: WSGIEnvironment) -> Hashable:
    return where, tuple(environ.get(name) for name in varying)


def _again(page: Page, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with a remembered page; to a browser that has it, only that it is unchanged."""
    asked = environ.get("HTTP_IF_NONE_MATCH", "")
    if page.etag and page.etag.removeprefix("W/") in [one.strip().removeprefix("W/") for one in asked.split(",")]:
        start_response("304 Not Modified", [pair for pair in page.headers if pair[0].lower() in _OF_UNCHANGED])
        return [b""]
    start_response(page.status, page.headers)
    return [page.body]
