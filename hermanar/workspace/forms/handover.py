"""What a person says when an office is handed over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.models import uuid7
from hermanar.offices.vocabulary import REFUSALS
from hermanar.workspace.forms.words import DayField


class HandoverForm(forms.Form):
    """The day a dossier tells of; `key` makes a second click find what the first one made."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    as_of = DayField(
        label=_("Como se sabía el día"),
        help_text=_("Hoy, o un día que ya pasó: la entrega dice solo lo que estaba asentado al terminar ese día."),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["as_of"].initial = today
        self.fields["as_of"].widget.attrs["max"] = today.isoformat()

    def clean_as_of(self) -> dt.date:
        """Refuse a day to come."""
        day = self.cleaned_data["as_of"]
        if day > self.today:
            raise forms.ValidationError(REFUSALS["handover_future"])
        return day


class ReceiptForm(forms.Form):
    """What the incoming team remarks when it signs."""

    remarks = forms.CharField(
        label=_("Observaciones de quien recibe"),
        help_text=_("Lo que no coincide, lo que falta, lo que se recibe bajo reserva. Puede quedar vacío."),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
