"""A version of a text, an answer to an observation, a vote of the council."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.models import Agreement
from hermanar.agreements.rules import is_signed
from hermanar.agreements.vocabulary import Stage
from hermanar.agreements.vocabulary.procedure import Choice, Side
from hermanar.foundation.models import Document
from hermanar.workspace.forms.sending import typed
from hermanar.workspace.forms.words import DayField, SheetField, language_choices, language_name

MEMBERS = 15


class SheetForm(forms.Form):
    """What every form with a file of its own carries: which version the person saw, and what an earlier try sent."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)
    sent = forms.CharField(widget=forms.HiddenInput, required=False)  # the document an earlier try has sent

    def __init__(self, *args: Any, kept: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = kept

    def earlier(self) -> Document | None:
        """Return the document that an earlier try of this form has sent."""
        try:
            key = UUID(str(self.data.get("sent", "")))
        except ValueError:
            return None
        return Document.objects.filter(pk=key, office=self.kept.office_id).first()

    def remember(self, document: Document) -> None:
        """Keep in the form which document it has sent."""
        data = typed(self)
        data["sent"] = str(document.pk)
        self.data = data


class TextForm(SheetForm):
    """A file with the text in one language: who sent it, when, whether it is signed."""

    language = forms.ChoiceField(label=_("Idioma"))
    document = SheetField(
        label=_("El archivo"), required=False, help_text=_("Word o PDF, para que se puedan comparar las versiones.")
    )
    sent_by = forms.ChoiceField(label=_("¿De quién viene esta versión?"), choices=Side.choices)
    sent_on = DayField(label=_("Fecha de esta versión"))
    is_signed = forms.BooleanField(label=_("Es la copia firmada"), required=False)
    is_authentic = forms.BooleanField(
        label=_("En este idioma el texto es auténtico"),
        required=False,
        help_text=_("Vale igual que en los otros idiomas; una traducción de cortesía no lo es."),
    )
    note = forms.CharField(label=_("Nota"), required=False, max_length=500)

    def __init__(self, *args: Any, kept: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, kept=kept, **kwargs)
        own = kept.languages.split()
        rest = [choice for choice in language_choices() if choice[0] not in own]
        first = [(code, language_name(code)) for code in own]
        self.fields["language"].choices = [(_("Del acuerdo"), first), (_("Otros"), rest)]  # type: ignore[attr-defined]
        if not is_signed(Stage(kept.stage)):
            self.fields["is_signed"].widget = forms.HiddenInput()
        self.fields["document"].required = not self.is_bound  # the page asks for it; `clean` knows of an earlier try

    def clean(self) -> dict[str, Any]:
        """Ask for the file, unless an earlier try has sent it."""
        given = super().clean() or self.cleaned_data
        given["earlier"] = None if given.get("document") else self.earlier()
        if not given.get("document") and not given["earlier"] and "document" not in self.errors:
            self.add_error("document", _("Falta el archivo: elíjalo."))
        return given


class AnswerForm(forms.Form):
    """How an observation was attended to; `before` and `before_in` are the answer that the page showed."""

    before = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    before_in = forms.UUIDField(widget=forms.HiddenInput, required=False)
    answer = forms.CharField(label=_("Cómo se atendió"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    answered_in = forms.TypedChoiceField(
        label=_("En qué versión del texto"), required=False, coerce=UUID, empty_value=None
    )

    def __init__(self, *args: Any, versions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answered_in"].choices = [("", _("en ninguna: no cambia el texto")), *versions]  # type: ignore[attr-defined]


class VoteForm(SheetForm):
    """The vote of a council, member by member."""

    session = forms.CharField(label=_("Sesión"), max_length=160, help_text=_("Como la llama el acta."))
    on = DayField(label=_("¿Qué día fue?"))
    is_approved = forms.ChoiceField(
        label=_("Resultado"),
        choices=[("yes", _("se aprobó")), ("no", _("no se aprobó"))],
        widget=forms.RadioSelect,
    )
    minutes = SheetField(label=_("El acta"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MEMBERS + 1):
            self.fields[f"member_{number}"] = forms.CharField(label=_("Nombre"), required=False, max_length=120)
            self.fields[f"post_{number}"] = forms.CharField(label=_("Cargo"), required=False, max_length=120)
            self.fields[f"choice_{number}"] = forms.ChoiceField(
                label=_("Voto"), required=False, choices=[("", "—"), *Choice.choices]
            )

    def rows(self) -> list[dict[str, Any]]:
        """Return the fields of each member, as the page shows them."""
        return [
            {"number": number, "fields": [self[f"{name}_{number}"] for name in ("member", "post", "choice")]}
            for number in range(1, MEMBERS + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask of each member who is named how the vote went, and the other way round."""
        given = super().clean() or self.cleaned_data
        for number in range(1, MEMBERS + 1):
            if given.get(f"member_{number}") and not given.get(f"choice_{number}"):
                self.add_error(f"choice_{number}", _("Falta cómo votó: elíjalo."))
            if given.get(f"choice_{number}") and not given.get(f"member_{number}"):
                self.add_error(f"member_{number}", _("Falta el nombre: escríbalo."))
        return given
