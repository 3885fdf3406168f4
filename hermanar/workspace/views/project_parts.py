"""What is in a project, added, changed and taken out: who takes part and puts in, indicators, risks, lessons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from hermanar.cooperation import actions
from hermanar.cooperation.models import Contribution, Indicator, IndicatorValue, Lesson, Partner, Project, Risk
from hermanar.cooperation.vocabulary import (
    ContributionSide,
    Degree,
    LessonKind,
    Level,
    Measure,
    PartnerKind,
    PartnerRole,
    Resource,
)
from hermanar.directory.models import Country
from hermanar.foundation.access import Verb
from hermanar.foundation.calendar import today_in
from hermanar.foundation.models import uuid7
from hermanar.foundation.words import fold
from hermanar.ui.templatetags.ui import in_language
from hermanar.workspace import projects as told
from hermanar.workspace.forms import project_parts as asked
from hermanar.workspace.forms.projects import FIELDS_OF, ButtonForm
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.projects import address_of, own_project, way_to

_CODED: dict[str, Callable[[str], Any]] = {
    "role": PartnerRole, "resource": Resource, "likelihood": Degree, "impact": Degree, "level": Level,
    "measure": Measure,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A sort of thing that is in a project: its words, its form, and the verbs that write it."""

    model: type[Any]
    form: Callable[..., forms.Form]
    draft: type[Any]
    keep: Callable[..., object]
    adds: Callable[[], str]
    mends: Callable[[], str]
    takes_out: Callable[[], str]
    is_dated: bool = False  # its rules look at the day


PARTS: dict[str, Part] = {
    "organizaciones": Part(
        Partner, asked.PartnerForm, actions.PartnerDraft, actions.keep_partner,
        lambda: _("Agregar una organización"), lambda: _("Corregir la organización"),
        lambda: _("Quitar la organización"),
    ),
    "aportaciones": Part(
        Contribution, asked.ContributionForm, actions.ContributionDraft, actions.keep_contribution,
        lambda: _("Agregar una aportación"), lambda: _("Corregir la aportación"), lambda: _("Quitar la aportación"),
    ),
    "indicadores": Part(
        Indicator, asked.IndicatorForm, actions.IndicatorDraft, actions.keep_indicator,
        lambda: _("Agregar un indicador"), lambda: _("Corregir el indicador"),
        lambda: _("Quitar el indicador y sus valores"), is_dated=True,
    ),
    "riesgos": Part(
        Risk, asked.RiskForm, actions.RiskDraft, actions.keep_risk,
        lambda: _("Agregar un riesgo"), lambda: _("Corregir el riesgo"), lambda: _("Quitar el riesgo"),
    ),
    "lecciones": Part(
        Lesson, asked.LessonForm, actions.LessonDraft, actions.keep_lesson,
        lambda: _("Agregar una lección"), lambda: _("Corregir la lección"), lambda: _("Quitar la lección"),
    ),
}  # fmt: skip


def _part(slug: str) -> Part:
    if slug not in PARTS:
        raise Http404
    return PARTS[slug]


def _own_part(kept: Project, part: Part, key: UUID) -> Any:
    one = part.model.objects.filter(project=kept, pk=key).first()
    if one is None:
        raise Http404
    return one


def _more(kept: Project, part: Part) -> dict[str, Any]:
    """Return what a form needs to know of its project."""
    if part.model is Partner:
        named = [(one.pk, in_language(one, "name")) for one in Country.objects.all()]
        return {"countries": sorted(named, key=lambda one: fold(one[1]))}
    if part.model is Contribution:
        return {"partners": told.partner_choices(kept), "has_tie": kept.agreement_id is not None}
    return {}


def _shown(one: Any) -> Values:
    """Return a part as its form shows it."""
    values = {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}
    if isinstance(one, Contribution) and one.partner_id:
        values["side"] = str(one.partner_id)
    return values


