"""The collection: gifts and documented donations as works, narrowed and counted; one of them with all that is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.catalogue.gifts import WorkLine, WorkOption, WorkPage, WorkSheet
from hermanar.catalogue.ledgers import AmountLine
from hermanar.catalogue.read.gifted import Work
from hermanar.catalogue.read.gifts import (
    WantedWorks,
    code_in,
    collection,
    files_of,
    photograph_files,
    slug_of,
    work_by_code,
    work_by_key,
    work_line,
    work_sheet,
)
from hermanar.foundation.words import whole_number
from hermanar.museum import linked, works
from hermanar.museum.models import Exhibit
from hermanar.museum.queries.exhibits import shown_at, shown_exhibit
from hermanar.museum.rules.exhibits import OWN_DRAWING, UNEVALUATED
from hermanar.museum.rules.selections import MOST, canonical
from hermanar.museum.views.day import language
from hermanar.museum.views.door import public
from hermanar.museum.views.sayings import foreign
from hermanar.museum.views.sharing import shared
from hermanar.museum.views.tables import files

_FILTERS = {"ciudad": "city", "clase": "kind", "decada": "decade"}
_PAGE_DIGITS = 4


@public("ciudad", "clase", "decada", "pagina", "obra")
def collection_page(request: HttpRequest) -> HttpResponse:
    """Show the works that are asked for, with the counts of what they can be narrowed to."""
    asked = {name: request.GET.get(name, "") for name in _FILTERS}
    wanted = WantedWorks(**{_FILTERS[name]: value for name, value in asked.items()})
    page = collection(wanted, page=_number(request.GET.get("pagina", "1")), language=language())
    if page.number > page.pages:
        raise Http404
    chosen = canonical(request.GET.getlist("obra"))
    return render(request, "museum/collection/list.html", _list(page, asked, chosen))


def _number(text: str) -> int:
    number = whole_number(text, digits=_PAGE_DIGITS)
    if not number:
        raise Http404
    return number


def _list(page: WorkPage, asked: Mapping[str, str], chosen: tuple[str, ...]) -> dict[str, Any]:
    here = {line.code for line in page.lines}
    facets = (
        (_("ciudad"), "ciudad", page.cities), (_("clase"), "clase", page.kinds), (_("década"), "decada", page.decades),
    )  # fmt: skip
    shown = photograph_files()
    labels = {(name, one.value): one.label for _label, name, options in facets for one in options}
    return {
        "page": page,
        "works": [told(line, files=shown, chosen=chosen, is_small=True) for line in page.lines],
        "facets": [
            {"label": label, "is_open": name != "decada" or bool(asked[name]),
             "options": [_option(one, name, asked, chosen) for one in options]}
            for label, name, options in facets
        ],
        "choices": [
            {"label": labels.get((name, value), value[:80]), "url": address({**asked, name: ""}, chosen)}
            for name, value in asked.items() if value
        ],
        "clear_url": address({}, chosen),
        "elsewhere": [code for code in chosen if code not in here],
        "chosen_count": len(chosen),
        "most": MOST,
        "previous_url": _page_url(asked, chosen, page.number - 1) if page.number > 1 else "",
        "next_url": _page_url(asked, chosen, page.number + 1) if page.number < page.pages else "",
        "files": files("coleccion", _file_query(asked), formats=("csv", "xlsx", "json")),
        "manifest_url": reverse("museum_root:iiif_collection"),
        "undated": next((one.count for one in page.decades if one.value == "unknown"), 0),
    }  # fmt: skip


def _option(one: WorkOption, name: str, asked: Mapping[str, str], chosen: tuple[str, ...]) -> dict[str, Any]:
    is_chosen = asked[name] == one.value
    url = address({**asked, name: "" if is_chosen else one.value}, chosen)
    return {"label": one.label, "count": one.count, "chosen": is_chosen, "url": url}


def address(asked: Mapping[str, str], chosen: tuple[str, ...]) -> str:
    """Write what is asked and what was chosen as the query of an address."""
    query = [(name, value) for name, value in asked.items() if value] + [("obra", code) for code in chosen]
    return f"?{urlencode(query)}"


def _page_url(asked: Mapping[str, str], chosen: tuple[str, ...], number: int) -> str:
    return f"{address(asked, chosen)}&pagina={number}"


def _file_query(asked: Mapping[str, str]) -> str:
    names = {"ciudad": "place", "clase": "gift", "decada": "decade"}
    return urlencode([(names[name], value) for name, value in asked.items() if value])


def told(line: WorkLine, *, files: works.Files, chosen: tuple[str, ...] = (), is_small: bool = False) -> dict[str, Any]:
    """Return a work as a list shows it; `files` are the photographs the public may see."""
    photograph = works.photograph_of(line, files)
    return {
        "line": line,
        "lang": works.lang_of(line),
        "sort": works.sort_said(line),
        "when": works.when_said(line),
        "year": (line.on or "")[:4],
        "way": works.way_said(line),
        "photograph": photograph,
        "drawing": "" if photograph else _drawing(line, is_small=is_small),
        "is_chosen": line.code in chosen,
    }


def _drawing(line: WorkLine, *, is_small: bool) -> SafeString:
    return mark_safe(works.drawn(line, uid=f"d-{line.code}", is_small=is_small))  # noqa: S308 - ui escapes every text


# ── one work ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def found_work(slug: str) -> tuple[Work, Exhibit | None]:
    """Return the work of an address and what the museum shows of it; withdrawn or never there, the answer is one."""
    exhibit = shown_at(slug)
    work = work_by_key(exhibit.gift) if exhibit else work_by_code(code_in(slug))
    if work is None:
        raise Http404
    return work, exhibit or shown_exhibit(work.key)


def own_slug(work: Work, exhibit: Exhibit | None = None) -> str:
    """Return the address of a work as it is now: the museum's where it gave one."""
    exhibit = exhibit or shown_exhibit(work.key)
    return exhibit.slug if exhibit else slug_of(work)


