"""The programme of a year: added, its page with the contents of D2.8, its words, its staff, its resources."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.cooperation import actions
from hermanar.cooperation.actions import ProgrammeTexts
from hermanar.cooperation.models import AnnualProgramme
from hermanar.cooperation.queries.plans import resource_lines, span_of_plan, staff_lines, totals_said
from hermanar.cooperation.rules.plans import totals_of, year_span
from hermanar.cooperation.vocabulary import ResourceKind
from hermanar.foundation.access import Verb, can
from hermanar.foundation.models import uuid7
from hermanar.workspace.due import today_of
from hermanar.workspace.forms.plans import NewProgrammeForm, ProgrammeForm, ResourcesForm, StaffForm
from hermanar.workspace.plans import city_of, days_told, money, view_of, view_of_programme
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.plans import FORM, own_plan, own_programme, way_to
from hermanar.workspace.views.plans import address_of as address_of_plan

_TEXTS = tuple(f"{name}{mark}" for name in ("objectives", "duties_own", "duties_counterpart", "evaluation", "other")
               for mark in ("", "_en"))  # fmt: skip


def address_of(kept: AnnualProgramme) -> str:
    """Return the page of a programme."""
    return reverse("workspace:programme", args=[kept.pk])


def way_to_programme(kept: AnnualProgramme) -> tuple[tuple[str, str], ...]:
    """Return the way to a page of a programme."""
    return (*way_to(kept.plan), (_("Programa de %(year)s") % {"year": kept.year}, address_of(kept)))


@member(Verb.KEEP_PLANS)
def add(request: MemberRequest, plan: UUID) -> HttpResponse:
    """Add the programme of a year of the plan."""
    kept = own_plan(request, plan)
    years = view_of(kept, today=today_of(request.office)).open_years
    asked = request.GET.get("ano", "")
    first = {"key": uuid7(), "year": asked or (years[0] if years else "")}
    made: list[AnnualProgramme] = []

    def do(given: Values) -> None:
        key = given["key"] or uuid7()
        made.append(actions.add_programme(kept.pk, year=given["year"], by=request.actor, key=key))

    offered = list(range(kept.starts_on.year, kept.ends_on.year + 1))
    sheet = Sheet(
        title=_("Agregar el programa de un año"),
        lede=_("Cada año del plan tiene su programa: qué se hará, quién responde y con qué recursos."),
        submit=_("Agregar"),
        said=_("Programa agregado. Diga ahora qué se hará."),
        back=address_of_plan(kept),
        where=way_to(kept),
        make=lambda *given, **more: NewProgrammeForm(*given, years=offered, **more),
        now=lambda: first,
        template=FORM,
    )
    return answered(request, sheet, do=do, to=lambda: address_of(made[0]))


@member(Verb.READ_FILES)
def programme(request: MemberRequest, programme: UUID) -> HttpResponse:
    """Show a programme: what it lacks first, then all that it says, both languages beside each other."""
    kept = own_programme(request, programme)
    span = year_span(span_of_plan(kept.plan), kept.year)
    context = {
        "programme": kept,
        "plan": kept.plan,
        "city": city_of(kept.plan),
        "view": view_of_programme(kept, today=today_of(request.office)),
        "days": days_told(*span) if span else "",
        "texts": _texts(kept),
        "staff": kept.staff.all(),
        "resources": [(one, money(one.amount, one.currency) if one.amount else "") for one in kept.resources.all()],
        "totals": [money(total, currency) for currency, total in totals_said(kept).items()],
        "may_keep": can(request.actor, Verb.KEEP_PLANS),
        "may_note": can(request.actor, Verb.NOTE_ACTIVITY),
        "where": way_to(kept.plan),
    }
    return render(request, "workspace/plans/programme.html", context)


def _texts(kept: AnnualProgramme) -> list[tuple[str, str, str, str]]:
    labels = {
        "objectives": _("Objetivos"),
        "duties_own": _("Responsabilidades de nuestra ciudad"),
        "duties_counterpart": _("Responsabilidades de la contraparte"),
        "evaluation": _("Formas de evaluación"),
        "other": _("Otra información"),
    }
    return [(name, label, getattr(kept, name), getattr(kept, f"{name}_en")) for name, label in labels.items()]


@member(Verb.KEEP_PLANS)
def edit(request: MemberRequest, programme: UUID) -> HttpResponse:
    """Write what a programme says in words."""
    kept = own_programme(request, programme)

    def now() -> Values:
        fresh = own_programme(request, programme)
        return {name: getattr(fresh, name) for name in (*_TEXTS, "version")}

    def do(given: Values) -> None:
        texts = ProgrammeTexts(**{name: given[name] for name in _TEXTS})
        actions.change_programme(kept.pk, texts, by=request.actor, version=given["version"])

    title = _("Contenido del programa de %(year)s") % {"year": kept.year}
    return answered(request, _sheet(kept, title=title, make=ProgrammeForm, now=now), do=do)


def _sheet(kept: AnnualProgramme, *, title: str, make: Any, now: Any, lede: str = "") -> Sheet:
    return Sheet(
        title=title,
        lede=lede,
        submit=_("Guardar"),
        said=_("Guardado."),
        back=address_of(kept),
        where=way_to_programme(kept),
        make=make,
        now=now,
        template=FORM,
    )


@member(Verb.KEEP_PLANS)
def staff(request: MemberRequest, programme: UUID) -> HttpResponse:
    """Keep who is assigned to a programme."""
    kept = own_programme(request, programme)

    def now() -> Values:
        fresh = own_programme(request, programme)
        return {**_rows(staff_lines(fresh), StaffForm.columns), "version": fresh.version}

    def do(given: Values, form: StaffForm) -> None:
        actions.keep_staff(kept.pk, form.lines(), by=request.actor, version=given["version"])

    lede = _("Perfil, número y estadía de las personas que cada parte asigna. Para quitar a alguien, vacíe su renglón.")
    title = _("Personal asignado en %(year)s") % {"year": kept.year}
    return _with_rows(request, _sheet(kept, title=title, make=StaffForm, now=now, lede=lede), do)


@member(Verb.KEEP_PLANS)
def resources(request: MemberRequest, programme: UUID) -> HttpResponse:
    """Keep the resources of a programme; the totals that are said must add up."""
    kept = own_programme(request, programme)
    asked = request.GET.get("clase", "")

    def now() -> Values:
        fresh = own_programme(request, programme)
        lines = resource_lines(fresh)
        said = [f"{total:.2f} {currency}" for currency, total in totals_said(fresh).items()]
        rows = _rows(lines, ResourcesForm.columns)
        if asked in ResourceKind.values:
            rows[f"kind_{len(lines)}"] = asked
        return {**rows, "totals": "\n".join(said), "version": fresh.version}

    def do(given: Values, form: ResourcesForm) -> None:
        lines, totals = form.lines(), totals_of(given["totals"])
        actions.keep_resources(kept.pk, lines, totals=totals, by=request.actor, version=given["version"])

    lede = _("Lo humano, lo material y lo financiero que pone cada parte. Para quitar uno, vacíe su renglón.")
    title = _("Recursos de %(year)s") % {"year": kept.year}
    return _with_rows(request, _sheet(kept, title=title, make=ResourcesForm, now=now, lede=lede), do)


def _rows(lines: Any, columns: tuple[str, ...]) -> Values:
    return {f"{name}_{row}": getattr(line, name) for row, line in enumerate(lines) for name in columns}


def _with_rows(request: MemberRequest, sheet: Sheet, do: Any) -> HttpResponse:
    """Answer with a form of rows, which the verb reads from the form itself."""
    made: list[Any] = []

    def make(*given: Any, **more: Any) -> Any:
        made.append(sheet.make(*given, **more))
        return made[-1]

    return answered(request, replace(sheet, make=make), do=lambda given: do(given, made[0]))
