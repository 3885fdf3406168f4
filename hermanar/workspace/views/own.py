"""Fetch a file of one's own office, or nothing at all; and what changed in it meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement, StepPaper, TextVersion
from hermanar.agreements.queries import for_office
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.views.door import MemberRequest


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Return where a page leads when it is done: the page of an office that sent one there, or the usual one."""
    asked = request.GET.get("vuelve", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith(reverse("workspace:home"))
    return asked if is_ours else otherwise


def own_file(request: MemberRequest, agreement: UUID) -> Agreement:
    """Return a file of the office; outside it, the same answer as for what does not exist."""
    kept = for_office(request.office.pk).filter(pk=agreement).first()
    if kept is None:
        raise Http404
    return kept


def meanwhile(kept: Agreement, *, since: dt.datetime) -> list[str]:
    """Tell what was done to a file since a page of it was shown."""
    return [line for _at, line in sorted(_changes(kept, since))]


def _changes(kept: Agreement, since: dt.datetime) -> Iterator[tuple[dt.datetime, str]]:
    for step in kept.steps.filter(at__gt=since).select_related("by_user"):
        told = {"who": _name(step.by_user), "what": step.get_step_display(), "day": long_date(step.on)}
        yield step.at, _("%(who)s: %(what)s, con fecha %(day)s.") % told
    for version in kept.versions.filter(at__gt=since, number__gt=1).select_related("by_user"):
        yield version.at, _("%(who)s cambió los datos del expediente.") % {"who": _name(version.by_user)}
    for text in TextVersion.objects.filter(text__agreement=kept, at__gt=since).select_related("by_user", "text"):
        told = {"who": _name(text.by_user), "language": text.text.language, "number": str(text.number)}
        yield text.at, _("%(who)s agregó el texto «%(language)s», versión %(number)s.") % told
    for paper in StepPaper.objects.filter(step__agreement=kept, at__gt=since).select_related("by_user", "step"):
        told = {"who": _name(paper.by_user), "what": paper.step.get_step_display()}
        yield paper.at or since, _("%(who)s agregó un papel a «%(what)s».") % told


def _name(user: object) -> str:
    name = getattr(user, "get_full_name", str)() if user else ""
    return name or getattr(user, "email", "") or _("alguien")
