"""The choice of a city: begun, its comparison, criteria weighed, the decision noted, filed, taken back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.cooperation.actions import selection as verbs
from hermanar.cooperation.actions.selection import ChoiceDraft
from hermanar.cooperation.models import Selection
from hermanar.cooperation.queries.selection import comparison, decision_of, selections_of
from hermanar.cooperation.rules.selection import HIGHEST_MARK
from hermanar.cooperation.vocabulary.selection import SuggestedCriterion
from hermanar.foundation.access import Verb, can
from hermanar.foundation.models import uuid7
from hermanar.workspace.beginnings import candidate_lines, comparison_columns, files_to_choose, standing_told
from hermanar.workspace.due import today_of
from hermanar.workspace.forms.requests import FileForm, which_file
from hermanar.workspace.forms.selections import (
    BeginForm,
    ChoiceForm,
    CriteriaForm,
    ReasonForm,
    SelectionForm,
    criteria_values,
    criterion_drafts,
)
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.tables import table_answer
from hermanar.workspace.views.door import MemberRequest, member


def own_selection(request: MemberRequest, selection: UUID) -> Selection:
    """Return a selection of the office; outside it, the same answer as for what does not exist."""
    kept = selections_of(request.office.pk).filter(pk=selection).first()
    if kept is None:
        raise Http404
    return kept


def address_of(kept: Selection) -> str:
    """Return the page of a selection."""
    return reverse("workspace:selection", args=[kept.pk])


def way_to(kept: Selection | None = None) -> tuple[tuple[str, str], ...]:
    """Return the way to a page of a selection: words and addresses."""
    first = (str(_("Nuevos lazos")), reverse("workspace:beginnings"))
    return (first, (kept.title, address_of(kept))) if kept else (first,)


@member(Verb.WEIGH_CITIES)
def begin(request: MemberRequest) -> HttpResponse:
    """Begin a comparison."""
    made: list[Selection] = []

    def do(given: Values) -> None:
        suggested = [SuggestedCriterion(one) for one in given["suggested"]]
        common: Values = {"office": request.office.pk, "by": request.actor, "key": given["key"] or uuid7()}
        told: Values = {"purpose": given["purpose"], "suggested": suggested}
        made.append(verbs.begin_selection(given["title"], **common, **told))

    first = {"key": uuid7()}
    sheet = Sheet(
        title=_("Elegir una ciudad con criterios"),
        lede=_("La oficina dice qué mira y cuánto pesa; el programa solo suma. Quién se elige lo deciden personas."),
        submit=_("Comenzar"),
        said=_("Selección comenzada. Dé peso a los criterios y agregue candidatas."),
        back=reverse("workspace:beginnings"),
        where=way_to(),
        make=BeginForm,
        now=lambda: dict(first),
    )
    return answered(request, sheet, do=do, to=lambda: address_of(made[0]))


@member(Verb.READ_FILES)
def show(request: MemberRequest, selection: UUID) -> HttpResponse:
    """Show a selection: what is missing, the comparison with its reasons, the decision and those taken back."""
    kept = own_selection(request, selection)
    found = comparison(kept)
    is_open = found.decision is None
    context = {
        "kept": kept,
        "found": found,
        "lines": candidate_lines(found),
        "unweighed": [one for one in found.criteria if one.weight is None],
        "matrix": [
            (one, [(line.candidate.name, line.marks.get(one.pk)) for line in found.candidates])
            for one in found.criteria
        ],
        "highest": HIGHEST_MARK,
        "undone": kept.decisions.filter(undone_at__isnull=False).select_related("candidate"),
        "may_weigh": is_open and can(request.actor, Verb.WEIGH_CITIES),
        "may_decide": is_open and can(request.actor, Verb.DECIDE_CITY),
        "may_undo": not is_open and can(request.actor, Verb.DECIDE_CITY),
    }
    return render(request, "workspace/beginnings/selection.html", context)


@member(Verb.READ_FILES)
def take_away(request: MemberRequest, selection: UUID, format_: str) -> HttpResponse:
    """Give the comparison as a table, with every reason."""
    kept = own_selection(request, selection)
    found = comparison(kept)
    rows = [*found.candidates, *found.left_out]
    name = f"seleccion-{today_of(request.office)}"
    return table_answer(comparison_columns(found), rows, format_=format_, name=name, sheet=_("Comparación"))


@member(Verb.WEIGH_CITIES)
def edit(request: MemberRequest, selection: UUID) -> HttpResponse:
    """Change what a selection is called and what it seeks."""
    kept = own_selection(request, selection)

    def now() -> Values:
        fresh = own_selection(request, selection)
        return {name: getattr(fresh, name) for name in ("title", "purpose", "version")}

    def do(given: Values) -> None:
        told: Values = {"title": given["title"], "purpose": given["purpose"]}
        verbs.change_selection(kept.pk, by=request.actor, version=given["version"], **told)

    sheet = Sheet(
        title=_("Nombre y propósito"),
        submit=_("Guardar"),
        said=_("Selección guardada."),
        back=address_of(kept),
        where=way_to(kept),
        make=SelectionForm,
        now=now,
    )
    return answered(request, sheet, do=do)


@member(Verb.WEIGH_CITIES)
def weigh(request: MemberRequest, selection: UUID) -> HttpResponse:
    """Weigh the criteria, and add one of the office's own."""
    kept = own_selection(request, selection)
    criteria = list(kept.criteria.all())

    def now() -> Values:
        fresh = own_selection(request, selection)
        return {"version": fresh.version, **criteria_values(fresh.criteria.all())}

    def do(given: Values) -> None:
        drafts = criterion_drafts(given, criteria)
        verbs.weigh_criteria(kept.pk, drafts, by=request.actor, version=given["version"])

    sheet = Sheet(
        title=_("Criterios y pesos"),
        lede=_("De 0 a 10: cuánto importa cada uno a su ciudad. Con 0 no cuenta; vacío, todavía no se ha dicho."),
        submit=_("Guardar los pesos"),
        said=_("Pesos guardados."),
        back=address_of(kept),
        where=way_to(kept),
        make=lambda *given, **more: CriteriaForm(*given, criteria=criteria, **more),
        now=now,
    )
    return answered(request, sheet, do=do)


