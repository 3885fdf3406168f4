"""Calls for a work of art to give to a sister city: rules, jury, votes, result. The works are contributions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hermanar.foundation.models import uuid7
from hermanar.museum.vocabulary.open_calls import Decider


class OpenCall(models.Model):
    """What an office asks artists for; its phase is computed from its days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=100, unique=True, editable=False)
    office = models.UUIDField(editable=False)
    city = models.CharField(max_length=100, editable=False)  # public slug of the city that gives
    receiver = models.CharField(max_length=100, blank=True)  # public slug of the sister city
    decider = models.CharField(max_length=8, choices=Decider.choices, default=Decider.JURY)
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    rules = models.TextField(max_length=8_000, blank=True)
    rules_en = models.TextField(max_length=8_000, blank=True)
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    votes_until = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)
    first_published_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_for = models.CharField(max_length=500, blank=True)
    cancelled_for_en = models.CharField(max_length=500, blank=True)
    decided_on = models.DateField(null=True, editable=False)
    winner = models.UUIDField(null=True, editable=False)  # the contribution; null once decided: nobody won
    reasons = models.TextField(max_length=4_000, blank=True)
    reasons_en = models.TextField(max_length=4_000, blank=True)
    tally = models.JSONField(default=dict, editable=False)  # by work: votes, and the jury's mean
    work = models.UUIDField(null=True, editable=False)  # the gift that the work became, read from the catalogue
    contacts_gone_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(opens_on__isnull=True) | Q(closes_on__gte=models.F("opens_on")),
                name="open_call_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(winner__isnull=True) | Q(decided_on__isnull=False), name="open_call_winner_is_decided"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | ~Q(reasons=""), name="open_call_result_has_reasons"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Juror(models.Model):
    """Whom the office asked to judge; named in public only once they accepted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(OpenCall, on_delete=models.PROTECT, related_name="jurors")
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=160, blank=True)  # what they do, as the public reads it
    asked_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)  # declined, or the office took them out: their link ends

    def __str__(self) -> str:
        return self.name


class JurorMark(models.Model):
    """A juror's word on a work: a score, or the interest they have in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="marks")
    entry = models.UUIDField()
    score = models.PositiveSmallIntegerField(null=True)
    interest = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["juror", "entry"], name="juror_mark_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5, interest=""),
                name="juror_mark_or_interest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror_id} {self.score}"


class Ballot(models.Model):
    """One vote of the public; who gave it is a keyed digest of an address that was confirmed and is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(OpenCall, on_delete=models.CASCADE, related_name="ballots")
    voter = models.CharField(max_length=64)
    entry = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "voter"], name="ballot_once")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.at:%Y-%m-%d}"
