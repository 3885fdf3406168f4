"""Requests to twin: who asked, what links the two, what was answered and why (D3.10)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hermanar.agreements.models import Agreement
from hermanar.cooperation.vocabulary.requests import Answer, RequestSide
from hermanar.directory.models import Place
from hermanar.foundation.models import uuid7
from hermanar.offices.models import Office


class TwinningRequest(models.Model):
    """A wish to twin that came to an office or went from it; answered once, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="twinning_requests")
    side = models.CharField(max_length=8, choices=RequestSide.choices)
    city = models.CharField(max_length=160)  # as it was written
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, related_name="+"
    )  # null: not in the directory
    requester = models.CharField(max_length=200)
    requester_post = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    asks = models.TextField()
    incentives = models.CharField(max_length=80, blank=True)  # codes of `Incentive`: what links the two
    link = models.TextField(blank=True)  # what links the two, in words
    on = models.DateField()  # it came, or went
    source = models.CharField(max_length=300, blank=True)  # the paper, and where it is kept
    answer_by = models.DateField(null=True)  # what the office set itself
    answer = models.CharField(max_length=9, choices=Answer.choices, blank=True)
    answered_on = models.DateField(null=True)
    answer_reason = models.TextField(blank=True)  # for the office
    reply_es = models.TextField(blank=True)  # for the letter: what the other city is told
    reply_en = models.TextField(blank=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="twinning_requests")
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True, answer_reason="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False, answered_at__isnull=False) & ~Q(answer_reason="")),
                name="request_answered_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(agreement__isnull=True) | Q(answer=Answer.ACCEPTED), name="request_file_when_accepted"
            ),
        ]

    def __str__(self) -> str:
        return self.city

    @property
    def incentive_codes(self) -> list[str]:
        """Return the incentives that link the two cities."""
        return self.incentives.split()
