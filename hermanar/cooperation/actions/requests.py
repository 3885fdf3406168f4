"""Requests to twin: taken in, mended while they wait, answered once; an accepted one leads to a file (D3.10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.cooperation.actions.files_of_ties import WhichFile, file_with, hold_for
from hermanar.cooperation.models import TwinningRequest
from hermanar.cooperation.queries.requests import requests_of
from hermanar.cooperation.queries.tie_contents import row_content
from hermanar.cooperation.rules.requests import RequestFacts, refused_answer, refused_request
from hermanar.cooperation.rules.ties import refuse
from hermanar.cooperation.vocabulary.requests import Answer, Incentive, RequestSide
from hermanar.cooperation.vocabulary.ties import TieRefusal as Why
from hermanar.directory.models import Place
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.editing import claim
from hermanar.offices.models import Office


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """A request as a person tells it."""

    side: RequestSide
    city: str
    requester: str
    asks: str
    on: dt.date
    place: UUID | None = None  # of the directory, where it is known there
    requester_post: str = ""
    contact: str = ""
    incentives: Sequence[Incentive] = ()
    link: str = ""
    source: str = ""
    answer_by: dt.date | None = None


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What was answered, when and why; of an accepted request, which file it leads to."""

    answer: Answer
    on: dt.date
    reason: str
    reply_es: str = ""
    reply_en: str = ""
    file: WhichFile = field(default_factory=WhichFile)


@transaction.atomic
def receive_request(draft: RequestDraft, *, office: UUID, by: Actor, today: dt.date, key: UUID) -> TwinningRequest:
    """Take in a request that came, or note one that the office sent; the same form sent twice is kept once.

    Raises NotAllowedError, TieRefusedError, Place.DoesNotExist.
    """
    require_in(by, Verb.RECEIVE_REQUEST, office=office)
    trail.hold(chain=str(office))
    if sent := TwinningRequest.objects.filter(pk=key).first():
        if sent.office_id != office:
            raise TwinningRequest.DoesNotExist(str(key))
        return sent
    values = _checked(draft, office=Office.objects.get(pk=office), today=today)
    made = TwinningRequest.objects.create(
        id=key, office_id=office, recorded_at=timezone.now(), recorded_by_id=by.user, **values
    )
    _tell("request.received", made, by=by)
    return made


@transaction.atomic
def mend_request(request: UUID, draft: RequestDraft, *, by: Actor, version: int, today: dt.date) -> TwinningRequest:
    """Mend what is kept of a request that waits.

    Raises NotAllowedError, TieRefusedError once it is answered, EditConflictError, TwinningRequest.DoesNotExist.
    """
    kept = _held(request, by=by, verb=Verb.RECEIVE_REQUEST)
    values = _checked(draft, office=kept.office, today=today)
    claim(TwinningRequest.objects.filter(pk=kept.pk), version=version, **values)
    kept.refresh_from_db()
    _tell("request.mended", kept, by=by)
    return kept


@transaction.atomic
def answer_request(request: UUID, draft: AnswerDraft, *, by: Actor, version: int, today: dt.date) -> TwinningRequest:
    """Note the answer to a request; accepted, it names a file with that city or opens one.

    Raises as `mend_request`, and StepRefusedError where the file cannot be opened.
    """
    kept = _held(request, by=by, verb=Verb.ANSWER_REQUEST, file=draft.file)
    has_link = bool(kept.link.strip() or kept.incentives)
    refuse(
        *refused_answer(
            draft.answer, reason=draft.reason, has_link=has_link, asked_on=kept.on, on=draft.on, today=today
        )
    )
    values: dict[str, Any] = {
        "answer": draft.answer,
        "answered_on": draft.on,
        "answer_reason": draft.reason.strip(),
        "reply_es": draft.reply_es.strip(),
        "reply_en": draft.reply_en.strip(),
        "answered_at": timezone.now(),
        "answered_by_id": by.user,
    }
    if draft.answer is Answer.ACCEPTED:
        place: dict[str, Any] = {"place": kept.place_id, "name": kept.city}
        values["agreement"] = file_with(draft.file, office=kept.office_id, by=by, today=today, **place)
    claim(TwinningRequest.objects.filter(pk=kept.pk), version=version, **values)
    kept.refresh_from_db()
    _tell(f"request.{draft.answer}", kept, by=by)
    return kept


@transaction.atomic
def file_request(
    request: UUID, which: WhichFile, *, by: Actor, version: int, today: dt.date, place: UUID | None = None
) -> TwinningRequest:
    """Say later which file an accepted request led to, and which place its city is where that was not known.

    Raises as `answer_request`, and Place.DoesNotExist.
    """
    kept = _fetched(request, by=by, verb=Verb.ANSWER_REQUEST, file=which)
    if kept.answer != Answer.ACCEPTED:
        refuse(Why.NOT_ACCEPTED)
    found = kept.place or (Place.objects.get(pk=place) if place else None)
    if found and found.pk == kept.office.place_id:
        refuse(Why.OWN_PLACE)
    meant: dict[str, Any] = {"place": found.pk if found else None, "name": kept.city}
    file = file_with(which, office=kept.office_id, by=by, today=today, **meant)
    claim(TwinningRequest.objects.filter(pk=kept.pk), version=version, agreement=file, place=found)
    kept.refresh_from_db()
    _tell("request.filed", kept, by=by)
    return kept


def _fetched(request: UUID, *, by: Actor, verb: Verb, file: WhichFile | None) -> TwinningRequest:
    kept = requests_of(by.office).filter(pk=request).first()
    if kept is None:
        raise TwinningRequest.DoesNotExist(str(request))
    require_in(by, verb, office=kept.office_id)
    hold_for(file or WhichFile(), office=kept.office_id)
    kept.refresh_from_db()
    return kept


def _held(request: UUID, *, by: Actor, verb: Verb, file: WhichFile | None = None) -> TwinningRequest:
    """Return a request of the actor's office that waits, locked to the end of the transaction."""
    kept = _fetched(request, by=by, verb=verb, file=file)
    if kept.answer:
        refuse(Why.ANSWERED)
    return kept


def _checked(draft: RequestDraft, *, office: Office, today: dt.date) -> dict[str, Any]:
    """Return the columns of a draft. Raises TieRefusedError, and Place.DoesNotExist."""
    facts = RequestFacts(
        side=draft.side,
        city=draft.city,
        requester=draft.requester,
        asks=draft.asks,
        on=draft.on,
        answer_by=draft.answer_by,
        is_own_place=draft.place is not None and draft.place == office.place_id,
    )
    refuse(*refused_request(facts, today=today))
    return {
        "side": draft.side,
        "city": draft.city.strip(),
        "place": Place.objects.get(pk=draft.place) if draft.place else None,
        "requester": draft.requester.strip(),
        "requester_post": draft.requester_post.strip(),
        "contact": draft.contact.strip(),
        "asks": draft.asks.strip(),
        "incentives": " ".join(one for one in Incentive if one in draft.incentives),
        "link": draft.link.strip(),
        "on": draft.on,
        "source": draft.source.strip(),
        "answer_by": draft.answer_by,
    }


def _tell(code: str, made: TwinningRequest, *, by: Actor) -> None:
    trail.record(code, by=by, subject=str(made.pk), content=row_content(made), chain=str(made.office_id))
