"""Who takes part in a tie: on which side, of which class, in what, with what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation.actions.stakeholders import StakeholderDraft
from hermanar.cooperation.vocabulary.stakeholders import ActorClass, Resource, TieSide
from hermanar.workspace.forms.requests import Versioned
from hermanar.workspace.forms.words import DayField


class StakeholderForm(Versioned):
    """An organisation that takes part."""

    side = forms.ChoiceField(label=_("¿De qué lado?"), choices=TieSide.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Clase de actor"), choices=ActorClass.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Nombre de la organización"),
        max_length=200,
        help_text=_("La organización, no una persona: «Universidad de Guanajuato», «Cámara de Comercio»."),
    )
    part = forms.CharField(
        label=_("¿En qué participa?"), max_length=300, help_text=_("En pocas palabras: «recibe a estudiantes».")
    )
    area = forms.ChoiceField(label=_("¿En qué área?"), required=False)
    resources = forms.MultipleChoiceField(
        label=_("¿Qué recursos aporta?"),
        choices=Resource.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    contributes = forms.CharField(
        label=_("¿Qué aporta, en concreto?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    since_on = DayField(label=_("¿Desde cuándo?"), required=False, help_text=_("Si no consta, déjelo vacío."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("area", [("", _("en ninguna en particular")), *AreaOfCooperation.choices])


def stakeholder_draft(given: dict[str, Any]) -> StakeholderDraft:
    """Return who takes part as it was typed."""
    names = ("name", "part", "contributes", "since_on")
    return StakeholderDraft(
        side=TieSide(given["side"]),
        kind=ActorClass(given["kind"]),
        area=AreaOfCooperation(given["area"]) if given["area"] else None,
        resources=[Resource(one) for one in given["resources"]],
        **{name: given[name] for name in names},
    )


class LeaveForm(Versioned):
    """From which day somebody takes part no more, and why."""

    left_on = DayField(label=_("¿Desde qué día ya no participa?"))
    reason = forms.CharField(label=_("Motivo"), max_length=300)
