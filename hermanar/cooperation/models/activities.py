"""What the parties did together, each with date, direction and source."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hermanar.agreements.models import Agreement
from hermanar.cooperation.vocabulary import ActivityKind, Direction, Precision, Rights
from hermanar.foundation.calendar import PartialDate
from hermanar.foundation.calendar import Precision as Known
from hermanar.foundation.models import Document, Source, uuid7
from hermanar.offices.models import Office

_NO_PEOPLE = models.Value({}, models.JSONField())
_NO_PRESS = models.Value([], models.JSONField())


class Activity(models.Model):
    """Something done under an agreement; with a date it is evidence that the tie lived then."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="activities")
    reference = models.CharField(max_length=80, blank=True)  # its name in the file it came from
    kind = models.CharField(max_length=24, choices=ActivityKind.choices)
    direction = models.CharField(max_length=12, choices=Direction.choices, default=Direction.UNKNOWN)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)  # last day the statement may mean; what vitality counts from
    precision = models.CharField(max_length=8, choices=Precision.choices)
    description_es = models.TextField()
    description_en = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    passage = models.CharField(max_length=300, blank=True)
    # Of what an office enters; what a shipped source tells has no office, and no office changes it.
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=200, blank=True, default="", db_default="")
    participants = models.JSONField(default=dict, db_default=_NO_PEOPLE)  # country code -> number of people
    press = models.JSONField(default=list, db_default=_NO_PRESS)  # web addresses
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="told_again")
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    shared_at = models.DateTimeField(null=True)  # with the counterpart of the tie, in its room
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["-ended_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "reference"], condition=~Q(reference=""), name="activity_reference_once"
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True, ended_on__isnull=True, precision=Precision.UNKNOWN)
                | (Q(ended_on__gte=F("started_on")) & ~Q(precision=Precision.UNKNOWN)),
                name="activity_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | Q(office__isnull=False, withdrawn_at__isnull=True, same_as__isnull=True),
                name="activity_published_stands_alone",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | (Q(office__isnull=False) & ~Q(withdrawal_reason="")),
                name="activity_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.description_es

    @property
    def start(self) -> PartialDate:
        """Return the first day, as far as it is known."""
        return self._partial(self.started_on)

    @property
    def end(self) -> PartialDate:
        """Return the last day, as far as it is known."""
        return self._partial(self.ended_on)

    def _partial(self, on: object) -> PartialDate:
        told = Known.DAY if self.precision == Precision.REPORTED else Known(self.precision)
        return PartialDate(on, told)  # type: ignore[arg-type]

    @property
    def people_count(self) -> int:
        """Return how many took part, as far as it is counted."""
        return sum(self.participants.values())


class ActivityFile(models.Model):
    """A photograph or a document of an activity; taken out of it, it stays known."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="files")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    is_photograph = models.BooleanField()
    alternative = models.CharField(max_length=300, blank=True)  # what is seen, for who cannot see it
    author = models.CharField(max_length=200, blank=True)
    rights = models.CharField(max_length=12, choices=Rights.choices, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_photograph=False) | ~Q(alternative="") & ~Q(rights=""), name="photograph_has_alternative"
            )
        ]

    def __str__(self) -> str:
        return self.alternative or str(self.document_id)


class ActivityVersion(models.Model):
    """What an activity said after it was entered or mended; erasable, beside the trail."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    values = models.JSONField()
    at = models.DateTimeField()
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="activity_version_once")]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.number}"
