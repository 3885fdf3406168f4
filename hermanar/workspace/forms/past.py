"""Taking over what is documented of one's own city, and entering what nobody documented yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.vocabulary import Kind
from hermanar.directory.models import Place
from hermanar.foundation.calendar import PartialDate
from hermanar.workspace.forms.files import OpenForm
from hermanar.workspace.forms.words import partial_day

_NOT_ASKED = ("areas", "languages", "planned_signature_on", "term_years", "is_open_ended")


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

    signed = forms.CharField(
        label=_("¿Cuándo se firmó?"),
        required=False,
        max_length=10,
        help_text=_("Lo que conste: 1987, 1987-12 o 1987-12-21. Si no consta, déjelo vacío."),
    )
    source = forms.CharField(
        label=_("¿En qué papel consta y dónde se guarda?"),
        max_length=300,
        help_text=_("Por ejemplo: acta de cabildo 14, Archivo Histórico Municipal, caja 12."),
    )

    def __init__(self, *args: Any, own: Place | None, **kwargs: Any) -> None:
        super().__init__(*args, own=own, **kwargs)
        for name in _NOT_ASKED:
            del self.fields[name]
        self.fields["standing"].label = _("¿Quién firmó allá?")
        self.fields["kind"].label = _("¿Qué se firmó?")
        self.fields["kind"].choices = Kind.choices  # type: ignore[attr-defined]
        self.fields["name_as_written"].label = _("Nombre de quien firmó allá, si no es el de la ciudad")

    def clean_signed(self) -> PartialDate:
        """Read a date as far as it is known."""
        try:
            return partial_day(str(self.cleaned_data["signed"]))
        except ValueError as error:
            raise forms.ValidationError(_("No es una fecha: escriba 1987, 1987-12 o 1987-12-21.")) from error
