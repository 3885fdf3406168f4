"""The counterpart tells what was done, mends it while it waits, and says of the office's entries whether it was so."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hermanar.cooperation import actions
from hermanar.cooperation.actions import WordOfGuest
from hermanar.cooperation.models import Activity, ActivityWord, GuestEntry
from hermanar.cooperation.rules import ActivityRefusedError, GuestRefusedError
from hermanar.cooperation.rules.guests import OPEN_STATES
from hermanar.cooperation.vocabulary import Answered, EntryState, GuestFault
from hermanar.foundation.documents import RefusedDocumentError
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import uuid7
from hermanar.workspace.due import today_of
from hermanar.workspace.forms.activities import FIELD_OF
from hermanar.workspace.forms.guests import SayForm, TellForm, told_before
from hermanar.workspace.forms.sending import typed
from hermanar.workspace.limits import is_allowed
from hermanar.workspace.versions import version_of
from hermanar.workspace.views.guest_door import GuestRequest, guest
from hermanar.workspace.views.guest_room import activity_page, frame_of, office_of, shared_with, told_here

_TELLINGS = "60/h/key"  # beyond it, it is no person who tells what was done


@guest
def tell(request: GuestRequest) -> HttpResponse:
    """Tell an activity; sent twice under its key, it is kept once."""
    country = request.guest.party.place.country
    name = country.name_en if request.guest.language == "en" else country.name_es
    return _answer(request, {"key": uuid7(), "country_1": name})


@guest
def mend(request: GuestRequest, entry: UUID) -> HttpResponse:
    """Tell otherwise what the office has not taken in."""
    kept = told_here(request, entry)
    if kept.guest_id != request.guest.pk:
        raise Http404
    if EntryState(kept.state) not in OPEN_STATES:
        return redirect("guest:entry", request.tie.pk, kept.pk)
    return _answer(request, told_before(kept), mended=kept)


def _answer(request: GuestRequest, initial: dict[str, Any], *, mended: GuestEntry | None = None) -> HttpResponse:
    today, is_sent, changed = today_of(office_of(request)), request.method == "POST", False
    options: dict[str, Any] = {"guest": request.guest, "today": today, "mended": mended, "initial": initial}
    form = TellForm(request.POST if is_sent else None, request.FILES if is_sent else None, **options)
    if is_sent:
        if not is_allowed(request, "guest_tells", _TELLINGS, key=str(request.guest.pk)):
            return render(request, "workspace/guest/too_many.html", frame_of(request), status=429)
        try:
            if form.is_valid() and (kept := _keep(request, form, mended=mended)):
                return redirect("guest:entry", request.tie.pk, kept.pk)
        except EditConflictError:
            changed = True
        _remember(request, form)
        if changed and mended:
            form = _over_the_version_now(request, form, options=options)
    context = {**frame_of(request), "form": form, "mended": mended, "changed_now": changed}
    return render(request, "workspace/guest/form.html", context)


def _keep(request: GuestRequest, form: TellForm, *, mended: GuestEntry | None) -> GuestEntry | None:
    """Keep what was told; None when the form has something to say. Raises EditConflictError."""
    given, today, told = form.cleaned_data, today_of(office_of(request)), form.entry()
    try:
        if mended:
            version = given["version"] or 0
            kept = actions.mend_entry(mended.pk, by=request.actor, version=version, told=told, today=today)
        else:
            guest = request.guest.pk
            kept = actions.tell_entry(guest, by=request.actor, key=given["key"], told=told, today=today)
    except ActivityRefusedError as refused:
        for fault in refused.faults:
            name = FIELD_OF.get(fault)
            form.add_error(name if name in form.fields else None, str(fault.label))
    except RefusedDocumentError as refused:
        slots = (slot for slot in form.slots() if getattr(form.files.get(slot), "name", None) == refused.name)
        form.add_error(next(slots, None), str(refused))
    except GuestRefusedError as refused:
        form.add_error(None, str(refused.fault.label))
    else:
        if kept.description == told.description_es.strip():
            messages.success(request, _("Gracias: la oficina ya puede verla. Contará cuando la reciba."))
        else:  # who went back and wrote something else: it was kept as it was first sent
            messages.warning(
                request, _("Esta actividad ya se había guardado; lo que cambió después, no. Corríjala aquí.")
            )
        return kept
    return None


def _remember(request: GuestRequest, form: TellForm) -> None:
    """Keep the good photographs of a refused form, so that nobody has to look for them twice."""
    for slot in form.slots():
        sent = form.files.get(slot)
        if not sent or slot in form.errors:
            continue
        sent.seek(0)
        try:
            name = sent.name or "fotografia"
            kept = actions.keep_photograph(request.guest.pk, by=request.actor, file=sent.file, name=name)
            form.remember(slot, kept)
        except RefusedDocumentError as refused:
            form.add_error(slot, str(refused))


def _over_the_version_now(request: GuestRequest, form: TellForm, *, options: dict[str, Any]) -> TellForm:
    """Return what was typed over the version that stands now."""
    now = told_here(request, options["mended"].pk)
    data = typed(form)
    data["version"] = str(now.version)
    return TellForm(data, **{**options, "mended": now})


@guest
def take_back(request: GuestRequest, entry: UUID) -> HttpResponse:
    """Take back what the office has not taken in."""
    kept = told_here(request, entry)
    if request.method == "POST":
        try:
            actions.take_back(kept.pk, by=request.actor, version=version_of(request))
        except EditConflictError:
            messages.error(request, _("Otra persona la cambió mientras tanto: véala y vuelva a intentarlo."))
        except GuestRefusedError as refused:
            messages.error(request, str(refused.fault.label))
        else:
            messages.success(request, _("Retirada: la oficina ya no la ve."))
            return redirect("guest:room", request.tie.pk)
    return redirect("guest:entry", request.tie.pk, kept.pk)


@guest
def say(request: GuestRequest, activity: UUID) -> HttpResponse:
    """Say of an activity of the office that it was so, or that it was not."""
    kept = shared_with(request, activity)
    if request.method != "POST":
        return redirect("guest:activity", request.tie.pk, kept.pk)
    if not is_allowed(request, "guest_tells", _TELLINGS, key=str(request.guest.pk)):
        return render(request, "workspace/guest/too_many.html", frame_of(request), status=429)
    form = SayForm(request.POST)
    if not form.is_valid():
        return activity_page(request, kept, form=form)
    given = form.cleaned_data
    word = WordOfGuest(Answered(given["answer"]), given["note"])
    about: dict[str, Any] = {"guest": request.guest.pk, "by": request.actor, "version": given["version"]}
    try:
        said = actions.say_of(kept.pk, key=given["key"], word=word, **about)
    except GuestRefusedError as refused:
        form.add_error("note" if refused.fault is GuestFault.NO_NOTE else None, str(refused.fault.label))
    except EditConflictError:
        data = typed(form)
        data["version"] = str(kept.version)
        return activity_page(request, kept, form=SayForm(data), changed=True)
    except Activity.DoesNotExist as hidden:
        raise Http404 from hidden
    else:
        return _thank(request, said, is_as_said=(said.answer, said.note) == (word.answer, word.note.strip()))
    return activity_page(request, kept, form=form)


def _thank(request: GuestRequest, said: ActivityWord, *, is_as_said: bool) -> HttpResponse:
    """Lead on from a word that is kept; who went back and said something else with the same form is told so."""
    if not is_as_said:
        messages.warning(request, _("Su palabra ya se había guardado; lo que cambió después, no. Dígalo aquí."))
        return redirect("guest:activity", request.tie.pk, said.activity_id)
    messages.success(request, _("Gracias: su palabra queda junto a la de la oficina."))
    return redirect("guest:room", request.tie.pk)
