"""Forms about the working days of an office."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.workspace.forms.words import DayField


class ClosureForm(forms.Form):
    """Days on which the office does not work."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    first_on = DayField(label=_("Primer día inhábil"))
    last_on = DayField(label=_("Último día, si son varios"), required=False)
    name = forms.CharField(
        label=_("Por qué"),
        max_length=200,
        help_text=_("Por ejemplo: vacaciones de verano."),
    )


class WithdrawalForm(forms.Form):
    """Why a closure is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Por qué se retira"), max_length=200)
