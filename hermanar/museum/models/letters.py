"""The newsletter: who asked for it, its issues, and which letter left for whom."""

from __future__ import annotations

from django.db import models

from hermanar.foundation.models import uuid7


class Subscription(models.Model):
    """An address that asked for the newsletter; sealed, and found again by a keyed digest."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)  # of the address in its one form
    sealed_address = models.BinaryField(max_length=600)
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    letters = models.PositiveSmallIntegerField(default=0)  # about the subscription itself, on the day below
    letters_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["confirmed_at", "id"], name="subscription_confirmed")]

    def __str__(self) -> str:
        return str(self.pk)


class Issue(models.Model):
    """One number of the newsletter: what is new between two moments. What it says is read when a letter leaves."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(unique=True)
    since = models.DateTimeField()
    until = models.DateTimeField(unique=True)
    base = models.CharField(max_length=200)  # the public address its links begin with
    sent = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.number}"


class Delivery(models.Model):
    """One letter of an issue: claimed before it leaves, so that a killed command never sends it again."""

    id = models.BigAutoField(primary_key=True)
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="deliveries")
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="deliveries")
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)  # the server took none of it: it may be tried again
    tries = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "subscription"], name="delivery_once")]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.subscription_id}"
