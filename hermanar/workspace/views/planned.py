"""Something planned: entered, its page, changed, its progress said, cancelled, what was done linked to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.cooperation import actions
from hermanar.cooperation.models import AnnualProgramme, PlannedActivity
from hermanar.cooperation.queries import of_office
from hermanar.cooperation.queries.plans import planned_of, span_of_plan
from hermanar.cooperation.rules import PlanRefusedError
from hermanar.cooperation.rules.plans import year_span
from hermanar.cooperation.vocabulary import Demand
from hermanar.foundation.access import Verb, can
from hermanar.foundation.models import uuid7
from hermanar.workspace.activities import lines_of as activity_lines
from hermanar.workspace.due import today_of
from hermanar.workspace.forms.plans import CancelForm, LinkForm, PlannedForm, ProgressForm
from hermanar.workspace.plan_words import fault_told
from hermanar.workspace.plans import days_told, lines_of
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.plans import FORM, own_programme
from hermanar.workspace.views.programmes import address_of as address_of_programme
from hermanar.workspace.views.programmes import way_to_programme

_KEPT = (
    "title", "title_en", "objective", "objective_en", "starts_on", "ends_on", "times", "kind", "area", "demand",
    "responsible_own", "responsible_counterpart", "version",
)  # fmt: skip
_MOST_DONE = 30


def own_planned(request: MemberRequest, planned: UUID) -> PlannedActivity:
    """Return something planned by the office, or nothing at all."""
    kept = planned_of(request.office.pk).select_related("programme__plan__office").filter(pk=planned).first()
    if kept is None:
        raise Http404
    return kept


def _address(kept: PlannedActivity) -> str:
    return reverse("workspace:planned", args=[kept.pk])


def _way(kept: PlannedActivity) -> tuple[tuple[str, str], ...]:
    return (*way_to_programme(kept.programme), (kept.title, _address(kept)))


def _facts(programme: AnnualProgramme) -> tuple[tuple[str, str], ...]:
    span = year_span(span_of_plan(programme.plan), programme.year)
    return ((_("Días del programa"), days_told(*span)),) if span else ()


def _maker(programme: AnnualProgramme, made: list[Any]) -> Any:
    areas = list(programme.plan.agreement.areas.order_by("pk").values_list("area", flat=True))

    def make(*given: Any, **more: Any) -> PlannedForm:
        made.append(PlannedForm(*given, areas=areas, **more))
        return made[-1]

    return make


@member(Verb.KEEP_PLANS)
def enter(request: MemberRequest, programme: UUID) -> HttpResponse:
    """Plan something for the year of a programme."""
    kept = own_programme(request, programme)
    forms: list[PlannedForm] = []
    first = {"key": uuid7(), "times": 1, "demand": Demand.LOW.value}

    def do(given: Values) -> None:
        actions.plan_activity(kept.pk, forms[0].drafted(), by=request.actor, key=given["key"] or uuid7())

    sheet = Sheet(
        title=_("Planear una actividad"),
        submit=_("Planearla"),
        said=_("Actividad planeada."),
        back=f"{address_of_programme(kept)}#actividades",
        where=way_to_programme(kept),
        make=_maker(kept, forms),
        now=lambda: first,
        facts=_facts(kept),
        template=FORM,
    )
    return answered(request, sheet, do=do)


@member(Verb.READ_FILES)
def planned(request: MemberRequest, planned: UUID) -> HttpResponse:
    """Show something planned: how far it has come, what was done for it, who answers for it."""
    kept = own_planned(request, planned)
    [line] = lines_of([kept], today=today_of(request.office))
    done = of_office(request.office.pk).filter(planned_links__planned=kept)
    done = done.order_by(F("ended_on").desc(nulls_last=True), "pk")
    goes_on = kept.cancelled_on is None
    context = {
        "planned": kept,
        "line": line,
        "done": list(activity_lines(done)),
        "where": way_to_programme(kept.programme),
        "may_keep": goes_on and can(request.actor, Verb.KEEP_PLANS),
        "may_note": goes_on and can(request.actor, Verb.NOTE_ACTIVITY) and can(request.actor, Verb.KEEP_PLANS),
        "may_link": goes_on and bool(_to_link(request, kept)),
    }
    return render(request, "workspace/plans/planned.html", context)


@member(Verb.KEEP_PLANS)
def edit(request: MemberRequest, planned: UUID) -> HttpResponse:
    """Change something planned."""
    kept = own_planned(request, planned)
    forms: list[PlannedForm] = []

    def now() -> Values:
        fresh = own_planned(request, planned)
        return {name: getattr(fresh, name) for name in _KEPT}

    def do(given: Values) -> None:
        actions.change_planned(kept.pk, forms[0].drafted(), by=request.actor, version=given["version"])

    make = _maker(kept.programme, forms)
    return answered(request, _sheet(kept, title=_("Cambiar lo planeado"), make=make, now=now), do=do)


def _sheet(kept: PlannedActivity, *, title: str, make: Any, now: Any, submit: str = "", lede: str = "") -> Sheet:
    return Sheet(
        title=title,
        lede=lede,
        submit=submit or _("Guardar"),
        said=_("Guardado."),
        back=_address(kept),
        where=_way(kept),
        make=make,
        now=now,
        facts=_facts(kept.programme),
        template=FORM,
    )


@member(Verb.KEEP_PLANS)
def progress(request: MemberRequest, planned: UUID) -> HttpResponse:
    """Say how far something has come beyond what is noted."""
    kept = own_planned(request, planned)

    def now() -> Values:
        fresh = own_planned(request, planned)
        return {"percent": fresh.stated_percent, "note": fresh.progress_note, "version": fresh.version}

    def do(given: Values) -> None:
        said = {"percent": given["percent"], "note": given["note"], "version": given["version"]}
        actions.state_progress(kept.pk, by=request.actor, **said)

    [line] = lines_of([kept], today=today_of(request.office))
    lede = _("Hasta ahora: %(said)s.") % {"said": line.said}
    return answered(request, _sheet(kept, title=_("Decir el avance"), make=ProgressForm, now=now, lede=lede), do=do)


@member(Verb.KEEP_PLANS)
def cancel(request: MemberRequest, planned: UUID) -> HttpResponse:
    """Cancel what will not be done."""
    kept = own_planned(request, planned)

    def now() -> Values:
        fresh = own_planned(request, planned)
        return {"reason": fresh.cancel_reason, "version": fresh.version}

    def do(given: Values) -> None:
        reason, today = given["reason"], today_of(request.office)
        actions.cancel_planned(kept.pk, reason=reason, by=request.actor, version=given["version"], today=today)

    lede = _("Queda en el plan como cancelada, con su razón: así se sabe después por qué no se hizo.")
    title, submit = _("Cancelar lo planeado"), _("Cancelarla")
    return answered(request, _sheet(kept, title=title, make=CancelForm, now=now, submit=submit, lede=lede), do=do)


@member(Verb.KEEP_PLANS)
def link(request: MemberRequest, planned: UUID) -> HttpResponse:
    """Say which activity, noted already, fulfils what was planned."""
    kept = own_planned(request, planned)
    done = _to_link(request, kept)
    sheet = _sheet(
        kept, title=_("Enlazar algo ya anotado"), submit=_("Enlazar"), now=dict,
        make=lambda *given, **more: LinkForm(*given, done=done, **more),
        lede=_("Elija lo que se hizo. Si todavía no está anotado, anótelo desde la página de lo planeado."),
    )  # fmt: skip
    return answered(request, sheet, do=lambda given: actions.link_done(kept.pk, given["activity"], by=request.actor))


def _to_link(request: MemberRequest, kept: PlannedActivity) -> list[tuple[str, str]]:
    """Return what was done under the tie since the plan began and does not fulfil this yet."""
    plan = kept.programme.plan
    rows = of_office(request.office.pk).filter(agreement=plan.agreement_id, withdrawn_at__isnull=True)
    since = rows.filter(ended_on__gte=plan.starts_on).exclude(planned_links__planned=kept).order_by("-ended_on", "pk")
    return [(str(line.activity.pk), f"{line.days}: {line.description}") for line in activity_lines(since[:_MOST_DONE])]


@member(Verb.KEEP_PLANS)
def unlink(request: MemberRequest, planned: UUID, activity: UUID) -> HttpResponse:
    """Take back that an activity fulfils what was planned."""
    kept = own_planned(request, planned)
    if request.method == "POST":  # an address that does something is not a page to open
        try:
            actions.unlink_done(kept.pk, activity, by=request.actor)
        except PlanRefusedError as refused:
            messages.error(request, " ".join(map(fault_told, refused.faults)))
        else:
            messages.success(request, _("Ya no se cuenta para esta actividad planeada."))
    return redirect(_address(kept))
