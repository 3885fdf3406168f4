"""The newsletter: asked for, confirmed by a link, ended by a link. The answer never tells who receives it."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.museum.actions.letters import LinkError, ask, confirm, leave, read_confirm, read_leave
from hermanar.museum.forms.letters import SubscribeForm
from hermanar.museum.mails import question
from hermanar.museum.views.door import public
from hermanar.museum.views.personal_links import by_link
from hermanar.museum.views.receiving import given, receiving
from hermanar.museum.views.refusals import refuse

_log = logging.getLogger(__name__)


@receiving()
def subscribe(request: HttpRequest) -> HttpResponse:
    """Take an address; whatever is known of it, the answer is the same."""
    ticket, is_held = given(request)
    if request.method != "POST":
        return _form(request, SubscribeForm(ticket=ticket))
    form = SubscribeForm(request.POST, ticket=ticket)
    if not is_held:
        return _form(request, form, 422, is_old=True)
    if not form.is_valid():
        return _form(request, form, 422)
    if not form.cleaned_data["web"] and not _asked(request, form):
        return _form(request, form, 503, is_down=True)
    response = HttpResponseRedirect(reverse("museum:letters_asked"))
    response.status_code = 303
    return response


def _asked(request: HttpRequest, form: SubscribeForm) -> bool:
    """Keep the address and write to it; say whether that could be done."""
    kept = ask(form.cleaned_data["email"], language=form.cleaned_data["language"])
    if kept is None:
        return True
    try:
        question(kept, site=f"{request.scheme}://{request.get_host()}").send()
    except (OSError, SMTPException):
        _log.exception("the letter of confirmation could not leave")
        return False
    return True


def _form(request: HttpRequest, form: SubscribeForm, status: int = 200, **why: object) -> HttpResponse:
    return render(request, "museum/letters/form.html", {"form": form, **why}, status=status)


@public()
def asked(request: HttpRequest) -> HttpResponse:
    """Say what comes next."""
    return render(request, "museum/letters/asked.html")


def _gone(request: HttpRequest, _refused: Exception) -> HttpResponse:
    detail = _("El enlace está incompleto o ya no vale. Puede pedir otro con el formulario del boletín.")
    return refuse(request, status=404, title=_("Este enlace ya no vale"), detail=detail)


_by_link = by_link({LinkError: _gone})


@_by_link
def confirm_page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for one touch: what only opens links, as mail servers do, confirms nothing."""
    subscription = read_confirm(token)
    if request.method != "POST":
        return render(request, "museum/letters/confirm.html")
    if not confirm(subscription):
        raise LinkError
    return render(request, "museum/letters/confirmed.html")


@_by_link
def leave_page(request: HttpRequest, token: str) -> HttpResponse:
    """End a subscription by one touch here, or by the button of a mail program (RFC 8058)."""
    subscription = read_leave(token)
    if request.method != "POST":
        return render(request, "museum/letters/leave.html")
    leave(subscription)
    return render(request, "museum/letters/left.html")
