"""The guide for schools: a page, and the same to print; of the city that the museum is of."""

from __future__ import annotations

import functools

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from hermanar.catalogue import read
from hermanar.foundation.papers import write_pdf
from hermanar.museum import school_guide
from hermanar.museum.limits import admits
from hermanar.museum.rules.turns import SCHOOL_GUIDE
from hermanar.museum.school_guide import Guide, guide_of
from hermanar.museum.school_paper import paper_of
from hermanar.museum.views.choosing import GUANAJUATO
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public
from hermanar.museum.views.refusals import too_many
from hermanar.ui.worldmap import Spot


@public()
def page(request: HttpRequest) -> HttpResponse:
    """Show what the class reads, finds and is asked, and where to take it printed."""
    guide, spots, origin = _guide()
    context = {
        "guide": guide,
        "told": school_guide.told(guide),
        "plan": school_guide.plan_of_class(),
        "questions": school_guide.questions(guide),
        "finds": [(find, school_guide.clue(find)) for find in guide.finds],
        "spots": spots,
        "origin": origin,
        "files": [_file(code, name) for code, name in (("es", "Español"), ("en", "English"))],
    }
    return render(request, "museum/courses/guide.html", context)


def _file(code: str, name: str) -> dict[str, str]:
    with translation.override(code):
        return {"format": f"PDF · {name}", "url": reverse("museum:school_guide_file")}


@public()
def file(request: HttpRequest) -> HttpResponse:
    """Answer with the guide as a PDF, made once for the facts it holds."""
    if not admits(request, SCHOOL_GUIDE):
        return too_many(request)
    guide, _spots, _origin = _guide()
    response = HttpResponse(_made(guide, language()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="hermanar-guia-para-escuelas-{language()}.pdf"'
    response["Cache-Control"] = "no-cache"
    return response


@functools.lru_cache(maxsize=4)
def _made(guide: Guide, words: str) -> bytes:
    with translation.override(words):
        return write_pdf(paper_of(guide, language=words))


def _guide() -> tuple[Guide, list[Spot], Spot]:
    sheet = read.place(GUANAJUATO, today=today(), language=language())
    guide = guide_of(sheet, today=today()) if sheet else None
    if sheet is None or guide is None:
        raise Http404
    home = Spot(sheet.line.name, sheet.line.latitude, sheet.line.longitude)  # type: ignore[arg-type]
    return guide, [Spot(f"{one.number}. {one.name}", one.lat, one.lng, hue=one.hue) for one in guide.finds], home
