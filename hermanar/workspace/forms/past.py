"""Taking over what is documented of one's own city, and entering what nobody documented yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Kind, Registered
from hermanar.directory.models import Place
from hermanar.foundation.calendar import PartialDate
from hermanar.workspace.forms.files import OpenForm, ShownForm, term_fields
from hermanar.workspace.forms.words import partial_day

_NOT_ASKED = ("areas", "languages", "planned_signature_on")


class PartialDayField(forms.CharField):
    """A date as far as it is known; its value is a `PartialDate`."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = _("Lo que conste: 1987, 1987-12 o 1987-12-21. Si no consta, déjelo vacío.")
        super().__init__(**{"required": False, "max_length": 10, "help_text": help_text, **kwargs})

    def clean(self, value: Any) -> PartialDate:
        """Read a date as far as it is known. Raises ValidationError for what is none."""
        try:
            return partial_day(str(super().clean(value)))
        except ValueError as error:
            raise forms.ValidationError(_("No es una fecha: escriba 1987, 1987-12 o 1987-12-21.")) from error


def _paper() -> forms.CharField:
    return forms.CharField(
        label=_("¿En qué papel consta y dónde se guarda?"),
        max_length=300,
        help_text=_("Por ejemplo: acta de cabildo 14, Archivo Histórico Municipal, caja 12."),
    )


class _Checked(forms.MultipleChoiceField):
    """Boxes whose worth the verb weighs: one that a colleague ticked a moment ago is no longer offered, nor wrong."""

    def valid_value(self, value: Any) -> bool:
        """Take every key; `take_over` says which exist."""
        try:
            UUID(str(value))
        except ValueError:
            return False
        return True


class TakeOverForm(forms.Form):
    """Which of the documented agreements become files of the office."""

    agreements = _Checked(
        label=_("¿Cuáles lleva esta oficina?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Marque al menos uno.")},
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreements"].choices = offered  # type: ignore[attr-defined]
        self.initial["agreements"] = [key for key, _label in offered]

    def keys(self) -> list[UUID]:
        """Return what was marked."""
        return [UUID(key) for key in self.cleaned_data["agreements"]]


class PastForm(OpenForm):
    """A past agreement: with whom, what, when as far as it is known, and the paper that says so."""

    signed = PartialDayField(label=_("¿Cuándo se firmó?"))
    source = _paper()

    def __init__(self, *args: Any, own: Place | None, **kwargs: Any) -> None:
        super().__init__(*args, own=own, **kwargs)
        for name in _NOT_ASKED:
            del self.fields[name]
        self.fields["standing"].label = _("¿Quién firmó allá?")
        self.fields["kind"].label = _("¿Qué se firmó?")
        self.fields["kind"].choices = Kind.choices  # type: ignore[attr-defined]
        self.fields["name_as_written"].label = _("Nombre de quien firmó allá, si no es el de la ciudad")


class CorrectForm(ShownForm):
    """What a past agreement says, put right on the word of a paper."""

    kind = forms.ChoiceField(label=_("¿Qué se firmó?"), choices=Kind.choices)
    signed = PartialDayField(label=_("¿Cuándo se firmó?"))
    registered = forms.ChoiceField(label=_("¿Está inscrito en la Cancillería?"), choices=Registered.choices)
    registration_number = forms.CharField(label=_("Número de inscripción"), max_length=80, required=False)
    registered_on = PartialDayField(label=_("¿Cuándo se inscribió?"))
    source = _paper()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(term_fields())
        self.order_fields(["title_es", "title_en", "kind", "signed", "term_years", "is_open_ended"])

    def clean(self) -> dict[str, Any]:
        """Refuse what is said of an entry in the register that is not there."""
        given = super().clean()
        entry = {"registered", "registration_number", "registered_on"}
        if given.get("registered") == Registered.YES or not entry & set(self.changed_data):
            return given
        for name in ("registration_number", "registered_on"):
            if str(given.get(name, "")):
                self.add_error(name, _("Es de una inscripción: diga que está inscrito, o bórrelo."))
        return given

    def said(self) -> dict[str, Any]:
        """Return what the form says of the record, column by column."""
        given = self.cleaned_data
        columns = ("title_es", "title_en", "kind", "term_years", "is_open_ended", "registered", "registration_number")
        return {
            **{name: given[name] for name in columns},
            "signed_on": given["signed"].on,
            "signed_precision": given["signed"].precision.value,
            "registered_on": str(given["registered_on"]),
        }


def written(kept: Agreement) -> dict[str, Any]:
    """Return what a past agreement says, as the form shows it."""
    columns = ("title_es", "title_en", "kind", "term_years", "is_open_ended")
    entry = ("registered", "registration_number", "registered_on")
    return {**{name: getattr(kept, name) for name in (*columns, *entry)}, "signed": str(kept.signed)}
