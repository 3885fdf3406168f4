"""The forms of the business corner and of the ways to support, at the desk; the verbs decide what may be kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.museum.actions.offers import OfferDraft, WayDraft
from hermanar.museum.models import Offer, SupportWay
from hermanar.museum.vocabulary.offers import OfferKind, Sector, WayKind
from hermanar.ui.inputs import DayInput


class _KeptForm(forms.ModelForm):
    """A form of the desk: under a key, at the version that was read."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def _post_clean(self) -> None:
        """Leave the rules to the verb: a second opinion of the model would say the same in other words."""

    def told(self) -> dict[str, Any]:
        """Return what was told, without the form's own fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"key", "version"}}


class OfferForm(_KeptForm):
    """An offer as an editor tells it."""

    city = forms.ChoiceField(label=_("De qué ciudad"), required=False)
    source_url = forms.CharField(label=_("Dirección de la fuente"), max_length=500, required=False)

    class Meta:
        model = Offer
        fields = [
            "kind", "sector", "title", "title_en", "description", "description_en", "amount", "currency",
            "contact_post", "source", "source_url", "as_of",
        ]  # fmt: skip
        labels = {
            "kind": _("Qué es"), "sector": _("Sector"), "title": _("Título"), "title_en": _("Título en inglés"),
            "description": _("Descripción"), "description_en": _("Descripción en inglés"), "amount": _("Monto"),
            "currency": _("Moneda"), "contact_post": _("Cargo o área que atiende"), "source": _("Fuente"),
            "as_of": _("De cuándo es el dato"),
        }  # fmt: skip
        help_texts = {
            "currency": _("Tres letras: MXN, USD."),
            "contact_post": _("Nunca una persona, un correo ni un teléfono."),
        }
        widgets = {"as_of": DayInput()}

    def __init__(self, *args: Any, places: list[tuple[str, str]], **more: Any) -> None:
        """Offer the cities of whoever works here."""
        super().__init__(*args, **more)
        self.fields["city"].choices = [("", "—"), *places]  # type: ignore[attr-defined]

    def draft(self) -> OfferDraft:
        """Return what was told."""
        told = self.told()
        return OfferDraft(**told | {"kind": OfferKind(told["kind"]), "sector": Sector(told["sector"])})


class WayForm(_KeptForm):
    """A link to support the museum."""

    url = forms.CharField(label=_("Dirección"), max_length=500)

    class Meta:
        model = SupportWay
        fields = ["kind", "title", "title_en", "note", "note_en", "url"]
        labels = {
            "kind": _("Qué es"), "title": _("Título"), "title_en": _("Título en inglés"), "note": _("Nota"),
            "note_en": _("Nota en inglés"),
        }  # fmt: skip

    def draft(self) -> WayDraft:
        """Return what was told."""
        told = self.told()
        return WayDraft(**told | {"kind": WayKind(told["kind"])})
