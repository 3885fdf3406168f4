"""The form of a proposal to a city."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from hermanar.foundation.intake import Kind
from hermanar.museum.forms.sending import PlainField, SendingForm
from hermanar.museum.queries.sisters import Circle


class ProposalForm(SendingForm):
    """Something that two sister cities could do together."""

    kind = Kind.PROPOSAL

    title = PlainField(label=gettext_lazy("En una frase"), help_text=gettext_lazy("Hasta 100 signos."))
    text = PlainField(
        label=gettext_lazy("Cómo sería"),
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=gettext_lazy("Qué, para quién, con qué ciudad, por dónde empezar. Hasta 2000 signos; sin nombres."),
    )
    city = forms.ChoiceField(label=gettext_lazy("¿A qué ciudad se la propone?"))

    def __init__(self, *args: Any, circles: list[Circle], **more: Any) -> None:
        """Offer the cities whose office answers."""
        super().__init__(*args, **more)
        self.circles = {one.home.slug: one for one in circles}
        self.fields["city"].choices = [(one.home.slug, one.home.name) for one in circles]  # type: ignore[attr-defined]
