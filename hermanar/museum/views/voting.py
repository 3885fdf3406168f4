"""How a work is chosen: the public votes by a link in a letter, a juror by a link of their own. No account."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.museum.actions.judging import (
    VoteLinkError,
    answer_jury,
    cast_vote,
    mark_works,
    read_juror,
    read_vote,
    voter_of,
)
from hermanar.museum.forms.open_calls import JuryForm, VoteForm
from hermanar.museum.limits import admits_to
from hermanar.museum.mails import vote_question
from hermanar.museum.models import Juror, OpenCall
from hermanar.museum.queries import open_calls as queries
from hermanar.museum.rules.open_calls import CallRefusedError
from hermanar.museum.rules.turns import VOTE_LETTERS
from hermanar.museum.views.day import language
from hermanar.museum.views.door import public
from hermanar.museum.views.open_calls import asked_for, hung
from hermanar.museum.views.personal_links import by_link
from hermanar.museum.views.receiving import given, receiving
from hermanar.museum.views.refusals import refuse
from hermanar.museum.vocabulary.open_calls import Decider, Phase

_log = logging.getLogger(__name__)


@receiving("obra")
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a work and leave an address; the vote counts once its letter was opened and confirmed."""
    call, line = asked_for(slug)
    context: dict[str, Any] = {"line": line, "phase": line.phase.label}
    if line.decider is not Decider.PUBLIC or line.phase is not Phase.VOTING:
        return render(request, "museum/open_call/not_now.html", context, status=409 if request.POST else 200)
    ticket, is_held = given(request)
    works = queries.entry_lines(call, says_who=False)

    def show(form: VoteForm, status: int = 200, **why: Any) -> HttpResponse:
        shown = hung(works, queries.entries_of(call))
        told = {**context, **why, "form": form, "works": shown}
        return render(request, "museum/open_call/vote.html", told, status=status)

    if request.method != "POST":
        return show(VoteForm(ticket=ticket, works=works, initial={"entry": request.GET.get("obra", "")}))
    form = VoteForm(request.POST, ticket=ticket, works=works)
    if not is_held or not form.is_valid():
        return show(form, 422, is_old=not is_held)
    if not form.cleaned_data["web"] and not _asked(request, form, call):
        return show(form, 503, is_down=True)
    response = HttpResponseRedirect(reverse("museum:vote_asked", args=[slug]))
    response.status_code = 303
    return response


def _asked(request: HttpRequest, form: VoteForm, call: OpenCall) -> bool:
    """Write to the address; say whether that could be done. One who had enough letters today gets no other."""
    address = form.cleaned_data["email"]
    voter = voter_of(call.pk, address)
    if not admits_to(f"vote:{voter[:32]}", VOTE_LETTERS):
        return True
    entry = queries.entries_of(call).get(pk=UUID(form.cleaned_data["entry"]))
    try:
        vote_question(entry, voter, address, site=f"{request.scheme}://{request.get_host()}").send()
    except (OSError, SMTPException):
        _log.exception("the letter of a vote could not leave")
        return False
    return True


@public()
def vote_asked(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what comes next; the same whether or not a letter left."""
    _call, line = asked_for(slug)
    return render(request, "museum/open_call/asked.html", {"line": line})


def _gone(request: HttpRequest, _refused: Exception) -> HttpResponse:
    detail = _("El enlace está incompleto, ya no vale o la obra ya no participa.")
    return refuse(request, status=404, title=_("Este enlace ya no vale"), detail=detail)


def _not_now(request: HttpRequest, refused: Exception) -> HttpResponse:
    return refuse(request, status=409, title=_("Ahora no se puede"), detail=str(refused))


_by_link = by_link({VoteLinkError: _gone, CallRefusedError: _not_now})


@_by_link
def vote_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for one touch, then count: what only opens links, as mail servers do, votes for nothing."""
    entry, _voter = read_vote(token)
    context = {"title": entry.content.get("title", ""), "entry": entry}
    if request.method != "POST":
        return render(request, "museum/open_call/confirm.html", context)
    call = cast_vote(token, today=queries.day_of(OpenCall.objects.get(slug=entry.about)))
    return render(request, "museum/open_call/counted.html", {**context, "call": call})


@_by_link
def jury(request: HttpRequest, token: str) -> HttpResponse:
    """Let a juror say whether they are one, and what they think of each work."""
    juror = read_juror(token)
    is_voting = queries.line_of(juror.call, language=language(), today=queries.day_of(juror.call)).phase is Phase.VOTING
    works = list(queries.entries_of(juror.call)) if juror.accepted_at and is_voting else []
    marks = {one.entry: one for one in queries.marks_of(juror.call) if one.juror == str(juror.pk)}
    form = JuryForm(request.POST if "marks" in request.POST else None, works=works, marks=marks)
    if request.method == "POST" and (done := _done(request, juror, form)):
        return done
    return _jury_page(request, juror, form, status=422 if form.errors else 200)


def _done(request: HttpRequest, juror: Juror, form: JuryForm) -> HttpResponse | None:
    """Do what a juror asked for and lead back; nothing when it has to be said again."""
    if "accept" in request.POST or "decline" in request.POST:
        answer_jury(juror.pk, accepts="accept" in request.POST)
        if "decline" in request.POST:
            return render(request, "museum/open_call/declined.html")
    elif not form.is_valid():
        return None
    else:
        mark_works(juror.pk, form.words(), today=queries.day_of(juror.call))
    response = HttpResponseRedirect(f"{request.path}?guardado=1" if "marks" in request.POST else request.path)
    response.status_code = 303
    return response


def _jury_page(request: HttpRequest, juror: Juror, form: JuryForm, *, status: int) -> HttpResponse:
    line = queries.line_of(juror.call, language=language(), today=queries.day_of(juror.call))
    lines = [queries.entry_line(one, juror.call, says_who=False) for one in form.works]
    shown = {row["entry"].id: row for row in hung(lines, form.works)}
    rows = [{**shown[one.pk], "author": one.content.get("author", ""), "score": score, "interest": interest}
            for one, score, interest in form.rows()]  # fmt: skip
    context = {
        "line": line, "phase": line.phase.label, "juror": juror, "rows": rows, "form": form,
        "is_saved": request.GET.get("guardado") == "1", "is_voting": line.phase is Phase.VOTING,
    }  # fmt: skip
    return render(request, "museum/open_call/jury.html", context, status=status)
