"""The counterpart in the office: who is asked into the room of a tie, what they told, and how it is taken in."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hermanar.agreements.actions import GuestAsked, ask_guest, end_guest
from hermanar.agreements.models import Agreement, Guest
from hermanar.agreements.queries.guests import guests_of, is_open
from hermanar.agreements.rules.guests import GuestError
from hermanar.cooperation import actions
from hermanar.cooperation.actions import MaybeSameError
from hermanar.cooperation.models import GuestEntry
from hermanar.cooperation.queries import likely_same
from hermanar.cooperation.rules import ActivityRefusedError, GuestRefusedError
from hermanar.cooperation.vocabulary import EntryState, Likeness
from hermanar.foundation.access import Verb, can
from hermanar.foundation.editing import EditConflictError
from hermanar.workspace.counterpart_lines import columns, lines_of, shared_lines, shown
from hermanar.workspace.due import today_of
from hermanar.workspace.forms.guests import GuestForm, TakeInForm, as_told
from hermanar.workspace.forms.sending import typed
from hermanar.workspace.tables import table_answer
from hermanar.workspace.versions import text_of, version_of
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import own_file

_log = logging.getLogger(__name__)


@member(Verb.READ_FILES)
def guests(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Show who takes part, what they told and said, and what they are shown."""
    return _page(request, own_file(request, agreement))


