"""Find what is probably the same agreement in the registry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from hermanar.agreements import rules
from hermanar.agreements.models import Agreement, Party
from hermanar.agreements.vocabulary import Kind

Pair = tuple[str, str]  # keys of places as text, the lower first
_BATCH = 500


@dataclass(frozen=True, slots=True)
class KnownAgreement:
    """What likeness is asked of, and where to read it."""

    reference: str
    slug: str
    facts: rules.LikenessFacts


def pair_of(one: str, other: str) -> Pair:
    """Return two places as the key of what ties them, whichever declares it."""
    return (one, other) if one < other else (other, one)


def known_between(pairs: Collection[Pair], declaring: Iterable[UUID]) -> Mapping[Pair, list[KnownAgreement]]:
    """Return the registry's agreements between these places; `declaring` are the few whose ties are read."""
    hosts = list(set(declaring))
    found: dict[Pair, dict[str, KnownAgreement]] = defaultdict(dict)
    for start in range(0, len(hosts), _BATCH):
        for one, other, reference, slug, kind, signed_on in _ties_of(hosts[start : start + _BATCH]):
            pair = pair_of(_text(one), _text(other))
            if pair in pairs:
                facts = rules.LikenessFacts(Kind(kind), int(str(signed_on)[:4]) if signed_on else None)
                found[pair][reference] = KnownAgreement(reference, slug, facts)
    return {pair: list(known.values()) for pair, known in found.items()}


def _ties_of(hosts: list[UUID]) -> list[tuple[Any, ...]]:
    """Return (place, other place, reference, slug, kind, signed on) of every tie of these, as the database has them.

    Whole registries are compared with whole files, and objects made of every key cost more than finding them.
    """
    quote = connection.ops.quote_name
    party, agreement = quote(Party._meta.db_table), quote(Agreement._meta.db_table)
    marks = ", ".join(["%s"] * len(hosts))
    question = f"""
        SELECT one.place_id, other.place_id, agreement.reference, agreement.slug, agreement.kind, agreement.signed_on
        FROM {party} AS one
        JOIN {party} AS other ON other.agreement_id = one.agreement_id AND other.id <> one.id
        JOIN {agreement} AS agreement ON agreement.id = one.agreement_id
        WHERE one.place_id IN ({marks})"""  # noqa: S608  names from the models
    with connection.cursor() as cursor:
        cursor.execute(question, [_key(host) for host in hosts])
        return list(cursor.fetchall())


def _key(place: UUID) -> UUID | str:
    return place if connection.features.has_native_uuid_field else place.hex


def _text(place: UUID | str) -> str:
    return place if isinstance(place, str) else place.hex
