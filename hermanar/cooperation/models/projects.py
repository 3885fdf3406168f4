"""Cooperation projects of an office: what each is, who takes part, what each puts in, how far it has come."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation.models.activities import Activity
from hermanar.cooperation.vocabulary import (
    ContributionSide,
    CycleStage,
    Degree,
    LessonKind,
    Modality,
    PartnerKind,
    PartnerRole,
    ProjectDirection,
    Resource,
    Scheme,
    SubModality,
)
from hermanar.foundation.models import uuid7
from hermanar.offices.models import Office

_MONEY = Q(amount__isnull=True, currency="") | (Q(amount__isnull=False, amount__gt=0) & ~Q(currency=""))


class Project(models.Model):
    """A cooperation project of an office, of one of its agreements or of none; cancelled with a reason, never deleted.

    Every verb of a project, or of anything in it, moves its `version` and keeps a `ProjectVersion`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="projects")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="projects")
    title_es = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    summary_es = models.TextField(blank=True)  # what it is for
    summary_en = models.TextField(blank=True)
    beneficiaries = models.CharField(max_length=300, blank=True)
    area = models.CharField(max_length=24, choices=AreaOfCooperation.choices, blank=True)
    direction = models.CharField(max_length=10, choices=ProjectDirection.choices, blank=True)
    scheme = models.CharField(max_length=12, choices=Scheme.choices, blank=True)
    modality = models.CharField(max_length=12, choices=Modality.choices, blank=True)
    sub_modality = models.CharField(max_length=16, choices=SubModality.choices, blank=True)
    principles = models.JSONField(default=list)  # codes of `Principle`
    stage = models.CharField(max_length=16, choices=CycleStage.choices, default=CycleStage.CONCEPTION)
    starts_on = models.DateField(null=True)  # as planned
    ends_on = models.DateField(null=True)
    budget = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # in money, of all parties together
    currency = models.CharField(max_length=3, blank=True)  # ISO 4217
    responsible = models.CharField(max_length=200, blank=True)  # area or post on our side, no person's name
    counterpart_responsible = models.CharField(max_length=200, blank=True)
    register_number = models.CharField(max_length=60, blank=True)  # in the ministry's register of cooperation (RENCID)
    activities = models.ManyToManyField(Activity, through="ProjectActivity", related_name="projects")
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    cancelled_on = models.DateField(null=True)
    cancel_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(budget__isnull=True, currency="") | (Q(budget__gt=0) & ~Q(currency="")),
                name="project_budget_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="project_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True, cancel_reason="")
                | (Q(cancelled_on__isnull=False, published_at__isnull=True) & ~Q(cancel_reason="")),
                name="project_cancelled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title_es


class ProjectStage(models.Model):
    """When a project came to a stage of its cycle."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="stages", db_index=False)
    number = models.PositiveSmallIntegerField()  # 1 for the conception
    stage = models.CharField(max_length=16, choices=CycleStage.choices)
    began_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="project_stage_once")]

    def __str__(self) -> str:
        return str(self.get_stage_display())


class Partner(models.Model):
    """An organisation that takes part besides the parties of the agreement, or without one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="partners")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=PartnerKind.choices)
    role = models.CharField(max_length=16, choices=PartnerRole.choices)
    country = models.CharField(max_length=2, blank=True)  # ISO 3166-1 alpha-2
    identifier = models.CharField(max_length=80, blank=True)  # in a list of organisations (org-id.guide, as IATI asks)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Contribution(models.Model):
    """What one party puts in: money, people or goods; goods may have a value, which is no part of the budget."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="contributions")
    side = models.CharField(max_length=12, choices=ContributionSide.choices)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="contributions")
    resource = models.CharField(max_length=8, choices=Resource.choices)
    description = models.CharField(max_length=300)
    on = models.DateField(null=True)  # when it was put in, or will be
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    # Into the currency of the budget: how many of it for one of this, of which day, said by whom.
    rate = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    rate_on = models.DateField(null=True)
    rate_source = models.CharField(max_length=200, blank=True)
    people = models.PositiveIntegerField(null=True)
    days = models.PositiveIntegerField(null=True)  # of work of each of them

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=_MONEY, name="contribution_amount_has_currency"),
            models.CheckConstraint(
                condition=Q(rate__isnull=True, rate_on__isnull=True, rate_source="")
                | (Q(rate__gt=0, rate_on__isnull=False) & ~Q(rate_source="")),
                name="contribution_rate_has_source",
            ),
            models.CheckConstraint(
                condition=Q(side=ContributionSide.PARTNER, partner__isnull=False)
                | (~Q(side=ContributionSide.PARTNER) & Q(partner__isnull=True)),
                name="contribution_partner_is_named",
            ),
        ]

    def __str__(self) -> str:
        return self.description


class ProjectTarget(models.Model):
    """A goal (`4`) or a target (`4.7`) of the 2030 Agenda that a project contributes to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="targets", db_index=False)
    code = models.CharField(max_length=5)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["project", "code"], name="project_target_once")]

    def __str__(self) -> str:
        return self.code


class ProjectActivity(models.Model):
    """Something done that belongs to a project; the activity stands by itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="activity_links", db_index=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="project_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "activity"], name="project_activity_once")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.activity_id}"


class Risk(models.Model):
    """Something that may go wrong, and what would be done."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="risks")
    what = models.CharField(max_length=300)
    likelihood = models.CharField(max_length=6, choices=Degree.choices)
    impact = models.CharField(max_length=6, choices=Degree.choices)
    response = models.CharField(max_length=500)
    is_over = models.BooleanField(default=False)  # it happened and was dealt with, or can no longer happen

    class Meta:
        ordering = ["is_over", "id"]

    def __str__(self) -> str:
        return self.what


class Lesson(models.Model):
    """What was learnt, for those who come after."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="lessons")
    kind = models.CharField(max_length=8, choices=LessonKind.choices)
    text = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class ProjectVersion(models.Model):
    """What a project and everything in it said after each time it was written; erasable, beside the trail."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=60)  # what was done, as the trail calls it
    values = models.JSONField()
    at = models.DateTimeField()
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="project_version_once")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.number}"
