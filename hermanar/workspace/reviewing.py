"""What the pages of a review show: the queue, the newest text beside what it must meet, what was observed of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from hermanar.agreements.models import Agreement, AgreementText, Observation, ProcedureStep, TextVersion
from hermanar.agreements.queries import file_facts, open_to_review, opinion_of, sent_for_review
from hermanar.agreements.rules import awaits_opinion, closed_by, urgency
from hermanar.agreements.rules.passages import Passage, follow
from hermanar.agreements.rules.review import Check, ReviewFacts, checklist
from hermanar.agreements.vocabulary import Role, Stage, Standing
from hermanar.agreements.vocabulary.procedure import Step, Urgency
from hermanar.offices.models import Office
from hermanar.workspace.forms.words import language_name
from hermanar.workspace.lines import counterpart_of


@dataclass(frozen=True, slots=True)
class Request:
    """A file in the queue; `is_waiting` while the ministry has the word."""

    file: Agreement
    counterpart: str
    asked: ProcedureStep | None
    round: int
    is_waiting: bool
    urgency: Urgency

    @property
    def is_late(self) -> bool:
        """Say whether the day of the signature has come, or comes within a week, without an answer."""
        return self.is_waiting and self.urgency in {Urgency.OVERDUE, Urgency.WEEK}

    @property
    def is_cure(self) -> bool:
        """Say whether it was signed while the opinion was still to come."""
        return self.is_waiting and self.file.stage == Stage.SIGNED


@dataclass(frozen=True, slots=True)
class ReviewedText:
    """The text in a language: its versions, and the newest one by numbered paragraphs."""

    text: AgreementText
    name: str
    versions: Sequence[TextVersion]

    @property
    def newest(self) -> TextVersion | None:
        """Return the newest version."""
        return self.versions[-1] if self.versions else None

    @property
    def paragraphs(self) -> list[tuple[int, str]]:
        """Return the paragraphs of the newest version with their numbers."""
        return list(enumerate(self.newest.paragraphs, 1)) if self.newest else []


@dataclass(frozen=True, slots=True)
class Said:
    """An observation, and where its passage stands now; None for one of the whole text."""

    observation: Observation
    language: str
    passage: Passage | None


def queue(office: Office, *, today: dt.date) -> list[Request]:
    """Return what an office's reviewers may read, by the planned signature; what waits comes first."""
    found = open_to_review(office.pk).prefetch_related("parties__place", "steps")
    return sorted((request_of(kept, today=today) for kept in found), key=lambda one: not one.is_waiting)


def request_of(kept: Agreement, *, today: dt.date) -> Request:
    """Return a file as a request: who asked, when, for which time, and whether it still waits."""
    asked = [step for step in kept.steps.all() if step.step == Step.REQUEST_OPINION]
    is_waiting = awaits_opinion(Stage(kept.stage), [step.step for step in kept.steps.all()])
    near = urgency(kept.planned_signature_on, today)
    return Request(kept, counterpart_of(kept), asked[-1] if asked else None, len(asked), is_waiting, near)


def sent_file(agreement: UUID, *, office: Office) -> Agreement:
    """Return a file that was sent to an office for its opinion. Raises Http404, the same for what does not exist."""
    kept = sent_for_review(office.pk).filter(pk=agreement).prefetch_related("parties__place", "steps").first()
    if kept is None:
        raise Http404
    return kept


def reviewed_file(agreement: UUID, *, office: Office) -> Agreement:
    """Return a file that an office's reviewers may read and observe. Raises Http404, also where there is none."""
    kept = open_to_review(office.pk).filter(pk=agreement).prefetch_related("parties__place", "steps").first()
    if kept is None:
        raise Http404
    return kept


def is_beside(kept: Agreement, *, office: Office) -> bool:
    """Say whether an office reads a file whose opinion another one gives: a state, beside the ministry."""
    return kept.review_office_id != office.pk


def texts_of(kept: Agreement) -> list[ReviewedText]:
    """Return the texts of a file, Spanish first."""
    rows = kept.texts.prefetch_related("versions__document")
    texts = [ReviewedText(text, language_name(text.language), list(text.versions.all())) for text in rows]
    return sorted(texts, key=lambda one: (one.text.language != "es", one.text.language))


def checks_of(kept: Agreement, texts: Sequence[ReviewedText]) -> list[Check]:
    """Return what the text of a file must meet, each point as it stands."""
    asked = [step for step in kept.steps.all() if step.step == Step.REQUEST_OPINION]
    others = [party for party in kept.parties.all() if party.role == Role.COUNTERPART]
    facts = ReviewFacts(
        counterparts=tuple(Standing(party.standing) for party in others),
        areas=tuple(kept.areas.order_by("pk").values_list("as_written", flat=True)),
        languages=tuple(kept.languages.split()),
        asked_on=asked[-1].on if asked else None,
        planned_signature_on=asked[-1].planned_signature_on if asked else None,
        texts={one.text.language: one.newest.paragraphs for one in texts if one.newest},
    )
    return checklist(facts)


def changed_of(kept: Agreement) -> list[str]:
    """Name what changed since the opinion that is awaited was asked for: it will not cover that."""
    is_awaited = kept.stage == Stage.OPINION_REQUESTED
    return [str(what.label) for what in opinion_of(kept.pk).changed] if is_awaited else []


def said_of(kept: Agreement, texts: Sequence[ReviewedText]) -> list[Said]:
    """Return the observations of a file, those that are not settled first, each with where its passage stands now."""
    by_text = {one.text.pk: one for one in texts}
    rows = kept.observations.select_related("version__text", "answered_in", "step", "by_user")
    found = []
    for row in rows:
        if row.version is None:
            found.append(Said(row, "", None))
            continue
        text = by_text[row.version.text_id]
        later = [one.paragraphs for one in text.versions if one.number >= row.version.number]
        passage = follow(row.quote, number=row.paragraph, versions=later)
        found.append(Said(row, text.text.language, passage))
    return sorted(found, key=lambda one: one.observation.state == "settled")


def closed_steps(kept: Agreement, *, today: dt.date) -> dict[str, list[str]]:
    """Say why observations or an opinion cannot be recorded now; empty lists when they can."""
    facts = file_facts(kept, today=today)
    return {
        step.value: [str(refusal.label) for refusal in closed_by(step, facts)]
        for step in (Step.RECORD_OBSERVATIONS, Step.RECORD_OPINION)
    }
