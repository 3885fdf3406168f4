"""What a person writes in a paper, and an office's own Word file for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hermanar.workspace.forms.words import DayField, SheetField
from hermanar.workspace.papers import DAY, LINES, NUMBER, ROWS, PaperKind, kind_of, uncounted, words_of, written_as

_HINTS: dict[str, Any] = {
    "recipient_unit": _("Puede quedar vacía: el cargo ya la nombra."),
    "recipient": _("Si no lo sabe, déjelo: el oficio va dirigido a quien ocupe el cargo."),
    "activities": _("Una por renglón: objetivo | actividad | inicio | término | responsable"),
    "staff": _("Uno por renglón: perfil | número | estadía"),
}


class PaperForm(forms.Form):
    """The facts that no record holds, prefilled with what the record and earlier papers say."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: PaperKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in kind.asked:
            self.fields[name] = _field(kind, name)

    def clean_staff(self) -> str:
        """Refuse a row whose number is none: the paper would be written without it, and nobody told."""
        text: str = self.cleaned_data["staff"]
        wrong = _("Renglón %(row)d: «%(said)s» no es un número de personas. Escríbalo con cifras, seis a lo más.")
        if rows := uncounted(text):
            raise forms.ValidationError([wrong % {"row": row, "said": said[:40]} for row, said in rows])
        return text

    def texts(self) -> dict[str, str]:
        """Return what was written, as it is kept; a browser ends its lines in its own way."""
        return {name: "\n".join(written_as(self.cleaned_data[name]).splitlines()) for name in self.kind.asked}


def _field(kind: PaperKind, name: str) -> forms.Field:
    reader = "en" if (get_language() or "es").startswith("en") else "es"
    words = words_of(kind.facts, name, language=reader)
    label = words[:1].upper() + words[1:]
    how = kind_of(kind.facts, name)
    if how == DAY:
        return DayField(label=label, required=False)
    if how == NUMBER:
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=9999)
    if how in {LINES, ROWS}:
        hint = _HINTS.get(name, _("Uno por renglón."))
        rows = forms.Textarea(attrs={"rows": 4})
        return forms.CharField(label=label, required=False, max_length=8000, widget=rows, help_text=hint)
    is_long = name.endswith("resources")
    widget = forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput()
    most, hint = 2000 if is_long else 300, _HINTS.get(name) or ""
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, help_text=hint)


class TemplateForm(forms.Form):
    """An office's own Word file for a paper."""

    template = SheetField(label=_("Su plantilla de Word"), widget=forms.ClearableFileInput(attrs={"accept": ".docx"}))
