"""A gift: what came or went, told once; where it is kept, why it is withdrawn."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hermanar.cooperation.actions import GiftDraft, Sent
from hermanar.cooperation.rules import PlaceFacts, Shown, known_currencies, plain_amount
from hermanar.cooperation.vocabulary import GiftKind, GiftRefusal, GiftSide, Keeping, Purpose
from hermanar.foundation.calendar import PartialDate
from hermanar.foundation.models import Document, uuid7
from hermanar.workspace.forms.sending import typed
from hermanar.workspace.forms.words import partial_day

_FIRST_CURRENCIES = ("MXN", "USD", "EUR", "CAD", "MXP")
_DATE_HINT = _("Lo que conste: 2005, 2005-06 o 2005-06-21. Si no se sabe, déjelo vacío.")
# The field that a refusal is about.
FIELD_OF = {
    GiftRefusal.FUTURE_DATE: "on",
    GiftRefusal.BEFORE_TIE: "on",
    GiftRefusal.NO_PURPOSE: "purpose",
    GiftRefusal.PURPOSE_OF_GIFT: "purpose",
    GiftRefusal.NOT_ABOVE_ZERO: "value",
    GiftRefusal.VALUE_TOO_LARGE: "value",
    GiftRefusal.NO_VALUE: "value",
    GiftRefusal.NO_CURRENCY: "currency",
    GiftRefusal.UNKNOWN_CURRENCY: "currency",
    GiftRefusal.CURRENCY_OF_OTHER_YEAR: "currency",
    GiftRefusal.NO_PLACE: "place",
    GiftRefusal.PLACE_UNSOUGHT: "place",
    GiftRefusal.KEPT_IN_FUTURE: "since",
    GiftRefusal.BEFORE_GIVEN: "since",
    GiftRefusal.NO_ALTERNATIVE: "photograph_alternative",
    GiftRefusal.NO_RIGHTS: "photograph_rights",
    GiftRefusal.NOT_A_PICTURE: "photograph",
    GiftRefusal.NOT_DOCUMENTED: "documented_as",
    GiftRefusal.ALREADY_TOLD: "documented_as",
    GiftRefusal.NO_REASON: "reason",
}


def currency_name(code: str) -> str:
    """Return the name of a currency in the reader's language."""
    return _currency_names((get_language() or "es")[:2]).get(code, code)


@functools.cache
def _currency_names(language: str) -> dict[str, str]:
    names = Locale("en" if language == "en" else "es").currencies
    return {code: str(names.get(code, code)) for code in known_currencies()}


def currency_choices() -> list[Any]:
    """Return the currencies to choose from: those of every day first, then all, also of earlier times."""
    named = _currency_names((get_language() or "es")[:2])
    first = [(code, f"{code} · {named[code]}") for code in _FIRST_CURRENCIES]
    every = [(code, f"{code} · {name}") for code, name in sorted(named.items())]
    return [("", _("no se conoce el valor")), (_("Las más usadas"), first), (_("Todas, también las de antes"), every)]


class PartialDateField(forms.CharField):
    """A date as far as it is known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=10, help_text=_DATE_HINT, **kwargs)

    def clean(self, value: Any) -> Any:
        """Read 2005, 2005-06 or 2005-06-21; nothing is an unknown date."""
        try:
            return partial_day(str(super().clean(value) or ""))
        except ValueError as error:
            raise forms.ValidationError(_("No es una fecha: escriba 2005, 2005-06 o 2005-06-21.")) from error


class AmountField(forms.DecimalField):
    """An amount as people write one: 15,000.50. A comma parts thousands and nothing else; who means cents is asked."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        """Read an amount without its thousands' marks."""
        if isinstance(value, str):
            figure = plain_amount(value)
            if figure is None:
                raise forms.ValidationError(
                    _("La coma separa millares y el punto, centavos: escriba 15,000.50 o 15000.50.")
                )
            value = figure
        return super().to_python(value)