def _draft(part: Part, given: Values) -> Any:
    """Return what a form says as the draft of its part."""
    said = {name: value for name, value in given.items() if name not in {"version", "key"}}
    if part.model is Contribution and said["side"] not in ContributionSide.values:
        said |= {"side": ContributionSide.PARTNER, "partner": UUID(said["side"])}
    elif part.model is Contribution:
        said["side"] = ContributionSide(said["side"])
    coded = {name: make(said[name]) for name, make in _CODED.items() if name in said}
    if "kind" in said:
        coded["kind"] = LessonKind(said["kind"]) if part.model is Lesson else PartnerKind(said["kind"])
    return part.draft(**said | coded)


def _sheet(kept: Project, *, anchor: str, **values: Any) -> Sheet:
    return Sheet(back=f"{address_of(kept)}#{anchor}", where=way_to(kept), fields_of=FIELDS_OF, **values)


def _is_kept(model: type[Model], key: UUID, **where: Any) -> bool:
    """Say whether a part is still there."""
    rows = model._default_manager  # noqa: SLF001  no model hides rows
    return rows.filter(pk=key, **where).exists()


@member(Verb.KEEP_PROJECTS)
def add(request: MemberRequest, project: UUID, part: str) -> HttpResponse:
    """Add something to a project; the same form sent twice adds it once, and what others add is no conflict."""
    kept, sort = own_project(request, project), _part(part)
    today: dict[str, Any] = {"today": today_in(request.office.time_zone)} if sort.is_dated else {}

    def make(*given: Any, **more: Any) -> forms.Form:
        return sort.form(*given, **_more(kept, sort), **more)

    def do(given: Values) -> None:
        sort.keep(kept.pk, _draft(sort, given), by=request.actor, version=None, key=given["key"] or uuid7(), **today)

    first = {"key": uuid7(), "currency": kept.currency if sort.model is Contribution else ""}
    words = {"title": sort.adds(), "submit": sort.adds(), "said": _("Guardado.")}
    sheet = _sheet(kept, anchor=part, make=make, now=lambda: first, **words)
    return answered(request, sheet, do=do)


@member(Verb.KEEP_PROJECTS)
def change(request: MemberRequest, project: UUID, part: str, key: UUID) -> HttpResponse:
    """Change something that is in a project."""
    kept, sort = own_project(request, project), _part(part)
    _own_part(kept, sort, key)
    today: dict[str, Any] = {"today": today_in(request.office.time_zone)} if sort.is_dated else {}

    def make(*given: Any, **more: Any) -> forms.Form:
        return sort.form(*given, **_more(kept, sort), **more)

    def now() -> Values:
        return {**_shown(_own_part(kept, sort, key)), "version": own_project(request, project).version}

    def do(given: Values) -> None:
        sort.keep(kept.pk, _draft(sort, given), by=request.actor, version=given["version"], key=key, **today)

    words = {"title": sort.mends(), "submit": _("Guardar"), "said": _("Guardado.")}
    return answered(request, _sheet(kept, anchor=part, make=make, now=now, **words), do=do)


@member(Verb.KEEP_PROJECTS)
def take_out(request: MemberRequest, project: UUID, part: str, key: UUID) -> HttpResponse:
    """Take something out of a project; its versions keep what it said."""
    kept, sort = own_project(request, project), _part(part)
    if request.method == "POST" and not _is_kept(sort.model, key, project=kept):
        return redirect(address_of(kept))  # the button was pressed twice
    one = _own_part(kept, sort, key)

    def do(given: Values) -> None:
        how: dict[str, Any] = {"by": request.actor, "version": given["version"]}
        if sort.model is Indicator:
            actions.take_out_indicator(kept.pk, key, **how)
        else:
            actions.take_out_part(kept.pk, key, part=sort.model, **how)

    words = {"title": sort.takes_out(), "lede": str(one), "submit": _("Quitar"), "said": _("Se quitó.")}
    sheet = _sheet(kept, anchor=part, make=ButtonForm, now=_seen(request, kept), knows_done=True, **words)
    return answered(request, sheet, do=do)