@member(Verb.DECIDE_CITY)
def decide(request: MemberRequest, selection: UUID) -> HttpResponse:
    """Note which city people chose, when, who and why."""
    kept = own_selection(request, selection)
    found = comparison(kept)
    candidates = [
        (str(one.candidate.pk), f"{one.candidate.name} · {standing_told(one.standing)}") for one in found.candidates
    ]

    def now() -> Values:
        fresh = own_selection(request, selection)
        made = decision_of(fresh)
        if made is None:
            return {"version": fresh.version, "on": today_of(request.office)}
        told: Values = {name: getattr(made, name) for name in ("on", "decider", "reason")}
        file = str(made.agreement_id) if made.agreement_id else ""
        return told | {"version": fresh.version, "candidate": str(made.candidate_id), "file": file}

    def do(given: Values) -> None:
        told: Values = {name: given[name] for name in ("candidate", "on", "decider", "reason")}
        draft = ChoiceDraft(**told, file=which_file(given["file"]))
        today = today_of(request.office)
        verbs.decide_city(kept.pk, draft, by=request.actor, version=given["version"], today=today)

    files = files_to_choose(request.office.pk, place=None)
    sheet = Sheet(
        title=_("Asentar la decisión"),
        lede=_("La tabla no decide: asiente lo que decidió quien puede hacerlo, con sus motivos."),
        submit=_("Asentar la decisión"),
        said=_("Decisión asentada."),
        back=address_of(kept),
        where=way_to(kept),
        make=lambda *given, **more: ChoiceForm(*given, candidates=candidates, files=files, **more),
        now=now,
    )
    return answered(request, sheet, do=do)


@member(Verb.DECIDE_CITY)
def file_choice(request: MemberRequest, selection: UUID) -> HttpResponse:
    """Say which file a choice led to."""
    kept = own_selection(request, selection)
    made = decision_of(kept)
    if made is None:
        raise Http404
    files = files_to_choose(request.office.pk, place=made.candidate.place_id)

    def now() -> Values:
        fresh = own_selection(request, selection)
        standing = decision_of(fresh)
        file = str(standing.agreement_id) if standing and standing.agreement_id else ""
        return {"version": fresh.version, "file": file}

    def do(given: Values) -> None:
        common: Values = {"by": request.actor, "version": given["version"], "today": today_of(request.office)}
        verbs.file_choice(kept.pk, which_file(given["file"]), **common)

    sheet = Sheet(
        title=_("El expediente de la ciudad elegida"),
        submit=_("Guardar"),
        said=_("Expediente anotado."),
        back=address_of(kept),
        where=way_to(kept),
        make=lambda *given, **more: FileForm(*given, files=files, **more),
        now=now,
        facts=((_("Ciudad elegida"), made.candidate.name),),
    )
    return answered(request, sheet, do=do)


@member(Verb.DECIDE_CITY)
def reopen(request: MemberRequest, selection: UUID) -> HttpResponse:
    """Take a decision back; it stays in the history with the reason."""
    kept = own_selection(request, selection)
    if decision_of(kept) is None:
        raise Http404

    def do(given: Values) -> None:
        verbs.reopen_selection(kept.pk, by=request.actor, version=given["version"], reason=given["reason"])

    sheet = Sheet(
        title=_("Reabrir la selección"),
        lede=_("La decisión queda en la historia con el motivo; criterios y calificaciones pueden cambiar otra vez."),
        submit=_("Reabrirla"),
        said=_("Selección reabierta."),
        back=address_of(kept),
        where=way_to(kept),
        make=ReasonForm,
        now=lambda: {"version": own_selection(request, selection).version, "reason": ""},
    )
    return answered(request, sheet, do=do)
