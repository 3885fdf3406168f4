"""What a city offers to buyers and investors, and the ways in which people support the museum."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hermanar.foundation.models import uuid7
from hermanar.museum.vocabulary.offers import OfferKind, Sector, WayKind


class Offer(models.Model):
    """A project that looks for investment, or something to export; who attends is a post, never a person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=120, unique=True, editable=False)
    office = models.UUIDField(null=True, editable=False)  # whose it is; null: the museum's own
    kind = models.CharField(max_length=10, choices=OfferKind.choices)
    sector = models.CharField(max_length=12, choices=Sector.choices)
    city = models.CharField(max_length=120, blank=True)  # public slug
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    description = models.TextField(max_length=10_000, blank=True)
    description_en = models.TextField(max_length=10_000, blank=True)
    amount = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)  # null: not told
    currency = models.CharField(max_length=3, blank=True)  # ISO 4217
    contact_post = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    as_of = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)
    first_published_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="") | (Q(amount__gt=0) & ~Q(currency="")),
                name="offer_amount_with_currency",
            )
        ]

    def __str__(self) -> str:
        return self.title


class SupportWay(models.Model):
    """Where one buys a ticket, gives or shops: a link that the city sets."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.UUIDField(null=True, editable=False)
    kind = models.CharField(max_length=8, choices=WayKind.choices)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    note_en = models.CharField(max_length=500, blank=True)
    url = models.URLField(max_length=500)
    changed_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return self.title
