"""Tables of committees: of an office or of one area of a tie, one mechanism for both (D3.4, D6.1)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation.vocabulary.committees import Quorum, Sector, SessionState
from hermanar.foundation.models import Document, uuid7
from hermanar.offices.models import Office


class Committee(models.Model):
    """A committee, with its rule of quorum as its regulation says it, and its peer abroad."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="committees")
    # Of one area of a tie; both are empty of a committee of the office.
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="committees")
    area = models.CharField(max_length=24, choices=AreaOfCooperation.choices, blank=True)
    name = models.CharField(max_length=200)
    peer_name = models.CharField(max_length=200, blank=True)  # the committee abroad that it pairs with
    peer_contact = models.CharField(max_length=200, blank=True)
    founded_on = models.DateField(null=True)  # null: not known
    instrument = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300, blank=True)  # the paper that tells of it
    size = models.PositiveSmallIntegerField(null=True)  # members that the regulation gives it; null: not known
    quorum = models.CharField(max_length=10, choices=Quorum.choices, default=Quorum.UNKNOWN)
    quorum_figure = models.CharField(max_length=7, blank=True)
    second_call = models.CharField(max_length=10, choices=Quorum.choices, default=Quorum.UNKNOWN)
    second_figure = models.CharField(max_length=7, blank=True)
    is_exclusive = models.BooleanField(default=False)  # its rule lets nobody sit on another committee too
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement__isnull=True, area="") | (Q(agreement__isnull=False) & ~Q(area="")),
                name="committee_of_office_or_area",
            ),
            models.CheckConstraint(
                condition=Q(founded_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("founded_on")),
                name="committee_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["agreement", "area"],
                condition=Q(agreement__isnull=False, ended_on__isnull=True),
                name="committee_of_area_once",
            ),
            models.UniqueConstraint(
                fields=["office", "name"],
                condition=Q(agreement__isnull=True, ended_on__isnull=True),
                name="committee_of_office_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CommitteeMember(models.Model):
    """A person in a committee over a time, in one's own right or as a substitute; ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="members")
    stands_for = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="substitutes")
    name = models.CharField(max_length=120)
    sector = models.CharField(max_length=16, choices=Sector.choices)
    body = models.CharField(max_length=160, blank=True)  # the organisation one comes from
    post = models.CharField(max_length=120, blank=True)  # in the committee
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    began_on = models.DateField()
    until = models.DateField(null=True)  # last day of the term; null: the regulation names none, or it is not known
    ended_on = models.DateField(null=True)  # the first day without the person
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["began_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("began_on")), name="committee_term_in_order"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="committee_member_leaves_after",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """A session of a committee: the call first, what happened after."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="sessions")
    on = models.DateField()
    at = models.TimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    called_on = models.DateField(null=True)  # when the call was sent
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.CALLED)
    is_second_call = models.BooleanField(default=False)
    # As counted when the attendance was kept: who is a member may be mended later, what was decided may not.
    present = models.PositiveSmallIntegerField(null=True)
    counted_of = models.PositiveSmallIntegerField(null=True)
    needed = models.PositiveSmallIntegerField(null=True)  # null after it was held: somebody said whether there was one
    quorum_rule = models.CharField(max_length=10, choices=Quorum.choices, blank=True)
    minutes = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")  # as signed
    reason = models.CharField(max_length=300, blank=True)  # of a cancellation
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on", "-at", "-id"]

    def __str__(self) -> str:
        return self.on.isoformat()


class FormerMinutes(models.Model):
    """Signed minutes that others took the place of, and why; they stay readable."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="former_minutes")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    replaced_at = models.DateTimeField()
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["replaced_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="minutes_replaced_with_reason")]

    def __str__(self) -> str:
        return str(self.document_id)


class AgendaItem(models.Model):
    """A matter of the agenda, in order, with what was said of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    said = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["session", "position"], name="agenda_position_once")]

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Who was at a session."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    member = models.ForeignKey(CommitteeMember, on_delete=models.PROTECT, related_name="attended")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="attended_once")]

    def __str__(self) -> str:
        return str(self.member_id)


class Decision(models.Model):
    """A decision of a committee (*acuerdo del comité*), numbered by committee and year without gaps; never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="decisions")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, related_name="decisions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    votes_for = models.PositiveSmallIntegerField(null=True)
    votes_against = models.PositiveSmallIntegerField(null=True)
    abstentions = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "number"], name="decision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="decision_number_from_one"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Return the number as it is written: 3/2026."""
        return f"{self.number}/{self.year}"


class Task(models.Model):
    """Something a member has to do, from a decision or without one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="tasks")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="tasks")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(CommitteeMember, on_delete=models.PROTECT, related_name="tasks")
    given_on = models.DateField()
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__gte=F("given_on")), name="task_done_after_given"
            ),
        ]

    def __str__(self) -> str:
        return self.what
