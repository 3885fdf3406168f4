"""Calls for a work of art: kept, shown, cancelled, decided; and what became of the work."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from hermanar.catalogue.read.demonstration import is_demonstration_office
from hermanar.catalogue.read.gifts import work_by_key
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, can_in, require_in
from hermanar.foundation.editing import AnotherSentError, EditConflictError, claim, has_values
from hermanar.museum.actions.slugs import made_at
from hermanar.museum.actions.texts import is_too_long, tidy
from hermanar.museum.models import Ballot, OpenCall
from hermanar.museum.queries.contents import open_call_told
from hermanar.museum.queries.news import told_since
from hermanar.museum.queries.open_calls import entries_of, facts_of, kept_by, marks_of
from hermanar.museum.queries.sisters import circle_of
from hermanar.museum.rules.open_calls import (
    CallFacts,
    CallRefusedError,
    refused_call,
    refused_result,
    refused_to_mend,
    refused_to_show,
    tally_of,
)
from hermanar.museum.vocabulary.open_calls import CallRefusal as Why
from hermanar.museum.vocabulary.open_calls import Decider

_LONGEST_SLUG = 90
_IN_LINES = frozenset({"rules", "rules_en"})


@dataclass(frozen=True, slots=True)
class OpenCallDraft:
    """A call as a person tells it."""

    title: str
    title_en: str = ""
    receiver: str = ""
    decider: Decider = Decider.JURY
    rules: str = ""
    rules_en: str = ""
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None
    votes_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ResultDraft:
    """What was decided: the work that won, or none, and why."""

    winner: UUID | None
    reasons: str
    reasons_en: str = ""


@transaction.atomic
def record_call(draft: OpenCallDraft, *, office: UUID, city: str, by: Actor, key: UUID) -> OpenCall:
    """Keep a call of an office and its city, not shown yet; the same form sent twice does it once.

    Raises NotAllowedError, CallRefusedError, AnotherSentError when the form came before with something else in it.
    """
    require_in(by, Verb.KEEP_OPEN_CALL, office=office)
    trail.hold(chain=str(office))
    columns = _columns(draft)
    if sent := OpenCall.objects.filter(pk=key).first():
        if sent.office != office:
            raise OpenCall.DoesNotExist(str(key))
        if not has_values(sent, columns):
            raise AnotherSentError(str(key))
        return sent
    _refuse([*refused_call(_facts(columns)), *_unfit(columns, city)])
    more = {"office": office, "city": city, "changed_at": timezone.now()}
    made = made_at(OpenCall, _slug(columns["title"]), key=key, **more, **columns)
    return tell_call("open_call.recorded", made.pk, by=by)


@transaction.atomic
def mend_call(call: UUID, draft: OpenCallDraft, *, by: Actor, version: int) -> OpenCall:
    """Put what is true in place of what was written; once works came, its days may only be put off.

    Raises as `record_call`, OpenCall.DoesNotExist outside the office, and EditConflictError.
    """
    kept = hold_call(call, by=by, verb=Verb.KEEP_OPEN_CALL, version=version)
    columns = _columns(draft)
    before, after = facts_of(kept), _facts(columns)
    refusals = [*refused_call(after), *_unfit(columns, kept.city), *refused_to_mend(before, after)]
    if kept.published_at:
        if not can_in(by, Verb.PUBLISH_OPEN_CALL, office=kept.office):
            require_in(by, Verb.PUBLISH_OPEN_CALL, office=kept.office)
        refusals += refused_to_show(after, is_demonstration=is_demonstration_office(kept.office))
    _refuse(refusals)
    # A call whose days move takes works and votes again, after their addresses were forgotten too: forget them anew.
    again = {} if _days(before) == _days(after) else {"contacts_gone_at": None}
    return _moved("open_call.mended", kept, by=by, **columns, **again)


@transaction.atomic
def publish_call(call: UUID, *, by: Actor, version: int) -> OpenCall:
    """Let the public see a call. Raises as `mend_call`."""
    kept = hold_call(call, by=by, version=version)
    _refuse([Why.ALREADY_SO] if kept.published_at else [])
    _refuse(refused_to_show(facts_of(kept), is_demonstration=is_demonstration_office(kept.office)))
    now = timezone.now()
    return _moved(
        "open_call.published", kept, by=by, published_at=now, first_published_at=kept.first_published_at or now
    )


@transaction.atomic
def unpublish_call(call: UUID, *, by: Actor, version: int) -> OpenCall:
    """Hide a call with its works. Raises as `mend_call`."""
    kept = hold_call(call, by=by, version=version)
    first = told_since(kept.first_published_at)
    return _moved("open_call.unpublished", kept, by=by, published_at=None, first_published_at=first)


@transaction.atomic
def cancel_call(call: UUID, *, by: Actor, version: int, note: str, note_en: str = "") -> OpenCall:
    """Say that there will be no result, and why; the call stays where it is and says so. Raises as `mend_call`."""
    kept = hold_call(call, by=by, version=version)
    _refuse([Why.OVER] if kept.cancelled_at or kept.decided_on else [])
    told = {"cancelled_for": tidy(note), "cancelled_for_en": tidy(note_en)}
    _refuse([*([] if told["cancelled_for"] else [Why.NO_REASON]), *_not_to_be_kept(told)])
    return _moved("open_call.cancelled", kept, by=by, cancelled_at=timezone.now(), **told)


@transaction.atomic
def decide_call(call: UUID, draft: ResultDraft, *, by: Actor, version: int, today: dt.date) -> OpenCall:
    """Tell which work was chosen, with the reasons and the votes as they are; nobody may change it after.

    Raises as `mend_call`.
    """
    kept = hold_call(call, by=by, version=version)
    facts = facts_of(kept)
    tally = standing_tally(kept)
    told = {"reasons": tidy(draft.reasons, lines=True), "reasons_en": tidy(draft.reasons_en, lines=True)}
    is_entry = draft.winner is not None and entries_of(kept).filter(pk=draft.winner).exists()
    _refuse([
        *refused_result(
            facts, today=today, is_entry=is_entry, is_void=draft.winner is None, reasons=told["reasons"],
            votes=len(tally),
        ),
        *_not_to_be_kept(told),
    ])  # fmt: skip
    return _moved("open_call.decided", kept, by=by, winner=draft.winner, decided_on=today, tally=tally, **told)


@transaction.atomic
def link_work(call: UUID, work: UUID | None, *, by: Actor, version: int) -> OpenCall:
    """Say which gift of the register the chosen work became; none takes that back. Raises as `mend_call`."""
    kept = hold_call(call, by=by, version=version)
    _refuse([] if kept.winner else [Why.NOT_DECIDED])
    _refuse([Why.UNKNOWN_WORK] if work and work_by_key(work) is None else [])
    return _moved("open_call.linked", kept, by=by, work=work)


def standing_tally(kept: OpenCall) -> dict[str, dict[str, float]]:
    """Return what the votes say of the works that take part now; what was taken from the public counts no more."""
    standing = {str(key) for key in entries_of(kept).values_list("pk", flat=True)}
    if kept.decider == Decider.JURY:
        found = tally_of(marks_of(kept))
    else:
        counted = Counter(map(str, Ballot.objects.filter(call=kept).values_list("entry", flat=True)))
        found = {entry: {"votes": count} for entry, count in counted.items()}
    return {entry: row for entry, row in found.items() if entry in standing}


def hold_call(call: UUID, *, by: Actor, version: int, verb: Verb = Verb.PUBLISH_OPEN_CALL) -> OpenCall:
    """Return a call of the actor's office, its chain held, at the version that was read; part of a verb."""
    known = kept_by(by).filter(pk=call).first()
    if known is None:
        raise OpenCall.DoesNotExist(str(call))
    require_in(by, verb, office=known.office)
    trail.hold(chain=str(known.office))
    kept = OpenCall.objects.get(pk=call)
    if kept.version != version:
        raise EditConflictError(str(call))
    return kept


