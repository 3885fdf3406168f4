"""The words for codes, in the reader's language."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping

from babel.dates import format_date, format_skeleton
from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hermanar.agreements import vocabulary as agreements
from hermanar.catalogue.read.labels import country_name
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
_YEAR, _MONTH = 4, 7


def word(field: str, code: str) -> str:
    """Return the words for a code of a field; a code without words is returned as it is."""
    if field == "country":
        return country_name(code, get_language() or "es")
    if field == "decade":
        return str(_("sin fecha de firma")) if code == "unknown" else str(_("década de %s")) % code
    if field == "statement" and code in _STATEMENTS_OF_PLACES:
        return str(_STATEMENTS_OF_PLACES[code])
    choices = _CHOICES.get(field)
    if choices is None or code not in choices.values:
        return code
    return str(choices(code).label)


def written_date(date: str | None) -> str:
    """Write a partial ISO date as people do: 1969, septiembre de 1969, 5 de abril de 2019."""
    if not date:
        return str(_("fecha desconocida"))
    language = get_language() or "es"
    if len(date) == _YEAR:
        return date
    if len(date) == _MONTH:
        return str(format_skeleton("yMMMM", dt.date.fromisoformat(f"{date}-01"), locale=language))
    return str(format_date(dt.date.fromisoformat(date), "long", locale=language))


def continent_of(country: str) -> str:
    """Return the code of the continent a country lies on, or an empty text."""
    return _continents().get(country, "")


@functools.lru_cache(maxsize=1)
def _continents() -> dict[str, str]:
    found = dict(Country.objects.values_list("code", "continent"))
    if not found:
        _continents.cache_clear()
    return found
