"""Figures that sources state, captures, and totals of what others report."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from hermanar.catalogue.read.kept import kept
from hermanar.catalogue.read.locators import locator
from hermanar.catalogue.read.sources import source_of
from hermanar.catalogue.sheets import CaptureLine, FigureLine
from hermanar.observatory.models import Capture, ReferenceFigure, ReportedTie
from hermanar.observatory.queries import written_places

_TOPICS = {
    "guanajuato": _("Guanajuato capital"),
    "registered_total": _("¿Cuántos acuerdos están inscritos?"),
    "twinning_count": _("¿Cuántos hermanamientos hay?"),
    "specific_count": _("¿Cuántos de cooperación específica?"),
    "twinning_share": _("¿Qué parte son hermanamientos?"),
    "specific_share": _("¿Qué parte es cooperación específica?"),
    "state_share": _("¿Qué parte suscribieron los estados?"),
    "municipal_share": _("¿Qué parte suscribieron los municipios?"),
    "level_by_kind": _("¿Quién suscribe cada tipo?"),
    "us_share": _("¿Qué parte es con Estados Unidos?"),
    "us_count": _("¿Cuántos con Estados Unidos?"),
    "spain_count": _("¿Cuántos con España?"),
    "concentration": _("¿Qué tan concentrados están?"),
    "cities_taking_part": _("¿Cuántas ciudades participan?"),
    "purpose": _("¿En qué se vuelven?"),
    "active_elsewhere": _("¿Y en otros lugares?"),
    "mexico_city": _("Ciudad de México"),
    "europe": _("Europa"),
}


@dataclass(frozen=True, slots=True)
class Topic:
    """Figures that answer one question, side by side."""

    key: str
    title: str
    figures: tuple[FigureLine, ...]


def figures(*, language: str, place: UUID | None = None) -> tuple[FigureLine, ...]:
    """Return the reference figures, or those about one place, as they are stated."""
    rows = ReferenceFigure.objects.select_related("source").order_by("topic", "-as_of", "key")
    if place is not None:
        rows = rows.filter(place=place)
    return tuple(_figure(row, language) for row in rows)


def figures_by_topic(*, language: str) -> tuple[Topic, ...]:
    """Return the figures question by question, those that disagree side by side."""
    stated = figures(language=language)
    grouped = {key: tuple(line for line in stated if line.topic == key) for key in _TOPICS}
    return tuple(Topic(key, str(_TOPICS[key]), lines) for key, lines in grouped.items() if lines)


def _figure(row: ReferenceFigure, language: str) -> FigureLine:
    is_english = language == "en"
    value = format(row.value.normalize(), "f")
    return FigureLine(
        key=row.key,
        topic=row.topic,
        label=row.label_en if is_english else row.label_es,
        value=f"{int(value):,}" if value.isdecimal() else value,
        unit=row.unit_en if is_english else row.unit_es,
        as_of=row.as_of,
        scope=row.scope_en if is_english else row.scope_es,
        stated_by=(row.stated_by_en if is_english else "") or row.stated_by,
        source=source_of(row.source, language),
        passage=locator(row.passage, language),
    )


def captures(*, language: str) -> tuple[CaptureLine, ...]:
    """Return every capture with how much of it was found in the directory."""
    rows = Capture.objects.select_related("source").order_by("-captured_on", "key")
    ties, places = _told_by_capture()
    return tuple(
        CaptureLine(
            key=row.key,
            source=source_of(row.source, language),
            captured_on=row.captured_on,
            origin=row.origin,
            licence=row.licence,
            coverage=row.coverage_en if language == "en" else row.coverage_es,
            tie_count=ties.get(row.pk, 0),
            place_count=places.get(row.pk, (0, 0))[0],
            resolved_count=places.get(row.pk, (0, 0))[1],
            covers_domestic=row.covers_domestic_mexico,
        )
        for row in rows
    )


@kept("ties")
def _told_by_capture() -> tuple[dict[UUID, int], dict[UUID, tuple[int, int]]]:
    """Count the rows of every capture, and its places with those that were found in the directory."""
    ties = dict(ReportedTie.objects.order_by().values_list("capture").annotate(n=Count("pk")))
    places = written_places().order_by().values_list("capture")
    counted = places.annotate(n=Count("pk"), found=Count("pk", filter=Q(place__isnull=False)))
    return ties, {capture: (total, resolved) for capture, total, resolved in counted}
