"""Countries by their names in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from hermanar.directory.models import Country, Place
from hermanar.ui.templatetags.ui import in_language


def country_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the name of each country of the directory by its code; a code that is none's is left out."""
    return {one.pk: in_language(one, "name") for one in Country.objects.filter(pk__in=set(codes))}


def with_country(place: Place) -> str:
    """Return a place with its country, in the reader's language, as lists name the other side of a tie."""
    return f"{place.name} ({in_language(place.country, 'name')})"
