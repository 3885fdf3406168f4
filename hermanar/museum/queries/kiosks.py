"""The kiosks: those that editors set, and one for each city whose rooms ship and who set none."""

from __future__ import annotations

from dataclasses import dataclass

from hermanar.museum.models import Kiosk, RoomPage
from hermanar.museum.queries.rooms import rooms
from hermanar.museum.rules.kiosks import IDLE_SECONDS


@dataclass(frozen=True, slots=True)
class Hall:
    """A kiosk as it is shown; without rooms it shows those that the house chooses."""

    slug: str
    host: str
    title: str = ""
    title_en: str = ""
    rooms: tuple[str, ...] = ()
    idle_seconds: int = IDLE_SECONDS
    version: int = 0


def halls() -> tuple[Hall, ...]:
    """Return the kiosks that are shown."""
    kept = {one.slug: _hall(one) for one in Kiosk.objects.filter(published_at__isnull=False)}
    own = {host: Hall(host, host) for host in dict.fromkeys(room.host for room in rooms()) if host not in kept}
    return (*own.values(), *kept.values())


def hall_at(slug: str) -> Hall | None:
    """Return the kiosk of an address."""
    if kept := Kiosk.objects.filter(slug=slug, published_at__isnull=False).first():
        return _hall(kept)
    return Hall(slug, slug) if any(room.host == slug for room in rooms()) else None


def open_slugs(host: str) -> tuple[str, ...]:
    """Return the addresses of the rooms of a city that are published."""
    return tuple(dict.fromkeys(RoomPage.objects.filter(live=True, host=host).values_list("slug", flat=True)))


def _hall(kept: Kiosk) -> Hall:
    return Hall(kept.slug, kept.host, kept.title, kept.title_en, tuple(kept.rooms), kept.idle_seconds, kept.version)
