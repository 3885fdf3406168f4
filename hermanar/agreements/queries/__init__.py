"""Reads of the registry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hermanar.agreements.models import Agreement, Listing, Party
from hermanar.agreements.queries.due import DueInFile, days_of, due_in_file, due_in_office
from hermanar.agreements.queries.facts import (
    facts_of_files,
    file_facts,
    force_facts_of,
    opinion_of,
    reaffirmed_on,
    regime_of,
    regimes_of,
)
from hermanar.agreements.queries.files import (
    by_number,
    documented_of,
    for_office,
    in_register,
    open_to_review,
    sent_for_review,
)
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.directory.models import Identifier, Place
from hermanar.directory.vocabulary import PlaceKind, Scheme

__all__ = [
    "AGREEMENT_INDEX",
    "DueInFile",
    "agreements_between",
    "by_number",
    "days_of",
    "documented_of",
    "due_in_file",
    "due_in_office",
    "facts_of_files",
    "file_facts",
    "for_office",
    "force_facts_of",
    "in_register",
    "open_to_review",
    "opinion_of",
    "party_cards",
    "public_identifiers",
    "published",
    "published_listings",
    "reaffirmed_on",
    "regime_of",
    "regimes_of",
    "sent_for_review",
    "signed_without_opinion",
]

# The index every list, count and map of agreements is answered from.
AGREEMENT_INDEX = "agreements"
_PREFERRED = (Scheme.INEGI, Scheme.GEONAMES, Scheme.WIKIDATA, Scheme.HERMANAR)
_BATCH = 500


def public_identifiers(places: Iterable[UUID]) -> dict[UUID, str]:
    """Return the identifier each place is known by outside: INEGI before GeoNames before Wikidata."""
    wanted = list(places)
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for start in range(0, len(wanted), _BATCH):
        rows = Identifier.objects.filter(place__in=wanted[start : start + _BATCH])
        for place, scheme, value in rows.order_by("-id").values_list("place", "scheme", "value"):
            found[place][scheme] = value
    chosen = {place: next(s for s in _PREFERRED if s in values) for place, values in found.items()}
    return {place: f"{scheme}:{found[place][scheme]}" for place, scheme in chosen.items()}


def party_cards(places: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return what a listing keeps of each place that is a party."""
    wanted = list(set(places))
    identifiers = public_identifiers(wanted)
    cards = {}
    for start in range(0, len(wanted), _BATCH):
        batch = Place.objects.filter(pk__in=wanted[start : start + _BATCH]).select_related("state")
        for place in batch:
            cards[place.pk] = _card(place, identifiers.get(place.pk, f"{Scheme.HERMANAR}:{place.pk}"))
    return cards


def _card(place: Place, identifier: str) -> dict[str, Any]:
    state = place if place.kind == PlaceKind.STATE else place.state
    return {
        "key": place.pk.hex,
        "id": identifier,
        "slug": place.slug,
        "name": place.name,
        "name_es": place.name_es,
        "name_en": place.name_en,
        "head_town": place.head_town,
        "kind": place.kind,
        "country": place.country_id,
        "state": state.name if state and place.country_id == "MX" else "",
        "state_slug": state.slug if state and place.country_id == "MX" else "",
        "region": place.region,
        "lat": place.latitude,
        "lng": place.longitude,
    }


def published() -> QuerySet[Agreement]:
    """Return the agreements the public may see."""
    return Agreement.objects.filter(published_at__isnull=False)


def published_listings() -> QuerySet[Listing]:
    """Return the derived rows of the agreements the public may see."""
    return Listing.objects.filter(is_published=True)


def agreements_between(
    pairs: Iterable[tuple[UUID, UUID]],
) -> Mapping[frozenset[UUID], list[UUID]]:
    """Return the agreements, published or not, whose parties include both places of each pair."""
    wanted = {frozenset(pair) for pair in pairs}
    places = {place for pair in wanted for place in pair}
    parties: dict[UUID, set[UUID]] = defaultdict(set)
    listed = list(places)
    for start in range(0, len(listed), _BATCH):
        rows = Party.objects.filter(place__in=listed[start : start + _BATCH]).values_list("agreement", "place")
        for agreement, place in rows:
            parties[agreement].add(place)
    found: dict[frozenset[UUID], list[UUID]] = defaultdict(list)
    for agreement, members in parties.items():
        for one in members:
            for other in members:
                pair = frozenset((one, other))
                if one.int < other.int and pair in wanted:
                    found[pair].append(agreement)
    return found


def signed_without_opinion(agreement: Agreement) -> bool:
    """Say whether an office signed under the treaties law without a favourable opinion, and nothing has cured it."""
    was_signed = agreement.steps.filter(step=Step.SIGN).exists()
    return was_signed and not opinion_of(agreement.pk).stands
