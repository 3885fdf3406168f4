"""What a page's pieces need to be shown, read off their stored form: so that all of it is asked for at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

RECORD_KINDS = ("city", "agreement", "project", "gift")
_PAGE_LINK = re.compile(r'<a\b[^>]*linktype="page"[^>]*>')
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_ID = re.compile(r'\bid="(\d{1,9})"')
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Needed:
    """Identifiers of everything that the pieces of a page refer to."""

    pictures: set[int] = field(default_factory=set)
    recordings: set[str] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
    pairs: set[str] = field(default_factory=set)
    records: dict[str, set[str]] = field(default_factory=lambda: {kind: set() for kind in RECORD_KINDS})


def needed_by(pieces: Iterable[Raw]) -> Needed:
    """Return what the pieces of a page refer to."""
    needed = Needed()
    for piece in pieces:
        take = _TAKERS.get(piece.get("type", ""))
        if take:
            take(needed, piece.get("value"))
    return needed


def items(value: Any) -> Iterator[Any]:
    """Yield the values of a list as it is stored."""
    for item in value if isinstance(value, list) else []:
        yield item.get("value") if isinstance(item, dict) and "value" in item else item


def record_of(value: Any, kind: str = "") -> tuple[str, str]:
    """Return kind and public identifier of a record that a piece names; both empty when it names none."""
    text = value if isinstance(value, str) else ""
    if kind:
        return (kind, text) if text else ("", "")
    found, _colon, identifier = text.partition(":")
    return (found, identifier) if found in RECORD_KINDS and identifier else ("", "")


def linked_pages(html: str) -> set[int]:
    """Return the pages that a text links to."""
    return {int(found[1]) for tag in _PAGE_LINK.findall(html) if (found := _ID.search(tag))}


def _struct(value: Any) -> Raw:
    return value if isinstance(value, dict) else {}


def _take_text(needed: Needed, value: Any) -> None:
    if isinstance(value, str):
        needed.pages.update(linked_pages(value))


def _take_picture(needed: Needed, value: Any) -> None:
    if isinstance(picture := _struct(value).get("picture"), int):
        needed.pictures.add(picture)


def _take_gallery(needed: Needed, value: Any) -> None:
    for picture in items(_struct(value).get("pictures")):
        _take_picture(needed, picture)


def _take_recording(needed: Needed, value: Any) -> None:
    recording = str(_struct(value).get("recording") or "")
    if _KEY.match(recording):
        needed.recordings.add(recording)


def _take_map(needed: Needed, value: Any) -> None:
    places = [_struct(value).get("origin"), *items(_struct(value).get("places"))]
    needed.records["city"].update(place for place in places if isinstance(place, str) and place)


def _take_record(needed: Needed, value: Any) -> None:
    kind, identifier = record_of(_struct(value).get("record"))
    if kind:
        needed.records[kind].add(identifier)


def _take_comparison(needed: Needed, value: Any) -> None:
    if isinstance(pair := _struct(value).get("pair"), str) and pair:
        needed.pairs.add(pair)


def _take_stop(needed: Needed, value: Any) -> None:
    if isinstance(page := _struct(value).get("room"), int):
        needed.pages.add(page)


_TAKERS: dict[str, Callable[[Needed, Any], None]] = {
    "text": _take_text,
    "picture": _take_picture,
    "gallery": _take_gallery,
    "sound": _take_recording,
    "film": _take_recording,
    "map": _take_map,
    "record": _take_record,
    "comparison": _take_comparison,
    "stop": _take_stop,
}
