"""What the museum says of gifts, as far as it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from hermanar.museum.models import Exhibit


def shown_exhibit(gift: UUID) -> Exhibit | None:
    """Return what the museum shows of a gift."""
    return Exhibit.objects.filter(gift=gift, published_at__isnull=False).first()


def shown_at(slug: str) -> Exhibit | None:
    """Return what the museum shows at an address."""
    return Exhibit.objects.filter(slug=slug, published_at__isnull=False).first()


def shown_slugs(gifts: Iterable[UUID] | None = None) -> dict[UUID, str]:
    """Return the addresses the museum gave to gifts, of some or of all of them."""
    shown = Exhibit.objects.filter(published_at__isnull=False)
    shown = shown if gifts is None else shown.filter(gift__in=list(gifts))
    return dict(shown.values_list("gift", "slug"))
