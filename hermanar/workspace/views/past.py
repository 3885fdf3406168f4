"""Past agreements of an office's place: those the registry documents, taken over; others, entered; all, put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hermanar.agreements import actions
from hermanar.agreements.actions import EditConflictError, PartyDraft, PastDraft
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import documented_of
from hermanar.agreements.rules import CorrectionError, StepRefusedError
from hermanar.agreements.vocabulary import Kind, Role, Stage, Standing
from hermanar.agreements.vocabulary.procedure import Refusal
from hermanar.foundation.access import Verb
from hermanar.foundation.calendar import today_in
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.forms.past import CorrectForm, PastForm, TakeOverForm, written
from hermanar.workspace.forms.sending import rebound, said_in, seen_at, show_refusals, shown_now, typed
from hermanar.workspace.known import known_between
from hermanar.workspace.lines import counterpart_of
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import meanwhile, own_file

_SIGNATURE = {"signed_on", "signed_precision"}
_NOTHING = gettext_lazy("Nada cambió: ya decía eso, y el papel se guarda con lo que corrige.")


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
    term = {"term_years": given["term_years"], "is_open_ended": given["is_open_ended"]}
    draft = PastDraft(parties, Kind(given["kind"]), given["source"], given["signed"], given["key"], **term)
    today = today_in(request.office.time_zone)
    try:
        return actions.enter_past(draft, office=request.office.pk, by=request.actor, today=today)
    except StepRefusedError as refused:
        show_refusals(form, refused.refusals)
    except CorrectionError as refused:
        form.add_error(None, str(refused))
    except Agreement.DoesNotExist as unknown:
        raise Http404 from unknown
    return None


# ── correcting ───────────────────────────────────────────────────────────────────────────────────────────────────────


@member(Verb.TAKE_OVER)
def correct(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Put right what a past agreement says; where somebody else did meanwhile, tell it and keep what was typed."""
    kept = own_file(request, agreement)
    if kept.stage != Stage.RECORDED:  # of any other, its steps say who wrote what
        raise Http404
    if request.method != "POST" and not actions.may_correct(kept, by=request.actor):
        messages.error(request, str(Refusal.IS_PUBLIC.label))
        return redirect("workspace:file", kept.pk)
    form = CorrectForm(request.POST or None, initial={**written(kept), **shown_now(kept)})
    changed: list[dict[str, Any]] = []
    told: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            if _corrected(request, form, kept):
                return redirect("workspace:file", kept.pk)
        except EditConflictError:
            kept = own_file(request, agreement)
            if not _wanted(form, kept):  # the button was pressed twice
                messages.info(request, _NOTHING)
                return redirect("workspace:file", kept.pk)
            told = meanwhile(kept, since=seen_at(form)) or [_("Ya no es como se le mostró.")]
            form, changed = _taken_over(form, kept)
    context = {"form": form, "file": kept, "changed": changed, "meanwhile": told}
    return render(request, "workspace/past/correct.html", context)


def _changes(form: CorrectForm, kept: Agreement) -> dict[str, Any]:
    """Return the columns that the form says otherwise; of a signature, day and precision go together."""
    said = form.said()
    found = {name for name, value in said.items() if value != _bare(getattr(kept, name))}
    if found & _SIGNATURE:
        found |= _SIGNATURE
    return {name: said[name] for name in found}


def _bare(value: Any) -> Any:
    """Return a value as a form reads it, without the space around it."""
    return value.strip() if isinstance(value, str) else value


def _corrected(request: MemberRequest, form: CorrectForm, kept: Agreement) -> bool:
    """Correct what the form says otherwise; what refuses is said on it. Raises EditConflictError."""
    version, values = form.cleaned_data["version"], _changes(form, kept)
    if version == kept.version and not values:
        messages.info(request, _NOTHING)
        return True
    told: dict[str, Any] = {"version": version, "values": values, "passage": form.cleaned_data["source"]}
    try:
        actions.correct_past(kept.pk, by=request.actor, today=today_in(request.office.time_zone), **told)
    except StepRefusedError as refused:
        show_refusals(form, refused.refusals)
        return False
    except CorrectionError as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Corregido."))
    return True


def _wanted(form: CorrectForm, kept: Agreement) -> bool:
    """Say whether a person changed a field to what it does not say by now."""
    base, mine, now = _three(form, kept)
    return any(mine[name] not in {base[name], now[name]} for name in now)


def _taken_over(form: CorrectForm, kept: Agreement) -> tuple[CorrectForm, list[dict[str, Any]]]:
    """Put the other's changes where this person had changed nothing; where both did, keep what was typed and tell."""
    base, mine, now = _three(form, kept)
    fresh = CorrectForm(initial=written(kept))
    taken, changed = {}, []
    for name in now:
        if now[name] in {base[name], mine[name]}:
            continue
        is_kept = mine[name] != base[name]
        changed.append({"label": fresh.fields[name].label, "now": said_in(fresh, name), "typed_is_kept": is_kept})
        if not is_kept:
            taken[name] = now[name]
    return CorrectForm(rebound(form, kept, **taken), initial=written(kept)), changed


def _three(form: CorrectForm, kept: Agreement) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Return the fields as the page showed them, as they were sent, and as the record has them now."""
    read = kept.versions.filter(number__lte=form.cleaned_data["version"]).order_by("-number").first()
    now = _as_typed(written(kept))
    shown = {name: read.values[name] for name in now.keys() & read.values.keys()} if read else {}
    return {**now, **_as_typed(shown)}, _as_typed({name: form.data.get(name) for name in now}), now


def _as_typed(values: Mapping[str, Any]) -> dict[str, str]:
    """Return values as a browser sends them, to be compared."""
    return {name: "on" if value is True else str(value or "").strip() for name, value in values.items()}
