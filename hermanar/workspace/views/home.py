"""The first page of an office: what is due."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from hermanar.workspace.views.door import MemberRequest, member


@member()
def home(request: MemberRequest) -> HttpResponse:
    """Greet."""
    return render(request, "workspace/home/page.html")
