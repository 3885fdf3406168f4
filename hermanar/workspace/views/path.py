"""The path of a tie: where it stands, what is missing, who does it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from hermanar.foundation.access import Verb
from hermanar.workspace.due import today_of
from hermanar.workspace.path import path_of
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import own_file


@member(Verb.READ_FILES)
def path(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Show the seven phases and the nine steps of a tie with the evidence each rests on."""
    kept = own_file(request, agreement)
    view = path_of(kept, actor=request.actor, today=today_of(request.office))
    return render(request, "workspace/path/page.html", {"file": kept, "path": view})