@member(Verb.KEEP_GUESTS)
def ask(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Ask a person of the other side into the room."""
    kept = own_file(request, agreement)
    form = GuestForm(request.POST or None, kept=kept)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            party = form.parties[given["party"]].pk
            sent = ask_guest(party, by=request.actor, email=given["email"], language=given["language"])
        except GuestError as refused:
            form.add_error("email", str(refused.refusal.label))
        else:
            _send(request, sent)
            return redirect("workspace:guests", kept.pk)
    return _page(request, kept, form=form)


def _send(request: MemberRequest, sent: GuestAsked) -> None:
    """Send the link; where no letter leaves the house, the invitation is taken back."""
    asked = sent.guest
    with translation.override(asked.language):
        link = request.build_absolute_uri(reverse("guest:invitation", args=[sent.token]))
        city = asked.party.name_as_written or asked.party.place.name
        context = {"office": request.office, "asked": asked, "link": link, "city": city}
        subject = _("%(office)s le invita a participar") % {"office": request.office.name}
        letter = render_to_string("workspace/mail/guest.txt", context)
    try:
        send_mail(subject, letter, None, [asked.email])
    except (OSError, SMTPException):
        _log.exception("an invitation could not be sent")
        end_guest(asked.pk, by=request.actor)
        messages.error(request, _("El correo no salió y la invitación se retiró. Pruebe otra vez en unos minutos."))
    else:
        messages.success(request, _("Enviamos la invitación a %(email)s.") % {"email": asked.email})


@member(Verb.KEEP_GUESTS)
def end(request: MemberRequest, agreement: UUID, guest: UUID) -> HttpResponse:
    """End a person's access at once, or take an invitation back."""
    kept = own_file(request, agreement)
    found = Guest.objects.filter(pk=guest, agreement=kept).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        end_guest(found.pk, by=request.actor)
        messages.success(request, _("Ya no entra: su acceso terminó. Lo que contó se queda."))
    return redirect("workspace:guests", kept.pk)


@member(Verb.READ_FILES)
def take_away(request: MemberRequest, agreement: UUID, format_: str) -> HttpResponse:
    """Give what the counterpart told and said as a table."""
    kept = own_file(request, agreement)
    name = f"{_('contraparte')}-{kept.number.replace('/', '-')}-{today_of(request.office)}"
    return table_answer(
        columns(request.office.time_zone), lines_of(kept), format_=format_, name=name, sheet=_("Contraparte")
    )


def _page(request: MemberRequest, kept: Agreement, *, form: GuestForm | None = None) -> HttpResponse:
    may_keep, now = can(request.actor, Verb.KEEP_GUESTS), timezone.now()
    stands = is_open(kept)
    lines = lines_of(kept)
    context = {
        "file": kept,
        "is_open": stands,
        "form": (form or GuestForm(kept=kept)) if may_keep and stands else None,
        "guests": [(one, one.user_id is None and one.expires_at <= now) for one in guests_of(kept.pk)],
        "may_keep": may_keep,
        "waiting": [line for line in lines if line.waits],
        "lines": [line for line in lines if not line.waits],
        "shared": shared_lines(kept),
        "may_share": can(request.actor, Verb.NOTE_ACTIVITY),
    }
    return render(request, "workspace/guests/page.html", context)


# ── one thing that was told ──────────────────────────────────────────────────────────────────────────────────────────


@member(Verb.READ_FILES)
def entry(request: MemberRequest, entry: UUID) -> HttpResponse:
    """Show what the counterpart told beside what is like it, and ask how to take it in."""
    return _entry_page(request, _own_entry(request, entry))


@member(Verb.NOTE_ACTIVITY)
def take_in(request: MemberRequest, entry: UUID) -> HttpResponse:
    """Take in what the counterpart told; what is like it already is merged only where a person says so."""
    kept = _own_entry(request, entry)
    if request.method != "POST" or EntryState(kept.state) is not EntryState.SENT:  # or the button was pressed twice
        return redirect("workspace:guest_entry", kept.pk)
    form = TakeInForm(request.POST, alike=_alike(kept))
    changed = False
    if form.is_valid():
        try:
            version = form.cleaned_data["version"]
            made = actions.take_in(kept.pk, by=request.actor, version=version, words=form.words())
        except EditConflictError:
            changed = True
            data = typed(form)
            data["version"] = str(kept.version)
            form = TakeInForm(data, alike=_alike(kept))
        except MaybeSameError:  # somebody noted one like it while the page was open
            form = TakeInForm(typed(form), alike=_alike(kept))
            form.is_valid()
        except ActivityRefusedError as refused:
            form.add_error("description_es", " ".join(str(fault.label) for fault in refused.faults))
        except GuestRefusedError as refused:
            form.add_error(None, str(refused.fault.label))
        else:
            messages.success(request, _("Recibida: ya cuenta, como dicha por la contraparte."))
            return redirect("workspace:activity", made.pk)
    return _entry_page(request, kept, form=form, changed=changed)


@member(Verb.NOTE_ACTIVITY)
def give_back(request: MemberRequest, entry: UUID) -> HttpResponse:
    """Give back what the counterpart told, with the reason."""
    kept = _own_entry(request, entry)
    if request.method != "POST" or EntryState(kept.state) is not EntryState.SENT:
        return redirect("workspace:guest_entry", kept.pk)
    reason, fault = text_of(request, "reason", longest=1000), ""
    try:
        actions.give_back(kept.pk, by=request.actor, version=version_of(request), reason=reason)
    except GuestRefusedError as refused:
        fault = str(refused.fault.label)
    except EditConflictError:
        fault = _("La contraparte la cambió mientras usted escribía. Véala y devuélvala de nuevo si todavía quiere.")
    else:
        messages.success(request, _("Devuelta: la contraparte lee la razón y puede corregirla."))
        return redirect("workspace:guests", kept.guest.agreement_id)
    return _entry_page(request, kept, reason=reason, fault=fault)


def _own_entry(request: MemberRequest, entry: UUID) -> GuestEntry:
    """Return what was told in a tie of the office; any other is the same as none."""
    related = ("guest__agreement__office", "guest__party__place", "guest__user", "answered_by", "activity")
    found = GuestEntry.objects.filter(guest__agreement__office=request.office, pk=entry).select_related(*related)
    one = found.exclude(state=EntryState.TAKEN_BACK).first()
    if one is None:
        raise Http404
    return one


def _alike(kept: GuestEntry) -> list[Any]:
    return [(like.activity, str(Likeness(like.likeness).label)) for like in likely_same(kept)]


def _entry_page(
    request: MemberRequest, kept: GuestEntry, *, form: TakeInForm | None = None, changed: bool = False, **more: Any
) -> HttpResponse:
    waits = EntryState(kept.state) is EntryState.SENT
    may_answer = waits and can(request.actor, Verb.NOTE_ACTIVITY)
    fresh = TakeInForm(initial=as_told(kept), alike=_alike(kept)) if may_answer else None
    context = {
        "entry": kept,
        "line": shown(kept),
        "file": kept.guest.agreement,
        "photographs": kept.files.filter(removed_at__isnull=True),
        "form": (form or fresh) if may_answer else None,
        "changed_now": changed,
        **more,
    }
    return render(request, "workspace/guests/entry.html", context)
