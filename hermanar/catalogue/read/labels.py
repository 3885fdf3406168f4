"""Names of codes in the reader's language."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from babel import Locale
from babel.dates import format_date, format_skeleton
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.agreements.vocabulary import (
    ActKind,
    AreaOfCooperation,
    Field,
    Force,
    Kind,
    Regime,
    Registered,
    Role,
    Scope,
    Stage,
    Standing,
)
from hermanar.agreements.vocabulary.procedure import Answer
from hermanar.catalogue.read.regions import region_name
from hermanar.cooperation.vocabulary import (
    ActivityKind,
    Asset,
    Balance,
    CycleStage,
    Direction,
    GiftKind,
    Modality,
    Purpose,
    Side,
)
from hermanar.cooperation.vocabulary.calls import CallKind, CallState
from hermanar.directory.models import Country, Identifier, Place
from hermanar.directory.vocabulary import NameKind, PlaceKind
from hermanar.foundation.calendar import Precision, parse_partial
from hermanar.foundation.models import Source
from hermanar.observatory.vocabulary import Finding, Resolution, Vitality

_VOCABULARIES: dict[str, type[TextChoices]] = {
    "act": ActKind,
    "activity": ActivityKind,
    "direction": Direction,
    "finding": Finding,
    "resolution": Resolution,
    "place": PlaceKind,
    "name": NameKind,
    "role": Role,
    "standing": Standing,
    "field": Field,
    "kind": Kind,
    "regime": Regime,
    "scope": Scope,
    "stage": Stage,
    "force": Force,
    "vitality": Vitality,
    "registered": Registered,
    "area": AreaOfCooperation,
    "asset": Asset,
    "balance": Balance,
    "cycle": CycleStage,
    "modality": Modality,
    "gift": GiftKind,
    "purpose": Purpose,
    "side": Side,
    "call": CallKind,
    "call_state": CallState,
}
FACET_LABELS = {
    "host": gettext_lazy("ciudad"),
    "country": gettext_lazy("país de la contraparte"),
    "state": gettext_lazy("entidad federativa"),
    "kind": gettext_lazy("tipo"),
    "regime": gettext_lazy("régimen"),
    "scope": gettext_lazy("alcance"),
    "force": gettext_lazy("vigencia"),
    "vitality": gettext_lazy("vitalidad"),
    "registered": gettext_lazy("inscripción en el RAI"),
    "decade": gettext_lazy("década de firma"),
    "area": gettext_lazy("área"),
    "source": gettext_lazy("fuente"),
}
_LOCALES = {"es": "es_MX", "en": "en_GB"}


@functools.cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale.parse(_LOCALES.get(language, "es_MX")).territories)


def country_name(code: str, language: str) -> str:
    """Return the name of a country in a language; a code nobody names stands for itself."""
    return _territories(language).get(code, code)


def word(field: str, code: str) -> str:
    """Return the word for a code of a field in the language of the page; a code nobody knows stands for itself."""
    language = "en" if translation.get_language() == "en" else "es"
    return country_name(code, language) if field == "country" else _code_label(field, code, language)


def said_in_words(field: str, value: str) -> str:
    """Write what a source says of a field: codes as words, dates as dates, anything else as it says it."""
    if field == "signed_on":
        return written_date(value)
    if field == "listed":
        return _("sí")
    if field == "active":
        return _("activo") if value == "yes" else _("inactivo")
    if field == "counterpart_recognition" and value in Answer.values:
        return str(Answer(value).label)
    return word(field, value) if field in {"kind", "registered"} else value


def written_date(date: str | None) -> str:
    """Write a partial ISO date as people do: 1969, septiembre de 1969, 5 de abril de 2019."""
    return _written_date(date or "", "en" if translation.get_language() == "en" else "es")


@functools.lru_cache(maxsize=5000)
def _written_date(text: str, language: str) -> str:
    with translation.override(language):
        try:
            date = parse_partial(text)
        except ValueError:
            return text
        if date.on is None:
            return _("fecha desconocida")
    if date.precision is Precision.DAY:
        return format_date(date.on, "long", locale=_LOCALES[language])
    return text if date.precision is Precision.YEAR else format_skeleton("yMMMM", date.on, locale=_LOCALES[language])


def continent_of(country: str) -> str:
    """Return the continent of a country as GeoNames codes it; empty when it is not known."""
    if country not in _continents():  # loaded since they were read
        _continents.cache_clear()
    return _continents().get(country, "")


@functools.lru_cache(maxsize=1)
def _continents() -> dict[str, str]:
    return dict(Country.objects.values_list("code", "continent"))


@functools.lru_cache(maxsize=2000)
def _code_label(facet: str, value: str, language: str) -> str:
    with translation.override(language):
        if facet == "facet":
            return str(FACET_LABELS[value]) if value in FACET_LABELS else _("total")
        if facet == "change":
            return _("apareció") if value == "appeared" else _("desapareció")
        if facet == "decade":
            return _("fecha desconocida") if value == "unknown" else _("años %(decade)s") % {"decade": value}
        vocabulary = _VOCABULARIES.get(facet)
        if vocabulary is None:
            return value
        return str(vocabulary(value).label) if value in vocabulary.values else value


def labels_of(facet: str, values: Iterable[str], *, language: str) -> dict[str, str]:
    """Return the label of each value of a facet, in one query at most."""
    wanted = list(values)
    if not wanted:
        return {}
    if facet == "country":
        return {value: country_name(value, language) for value in wanted}
    if facet in {"host", "place"}:
        return place_names(wanted, language=language)
    if facet == "state":
        states = Place.objects.filter(slug__in=wanted).values_list("slug", "name", "country")
        return {slug: region_name(country, name, language=language) for slug, name, country in states}
    if facet == "source":
        rows = Source.objects.filter(key__in=wanted).values_list("key", "title_es", "title_en")
        return {key: (title_en if language == "en" else "") or title_es for key, title_es, title_en in rows}
    return {value: _code_label(facet, value, language) for value in wanted}


def place_names(identifiers: Iterable[str], *, language: str) -> dict[str, str]:
    """Return the name of each place in a language, by its public identifier."""
    wanted = set(identifiers)
    values = {identifier.partition(":")[2] for identifier in wanted}
    rows = Identifier.objects.filter(value__in=values).values_list(
        "scheme", "value", "place__name", f"place__name_{'en' if language == 'en' else 'es'}"
    )
    named = {f"{scheme}:{value}": translated or name for scheme, value, name, translated in rows}
    return {identifier: named[identifier] for identifier in wanted & named.keys()}
