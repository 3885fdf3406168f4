"""One box for everything the public may see: what is found, kind by kind, at an address that says what was asked."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from hermanar.catalogue.search import BadFilterError, Filters
from hermanar.foundation.words import whole_number
from hermanar.museum.finding import KINDS, PAGE, Answer, Group, Hit, everything, found
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public, refuse_filter

_WORDS = {word: kind for kind, (_label, word, _path) in KINDS.items() if kind not in {"cities", "agreements"}}
_MOST_PAGES = 300
_PAGE_DIGITS = 6


@public("q", "clase", "pagina")
def search(request: HttpRequest) -> HttpResponse:
    """Show what is found for some words: the best of each kind, or all of one."""
    try:
        text, kind, number = _asked(request)
    except BadFilterError as bad:
        return refuse_filter(request, bad)
    answer = found(text, today=today(), language=language(), kind=kind, number=number)
    if kind and number > 1 and not (answer.groups and answer.groups[0].hits):
        raise Http404
    context = {
        "text": text,
        "kind": kind,
        "answer": answer,
        "groups": [_shown(group) for group in answer.groups],
        "every": [{"label": one.label, "count": one.count, "url": _local(one.more)} for one in _every(answer, text)],
        **_ways(text, kind, number, answer),
    }
    response = render(request, "museum/search/page.html", context)
    if text:  # what somebody asked is no page of the museum
        response["X-Robots-Tag"] = "noindex"
    return response


@public("q", "clase", "pagina")
def search_data(request: HttpRequest) -> HttpResponse:
    """Give the same for a program."""
    try:
        text, kind, number = _asked(request)
    except BadFilterError as bad:
        detail = {"parameter": bad.parameter, "code": bad.reason, "detail": str(bad)}
        return JsonResponse(detail, status=422)
    answer = found(text, today=today(), language=language(), kind=kind, number=number)
    groups = [
        {
            "kind": group.kind,
            "label": group.label,
            "count": group.count,
            "items": [_item(hit, request) for hit in group.hits],
            "more": request.build_absolute_uri(_local(group.more)) if group.more else None,
        }
        for group in answer.groups
    ]
    response = JsonResponse({"query": text, "count": answer.count, "groups": groups})
    response["Cache-Control"] = "no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


def _asked(request: HttpRequest) -> tuple[str, str, int]:
    """Read what is asked; raise BadFilterError for what cannot be."""
    text = Filters.parse({"q": request.GET.getlist("q")}).q
    kind, number = request.GET.get("clase", ""), request.GET.get("pagina", "1")
    if kind and kind not in _WORDS:
        raise BadFilterError("clase", kind, "unknown_value")
    wanted = whole_number(number, digits=_PAGE_DIGITS) or 0
    if not 1 <= wanted <= _MOST_PAGES:
        raise BadFilterError("pagina", number, "bad_number")
    return text, _WORDS.get(kind, ""), wanted


def _every(answer: Answer, text: str) -> tuple[Group, ...]:
    """Return all that can be searched, for whoever has asked nothing yet or found nothing."""
    return () if answer.count and text else everything(language=language())


def _shown(group: Group) -> dict[str, Any]:
    hits = [{"hit": hit, "url": _local(hit.path), "drawing": hit.drawing} for hit in group.hits]
    return {"group": group, "hits": hits, "more": _local(group.more) if group.more else ""}


def _ways(text: str, kind: str, number: int, answer: Answer) -> dict[str, str]:
    """Return the way back to all kinds, and to the pages beside this one."""
    if not kind:
        return {}
    here = {"q": text, "clase": KINDS[kind][1]}
    count = answer.count
    return {
        "all_url": f"?{urlencode({'q': text})}",
        "previous_url": f"?{urlencode({**here, 'pagina': number - 1})}" if number > 1 else "",
        "next_url": f"?{urlencode({**here, 'pagina': number + 1})}" if count > number * PAGE else "",
    }


def _local(path: str) -> str:
    """Return a path in the language of the page."""
    return f"/en{path}" if language() == "en" else path


def _item(hit: Hit, request: HttpRequest) -> dict[str, str | None]:
    return {
        "title": hit.title,
        "title_language": hit.lang or language(),
        "note": hit.note,
        "url": request.build_absolute_uri(_local(hit.path)),
    }