@public()
def exhibit_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a work: its picture, its story in both languages, where it comes from and what may be done with it."""
    work, exhibit = found_work(slug)
    own = own_slug(work, exhibit)
    if slug != own:  # never a permanent one: what is withdrawn must not live on in a cache
        return redirect("museum:exhibit", own)
    sheet = work_sheet(work, language=language())
    if sheet is None:
        raise Http404
    context = _page(sheet, exhibit)
    return render(request, "museum/collection/page.html", {**context, **_shared(request, own, context)})


def _shared(request: HttpRequest, slug: str, told: Mapping[str, Any]) -> dict[str, Any]:
    line: WorkLine = told["line"]
    said = told["story"]["text"] if told["story"] else f"{told['sort']}. {told['way']}."
    picture = told["photograph"].src if told["photograph"] else ""
    rights = str((told["rights"] or told["drawing_rights"])["uri"])

    def nodes(url: str, site: str) -> list[linked.Node]:
        image = site + (picture or reverse("museum:exhibit_drawing", args=[slug]))
        return linked.work(line, url=url, site=site, description=said, picture=image, rights=rights)

    steps = [(_("Colección"), reverse("museum:collection"))]
    return shared(request, line.title, description=said, card=("obra", slug), steps=steps, nodes=nodes, picture=picture)


def _page(sheet: WorkSheet, exhibit: Exhibit | None) -> dict[str, Any]:
    line = sheet.line
    shown = told(line, files=files_of(line.code))
    way = works.way_of(line)
    stories = _stories(sheet, exhibit)
    value = read.amount_said(AmountLine(sheet.currency, sheet.value, 1)) if sheet.value else ""
    return {
        **shown,
        "sheet": sheet,
        "story": stories[0] if stories else None,
        "other_stories": stories[1:],
        "kilometres": way[1] if way else None,
        "value": value,
        "rights": works.rights_said(exhibit.rights if exhibit else UNEVALUATED) if shown["photograph"] else None,
        "drawing_rights": works.rights_said(OWN_DRAWING),
        "info_url": f"{shown['photograph'].service}/info.json" if shown["photograph"] else "",
        "manifest_url": reverse("museum_root:iiif_manifest", args=[line.code]),
        "spanish": foreign("es"),
    }


def _stories(sheet: WorkSheet, exhibit: Exhibit | None) -> list[dict[str, str]]:
    """Return the story in each language it is told in, the reader's first: the museum's words, else the office's."""
    texts = dict(sheet.stories)
    if exhibit:
        texts |= {code: text for code, text in (("es", exhibit.story), ("en", exhibit.story_en)) if text}
    order = sorted(texts, key=lambda code: code != language())
    return [{"text": texts[code], "lang": foreign(code), "language": code} for code in order]


@public()
def exhibit_drawing(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw a work from its data, as a picture that stands alone."""
    work, _exhibit = found_work(slug)
    line = work_line(work, language=language())
    response = HttpResponse(works.drawn(line, uid="d", alone=True), content_type="image/svg+xml")
    response["Cache-Control"] = "no-cache"  # what is withdrawn from the public must not stay drawn
    response["Access-Control-Allow-Origin"] = "*"
    return response
