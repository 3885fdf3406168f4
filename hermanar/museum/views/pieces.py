"""The pieces of a page as its template shows them: made of the stored form and of what was found for all at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.html import escape, linebreaks, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.rich_text.rewriters import LinkRewriter

from hermanar.catalogue.named import NamedRecord
from hermanar.museum.queries.pieces import Found, Linked, Shown
from hermanar.museum.rules.pieces import Raw, items, record_of
from hermanar.museum.views.drawings import hue
from hermanar.museum.views.sayings import foreign
from hermanar.ui.worldmap import Spot

Piece = dict[str, Any]
_PAGE_KEY = re.compile(r"[0-9]{1,9}")
# A tag that the desk's editor of texts does not write: another name, another attribute.
_ODD = re.compile(
    r"<(?!/?(?:p|h2|h3|b|i|strong|em|ul|ol|li|br|a)"
    r"(?:\s+(?:data-block-key|linktype|id|parent-id|href(?==\"(?:https?:|mailto:|#)))=\"[^\"<>]*\")*\s*/?>)"
)


def pieces(stored: Iterable[Raw], found: Found) -> list[Piece]:
    """Return what each piece shows, with its template; one of a kind that is no longer known is left out."""
    shown = []
    for number, raw in enumerate(stored):
        show = SHOWN_BY.get(raw.get("type", ""))
        value = raw.get("value")
        piece = show(value, found) if show and value else None
        if piece is not None:
            shown.append(piece | {"template": f"museum/blocks/{raw['type']}.html", "uid": f"pieza-{number}"})
    return shown


def address_of(url_path: str) -> str:
    """Return the address of a page from its place in the tree: Spanish at the root, English under /en/."""
    return url_path.removeprefix("/es") if url_path.startswith("/es/") else url_path


def _text(value: Any, found: Found) -> Piece | None:
    if not isinstance(value, str):
        return None

    def to_page(attributes: dict[str, str]) -> str:
        key = attributes.get("id", "")
        page = found.pages.get(int(key)) if _PAGE_KEY.fullmatch(key) else None
        return f'<a href="{escape(address_of(page.url_path))}">' if page else "<a>"

    def outside(attributes: dict[str, str]) -> str:
        address = _web(attributes.get("href"))
        return f'<a href="{escape(address)}">' if address else "<a>"

    if _ODD.search(value):  # not what the desk writes: shown as the words it is
        value = linebreaks(strip_tags(value), autoescape=True)
    return {"html": SafeString(LinkRewriter(rules={"page": to_page, "external": outside})(value))}


def _picture(value: Raw, found: Found) -> Piece:
    shown = found.pictures.get(value.get("picture", 0))
    if shown is None or not shown.sizes:
        return {"is_absent": True}
    return {"image": _image(shown, str(value.get("alt", ""))), "caption": value.get("caption", "")}


def _image(shown: Shown, alt: str) -> dict[str, Any]:
    largest, picture = shown.sizes[-1], shown.picture
    return {
        "url": largest.url,
        "srcset": ", ".join(f"{size.url} {size.width}w" for size in shown.sizes),
        "width": largest.width,
        "height": largest.height,
        "alt": alt,
        "author": picture.author,
        "licence": picture.get_licence_display(),
        "origin": _web(picture.origin),
    }


def _gallery(value: Raw, found: Found) -> Piece:
    pictures = [_picture(each, found) for each in items(value.get("pictures"))]
    return {"title": value.get("title", ""), "pictures": [one for one in pictures if "image" in one]}


def _recording(value: Raw, found: Found) -> Piece:
    recording = found.recordings.get(str(value.get("recording") or ""))
    if recording is None:
        return {"is_absent": True}
    return {"recording": recording, "lang": foreign(recording.language), "caption": value.get("caption", "")}


def _record(value: Raw, found: Found) -> Piece:
    kind, identifier = record_of(value.get("record"))
    record = found.records.get((kind, identifier))
    if record is None:
        return {"is_absent": True}
    lang = foreign(record.title_language)
    return {"record": record, "url": record_url(record), "words": value.get("words", ""), "lang": lang}


def record_url(record: NamedRecord) -> str:
    """Return where a record is shown whole."""
    if record.kind == "city":
        return reverse("museum:city", args=[record.identifier])
    return reverse("museum:agreement", args=[record.agreement.slug]) if record.agreement else ""


def _map(value: Raw, found: Found) -> Piece:
    origin = found.records.get(("city", str(value.get("origin") or "")))
    met = [found.records.get(("city", place)) for place in items(value.get("places"))]
    cities = [city for city in met if city is not None]
    spots = [dot for city in cities if (dot := spot(city))]
    return {"title": value.get("title", ""), "origin": spot(origin) if origin else None, "spots": spots}


def spot(city: NamedRecord, *, url: str = "") -> Spot | None:
    """Return a city as a dot of a map that leads to it, or elsewhere; None when nobody knows where it is."""
    if city.latitude is None or city.longitude is None:
        return None
    return Spot(
        city.title, city.latitude, city.longitude, hue=hue(city.country), stroke="full", url=url or record_url(city)
    )


def _timeline(value: Raw, found: Found) -> Piece:
    events = [dict(each) for each in items(value.get("events")) if isinstance(each, dict)]
    return {"title": value.get("title", ""), "events": sorted(events, key=lambda event: str(event.get("when", "")))}


def _comparison(value: Raw, found: Found) -> Piece:
    sheet = found.pairs.get(str(value.get("pair") or ""))
    return {"sheet": sheet, "words": value.get("words", "")} if sheet else {"is_absent": True}


def _table(value: Raw, found: Found) -> Piece:
    return dict(value) | {"rows": [dict(each) for each in items(value.get("rows")) if isinstance(each, dict)]}


def _quiz(value: Raw, found: Found) -> Piece:
    answers = [dict(each) for each in items(value.get("answers")) if isinstance(each, dict)]
    return {"question": value.get("question", ""), "answers": answers}


def _stop(value: Raw, found: Found) -> Piece | None:
    page: Linked | None = found.pages.get(value.get("room", 0))
    if page is None:
        return {"title": _("Esta sala está cerrada por ahora."), "words": ""}
    return {
        "title": page.title, "url": address_of(page.url_path), "words": value.get("words", ""), "key": value["room"],
    }  # fmt: skip


def _as_written(value: Raw, found: Found) -> Piece:
    return dict(value) | {"url": _web(value.get("url"))}


def _web(address: Any) -> str:
    """Return an address of the web, nothing else: whatever it is kept as, a link runs no script."""
    text = address if isinstance(address, str) else ""
    return text if text.startswith(("https://", "http://")) else ""


SHOWN_BY: dict[str, Callable[[Any, Found], Piece | None]] = {
    "text": _text,
    "quotation": _as_written,
    "quiz": _quiz,
    "picture": _picture,
    "gallery": _gallery,
    "sound": _recording,
    "film": _recording,
    "map": _map,
    "record": _record,
    "figure": _as_written,
    "timeline": _timeline,
    "comparison": _comparison,
    "table": _table,
    "stop": _stop,
}


def raw_pieces(page: Any) -> Iterator[Raw]:
    """Yield the stored pieces of a page: its stops, if it has any, then its body."""
    for name in ("stops", "body"):
        if stream := getattr(page, name, None):
            yield from stream.raw_data
