"""Pages behind a personal link, which is its own proof: no cookie, no trace of its address elsewhere."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest, str], HttpResponse]
Refusal = Callable[[HttpRequest, Exception], HttpResponse]


def by_link(refusals: dict[type[Exception], Refusal]) -> Callable[[View], View]:
    """Return what wraps such a page; an error of the table is answered by its refusal."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def enter(request: HttpRequest, token: str) -> HttpResponse:
            if request.method not in {"GET", "HEAD", "POST"}:
                return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
            try:
                response = view(request, token)
            except tuple(refusals) as refused:
                answer = next(one for kind, one in refusals.items() if isinstance(refused, kind))
                response = answer(request, refused)
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
            response.headers["Cache-Control"] = "private, no-store"
            return response

        return enter

    return wrap