class Kept(forms.Form):
    """What every form of a gift that exists carries: the version the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def refuse(self, refusals: Iterable[GiftRefusal]) -> None:
        """Put each refusal beside its field, or at the top where the form has none for it."""
        for refusal in refusals:
            name = FIELD_OF.get(refusal)
            self.add_error(name if name in self.fields else None, str(refusal.label))


class WhereFields(Kept):
    """Where a gift is kept."""

    state = forms.ChoiceField(
        label=_("¿Dónde está ahora?"), choices=Keeping.choices, widget=forms.RadioSelect, initial=Keeping.KEPT.value
    )
    place = forms.CharField(
        label=_("Lugar donde se guarda"), required=False, max_length=200,
        help_text=_("Por ejemplo: sala de cabildo, vitrina 2; Museo de la Ciudad, bodega."),
    )  # fmt: skip
    since = PartialDateField(label=_("¿Desde cuándo?"))

    def where(self) -> PlaceFacts:
        """Return where the gift is, as the person says."""
        given = self.cleaned_data
        return PlaceFacts(Keeping(given["state"]), given["place"].strip(), given["since"])


class WhereaboutsForm(WhereFields):
    """Where a gift is now; what was said before stays."""

    note = forms.CharField(
        label=_("¿Cómo se sabe?"), required=False, max_length=300,
        help_text=_("Quién lo vio, número de inventario, por qué cambió de lugar."),
    )  # fmt: skip


class WithdrawForm(Kept):
    """Why a record should not stand."""

    reason = forms.CharField(
        label=_("¿Por qué se retira?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Por ejemplo: está asentado dos veces, o era de otra ciudad."),
    )  # fmt: skip


class PublishForm(Kept):
    """What the public sees of a gift besides what it is; each asked with the very words it will read."""

    photograph = forms.BooleanField(label=_("Mostrar su fotografía"), required=False)
    place = forms.BooleanField(label=_("Mostrar dónde se guarda"), required=False)
    names = forms.BooleanField(
        label=_("Mostrar los nombres de quien lo dio y de quien lo recibió, y lo que se dijo al darlo"), required=False
    )

    def __init__(self, *args: Any, told: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("photograph", "place", "names"):
            if told.get(name):
                self.fields[name].help_text = told[name]
            else:  # there is nothing to show
                del self.fields[name]

    def shown(self) -> Shown:
        """Return what is shown, as the person says."""
        given = self.cleaned_data
        return Shown(**{name: given.get(name, False) for name in ("photograph", "place", "names")})


class GiftForm(WhereFields):
    """A gift as a person tells it."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    sent = forms.CharField(widget=forms.HiddenInput, required=False)  # the photograph an earlier try has sent
    side = forms.ChoiceField(label=_("¿Llegó o salió?"), choices=GiftSide.choices, widget=forms.RadioSelect)
    agreement = forms.TypedChoiceField(label=_("¿De qué acuerdo?"), coerce=UUID)
    title_es = forms.CharField(
        label=_("¿Qué es?"), max_length=200, help_text=_("En pocas palabras: «Óleo de la plaza de Ashland».")
    )
    kind = forms.ChoiceField(label=_("Clase"), choices=GiftKind.choices)
    on = PartialDateField(label=_("¿Cuándo se dio?"))
    is_early = forms.BooleanField(label=_("Sí: se dio antes de firmar el acuerdo"), required=False)
    is_donation = forms.BooleanField(
        label=_("Es una donación"),
        required=False,
        help_text=_("Ayuda de una parte a la otra. Se cuenta aparte: no hace de ida y vuelta un lazo."),
    )
    purpose = forms.ChoiceField(
        label=_("¿Para qué fue la donación?"), required=False, choices=[("", "—"), *Purpose.choices]
    )
    documented_as = forms.TypedChoiceField(
        label=_("¿Es una donación ya documentada?"), required=False, coerce=UUID, empty_value=None,
        help_text=_("Así no se cuenta dos veces."),
        error_messages={"invalid_choice": _("Esa donación no es de la oficina, o ya la cuenta otro regalo.")},
    )  # fmt: skip
    giver = forms.CharField(label=_("¿Quién lo dio?"), required=False, max_length=200)
    receiver = forms.CharField(label=_("¿Quién lo recibió?"), required=False, max_length=200)
    words = forms.CharField(
        label=_("Las palabras con que se dio"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("La dedicatoria, lo que dice la placa."),
    )  # fmt: skip
    value = AmountField(
        label=_("Valor cuando se dio"), required=False, max_digits=14, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}), help_text=_("Si no se conoce, déjelo vacío."),
        error_messages={"invalid": _("No es una cantidad: escriba cifras, como 15000.50.")},
    )  # fmt: skip
    currency = forms.ChoiceField(
        label=_("Moneda"), required=False, error_messages={"invalid_choice": GiftRefusal.UNKNOWN_CURRENCY.label}
    )
    source = forms.CharField(
        label=_("¿Cómo se sabe?"), max_length=300,
        help_text=_(
            "El papel en que consta y su fecha: un inventario, un acta, una nota de prensa. Sin nombres de personas: "
            "si el regalo se publica, se lee tal cual."
        ),
    )  # fmt: skip
    story_es = forms.CharField(
        label=_("Su historia"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )
    story_en = forms.CharField(
        label=_("Su historia en inglés"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 4})
    )
    title_en = forms.CharField(label=_("Qué es, en inglés"), required=False, max_length=200)
    photograph = forms.FileField(
        label=_("Fotografía"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp"}),
        help_text=_("Se guarda sin el lugar ni la cámara con que se tomó."),
    )
    photograph_alternative = forms.CharField(
        label=_("¿Qué se ve en la fotografía?"), required=False, max_length=300,
        help_text=_("Para quien no puede verla."),
    )  # fmt: skip
    photograph_rights = forms.CharField(
        label=_("¿De quién es la fotografía y con qué permiso se usa?"), required=False, max_length=200
    )
    drops_photograph = forms.BooleanField(label=_("Quitar la fotografía"), required=False)

    def __init__(
        self,
        *args: Any,
        office: UUID,
        ties: Sequence[tuple[str, str]],
        documented: Sequence[tuple[str, str]],
        mends: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        self.fields["agreement"].choices = [("", "—"), *ties]  # type: ignore[attr-defined]
        self.fields["currency"].choices = currency_choices()  # type: ignore[attr-defined]
        self.fields["documented_as"].choices = [("", _("no")), *documented]  # type: ignore[attr-defined]
        if not documented and not self.data.get("documented_as"):  # what was offered before may be told since
            del self.fields["documented_as"]
        if mends:
            for name in ("state", "place", "since"):
                del self.fields[name]
        else:
            del self.fields["drops_photograph"]
            self.initial.setdefault("key", uuid7())
            self.initial.setdefault("version", 0)

    def earlier(self) -> Document | None:
        """Return the photograph that an earlier try of this form has sent."""
        try:
            key = UUID(str(self.data.get("sent", "")))
        except ValueError:
            return None
        return Document.objects.filter(pk=key, office=self.office).first()

    def remember(self, document: Document) -> None:
        """Keep in the form which photograph it has sent."""
        data = typed(self)
        data["sent"] = str(document.pk)
        self.data = data

    def _photograph(self, known: UUID | None) -> Sent | UUID | None:
        if new := self.cleaned_data.get("photograph"):
            new.file.seek(0)
            return Sent(new.file, new.name or "fotografia")
        if earlier := self.earlier():
            return earlier.pk
        return None if self.cleaned_data.get("drops_photograph") else known

    def draft(self, *, photograph: UUID | None) -> GiftDraft:
        """Return what was told; a photograph kept before stays unless it is taken away or another is sent."""
        given = self.cleaned_data
        kept = self._photograph(photograph)
        on = given["on"]
        assert isinstance(on, PartialDate)
        return GiftDraft(
            agreement=given["agreement"],
            side=GiftSide(given["side"]),
            kind=GiftKind(given["kind"]),
            purpose=Purpose(given["purpose"]) if given["purpose"] else None,
            on=on,
            documented_as=given.get("documented_as"),
            photograph=kept,
            photograph_rights=given["photograph_rights"] if kept else "",
            photograph_alternative=given["photograph_alternative"] if kept else "",
            **{name: given[name] for name in _AS_TYPED},
        )


_AS_TYPED = (
    "title_es", "title_en", "source", "is_donation", "giver", "receiver", "words", "is_early", "value", "currency",
    "story_es", "story_en",
)  # fmt: skip
