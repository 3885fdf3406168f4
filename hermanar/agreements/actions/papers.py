"""What a person writes in a paper of a file is kept, so that it is written once; papers that come after their step."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone

from hermanar.agreements.actions.filing import atomic, documents_of, fetch, hold, move
from hermanar.agreements.models import PaperFilling, ProcedureStep, StepPaper
from hermanar.agreements.queries.contents import paper_content
from hermanar.agreements.queries.proof import PAPER_ADDED
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb
from hermanar.foundation.editing import claim


@atomic
def fill_paper(agreement: UUID, *, by: Actor, paper: str, version: int, values: Mapping[str, str]) -> PaperFilling:
    """Keep the particulars of a paper; `version` is 0 for one nobody has filled.

    Raises NotAllowedError, DoesNotExist outside the office, EditConflictError when it has moved on.
    """
    kept = fetch(agreement, by=by, verb=Verb.EDIT_FILE)
    trail.hold(chain=str(kept.office_id))
    now = timezone.now()
    first = {"values": dict(values), "version": 0, "edited_at": now}
    made, _is_new = PaperFilling.objects.get_or_create(agreement=kept, paper=paper, defaults=first)
    claim(PaperFilling.objects.filter(pk=made.pk), version=version, values=dict(values), edited_at=now)
    told = [paper, dict(values)]
    trail.record("agreement.paper_filled", by=by, subject=str(kept.pk), content=told, chain=str(kept.office_id))
    made.refresh_from_db()
    return made


@atomic
def add_paper(agreement: UUID, *, by: Actor, version: int, step: UUID, document: UUID) -> StepPaper:
    """Hang a paper on a step that was written before it came: the receipt of a letter, as a rule.

    Raises as every verb of a file, and DoesNotExist for a step of another file or a document of another office.
    """
    kept = hold(fetch(agreement, by=by, verb=Verb.EDIT_FILE), version=version)
    made = StepPaper.objects.create(
        step=ProcedureStep.objects.get(pk=step, agreement=kept),
        document=documents_of(by.office).get(pk=document),
        at=timezone.now(),
        by_user_id=by.user,
    )
    move(kept)
    told = paper_content(made)
    trail.record(PAPER_ADDED, by=by, subject=str(kept.pk), content=told, chain=str(kept.office_id))
    return made
