"""What is reported of projects: the sheet for the ministry's agency, and the IATI file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hermanar.cooperation.models import Project
from hermanar.cooperation.queries import projects_of, published_projects
from hermanar.foundation.access import Verb, can
from hermanar.foundation.documents.answering import disposition
from hermanar.foundation.papers.structure import LANGUAGES
from hermanar.workspace import iati
from hermanar.workspace.due import today_of
from hermanar.workspace.letters import FORMATS, answer_with
from hermanar.workspace.projects import may_change
from hermanar.workspace.reports.papers import paper_of
from hermanar.workspace.reports.published import address_of, facts_of, publisher_of, told_projects
from hermanar.workspace.reports.shape import columns, lines
from hermanar.workspace.reports.sheets import project_sheet
from hermanar.workspace.tables import table_answer
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.reports import shown


@member(Verb.READ_FILES)
def sheet(request: MemberRequest, project: UUID) -> HttpResponse:
    """Show the sheet of a project, and what it lacks."""
    kept = _own(request, project)
    context = {**shown(project_sheet(kept, request.office), request), "project": kept}
    return render(request, "workspace/reports/sheet.html", context)


def _own(request: MemberRequest, project: UUID) -> Project:
    """Return a project of the office; outside it, the same answer as for what does not exist."""
    found = projects_of(request.office.pk).filter(pk=project).first()
    if found is None:
        raise Http404
    return found


@member(Verb.READ_FILES)
def sheet_file(request: MemberRequest, project: UUID, language: str, format_: str) -> HttpResponse:
    """Give the sheet as Word, PDF or a table of its numbers, in Spanish or in English."""
    kept = _own(request, project)
    if language not in LANGUAGES:
        raise Http404
    name = f"ficha-de-proyecto-{language}"
    with translation.override(language):
        report = project_sheet(kept, request.office)
        if format_ in FORMATS:
            return answer_with(paper_of(report), format_, name=name)
        return table_answer(columns(), lines(report), format_=format_, name=name, sheet=_("Cifras"))


@member(Verb.READ_FILES)
def published(request: MemberRequest) -> HttpResponse:
    """Say which projects the IATI file would hold, and what the office and each project lack."""
    publisher, today = publisher_of(request.office), today_of(request.office)
    public = _public(request)
    rows = [_row(request, one, is_public=one.pk in public) for one in told_projects(request.office)]
    own: list[dict[str, Any]] = [
        {"what": lack.label, "address": f"{reverse('workspace:particulars')}#id_{_FIELDS[lack]}"}
        for lack in iati.publisher_lacks(publisher)
    ]
    context = {
        "rows": rows,
        "told_count": sum(row["is_in"] for row in rows),
        "own_lacks": own,
        "may_change_office": can(request.actor, Verb.CHANGE_OFFICE),
        "has_file": not own and any(row["is_in"] for row in rows),
        "today": today,
    }
    return render(request, "workspace/reports/iati.html", context)


_FIELDS = {iati.Lacking.IDENTIFIER: "iati_identifier", iati.Lacking.PUBLISHER_NAME: "name"}


def _public(request: MemberRequest) -> set[UUID]:
    """Return the projects the public may see: the file tells no others, and none of a demonstration."""
    return set(published_projects().filter(office=request.office.pk).values_list("pk", flat=True))


def _row(request: MemberRequest, project: Project, *, is_public: bool) -> dict[str, Any]:
    facts, today = facts_of(project), today_of(request.office)
    may_keep = may_change(project, request.actor)
    lacks = [
        {"what": one.label, "address": address_of(project, one) if may_keep else ""}
        for one in iati.lacking(facts, today=today)
    ]
    is_in = is_public and not iati.stays_out(facts, today=today)
    return {
        "project": project,
        "is_in": is_in,
        "hidden": {} if is_public else _hidden(request, project),
        "lacks": lacks,
    }


def _hidden(request: MemberRequest, project: Project) -> dict[str, str]:
    """Return why the public does not see a project, and where that changes for who may change it."""
    if project.cancelled_on:
        return {"why": _("el proyecto se canceló"), "address": ""}
    if request.office.is_demonstration:
        return {"why": _("es de una oficina de demostración"), "address": ""}
    if project.agreement is None or project.agreement.published_at is None:
        tie = project.agreement_id
        return {
            "why": _("no tiene un acuerdo que sea público"),
            "address": reverse("workspace:file", args=[tie]) if tie else "",
        }
    may_publish = can(request.actor, Verb.PUBLISH_PROJECT)
    address = reverse("workspace:publish_project", args=[project.pk]) if may_publish else ""
    return {"why": _("no se ha publicado"), "address": address}


@member(Verb.READ_FILES)
def iati_file(request: MemberRequest) -> HttpResponse:
    """Give the IATI file of what is public; without a publisher or a project there is none, and the page says why."""
    office, public = request.office, _public(request)
    facts = [facts_of(one) for one in told_projects(office).filter(pk__in=public)]
    try:
        written = iati.write_activities(publisher_of(office), facts, at=timezone.now(), today=today_of(office))
    except iati.NothingToPublishError:
        return redirect("workspace:iati")  # which says what is lacking
    answer = HttpResponse(written, content_type="application/xml")
    answer.headers["Content-Disposition"] = disposition(f"iati-{office.slug}-{today_of(office)}.xml")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
