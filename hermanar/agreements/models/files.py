"""Tables of a file on its way: steps, texts and their versions, observations, votes, the counterpart's word."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from hermanar.agreements.models.records import Agreement, Party
from hermanar.agreements.vocabulary import Stage
from hermanar.agreements.vocabulary.procedure import Answer, Choice, ObservationState, Side, Step
from hermanar.foundation.models import Document, uuid7
from hermanar.offices.models import Office


class ProcedureStep(models.Model):
    """One thing done to a file, never changed: when, by whom, with which letter, and where it led."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=24, choices=Step.choices)
    stage_after = models.CharField(max_length=20, choices=Stage.choices)
    on = models.DateField()  # the day it happened; `at` is when it was written down
    at = models.DateTimeField()
    letter = models.CharField(max_length=120, blank=True)  # number of the official letter
    reason = models.TextField(blank=True)
    is_favourable = models.BooleanField(null=True)  # of an opinion
    is_without_opinion = models.BooleanField(default=False)  # of a signature
    planned_signature_on = models.DateField(null=True)  # as it stood when the opinion was asked for
    signatories = models.JSONField(default=list)
    changes = models.JSONField(default=dict)  # what the step wrote into the record
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    seconded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    is_alone = models.BooleanField(default=False)  # done by one where two should: the office has nobody else

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="step_number_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.step}"


class StepPaper(models.Model):
    """A paper of a step: the letter sent or received, the signed copy, the certificate.

    `at` and `by_user` are of one that came after the step was written: the receipt of a letter, as a rule.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    step = models.ForeignKey(ProcedureStep, on_delete=models.PROTECT, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.document_id)


class AgreementVersion(models.Model):
    """What a record held after an edit, so that a second editor sees what changed; erasable, beside the trail."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    values = models.JSONField()
    at = models.DateTimeField()
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.number}"


class AgreementText(models.Model):
    """The text of an agreement in one language."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=8)

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["agreement", "language"], name="text_language_once")]

    def __str__(self) -> str:
        return self.language


class TextVersion(models.Model):
    """A version of a text: the file as it came, and its paragraphs to read and compare."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    text = models.ForeignKey(AgreementText, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    paragraphs = models.JSONField(default=list)
    sent_by = models.CharField(max_length=12, choices=Side.choices)
    sent_on = models.DateField()
    is_signed = models.BooleanField(default=False)
    is_authentic = models.BooleanField(default=True, db_default=True)  # of equal authority, not a courtesy translation
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="text_version_once")]

    def __str__(self) -> str:
        return str(self.number)


class Observation(models.Model):
    """What a reviewer says of a passage; it follows the passage into the next version until it is settled."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="observations")
    version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, null=True, related_name="observations")
    # The round it belongs to; null is what a state's reviewer noted while the ministry had the file.
    step = models.ForeignKey(ProcedureStep, on_delete=models.PROTECT, null=True, related_name="observations")
    paragraph = models.PositiveSmallIntegerField(null=True)  # of that version, from 1; null speaks of the whole
    quote = models.TextField(blank=True)  # the passage, as it stood in that version
    comment = models.TextField()
    state = models.CharField(max_length=10, choices=ObservationState.choices, default=ObservationState.OPEN)
    answer = models.TextField(blank=True)
    answered_in = models.ForeignKey(TextVersion, on_delete=models.PROTECT, null=True, related_name="+")
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.comment[:60]


class CouncilVote(models.Model):
    """A vote of the council on an agreement: session, minutes, result."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="council_votes")
    session = models.CharField(max_length=160)
    on = models.DateField()
    is_approved = models.BooleanField()
    minutes = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return self.session


class CastVote(models.Model):
    """How one member of the council voted: public by law (LGTAIP art. 66)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    vote = models.ForeignKey(CouncilVote, on_delete=models.CASCADE, related_name="cast")
    position = models.PositiveSmallIntegerField()
    member = models.CharField(max_length=120)
    post = models.CharField(max_length=120, blank=True)
    choice = models.CharField(max_length=10, choices=Choice.choices)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["vote", "position"], name="cast_vote_once")]

    def __str__(self) -> str:
        return f"{self.member}: {self.choice}"


class Proposal(models.Model):
    """An act that two people decide, as the first one wrote it; waiting for the second."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="proposals")
    step = models.CharField(max_length=24, choices=Step.choices)
    on = models.DateField()
    reason = models.TextField()
    letter = models.CharField(max_length=120, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(null=True)

    class Meta:
        ordering = ["proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "step"], condition=Q(decided_at__isnull=True), name="proposal_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.on}"


class CounterpartLink(models.Model):
    """A personal link for the sister city's contact; its secret is kept as a digest only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="counterpart_links")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8)
    contact = models.CharField(max_length=200, blank=True)  # to whom it was given
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.language}"


class CounterpartWord(models.Model):
    """What the sister city says of the tie, in its own words; the office's version stands beside it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    link = models.ForeignKey(CounterpartLink, on_delete=models.PROTECT, related_name="words")
    answer = models.CharField(max_length=14, choices=Answer.choices)
    said = models.JSONField(default=dict)  # field of the agreement -> value, where it corrects
    comment = models.TextField(blank=True)
    spoken_by = models.CharField(max_length=200, blank=True)  # name and post, as given
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return self.answer
