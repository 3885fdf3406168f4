"""The life of a tie: one page, beside the page of its procedure."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from hermanar.foundation.access import Verb
from hermanar.foundation.calendar import today_in
from hermanar.workspace.life import life_of
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import own_file


@member(Verb.READ_FILES)
def life(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Show what came of an agreement, and lead to where more is added."""
    kept = own_file(request, agreement)
    today = today_in(request.office.time_zone)
    context = {"file": kept, "today": today, **life_of(kept, actor=request.actor, today=today)}
    return render(request, "workspace/files/life.html", context)
