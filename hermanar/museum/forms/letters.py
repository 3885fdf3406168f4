"""The form of the newsletter: an address and a language, nothing else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hermanar.museum import tickets
from hermanar.museum.forms.sending import AddressField


class SubscribeForm(forms.Form):
    """Who wants the newsletter, and in which language."""

    email = AddressField()
    language = forms.ChoiceField(label=gettext_lazy("Idioma"), choices=(("es", "Español"), ("en", "English")))
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)
    web = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    def __init__(self, *args: Any, ticket: tickets.Ticket, **more: Any) -> None:
        more.setdefault("initial", {"language": "en" if get_language() == "en" else "es"})
        super().__init__(*args, **more)
        self.given = ticket
        self.fields["web"].label = _("No escriba aquí")
        if self.errors.get("email"):
            self.fields["email"].widget.attrs["aria-describedby"] = "id_email_error"

    @property
    def ticket_text(self) -> str:
        """Return the ticket as the page writes it."""
        return tickets.written(self.given)
