"""What the counterpart tells in the room of a tie: kept as it was said, beside what the office keeps."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hermanar.agreements.models import Guest
from hermanar.cooperation.models.activities import Activity
from hermanar.cooperation.vocabulary import ActivityKind, Precision, Rights
from hermanar.cooperation.vocabulary.guests import Answered, EntryState
from hermanar.foundation.calendar import PartialDate
from hermanar.foundation.calendar import Precision as Known
from hermanar.foundation.models import Document, uuid7


class GuestEntry(models.Model):
    """An activity as the counterpart tells it; what counts is the Activity that the office makes of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=24, choices=ActivityKind.choices)
    started_on = models.DateField()
    ended_on = models.DateField()
    precision = models.CharField(max_length=8, choices=Precision.choices)
    description = models.TextField()
    language = models.CharField(max_length=8)  # of the description
    place = models.CharField(max_length=200, blank=True)
    participants = models.JSONField(default=dict)  # country code -> number of people
    press = models.JSONField(default=list)  # web addresses
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.SENT)
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)  # why it was given back
    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, null=True, related_name="told_by_guest")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-ended_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ended_on__gte=F("started_on")), name="guest_entry_days_in_order"),
            models.CheckConstraint(
                condition=Q(state=EntryState.TAKEN_IN, activity__isnull=False)
                | (~Q(state=EntryState.TAKEN_IN) & Q(activity__isnull=True)),
                name="guest_entry_taken_in_as_activity",
            ),
            models.CheckConstraint(
                condition=~Q(state=EntryState.RETURNED) | ~Q(reason=""), name="guest_entry_returned_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def start(self) -> PartialDate:
        """Return the first day, as far as it is known."""
        return PartialDate(self.started_on, Known(self.precision))

    @property
    def end(self) -> PartialDate:
        """Return the last day, as far as it is known."""
        return PartialDate(self.ended_on, Known(self.precision))


class GuestFile(models.Model):
    """A photograph that the counterpart sent with an activity."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entry = models.ForeignKey(GuestEntry, on_delete=models.PROTECT, related_name="files")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    alternative = models.CharField(max_length=300)  # what is seen, for who cannot see it
    author = models.CharField(max_length=200, blank=True)
    rights = models.CharField(max_length=12, choices=Rights.choices)
    removed_at = models.DateTimeField(null=True)
    is_photograph = True  # as an ActivityFile says of itself

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(alternative=""), name="guest_file_has_alternative")]

    def __str__(self) -> str:
        return self.alternative


class ActivityWord(models.Model):
    """What the counterpart says of an activity that the office shares; a later word joins the earlier ones."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, related_name="activity_words")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="words")
    activity_version = models.PositiveIntegerField()  # what the person had read
    answer = models.CharField(max_length=10, choices=Answered.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.answer}"