def _seen(request: MemberRequest, kept: Project) -> Callable[[], Values]:
    return lambda: {"version": own_project(request, kept.pk).version}


# ── values of an indicator ───────────────────────────────────────────────────────────────────────────────────────────


def _own_value(kept: Project, value: UUID) -> IndicatorValue:
    one = IndicatorValue.objects.filter(indicator__project=kept, pk=value).select_related("indicator").first()
    if one is None:
        raise Http404
    return one


def _value_sheet(kept: Project, indicator: Indicator, **values: Any) -> Sheet:
    facts = [
        (_("Indicador"), indicator.title_es),
        (_("Línea de base"), told.figure_told(indicator.baseline, indicator) or _("no consta")),
        (_("Meta"), told.figure_told(indicator.target, indicator) or _("no consta")),
    ]
    return _sheet(kept, anchor="indicadores", facts=tuple(facts), **values)


@member(Verb.KEEP_PROJECTS)
def add_value(request: MemberRequest, project: UUID, indicator: UUID) -> HttpResponse:
    """Note what was measured of an indicator; the same form sent twice notes it once."""
    kept = own_project(request, project)
    one = _own_part(kept, PARTS["indicadores"], indicator)
    today = today_in(request.office.time_zone)

    def do(given: Values) -> None:
        draft = actions.ValueDraft(given["on"], given["value"], given["verification"])
        how: dict[str, Any] = {"by": request.actor, "version": None, "today": today}
        actions.keep_value(kept.pk, draft, indicator=one.pk, key=given["key"] or uuid7(), **how)

    first = {"key": uuid7(), "on": today, "verification": one.verification}
    words = {"title": _("Anotar un valor medido"), "submit": _("Guardar el valor"), "said": _("Valor anotado.")}
    sheet = _value_sheet(kept, one, make=asked.ValueForm, now=lambda: first, **words)
    return answered(request, sheet, do=do)


@member(Verb.KEEP_PROJECTS)
def change_value(request: MemberRequest, project: UUID, value: UUID) -> HttpResponse:
    """Correct a value that was measured."""
    kept = own_project(request, project)
    one = _own_value(kept, value)
    today = today_in(request.office.time_zone)

    def now() -> Values:
        return {**_shown(_own_value(kept, value)), "version": own_project(request, project).version}

    def do(given: Values) -> None:
        draft = actions.ValueDraft(given["on"], given["value"], given["verification"])
        how: dict[str, Any] = {"by": request.actor, "version": given["version"], "today": today}
        actions.keep_value(kept.pk, draft, indicator=one.indicator_id, key=value, **how)

    words = {"title": _("Corregir un valor medido"), "submit": _("Guardar el valor"), "said": _("Valor corregido.")}
    sheet = _value_sheet(kept, one.indicator, make=asked.ValueForm, now=now, **words)
    return answered(request, sheet, do=do)


@member(Verb.KEEP_PROJECTS)
def take_out_value(request: MemberRequest, project: UUID, value: UUID) -> HttpResponse:
    """Take out a value noted by mistake."""
    kept = own_project(request, project)
    if request.method == "POST" and not _is_kept(IndicatorValue, value, indicator__project=kept):
        return redirect(address_of(kept))  # the button was pressed twice
    one = _own_value(kept, value)
    words = {"title": _("Quitar un valor medido"), "lede": str(one), "submit": _("Quitar"), "said": _("Se quitó.")}
    sheet = _value_sheet(kept, one.indicator, make=ButtonForm, now=_seen(request, kept), knows_done=True, **words)
    return answered(
        request,
        sheet,
        do=lambda given: actions.take_out_value(kept.pk, value, by=request.actor, version=given["version"]),
    )
