"""What a reviewer writes: observations of passages, an opinion, and the letter that goes with either."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.models import Agreement, TextVersion
from hermanar.workspace.forms.words import DayField, SheetField

MOST_PASSAGES = 60
_LONGEST = 4_000


class ReviewForm(forms.Form):
    """The file as it was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)


class LetterFields(ReviewForm):
    """The official letter: its number and day, written here or brought signed, now or in an earlier try (`papers`)."""

    papers = forms.CharField(widget=forms.HiddenInput, required=False)
    on = DayField(label=_("Fecha del oficio"))
    letter = forms.CharField(label=_("Número del oficio"), max_length=120, required=False)
    paper = SheetField(
        label=_("Oficio firmado"),
        required=False,
        help_text=_("Si no lo tiene todavía, escríbalo abajo con los datos de esta página."),
    )
    is_written = forms.BooleanField(
        label=_("Guardar como oficio el que escribe el programa (PDF)"), required=False, initial=False
    )

    def clean(self) -> dict[str, Any]:
        """A letter that is kept has a number."""
        given = super().clean() or self.cleaned_data
        if given.get("is_written") and not given.get("letter", "").strip():
            self.add_error("letter", _("Escriba el número del oficio que se guarda."))
        return given


class NotesForm(ReviewForm):
    """What a state observes of the whole text."""

    reason = forms.CharField(
        label=_("Observación general"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lo que no toca a un pasaje en particular."),
    )


class ObservationsForm(NotesForm, LetterFields):
    """The round of observations as a whole, with its letter."""

    field_order = ("version", "seen_at", "reason", "on", "letter", "paper", "is_written")


class OpinionForm(LetterFields):
    """The opinion."""

    is_favourable = forms.ChoiceField(
        label=_("Dictamen"),
        choices=[
            ("", _("Elija")),
            ("yes", _("Favorable: puede firmarse el texto revisado")),
            ("no", _("No favorable: no procede firmarlo; el expediente vuelve a la oficina")),
        ],
    )
    reason = forms.CharField(
        label=_("Razones"), required=False, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    field_order = ("version", "seen_at", "is_favourable", "reason", "on", "letter", "paper", "is_written")

    def clean(self) -> dict[str, Any]:
        """An opinion against signing says why."""
        given = super().clean() or self.cleaned_data
        if given.get("is_favourable") == "no" and not given.get("reason", "").strip():
            self.add_error("reason", _("Diga por qué no procede."))
        return given


class PassageForm(forms.Form):
    """What is said of one passage; left without a comment it says nothing."""

    place = forms.CharField(widget=forms.HiddenInput)
    quote = forms.CharField(
        label=_("Pasaje"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Déjelo entero, o deje solo las palabras que observa."),
    )
    comment = forms.CharField(
        label=_("Observación"), required=False, max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, versions: dict[UUID, TextVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = versions
        self.fields["quote"].required = False
        found = place_of(str(self["place"].value() or ""), versions)
        self.paragraph_version = found[0] if found else None
        self.number = found[1] if found else None

    def clean(self) -> dict[str, Any]:
        """The words must stand in the paragraph they are said of."""
        given = super().clean() or self.cleaned_data
        if self.paragraph_version is None or self.number is None:
            raise forms.ValidationError(_("Ese pasaje no es de este expediente."))
        words = " ".join(str(given.get("quote", "")).split())
        paragraph = " ".join(self.paragraph_version.paragraphs[self.number - 1].split())
        if words not in paragraph:
            self.add_error("quote", _("Estas palabras no están en el párrafo: cópielas tal cual."))
        given["quote"] = words or paragraph
        return given


PassageSet = forms.formset_factory(PassageForm, extra=0, max_num=MOST_PASSAGES, absolute_max=MOST_PASSAGES)


def newest_versions(kept: Agreement) -> dict[UUID, TextVersion]:
    """Return the newest version of each text of a file, by its key."""
    found: dict[UUID, TextVersion] = {}
    for text in kept.texts.all():
        newest = text.versions.select_related("text").order_by("-number").first()
        if newest:
            found[newest.pk] = newest
    return found


def place_of(word: str, versions: dict[UUID, TextVersion]) -> tuple[TextVersion, int] | None:
    """Read `version:paragraph`; None for what is not a paragraph of these versions."""
    key, _colon, number = word.partition(":")
    try:
        version = versions.get(UUID(key))
        at = int(number)
    except ValueError:
        return None
    if version is None or not 1 <= at <= len(version.paragraphs):
        return None
    return version, at
