"""What stands on the public calendar: events, festivals with their programme, feasts that come again."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hermanar.foundation.models import Source, uuid7
from hermanar.museum.rules.events import Span
from hermanar.museum.vocabulary.events import EventKind, EventState


class Event(models.Model):
    """An event, with its time as the clocks of its place tell it; days that nobody knows stay empty."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=120, unique=True, editable=False)  # made once: calendars and links hold it
    reference = models.CharField(max_length=60, blank=True, editable=False)  # natural key of what is shipped
    office = models.UUIDField(null=True, editable=False)  # whose it is; null: the museum's own
    kind = models.CharField(max_length=8, choices=EventKind.choices, default=EventKind.EVENT)
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    description = models.TextField(max_length=20_000, blank=True)
    description_en = models.TextField(max_length=20_000, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # its last day; empty: the day it starts
    starts_at = models.TimeField(null=True, blank=True)  # empty: whole days
    ends_at = models.TimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, default="America/Mexico_City")
    every_years = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)  # the hall, the square
    city = models.CharField(max_length=120, blank=True)  # public slug of the place it is in
    organiser = models.CharField(max_length=200, blank=True)
    more_url = models.URLField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.PLANNED, editable=False)
    state_note = models.CharField(max_length=500, blank=True, editable=False)
    state_note_en = models.CharField(max_length=500, blank=True, editable=False)
    former_on = models.DateField(null=True, editable=False)  # the day that was told before it moved
    former_at = models.TimeField(null=True, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    passage = models.CharField(max_length=300, blank=True)
    as_of = models.CharField(max_length=10, blank=True)  # partial ISO date the source speaks of
    published_at = models.DateTimeField(null=True, editable=False)
    first_published_at = models.DateTimeField(null=True, editable=False)  # when it was news
    changed_at = models.DateTimeField(editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)  # a person changed it: what is shipped leaves it alone
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="event_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=False)
                | Q(ends_on__isnull=True, starts_at__isnull=True, ends_at__isnull=True),
                name="event_begins_before_it_ends",
            ),
            models.CheckConstraint(condition=~Q(part_of=F("id")), name="event_not_part_of_itself"),
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="event_reference_once"),
        ]
        indexes = [
            models.Index(fields=["starts_on", "id"], condition=Q(published_at__isnull=False), name="event_by_day")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Span:
        """Return when it is, as the rules look at it."""
        return Span(self.starts_on, self.ends_on, self.starts_at, self.ends_at, self.time_zone)


class EventCity(models.Model):
    """A sister city that an event concerns, by its public slug."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="cities")
    slug = models.SlugField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "slug"], name="event_city_once")]
        indexes = [models.Index(fields=["slug"], name="event_by_city")]

    def __str__(self) -> str:
        return self.slug
