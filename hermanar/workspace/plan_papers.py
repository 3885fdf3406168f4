"""A work plan as a paper in either language: for the page to share, for Word and for PDF."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from hermanar.cooperation.models import WorkPlan
from hermanar.foundation.papers import Paper, ProgrammeFacts, WorkPlanFacts, work_plan
from hermanar.foundation.papers.structure import Items, Line, Signatures, Table
from hermanar.workspace.papers import KINDS, built
from hermanar.workspace.plan_facts import lines_in, programme_values, side_names
from hermanar.workspace.record_facts import paper_values


def paper_of_plan(plan: WorkPlan, *, language: str) -> Paper:
    """Write a plan with its programmes; what nobody wrote in that language stays open."""
    parties = _parties(plan, language)
    own, other = parties["mexican"].short_name, parties["counterpart"].short_name
    names = side_names(own, other, language=language)
    related = ("activities", "staff", "resources")
    programmes = plan.programmes.prefetch_related(*related)
    facts = WorkPlanFacts(
        **parties,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        purpose=lines_in(plan, "purpose", language=language),
        agreed_on=plan.agreed_on,
        programmes=tuple(
            ProgrammeFacts(**parties, **programme_values(one, names, language=language)) for one in programmes
        ),
    )
    return work_plan(facts, language=language)


def _parties(plan: WorkPlan, language: str) -> dict[str, Any]:
    """Return the parties as the paper of a programme names them: from the record, and as somebody wrote in it."""
    facts: ProgrammeFacts = built(ProgrammeFacts, paper_values(plan.agreement, KINDS[f"programa-{language}"]))
    return {"agreement_title": facts.agreement_title, "mexican": facts.mexican, "counterpart": facts.counterpart}


def pieces_of(paper: Paper) -> list[dict[str, Any]]:
    """Return the pieces of a paper as a page shows them: each cell of a table with its heading."""
    found: list[dict[str, Any]] = []
    for piece in paper.pieces:
        match piece:
            case Line():
                found.append({"style": piece.style.value, "text": piece.text})
            case Items():
                found.append({"listed": piece.items})
            case Table():
                rows = [list(zip(piece.headings, row, strict=True)) for row in piece.rows]
                found.append({"headings": piece.headings, "rows": rows})
            case Signatures():
                found.append({"blocks": piece.blocks})
    return found


def both_papers(plan: WorkPlan) -> list[Paper]:
    """Return a plan in Spanish and in English, to be read beside each other."""
    found = []
    for language in ("es", "en"):
        with translation.override(language):
            found.append(paper_of_plan(plan, language=language))
    return found
