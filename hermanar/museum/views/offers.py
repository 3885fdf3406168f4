"""The business corner: what cities offer to investors and buyers, and a form that reaches who attends to it."""

from __future__ import annotations

import itertools
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hermanar.museum.forms.visits import InquiryForm
from hermanar.museum.queries.offers import OfferLine, offer_line, offer_lines
from hermanar.museum.queries.sisters import circles
from hermanar.museum.views.day import language
from hermanar.museum.views.door import public
from hermanar.museum.views.drawings import hue
from hermanar.museum.views.receiving import Desk, answer, given, receiving
from hermanar.museum.views.sayings import foreign
from hermanar.museum.views.support import host, whom
from hermanar.ui.worldmap import Spot


@public()
def offer_list(request: HttpRequest) -> HttpResponse:
    """List the offers, projects first."""
    lines = sorted(offer_lines(language=language()), key=lambda line: line.kind != "investment")
    groups = [(kind, [_told(one) for one in some]) for kind, some in itertools.groupby(lines, lambda line: line.kind)]
    return render(request, "museum/offers/list.html", {"groups": groups, **_reach()})


def _reach() -> dict[str, Any]:
    """Return the sister cities of the museum's city as spots of a map."""
    circle = next(iter(circles(language())), None)
    if circle is None:
        return {}
    home = circle.home
    spots = [Spot(one.name, *one.at, hue=hue(one.country)) for one in circle.others.values()]
    return {"origin": Spot(home.name, *home.at), "spots": spots}


@public()
def offer_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an offer: what, how much, who attends to it and who says so."""
    line = _known(slug)
    context = {"told": _told(line), "description_lang": foreign(line.description_language), "spanish": foreign("es")}
    return render(request, "museum/offers/page.html", context)


@receiving()
def inquiry(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a question about an offer; the office of its city answers."""
    line = _known(slug)
    ticket, is_held = given(request)
    city = line.city.slug if line.city else None
    desk = Desk(
        lambda form, why: render(
            request, "museum/offers/inquiry.html", {"form": form, "told": _told(line), "office": host(city), **why}
        ),
        lambda _form: {**whom(city), "about": line.slug},
    )
    if request.method != "POST":
        return desk.show(InquiryForm(ticket=ticket), {})
    return answer(request, InquiryForm(request.POST, ticket=ticket), desk, is_held=is_held)


def _known(slug: str) -> OfferLine:
    line = offer_line(slug, language=language())
    if line is None:
        raise Http404
    return line


def _told(line: OfferLine) -> dict[str, Any]:
    """Return an offer as rows and pages write it."""
    return {
        "line": line,
        "title_lang": foreign(line.title_language),
        "amount": _amount(line),
    }


def _amount(line: OfferLine) -> str:
    """Write a sum with its currency, its cents only where there are any; nothing where none is told."""
    if line.amount is None:
        return ""
    written = f"{line.amount:,.2f}".removesuffix(".00")
    return f"{written}\N{NO-BREAK SPACE}{line.currency}"
