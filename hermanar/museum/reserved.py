"""Addresses that the house itself answers: a page of an editor there would never be seen."""

from __future__ import annotations

from collections.abc import Container

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import override

EDITED = frozenset({"wagtail_serve", "museum:home", "museum:hall", "museum:room"})


def check_address(path: str, *, answered_by: Container[str]) -> None:
    """Raise ValidationError for an address, without its language, that something else answers."""
    with override("es"):  # whose addresses have no prefix
        try:
            view = resolve(path).view_name
        except Resolver404:  # no address at all: the field says what is wrong with it
            return
    if view not in answered_by:
        raise ValidationError(_("Esa dirección ya la usa el museo: elija otra."))
