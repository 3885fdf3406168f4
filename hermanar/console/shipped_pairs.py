"""The pairs of everyday life that come with the product: rows of a file into drafts, sources by their key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.console.rows import Row, rows_of
from hermanar.foundation.access import CONSOLE
from hermanar.museum.actions.pairs import load_pairs
from hermanar.museum.rules.pairs import PairDraft, SideDraft


def load_everyday_life() -> str:
    """Enter the shipped pairs and publish them; what a person edited or withdrew is left as it is."""
    done = load_pairs(drafts_of(rows_of("pairs", "museum"), sources()), by=CONSOLE)
    told = [
        ngettext("%(count)d comparación nueva", "%(count)d comparaciones nuevas", done.entered)
        % {"count": done.entered},
        ngettext("%(count)d cambiada", "%(count)d cambiadas", done.mended) % {"count": done.mended},
        ngettext("%(count)d igual", "%(count)d iguales", done.unchanged) % {"count": done.unchanged},
    ]
    kept = "; " + _("editadas, sin tocar: %s") % ", ".join(done.kept) if done.kept else ""
    return ", ".join(told) + kept


def sources() -> dict[str, Row]:
    """Return the sources that shipped pairs may name, by their key."""
    return {row["key"]: row for row in (*rows_of("sources"), *rows_of("sources", "museum"))}


def drafts_of(rows: Iterable[Row], known: Mapping[str, Row]) -> list[PairDraft]:
    """Return the drafts that rows say; raise KeyError when one names a source that is not known."""
    return [
        PairDraft(
            slug=row["slug"],
            theme=row["theme"],
            mode=row["mode"],
            question=row["question_es"],
            question_en=row["question_en"],
            note=row["note_es"],
            note_en=row["note_en"],
            unit=row["unit_es"],
            unit_en=row["unit_en"],
            lowest=_number(row["lowest"]),
            highest=_number(row["highest"]),
            step=_number(row["step"]),
            choice=int(row["choice"]) if row["choice"] else None,
            drawing=row["drawing"],
            sides=(_side(row, "left", known), _side(row, "right", known)),
        )
        for row in rows
    ]


def _side(row: Row, name: str, known: Mapping[str, Row]) -> SideDraft:
    key = row[f"{name}_source"]
    source = known[key] if key else {"title_es": "", "title_en": "", "address": ""}
    return SideDraft(
        place=row[f"{name}_place"],
        answer=row[f"{name}_answer_es"],
        answer_en=row[f"{name}_answer_en"],
        source=source["title_es"],
        source_en=source["title_en"],
        address=source["address"],
        passage=row[f"{name}_passage"],
        as_of=row[f"{name}_as_of"],
        figure=_number(row[f"{name}_figure"]),
        whole=_number(row[f"{name}_whole"]),
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
