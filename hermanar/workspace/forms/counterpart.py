"""The link for a sister city's contact, and what the contact says by it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.models import Agreement, CounterpartLink, Party
from hermanar.agreements.rules import LONGEST_TERM
from hermanar.agreements.vocabulary import Kind, Role
from hermanar.agreements.vocabulary.procedure import Answer
from hermanar.workspace.forms.words import partial_day

# The page behind the link is written in these.
LINK_LANGUAGES = (("es", _("español")), ("en", _("inglés")))
_LONGEST_NOTE = 1_000
_SAYING = {Answer.CORRECTS, Answer.KNOWS_OTHER}  # the answers that say something of the tie


class OtherSideForm(forms.Form):
    """A form about one of the cities on the other side of a tie."""

    party = forms.ChoiceField(label=_("¿De qué ciudad?"))

    def __init__(self, *args: Any, kept: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = kept.parties.filter(role=Role.COUNTERPART).select_related("place")
        self.parties: dict[str, Party] = {str(one.pk): one for one in others}
        names = [(key, one.name_as_written or one.place.name) for key, one in self.parties.items()]
        self.fields["party"].choices = names  # type: ignore[attr-defined]


class LinkForm(OtherSideForm):
    """For whom a link is made, and in which language it speaks."""

    language = forms.ChoiceField(label=_("Idioma de la página"), choices=LINK_LANGUAGES)
    contact = forms.CharField(
        label=_("Para quién"),
        max_length=200,
        help_text=_("Nombre y correo del contacto. Un enlace nuevo para la misma persona anula el anterior."),
    )


class WordForm(forms.Form):
    """What the sister city says of the tie."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("¿Qué nos dice?"),
        choices=[
            (Answer.CONFIRMS.value, _("Sí, así es")),
            (Answer.CORRECTS.value, _("Existe, pero hay algo que corregir")),
            (Answer.KNOWS_OTHER.value, _("Conocemos otra cosa: no es un hermanamiento, o es otro acuerdo")),
            (Answer.DOES_NOT_KNOW.value, _("No lo conocemos")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija una respuesta.")},
    )
    kind = forms.ChoiceField(
        label=_("Qué se firmó"),
        required=False,
        choices=[("", "—"), *((one.value, one.label) for one in Kind if one is not Kind.UNKNOWN)],
    )
    signed_on = forms.CharField(
        label=_("Cuándo se firmó"),
        required=False,
        max_length=10,
        help_text=_("Año, año-mes o año-mes-día: 1987, 1987-12, 1987-12-21."),
    )
    term_years = forms.IntegerField(label=_("Por cuántos años"), required=False, min_value=1, max_value=LONGEST_TERM)
    note = forms.CharField(
        label=_("Qué conoce su ciudad, en sus palabras"),
        required=False,
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Esto se publica, con el nombre de su ciudad y la fecha de hoy."),
    )
    comment = forms.CharField(
        label=_("Algo solo para la oficina"),
        required=False,
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("No se publica."),
    )
    spoken_by = forms.CharField(
        label=_("Su nombre y cargo"), max_length=200, required=False, help_text=_("No se publica.")
    )

    def clean_signed_on(self) -> str:
        """Read a date as far as it is known."""
        try:
            return str(partial_day(str(self.cleaned_data["signed_on"])))
        except ValueError as error:
            raise forms.ValidationError(_("No es una fecha: escriba 1987, 1987-12 o 1987-12-21.")) from error

    def clean(self) -> dict[str, Any]:
        """A correction corrects something; another instrument is named; what would not be kept is not thanked for."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        if given.get("answer") not in _SAYING and self._written():
            self.add_error(
                "answer",
                _(
                    "Abajo escribió algo que con esta respuesta no se guarda: elija otra respuesta, bórrelo o"
                    " escríbalo en «Algo solo para la oficina»."
                ),
            )
        if given.get("answer") == Answer.CORRECTS and not self.said():
            self.add_error("answer", _("Escriba abajo qué hay que corregir."))
        if given.get("answer") == Answer.KNOWS_OTHER and not (given.get("note", "").strip() or given.get("kind")):
            self.add_error("note", _("Diga qué acuerdo conoce su ciudad."))
        return given

    def said(self) -> dict[str, str]:
        """Return the fields that are said to be otherwise; a mere yes or no says none."""
        return self._written() if self.cleaned_data.get("answer") in _SAYING else {}

    def _written(self) -> dict[str, str]:
        values = {name: self.cleaned_data.get(name) for name in ("kind", "signed_on", "term_years", "note")}
        return {name: str(value).strip() for name, value in values.items() if value and str(value).strip()}


def is_open(link: CounterpartLink, *, now: Any) -> bool:
    """Say whether a link can still be used."""
    return link.withdrawn_at is None and link.expires_at > now
