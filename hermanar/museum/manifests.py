"""Works as IIIF Presentation 3.0 tells them: a manifest for each, and a collection of all; both languages in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hermanar.catalogue.gifts import WorkSheet
from hermanar.catalogue.read.gifted import Work
from hermanar.catalogue.read.gifts import slug_of, work_line, work_sheet
from hermanar.museum import works
from hermanar.museum.models import Exhibit
from hermanar.museum.rules.exhibits import OWN_DRAWING, STATEMENTS, UNEVALUATED
from hermanar.museum.works import Files, Photograph
from hermanar.ui.voyage import HEIGHT, WIDTH

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
Said = dict[str, list[str]]


def both(es: str, en: str) -> Said:
    """Return a text in the languages it is told in."""
    return {code: [text] for code, text in (("es", es), ("en", en)) if text} or {"none": [""]}


def _title(work: Work) -> Said:
    lines = {code: work_line(work, language=code) for code in ("es", "en")}
    return both(*(line.title if line.title_language == code else "" for code, line in lines.items()))


def collection_manifest(found: Iterable[Work], *, slugs: Mapping[Any, str], files: Files, site: str) -> dict[str, Any]:
    """Return all works as a collection of manifests."""
    return {
        "@context": CONTEXT,
        "id": f"{site}{reverse('museum_root:iiif_collection')}",
        "type": "Collection",
        "label": both("Colección del museo de las ciudades hermanas", "Collection of the museum of sister cities"),
        "homepage": [_homepage(site, "museum:collection")],
        "items": [
            {
                "id": f"{site}{reverse('museum_root:iiif_manifest', args=[work.code])}",
                "type": "Manifest",
                "label": _title(work),
                "thumbnail": [_thumbnail(_shown(work, files), slugs.get(work.key) or slug_of(work), site)],
            }
            for work in found
        ],
    }


def manifest(work: Work, exhibit: Exhibit | None, *, files: Files, site: str) -> dict[str, Any] | None:
    """Return a work as a manifest; None when it was withdrawn meanwhile."""
    sheets = {}
    for code in ("es", "en"):
        with translation.override(code):
            sheet = work_sheet(work, language=code)
        if sheet is None:
            return None
        sheets[code] = sheet
    base = f"{site}{reverse('museum_root:iiif_manifest', args=[work.code])}"
    slug = exhibit.slug if exhibit else slug_of(work)
    line = sheets["es"].line
    summary = _summary(sheets, exhibit)
    photograph = works.photograph_of(line, files)
    body, size = _painted(photograph, slug, site)
    rights = STATEMENTS[(exhibit.rights if exhibit else UNEVALUATED) if photograph else OWN_DRAWING][0]
    return {
        "@context": CONTEXT,
        "id": base,
        "type": "Manifest",
        "label": _title(work),
        **({"summary": summary} if summary else {}),
        "metadata": _metadata(sheets),
        "requiredStatement": _attribution(sheets["es"], photograph),
        "rights": rights,
        "homepage": [_homepage(site, "museum:exhibit", slug)],
        "thumbnail": [_thumbnail(photograph, slug, site)],
        "items": [_canvas(base, body, size)],
    }


def _canvas(base: str, body: dict[str, Any], size: tuple[int, int]) -> dict[str, Any]:
    parts = base.removesuffix("/manifest.json")
    canvas = f"{parts}/lienzo"
    annotation = {
        "id": f"{parts}/pintura", "type": "Annotation", "motivation": "painting", "target": canvas, "body": body,
    }  # fmt: skip
    page = {"id": f"{parts}/pagina", "type": "AnnotationPage", "items": [annotation]}
    return {"id": canvas, "type": "Canvas", "width": size[0], "height": size[1], "items": [page]}


def _shown(work: Work, files: Files) -> Photograph | None:
    return works.photograph_of(work_line(work, language="es"), files) if work.has_photograph else None


def _painted(photograph: Photograph | None, slug: str, site: str) -> tuple[dict[str, Any], tuple[int, int]]:
    """Return what is painted on the canvas: the photograph with its service, or the drawing from data."""
    if photograph is None:
        return _drawing(slug, site), (WIDTH, HEIGHT)
    largest = photograph.wholes[0]
    service = {"id": f"{site}{photograph.service}", "type": "ImageService3", "profile": "level0"}
    body = {
        "id": f"{site}{photograph.src}", "type": "Image", "format": "image/jpeg",
        "width": largest.width, "height": largest.height, "service": [service],
    }  # fmt: skip
    return body, (photograph.width, photograph.height)


def _drawing(slug: str, site: str) -> dict[str, Any]:
    with translation.override("es"):
        path = reverse("museum:exhibit_drawing", args=[slug])
    return {"id": f"{site}{path}", "type": "Image", "format": "image/svg+xml", "width": WIDTH, "height": HEIGHT}


def _thumbnail(photograph: Photograph | None, slug: str, site: str) -> dict[str, Any]:
    if photograph is None:
        return _drawing(slug, site)
    path, cut = photograph.thumbnail
    return {
        "id": f"{site}{path}", "type": "Image", "format": "image/jpeg", "width": cut.width, "height": cut.height,
    }  # fmt: skip


def _homepage(site: str, name: str, *args: str) -> dict[str, Any]:
    with translation.override("es"):
        path = reverse(name, args=args)
    label = both("Museo de las ciudades hermanas", "Museum of sister cities")
    return {"id": f"{site}{path}", "type": "Text", "label": label, "format": "text/html", "language": ["es"]}


def _summary(sheets: dict[str, WorkSheet], exhibit: Exhibit | None) -> Said:
    texts = dict(sheets["es"].stories)
    if exhibit:
        texts |= {code: text for code, text in (("es", exhibit.story), ("en", exhibit.story_en)) if text}
    return both(texts.get("es", ""), texts.get("en", "")) if texts else {}


def _attribution(sheet: WorkSheet, photograph: Photograph | None) -> dict[str, Said]:
    if photograph and sheet.photograph:
        return {"label": both("Fotografía", "Photograph"), "value": {"none": [sheet.photograph.rights]}}
    said = both("Dibujo hecho por Hermanar con los datos de la obra", "Drawing made by Hermanar from the work's data")
    return {"label": both("Imagen", "Image"), "value": said}


def _metadata(sheets: dict[str, WorkSheet]) -> list[dict[str, Said]]:
    """Return the provenance, each with its name, in both languages."""
    rows: list[tuple[str, list[str]]] = []
    for code, sheet in sheets.items():
        with translation.override(code):
            line = sheet.line
            said = [
                (_("Qué es"), works.sort_said(line)),
                (_("Camino"), works.way_said(line)),
                (_("Cuándo"), works.when_said(line)),
                (_("Consta en"), line.source),
                (_("Dónde se guarda"), sheet.place),
                (_("Quién lo dio"), sheet.giver_name),
                (_("Quién lo recibió"), sheet.receiver_name),
            ]
        rows += [(code, [label, value]) for label, value in said]
    half = len(rows) // 2
    return [
        {"label": both(es[0], en[0]), "value": both(es[1], en[1])}
        for (_es, es), (_en, en) in zip(rows[:half], rows[half:], strict=True)
        if es[1]
    ]
