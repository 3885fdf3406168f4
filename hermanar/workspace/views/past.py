"""Past agreements of an office's place: those the registry documents, taken over; others, entered."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.agreements import actions
from hermanar.agreements.actions import PartyDraft, PastDraft
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import documented_of
from hermanar.agreements.rules import StepRefusedError
from hermanar.agreements.vocabulary import Kind, Role, Stage, Standing
from hermanar.foundation.access import Verb
from hermanar.foundation.calendar import today_in
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.forms.past import PastForm, TakeOverForm
from hermanar.workspace.forms.sending import show_refusals, typed
from hermanar.workspace.known import known_between
from hermanar.workspace.lines import counterpart_of
from hermanar.workspace.views.door import MemberRequest, member


@member(Verb.TAKE_OVER)
def past(request: MemberRequest) -> HttpResponse:
    """Show what is documented of the office's place and no office keeps, and take over what is marked."""
    form = TakeOverForm(request.POST if request.method == "POST" else None, offered=_offered(request.office))
    if request.method == "POST" and form.is_valid():
        today = today_in(request.office.time_zone)
        try:
            taken = actions.take_over(form.keys(), office=request.office.pk, by=request.actor, today=today)
        except StepRefusedError as refused:
            show_refusals(form, refused.refusals)
        except Agreement.DoesNotExist:
            form.add_error("agreements", _("Uno de los marcados ya no se puede tomar. Esta es la lista de ahora."))
        else:
            told = ngettext("%(count)d acuerdo es ya expediente.", "%(count)d acuerdos son ya expedientes.", len(taken))
            messages.success(request, told % {"count": len(taken)})
            return redirect(f"{reverse('workspace:files')}?etapa={Stage.RECORDED}")
    return render(request, "workspace/past/take_over.html", {"form": form, "place": request.office.place})


def _offered(office: Office) -> list[tuple[str, str]]:
    found = documented_of(office).prefetch_related("parties__place")
    return [(str(one.pk), _line(one)) for one in found]


def _line(one: Agreement) -> str:
    parts = [counterpart_of(one), str(one.get_kind_display()), long_date(str(one.signed))]
    return " · ".join(part for part in parts if part)


@member(Verb.TAKE_OVER)
def enter(request: MemberRequest) -> HttpResponse:
    """Enter a past agreement that nobody documented; ask again where one with that counterpart is known."""
    own = request.office.place
    if own is None:  # the ministry has no files of its own
        return render(request, "workspace/past/enter.html", {"form": None})
    form = PastForm(request.POST or None, own=own)
    known: Sequence[Agreement] = ()
    if request.method == "POST":
        if form.is_valid():
            other = form.cleaned_data["found"].pk
            known = () if form.data.get("told") == str(other) else known_between(request.office, own.pk, other=other)
            if not known and (made := _entered(request, form, own.pk)):
                return redirect("workspace:file", made.pk)
        data = typed(form)
        data["searched"] = data.get("counterpart", "")
        data["told"] = str(form.cleaned_data["found"].pk) if known else ""
        form.data = data
    return render(request, "workspace/past/enter.html", {"form": form, "known": known})


def _entered(request: MemberRequest, form: PastForm, own: UUID) -> Agreement | None:
    given = form.cleaned_data
    parties = [
        PartyDraft(own, Role.DECLARING),
        PartyDraft(given["found"].pk, Role.COUNTERPART, given["name_as_written"].strip(), Standing(given["standing"])),
    ]
    draft = PastDraft(parties, Kind(given["kind"]), given["source"], given["signed"], given["key"])
    today = today_in(request.office.time_zone)
    try:
        return actions.enter_past(draft, office=request.office.pk, by=request.actor, today=today)
    except StepRefusedError as refused:
        show_refusals(form, refused.refusals)
    except Agreement.DoesNotExist as unknown:
        raise Http404 from unknown
    return None
