"""The form by which somebody asks that something public be looked at."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from hermanar.foundation.intake.kinds import COMPLAINT_LABELS
from hermanar.museum.forms.sending import PlainField

_LONGEST_NOTE = 300


class ReportForm(forms.Form):
    """Why it should be looked at; no name, no address."""

    complaint = forms.ChoiceField(
        label=gettext_lazy("¿Qué ocurre?"),
        choices=[(code.value, label) for code, label in COMPLAINT_LABELS.items()],
        widget=forms.RadioSelect,
    )
    note = PlainField(
        label=gettext_lazy("Si quiere, diga más"),
        required=False,
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Hasta 300 signos; lo lee solo quien modera."),
    )
