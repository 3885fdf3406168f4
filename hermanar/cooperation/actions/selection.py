"""The choice of a city: begun, weighed, marked, decided by people; the program adds up and decides nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.cooperation.actions.files_of_ties import WhichFile, file_with, hold_for
from hermanar.cooperation.models import Candidate, Criterion, Mark, Selection, SelectionDecision, TwinningRequest
from hermanar.cooperation.queries.requests import requests_of
from hermanar.cooperation.queries.selection import candidates_of, decision_of, selections_of
from hermanar.cooperation.queries.tie_contents import selection_content
from hermanar.cooperation.rules.selection import refused_mark, refused_weight
from hermanar.cooperation.rules.ties import refuse
from hermanar.cooperation.vocabulary.selection import SUGGESTED, SuggestedCriterion
from hermanar.cooperation.vocabulary.ties import TieRefusal as Why
from hermanar.directory.models import Place
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.editing import claim
from hermanar.foundation.words import fold


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """A criterion as the office words and weighs it; without a key it is a new one."""

    name: str
    weight: int | None = None
    looks_at: str = ""
    criterion: UUID | None = None


@dataclass(frozen=True, slots=True)
class CandidateDraft:
    """A city to compare: of the directory, of a request, or only by its name."""

    name: str
    place: UUID | None = None
    request: UUID | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MarkDraft:
    """A mark and its reason; None is not marked."""

    value: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceDraft:
    """Who chose which candidate, when and why; and the file it leads to, if there is one yet."""

    candidate: UUID
    on: dt.date
    decider: str
    reason: str
    file: WhichFile = field(default_factory=WhichFile)


@transaction.atomic
def begin_selection(
    title: str, *, office: UUID, by: Actor, key: UUID, purpose: str = "", suggested: Sequence[SuggestedCriterion] = ()
) -> Selection:
    """Begin a comparison with the suggested criteria that are wanted, none of them weighed yet.

    The same form sent twice begins one. Raises NotAllowedError, TieRefusedError.
    """
    require_in(by, Verb.WEIGH_CITIES, office=office)
    trail.hold(chain=str(office))
    if sent := Selection.objects.filter(pk=key).first():
        if sent.office_id != office:
            raise Selection.DoesNotExist(str(key))
        return sent
    if not title.strip():
        refuse(Why.NO_NAME)
    made = Selection.objects.create(
        id=key,
        office_id=office,
        title=title.strip(),
        purpose=purpose.strip(),
        begun_at=timezone.now(),
        begun_by_id=by.user,
    )
    for position, one in enumerate(suggested, 1):
        looks_at, source = SUGGESTED[one]
        Criterion.objects.create(
            selection=made, position=position, name=str(one.label), looks_at=str(looks_at), source=source
        )
    _tell("selection.begun", made, by=by)
    return made


@transaction.atomic
def change_selection(selection: UUID, *, by: Actor, version: int, title: str, purpose: str = "") -> Selection:
    """Change what a selection is called and what it seeks.

    Raises NotAllowedError, TieRefusedError once it is decided, EditConflictError, Selection.DoesNotExist.
    """
    kept = _held(selection, by=by)
    if not title.strip():
        refuse(Why.NO_NAME)
    _claim(kept, version=version, title=title.strip(), purpose=purpose.strip())
    return _told("selection.changed", kept, by=by)


@transaction.atomic
def weigh_criteria(selection: UUID, drafts: Sequence[CriterionDraft], *, by: Actor, version: int) -> Selection:
    """Word and weigh the criteria of a selection, and add those that are new. Raises as `change_selection`."""
    kept = _held(selection, by=by)
    found: list[Why] = []
    for one in drafts:
        found += [] if one.name.strip() else [Why.NO_NAME]
        found += refused_weight(one.weight)
    names = [fold(one.name) for one in drafts]
    found += [Why.SAME_CRITERION] if len(set(names)) < len(names) else []
    refuse(*dict.fromkeys(found))
    _claim(kept, version=version)
    there = {one.pk: one for one in kept.criteria.all()}
    last = max((one.position for one in there.values()), default=0)
    for one in drafts:
        values = {"name": one.name.strip(), "looks_at": one.looks_at.strip(), "weight": one.weight}
        if one.criterion is None:
            last += 1
            Criterion.objects.create(selection=kept, position=last, **values)
        elif one.criterion in there:
            Criterion.objects.filter(pk=one.criterion).update(**values)
        else:
            raise Criterion.DoesNotExist(str(one.criterion))
    return _told("selection.weighed", kept, by=by)


@transaction.atomic
def add_candidate(selection: UUID, draft: CandidateDraft, *, by: Actor, key: UUID) -> Candidate:
    """Add a city to compare; the same form sent twice does it once. Raises as `change_selection`."""
    kept = _held(selection, by=by)
    if sent := Candidate.objects.filter(pk=key).first():
        if sent.selection_id != kept.pk:
            raise Candidate.DoesNotExist(str(key))
        return sent
    values = _candidate_values(kept, draft)
    made = Candidate.objects.create(id=key, selection=kept, **values)
    _claim(kept, version=kept.version)
    _told("selection.candidate_added", kept, by=by)
    return made


@transaction.atomic
def mark_candidate(
    candidate: UUID, marks: Mapping[UUID, MarkDraft], *, by: Actor, version: int, note: str | None = None
) -> Candidate:
    """Mark a candidate by criteria, each mark with its reason. Raises as `change_selection`."""
    one, kept = _held_candidate(candidate, by=by)
    refuse(*dict.fromkeys(why for mark in marks.values() for why in refused_mark(mark.value, reason=mark.reason)))
    there = set(kept.criteria.values_list("pk", flat=True))
    if unknown := set(marks) - there:
        raise Criterion.DoesNotExist(str(unknown))
    _claim(kept, version=version)
    for criterion, mark in marks.items():
        if mark.value is None:
            Mark.objects.filter(candidate=one, criterion=criterion).delete()
        else:
            said = {"value": mark.value, "reason": mark.reason.strip()}
            Mark.objects.update_or_create(candidate=one, criterion_id=criterion, defaults=said)
    if note is not None:
        Candidate.objects.filter(pk=one.pk).update(note=note.strip())
        one.refresh_from_db()
    _told("selection.marked", kept, by=by)
    return one


@transaction.atomic
def leave_out(candidate: UUID, *, by: Actor, version: int, reason: str) -> Candidate:
    """Consider a candidate no more, for a reason; an empty one admits it again. Raises as `change_selection`."""
    one, kept = _held_candidate(candidate, by=by)
    if not reason.strip() and not one.left_out:
        refuse(Why.NO_REASON)
    _claim(kept, version=version)
    Candidate.objects.filter(pk=one.pk).update(left_out=reason.strip())
    one.refresh_from_db()
    _told("selection.left_out" if one.left_out else "selection.readmitted", kept, by=by)
    return one


@transaction.atomic
def decide_city(selection: UUID, draft: ChoiceDraft, *, by: Actor, version: int, today: dt.date) -> SelectionDecision:
    """Note which candidate people chose, whatever the order says. Raises as `change_selection` and `answer_request`."""
    kept = _held(selection, by=by, verb=Verb.DECIDE_CITY, file=draft.file)
    one = kept.candidates.filter(pk=draft.candidate).first()
    if one is None:
        raise Candidate.DoesNotExist(str(draft.candidate))
    found = [] if draft.decider.strip() else [Why.NO_DECIDER]
    found += [] if draft.reason.strip() else [Why.NO_REASON]
    found += [Why.FUTURE_DATE] if draft.on > today else []
    found += [Why.LEFT_OUT] if one.left_out else []
    found += [] if kept.criteria.filter(weight__gt=0).exists() else [Why.NOTHING_WEIGHED]
    found += [] if one.marks.exists() else [Why.NOTHING_MARKED]
    refuse(*found)
    place: dict[str, Any] = {"place": one.place_id, "name": one.name}
    file = file_with(draft.file, office=kept.office_id, by=by, today=today, **place)
    _claim(kept, version=version)
    made = SelectionDecision.objects.create(
        selection=kept,
        candidate=one,
        on=draft.on,
        decider=draft.decider.strip(),
        reason=draft.reason.strip(),
        agreement=file,
        at=timezone.now(),
        by_user_id=by.user,
    )
    _told("selection.decided", kept, by=by)
    return made


@transaction.atomic
def file_choice(selection: UUID, which: WhichFile, *, by: Actor, version: int, today: dt.date) -> SelectionDecision:
    """Say later which file a choice led to. Raises as `decide_city`."""
    kept, made = _decided(selection, by=by, file=which)
    place: dict[str, Any] = {"place": made.candidate.place_id, "name": made.candidate.name}
    file = file_with(which, office=kept.office_id, by=by, today=today, **place)
    _claim(kept, version=version)
    SelectionDecision.objects.filter(pk=made.pk).update(agreement=file)
    made.refresh_from_db()
    _told("selection.filed", kept, by=by)
    return made


@transaction.atomic
def reopen_selection(selection: UUID, *, by: Actor, version: int, reason: str) -> Selection:
    """Take a decision back for a reason; it stays in the history. Raises as `decide_city`."""
    kept, made = _decided(selection, by=by)
    if not reason.strip():
        refuse(Why.NO_REASON)
    _claim(kept, version=version)
    undone = {"undone_at": timezone.now(), "undone_reason": reason.strip()}
    SelectionDecision.objects.filter(pk=made.pk).update(**undone)
    return _told("selection.reopened", kept, by=by)


# ── what these verbs share ───────────────────────────────────────────────────────────────────────────────────────────


def _fetched(selection: UUID, *, by: Actor, verb: Verb, file: WhichFile | None) -> Selection:
    kept = selections_of(by.office).filter(pk=selection).first()
    if kept is None:
        raise Selection.DoesNotExist(str(selection))
    require_in(by, verb, office=kept.office_id)
    hold_for(file or WhichFile(), office=kept.office_id)
    kept.refresh_from_db()
    return kept


def _held(selection: UUID, *, by: Actor, verb: Verb = Verb.WEIGH_CITIES, file: WhichFile | None = None) -> Selection:
    """Return a selection of the actor's office that is not decided, locked to the end of the transaction."""
    kept = _fetched(selection, by=by, verb=verb, file=file)
    if decision_of(kept):
        refuse(Why.ALREADY_DECIDED)
    return kept


