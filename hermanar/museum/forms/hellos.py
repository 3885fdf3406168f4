"""The form of a hello: between which two cities, what is drawn, and a few words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.foundation.intake import Kind
from hermanar.foundation.intake.kinds import MOST_STAMPS
from hermanar.foundation.intake.words import CODE_LABELS
from hermanar.museum.forms.sending import PlainField, SendingForm
from hermanar.museum.queries.sisters import Circle

SCENE_CHOICES, WALL_CHOICES, STAMP_CHOICES = (tuple(CODE_LABELS[name].items()) for name in ("scene", "wall", "stamps"))


class HelloForm(SendingForm):
    """A postcard from one city to its sister."""

    kind = Kind.HELLO

    pair = forms.ChoiceField(label=gettext_lazy("¿Entre qué ciudades?"))
    scene = forms.ChoiceField(label=gettext_lazy("El dibujo"), choices=SCENE_CHOICES, widget=forms.RadioSelect)
    wall = forms.ChoiceField(label=gettext_lazy("El muro"), choices=WALL_CHOICES, widget=forms.RadioSelect)
    stamps = forms.MultipleChoiceField(
        label=gettext_lazy("Los sellos"), choices=STAMP_CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    text = PlainField(
        label=gettext_lazy("Sus palabras"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Hasta 280 signos. No ponga su nombre ni el de nadie."),
    )

    def __init__(self, *args: Any, circle: Circle, **more: Any) -> None:
        """Offer the city's sisters, either way."""
        super().__init__(*args, **more)
        self.circle = circle
        home, others = circle.home, circle.others.values()
        self.fields["pair"].choices = [  # type: ignore[attr-defined]
            (
                _("Desde %(city)s") % {"city": home.name},
                [(f"{home.slug}/{one.slug}", _("a %(city)s") % {"city": one.name}) for one in others],
            ),
            (
                _("Hacia %(city)s") % {"city": home.name},
                [(f"{one.slug}/{home.slug}", _("desde %(city)s") % {"city": one.name}) for one in others],
            ),
        ]

    def clean_stamps(self) -> list[str]:
        """Keep a card from being papered over."""
        stamps: list[str] = self.cleaned_data["stamps"]
        if len(stamps) > MOST_STAMPS:
            raise forms.ValidationError(_("Caben %(most)d sellos.") % {"most": MOST_STAMPS})
        return stamps

    def content(self) -> dict[str, Any]:
        """Write the two cities apart."""
        sender, receiver = self.cleaned_data["pair"].split("/")
        names = ("scene", "wall", "stamps", "text")
        return {"sender": sender, "receiver": receiver, **{name: self.cleaned_data[name] for name in names}}
