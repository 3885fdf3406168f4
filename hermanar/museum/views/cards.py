"""Postcards as pages show them: drawn from what the catalogue knows of the two cities today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hermanar.foundation.intake.kinds import LANGUAGES
from hermanar.foundation.models import Contribution
from hermanar.museum.queries.sisters import Circle, City, circle_of
from hermanar.museum.views.day import language
from hermanar.museum.views.sayings import foreign
from hermanar.ui.geometry import kilometres
from hermanar.ui.postcard import Card, End, postcard


def drawn(
    pair: tuple[City, City], content: Mapping[str, Any], *, sent_at: dt.datetime, is_written: bool = True
) -> SafeString:
    """Draw the card that a content describes."""
    sender, receiver = pair
    sent_at = timezone.localtime(sent_at)  # its year is the public's
    scene = str(content.get("scene", "path"))
    since = sender.since or receiver.since
    if scene == "years" and since is None:
        scene = "path"  # without a documented year there is nothing to count
    card = Card(
        sender=End(sender.name, sender.at),
        receiver=End(receiver.name, receiver.at),
        sent_at=sent_at,
        scene=scene,
        stamps=tuple(content.get("stamps", ())),
        since=since,
        words=(_("de"), _("para")),
        label=_("Postal de %(sender)s para %(receiver)s") % {"sender": sender.name, "receiver": receiver.name},
        said=_said(scene, pair, sent_at.year, is_written=is_written),
    )
    return mark_safe(postcard(card))  # noqa: S308 - ui escapes every text it writes


def _said(scene: str, pair: tuple[City, City], year: int, *, is_written: bool) -> str:
    """Return the one figure that a scene tells."""
    sender, receiver = pair
    distance = f"{kilometres(sender.at, receiver.at):,.0f}"
    since = sender.since or receiver.since
    if scene == "years" and since is not None:
        return _("%(years)d años desde %(since)d") % {"years": max(year - since, 0), "since": since}
    if scene == "sun":
        return _("La hora del sol cuando se escribió") if is_written else _("La hora del sol, ahora mismo")
    if scene == "rosettes":
        return _("Hacia dónde mirar, de una y de otra")
    return _("%(distance)s km por el camino más corto") % {"distance": distance}


def unwritten(
    open_to: Sequence[Circle], scenes: Sequence[tuple[str, str]], *, stamps: Sequence[str] = ("hand", "sun")
) -> list[dict[str, Any]]:
    """Draw a card that could be sent for each scene and wall, to the sisters known longest; none without an office."""
    if not open_to or not open_to[0].others:
        return []
    home, now = open_to[0].home, timezone.now()
    others = sorted(open_to[0].others.values(), key=lambda city: (city.since or 9999, city.name))
    found = []
    for number, (scene, wall) in enumerate(scenes):
        other = others[number % len(others)]
        query = urlencode({"ciudad": home.slug, "de": home.slug, "para": other.slug})
        drawing = drawn((home, other), {"scene": scene, "stamps": stamps}, sent_at=now, is_written=False)
        found.append({"drawing": drawing, "wall": wall, "url": f"{reverse('museum:new_hello')}?{query}"})
    return found


def cards(kept: Iterable[Contribution]) -> list[dict[str, Any]]:
    """Return hellos as a page shows them; where a city was withdrawn, a quiet place is left."""
    circles: dict[str, Circle | None] = {}
    found = []
    for one in kept:
        if one.place not in circles:
            circles[one.place] = circle_of(one.place, language())
        circle = circles[one.place]
        pair = circle.pair(one.content["sender"], one.content["receiver"]) if circle else None
        found.append(
            {
                "hello": one,
                "pair": pair,
                "wall": one.content["wall"],
                "drawing": drawn(pair, one.content, sent_at=one.received_at) if pair else "",
                "text": one.content.get("text", ""),
                "text_lang": foreign(one.language),
                "language": LANGUAGES.get(one.language, "") if one.language != language() else "",
            }
        )
    return found
