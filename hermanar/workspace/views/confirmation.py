"""The page behind a personal link: the sister city says what it knows of a tie, without an account.

Whoever holds the link may speak by it: it is its own proof against forged forms, so the page needs no cookie.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hermanar.agreements.actions import LinkExpiredError, WordDraft, open_link, record_counterpart_word
from hermanar.agreements.models import CounterpartLink
from hermanar.agreements.vocabulary.procedure import Answer
from hermanar.foundation.models import uuid7
from hermanar.workspace.forms.counterpart import WordForm
from hermanar.workspace.limits import is_allowed
from hermanar.workspace.sides import held

_LONGEST_TOKEN = 100
# Asking for many links from one address is guessing; a link that speaks all day is not a contact's.
_GUESSES, _WORDS = "120/m/ip", "20/h/key"


def _unseen(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep the address of the page, which is a secret, out of other sites, of search engines and of caches."""

    @functools.wraps(view)
    def enter(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return enter


@_unseen
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """Say which tie it is and what the office holds; keep what the contact says."""
    try:
        link = open_link(token[:_LONGEST_TOKEN])
    except LinkExpiredError:
        return _refuse(request)
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    office = link.agreement.office
    with timezone.override(office.time_zone if office else None):  # until when it holds, as the letter said
        return _spoken(request, link, token)


def _spoken(request: HttpRequest, link: CounterpartLink, token: str) -> HttpResponse:
    form = WordForm(request.POST) if request.method == "POST" else WordForm(initial={"key": uuid7()})
    if request.method == "POST":
        if not is_allowed(request, "counterpart_word", _WORDS, key=str(link.pk)):
            return _too_many(request)
        if form.is_valid():
            given = form.cleaned_data
            word = WordDraft(Answer(given["answer"]), form.said(), given["comment"], given["spoken_by"], given["key"])
            try:
                record_counterpart_word(token, word=word)
            except LinkExpiredError:  # it was withdrawn, or its last day ended, since the page was opened
                return _refuse(request)
            return render(request, "workspace/confirmation/thanks.html", _context(link, answer=Answer(given["answer"])))
    return render(request, "workspace/confirmation/page.html", {**_context(link), "form": form})


def _context(link: CounterpartLink, **more: object) -> dict[str, object]:
    kept = link.agreement
    own = held(kept)
    parties = kept.parties.select_related("place").order_by("position")
    return {
        "link": link,
        "file": kept,
        "city": link.party.name_as_written or link.party.place.name,
        "parties": [party.name_as_written or party.place.name for party in parties],
        "held": [
            (_("Qué se firmó"), own["kind"]),
            (_("Cuándo se firmó"), own["signed_on"]),
            (_("Por cuántos años"), own["term_years"]),
        ],
        **more,
    }


def _refuse(request: HttpRequest) -> HttpResponse:
    """Give every link that cannot be used the same answer: unknown, withdrawn or too old."""
    if not is_allowed(request, "counterpart_link", _GUESSES):
        return _too_many(request)
    return render(request, "workspace/confirmation/refused.html", status=404)


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "workspace/confirmation/refused.html", {"is_too_many": True}, status=429)
