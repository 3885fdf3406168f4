"""Proof pages: what an office shows of an event to whoever paid for it, behind an address nobody guesses."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models.activities import Activity
from hermanar.directory.models import Country
from hermanar.foundation.models import uuid7
from hermanar.offices.models import Office


class ProofPage(models.Model):
    """A page about an event; the rest of what it says is read from the activities it was made of."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="proofs")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="proofs")
    title_es = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")  # where it was held
    starts_on = models.DateField()
    ends_on = models.DateField()
    grant = models.CharField(max_length=200, blank=True)  # the programme and the number of the project
    acknowledgement = models.TextField(blank=True)  # the words that the programme asks for, as it gives them
    activities = models.ManyToManyField(Activity, related_name="proofs")
    # The page is there while it has one. It is published, not secret: whoever has the address may read it.
    token = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 — an empty text would be unique once
    published_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="proof_days_in_order"),
            models.CheckConstraint(
                condition=Q(token__isnull=True, published_at__isnull=True)
                | Q(token__isnull=False, published_at__isnull=False),
                name="proof_published_with_address",
            ),
        ]

    def __str__(self) -> str:
        return self.title_es
