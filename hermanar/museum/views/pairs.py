"""The comparison of everyday life: all pairs, by theme and by city; and one, asked before it is answered."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.catalogue.search import BadFilterError
from hermanar.foundation.words import whole_number
from hermanar.museum import linked
from hermanar.museum.queries.pairs import PairSheet, next_pair, pair_page, pair_sheet
from hermanar.museum.views.day import language
from hermanar.museum.views.door import public, refuse_filter
from hermanar.museum.views.sharing import shared
from hermanar.museum.vocabulary.pairs import THEME_IN_ADDRESS, Mode, Theme

_FROM_ADDRESS = {word: theme for theme, word in THEME_IN_ADDRESS.items()}
_LONGEST_NUMBER = 20
_MOST_PLACES = 3  # as figures of pairs are kept
_MOST_PAGES = 10_000
_PAGE_DIGITS = 6


@public("tema", "ciudad", "pagina")
def pair_list(request: HttpRequest) -> HttpResponse:
    """List the questions with their cities, of a theme or of a city when asked."""
    theme, city, number = request.GET.get("tema", ""), request.GET.get("ciudad", ""), request.GET.get("pagina", "1")
    if theme and theme not in _FROM_ADDRESS:
        return refuse_filter(request, BadFilterError("tema", theme, "unknown_value"))
    wanted = whole_number(number, digits=_PAGE_DIGITS) or 0
    if not 1 <= wanted <= _MOST_PAGES:
        return refuse_filter(request, BadFilterError("pagina", number, "bad_number"))
    page = pair_page(language=language(), theme=_FROM_ADDRESS.get(theme, ""), city=city[:200], number=wanted)
    if wanted > 1 and not page.lines:
        raise Http404
    themes = [
        _choice(Theme(one).label, n, value=THEME_IN_ADDRESS[Theme(one)], name="tema", chosen=theme)
        for one, n in page.themes
    ]
    cities = [_choice(one.title, n, value=one.identifier, name="ciudad", chosen=city) for one, n in page.cities]
    context = {
        "page": page,
        "menus": [(_("Por tema"), themes, bool(theme)), (_("Por ciudad"), cities, bool(city))],
        "chosen": [one["label"] for one in (*themes, *cities) if one["chosen"]],
        "kept": urlencode({name: value for name, value in (("tema", theme), ("ciudad", city)) if value}),
    }
    return render(request, "museum/pairs/list.html", context)


def _choice(label: object, count: int, *, value: str, name: str, chosen: str) -> dict[str, Any]:
    is_chosen = value == chosen
    url = reverse("museum:pairs")
    return {"label": label, "count": count, "chosen": is_chosen, "url": url if is_chosen else f"{url}?{name}={value}"}


@public("respuesta")
def pair(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a question of two cities; with an answer, tell what is so, who says it and of when."""
    sheet = pair_sheet(slug, language())
    if sheet is None:
        raise Http404
    try:
        said = answered(sheet, request.GET.getlist("respuesta"))
    except BadFilterError as bad:
        return refuse_filter(request, bad)
    following = next_pair(slug, language=language())
    context = {"sheet": sheet, "said": said, "following": following}
    return render(request, "museum/pairs/page.html", {**context, **_shared(request, sheet)})


def _shared(request: HttpRequest, sheet: PairSheet) -> dict[str, Any]:
    title = sheet.question.text
    cities = " · ".join(side.place.title for side in sheet.sides if side.place)
    steps = [(_("Comparar"), reverse("museum:pairs"))]

    def nodes(url: str, site: str) -> list[linked.Node]:
        return [linked.pair(sheet, url=url, site=site, language=language())]

    return shared(request, title, description=cities, card=("comparacion", sheet.slug), steps=steps, nodes=nodes)


def answered(sheet: PairSheet, given: list[str]) -> Decimal | None:
    """Return what a visitor answered, or None; raise BadFilterError for what no form of this page sends."""
    texts = [text.strip() for text in given if text.strip()]
    if not texts or sheet.mode == Mode.TURN:
        return None
    text = texts[0]
    if len(texts) > 1:
        raise BadFilterError("respuesta", text, "repeated")
    lowest, highest = (Decimal(0), Decimal(1)) if sheet.mode == Mode.SLIDE else (sheet.lowest, sheet.highest)
    try:
        value = Decimal(text) if len(text) <= _LONGEST_NUMBER else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if value.is_finite() and abs(int(value.as_tuple().exponent)) > _MOST_PLACES:
        value = Decimal("NaN")  # few signs, and a page of megabytes to write it out
    is_side = sheet.mode != Mode.SLIDE or value in {0, 1}
    if lowest is None or highest is None or not value.is_finite() or not lowest <= value <= highest or not is_side:
        raise BadFilterError("respuesta", text, "bad_number")
    return value
