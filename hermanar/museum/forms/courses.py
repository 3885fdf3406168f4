"""What a learner writes on a certificate, and whoever is shown one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.papers.structure import clean

_LONGEST = 80


class NameForm(forms.Form):
    """A name as it shall stand on a certificate, or as it stands there; it is kept nowhere."""

    nombre = forms.CharField(
        label=_("Nombre"),
        min_length=2,
        max_length=_LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": _LONGEST, "required": True}),
    )

    def clean_nombre(self) -> str:
        """Return the name as a paper can hold it: what the certificate shows is what its token vouches for."""
        name = clean(self.cleaned_data["nombre"])
        if not any(sign.isalpha() for sign in name):
            raise forms.ValidationError(_("Escriba un nombre."), code="no_name")
        return name
