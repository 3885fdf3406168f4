"""Tables of work plans: the plan of a tie, its annual programmes (D2.8), what is planned and what fulfils it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation.models.activities import Activity
from hermanar.cooperation.vocabulary.activities import ActivityKind
from hermanar.cooperation.vocabulary.plans import Demand, PlanSide, ResourceKind
from hermanar.foundation.models import uuid7
from hermanar.offices.models import Office


class WorkPlan(models.Model):
    """The work plan of a tie, of about three years (D3.5); what is `_en` is the same words for the counterpart."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="plans")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="plans")
    starts_on = models.DateField()
    ends_on = models.DateField()
    purpose = models.TextField(blank=True)
    purpose_en = models.TextField(blank=True)
    agreed_on = models.DateField(null=True)  # when the counterpart agreed to it; null: it has not, or it is not known
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="plan_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.starts_on.year}-{self.ends_on.year}"


class AnnualProgramme(models.Model):
    """What the parties do in one year of a plan, with the contents of D2.8; lists are one thing to a line."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(WorkPlan, on_delete=models.PROTECT, related_name="programmes")
    year = models.PositiveSmallIntegerField()
    objectives = models.TextField(blank=True)
    objectives_en = models.TextField(blank=True)
    duties_own = models.TextField(blank=True)
    duties_own_en = models.TextField(blank=True)
    duties_counterpart = models.TextField(blank=True)
    duties_counterpart_en = models.TextField(blank=True)
    evaluation = models.TextField(blank=True)
    evaluation_en = models.TextField(blank=True)
    other = models.TextField(blank=True)  # anything else the parties find necessary
    other_en = models.TextField(blank=True)
    totals = models.JSONField(default=dict)  # currency -> what the parties say the money comes to
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["plan", "year"], name="programme_of_year_once")]

    def __str__(self) -> str:
        return str(self.year)


class ProgrammeStaff(models.Model):
    """People assigned to a programme: their profile, how many, for how long."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    programme = models.ForeignKey(AnnualProgramme, on_delete=models.CASCADE, related_name="staff")
    position = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=12, choices=PlanSide.choices)
    profile = models.CharField(max_length=200)
    profile_en = models.CharField(max_length=200, blank=True)
    count = models.PositiveIntegerField()
    stay = models.CharField(max_length=200)
    stay_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["programme", "position"], name="staff_position_once")]

    def __str__(self) -> str:
        return self.profile


class ProgrammeResource(models.Model):
    """What a party gives to a programme; money has its currency."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    programme = models.ForeignKey(AnnualProgramme, on_delete=models.CASCADE, related_name="resources")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ResourceKind.choices)
    side = models.CharField(max_length=12, choices=PlanSide.choices)
    what = models.CharField(max_length=200)
    what_en = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)  # ISO 4217

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "position"], name="resource_position_once"),
            models.CheckConstraint(
                condition=(Q(kind=ResourceKind.FINANCIAL, amount__gt=0) & ~Q(currency=""))
                | (~Q(kind=ResourceKind.FINANCIAL) & Q(amount__isnull=True, currency="")),
                name="resource_money_has_currency",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class PlannedActivity(models.Model):
    """Something the parties mean to do in a year; cancelled with a reason, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    programme = models.ForeignKey(AnnualProgramme, on_delete=models.PROTECT, related_name="activities")
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    objective = models.CharField(max_length=300, blank=True)  # which one it serves
    objective_en = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=24, choices=ActivityKind.choices)
    area = models.CharField(max_length=24, choices=AreaOfCooperation.choices)
    demand = models.CharField(max_length=8, choices=Demand.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    times = models.PositiveSmallIntegerField(default=1)  # how often it is to be done
    responsible_own = models.CharField(max_length=200, blank=True)
    responsible_counterpart = models.CharField(max_length=200, blank=True)
    stated_percent = models.PositiveSmallIntegerField(null=True)  # what somebody says of it; null: nobody did
    progress_note = models.TextField(blank=True)
    cancelled_on = models.DateField(null=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    done = models.ManyToManyField(Activity, through="PlannedDone", related_name="fulfils")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["starts_on", "ends_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="planned_ends_after_start"),
            models.CheckConstraint(condition=Q(times__gte=1), name="planned_at_least_once"),
            models.CheckConstraint(
                condition=Q(stated_percent__isnull=True) | Q(stated_percent__lte=100), name="planned_percent_to_100"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True, cancel_reason="")
                | (Q(cancelled_on__isnull=False) & ~Q(cancel_reason="")),
                name="planned_cancelled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlannedDone(models.Model):
    """That something done fulfils something planned."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    planned = models.ForeignKey(PlannedActivity, on_delete=models.PROTECT, related_name="links")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="planned_links")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["planned", "activity"], name="planned_done_once")]

    def __str__(self) -> str:
        return f"{self.planned_id} {self.activity_id}"
