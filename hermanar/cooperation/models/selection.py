"""The choice of a city: criteria that the office weighs, candidates, marks with reasons, and who decided (D3.1)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models.requests import TwinningRequest
from hermanar.directory.models import Place
from hermanar.foundation.models import uuid7
from hermanar.offices.models import Office


class Selection(models.Model):
    """A comparison of candidates; its version counts every change of anything in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="selections")
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)  # what the office seeks
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-begun_at"]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """What candidates are compared by; of weight 0 it does not count, without a weight nobody has said it yet."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    looks_at = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)  # who suggests it; empty: the office
    weight = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__lte=10), name="criterion_weight_in_range"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Candidate(models.Model):
    """A city that is compared; left out with a reason, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="candidates")
    name = models.CharField(max_length=160)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, related_name="+"
    )  # null: not in the directory
    request = models.ForeignKey(TwinningRequest, on_delete=models.PROTECT, null=True, related_name="candidacies")
    note = models.TextField(blank=True)
    left_out = models.CharField(max_length=500, blank=True)  # why, of one that is no longer considered

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Mark(models.Model):
    """How far a candidate fulfils a criterion, and why; no row: not marked."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="marks", db_index=False)
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="marks")
    value = models.PositiveSmallIntegerField()
    reason = models.TextField()

    class Meta:
        ordering = ["criterion__position"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "criterion"], name="mark_once"),
            models.CheckConstraint(condition=Q(value__lte=5) & ~Q(reason=""), name="mark_in_range_with_reason"),
        ]

    def __str__(self) -> str:
        return str(self.value)


class SelectionDecision(models.Model):
    """Which candidate somebody chose, when and why; one that is taken back stays with the reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="decisions")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="decisions")
    on = models.DateField()
    decider = models.CharField(max_length=200)
    reason = models.TextField()
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="chosen_in")
    at = models.DateTimeField()
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["selection"], condition=Q(undone_at__isnull=True), name="selection_decided_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | ~Q(undone_reason=""), name="selection_reopened_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.selection_id} {self.on}"
