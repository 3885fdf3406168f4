"""The form of an answer on the board."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.foundation.intake import Kind
from hermanar.foundation.intake.words import CODE_LABELS
from hermanar.museum.forms.sending import PlainField, SendingForm
from hermanar.museum.queries.sisters import Circle

VOICE_CHOICES = tuple(CODE_LABELS["voice"].items())


class AnswerForm(SendingForm):
    """How it is done elsewhere: what was tried, by whom, what came of it."""

    kind = Kind.ANSWER

    text = PlainField(
        label=gettext_lazy("¿Cómo se hace, y qué cambió?"),
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=gettext_lazy(
            "Qué se intentó, quién lo hizo, cuánto costó, qué no sirvió. Hasta 2000 signos; sin nombres."
        ),
    )
    city = forms.ChoiceField(label=gettext_lazy("¿De qué ciudad habla?"), required=False)
    voice = forms.ChoiceField(label=gettext_lazy("¿Quién habla?"), choices=VOICE_CHOICES, widget=forms.RadioSelect)
    source = PlainField(
        label=gettext_lazy("Dónde se puede leer más"),
        required=False,
        help_text=gettext_lazy("Un título o una dirección, si la hay."),
    )

    def __init__(self, *args: Any, problem: str, circle: Circle | None, **more: Any) -> None:
        """Offer the city that asks and its sisters."""
        super().__init__(*args, **more)
        self.problem = problem
        cities = [circle.home, *circle.others.values()] if circle else []
        self.fields["city"].choices = [("", _("Otra ciudad")), *((one.slug, one.name) for one in cities)]  # type: ignore[attr-defined]

    def content(self) -> dict[str, Any]:
        """Say which problem is answered."""
        return {**super().content(), "problem": self.problem}
