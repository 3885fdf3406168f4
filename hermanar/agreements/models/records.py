"""Tables of the registry; the four facts of an agreement are never one status."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hermanar.agreements.vocabulary import (
    ActKind,
    AreaOfCooperation,
    Kind,
    Registered,
    Role,
    SignedPrecision,
    Stage,
    Standing,
)
from hermanar.directory.models import Place
from hermanar.foundation.calendar import PartialDate, Precision
from hermanar.foundation.models import Source, uuid7
from hermanar.offices.models import Office


class Agreement(models.Model):
    """A tie in writing between public bodies of two or more cities (D1)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=80, unique=True)  # natural key of the file it came from
    slug = models.SlugField(max_length=160, unique=True)
    title_es = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    has_official_title = models.BooleanField(default=False)  # else the title describes
    kind = models.CharField(max_length=24, choices=Kind.choices, default=Kind.UNKNOWN)
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.RECORDED)
    signed_on = models.DateField(null=True)
    signed_precision = models.CharField(max_length=8, choices=SignedPrecision.choices, default=SignedPrecision.UNKNOWN)
    term_years = models.PositiveSmallIntegerField(null=True)
    is_open_ended = models.BooleanField(default=False)
    is_renewable = models.BooleanField(null=True)
    registered = models.CharField(max_length=8, choices=Registered.choices, default=Registered.UNKNOWN)
    registration_number = models.CharField(max_length=80, blank=True)
    registered_on = models.CharField(max_length=10, blank=True)  # partial ISO date
    derives_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="derived", db_index=False
    )
    # An agreement of a city without an office here has none: the registry keeps it.
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="agreements")
    review_office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")  # asked to review
    planned_signature_on = models.DateField(null=True)
    signed_at_place = models.CharField(max_length=200, db_default="", default="", blank=True)
    is_filed = models.BooleanField(db_default=False, default=False)  # between Mexican cities, told to the ministry too
    languages = models.CharField(max_length=80, db_default="", default="", blank=True)  # codes, separated by a space
    first_programme_days = models.PositiveSmallIntegerField(null=True)  # from the signature, as the text says
    published_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)  # by a person; a later load then leaves the record alone
    # Of an office that took the record over: its reference stays the name by which a later load knows it.
    file_number = models.CharField(max_length=80, db_default="", default="", blank=True)
    version = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64, blank=True)  # of the draft it was recorded from

    class Meta:
        indexes = [
            # Nearly all derive from nothing: SQLite would rather read the whole table than an index full of nothing.
            models.Index(
                fields=["derives_from"], condition=Q(derives_from__isnull=False), name="agreement_derives_from"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True, signed_precision=SignedPrecision.UNKNOWN)
                | (Q(signed_on__isnull=False) & ~Q(signed_precision=SignedPrecision.UNKNOWN)),
                name="agreement_signature_has_precision",
            ),
            models.CheckConstraint(
                condition=Q(is_open_ended=False) | Q(term_years__isnull=True),
                name="agreement_one_term",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.REGISTERED) | ~Q(registration_number=""),
                name="agreement_registered_has_number",
            ),
            models.UniqueConstraint(
                fields=["file_number"], condition=~Q(file_number=""), name="agreement_file_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title_es

    @property
    def number(self) -> str:
        """Return the number of the file: a record that an office took over has one beside its reference."""
        return self.file_number or self.reference

    @property
    def signed(self) -> PartialDate:
        """Return the date of signature as far as it is known."""
        return PartialDate(self.signed_on, Precision(self.signed_precision))


class Party(models.Model):
    """A place that is party to an agreement, under the name the text or the source gives it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # The unique position begins with the agreement: an index of its own would only be written twice.
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties", db_index=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=12, choices=Role.choices)
    standing = models.CharField(max_length=14, choices=Standing.choices, default=Standing.GOVERNMENT)
    position = models.PositiveSmallIntegerField()
    name_as_written = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["agreement", "position"], name="party_position_once")]

    def __str__(self) -> str:
        return self.name_as_written or str(self.place)


class AgreementArea(models.Model):
    """An area of cooperation the text names, with the words it uses."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="areas", db_index=False)
    area = models.CharField(max_length=24, choices=AreaOfCooperation.choices)
    as_written = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "area", "as_written"], name="area_once")]

    def __str__(self) -> str:
        return self.as_written


class LegalAct(models.Model):
    """An act of law about an agreement: it changes the force, and proves nothing about life."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=16, choices=ActKind.choices)
    on = models.DateField(null=True)
    precision = models.CharField(max_length=8, choices=SignedPrecision.choices)
    until = models.DateField(null=True)  # the new end, of a renewal that states one
    description_es = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    passage = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(on__isnull=True) | Q(until__gt=F("on")),
                name="act_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on or ''}"


class AgreementDocument(models.Model):
    """Where a document of the agreement can be read; files of an office come with the office."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="documents")
    title_es = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8, blank=True)
    address = models.CharField(max_length=500)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.title_es


class Listing(models.Model):
    """An agreement as every list, file and map shows it: derived, written in the record's own transaction.

    Holds nothing that depends on the day: force and vitality are asked of the rules when shown.
    """

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, primary_key=True, related_name="listing")
    is_published = models.BooleanField()
    slug = models.CharField(max_length=160)
    title_es = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    kind = models.CharField(max_length=24)
    regime = models.CharField(max_length=24)
    scope = models.CharField(max_length=16)
    stage = models.CharField(max_length=20)
    registered = models.CharField(max_length=8)
    signed_on = models.DateField(null=True)
    signed_precision = models.CharField(max_length=8)
    is_signed = models.BooleanField()
    ends_on = models.DateField(null=True)
    is_open_ended = models.BooleanField()
    suspended_on = models.DateField(null=True)
    terminated_on = models.DateField(null=True)
    lacks_backing = models.BooleanField(db_default=False, default=False)  # signed without a favourable opinion (D2.7)
    evidence_on = models.DateField(null=True)  # last day of the newest dated activity
    # The parties once more as a flat file shows them, joined by "; ", so that a million rows need no JSON read.
    party_names_es = models.TextField()
    party_names_en = models.TextField()
    party_ids = models.TextField()
    party_countries = models.TextField()
    parties = models.JSONField()  # [{id, slug, name, name_es, name_en, kind, country, state, region, role, …}]
    areas = models.CharField(max_length=400)  # codes, separated by a space
    sources = models.CharField(max_length=400)  # keys, separated by a space
    attached = models.CharField(max_length=40)  # tables with rows of it: acts, areas, documents; saves its page asking

    class Meta:
        indexes = [models.Index(fields=["slug"], name="listing_slug")]

    def __str__(self) -> str:
        return self.slug
