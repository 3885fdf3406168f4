"""The form of an event at the desk: what a person knows of it, in words; the verb decides what may be kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.museum.actions.events import EventDraft
from hermanar.museum.models import Event
from hermanar.museum.vocabulary.events import EventKind
from hermanar.ui.inputs import DayInput, HourInput

_DAY, _HOUR = DayInput(), HourInput()


class EventForm(forms.ModelForm):
    """An event as an editor tells it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    city = forms.ChoiceField(label=_("En qué ciudad"), required=False)
    cities = forms.MultipleChoiceField(
        label=_("Ciudades hermanas que toca"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more_url = forms.CharField(label=_("Dirección para saber más"), max_length=500, required=False)
    part_of = forms.ChoiceField(label=_("Es parte de"), required=False)

    class Meta:
        model = Event
        fields = [
            "kind", "title", "title_en", "description", "description_en", "starts_on", "ends_on", "starts_at",
            "ends_at", "time_zone", "every_years", "place", "organiser", "more_url", "source", "passage", "as_of",
        ]  # fmt: skip
        labels = {
            "kind": _("Qué es"), "title": _("Título"), "title_en": _("Título en inglés"),
            "description": _("Descripción"), "description_en": _("Descripción en inglés"),
            "starts_on": _("Empieza el día"), "ends_on": _("Último día, si son varios"),
            "starts_at": _("A qué hora"), "ends_at": _("Hasta qué hora"), "time_zone": _("Zona horaria del lugar"),
            "every_years": _("Cada cuántos años"), "place": _("Lugar"), "organiser": _("Quién organiza"),
            "source": _("Fuente"), "passage": _("Dónde lo dice la fuente"),
            "as_of": _("De cuándo es el dato"),
        }  # fmt: skip
        help_texts = {
            "starts_on": _("Déjelo vacío si nadie lo sabe."),
            "starts_at": _("En la hora del lugar. Vacía: todo el día."),
            "time_zone": _("Como America/Mexico_City o America/Los_Angeles."),
        }
        widgets = {"starts_on": _DAY, "ends_on": _DAY, "starts_at": _HOUR, "ends_at": _HOUR}

    def __init__(self, *args: Any, places: list[tuple[str, str]], wholes: list[tuple[str, str]], **more: Any) -> None:
        """Offer the cities of the circle and what an event can be part of."""
        super().__init__(*args, **more)
        choices = {"city": [("", "—"), *places], "cities": places, "part_of": [("", "—"), *wholes]}
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        self.fields["time_zone"].widget = forms.Select(choices=[(zone, zone) for zone in sorted(available_timezones())])

    def _post_clean(self) -> None:
        """Leave the rules to the verb: a second opinion of the model would say the same in other words."""

    def draft(self) -> EventDraft:
        """Return what was told."""
        told = dict(self.cleaned_data)
        for name in ("key", "version"):
            del told[name]
        source = told.pop("source")
        part_of = told.pop("part_of")
        told |= {"kind": EventKind(told["kind"]), "cities": tuple(told["cities"])}
        return EventDraft(**told, source=source.pk if source else None, part_of=UUID(part_of) if part_of else None)


class StateForm(forms.Form):
    """What is done to an event that is kept: one step, with its reason where one is needed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("Por qué"), max_length=500, required=False)
    note_en = forms.CharField(label=_("Por qué, en inglés"), max_length=500, required=False)
