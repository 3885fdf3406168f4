"""Tables of the ground floor: who acts, who says it, what was done."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import uuid_utils.compat
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


def uuid7() -> UUID:
    """Return a new identifier that sorts by the moment it was made."""
    return uuid_utils.compat.uuid7()


class User(AbstractUser):
    """A person who can act."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    access_version = models.PositiveIntegerField(default=1)  # another one: sessions begun before are worthless
    is_demonstration = models.BooleanField(default=False)  # exists only while HERMANAR_MODE is demo

    def get_session_auth_hash(self) -> str:
        """Bind each session to the password and to the roles it began with."""
        return salted_hmac("hermanar.session", f"{self.password}:{self.access_version}", algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Accept sessions begun under a former secret key of the installation."""
        for key in settings.SECRET_KEY_FALLBACKS:
            content = f"{self.password}:{self.access_version}"
            yield salted_hmac("hermanar.session", content, secret=key, algorithm="sha256").hexdigest()


class SourceKind(models.TextChoices):
    """What sort of thing speaks."""

    PAPER = "paper", _("artículo académico")
    GUIDE = "guide", _("guía oficial")
    POST = "post", _("publicación en un sitio")
    STRATEGY = "strategy", _("estrategia")
    PRESS = "press", _("prensa")
    CAPTURE = "capture", _("captura de datos")
    CATALOGUE = "catalogue", _("catálogo oficial o público")
    OFFICE_FILE = "office_file", _("archivo de una ciudad")
    LAW = "law", _("ley")
    OFFICIAL_NOTICE = "official_notice", _("acuerdo de una autoridad")


class Source(models.Model):
    """Someone who states facts: a document, a site, a data set, a city's own file."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    title_es = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    author = models.CharField(max_length=200, blank=True)
    published = models.CharField(max_length=10, blank=True)  # partial ISO date, as the source gives it
    address = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.title_es


class Statement(models.Model):
    """What one source says of one field of one record; contradictory ones live side by side."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.UUIDField()  # any record of a higher room, so never a foreign key
    field = models.CharField(max_length=40)
    value = models.TextField()
    value_en = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    passage = models.CharField(max_length=300, blank=True)  # where in the source
    as_of = models.CharField(max_length=10, blank=True)  # partial ISO date the statement holds for

    class Meta:
        constraints = [  # it begins with the subject and the field, so it is their index too
            models.UniqueConstraint(
                fields=["subject", "field", "source", "value", "as_of", "passage"], name="statement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"


class WorkingCalendar(models.Model):
    """The days on which an authority does not work; a calendar adds to the one it is based on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.SlugField(max_length=60, unique=True)
    name_es = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    rest_days = models.CharField(max_length=6)  # ISO days of the week, Monday 1; never all seven
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="extended_by")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    office = models.UUIDField(null=True)  # whose own it is; null: an authority's, kept by whoever keeps the registry

    def __str__(self) -> str:
        return self.name_es


class Closure(models.Model):
    """Days on which the authority of a calendar does not work; never changed, only withdrawn and entered anew."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    calendar = models.ForeignKey(WorkingCalendar, on_delete=models.PROTECT, related_name="closures")
    reference = models.CharField(max_length=80, blank=True)  # of a shipped fact; empty for what a person entered
    first_on = models.DateField()
    last_on = models.DateField()
    name_es = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    passage = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.CharField(max_length=300, blank=True)  # empty: a newer shipped fact took its place

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(last_on__gte=models.F("first_on")), name="closure_in_order"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(withdrawn_at__gte=models.F("entered_at")),
                name="closure_withdrawn_after_entered",
            ),
            models.UniqueConstraint(  # it begins with the calendar, so it is the index of the closures that stand
                fields=["calendar", "first_on", "last_on"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="closure_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_on}/{self.last_on} {self.name_es}"


class TrailEntry(models.Model):
    """One thing done, chained by digest to the one before it in the same chain; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    chain = models.CharField(max_length=40)  # an office's UUID, or `registry`
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    code = models.CharField(max_length=60)  # dotted and stable: agreement.recorded
    subject = models.CharField(max_length=60, blank=True)
    content_digest = models.CharField(max_length=64)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="trail_number_once")]

    def __str__(self) -> str:
        return f"{self.chain} {self.number} {self.code}"


