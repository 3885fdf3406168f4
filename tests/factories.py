"""Plain builders: places, sources, agreements and activities, through the verbs that real ones go through."""

from __future__ import annotations

import datetime as dt
import itertools

from hermanar.agreements.actions import AgreementDraft, PartyDraft, record_past_agreements
from hermanar.agreements.actions.drafts import ActDraft, DocumentDraft
from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Kind, Role, Standing
from hermanar.cooperation.actions import ActivityDraft, record_activities
from hermanar.cooperation.vocabulary import ActivityKind, Direction
from hermanar.directory.models import Country, Identifier, Place, PlaceName
from hermanar.directory.vocabulary import NameKind, PlaceKind, Scheme
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.models import Source
from hermanar.foundation.statements import StatementDraft
from hermanar.foundation.words import fold

PUBLISHED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
COUNTRIES = {
    "MX": ("México", "Mexico", "NA"),
    "ES": ("España", "Spain", "EU"),
    "US": ("Estados Unidos", "United States", "NA"),
    "SE": ("Suecia", "Sweden", "EU"),
    "AR": ("Argentina", "Argentina", "SA"),
}
_INVENTED = 900_000_000  # no state, municipality or city has so high a number, however many places are made
_numbers = itertools.count(1)


def source(key="fuente"):
    return Source.objects.get_or_create(key=key, defaults={"kind": "paper", "title_es": f"Fuente {key}"})[0]


def country(code="ES"):
    es, en, continent = COUNTRIES[code]
    values = {"name_es": es, "name_en": en, "continent": continent}
    return Country.objects.get_or_create(code=code, defaults=values)[0]


def place(name, *, code="MX", state=None, kind=None, identifier=None, other_names=(), slug=None, **values):
    """Make a place with its names and one identifier; a Mexican one is a municipality of `state`."""
    number = next(_numbers)
    made = Place.objects.create(
        slug=slug or f"{fold(name).replace(' ', '-')}-{number}",
        kind=kind or (PlaceKind.MUNICIPALITY if code == "MX" else PlaceKind.CITY),
        name=name,
        country=country(code),
        state=state,
        source=source("directorio"),
        latitude=20.0,
        longitude=-100.0,
        **values,
    )
    for known, name_kind in ((name, NameKind.OFFICIAL), *((other, NameKind.ALTERNATIVE) for other in other_names)):
        PlaceName.objects.create(
            place=made, name=known, folded=fold(known), kind=name_kind, source=source("directorio")
        )
    scheme, _colon, value = (
        identifier or f"{Scheme.INEGI if code == 'MX' else Scheme.GEONAMES}:{_INVENTED + number}"
    ).partition(":")
    Identifier.objects.create(place=made, scheme=scheme, value=value)
    return made


def state(name, identifier):
    """Make one of the 32 states."""
    return place(name, kind=PlaceKind.STATE, identifier=identifier)


def party(of, role=Role.COUNTERPART, written="", standing=Standing.GOVERNMENT):
    return PartyDraft(of.pk, role, written, standing)


def draft(host, partner, **values):
    """Describe an agreement of two places; `signed` is a partial date, `said` pairs of field and value."""
    said = values.pop("said", (("listed", "sí"),))
    key = values.pop("source_key", "fuente")
    signed = parse_partial(values.pop("signed", ""))
    values.setdefault("reference", f"prueba-{next(_numbers)}")
    values.setdefault("kind", Kind.TWINNING)
    statements = [StatementDraft(field, value, key) for field, value in said]
    source(key)
    return AgreementDraft(
        parties=[party(host, Role.DECLARING), party(partner)], signed=signed, statements=statements, **values
    )


def agreements(*drafts, is_published=True):
    """Record agreements and return them in the order given."""
    record_past_agreements(list(drafts), by=CONSOLE, published_at=PUBLISHED if is_published else None)
    found = {
        record.reference: record for record in Agreement.objects.filter(reference__in=[d.reference for d in drafts])
    }
    return [found[one.reference] for one in drafts]


def agreement(host, partner, *, is_published=True, **values):
    """Record one agreement of two places."""
    return agreements(draft(host, partner, **values), is_published=is_published)[0]


def act(kind, on, *, key="fuente"):
    source(key)
    return ActDraft(kind=kind, on=parse_partial(on), source_key=key, description_es="Acto.")


def document(title, *, key="fuente"):
    source(key)
    return DocumentDraft(title_es=title, title_en="", address="https://example.org/", source_key=key)


def activity(of, on, *, description="Visita", kind=ActivityKind.VISIT):
    """Record something done under an agreement; `on` is a partial date."""
    source()
    made = ActivityDraft(
        agreement_id=of.pk,
        kind=kind,
        direction=Direction.MUTUAL,
        start=parse_partial(on),
        end=parse_partial(on),
        description_es=description,
        description_en="",
        source_key="fuente",
    )
    record_activities([made], by=CONSOLE)
