"""Hellos between sister cities: the wall of postcards, one of them, and the table where one is made."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from hermanar.foundation.intake import Kind
from hermanar.foundation.intake.kinds import MOST_STAMPS, SCENES, STAMPS, WALLS
from hermanar.foundation.intake.queries import shown_of
from hermanar.museum.forms.hellos import STAMP_CHOICES, HelloForm
from hermanar.museum.forms.sending import SendingForm
from hermanar.museum.queries.sisters import Circle, circle_of, circles
from hermanar.museum.views.cards import cards, drawn, unwritten
from hermanar.museum.views.day import language
from hermanar.museum.views.door import public
from hermanar.museum.views.receiving import Desk, answer, given, receiving
from hermanar.ui.stamps import STAMPS as SIGNS

_PER_PAGE = 9
_WALL = (
    ("path", "ochre"),
    ("years", "cobalt"),
    ("rosettes", "rose"),
    ("sun", "cantera"),
    ("path", "cochineal"),
)  # where nobody wrote yet
_FIRST = {"scene": "path", "wall": "ochre"}


@public("pagina", "ciudad")
def hello_list(request: HttpRequest) -> HttpResponse:
    """Show the postcards that were sent, newest first, and the way to send one."""
    page = Paginator(shown_of(Kind.HELLO), _PER_PAGE).get_page(request.GET.get("pagina", ""))
    found = cards(page.object_list)
    open_to = circles(language())
    context = {"page": page, "cards": found, "circles": open_to}
    context["unwritten"] = [] if found else unwritten(open_to, _WALL)
    return render(request, "museum/hello/list.html", context)


@public()
def hello_page(request: HttpRequest, hello: UUID) -> HttpResponse:
    """Show one postcard: who is greeted, the words, and the way to answer."""
    kept = shown_of(Kind.HELLO).filter(pk=hello).first()
    if kept is None:
        raise Http404
    (card,) = cards([kept])
    query = QueryDict(mutable=True)
    query.update({"ciudad": kept.place, "de": kept.content["receiver"], "para": kept.content["sender"]})
    answer_url = f"{reverse('museum:new_hello')}?{query.urlencode()}"
    return render(request, "museum/hello/page.html", {"card": card, "answer_url": answer_url})


@receiving("ciudad", "de", "para", previews=True)
def new_hello(request: HttpRequest) -> HttpResponse:
    """Make a postcard, see how it looks, send it."""
    asked = request.POST.get("city") if request.method == "POST" else request.GET.get("ciudad")
    open_to = circles(language())
    circle = next((one for one in open_to if one.home.slug == asked), open_to[0] if len(open_to) == 1 else None)
    if circle is None:
        return render(request, "museum/hello/which.html", {"circles": open_to})
    ticket, is_held = given(request)
    desk = Desk(lambda form, why: _table(request, form, circle, why), lambda _form: circle.whom)
    if request.method != "POST":
        form = HelloForm(ticket=ticket, circle=circle, initial={**_FIRST, "pair": _pair(request.GET, circle)})
        return desk.show(form, {})
    form = HelloForm(request.POST, ticket=ticket, circle=circle)
    if "preview" in request.POST:
        return desk.show(form, {"is_preview": True})
    return answer(request, form, desk, is_held=is_held)


def _pair(asked: QueryDict, circle: Circle) -> str:
    """Return the two cities that an address names, or the city and the first of its sisters."""
    sender, receiver = asked.get("de", circle.home.slug), asked.get("para", circle.home.slug)
    if circle.pair(sender, receiver):
        return f"{sender}/{receiver}"
    return f"{circle.home.slug}/{next(iter(circle.others))}"


def _table(request: HttpRequest, form: SendingForm, circle: Circle, why: dict[str, Any]) -> HttpResponse:
    chosen = {name: form[name].value() for name in ("pair", "scene", "wall", "stamps")}
    pair = _ends(str(chosen["pair"]), circle)
    content = _content(str(chosen["scene"]), chosen["stamps"] or ())
    wall = chosen["wall"] if chosen["wall"] in WALLS else "ochre"
    context = {
        **why,
        "form": form,
        "circle": circle,
        "wall": wall,
        "drawing": drawn(pair, content, sent_at=timezone.now()) if pair else "",
        "stamps": [(code, label, SIGNS[code]) for code, label in STAMP_CHOICES],
        "most": MOST_STAMPS,
        "chosen_stamps": content["stamps"],
    }
    return render(request, "museum/hello/new.html", context)


def _ends(pair: str, circle: Circle) -> Any:
    sender, _slash, receiver = pair.partition("/")
    return circle.pair(sender, receiver)


def _content(scene: str, stamps: Any) -> dict[str, Any]:
    """Return what may be drawn of what was chosen: codes of the closed lists, no more than fit."""
    known = [code for code in dict.fromkeys(map(str, stamps)) if code in STAMPS][:MOST_STAMPS]
    return {"scene": scene if scene in SCENES else "path", "stamps": tuple(known)}


@public("ciudad", "lazo", "dibujo", "sello")
def preview(request: HttpRequest) -> HttpResponse:
    """Draw a postcard that was not sent, for whoever is choosing."""
    circle = circle_of(request.GET.get("ciudad", ""), language())
    pair = _ends(request.GET.get("lazo", ""), circle) if circle else None
    if pair is None:
        raise Http404
    content = _content(request.GET.get("dibujo", ""), request.GET.getlist("sello"))
    drawing = drawn(pair, content, sent_at=dt.datetime.now(tz=dt.UTC))
    response = HttpResponse(drawing, content_type="image/svg+xml")
    response["Cache-Control"] = "no-cache"
    return response
