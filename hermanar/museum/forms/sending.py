"""What every form of the public has: its ticket, a field that no person sees, the language, the consent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hermanar.foundation.intake import CONSENT, Kind, Sending, consent_words, shape_of
from hermanar.foundation.intake.kinds import LANGUAGES
from hermanar.foundation.intake.rules import ContentError, Fault, plain
from hermanar.museum import tickets
from hermanar.museum.rules.letters import LONGEST_ADDRESS

_SAID = {
    Fault.MISSING: gettext_lazy("Falta esto."),
    Fault.TOO_LONG: gettext_lazy("Es demasiado largo: caben %(most)d."),
    Fault.NOT_OF_FORM: gettext_lazy("Elija o escriba algo que se pueda leer aquí."),
    Fault.UNKNOWN: gettext_lazy("Este campo no existe."),
}


class SendingForm(forms.Form):
    """A form that somebody without an account sends; the envelope's kind says what its fields may hold."""

    kind: Kind
    consent_version = CONSENT

    ticket = forms.CharField(widget=forms.HiddenInput, required=False)
    web = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))
    language = forms.ChoiceField(label=gettext_lazy("Idioma en que escribe"), choices=list(LANGUAGES.items()))
    consent = forms.BooleanField(error_messages={"required": gettext_lazy("Sin su acuerdo no podemos guardarlo.")})

    def __init__(self, *args: Any, ticket: tickets.Ticket, **more: Any) -> None:
        """Carry the ticket of this form; what was sent with an old one keeps everything but the ticket."""
        more.setdefault("initial", {}).setdefault("language", "en" if get_language() == "en" else "es")
        super().__init__(*args, **more)
        self.given = ticket
        self.fields["consent"].label = str(consent_words(self.consent_version))
        self.fields["web"].label = _("No escriba aquí")
        for one in shape_of(self.kind).fields:
            if one.name in self.fields and isinstance(self.fields[one.name].widget, (forms.TextInput, forms.Textarea)):
                self.fields[one.name].widget.attrs.setdefault("maxlength", one.longest)

    @property
    def ticket_text(self) -> str:
        """Return the ticket as the page writes it."""
        return tickets.written(self.given)

    def content(self) -> dict[str, Any]:
        """Return what goes into the envelope: the fields that its kind knows."""
        names = {one.name for one in shape_of(self.kind).fields}
        return {name: value for name, value in self.cleaned_data.items() if name in names}

    def sending(self, **more: Any) -> Sending:
        """Return the envelope's content and how it came."""
        return Sending(
            kind=self.kind,
            content=self.content(),
            language=self.cleaned_data["language"],
            key=self.given.key,
            seconds=self.given.seconds,
            is_trapped=bool(self.cleaned_data["web"]),
            **more,
        )

    def refuse(self, wrong: ContentError) -> None:
        """Say beside each field what the envelope does not take."""
        longest = {one.name: one.longest for one in shape_of(self.kind).fields}
        for name, fault in wrong.faults.items():
            words = str(_SAID[fault])
            said = words % {"most": longest.get(name, 0)} if fault is Fault.TOO_LONG else words
            self.add_error(name if name in self.fields else None, said)


class AddressField(forms.EmailField):
    """An address to which a letter is written at once: one that no letter can bear is refused before it is kept."""

    def __init__(self, **more: Any) -> None:
        """Ask for it as browsers fill it in."""
        more.setdefault("label", gettext_lazy("Correo electrónico"))
        more.setdefault("max_length", LONGEST_ADDRESS)
        more.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}))
        more.setdefault("error_messages", {"required": gettext_lazy("Escriba una dirección de correo.")})
        super().__init__(**more)

    def run_validators(self, value: Any) -> None:
        """Refuse also a domain that cannot be written in ASCII (RFC 3490), as its letter must."""
        super().run_validators(value)
        try:
            str(value).rpartition("@")[2].encode("idna")
        except UnicodeError as error:
            raise forms.ValidationError(validate_email.message, code="invalid") from error


class PlainField(forms.CharField):
    """A text as others will read it; the hidden signs that a form may carry are taken out, not refused."""

    def __init__(self, **more: Any) -> None:
        """Leave the checks of signs to the envelope."""
        super().__init__(**more)
        self.validators = [one for one in self.validators if type(one).__name__ != "ProhibitNullCharactersValidator"]

    def to_python(self, value: Any) -> str:
        """Return the text without signs that nobody sees."""
        return plain(str(super().to_python(value) or ""))
