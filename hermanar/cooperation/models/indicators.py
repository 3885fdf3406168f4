"""What a project measures: where it began, where it is to come, and what was measured since."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from hermanar.cooperation.models.projects import Project
from hermanar.cooperation.vocabulary import Level, Measure
from hermanar.foundation.models import uuid7


class Indicator(models.Model):
    """Something a project measures; a target never stands without its baseline."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="indicators")
    title_es = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=8, choices=Level.choices)
    measure = models.CharField(max_length=10, choices=Measure.choices)
    unit = models.CharField(max_length=60, blank=True)  # of a number; a percentage is its own
    baseline = models.DecimalField(max_digits=15, decimal_places=4, null=True)
    baseline_on = models.DateField(null=True)
    target = models.DecimalField(max_digits=15, decimal_places=4, null=True)
    target_on = models.DateField(null=True)
    verification = models.CharField(max_length=300, blank=True)  # where one will look

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(baseline__isnull=False), name="indicator_target_has_baseline"
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True, baseline_on__isnull=True)
                | Q(baseline__isnull=False, baseline_on__isnull=False),
                name="indicator_baseline_has_date",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True, target_on__isnull=True)
                | Q(target__isnull=False, target_on__isnull=False),
                name="indicator_target_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title_es


class IndicatorValue(models.Model):
    """What was measured on a day, and in what it is found."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values", db_index=False)
    on = models.DateField()
    value = models.DecimalField(max_digits=15, decimal_places=4)
    verification = models.CharField(max_length=300)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "on"], name="indicator_value_of_day_once"),
            models.CheckConstraint(condition=~Q(verification=""), name="indicator_value_is_verified"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {Decimal(self.value).normalize():f}"
