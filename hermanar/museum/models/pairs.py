"""A pair: the same question of everyday life asked of two cities."""

from __future__ import annotations

from django.db import models

from hermanar.foundation.models import uuid7
from hermanar.museum.vocabulary.pairs import Drawing, Mode, Theme


class Pair(models.Model):
    """A question with two sides; `edited_at` says that a person wrote it last, so that no load changes it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    theme = models.CharField(max_length=20, choices=Theme.choices)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    question = models.CharField(max_length=160, blank=True)
    question_en = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=400, blank=True)
    note_en = models.CharField(max_length=400, blank=True)
    unit = models.CharField(max_length=80, blank=True)
    unit_en = models.CharField(max_length=80, blank=True)
    lowest = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    highest = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    step = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    choice = models.PositiveSmallIntegerField(null=True)  # of a slide: the side that is meant
    drawing = models.CharField(max_length=12, choices=Drawing.choices, blank=True)
    position = models.PositiveSmallIntegerField(default=1000)  # among the pairs of the house, small first
    entered_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    was_published = models.BooleanField(default=False)  # its address may stand in a letter: it stays
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(was_published=True),
                name="pair_published_was_published",
            ),
        ]

    def __str__(self) -> str:
        return self.question or self.slug


class PairSide(models.Model):
    """What is answered for one of the two cities, by whom and of when; without answer it is unknown."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="sides")
    number = models.PositiveSmallIntegerField()  # 0 or 1, in the order they are read
    place = models.CharField(max_length=120, blank=True)  # public slug, read from the catalogue when shown
    answer = models.CharField(max_length=600, blank=True)
    answer_en = models.CharField(max_length=600, blank=True)
    source = models.CharField(max_length=300, blank=True)
    source_en = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=500, blank=True)
    passage = models.CharField(max_length=300, blank=True)
    as_of = models.CharField(max_length=10, blank=True)  # partial ISO date
    figure = models.DecimalField(max_digits=14, decimal_places=3, null=True)
    whole = models.DecimalField(max_digits=14, decimal_places=3, null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["pair", "number"], name="pair_side_once"),
            models.CheckConstraint(condition=models.Q(number__in=(0, 1)), name="pair_side_of_two"),
            models.CheckConstraint(  # an answer without source and date is nobody's word
                condition=models.Q(answer="", figure__isnull=True) | (~models.Q(source="") & ~models.Q(as_of="")),
                name="pair_side_says_who_and_when",
            ),
        ]
        indexes = [models.Index(fields=["place"], name="pair_side_place")]

    def __str__(self) -> str:
        return f"{self.place}: {self.answer}"