class Revision(models.Model):
    """A counter per derived index; the row is locked by whoever writes, so numbers commit in order."""

    name = models.CharField(max_length=60, primary_key=True)  # `trail:` and an office's UUID are 42
    number = models.PositiveBigIntegerField(default=0)
    epoch = models.UUIDField(default=uuid7, editable=False)  # another one: numbers of another history
    mark = models.UUIDField(default=uuid7, editable=False)  # of the last commit: the same number may be reached twice

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class Change(models.Model):
    """A record that a derived index must read again, with the revision it belongs to."""

    id = models.BigAutoField(primary_key=True)
    index = models.CharField(max_length=40)
    number = models.PositiveBigIntegerField()
    subject = models.UUIDField(null=True)  # null: everything
    mark = models.UUIDField(null=True)  # of its commit; null before there were marks

    class Meta:
        indexes = [models.Index(fields=["index", "number"], name="change_order")]

    def __str__(self) -> str:
        return f"{self.index} {self.number}"


# ── long work ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Job(models.Model):
    """Work that takes longer than a page may: who asked it of whom, how far it is, how it ended (decision 43)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.UUIDField(db_index=True)
    task = models.CharField(max_length=200)  # the function's path
    arguments = models.JSONField(default=dict)  # keys and days, nothing of people but a key
    asked_at = models.DateTimeField(auto_now_add=True)
    began_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # a job of which nobody tells any more has lost its process
    ended_at = models.DateTimeField(null=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=200, blank=True)  # the kind of error; its trace stands in the log

    def __str__(self) -> str:
        return f"{self.task} {self.pk}"


# ── documents ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Visibility(models.TextChoices):
    """Who may have a document."""

    PRIVATE = "private", _("solo la oficina")
    PUBLIC = "public", _("pública")


class Document(models.Model):
    """A file that someone sent, kept by the digest of its content; two rows may tell of the same content."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.UUIDField(null=True)  # a record of a higher room; null: of the registry itself
    digest = models.CharField(max_length=64, db_index=True)  # SHA-256 of the bytes kept
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)  # found by reading it, not as the sender says
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=20, blank=True)  # BCP 47
    dated_on = models.DateField(null=True)  # the date the document bears
    source = models.CharField(max_length=300, blank=True)  # where it comes from
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PRIVATE)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.UUIDField(null=True)  # a User; not a foreign key, so that an account can be erased

    class Meta:
        indexes = [models.Index(fields=["office", "uploaded_at"], name="document_of_office")]

    def __str__(self) -> str:
        return self.name


# ── what the public sends in ───────────────────────────────────────────────────────────────────────────────────────


class Contribution(models.Model):
    """An envelope around what somebody sent in; `foundation.intake` alone writes it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.UUIDField(unique=True)  # of the form it came by: sent twice, it is kept once
    kind = models.CharField(max_length=20)
    content = models.JSONField(default=dict)  # as `intake.kinds` bounds it; empty once removed
    language = models.CharField(max_length=20)  # BCP 47, as its writer marked it
    consent = models.CharField(max_length=20)  # version of the text agreed to
    consented_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    office = models.UUIDField(null=True)  # who decides on it; null: who keeps the registry
    place = models.CharField(max_length=120, blank=True)  # slug of the city it is for
    about = models.CharField(max_length=120, blank=True)  # what it belongs to: a problem of the board, an offer
    marks = models.JSONField(default=list)
    likeness = models.CharField(max_length=64, blank=True)
    is_demonstration = models.BooleanField(default=False)  # for an office that only shows how it would be
    received_at = models.DateTimeField()
    moved_at = models.DateTimeField()  # into its state
    published_at = models.DateTimeField(null=True)
    forget_on = models.DateField(null=True)
    report_count = models.PositiveIntegerField(default=0)  # since somebody last looked
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["office", "state", "received_at"], name="contribution_to_decide"),
            models.Index(fields=["kind", "about", "state", "published_at"], name="contribution_in_public"),
            models.Index(fields=["place", "kind", "state"], name="contribution_of_place"),
            models.Index(fields=["likeness"], name="contribution_likeness"),
            models.Index(fields=["forget_on"], name="contribution_to_forget"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "reported"]) | models.Q(published_at__isnull=False),
                name="contribution_shown_since",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class ContributionStep(models.Model):
    """What was decided on a contribution, by whom and why; never changed, and the trail digests it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12)
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    reason = models.CharField(max_length=500, blank=True)
    by = models.UUIDField(null=True)  # a User; null: who sent it, the public or the machine
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.step} {self.at:%Y-%m-%d}"


class ContributionReport(models.Model):
    """Somebody asks that something public be looked at."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="reports")
    key = models.UUIDField(unique=True)
    complaint = models.CharField(max_length=20)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.complaint} {self.at:%Y-%m-%d}"
