"""The shared plan, as the counterpart reads it: once both sides have agreed to it, in either language."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hermanar.cooperation.models import WorkPlan
from hermanar.cooperation.queries.plans import agreed_plans
from hermanar.workspace.due import today_of
from hermanar.workspace.letters import FORMATS, answer_with
from hermanar.workspace.plan_papers import paper_of_plan, pieces_of
from hermanar.workspace.plans import view_of
from hermanar.workspace.views.guest_door import GuestRequest, guest
from hermanar.workspace.views.guest_room import frame_of, office_of

LANGUAGES = ("es", "en")


@guest
@require_safe
def plan(request: GuestRequest, plan: UUID) -> HttpResponse:
    """Show how far the plan has come, and the plan itself as its paper reads in the reader's language."""
    kept = _agreed(request, plan)
    paper = paper_of_plan(kept, language="en" if (get_language() or "").startswith("en") else "es")
    view = view_of(kept, today=today_of(office_of(request)))
    context = {**frame_of(request), "plan": kept, "view": view, "paper": paper, "pieces": pieces_of(paper)}
    return render(request, "workspace/guest/plan.html", context)


@guest
@require_safe
def file(request: GuestRequest, plan: UUID, language: str, format_: str) -> HttpResponse:
    """Give the plan as Word or PDF in one of its languages."""
    kept = _agreed(request, plan)
    if format_ not in FORMATS or language not in LANGUAGES:
        raise Http404
    return answer_with(
        paper_of_plan(kept, language=language), format_, name=slugify(f"{_('plan de trabajo')} {kept} {language}")
    )


def _agreed(request: GuestRequest, plan: UUID) -> WorkPlan:
    """Return a plan of the tie that both sides agreed to; a draft is the office's own."""
    kept = agreed_plans(request.tie.pk).filter(pk=plan).first()
    if kept is None:
        raise Http404
    return kept
