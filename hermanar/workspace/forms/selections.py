"""The choice of a city: what is sought, criteria and weights, candidates, marks with reasons, the decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.cooperation.actions.selection import CriterionDraft, MarkDraft
from hermanar.cooperation.models import Criterion, Mark
from hermanar.cooperation.rules.selection import HIGHEST_MARK, HIGHEST_WEIGHT
from hermanar.cooperation.vocabulary.selection import SUGGESTED, SuggestedCriterion
from hermanar.workspace.forms.committees import Choices
from hermanar.workspace.forms.places import FindsPlace
from hermanar.workspace.forms.requests import NEW_FILE, FileField, Versioned
from hermanar.workspace.forms.words import DayField

_MARKS = [
    ("", _("sin calificar")),
    *((str(one), str(one)) for one in range(HIGHEST_MARK + 1)),
]


def _suggestions() -> Choices:
    return [(one.value, f"{one.label}. {SUGGESTED[one][0]} ({SUGGESTED[one][1]})") for one in SuggestedCriterion]


class SelectionForm(Versioned):
    """What a comparison is called and what it seeks."""

    title = forms.CharField(
        label=_("Nombre de la selección"), max_length=200, help_text=_("Por ejemplo: «Una ciudad minera de Alemania».")
    )
    purpose = forms.CharField(
        label=_("¿Qué se busca con el nuevo lazo?"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BeginForm(SelectionForm):
    """A comparison that begins, with the criteria the sources suggest."""

    suggested = forms.MultipleChoiceField(
        label=_("Criterios que sugieren las fuentes"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Quite los que no le sirvan. El peso lo da usted después, y puede agregar los suyos."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("suggested", _suggestions())
        self.initial.setdefault("suggested", SuggestedCriterion.values)


class CriteriaForm(Versioned):
    """The criteria with their weights, and a new one."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for one in criteria:
            self.fields[f"weight_{one.pk}"] = _weight_field(one.name, _hint(one))
        self.fields["name"] = forms.CharField(label=_("Otro criterio, de la oficina"), max_length=160, required=False)
        self.fields["looks_at"] = forms.CharField(label=_("¿Qué mira ese criterio?"), max_length=600, required=False)
        self.fields["weight"] = _weight_field(_("Su peso"), "")


def _weight_field(label: Any, hint: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=hint, required=False, min_value=0, max_value=HIGHEST_WEIGHT,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
    )  # fmt: skip


def _hint(one: Criterion) -> str:
    return f"{one.looks_at} ({one.source})" if one.source else one.looks_at


def criteria_values(criteria: Iterable[Criterion]) -> dict[str, Any]:
    """Return the weights there are as the form shows them."""
    return {f"weight_{one.pk}": one.weight for one in criteria}


def criterion_drafts(given: dict[str, Any], criteria: Iterable[Criterion]) -> list[CriterionDraft]:
    """Return the criteria as they were weighed, with the new one when it has a name."""
    found = [CriterionDraft(one.name, given[f"weight_{one.pk}"], one.looks_at, one.pk) for one in criteria]
    if given["name"].strip() or given["looks_at"].strip() or given["weight"] is not None:
        found.append(CriterionDraft(given["name"], given["weight"], given["looks_at"]))
    return found


class CandidateForm(Versioned, FindsPlace):
    """A city to compare: one that asked, or any other."""

    request = forms.TypedChoiceField(
        label=_("¿Nos lo pidió?"),
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=_("Si la ciudad está entre las solicitudes, elíjala aquí y deje vacío su nombre."),
    )
    note = forms.CharField(label=_("Notas"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("version", "key", "searched", "request", "city", "place", "note")

    def __init__(self, *args: Any, requests: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].required = False
        self.choose("request", [("", _("no está entre las solicitudes")), *requests])
        if not requests:
            del self.fields["request"]


class MarksForm(Versioned):
    """How far a candidate fulfils each criterion, with the reason."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in criteria:
            weight = (
                _("Peso %(weight)s.") % {"weight": one.weight} if one.weight is not None else _("Sin peso todavía.")
            )
            self.fields[f"value_{one.pk}"] = forms.TypedChoiceField(
                label=one.name, choices=_MARKS, coerce=int, empty_value=None, required=False,
                widget=forms.RadioSelect(attrs={"class": "marks"}), help_text=f"{weight} {one.looks_at}",
            )  # fmt: skip
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=_("¿Por qué esa calificación en «%(name)s»?") % {"name": one.name},
                max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        self.fields["note"] = forms.CharField(
            label=_("Notas"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
        )


def mark_values(criteria: Iterable[Criterion], marks: Iterable[Mark]) -> dict[str, Any]:
    """Return the marks there are as the form shows them."""
    found: dict[str, Any] = {}
    for one in criteria:
        found |= {f"value_{one.pk}": "", f"reason_{one.pk}": ""}
    for mark in marks:
        found |= {f"value_{mark.criterion_id}": mark.value, f"reason_{mark.criterion_id}": mark.reason}
    return found


def mark_drafts(given: dict[str, Any], criteria: Iterable[Criterion]) -> dict[UUID, MarkDraft]:
    """Return the marks as they were given."""
    return {one.pk: MarkDraft(given[f"value_{one.pk}"], given[f"reason_{one.pk}"]) for one in criteria}


class ReasonForm(Versioned):
    """Why something is done."""

    reason = forms.CharField(label=_("¿Por qué?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ReadmitForm(Versioned):
    """A button that only needs to know what the person saw."""


class ChoiceForm(Versioned):
    """Who chose which candidate, and why."""

    candidate = forms.TypedChoiceField(label=_("¿Qué ciudad se eligió?"), coerce=UUID, widget=forms.RadioSelect)
    on = DayField(label=_("¿Cuándo se decidió?"))
    decider = forms.CharField(
        label=_("¿Quién lo decidió?"), max_length=200, help_text=_("Por ejemplo: Ayuntamiento, sesión ordinaria 12.")
    )
    reason = forms.CharField(
        label=_("¿Por qué esa?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("También si no es la primera de la tabla: la tabla ordena, las personas deciden."),
    )
    file = FileField(help_text=_("Puede decirse después."))

    def __init__(self, *args: Any, candidates: Choices, files: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("candidate", candidates)
        self.choose("file", [("", _("todavía a ninguno")), (NEW_FILE, _("abrir uno nuevo con esa ciudad")), *files])
