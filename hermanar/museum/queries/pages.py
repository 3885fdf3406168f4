"""Pages that editors made, by their address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page
from wagtail_localize.models import Translation

from hermanar.museum.queries.pieces import Linked
from hermanar.museum.queries.room_pages import closed_rooms, is_in_a_room

LANGUAGES = ("es", "en")  # each is the first part of a page's path in the tree
_ROOM = 2  # steps to a room: what is deeper stands below one
KINDS = ("storypage", "exhibitionpage", "routepage", "textpage")  # what stands below others, by its own table
_FIRST = ("storypage__told_on", "exhibitionpage__opens_on")
_LAST = ("exhibitionpage__closes_on",)
_TRANSLATION = ("pk", "url_path", "translation_key", "last_published_at")
_COLUMNS = (*_TRANSLATION, "title", "content_type_id", *(f"{kind}__lede" for kind in KINDS), *_FIRST, *_LAST)
# What of Wagtail's forty columns a visit needs; a page's own it needs all.
_SHOWN = (
    "title", "slug", "url_path", "path", "depth", "numchild", "translation_key", "locale", "content_type",
    "last_published_at",
)  # fmt: skip
_DEEPEST = 8
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Below:
    """A published page that stands below another, as a line that leads to it."""

    title: str
    url_path: str
    kind: str  # the model's name
    lede: str
    first_on: dt.date | None
    last_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A published page with what stands around it."""

    page: Any  # of its own kind
    language: str  # of what it says, which is not the reader's where nobody has translated it
    above: tuple[Linked, ...]
    below: tuple[Below, ...]
    translated: tuple[str, ...]  # the languages it is published in
    original_changed_at: dt.datetime | None  # when this is a translation of something older


def opened(path: str, *, language: str) -> Opened | None:
    """Return the page at an address in a language, else in the other; None when neither is published."""
    steps = [step for step in path.split("/") if step]
    if len(steps) > _DEEPEST or len(path) > _LONGEST:
        return None
    ways = {one: [f"/{'/'.join((one, *steps[:n]))}/" for n in range(len(steps) + 1)] for one in LANGUAGES}
    rows = Page.objects.filter(url_path__in=[each for way in ways.values() for each in way], live=True)
    met = {url_path: row for url_path, *row in rows.values_list("url_path", "title", "pk", "content_type_id")}
    for one in (language, *LANGUAGES):
        if row := met.get(ways[one][-1]):
            if len(steps) > _ROOM and is_in_a_room(f"/{path}/", closed_rooms()):
                return None
            above = tuple(Linked(met[each][0], each) for each in ways[one][1:-1] if each in met)
            page = _page(row[1], row[2])
            return around(page, language=one, above=above) if page else None
    return None


def _page(key: int, kind: int) -> Any | None:
    """Return a page as what it is, if it is still published."""
    model = ContentType.objects.get_for_id(kind).model_class()
    if model is None:
        return None
    own = (field.name for field in model._meta.local_fields if model is not Page)
    return model._default_manager.only(*_SHOWN, *own).filter(pk=key, live=True).first()  # noqa: SLF001


def around(page: Any, *, language: str, above: tuple[Linked, ...] = ()) -> Opened:
    """Return a page with its translations and the pages below it."""
    same, under = Q(translation_key=page.translation_key), Q(path__startswith=page.path, depth=page.depth + 1)
    near, columns = (same | under, _COLUMNS) if page.numchild else (same, _TRANSLATION)
    below, others, translated = [], [], [language]
    for row in Page.objects.filter(near, live=True).order_by("path").values(*columns):
        if row["translation_key"] != page.translation_key:
            below.append(_below(row))
        elif row["pk"] != page.pk:
            others.append(row)
            translated.append(language_of(row["url_path"]))
    return Opened(page, language, above, tuple(below), tuple(translated), _original_changed_at(page, others))


def _below(row: dict[str, Any]) -> Below:
    first, last = ((row[end] for end in ends) for ends in (_FIRST, _LAST))
    return Below(
        title=row["title"],
        url_path=row["url_path"],
        kind=ContentType.objects.get_for_id(row["content_type_id"]).model,
        lede=next((row[f"{kind}__lede"] for kind in KINDS if row[f"{kind}__lede"]), ""),
        first_on=next((day for day in first if day), None),
        last_on=next((day for day in last if day), None),
    )


def routes(language: str) -> tuple[Below, ...]:
    """Return the published ways through several rooms."""
    rows = Page.objects.filter(live=True, content_type__model="routepage", url_path__startswith=f"/{language}/")
    return tuple(_below(row) for row in rows.order_by("path").values(*_COLUMNS))


def published_addresses(limit: int) -> list[str]:
    """Return the addresses of the pages that are published in any language, as they are in the first."""
    paths = Page.objects.filter(live=True, depth__gt=2).order_by("url_path").values_list("url_path", flat=True)
    return sorted({path[len(language_of(path)) + 1 :] for path in paths[: 2 * limit]})[:limit]


def language_of(url_path: str) -> str:
    """Return the language whose tree a page stands in."""
    first = url_path.split("/")[1] if url_path.count("/") > 1 else ""
    return first if first in LANGUAGES else LANGUAGES[0]


def _original_changed_at(page: Any, others: list[dict[str, Any]]) -> dt.datetime | None:
    """Return when the original was published last, if that was after its translation."""
    own = page.last_published_at
    newer = [row for row in others if own and row["last_published_at"] and row["last_published_at"] > own]
    if not newer:
        return None
    made_from = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, source__locale__isnull=False
    )
    return max(row["last_published_at"] for row in newer) if made_from.exists() else None
