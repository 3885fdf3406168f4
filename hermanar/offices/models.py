"""Tables of the offices: tenants of the house, and who works in each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hermanar.directory.models import Place
from hermanar.foundation.models import Document, uuid7
from hermanar.offices.vocabulary import Level, MemberRole


class Office(models.Model):
    """An international-affairs office: of a municipality, a state or the ministry (D6)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=40, unique=True)  # begins every file number: guanajuato/2026/0001
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=14, choices=Level.choices)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")  # the ministry has none
    time_zone = models.CharField(max_length=60, default="America/Mexico_City")
    calendar = models.CharField(max_length=40, default="mx-federal")  # key of a working-day calendar
    letter_place = models.CharField(max_length=120, blank=True)  # as letters are dated: Guanajuato, Gto.
    address = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    head_name = models.CharField(max_length=120, blank=True)  # who signs the letters
    head_post = models.CharField(max_length=160, blank=True)
    iati_identifier = models.CharField(max_length=60, blank=True, default="", db_default="")  # as a registry gave it
    is_demonstration = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level=Level.MINISTRY) | Q(place__isnull=False), name="office_governs_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's role in an office over a time; ended, never deleted, so that the office remembers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=MemberRole.choices)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    feed_digest = models.CharField(max_length=64, blank=True)  # of the secret of the person's calendar feed

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "user"], condition=Q(ended_at__isnull=True), name="member_once"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")), name="member_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Invitation(models.Model):
    """An address asked to join an office; the link is kept as a digest only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=MemberRole.choices)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.office_id} {self.role}"


class FileCounter(models.Model):
    """The last file number an office gave in a year; the row is locked by whoever takes the next."""

    id = models.BigAutoField(primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "year"], name="file_counter_once")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.year} {self.last}"


class PaperTemplate(models.Model):
    """An office's own Word file for a paper, used instead of ours."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="templates")
    paper = models.CharField(max_length=40)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "paper"], name="template_of_paper_once")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.paper}"


class Handover(models.Model):
    """One team gives the office to the next: what it gave, on which day, and who signed for it; never changed after."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="handovers")
    as_of = models.DateField()
    digest = models.CharField(max_length=64)  # SHA-256 of the dossier, by which a copy of it is known
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")  # the dossier, a ZIP
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")  # the same to read and sign, a PDF
    figures = models.JSONField(default=dict)  # what it counts, as it says itself
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    remarks = models.TextField(blank=True)
    is_alone = models.BooleanField(default=False)  # received by who prepared it: the office has nobody else

    class Meta:
        ordering = ["-prepared_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(received_at__gte=F("prepared_at")),
                name="handover_received_after_prepared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.as_of}"
