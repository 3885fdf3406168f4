"""The business corner and the ways to support, as they are kept and as the public reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet

from hermanar.catalogue.read.demonstration import hidden_offices
from hermanar.catalogue.read.names import PlaceName, place_names
from hermanar.foundation.access import Actor, Role
from hermanar.museum.models import Offer, SupportWay
from hermanar.museum.queries.agenda import in_language
from hermanar.museum.rules.offers import OfferFacts
from hermanar.museum.vocabulary.offers import OfferKind, Sector, WayKind

MOST = 300


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer as its list and its page show it."""

    id: str
    slug: str
    kind: str
    kind_label: str
    sector: str
    sector_label: str
    city: PlaceName | None
    title: str
    title_language: str
    description: str
    description_language: str
    amount: Decimal | None
    currency: str
    contact_post: str
    source: str
    source_url: str
    as_of: dt.date | None
    changed_at: dt.datetime
    published_at: dt.datetime


@dataclass(frozen=True, slots=True)
class WayLine:
    """A way to support the museum."""

    kind: str
    label: str
    title: str
    title_language: str
    note: str
    note_language: str
    url: str


def offers_kept_by(actor: Actor) -> QuerySet[Offer]:
    """Return the offers of the actor's office; all of them for whoever runs the machine."""
    return Offer.objects.all() if actor.role is Role.CONSOLE else Offer.objects.filter(office=actor.office)


def ways_kept_by(actor: Actor) -> QuerySet[SupportWay]:
    """Return the links of the actor's office; all of them for whoever runs the machine."""
    return SupportWay.objects.all() if actor.role is Role.CONSOLE else SupportWay.objects.filter(office=actor.office)


def published_offers() -> QuerySet[Offer]:
    """Return the offers that the public may see; nothing of a demonstration office ever is."""
    shown = Offer.objects.filter(published_at__isnull=False).order_by("kind", "sector", "title", "pk")
    hidden = hidden_offices()
    return shown.exclude(office__in=hidden) if hidden else shown


def offer_lines(*, language: str) -> tuple[OfferLine, ...]:
    """Return the offers that the public may see."""
    return lines_of(published_offers()[:MOST], language=language)


def offer_line(slug: str, *, language: str) -> OfferLine | None:
    """Return one of them."""
    return next(iter(lines_of(published_offers().filter(slug=slug), language=language)), None)


def lines_of(rows: Iterable[Offer], *, language: str) -> tuple[OfferLine, ...]:
    """Return offers as the public reads them."""
    found = list(rows)
    names = place_names([one.city for one in found if one.city], language=language)
    return tuple(_line(one, names.get(one.city), language) for one in found)


def _line(offer: Offer, city: PlaceName | None, language: str) -> OfferLine:
    title, title_language = in_language(offer.title, offer.title_en, language=language)
    description, description_language = in_language(offer.description, offer.description_en, language=language)
    return OfferLine(
        id=str(offer.pk),
        slug=offer.slug,
        kind=offer.kind,
        kind_label=str(OfferKind(offer.kind).label),
        sector=offer.sector,
        sector_label=str(Sector(offer.sector).label),
        city=city,
        title=title,
        title_language=title_language,
        description=description,
        description_language=description_language,
        amount=offer.amount,
        currency=offer.currency,
        contact_post=offer.contact_post,
        source=offer.source,
        source_url=offer.source_url,
        as_of=offer.as_of,
        changed_at=offer.changed_at,
        published_at=offer.first_published_at or offer.changed_at,
    )


def ways_to_support(*, language: str) -> tuple[WayLine, ...]:
    """Return the links that cities have set."""
    hidden = hidden_offices()
    rows = SupportWay.objects.order_by("kind", "title", "pk")
    told = []
    for way in rows.exclude(office__in=hidden)[:MOST] if hidden else rows[:MOST]:
        title, title_language = in_language(way.title, way.title_en, language=language)
        note, note_language = in_language(way.note, way.note_en, language=language)
        label = str(WayKind(way.kind).label)
        told.append(WayLine(way.kind, label, title, title_language, note, note_language, way.url))
    return tuple(told)


def facts_of(offer: Offer) -> OfferFacts:
    """Return an offer as the rules look at it."""
    return OfferFacts(
        title=offer.title,
        description=offer.description,
        city=offer.city,
        amount=offer.amount,
        currency=offer.currency,
        contact_post=offer.contact_post,
        source=offer.source,
    )


def row_content(row: Model) -> dict[str, Any]:
    """Return all that a row keeps, but the counter of its versions, for the trail's digest."""
    columns = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    columns.pop("version", None)
    return {name: value if value is None else str(value) for name, value in columns.items()}
