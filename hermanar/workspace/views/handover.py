"""Handing the office over: the dossier with one click, and the signature of who receives it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hermanar.foundation import jobs
from hermanar.foundation.access import Verb, can
from hermanar.foundation.calendar import today_in
from hermanar.foundation.documents import NoDocumentError, attachment
from hermanar.foundation.models import Job
from hermanar.offices.actions import receive_handover
from hermanar.offices.models import Handover
from hermanar.offices.queries import handovers_of, roles_in
from hermanar.offices.rules import OfficeError, receipt_refused
from hermanar.offices.vocabulary import REFUSALS
from hermanar.workspace.dossier import write_dossier
from hermanar.workspace.dossier.writing import headings
from hermanar.workspace.forms.handover import HandoverForm, ReceiptForm
from hermanar.workspace.views.door import MemberRequest, member

_BOTH = (Verb.HAND_OVER, Verb.RECEIVE_OFFICE)


@member(*_BOTH)
def handover(request: MemberRequest) -> HttpResponse:
    """Show the handovers of the office, and ask for the dossier of a day."""
    today = today_in(request.office.time_zone)
    form = HandoverForm(request.POST or None, today=today) if can(request.actor, Verb.HAND_OVER) else None
    if request.method == "POST" and form and form.is_valid():
        key, as_of = form.cleaned_data["key"], form.cleaned_data["as_of"]
        told = {"key": str(key), "office": str(request.office.pk), "as_of": as_of.isoformat()}
        if not handovers_of(request.office.pk).filter(pk=key).exists():
            write_dossier.enqueue(**told, user=str(request.actor.user))
        return redirect("workspace:handover_record", key)
    making = jobs.open_of(write_dossier, office=request.office.pk)
    context = {"handovers": handovers_of(request.office.pk), "making": making, "form": form}
    return render(request, "workspace/handover/list.html", context)


@member(*_BOTH)
def record(request: MemberRequest, handover: UUID) -> HttpResponse:
    """Show one handover, or how far its dossier is; sign for it, for whom that is."""
    job = jobs.asked(write_dossier, office=request.office.pk, key=handover)  # before its end is looked for
    kept = handovers_of(request.office.pk).filter(pk=handover).first()
    if kept is None:
        return _making(request, job)
    return _kept(request, kept)


def _making(request: MemberRequest, job: Job | None) -> HttpResponse:
    """Show how far a dossier is that is being made, or that it could not be."""
    if job is None:
        raise Http404
    day = dt.date.fromisoformat(job.arguments["as_of"])
    return render(request, "workspace/handover/making.html", {"job": job, "as_of": day})


def _kept(request: MemberRequest, kept: Handover) -> HttpResponse:
    refused = receipt_refused(
        is_received=kept.received_at is not None,
        is_preparer=kept.prepared_by_id == request.actor.user,
        roles=roles_in(request.office.pk),
    )
    form = ReceiptForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            receive_handover(kept.pk, by=request.actor, remarks=form.cleaned_data["remarks"])
        except OfficeError as error:
            refused, status = str(error), 409
        else:
            return redirect("workspace:handover_record", kept.pk)
    context = {
        "kept": kept,
        "form": None if refused else form,
        "refused": REFUSALS.get(refused, "") if not kept.received_at or status != 200 else "",  # noqa: PLR2004
        "figures": _figures(kept.figures),
        "alone": not refused and kept.prepared_by_id == request.actor.user,
    }
    return render(request, "workspace/handover/record.html", context, status=status)


def _figures(figures: dict[str, int]) -> list[tuple[str, int]]:
    """Return what a dossier counts, section by section."""
    return [(title, figures.get(name, 0)) for name, (title, _columns) in headings().items()]


@member(*_BOTH)
def file(request: MemberRequest, handover: UUID, form: str) -> FileResponse:
    """Give the dossier as it was kept: the ZIP or the PDF."""
    kept = get_object_or_404(handovers_of(request.office.pk), pk=handover)
    documents = {"zip": kept.document, "pdf": kept.paper}
    if form not in documents:
        raise Http404
    try:
        return attachment(documents[form])
    except NoDocumentError as error:
        raise Http404 from error
