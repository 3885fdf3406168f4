"""The room of a tie, as the counterpart sees it: the tie, what both sides did, and each of those by itself."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hermanar.agreements.queries.guests import rooms_of
from hermanar.cooperation.models import Activity, GuestEntry, GuestFile
from hermanar.cooperation.queries import entries_seen_by, of_now, seen_by_guests, words_on
from hermanar.cooperation.queries.plans import agreed_plans, reopened_plans
from hermanar.cooperation.rules.guests import OPEN_STATES
from hermanar.cooperation.vocabulary import EntryState
from hermanar.foundation.documents import NoDocumentError, attachment
from hermanar.foundation.models import uuid7
from hermanar.offices.models import Office
from hermanar.workspace.due import today_of
from hermanar.workspace.forms.guests import SayForm
from hermanar.workspace.plans import views_of
from hermanar.workspace.room import columns, facts_of, side_of, told_by_guest, told_by_office, told_in
from hermanar.workspace.tables import table_answer
from hermanar.workspace.views.door import way_in
from hermanar.workspace.views.guest_door import GuestRequest, guest


def rooms(request: HttpRequest) -> HttpResponseBase:
    """Lead to the room of the one tie a person takes part in, or let one choose."""
    if elsewhere := way_in(request):
        return elsewhere
    found = rooms_of(request.user.pk)
    if not found:
        raise Http404
    if len(found) == 1:
        return redirect("guest:room", found[0].agreement_id)
    return render(request, "workspace/guest/rooms.html", {"rooms_of_guest": found})


@guest
@require_safe
def room(request: GuestRequest) -> HttpResponse:
    """Show the tie and what both sides tell of it, what waits for this side's word first."""
    lines = told_in(request.guest)
    context = {
        **frame_of(request),
        "facts": facts_of(request.tie),
        "asked": [line for line in lines if line.standing == "asks"],
        "returned": [line for line in lines if line.standing == "returned"],
        "lines": lines,
        "waiting": reopened_plans(request.tie.pk),
        "plans": views_of(agreed_plans(request.tie.pk), today=today_of(office_of(request))),
    }
    return render(request, "workspace/guest/room.html", context)


@guest
@require_safe
def take_away(request: GuestRequest, format_: str) -> HttpResponse:
    """Give what both sides tell as a table."""
    name = f"{_('actividades')}-{today_of(office_of(request))}"
    return table_answer(columns(), told_in(request.guest), format_=format_, name=name, sheet=_("Actividades"))


@guest
@require_safe
def activity(request: GuestRequest, activity: UUID) -> HttpResponse:
    """Show an activity that the office shares, and ask whether it was so."""
    return activity_page(request, shared_with(request, activity))


def shared_with(request: GuestRequest, activity: UUID) -> Activity:
    """Return an activity that the guest sees; any other is the same as none."""
    kept = seen_by_guests(request.tie).filter(pk=activity).first()
    if kept is None:
        raise Http404
    return kept


def activity_page(
    request: GuestRequest, kept: Activity, *, form: SayForm | None = None, changed: bool = False
) -> HttpResponse:
    """Show an activity of the office with what this side said of it."""
    words = words_on([kept.pk], party=request.guest.party_id).get(kept.pk, [])
    now = of_now(words, {kept.pk: kept})
    context = {
        **frame_of(request),
        "activity": kept,
        "line": told_by_office(kept, request.guest),
        "words": [(word, side_of(word.guest), word.pk in now) for word in words],
        "form": form or SayForm(initial={"key": uuid7(), "version": kept.version}),
        "changed_now": changed,
    }
    return render(request, "workspace/guest/activity.html", context)


@guest
@require_safe
def entry(request: GuestRequest, entry: UUID) -> HttpResponse:
    """Show what this side told, and how far the office is with it."""
    kept = told_here(request, entry)
    context = {
        **frame_of(request),
        "entry": kept,
        "line": told_by_guest(kept),
        "photographs": kept.files.filter(removed_at__isnull=True),
        "may_mend": kept.guest_id == request.guest.pk and EntryState(kept.state) in OPEN_STATES,
    }
    return render(request, "workspace/guest/entry.html", context)


def told_here(request: GuestRequest, entry: UUID) -> GuestEntry:
    """Return what a guest reads of what was told in this room; any other is the same as none."""
    kept = entries_seen_by(request.guest).filter(pk=entry).first()
    if kept is None:
        raise Http404
    return kept


@guest
@require_safe
def photograph(request: GuestRequest, file: UUID) -> HttpResponseBase:
    """Give a photograph of what a guest reads; the office's own files are not here."""
    kept = GuestFile.objects.filter(pk=file, entry__in=entries_seen_by(request.guest), removed_at__isnull=True)
    found = kept.select_related("document").first()
    if found is None:
        raise Http404
    try:
        return attachment(found.document)
    except NoDocumentError as gone:
        raise Http404 from gone


def frame_of(request: GuestRequest) -> dict[str, object]:
    """Return what every page of a room carries around its content."""
    return {
        "guest": request.guest,
        "tie": request.tie,
        "city": side_of(request.guest),
        "refusal_base": "workspace/guest/frame.html",
    }


def office_of(request: GuestRequest) -> Office:
    """Return the office on whose side the tie is kept: a room without one is closed."""
    assert request.tie.office is not None
    return request.tie.office
