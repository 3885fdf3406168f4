"""How to support the museum: the links that cities set, what costs nothing, and visits of groups by form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hermanar.catalogue.read.offices import AnsweringOffice, answering_offices
from hermanar.museum.forms.sending import SendingForm
from hermanar.museum.forms.visits import VisitForm
from hermanar.museum.queries.offers import ways_to_support
from hermanar.museum.views.day import language
from hermanar.museum.views.door import public
from hermanar.museum.views.receiving import Desk, answer, given, receiving
from hermanar.museum.views.sayings import foreign


@public()
def support(request: HttpRequest) -> HttpResponse:
    """Show the ways to support; where a city has set none, those that need no money."""
    ways = [
        {"way": way, "title_lang": foreign(way.title_language), "note_lang": foreign(way.note_language)}
        for way in ways_to_support(language=language())
    ]
    return render(request, "museum/support/page.html", {"ways": ways})


@receiving()
def visit(request: HttpRequest) -> HttpResponse:
    """Take the wish of a group to visit; the office answers."""
    ticket, is_held = given(request)
    desk = Desk(lambda form, why: _visit(request, form, why), lambda _form: whom(None))
    if request.method != "POST":
        return desk.show(VisitForm(ticket=ticket), {})
    return answer(request, VisitForm(request.POST, ticket=ticket), desk, is_held=is_held)


def _visit(request: HttpRequest, form: SendingForm, why: dict[str, Any]) -> HttpResponse:
    return render(request, "museum/support/visit.html", {"form": form, "office": host(None), **why})


def host(city: str | None) -> AnsweringOffice | None:
    """Return the office that answers for a city, or for the museum: the first that there is."""
    offices = answering_offices()
    if city:
        return next((office for office in offices if office.city == city), None)
    return offices[0] if offices else None


def whom(city: str | None) -> dict[str, Any]:
    """Return whom a letter is for; without an office, whoever keeps the registry reads it."""
    office = host(city)
    if office is None:
        return {"place": city or ""}
    return {"office": office.id, "place": city or office.city, "is_demonstration": office.is_demonstration}
