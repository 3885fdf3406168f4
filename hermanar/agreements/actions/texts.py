"""Texts of an agreement by language, version after version; observations are answered in the next one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from hermanar.agreements.actions.filing import atomic, documents_of, fetch, hold, move, refuse
from hermanar.agreements.models import Agreement, AgreementText, Observation, TextVersion
from hermanar.agreements.queries import open_to_review, sent_for_review
from hermanar.agreements.queries.contents import answer_content, text_content
from hermanar.agreements.rules import is_signed, settles_languages
from hermanar.agreements.vocabulary import Stage
from hermanar.agreements.vocabulary.procedure import ObservationState, Refusal, Side
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Role, Verb, require_in
from hermanar.foundation.editing import EditConflictError


@dataclass(frozen=True, slots=True)
class TextDraft:
    """A version of the text in one language: the document as it came and what it says, paragraph by paragraph."""

    language: str
    document: UUID
    paragraphs: Sequence[str]
    sent_by: Side
    sent_on: dt.date
    is_signed: bool = False
    is_authentic: bool = True
    note: str = ""


@atomic
def add_text_version(agreement: UUID, *, by: Actor, version: int, text: TextDraft, today: dt.date) -> TextVersion:
    """Keep the next version of the text in a language; the language becomes one of the agreement's until it is signed.

    Raises NotAllowedError, EditConflictError, StepRefusedError for a signed copy of what is not signed or older than
    the signature, a day to come, or a language that comes after the signed copies were sent, and DoesNotExist for a
    document of another office.
    """
    kept = hold(fetch(agreement, by=by, verb=Verb.ADD_TEXT), version=version)
    if text.sent_on > today:
        refuse(Refusal.FUTURE_DATE)
    if text.is_signed and not is_signed(Stage(kept.stage)):
        refuse(Refusal.NOT_SIGNED)
    if text.is_signed and kept.signed_on and text.sent_on < kept.signed_on:
        refuse(Refusal.COPY_BEFORE_SIGNATURE)
    languages = _languages_with(kept, text)
    document = documents_of(by.office).get(pk=text.document)
    kept_text, _made = AgreementText.objects.get_or_create(agreement=kept, language=text.language)
    last = kept_text.versions.order_by("-number").values_list("number", flat=True).first()
    made = TextVersion.objects.create(
        text=kept_text,
        number=(last or 0) + 1,
        document=document,
        paragraphs=list(text.paragraphs),
        sent_by=text.sent_by,
        sent_on=text.sent_on,
        is_signed=text.is_signed,
        is_authentic=text.is_authentic,
        note=text.note,
        at=timezone.now(),
        by_user_id=by.user,
    )
    is_more = languages != kept.languages.split()
    move(kept, edited_by=by if is_more else None, languages=" ".join(languages))
    told = text_content(made)
    trail.record("agreement.text_added", by=by, subject=str(kept.pk), content=told, chain=str(kept.office_id))
    return made


def _languages_with(kept: Agreement, text: TextDraft) -> list[str]:
    """Return the languages of an agreement with a new text; once it is signed only a signed copy brings another."""
    languages, stage = kept.languages.split(), Stage(kept.stage)
    if text.language in languages:
        return languages
    more = [*languages, text.language]
    if not is_signed(stage) or stage is Stage.RECORDED:
        return more
    if not text.is_signed:
        return languages
    if settles_languages(stage, was=languages, asked=more):
        refuse(Refusal.LANGUAGES_SETTLED)
    return more


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """The answer to an observation that a person read before writing another."""

    answer: str = ""
    answered_in: UUID | None = None


@atomic
def answer_observation(
    observation: UUID,
    *,
    by: Actor,
    answer: str,
    answered_in: UUID | None = None,
    read: AnswerRead = AnswerRead(),
) -> None:
    """Keep how the office attended to an observation, and in which version of the text.

    Raises EditConflictError when another answer stands than the one that was read, StepRefusedError for what is
    settled.
    """
    known = Observation.objects.filter(pk=observation).first()
    if known is None:
        raise Agreement.DoesNotExist(str(observation))
    kept = fetch(known.agreement_id, by=by, verb=Verb.EDIT_FILE)
    said = _held(known, kept)
    if said.state == ObservationState.SETTLED:
        refuse(Refusal.SETTLED)
    # Word by word: a browser sends line ends back in its own way.
    if (said.answer.split(), said.answered_in_id) != (read.answer.split(), read.answered_in):
        raise EditConflictError(str(observation))
    if not answer.strip():
        refuse(Refusal.NO_REASON)
    if answered_in and not TextVersion.objects.filter(pk=answered_in, text__agreement=kept).exists():
        raise TextVersion.DoesNotExist(str(answered_in))
    said.answer, said.answered_in_id, said.state = answer.strip(), answered_in, ObservationState.ANSWERED
    said.save(update_fields=["answer", "answered_in", "state"])
    told = answer_content(said)
    trail.record(
        "agreement.observation_answered", by=by, subject=str(observation), content=told, chain=str(kept.office_id)
    )


@atomic
def settle_observation(observation: UUID, *, by: Actor) -> None:
    """Keep that the reviewer is content with an observation, answered or not; a state's, with what a state noted.

    What is settled stays as it is.
    """
    known = Observation.objects.filter(pk=observation).first()
    reached = sent_for_review(by.office) if known and known.step_id else open_to_review(by.office)
    kept = reached.filter(pk=known.agreement_id).first() if known else None
    if known is None or kept is None or by.role is not Role.LEGAL_REVIEWER:
        raise Agreement.DoesNotExist(str(observation))
    require_in(by, Verb.RECORD_OBSERVATIONS, office=kept.office_id)
    if _held(known, kept).state == ObservationState.SETTLED:
        return  # the button was pressed twice
    Observation.objects.filter(pk=observation).update(state=ObservationState.SETTLED)
    trail.record("agreement.observation_settled", by=by, subject=str(observation), chain=str(kept.office_id))


def _held(said: Observation, kept: Agreement) -> Observation:
    """Lock the chain of the file's office to the end of the transaction, and read an observation again."""
    trail.hold(chain=str(kept.office_id))
    return Observation.objects.get(pk=said.pk)
