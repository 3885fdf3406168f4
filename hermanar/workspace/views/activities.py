"""What was done under the agreements of an office: the list, one entered, its page, mended, withdrawn, shown."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import by_number, for_office
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation import actions
from hermanar.cooperation.actions import MaybeSameError
from hermanar.cooperation.models import Activity, PlannedActivity
from hermanar.cooperation.queries import entered_by, of_now, of_office, words_on
from hermanar.cooperation.queries.proofs import is_on_a_page
from hermanar.cooperation.rules import ActivityRefusedError, PlanRefusedError
from hermanar.cooperation.vocabulary import ActivityKind, Fault
from hermanar.foundation.access import Verb, can
from hermanar.foundation.documents import RefusedDocumentError, files_first
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import uuid7
from hermanar.workspace.activities import columns, filters_of, found_activities, history_of, lines_of
from hermanar.workspace.activity_edits import Merged, taken_over, written
from hermanar.workspace.countries import country_names
from hermanar.workspace.due import today_of
from hermanar.workspace.forms.activities import ANOTHER, FIELD_OF, ActivityForm, tie_of
from hermanar.workspace.plan_words import fault_told
from hermanar.workspace.plans import as_planned
from hermanar.workspace.receiving import kept_upload
from hermanar.workspace.room import side_of
from hermanar.workspace.shown import activity_shown
from hermanar.workspace.tables import table_answer
from hermanar.workspace.versions import text_of, version_of
from hermanar.workspace.views.door import MemberRequest, member

_PER_PAGE = 25


@member(Verb.READ_FILES)
def activities(request: MemberRequest) -> HttpResponse:
    """List what was done, the newest first, by tie, kind, year and state."""
    wanted = filters_of(request.GET)
    found = found_activities(request.office, wanted)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("pagina"))
    query = request.GET.copy()
    query.pop("pagina", None)
    context = {
        "lines": lines_of(page.object_list),
        "page": page,
        "wanted": wanted,
        "ties": _ties(request, with_abandoned=True),
        "kinds": ActivityKind.choices,
        "years": _years(request),
        "may_note": can(request.actor, Verb.NOTE_ACTIVITY),
        "query": query.urlencode(),
    }
    return render(request, "workspace/activities/list.html", context)


def _years(request: MemberRequest) -> list[str]:
    days = of_office(request.office.pk).order_by().values_list("ended_on", flat=True)
    return sorted({str(on.year) for on in days if on}, reverse=True)


def _ties(request: MemberRequest, *, with_abandoned: bool = False) -> list[tuple[str, str]]:
    """Return the agreements of the office by the name of the other city; of two with the same, their number tells."""
    files = by_number(for_office(request.office.pk)).reverse().prefetch_related("parties__place__country")
    kept = [one for one in files if with_abandoned or one.stage != Stage.ABANDONED]
    names = [(one, tie_of(one, own=request.office.place_id)) for one in kept]
    every = [name for _one, name in names]
    told = [(str(one.pk), f"{name} · {one.number}" if every.count(name) > 1 else name) for one, name in names]
    return sorted(told, key=lambda tie: tie[1])


@member(Verb.READ_FILES)
def take_away(request: MemberRequest, format_: str) -> HttpResponse:
    """Give the list as a table, with the filters it shows."""
    found = found_activities(request.office, filters_of(request.GET))
    rows = list(lines_of(found))
    name, today = _("actividades"), today_of(request.office)
    return table_answer(columns(), rows, format_=format_, name=f"{name}-{today}", sheet=_("Actividades"))


@member(Verb.NOTE_ACTIVITY)
def enter(request: MemberRequest) -> HttpResponse:
    """Enter an activity; sent twice under its key, it is kept once."""
    ties = _ties(request)
    if not ties:
        return render(request, "workspace/activities/form.html", {"form": None})
    asked = request.GET.get("expediente", "")
    chosen = asked if asked in dict(ties) else ties[0][0] if len(ties) == 1 else ""
    initial = {
        "key": uuid7(),
        "writer": request.membership.pk,
        "agreement": chosen,
        "country_1": country_names(["MX"]).get("MX", ""),
    }
    initial |= as_planned(request.office, request.GET.get("planeada", ""))
    return _answer(request, initial, ties=ties)


def _is_for_publisher(request: MemberRequest, kept: Activity) -> bool:
    """Say whether the public sees an activity, by itself or on a proof page, and this person may not publish it."""
    if kept.published_at is not None and not can(request.actor, Verb.PUBLISH_ACTIVITY):
        return True
    return not can(request.actor, Verb.PUBLISH_PROOF) and is_on_a_page(kept)


@member(Verb.NOTE_ACTIVITY)
def mend(request: MemberRequest, activity: UUID) -> HttpResponse:
    """Mend an activity; its earlier words are kept."""
    kept = _own(request, activity)
    if kept.withdrawn_at:
        return redirect("workspace:activity", kept.pk)
    if request.method == "GET" and _is_for_publisher(request, kept):
        messages.error(request, str(Fault.IS_PUBLIC.label))
        return redirect("workspace:activity", kept.pk)
    initial = {**written(kept), "key": kept.pk, "version": kept.version, "writer": request.membership.pk}
    return _answer(request, initial, mended=kept)


def _own(request: MemberRequest, activity: UUID) -> Activity:
    """Return an activity that the office entered; any other is the same as none."""
    kept = entered_by(request.office.pk).filter(pk=activity).select_related("agreement", "office", "source").first()
    if kept is None:
        raise Http404
    return kept


def _answer(
    request: MemberRequest,
    initial: dict[str, Any],
    *,
    ties: list[tuple[str, str]] | None = None,
    mended: Activity | None = None,
) -> HttpResponse:
    today = today_of(request.office)
    options: dict[str, Any] = {"ties": ties or [], "today": today, "mended": mended}
    options["initial"] = {**initial, "office": request.office.pk}
    is_sent = request.method == "POST"
    form = ActivityForm(request.POST if is_sent else None, request.FILES if is_sent else None, **options)
    merged, status = None, 200
    if is_sent:
        if form.data.get("writer") != str(request.membership.pk):
            form.add_error(
                None, _("Esta página se abrió a nombre de otra persona o de otra oficina: vuelva a entrar con aquella.")
            )
            status = 409
        elif mended is None and (sent := _sent_already(request, form)):
            is_as_sent = form.data.get("description_es", "").strip() == sent.description_es
            return _done(request, sent, is_repeated=True, is_as_sent=is_as_sent)
        else:
            try:
                if form.is_valid() and (kept := _keep(request, form, mended=mended)):
                    return _done(request, kept)
                _remember(request, form)
            except EditConflictError:
                assert mended is not None  # what is new has nobody beside it
                merged = _merged(request, form, mended=mended)
                if merged.is_told:
                    return _done(request, merged.now)
                form = ActivityForm(merged.data, **{**options, "mended": merged.now})
    context = {"form": form, "mended": mended, "merged": merged, "file": mended.agreement if mended else None}
    return render(request, "workspace/activities/form.html", context, status=status)


def _sent_already(request: MemberRequest, form: ActivityForm) -> Activity | None:
    """Return the activity that this very form has brought already: the button was pressed twice, or sent again."""
    try:
        key = UUID(str(form.data.get("key", "")))
    except ValueError:
        return None
    return entered_by(request.office.pk).filter(pk=key).first()


def _done(
    request: MemberRequest, kept: Activity, *, is_repeated: bool = False, is_as_sent: bool = True
) -> HttpResponse:
    """Lead to the activity; who went back and wrote something else is told that it was kept as it was first sent."""
    address = reverse("workspace:activity", args=[kept.pk])
    if "application/json" in request.headers.get("Accept", ""):  # the page's own outbox asks, and tells the rest itself
        return JsonResponse({"address": address, "is_repeated": is_repeated, "is_as_sent": is_as_sent})
    if not is_as_sent:
        messages.warning(request, _("Esta actividad ya se había guardado; lo que cambió después, no. Corríjala aquí."))
    return redirect(address)


def _keep(request: MemberRequest, form: ActivityForm, *, mended: Activity | None) -> Activity | None:
    """Keep what was written; None when the form has something to say. Raises EditConflictError."""
    given, today = form.cleaned_data, today_of(request.office)
    try:
        if mended:
            version = given["version"] or 0
            kept = actions.mend_activity(mended.pk, by=request.actor, version=version, entry=form.entry(), today=today)
        else:
            kept = _recorded(request, form, today=today)
    except ActivityRefusedError as refused:
        _show_faults(form, refused)
    except RefusedDocumentError as refused:
        _show_refused(form, refused)
    except MaybeSameError as maybe:
        form.ask_which(maybe.found)
        form.add_error("same", _("Ya hay algo muy parecido. Diga si es lo mismo, para no contarlo dos veces."))
    except Agreement.DoesNotExist as unknown:
        raise Http404 from unknown
    else:
        messages.success(request, _("Actividad guardada."))
        return kept
    return None


@files_first
def _recorded(request: MemberRequest, form: ActivityForm, *, today: dt.date) -> Activity:
    """Keep what was done and link it to what was planned, both or neither."""
    given = form.cleaned_data
    same = given["same"]
    kept = actions.record_activity(
        UUID(given["agreement"]),
        by=request.actor,
        key=given["key"],
        entry=form.entry(),
        today=today,
        same_as=UUID(same) if same and same != ANOTHER else None,
        is_other=same == ANOTHER,
    )
    _fulfil(request, kept, planned=given["planned"])
    return kept


def _fulfil(request: MemberRequest, kept: Activity, *, planned: UUID | None) -> None:
    """Link what was noted to what was planned; where that cannot be, it is kept all the same and the reason is told."""
    if planned is None:
        return
    try:
        with transaction.atomic():
            actions.link_done(planned, kept.pk, by=request.actor)
    except PlanRefusedError as refused:
        messages.warning(request, " ".join(map(fault_told, refused.faults)))
    except PlannedActivity.DoesNotExist:
        messages.warning(request, _("Lo planeado ya no está en esta oficina: la actividad se guardó sin enlazarla."))
    else:
        messages.success(request, _("Se enlazó con lo planeado."))


def _show_faults(form: ActivityForm, refused: ActivityRefusedError) -> None:
    for fault in refused.faults:
        name = FIELD_OF.get(fault)
        form.add_error(name if name in form.fields else None, str(fault.label))


def _show_refused(form: ActivityForm, refused: RefusedDocumentError) -> None:
    """Put the refusal of a file beside the field that brought it."""
    slots = (slot for slot in form.slots() if getattr(form.files.get(slot), "name", None) == refused.name)
    form.add_error(next(slots, None), str(refused))


def _remember(request: MemberRequest, form: ActivityForm) -> None:
    """Keep the good files of a refused form, so that nobody has to look for them twice."""
    for slot in form.slots():
        sent = form.files.get(slot)
        if not sent or slot in form.errors:
            continue
        sent.seek(0)
        try:
            form.remember(slot, kept_upload(sent, request=request, is_picture=slot.startswith("photograph_")))
        except RefusedDocumentError as refused:
            form.add_error(slot, str(refused))


@files_first
def _merged(request: MemberRequest, form: ActivityForm, *, mended: Activity) -> Merged:
    """Return what was typed over the version that stands now; its files are kept unless they hang there already."""
    _remember(request, form)
    merged = taken_over(form, _own(request, mended.pk))
    transaction.set_rollback(merged.is_told)
    return merged


@member(Verb.READ_FILES)
def activity(request: MemberRequest, activity: UUID) -> HttpResponse:
    """Show an activity: what is told of it, its photographs, and everything that was said before."""
    related = ("agreement__office", "office", "source", "same_as__source", "recorded_by")
    kept = of_office(request.office.pk).filter(pk=activity).select_related(*related).first()
    if kept is None:
        raise Http404
    files = list(kept.files.filter(removed_at__isnull=True).select_related("document"))
    is_own = kept.office_id == request.office.pk
    stands = is_own and kept.withdrawn_at is None
    may_mend = stands and can(request.actor, Verb.NOTE_ACTIVITY)
    is_for_publisher = _is_for_publisher(request, kept)
    [line] = lines_of([kept])
    words = words_on([kept.pk]).get(kept.pk, [])
    now = of_now(words, {kept.pk: kept})
    context = {
        "activity": kept,
        "line": line,
        "photographs": [one for one in files if one.is_photograph],
        "documents": [one for one in files if not one.is_photograph],
        "told_again": kept.told_again.select_related("source"),
        "history": history_of(kept),
        "words": [(word, side_of(word.guest), word.pk in now) for word in words],
        "may_mend": may_mend and not is_for_publisher,
        "why_not": Fault.IS_PUBLIC.label if may_mend and is_for_publisher else "",
        "may_withdraw": stands and can(request.actor, Verb.WITHDRAW_ACTIVITY),
        "may_share": stands and can(request.actor, Verb.NOTE_ACTIVITY) and kept.agreement.guests.exists(),
        "may_publish": stands and can(request.actor, Verb.PUBLISH_ACTIVITY) and not request.office.is_demonstration,
    }
    return render(request, "workspace/activities/page.html", context)


@member(Verb.WITHDRAW_ACTIVITY)
def withdraw(request: MemberRequest, activity: UUID) -> HttpResponse:
    """Say that an activity proves nothing, and why."""
    kept = _own(request, activity)
    faults: list[str] = []
    version, reason = version_of(request), text_of(request, "reason", longest=2000)
    if request.method == "POST":
        try:
            actions.withdraw_activity(kept.pk, by=request.actor, version=version, reason=reason)
            messages.success(request, _("Actividad retirada: ya no cuenta como evidencia."))
            return redirect("workspace:activity", kept.pk)
        except ActivityRefusedError as refused:
            faults = [str(fault.label) for fault in refused.faults]
        except EditConflictError:
            if kept.withdrawn_at:  # the button was pressed twice
                return redirect("workspace:activity", kept.pk)
            faults = [_("Otra persona la cambió mientras usted escribía. Véala y retírela de nuevo si todavía quiere.")]
    [line] = lines_of([kept])
    context = {"activity": kept, "line": line, "faults": faults, "reason": reason}
    return render(request, "workspace/activities/withdraw.html", context)


@member(Verb.PUBLISH_ACTIVITY)
def show(request: MemberRequest, activity: UUID) -> HttpResponse:
    """Let the public see an activity, once one has read what it will read; or no longer."""
    if request.method == "GET":
        return _before_it_is_shown(request, _own(request, activity))
    verb = actions.unpublish_activity if request.POST.get("hide") else actions.publish_activity
    return _do(request, activity, verb)


def _before_it_is_shown(request: MemberRequest, kept: Activity) -> HttpResponse:
    if kept.withdrawn_at or kept.published_at:
        return redirect("workspace:activity", kept.pk)
    [line] = lines_of([kept])
    shown = activity_shown(kept)
    return render(request, "workspace/activities/publish.html", {"activity": kept, "line": line, "shown": shown})


@member(Verb.NOTE_ACTIVITY)
def share(request: MemberRequest, activity: UUID) -> HttpResponse:
    """Let the counterpart see an activity in the room of its tie, or no longer."""
    answer = _do(request, activity, actions.stop_sharing if request.POST.get("hide") else actions.share_activity)
    return redirect("workspace:guests", _own(request, activity).agreement_id) if request.POST.get("back") else answer


@member(Verb.NOTE_ACTIVITY)
def part(request: MemberRequest, activity: UUID) -> HttpResponse:
    """Take back that an activity is the same as another."""
    return _do(request, activity, actions.tell_apart)


def _do(request: MemberRequest, activity: UUID, verb: Any) -> HttpResponse:
    kept = _own(request, activity)
    if request.method != "POST":  # an address that does something is not a page to open
        return redirect("workspace:activity", kept.pk)
    try:
        verb(kept.pk, by=request.actor, version=version_of(request))
    except ActivityRefusedError as refused:
        messages.error(request, " ".join(str(fault.label) for fault in refused.faults))
    except EditConflictError:
        messages.error(request, _("Otra persona la cambió mientras tanto: véala y vuelva a intentarlo."))
    return redirect("workspace:activity", kept.pk)
