"""Entering an agreement in the register, and what its list is narrowed to."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.workspace.forms.words import DayField, SheetField


class RegistrationForm(forms.Form):
    """The entry: its number, its day, the letter that tells the office; `papers` names what an earlier try sent."""

    papers = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)
    number = forms.CharField(label=_("Número de inscripción"), max_length=80, required=False)
    on = DayField(label=_("Fecha de inscripción"))
    letter = forms.CharField(
        label=_("Número del oficio"),
        max_length=120,
        required=False,
        help_text=_("Con el que se comunica la inscripción a la oficina."),
    )
    paper = SheetField(label=_("Oficio firmado"), required=False)


class RegisterFilter(forms.Form):
    """What the register is narrowed to."""

    STATES = (
        ("", _("Todos")),
        ("awaiting", _("Esperan inscripción")),
        ("registered", _("Inscritos")),
        ("lacking", _("Firmados sin dictamen favorable")),
    )
    texto = forms.CharField(label=_("Ciudad, título o número"), max_length=80, required=False)
    estado = forms.ChoiceField(label=_("Estado"), choices=STATES, required=False)
    oficina = forms.CharField(label=_("Oficina"), max_length=40, required=False)
