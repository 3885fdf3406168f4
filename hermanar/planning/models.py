"""Outlines of questions, and what an office answered to them on a day, with the evidence."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models import Activity
from hermanar.directory.models import Place
from hermanar.foundation.models import Document, Source, uuid7
from hermanar.offices.models import Office
from hermanar.offices.vocabulary import Level
from hermanar.planning.vocabulary import AssessmentStage, Degree, EvidenceKind, Subject


class Outline(models.Model):
    """What is asked of a subject, in sections; data that comes with the product (`data/planning`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=8, choices=Subject.choices)
    title_es = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    intro_es = models.TextField()
    intro_en = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    passage = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title_es


class OutlineSection(models.Model):
    """A part of an outline, filled in on a page of its own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    outline = models.ForeignKey(Outline, on_delete=models.CASCADE, related_name="sections", db_index=False)
    slug = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    title_es = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    gist_es = models.TextField()
    gist_en = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    passage = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["outline", "slug"], name="outline_section_once")]

    def __str__(self) -> str:
        return self.title_es


class Question(models.Model):
    """A question; one that is reworded or dropped is withdrawn and stays with what was answered to it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    section = models.ForeignKey(OutlineSection, on_delete=models.PROTECT, related_name="questions")
    key = models.SlugField(max_length=40)  # the same over time: what assessments are compared by
    position = models.PositiveSmallIntegerField()
    text_es = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300, blank=True)
    only_for = models.CharField(max_length=14, choices=Level.choices, blank=True)  # empty: every office is asked
    beside = models.CharField(max_length=40, blank=True)  # field of statements about the same matter elsewhere
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    passage = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "key"], condition=Q(withdrawn_at__isnull=True), name="question_asked_once"
            )
        ]

    def __str__(self) -> str:
        return self.text_es


class Assessment(models.Model):
    """What an office judged of one tie, or of its own city, on a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="assessments")
    outline = models.ForeignKey(Outline, on_delete=models.PROTECT, related_name="assessments")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="assessments")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    stage = models.CharField(max_length=10, choices=AssessmentStage.choices, default=AssessmentStage.DRAFT)
    begun_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)  # closed, or abandoned
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on", "-begun_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement__isnull=True, place__isnull=False)
                | Q(agreement__isnull=False, place__isnull=True),
                name="assessment_of_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(stage=AssessmentStage.DRAFT, ended_at__isnull=True)
                | (~Q(stage=AssessmentStage.DRAFT) & Q(ended_at__gte=F("begun_at"))),
                name="assessment_ended_when_closed",
            ),
            models.UniqueConstraint(
                fields=["office", "outline", "agreement"],
                condition=Q(stage=AssessmentStage.DRAFT, agreement__isnull=False),
                name="assessment_of_tie_open_once",
            ),
            models.UniqueConstraint(
                fields=["office", "outline", "place"],
                condition=Q(stage=AssessmentStage.DRAFT, place__isnull=False),
                name="assessment_of_city_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outline_id} {self.on}"


class AssessedSection(models.Model):
    """A section of one assessment, with the version its page was read at: two sections never conflict."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="sections", db_index=False)
    section = models.ForeignKey(OutlineSection, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["section__position"]
        constraints = [models.UniqueConstraint(fields=["assessment", "section"], name="assessed_section_once")]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.section_id}"


class Answer(models.Model):
    """What was answered to one question, and why; no row: not answered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers", db_index=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    degree = models.CharField(max_length=10, choices=Degree.choices)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["question__position"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="answer_once"),
            models.CheckConstraint(condition=Q(degree__in=Degree.values), name="answer_on_the_scale"),
        ]

    def __str__(self) -> str:
        return self.degree


class Evidence(models.Model):
    """What an answer rests on: a document, an activity, a link, or words with their source."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="evidence")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    activity = models.ForeignKey(Activity, on_delete=models.SET_NULL, null=True, related_name="+")
    address = models.CharField(max_length=500, blank=True)
    words = models.TextField(blank=True)  # of an activity: as it was told when it was chosen
    source = models.CharField(max_length=300, blank=True)  # who says the words, or where they stand

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=EvidenceKind.DOCUMENT, document__isnull=False)
                | (Q(kind=EvidenceKind.ACTIVITY) & ~Q(words=""))
                | (Q(kind=EvidenceKind.LINK) & ~Q(address=""))
                | (Q(kind=EvidenceKind.WORDS) & ~Q(words="") & ~Q(source="")),
                name="evidence_holds_what_it_says",
            )
        ]

    def __str__(self) -> str:
        return self.words or self.address or str(self.document)
