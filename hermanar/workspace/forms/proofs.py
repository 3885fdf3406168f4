"""The form of a proof page: the event, and the activities its programme is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.cooperation.actions.proofs import ProofDraft
from hermanar.cooperation.vocabulary.proofs import ProofRefusal
from hermanar.workspace.forms.words import DayField

FIELD_OF = {
    ProofRefusal.NO_TITLE: "title_es",
    ProofRefusal.NO_PLACE: "place",
    ProofRefusal.ENDS_BEFORE_BEGIN: "ends_on",
    ProofRefusal.TOO_LONG: "ends_on",
    ProofRefusal.TO_COME: "ends_on",
    ProofRefusal.NO_ACTIVITY: "activities",
    ProofRefusal.OF_OTHER_TIE: "activities",
    ProofRefusal.OUTSIDE: "activities",
    ProofRefusal.NO_DAY: "activities",
}


class ProofForm(forms.Form):
    """An event as it will be shown to whoever paid for it."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title_es = forms.CharField(label=_("Nombre del encuentro"), max_length=200)
    title_en = forms.CharField(
        label=_("Nombre, en inglés"), required=False, max_length=200, widget=forms.TextInput(attrs={"lang": "en"})
    )
    place = forms.CharField(label=_("¿En qué ciudad fue?"), max_length=200)
    country = forms.ChoiceField(label=_("¿En qué país?"))
    starts_on = DayField(label=_("Primer día"))
    ends_on = DayField(label=_("Último día"))
    activities = forms.TypedMultipleChoiceField(
        label=_("¿Qué actividades son del encuentro?"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De ellas salen el programa diario, los participantes y las fotografías con permiso."),
    )
    grant = forms.CharField(
        label=_("Programa y número del proyecto"),
        required=False,
        max_length=200,
        help_text=_("Como está en el convenio de la subvención: «CERV-2026-CITIZENS-TOWN-TT, 101…»."),
    )
    acknowledgement = forms.CharField(
        label=_("Frase de reconocimiento"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("La que pide el programa, en su idioma y con sus palabras: cópiela del convenio."),
    )

    def __init__(
        self,
        *args: Any,
        countries: Sequence[tuple[str, str]],
        offered: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("country", countries), ("activities", offered)):
            field: Any = self.fields[name]
            field.choices = choices

    def draft(self) -> ProofDraft:
        """Return the page as it was written; only of a form that is valid."""
        given = {name: self.cleaned_data[name] for name in self.cleaned_data if name not in {"key", "version"}}
        return ProofDraft(**given)

    def refuse(self, refusals: Iterable[ProofRefusal]) -> None:
        """Say each refusal beside its field."""
        for refusal in refusals:
            self.add_error(FIELD_OF.get(refusal), str(refusal.label))
