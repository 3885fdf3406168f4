"""Calls for exchanges, internships and stays: places, requirements, dates, results. Numbers, never names."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hermanar.agreements.models import Agreement
from hermanar.cooperation.vocabulary.calls import CallKind
from hermanar.foundation.models import uuid7
from hermanar.offices.models import Office


class Call(models.Model):
    """A call of an office, of one of its ties or of none; withdrawn with a reason, never deleted.

    It keeps nobody who applied: people write to the office, as `how_to_apply` says.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="calls")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="calls")
    kind = models.CharField(max_length=13, choices=CallKind.choices)
    title_es = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    description_es = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    host = models.CharField(max_length=200, blank=True)  # the institution that receives
    places = models.PositiveIntegerField(null=True)  # null: not known
    requirements = models.TextField(blank=True)
    covers = models.TextField(blank=True)
    how_to_apply = models.TextField(blank=True)
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)  # its last day
    starts_on = models.DateField(null=True)  # of the stay
    ends_on = models.DateField(null=True)
    applied = models.PositiveIntegerField(null=True)
    placed = models.PositiveIntegerField(null=True)
    result_text = models.TextField(blank=True)
    result_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True, closes_on__isnull=True)
                | Q(opens_on__isnull=False, closes_on__isnull=False, closes_on__gte=F("opens_on")),
                name="call_window_in_order",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="call_stay_in_order",
            ),
            models.CheckConstraint(
                condition=Q(result_on__isnull=True, applied__isnull=True, placed__isnull=True, result_text="")
                | Q(result_on__isnull=False, closes_on__isnull=False, result_on__gte=F("closes_on")),
                name="call_result_after_closing",
            ),
            models.CheckConstraint(
                condition=Q(placed__isnull=True) | Q(places__isnull=True) | Q(placed__lte=F("places")),
                name="call_placed_within_places",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, published_at__isnull=True) & ~Q(withdrawal_reason="")),
                name="call_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title_es
