"""A visitor's selection of works, shared by its address: no account, no cookie, nothing kept here."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hermanar.catalogue.read.gifts import photograph_files, works_by_code
from hermanar.museum.rules.selections import MOST, canonical
from hermanar.museum.views.collection import told
from hermanar.museum.views.day import language
from hermanar.museum.views.door import public


@public("obra")
def selection(request: HttpRequest) -> HttpResponse:
    """Hang the chosen works in the order they were chosen; of those nobody may see any more only the number is told."""
    asked = request.GET.getlist("obra")
    codes = canonical(asked)
    if list(codes) != asked:
        return HttpResponseRedirect(_address("museum:selection", codes))
    found = works_by_code(codes, language=language())
    files = photograph_files()
    hung = [
        {**told(found[code], files=files), "without_url": _address("museum:selection", [x for x in codes if x != code])}
        for code in codes
        if code in found
    ]
    context = {
        "works": hung,
        "gone": len(codes) - len(found),
        "more_url": _address("museum:collection", codes),
        "is_full": len(codes) >= MOST,
        "most": MOST,
    }  # fmt: skip
    return render(request, "museum/collection/selection.html", context)


def _address(name: str, codes: object) -> str:
    query = urlencode([("obra", code) for code in codes])  # type: ignore[attr-defined]
    return f"{reverse(name)}?{query}" if query else reverse(name)
