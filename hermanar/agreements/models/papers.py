"""What a person writes in a paper of a file beside what the record says; the paper itself is made when asked for."""

from __future__ import annotations

from django.db import models

from hermanar.agreements.models.records import Agreement
from hermanar.foundation.models import uuid7


class PaperFilling(models.Model):
    """The particulars of one paper of a file: the addressee of a letter, the nine contents of a programme."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="fillings")
    paper = models.CharField(max_length=40)
    values = models.JSONField(default=dict)  # name of the fact -> what was written
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "paper"], name="paper_filled_once")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.paper}"