def tell_call(code: str, call: UUID, *, by: Actor) -> OpenCall:
    """Tell the trail of a call as it is kept now; part of a verb."""
    fresh = OpenCall.objects.get(pk=call)
    trail.record(code, by=by, subject=str(call), content=open_call_told(fresh), chain=str(fresh.office))
    return fresh


def _moved(code: str, kept: OpenCall, *, by: Actor, **values: Any) -> OpenCall:
    claim(OpenCall.objects.filter(pk=kept.pk), version=kept.version, changed_at=timezone.now(), **values)
    return tell_call(code, kept.pk, by=by)


def _columns(draft: OpenCallDraft) -> dict[str, Any]:
    return {name: tidy(value, lines=name in _IN_LINES) for name, value in asdict(draft).items()}


def _facts(columns: dict[str, Any]) -> CallFacts:
    names = ("title", "rules", "receiver", "decider", "opens_on", "closes_on", "votes_until")
    return CallFacts(**{name: columns[name] for name in names})


def _days(facts: CallFacts) -> tuple[dt.date | None, ...]:
    return facts.opens_on, facts.closes_on, facts.votes_until


def _unfit(columns: dict[str, Any], city: str) -> list[Why]:
    if found := _not_to_be_kept(columns):
        return found
    circle = circle_of(city, "es") if columns["receiver"] else None
    is_known = not columns["receiver"] or (circle is not None and columns["receiver"] in circle.others)
    return [] if is_known else [Why.UNKNOWN_CITY]


def _not_to_be_kept(told: dict[str, Any]) -> list[Why]:
    if any("\x00" in value for value in told.values() if isinstance(value, str)):
        return [Why.NOT_TEXT]
    return [Why.TOO_LONG] if is_too_long(OpenCall, told) else []


def _slug(title: str) -> str:
    """Return the address that a title asks for."""
    return slugify(title)[:_LONGEST_SLUG].strip("-") or "obra"


def _refuse(refusals: Sequence[Why]) -> None:
    if refusals:
        raise CallRefusedError(refusals)
