"""What every page that receives does before its own work: whose form it is, its turn, where it came from."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.foundation.documents.receiving import FewFiles
from hermanar.foundation.editing import AnotherSentError
from hermanar.foundation.intake import receive
from hermanar.foundation.intake.rules import ContentError, plain
from hermanar.foundation.models import Contribution
from hermanar.foundation.words import whole_number
from hermanar.museum import tickets
from hermanar.museum.forms.sending import SendingForm
from hermanar.museum.limits import admits
from hermanar.museum.views.door import public
from hermanar.museum.views.refusals import not_allowed, refuse

View = Callable[..., HttpResponse]
_OURS = ("ticket", "csrfmiddlewaretoken")
_MOST_TYPED, _LONGEST_TYPED = 40, 4_000
_LENGTH_DIGITS = 9
_LONGEST_FORM = 200_000  # octets: ten times what the longest text of any form takes


def receiving(*known: str, previews: bool = False, takes_file: bool = False) -> Callable[[View], View]:
    """Wrap a page with a form that anybody sends; it sets no cookie, so the origin and the ticket stand for one.

    `previews`: its form can be looked at without being kept. `takes_file`: the page itself asks whether it is full.
    """

    def wrap(view: View) -> View:
        reads = public(*known)(view)

        @functools.wraps(view)
        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                uncounted = _Uncounted(previews=previews, files=takes_file)
                response = _posted(request, uncounted) or view(request, *args, **kwargs)
            else:
                response = reads(request, *args, **kwargs)
            # A form that two people were given alike would count as one.
            response.headers["Cache-Control"] = "private, no-cache"
            return response

        return enter

    return wrap


@dataclass(frozen=True, slots=True)
class _Uncounted:
    """What a page takes without a turn of its own kind, because it says so itself; no other may."""

    previews: bool
    files: bool

    def is_meant(self, request: HttpRequest) -> bool:
        return (self.previews and "preview" in request.POST) or (self.files and bool(request.FILES))


def _posted(request: HttpRequest, uncounted: _Uncounted) -> HttpResponse | None:
    """Return why a page does not read what was sent to it; nothing when it may."""
    if request.META.get("QUERY_STRING"):
        return not_allowed(request)
    if not _is_from_here(request):
        detail = _("El formulario llegó desde otro sitio. Ábralo aquí y envíelo de nuevo.")
        return refuse(request, status=403, title=_("No se puede enviar desde otro sitio"), detail=detail)
    if not uncounted.files and _length(request) > _LONGEST_FORM:
        detail = _("Ningún formulario de esta casa es tan largo.")
        return refuse(request, status=413, title=_("Lo enviado es demasiado largo"), detail=detail)
    request.upload_handlers.insert(0, FewFiles(request, most=1 if uncounted.files else 0))
    try:
        bool(request.POST)  # reads the body: what cannot be read is refused here, before any work
    except (TooManyFieldsSent, SuspiciousOperation, MultiPartParserError, UnicodeDecodeError):
        detail = _("Lo enviado no se pudo leer: es demasiado grande o está incompleto.")
        return refuse(request, status=400, title=_("No se entiende lo enviado"), detail=detail)
    return None if uncounted.is_meant(request) else _must_wait(request)


def _must_wait(request: HttpRequest) -> HttpResponse | None:
    """Ask whoever comes when it is full to send once more: nothing is read for it, and what was typed comes along.

    A form with a file cannot come along so: its page says `takes_file`, and itself when to send it again.
    """
    ticket = tickets.read(request.POST.get("ticket", ""))
    if ticket is None or admits(request, ticket):
        return None
    ticket = tickets.with_turn(ticket)
    typed = [(name, text[:_LONGEST_TYPED]) for name in list(request.POST)[:_MOST_TYPED] if name not in _OURS
             for text in request.POST.getlist(name)[:_MOST_TYPED]]  # fmt: skip
    words = {name: plain(request.POST.get(name, "")[:_LONGEST_TYPED]) for name in ("title", "text", "note")}
    context = {"typed": typed, "words": words, "wait": ticket.wait, "ticket_text": tickets.written(ticket)}
    response = render(request, "museum/sending/wait.html", context, status=429)
    response.headers["Retry-After"] = str(ticket.wait)
    return response


def _length(request: HttpRequest) -> int:
    """Return how long a body says it is: no more of it is ever read."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    told = whole_number(text, digits=_LENGTH_DIGITS)
    return _LONGEST_FORM + 1 if told is None else told


def _is_from_here(request: HttpRequest) -> bool:
    """Say whether a form was sent from a page of this house, as far as the browser tells."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    try:
        return origin in {None, "null"} or urlsplit(str(origin)).netloc == request.get_host()
    except ValueError:
        return False


def given(request: HttpRequest) -> tuple[tickets.Ticket, bool]:
    """Return the ticket a form came with and whether it still holds; another one where it does not."""
    ticket = tickets.read(request.POST.get("ticket", "")) if request.method == "POST" else None
    return (ticket, True) if ticket else (tickets.fresh(), False)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page does with its form: how it is shown again, and whom what it holds is for."""

    show: Callable[[SendingForm, dict[str, Any]], HttpResponse]
    whom: Callable[[SendingForm], dict[str, Any]]  # may raise ContentError: what is wrong beside a field
    keep: Callable[..., Contribution] = receive


def answer(request: HttpRequest, form: SendingForm, desk: Desk, *, is_held: bool) -> HttpResponse:
    """Keep what a form holds and lead to its receipt; else show it again with all that was typed, and say why."""
    if not is_held:
        return _again(desk, form, 422, is_old=True)
    if request.FILES and not admits(request, form.given):
        form.given = tickets.with_turn(form.given)
        wait = form.given.wait
        response = _again(desk, form, 429, wait=wait)
        response.headers["Retry-After"] = str(wait)
        return response
    if form.is_valid():
        try:
            kept = desk.keep(form.sending(**desk.whom(form)), consent=form.consent_version)
        except ContentError as wrong:
            form.refuse(wrong)
        except AnotherSentError:
            before = reverse("museum:receipt", args=[form.given.key])
            form.given = tickets.fresh()
            return _again(desk, form, 409, before=before)
        else:
            response = HttpResponseRedirect(reverse("museum:receipt", args=[kept.key]))
            response.status_code = 303  # the receipt is read; sending it again would be another thing
            return response
    return _again(desk, form, 422)


def _again(desk: Desk, form: SendingForm, status: int, **why: Any) -> HttpResponse:
    response = desk.show(form, why)
    response.status_code = status
    return response
