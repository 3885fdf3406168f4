"""Forms about the working days of an office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """A day as browsers take it."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class ClosureForm(forms.Form):
    """Days on which the office does not work."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    first_on = forms.DateField(label=_("Primer día inhábil"), widget=DayInput())
    last_on = forms.DateField(label=_("Último día, si son varios"), required=False, widget=DayInput())
    name = forms.CharField(
        label=_("Por qué"),
        max_length=200,
        help_text=_("Por ejemplo: vacaciones de verano."),
    )


class WithdrawalForm(forms.Form):
    """Why a closure is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Por qué se retira"), max_length=200)