def _decided(selection: UUID, *, by: Actor, file: WhichFile | None = None) -> tuple[Selection, SelectionDecision]:
    """Return a decided selection of the actor's office with its decision, locked."""
    kept = _fetched(selection, by=by, verb=Verb.DECIDE_CITY, file=file)
    made = decision_of(kept)
    if made is None:
        refuse(Why.NOT_DECIDED)
    assert made is not None
    return kept, made


def _held_candidate(candidate: UUID, *, by: Actor) -> tuple[Candidate, Selection]:
    one = candidates_of(by.office).filter(pk=candidate).first()
    if one is None:
        raise Candidate.DoesNotExist(str(candidate))
    kept = _held(one.selection_id, by=by)
    one.refresh_from_db()
    return one, kept


def _candidate_values(kept: Selection, draft: CandidateDraft) -> dict[str, Any]:
    """Return the columns of a candidate. Raises TieRefusedError, and DoesNotExist for what another office keeps."""
    request = None
    if draft.request and not (request := requests_of(kept.office_id).filter(pk=draft.request).first()):
        raise TwinningRequest.DoesNotExist(str(draft.request))
    place = Place.objects.get(pk=draft.place) if draft.place else request.place if request else None
    name = draft.name.strip() or (request.city if request else place.name if place else "")
    if not name:
        refuse(Why.NO_NAME)
    if place and place.pk == kept.office.place_id:
        refuse(Why.OWN_PLACE)
    there = list(kept.candidates.all())
    is_same = any(place and one.place_id == place.pk for one in there)
    if is_same or (place is None and fold(name) in {fold(one.name) for one in there if one.place_id is None}):
        refuse(Why.SAME_CANDIDATE)
    return {"name": name, "place": place, "request": request, "note": draft.note.strip()}


def _claim(kept: Selection, *, version: int, **values: Any) -> None:
    claim(Selection.objects.filter(pk=kept.pk), version=version, **values)


def _told(code: str, kept: Selection, *, by: Actor) -> Selection:
    kept.refresh_from_db()
    _tell(code, kept, by=by)
    return kept


def _tell(code: str, kept: Selection, *, by: Actor) -> None:
    trail.record(code, by=by, subject=str(kept.pk), content=selection_content(kept), chain=str(kept.office_id))
