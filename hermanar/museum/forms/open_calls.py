"""The forms of an open call that the public sees: a work is sent, a vote is given, a juror says what they think."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hermanar.foundation.intake import Kind, Sending
from hermanar.foundation.intake.kinds import ENTRY_CONSENT
from hermanar.foundation.models import Contribution
from hermanar.museum import tickets
from hermanar.museum.actions.judging import Word
from hermanar.museum.forms.sending import AddressField, PlainField, SendingForm
from hermanar.museum.queries.open_calls import EntryLine
from hermanar.museum.rules.open_calls import LEAST, MOST, Mark


class EntryForm(SendingForm):
    """A work of art, with its picture."""

    kind = Kind.ENTRY
    consent_version = ENTRY_CONSENT

    title = PlainField(label=gettext_lazy("Título de la obra"))
    picture = forms.FileField(
        label=gettext_lazy("Una imagen de la obra"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=gettext_lazy("JPEG, PNG o WebP, hasta 25 MB. Se escribe de nuevo sin los datos de la cámara."),
    )
    seen = PlainField(
        label=gettext_lazy("Qué se ve en ella"),
        help_text=gettext_lazy("En una o dos frases, para quien no puede verla."),
    )
    technique = PlainField(label=gettext_lazy("Técnica y medidas"), required=False)
    text = PlainField(
        label=gettext_lazy("Por qué esta obra, para esa ciudad"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Hasta 1500 signos. No diga aquí su nombre: se juzga la obra."),
    )
    author = PlainField(
        label=gettext_lazy("Su nombre, o el que usa como artista"),
        help_text=gettext_lazy("Se muestra con el resultado; antes solo lo ven la oficina y el jurado."),
    )
    contact = forms.EmailField(
        label=gettext_lazy("Correo para avisarle"),
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def content(self) -> dict[str, Any]:
        """Return what goes into the envelope; the picture gets there once it is kept."""
        return {name: value for name, value in super().content().items() if name != "picture"}

    def sending(self, **more: Any) -> Sending:
        """Return the envelope; the verb says whom it is for."""
        return super().sending(**more)


class VoteForm(forms.Form):
    """Which work, and where to ask whether it was you."""

    entry = forms.ChoiceField(
        label=gettext_lazy("Su voto es para"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Elija una obra.")},
    )  # fmt: skip
    email = AddressField(
        help_text=gettext_lazy("Le llega un enlace y con él se cuenta su voto. La dirección no se guarda."),
    )
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)
    web = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    def __init__(self, *args: Any, ticket: tickets.Ticket, works: list[EntryLine], **more: Any) -> None:
        """Offer the works that take part."""
        super().__init__(*args, **more)
        self.given = ticket
        self.fields["entry"].choices = [(str(one.id), one.title) for one in works]  # type: ignore[attr-defined]
        self.fields["web"].label = _("No escriba aquí")

    @property
    def ticket_text(self) -> str:
        """Return the ticket as the page writes it."""
        return tickets.written(self.given)

    @property
    def language(self) -> str:
        """Return the language in which the letter is written: that of the page."""
        return "en" if get_language() == "en" else "es"


class JuryForm(forms.Form):
    """What a juror says of each work: from one to five, or which interest they have in it; nothing yet is allowed."""

    def __init__(self, *args: Any, works: list[Contribution], marks: dict[str, Mark], **more: Any) -> None:
        """Make two fields for each work, with what was said before."""
        super().__init__(*args, **more)
        self.works = works
        scores = [("", _("todavía nada")), *((str(n), str(n)) for n in range(LEAST, MOST + 1))]
        for one in works:
            said = marks.get(str(one.pk))
            self.fields[f"score-{one.pk}"] = forms.ChoiceField(
                label=_("Puntos, de 1 a 5"), choices=scores, required=False,
                initial=str(said.score) if said and said.score else "",
            )  # fmt: skip
            self.fields[f"interest-{one.pk}"] = PlainField(
                label=_("Tengo un interés en ella: cuál"), required=False, max_length=200,
                initial=said.interest if said else "",
            )  # fmt: skip

    def rows(self) -> list[tuple[Contribution, Any, Any]]:
        """Return each work with its two fields."""
        return [(one, self[f"score-{one.pk}"], self[f"interest-{one.pk}"]) for one in self.works]

    def clean(self) -> dict[str, Any]:
        """Take an interest or a score, never both."""
        told = super().clean() or {}
        for one in self.works:
            if told.get(f"score-{one.pk}") and told.get(f"interest-{one.pk}"):
                self.add_error(f"score-{one.pk}", _("Quien tiene un interés no da puntos: deje uno de los dos."))
        return told

    def words(self) -> dict[UUID, Word]:
        """Return what was said of each work that the juror had before them; nothing takes back what was said."""
        found = {}
        for one in self.works:
            names = f"score-{one.pk}", f"interest-{one.pk}"
            score, interest = (self.cleaned_data[name] for name in names)
            if any(name in self.data for name in names):
                found[one.pk] = Word(int(score) if score else None, interest)
        return found
