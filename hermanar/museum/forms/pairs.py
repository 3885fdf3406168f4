"""The desk's form of a pair: the question, how it is answered, and one side for each city."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.museum.blocks.records import RecordField
from hermanar.museum.rules.pairs import PairDraft, PairRefusedError, SideDraft
from hermanar.museum.vocabulary.pairs import Drawing, Mode, Theme

SIDES = ("first", "second")


def _text(label: Any, *, most: int, is_long: bool = False, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput()
    return forms.CharField(label=label, max_length=most, required=False, widget=widget, help_text=help_text)


def _number(label: Any, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=13, decimal_places=3, required=False, help_text=help_text)


class QuestionForm(forms.Form):
    """What is asked, and how a visitor answers."""

    question = _text(_("Pregunta"), most=160, help_text=_("La misma para las dos ciudades."))
    question_en = _text(_("Pregunta en inglés"), most=160)
    slug = forms.SlugField(label=_("Dirección"), max_length=80, help_text=_("Ya publicada, no cambia."))
    theme = forms.ChoiceField(label=_("Tema"), choices=Theme.choices)
    mode = forms.ChoiceField(label=_("Cómo se contesta"), choices=Mode.choices)
    choice = forms.TypedChoiceField(
        label=_("Si se desliza: cuál es la respuesta"), required=False, coerce=int, empty_value=None,
        choices=[("", "—"), ("0", _("la primera ciudad")), ("1", _("la segunda ciudad"))],
    )  # fmt: skip
    unit = _text(_("De qué es la cifra"), most=80, help_text=_("Habitantes, horas de luz, personas por vivienda…"))
    unit_en = _text(_("De qué es la cifra, en inglés"), most=80)
    lowest = _number(_("Si se adivina: mínimo"))
    highest = _number(_("Si se adivina: máximo"))
    step = _number(_("Si se adivina: paso"))
    drawing = forms.ChoiceField(label=_("Qué se dibuja de la cifra"), choices=Drawing.choices, required=False)
    note = _text(_("Qué pensar de ello, al final"), most=400, is_long=True)
    note_en = _text(_("Lo mismo en inglés"), most=400, is_long=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SideForm(forms.Form):
    """What is answered for one city; left empty, the page says that nobody has told it yet."""

    place = RecordField(kind="city", label=_("Ciudad"), required=False)
    answer = _text(_("Respuesta"), most=600, is_long=True, help_text=_("Vacía si nadie la sabe todavía."))
    answer_en = _text(_("Respuesta en inglés"), most=600, is_long=True)
    figure = _number(_("Cifra"), _("Si la respuesta es un número."))
    whole = _number(_("De cuántas"), _("Solo si la cifra es tantas de tantas."))
    source = _text(_("Quién lo afirma"), most=300)
    source_en = _text(_("Quién lo afirma, en inglés"), most=300)
    address = _text(_("Dónde se lee"), most=500, help_text="https://…")
    passage = _text(_("En qué parte"), most=300)
    as_of = _text(_("De cuándo es"), most=10, help_text=_("2020, 2020-06 o 2020-06-24"))


class PairForms:
    """The three forms of one page, checked together."""

    def __init__(self, data: Any = None, said: PairDraft | None = None, version: int | None = None) -> None:
        question = {name: getattr(said, name) for name in QuestionForm.base_fields if name != "version"} if said else {}
        self.question = QuestionForm(data, initial=question | {"version": version})
        self.sides = [
            SideForm(data, prefix=name, initial=_initial(said.sides[number]) if said else {})
            for number, name in enumerate(SIDES)
        ]

    def is_valid(self) -> bool:
        """Check each form, so that all that is wrong is said at once."""
        valid = [form.is_valid() for form in (self.question, *self.sides)]
        return all(valid)

    def said(self) -> PairDraft:
        """Return what was written, as the verbs take it."""
        given = {name: value for name, value in self.question.cleaned_data.items() if name != "version"}
        first, second = (SideDraft(**form.cleaned_data) for form in self.sides)
        return PairDraft(**given, sides=(first, second))

    def unlike(self, now: PairDraft) -> list[tuple[str, str]]:
        """Return what stands now where it is not what was written here: the label and the words of each field."""
        held: list[tuple[forms.Form, Any]] = [(self.question, now), *zip(self.sides, now.sides, strict=True)]
        return [
            (str(field.label), str(getattr(kept, name) if getattr(kept, name) not in {None, ""} else "—"))
            for form, kept in held
            for name, field in form.fields.items()
            if name != "version" and form.cleaned_data.get(name) != getattr(kept, name)
        ]

    def tell(self, refused: PairRefusedError) -> None:
        """Put each refusal beside the field it speaks of."""
        for flaw in refused.flaws:
            form = self.question if flaw.side is None else self.sides[flaw.side]
            form.add_error(flaw.field, str(flaw.refusal.label))


def _initial(side: SideDraft) -> dict[str, Any]:
    return {name: getattr(side, name) for name in SideForm.base_fields}
