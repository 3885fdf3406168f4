"""The words for codes, in the reader's language."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from babel import Locale
from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hermanar.agreements import vocabulary as agreements
from hermanar.cooperation import vocabulary as cooperation
from hermanar.directory import vocabulary as directory
from hermanar.directory.models import Country
from hermanar.observatory import vocabulary as observatory

_CHOICES: Mapping[str, type[TextChoices]] = {
    "kind": agreements.Kind,
    "regime": agreements.Regime,
    "scope": agreements.Scope,
    "stage": agreements.Stage,
    "force": agreements.Force,
    "vitality": observatory.Vitality,
    "registered": agreements.Registered,
    "area": agreements.AreaOfCooperation,
    "act": agreements.ActKind,
    "role": agreements.Role,
    "statement": agreements.Field,
    "activity": cooperation.ActivityKind,
    "direction": cooperation.Direction,
    "precision": cooperation.Precision,
    "place_kind": directory.PlaceKind,
    "name_kind": directory.NameKind,
    "continent": directory.Continent,
    "resolution": observatory.Resolution,
    "finding": observatory.Finding,
}
_STATEMENTS_OF_PLACES = {
    "event": _("hecho que la prensa informó"),
    "cooperation_office": _("oficina de cooperación"),
    "cooperation_bodies": _("órganos"),
    "cooperation_documents": _("documentos rectores"),
    "cooperation_instruments": _("instrumentos"),
    "cooperation_themes": _("temas"),
}
_LOCALES = {"es": "es_MX", "en": "en"}


def word(field: str, code: str) -> str:
    """Return the words for a code of a field; a code without words is returned as it is."""
    if field == "country":
        return country_name(code)
    if field == "decade":
        return str(_("sin fecha de firma")) if code == "unknown" else str(_("década de %s")) % code
    if field == "statement" and code in _STATEMENTS_OF_PLACES:
        return str(_STATEMENTS_OF_PLACES[code])
    choices = _CHOICES.get(field)
    if choices is None or code not in choices.values:
        return code
    return str(choices(code).label)


def country_name(code: str, language: str = "") -> str:
    """Return the name of a country by its ISO code, as CLDR writes it."""
    return _territories(_LOCALES.get(language or get_language() or "es", "es_MX")).get(code, code)


@functools.cache
def _territories(locale: str) -> dict[str, str]:
    return dict(Locale.parse(locale).territories)


def continent_of(country: str) -> str:
    """Return the code of the continent a country lies on, or an empty text."""
    return _continents().get(country, "")


@functools.lru_cache(maxsize=1)
def _continents() -> dict[str, str]:
    found = dict(Country.objects.values_list("code", "continent"))
    if not found:
        _continents.cache_clear()
    return found
