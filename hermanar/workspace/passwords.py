"""Words of the house that no password may be made of."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The product, what it is about, where it is used; docs/operations.md lists them too.
OWN_WORDS = (
    "hermanamientos", "hermanamiento", "ciudades", "municipio", "hermanas", "hermanar", "acuerdos", "relaciones",
    "exteriores", "ayuntamiento", "guanajuato", "oficina", "ciudad", "museo", "mexico", "director", "admin",
)  # fmt: skip
_LEAST = 6  # signs that must be left without them


class OwnWordsValidator:
    """Refuse a password that is little besides the words of the house."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 (Django's signature)
        """Raise ValidationError when fewer than six signs are left without the words."""
        left = "".join(sign for sign in unicodedata.normalize("NFKD", password.casefold()) if sign.isalnum())
        for word in sorted(OWN_WORDS, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < _LEAST:
            raise ValidationError(self.get_help_text(), code="password_own_words")

    def get_help_text(self) -> str:
        """Return what is told beside the field."""
        return _("No la haga con palabras de la casa, como «hermanar», «ciudades» o «oficina».")
