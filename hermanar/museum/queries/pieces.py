"""Everything the pieces of a page refer to, each kind read at once: as many questions for sixty pieces as for one."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from wagtail.images.exceptions import InvalidFilterSpecError, UnknownOutputImageFormatError
from wagtail.images.models import Filter, SourceImageIOError
from wagtail.models import Page

from hermanar.catalogue import read
from hermanar.catalogue.named import NamedRecord
from hermanar.foundation.documents.images import alone
from hermanar.museum.models.media import Picture, PictureRendition, Recording
from hermanar.museum.queries.pairs import PairSheet, cities_of, pairs_at, sheets_of
from hermanar.museum.rules.pieces import Needed

WIDTHS = (480, 960, 1600)
_SPECS = {f"max-{width}x{width * 2}|format-webp": width for width in WIDTHS}
# Without its file: Django would look whether its measures are kept, once for each.
_OF_A_PICTURE = ("author", "licence", "origin", "width")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Size:
    """A picture as a file of one width."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with its sizes, the smallest first; none when its file is gone."""

    picture: Picture
    sizes: tuple[Size, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A published page that another leads to."""

    title: str
    url_path: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of what the pieces need; what is missing is not there, or not public."""

    pictures: Mapping[int, Shown]
    recordings: Mapping[str, Recording]
    pages: Mapping[int, Linked]
    records: Mapping[tuple[str, str], NamedRecord]
    pairs: Mapping[str, PairSheet]


def found_for(needed: Needed, *, today: dt.date, language: str) -> Found:
    """Return what the pieces of a page need, in at most ten questions."""
    pairs = pairs_at(needed.pairs)
    asked = {**needed.records, "city": needed.records["city"] | cities_of(pairs)}
    records = read.named_records(asked, today=today, language=language)
    places = {identifier: one for (kind, identifier), one in records.items() if kind == "city"}
    return Found(
        pictures=shown_pictures(needed.pictures),
        recordings=_recordings(needed.recordings),
        pages=_pages(needed.pages),
        records=records,
        pairs=sheets_of(pairs, places, language=language),
    )


def shown_pictures(keys: Iterable[int]) -> dict[int, Shown]:
    """Return pictures with their sizes; a size nobody asked for before is made now, and kept."""
    pictures = Picture.objects.only(*_OF_A_PICTURE).in_bulk(list(keys)) if keys else {}
    sizes = _kept(pictures)
    return {key: Shown(one, _sizes(one, sizes[key])) for key, one in pictures.items()}


def _kept(pictures: Collection[int]) -> dict[int, dict[str, Any]]:
    """Return the sizes that there are of some pictures, by what each was asked as."""
    sizes: dict[int, dict[str, Any]] = {key: {} for key in pictures}
    if pictures:
        kept = PictureRendition.objects.filter(image__in=list(pictures), filter_spec__in=_SPECS)
        for row in kept.values("image_id", "filter_spec", "file", "width", "height"):
            sizes[row["image_id"]][row["filter_spec"]] = row
    return sizes


def _sizes(picture: Picture, kept: dict[str, Any]) -> tuple[Size, ...]:
    """Return the widths of a picture, none twice: one that is small has fewer."""
    wanted = [spec for spec, width in _SPECS.items() if width == WIDTHS[0] or width < picture.width * 2]
    if any(spec not in kept for spec in wanted):
        with alone():  # whoever comes while they are made finds them made
            kept = _kept([picture.pk])[picture.pk]
            kept |= _made(picture, [spec for spec in wanted if spec not in kept])
    rows = [kept[spec] for spec in wanted if spec in kept]
    by_width = {row["width"]: Size(default_storage.url(row["file"]), row["width"], row["height"]) for row in rows}
    return tuple(by_width[width] for width in sorted(by_width))


def _made(picture: Picture, specs: list[str]) -> dict[str, Any]:
    if not specs:
        return {}
    try:
        made = picture.create_renditions(*(Filter(spec=spec) for spec in specs))
    except (SourceImageIOError, OSError, InvalidFilterSpecError, UnknownOutputImageFormatError):
        _log.exception("a picture has no file that can be read: %s", picture.pk)
        return {}
    return {one.spec: {"file": row.file.name, "width": row.width, "height": row.height} for one, row in made.items()}


def _recordings(keys: Iterable[str]) -> dict[str, Recording]:
    wanted = list(keys)
    return {str(key): one for key, one in Recording.objects.in_bulk(wanted).items()} if wanted else {}


def _pages(keys: Iterable[int]) -> dict[int, Linked]:
    wanted = list(keys)
    if not wanted:
        return {}
    rows = Page.objects.filter(pk__in=wanted, live=True).values_list("pk", "title", "url_path")
    return {key: Linked(title, url_path) for key, title, url_path in rows}
