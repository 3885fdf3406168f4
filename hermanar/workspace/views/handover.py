"""Handing the office over: the dossier with one click, and the signature of who receives it."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation

from hermanar.foundation.access import Verb, can
from hermanar.foundation.calendar import today_in
from hermanar.foundation.documents import NoDocumentError, attachment
from hermanar.offices.actions import prepare_handover, receive_handover
from hermanar.offices.queries import handovers_of, roles_in
from hermanar.offices.rules import OfficeError, receipt_refused
from hermanar.offices.vocabulary import REFUSALS
from hermanar.workspace.dossier import known_on, make_dossier
from hermanar.workspace.dossier.writing import headings
from hermanar.workspace.forms.handover import HandoverForm, ReceiptForm
from hermanar.workspace.views.door import MemberRequest, member

_BOTH = (Verb.HAND_OVER, Verb.RECEIVE_OFFICE)


@member(*_BOTH)
def handover(request: MemberRequest) -> HttpResponse:
    """Show the handovers of the office, and make the dossier of a day."""
    today = today_in(request.office.time_zone)
    form = HandoverForm(request.POST or None, today=today) if can(request.actor, Verb.HAND_OVER) else None
    if request.method == "POST" and form and form.is_valid():
        key, as_of = form.cleaned_data["key"], form.cleaned_data["as_of"]
        made = handovers_of(request.office.pk).filter(pk=key).first()
        if made is None:
            with (
                translation.override("es"),
                make_dossier(known_on(request.office, as_of)) as dossier,
            ):  # a paper of the office
                made = prepare_handover(
                    dossier, office=request.office.pk, as_of=as_of, by=request.actor, today=today, key=key
                )
        return redirect("workspace:handover_record", made.pk)
    context = {"handovers": handovers_of(request.office.pk), "form": form}
    return render(request, "workspace/handover/list.html", context)


@member(*_BOTH)
def record(request: MemberRequest, handover: UUID) -> HttpResponse:
    """Show one handover; sign for it, for whom that is."""
    kept = get_object_or_404(handovers_of(request.office.pk), pk=handover)
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
