"""What every verb of a file shares: who may, the lock, the facts the rules ask for, the step that is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from hermanar.agreements import rules
from hermanar.agreements.actions.listing import relist
from hermanar.agreements.actions.versions import keep_version
from hermanar.agreements.models import Agreement, LegalAct, ProcedureStep, StepPaper
from hermanar.agreements.queries import AGREEMENT_INDEX, file_facts, for_office
from hermanar.agreements.queries.contents import record_content, step_content
from hermanar.agreements.queries.proof import SEALED
from hermanar.agreements.rules import StepRefusedError
from hermanar.agreements.vocabulary import ActKind, SignedPrecision
from hermanar.agreements.vocabulary.procedure import Refusal, Step
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import Document, Source, SourceKind


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What a person writes in a step: the day it happened, the letter, the reason, the papers."""

    on: dt.date
    letter: str = ""
    reason: str = ""
    papers: Sequence[UUID] = ()  # documents of the acting office


@dataclass(slots=True)
class OpenFile:
    """A file held for one verb: the record as read, and who acts on it."""

    agreement: Agreement
    by: Actor
    step: Step
    changes: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)  # what the step says of the record and does not write into it


def fetch(agreement: UUID, *, by: Actor, verb: Verb) -> Agreement:
    """Return a file of the actor's own office; for whom it is not, it does not exist. Raises NotAllowedError."""
    kept = for_office(by.office).filter(pk=agreement).first()
    if kept is None:
        raise Agreement.DoesNotExist(str(agreement))
    require_in(by, verb, office=kept.office_id)
    return kept


def hold(kept: Agreement, *, version: int) -> Agreement:
    """Lock the record to the end of the transaction, read again. Raises EditConflictError when it has moved on."""
    trail.hold(AGREEMENT_INDEX, chain=str(kept.office_id))
    fresh = Agreement.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    if fresh.version != version:
        raise EditConflictError(str(kept.pk))
    return fresh


def check(kept: Agreement, step: Step, *, written: rules.StepFacts, today: dt.date) -> None:
    """Raise StepRefusedError with everything that refuses a step."""
    refusals = rules.refused_by(step, file_facts(kept, today=today), written=written, today=today)
    if refusals:
        raise StepRefusedError(refusals)


def written_as(draft: StepDraft, **more: Any) -> rules.StepFacts:
    """Return what the rules look at in a step as a person wrote it."""
    return rules.StepFacts(on=draft.on, letter=draft.letter.strip(), reason=draft.reason.strip(), **more)


def keep_step(
    opened: OpenFile,
    draft: StepDraft,
    *,
    today: dt.date,
    hang: Callable[[ProcedureStep], object] | None = None,
    **more: Any,
) -> ProcedureStep:
    """Write the step and what hangs on it, move the record on, list it again where it is seen, and tell the trail."""
    kept, by = opened.agreement, opened.by
    stage = opened.changes.pop("stage", None) or rules.leads_to(opened.step, file_facts(kept, today=today))
    last = kept.steps.order_by("-number").values_list("number", flat=True).first()
    made = ProcedureStep.objects.create(
        agreement=kept,
        number=(last or 0) + 1,
        step=opened.step,
        stage_after=stage,
        on=draft.on,
        at=timezone.now(),
        letter=draft.letter.strip(),
        reason=draft.reason.strip(),
        changes={name: value if value is None else str(value) for name, value in opened.changes.items()} | opened.told,
        by_user_id=by.user,
        by_office_id=by.office,
        **more,
    )
    attach(made, draft.papers, office=by.office)
    if hang:
        hang(made)
    move(kept, stage=stage, **opened.changes)
    trail.record(
        f"agreement.{opened.step.value}",
        by=by,
        subject=str(kept.pk),
        content=step_content(made),
        chain=str(kept.office_id),
    )
    return made


def seal(agreement: UUID, *, by: Actor, chain: str) -> None:
    """Tell the trail what a record says at this moment: from then on it is compared with that."""
    trail.record(SEALED, by=by, subject=str(agreement), content=record_content(agreement), chain=chain)


def party_names(kept: Agreement) -> dict[str, Any]:
    """Return the names of the parties for a step to tell: the directory may give a place another name later."""
    parties = kept.parties.select_related("place").order_by("position")
    return {"party_names": [party.name_as_written or party.place.name for party in parties]}


def attach(step: ProcedureStep, papers: Sequence[UUID], *, office: UUID | None) -> None:
    """Hang documents of the acting office on a step; another office's document does not exist."""
    known = set(documents_of(office).filter(pk__in=papers).values_list("pk", flat=True))
    for paper in papers:
        if paper not in known:
            raise Document.DoesNotExist(str(paper))
    StepPaper.objects.bulk_create([StepPaper(step=step, document_id=paper) for paper in papers])


def move(kept: Agreement, *, edited_by: Actor | None = None, **values: Any) -> None:
    """Write values of a held record under its next version, and list it again if the public sees it.

    What a person edited is kept as a version first: whether an opinion covers it is read from there.
    """
    Agreement.objects.filter(pk=kept.pk).update(version=F("version") + 1, edited_at=timezone.now(), **values)
    if edited_by:
        keep_version(kept, by=edited_by)
    if kept.published_at or values.get("published_at"):
        relist([kept.pk])


def office_source(kept: Agreement) -> Source:
    """Return the source that an office's own file is: what the office states stands on it."""
    office = kept.office
    assert office is not None
    key = f"expediente-{office.slug}"[:80]
    named = {"kind": SourceKind.OFFICE_FILE, "title_es": f"Expedientes de {office.name}"[:300], "author": office.name}
    return Source.objects.get_or_create(key=key, defaults=named)[0]


def add_act(kept: Agreement, kind: ActKind, *, on: dt.date, until: dt.date | None = None, letter: str = "") -> None:
    """Keep a legal act of the office, by which the force of the agreement changes."""
    LegalAct.objects.create(
        agreement=kept,
        kind=kind,
        on=on,
        precision=SignedPrecision.DAY,
        until=until,
        source=office_source(kept),
        passage=letter,
    )


def documents_of(office: UUID | None) -> QuerySet[Document]:
    """Return the documents of an office; None has none."""
    return Document.objects.filter(office=office) if office else Document.objects.none()


def refuse(*refusals: Refusal) -> NoReturn:
    """Raise StepRefusedError."""
    raise StepRefusedError(refusals)


atomic = transaction.atomic
