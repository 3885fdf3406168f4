"""What others report, capture by capture, and the figures that disagree."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hermanar.directory.models import Place
from hermanar.foundation.models import Source, uuid7
from hermanar.observatory.vocabulary import Resolution


class Capture(models.Model):
    """One source at one date, with its licence and what it set out to list; never changed, never forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="captures")
    key = models.SlugField(max_length=80, unique=True)
    captured_on = models.CharField(max_length=10)  # partial ISO date
    origin = models.CharField(max_length=80)  # captures of one origin do not corroborate each other
    licence = models.CharField(max_length=200)
    covers_domestic_mexico = models.BooleanField(default=False)  # ties between two Mexican cities
    coverage_es = models.TextField()
    coverage_en = models.TextField()
    digest = models.CharField(max_length=64)  # of the file that was read

    def __str__(self) -> str:
        return self.key


class ReportedPlace(models.Model):
    """A place as a capture writes it, and the place of the directory it was found to be."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="places")
    key = models.CharField(max_length=300)  # the capture's own number for it, or what tells it apart
    name = models.CharField(max_length=200)
    country_as_written = models.CharField(max_length=100)
    country_code = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    hint = models.CharField(max_length=60, blank=True)  # identifier the capture suggests
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="reported")
    resolution = models.CharField(max_length=20, choices=Resolution.choices)
    reason = models.CharField(max_length=40, blank=True)  # a code of `Reason`
    detail = models.JSONField(default=dict)  # the values its sentence needs, or a correction's own words

    class Meta:
        constraints = [models.UniqueConstraint(fields=["capture", "key"], name="reported_place_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.country_as_written})"


class Tie(models.Model):
    """Two places that at least one source says are linked; the lower identifier stands first."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="tie_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="tie_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} - {self.second}"


class ReportedTie(models.Model):
    """One row of a capture: what it says exists, never an agreement."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="ties")
    row = models.PositiveIntegerField()
    one = models.ForeignKey(ReportedPlace, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(ReportedPlace, on_delete=models.CASCADE, related_name="+")
    tie = models.ForeignKey(Tie, on_delete=models.PROTECT, null=True, related_name="reports")
    pair = models.CharField(max_length=500, db_index=True, blank=True)  # rows with the same pair tell the same tie
    also_in = models.CharField(max_length=200, blank=True)  # other captures the file names for this row
    statement_id = models.CharField(max_length=80, blank=True)
    part = models.CharField(max_length=80, blank=True)  # port, borough or province it applies to, as the source has it
    started = models.CharField(max_length=10, blank=True)
    ended = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["capture", "row"], name="reported_tie_once")]

    def __str__(self) -> str:
        return f"{self.one} - {self.other}"


class ReferenceFigure(models.Model):
    """A figure a source states; figures that disagree stand side by side."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.SlugField(max_length=80, unique=True)
    topic = models.CharField(max_length=40)  # figures of one topic answer the same question
    label_es = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    unit_es = models.CharField(max_length=60)
    unit_en = models.CharField(max_length=60)
    as_of = models.CharField(max_length=10)
    scope_es = models.CharField(max_length=100)
    scope_en = models.CharField(max_length=100)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="figures")
    stated_by = models.CharField(max_length=100)
    stated_by_en = models.CharField(max_length=100, default="", blank=True)  # where a name reads otherwise in English
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    passage = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.label_es
