"""Proposals: what sister cities could do together, said by anybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hermanar.foundation.intake import Kind
from hermanar.foundation.intake.kinds import LANGUAGES
from hermanar.foundation.intake.queries import shown_of
from hermanar.foundation.models import Contribution
from hermanar.museum.forms.proposals import ProposalForm
from hermanar.museum.queries.sisters import Circle, circle_of, circles
from hermanar.museum.views.cards import unwritten
from hermanar.museum.views.day import language
from hermanar.museum.views.door import public
from hermanar.museum.views.receiving import Desk, answer, given, receiving
from hermanar.museum.views.sayings import foreign

_PER_PAGE = 20


@public("pagina")
def proposal_list(request: HttpRequest) -> HttpResponse:
    """Show what was proposed, newest first."""
    page = Paginator(shown_of(Kind.PROPOSAL), _PER_PAGE).get_page(request.GET.get("pagina", ""))
    cities = {slug: circle_of(slug, language()) for slug in {one.place for one in page.object_list}}
    rows = [_told(one, cities[one.place]) for one in page.object_list]
    open_to = circles(language())
    context = {"page": page, "rows": rows, "circles": open_to, "example": _example(open_to)}
    return render(request, "museum/proposals/list.html", context)


def _example(open_to: list[Circle]) -> dict[str, Any] | None:
    """Draw which way two cities look at each other: nothing to click, for it is no card to send."""
    return next(({**card, "url": ""} for card in unwritten(open_to, (("rosettes", "cantera"),), stamps=())), None)


@public()
def proposal_page(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Show one proposal."""
    kept = shown_of(Kind.PROPOSAL).filter(pk=proposal).first()
    if kept is None:
        raise Http404
    return render(request, "museum/proposals/page.html", _told(kept, circle_of(kept.place, language())))


def _told(kept: Contribution, circle: Circle | None) -> dict[str, Any]:
    return {
        "proposal": kept,
        "title": kept.content["title"],
        "text": kept.content["text"],
        "text_lang": foreign(kept.language),
        "language": LANGUAGES.get(kept.language, "") if kept.language != language() else "",
        "city": circle.home if circle else None,
    }


@receiving("ciudad")
def new_proposal(request: HttpRequest) -> HttpResponse:
    """Propose something to a city."""
    open_to = circles(language())
    if not open_to:
        return render(request, "museum/hello/which.html", {"circles": []})
    ticket, is_held = given(request)

    def show(form: Any, why: dict[str, Any]) -> HttpResponse:
        return render(request, "museum/proposals/new.html", {**why, "form": form})

    def whom(form: Any) -> dict[str, Any]:
        chosen: Circle = form.circles[form.cleaned_data["city"]]
        return chosen.whom

    if request.method != "POST":
        initial = {"city": request.GET.get("ciudad", open_to[0].home.slug)}
        return show(ProposalForm(ticket=ticket, circles=open_to, initial=initial), {})
    form = ProposalForm(request.POST, ticket=ticket, circles=open_to)
    return answer(request, form, Desk(show, whom), is_held=is_held)
