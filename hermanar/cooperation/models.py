"""What the parties did together, each with date, direction and source."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hermanar.agreements.models import Agreement
from hermanar.cooperation.vocabulary import ActivityKind, Direction, Precision
from hermanar.foundation.models import Source, uuid7


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
        ]

    def __str__(self) -> str:
        return self.description_es
