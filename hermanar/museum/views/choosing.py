"""The city a visitor asks for by name: the one meant, or the several to choose from, never one of them in silence."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hermanar.catalogue import read
from hermanar.catalogue.sheets import PlaceLine, PlaceSheet
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import unknown_place

GUANAJUATO = "inegi:11015"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was asked for, all that is known of the city meant, and who else is called so (or may be meant)."""

    text: str
    sheet: PlaceSheet | None
    others: tuple[PlaceLine, ...] = ()
    is_guess: bool = False


def chosen_city(request: HttpRequest) -> Chosen:
    """Return the city of the address: Guanajuato, or the one asked for by identifier, by address or by name."""
    text = (request.GET.get("ciudad") or "").strip() or GUANAJUATO
    if len(text) > _LONGEST or not text.isprintable():
        return Chosen(text, None)
    if ":" in text:  # an identifier is one place's
        return Chosen(text, read.place(text, today=today(), language=language()))
    meant = read.meant(text, language=language())
    sheet = read.place(meant.place.id, today=today(), language=language()) if meant.place else None
    return Chosen(text, sheet, meant.others, meant.is_guess)


def offer(request: HttpRequest, chosen: Chosen) -> HttpResponse:
    """Show the cities to choose from, each leading back to this page; or that nobody is called so."""
    if not chosen.others:
        return unknown_place(request, chosen.text)
    context = {"text": chosen.text, "choices": chosen.others, "is_guess": chosen.is_guess, "here": request.path}
    return render(request, "museum/choice.html", context, status=HTTPStatus.MULTIPLE_CHOICES)
