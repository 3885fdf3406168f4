"""Letters that are not for the public: a group that wants to visit, somebody who asks about an offer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.foundation.intake import Kind
from hermanar.foundation.intake.kinds import GROUPS, LETTER_CONSENT, MOST_VISITORS, VISIT_LANGUAGES
from hermanar.museum.forms.sending import PlainField, SendingForm
from hermanar.museum.views.day import today
from hermanar.ui.inputs import DayInput

_FURTHEST = dt.timedelta(days=730)


class VisitForm(SendingForm):
    """A visit in a group: when, how many, in which language, and where to answer."""

    kind = Kind.VISIT
    consent_version = LETTER_CONSENT

    wished_on = forms.DateField(label=gettext_lazy("Día que prefieren"), widget=DayInput())
    other_on = forms.DateField(label=gettext_lazy("Otro día posible"), required=False, widget=DayInput())
    size = forms.IntegerField(
        label=gettext_lazy("Cuántas personas"),
        min_value=1,
        max_value=MOST_VISITORS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    guided_in = forms.ChoiceField(label=gettext_lazy("Idioma de la visita"), choices=tuple(VISIT_LANGUAGES.items()))
    group = forms.ChoiceField(label=gettext_lazy("Qué grupo es"), choices=tuple(GROUPS.items()))
    institution = PlainField(label=gettext_lazy("Escuela, asociación u oficina"))
    text = PlainField(
        label=gettext_lazy("Algo que debamos saber"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Edades, accesos, qué les interesa. No ponga nombres de menores ni datos de salud."),
    )
    contact = forms.EmailField(
        label=gettext_lazy("Correo para contestarles"),
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_wished_on(self) -> dt.date:
        """Take a day that can still be arranged."""
        return _to_come(self.cleaned_data["wished_on"])

    def clean_other_on(self) -> dt.date | None:
        """Take another such day, or none."""
        day = self.cleaned_data["other_on"]
        return _to_come(day) if day else None

    def content(self) -> dict[str, Any]:
        """Write days as the envelope keeps them."""
        told = super().content()
        for name in ("wished_on", "other_on"):
            told[name] = told[name].isoformat() if told.get(name) else ""
        return told


def _to_come(day: dt.date) -> dt.date:
    if day <= today():
        raise forms.ValidationError(_("Elija un día que esté por venir."))
    if day > today() + _FURTHEST:
        raise forms.ValidationError(_("Elija un día de los próximos dos años."))
    return day


class InquiryForm(SendingForm):
    """A question about an offer of the business corner."""

    kind = Kind.INQUIRY
    consent_version = LETTER_CONSENT

    organisation = PlainField(label=gettext_lazy("Empresa o institución"))
    text = PlainField(label=gettext_lazy("Qué quiere preguntar"), widget=forms.Textarea(attrs={"rows": 6}))
    contact = forms.EmailField(
        label=gettext_lazy("Correo para contestarle"),
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
