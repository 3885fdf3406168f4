"""Gifts and donations of an office: what each was, what it was before it was mended, and where it was kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models.activities import Activity
from hermanar.cooperation.vocabulary import GiftKind, GiftSide, Keeping, Purpose
from hermanar.foundation.calendar import PartialDate
from hermanar.foundation.calendar import Precision as Known
from hermanar.foundation.models import Document, uuid7
from hermanar.offices.models import Office

_PRECISIONS = [(one.value, one.value) for one in Known]


class Gift(models.Model):
    """Something that came from the other side of a tie or went there; withdrawn with a reason, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="gifts")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="gifts")
    side = models.CharField(max_length=10, choices=GiftSide.choices)
    kind = models.CharField(max_length=12, choices=GiftKind.choices)
    is_donation = models.BooleanField()
    purpose = models.CharField(max_length=14, choices=Purpose.choices, blank=True)
    title_es = models.CharField(max_length=200)  # what it is, in a few words
    title_en = models.CharField(max_length=200, blank=True)
    giver = models.CharField(max_length=200, blank=True)
    receiver = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)  # what the giver said or wrote with it
    on = models.DateField(null=True)
    precision = models.CharField(max_length=8, choices=_PRECISIONS, default=Known.UNKNOWN.value)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # when it was given
    currency = models.CharField(max_length=3, blank=True)  # ISO 4217
    story_es = models.TextField(blank=True)
    story_en = models.TextField(blank=True)
    source = models.CharField(max_length=300)  # how the office knows
    # The documented donation that this record tells in full: it is then counted once.
    documented_as = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="told_by")
    photograph = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    photograph_rights = models.CharField(max_length=200, blank=True)  # author, and by which right it is shown
    photograph_alternative = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    # What whoever published it let the public see besides: never by default.
    shows_photograph = models.BooleanField(default=False, db_default=False)
    shows_place = models.BooleanField(default=False, db_default=False)  # where it is kept
    shows_names = models.BooleanField(default=False, db_default=False)  # of who gave it and who received it
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=False)
                | Q(shows_photograph=False, shows_place=False, shows_names=False),
                name="gift_hidden_shows_nothing",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, currency="") | (Q(value__isnull=False, value__gt=0) & ~Q(currency="")),
                name="gift_value_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(is_donation=False, purpose="") | (Q(is_donation=True) & ~Q(purpose="")),
                name="gift_donation_has_purpose",
            ),
            models.CheckConstraint(
                condition=Q(photograph__isnull=True) | (~Q(photograph_alternative="") & ~Q(photograph_rights="")),
                name="gift_photograph_is_told",
            ),
            models.CheckConstraint(
                condition=Q(on__isnull=True, precision=Known.UNKNOWN.value)
                | (Q(on__isnull=False) & ~Q(precision=Known.UNKNOWN.value)),
                name="gift_date_has_precision",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason=""), name="gift_withdrawn_with_reason"
            ),
            models.UniqueConstraint(
                fields=["documented_as"], condition=Q(withdrawn_at__isnull=True), name="gift_tells_donation_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title_es

    @property
    def given(self) -> PartialDate:
        """Return when it was given, as far as it is known."""
        return PartialDate(self.on, Known(self.precision))


class GiftVersion(models.Model):
    """What a gift said after each time it was written."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    gift = models.ForeignKey(Gift, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()  # the gift's version it was written as
    values = models.JSONField()
    at = models.DateTimeField()
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["gift", "number"], name="gift_version_once")]

    def __str__(self) -> str:
        return f"{self.gift_id} {self.number}"


class Whereabouts(models.Model):
    """Where a gift was said to be, from a day on; the newest word is where it is now. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    gift = models.ForeignKey(Gift, on_delete=models.PROTECT, related_name="whereabouts", db_index=False)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=Keeping.choices)
    place = models.CharField(max_length=200, blank=True)
    since_on = models.DateField(null=True)
    since_precision = models.CharField(max_length=8, choices=_PRECISIONS, default=Known.UNKNOWN.value)
    note = models.CharField(max_length=300, blank=True)  # who saw it, inventory number, why it moved
    at = models.DateTimeField()
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["gift", "number"], name="whereabouts_number_once"),
            models.CheckConstraint(
                condition=(Q(state=Keeping.KEPT) & ~Q(place="")) | (~Q(state=Keeping.KEPT) & Q(place="")),
                name="whereabouts_kept_has_place",
            ),
        ]

    def __str__(self) -> str:
        return self.place or str(self.get_state_display())

    @property
    def since(self) -> PartialDate:
        """Return since when, as far as it is known."""
        return PartialDate(self.since_on, Known(self.since_precision))
