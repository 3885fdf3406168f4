"""Who takes part in a tie from its other side."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hermanar.agreements.models.records import Agreement, Party
from hermanar.foundation.models import uuid7


class Guest(models.Model):
    """A person of the sister city in the room of one tie: asked by a link, in with an own account, until it is ended.

    No membership of the office: what opens an office never opens for a guest.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="guests")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")  # for which side the person speaks
    email = models.EmailField()
    language = models.CharField(max_length=8)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()  # of the link; the access it opens lasts until it is ended
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["invited_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "email"], condition=Q(ended_at__isnull=True), name="guest_once"
            ),
            models.UniqueConstraint(
                fields=["agreement", "user"], condition=Q(ended_at__isnull=True, user__isnull=False),
                name="guest_account_once",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=True, began_at__isnull=True) | Q(user__isnull=False, began_at__isnull=False),
                name="guest_begins_with_account",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.party_id}"
