"""Who takes part in a tie, on which side, with what (D3.3)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation.vocabulary.stakeholders import ActorClass, TieSide
from hermanar.foundation.models import uuid7
from hermanar.offices.models import Office


class Stakeholder(models.Model):
    """An organisation that takes part in a tie; it leaves with a reason, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="stakeholders")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="stakeholders")
    side = models.CharField(max_length=5, choices=TieSide.choices)
    kind = models.CharField(max_length=13, choices=ActorClass.choices)
    name = models.CharField(max_length=200)
    part = models.CharField(max_length=300)  # what it does in the tie
    area = models.CharField(max_length=24, choices=AreaOfCooperation.choices, blank=True)
    resources = models.CharField(max_length=40, blank=True)  # codes of `Resource`
    contributes = models.TextField(blank=True)  # what it brings, in words
    since_on = models.DateField(null=True)  # null: not known
    left_on = models.DateField(null=True)
    left_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, left_reason="") | (Q(left_on__isnull=False) & ~Q(left_reason="")),
                name="stakeholder_leaves_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(since_on__isnull=True) | Q(left_on__gte=F("since_on")),
                name="stakeholder_leaves_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def resource_codes(self) -> list[str]:
        """Return the kinds of resource it brings."""
        return self.resources.split()
