"""Calls: recorded, mended, resolved, shown to the public, withdrawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation.actions.ties import own_tie
from hermanar.cooperation.models import Call
from hermanar.cooperation.queries.calls import calls_of, facts_of_call
from hermanar.cooperation.queries.tie_contents import row_content
from hermanar.cooperation.rules.calls import (
    CallFacts,
    CallRefusedError,
    ResultFacts,
    refused_call,
    refused_result,
    refused_to_show,
)
from hermanar.cooperation.vocabulary.calls import CallKind
from hermanar.cooperation.vocabulary.calls import CallRefusal as Why
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, can_in, require_in
from hermanar.foundation.editing import EditConflictError, claim


@dataclass(frozen=True, slots=True)
class CallDraft:
    """A call as a person tells it; None is not known."""

    kind: CallKind
    title_es: str
    title_en: str = ""
    agreement: UUID | None = None
    description_es: str = ""
    description_en: str = ""
    host: str = ""
    places: int | None = None
    requirements: str = ""
    covers: str = ""
    how_to_apply: str = ""
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None


@transaction.atomic
def record_call(draft: CallDraft, *, office: UUID, by: Actor, key: UUID) -> Call:
    """Keep a call of an office; the same form sent twice does it once.

    Raises NotAllowedError, CallRefusedError, Agreement.DoesNotExist for a tie that is not the office's.
    """
    require_in(by, Verb.KEEP_CALLS, office=office)
    trail.hold(chain=str(office))
    if sent := Call.objects.filter(pk=key).first():
        if sent.office_id != office:
            raise Call.DoesNotExist(str(key))
        return sent
    tie = own_tie(draft.agreement, office=office)
    _refuse([*_refused_of_tie(tie), *refused_call(_facts(draft))])
    made = Call.objects.create(
        id=key, office_id=office, recorded_at=timezone.now(), recorded_by_id=by.user, **_columns(draft)
    )
    _tell("call.recorded", made, by=by)
    return made


@transaction.atomic
def mend_call(call: UUID, draft: CallDraft, *, by: Actor, version: int, today: dt.date) -> Call:
    """Put what is true in place of what was written; what is public is mended by who may publish it.

    Raises as `record_call`, Call.DoesNotExist outside the office, and EditConflictError.
    """
    kept = _held(call, by=by, verb=Verb.KEEP_CALLS, version=version)
    _only_who_shows(kept, by=by)
    tie = own_tie(draft.agreement, office=kept.office_id)
    facts = _facts(draft)
    refusals = refused_call(facts)
    if tie and tie.pk != kept.agreement_id:
        refusals += _refused_of_tie(tie)
    if kept.published_at:
        refusals += refused_to_show(facts, is_demonstration=kept.office.is_demonstration)
    if kept.result_on:  # it must still fit what was told to have come of it
        refusals += refused_result(_result_of(kept), call=facts, today=max(today, kept.result_on))
    _refuse(refusals)
    return _moved("call.mended", kept, by=by, **_columns(draft))


@transaction.atomic
def tell_result(call: UUID, result: ResultFacts, *, by: Actor, version: int, today: dt.date) -> Call:
    """Tell what came of a call, or mend what was told. Raises as `mend_call`."""
    kept = _held(call, by=by, verb=Verb.KEEP_CALLS, version=version)
    _only_who_shows(kept, by=by)
    _refuse(refused_result(result, call=facts_of_call(kept), today=today))
    told = {"applied": result.applied, "placed": result.placed, "result_on": result.on}
    return _moved("call.resolved", kept, by=by, result_text=result.text.strip(), **told)


@transaction.atomic
def publish_call(call: UUID, *, by: Actor, version: int) -> Call:
    """Let the public read a call. Raises as `mend_call`."""
    kept = _held(call, by=by, verb=Verb.PUBLISH_CALL, version=version)
    _refuse(refused_to_show(facts_of_call(kept), is_demonstration=kept.office.is_demonstration))
    return _moved("call.published", kept, by=by, published_at=timezone.now())


@transaction.atomic
def unpublish_call(call: UUID, *, by: Actor, version: int) -> Call:
    """Hide a call from the public; in the office it stays. Raises as `mend_call`."""
    return _moved("call.unpublished", _held(call, by=by, verb=Verb.PUBLISH_CALL, version=version), by=by,
                  published_at=None)  # fmt: skip


@transaction.atomic
def withdraw_call(call: UUID, *, by: Actor, version: int, reason: str) -> Call:
    """Take a call back, with the reason; it stays readable in the office. Raises as `mend_call`."""
    kept = _held(call, by=by, verb=Verb.WITHDRAW_CALL, version=version)
    _only_who_shows(kept, by=by)
    _refuse([] if reason.strip() else [Why.NO_REASON])
    gone = {"withdrawn_at": timezone.now(), "withdrawal_reason": reason.strip(), "published_at": None}
    return _moved("call.withdrawn", kept, by=by, **gone)


def _refused_of_tie(tie: Agreement | None) -> list[Why]:
    return [Why.TIE_ABANDONED] if tie and tie.stage == Stage.ABANDONED else []


def _held(call: UUID, *, by: Actor, verb: Verb, version: int) -> Call:
    """Return a call of the actor's office, its chain held, at the version that was read."""
    known = calls_of(by.office).filter(pk=call).first()
    if known is None:
        raise Call.DoesNotExist(str(call))
    require_in(by, verb, office=known.office_id)
    trail.hold(chain=str(known.office_id))
    kept = calls_of(by.office).get(pk=call)
    if kept.version != version:
        raise EditConflictError(str(call))
    _refuse([Why.WITHDRAWN] if kept.withdrawn_at else [])
    return kept


def _only_who_shows(kept: Call, *, by: Actor) -> None:
    if kept.published_at and not can_in(by, Verb.PUBLISH_CALL, office=kept.office_id):
        _refuse([Why.IS_PUBLIC])


def _columns(draft: CallDraft) -> dict[str, Any]:
    """Return a draft as the table keeps it."""
    told = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(draft).items()}
    told["agreement_id"] = told.pop("agreement")
    return told


def _facts(draft: CallDraft) -> CallFacts:
    return facts_of_call(Call(**_columns(draft)))


def _result_of(kept: Call) -> ResultFacts:
    assert kept.result_on is not None  # asked before
    return ResultFacts(kept.result_on, applied=kept.applied, placed=kept.placed, text=kept.result_text)


def _refuse(refusals: list[Why]) -> None:
    if refusals:
        raise CallRefusedError(refusals)


def _moved(code: str, kept: Call, *, by: Actor, **values: Any) -> Call:
    claim(Call.objects.filter(pk=kept.pk), version=kept.version, **values)
    kept.refresh_from_db()
    _tell(code, kept, by=by)
    return kept


def _tell(code: str, call: Call, *, by: Actor) -> None:
    """Tell the trail a digest of all that is kept of a call."""
    trail.record(code, by=by, subject=str(call.pk), content=row_content(call), chain=str(call.office_id))
