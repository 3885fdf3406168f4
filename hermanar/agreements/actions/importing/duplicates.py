"""Find what is probably the same agreement, in the registry and inside a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from hermanar.agreements import rules
from hermanar.agreements.models import Party
from hermanar.agreements.vocabulary import Kind

Pair = tuple[UUID, UUID]  # the lower identifier first
_BATCH = 500


@dataclass(frozen=True, slots=True)
class KnownAgreement:
    """What likeness is asked of, and where to read it."""

    reference: str
    slug: str
    facts: rules.LikenessFacts


def pair_of(one: UUID, other: UUID) -> Pair:
    """Return two places as the key of what ties them, whichever declares it."""
    return (one, other) if one.int < other.int else (other, one)


def known_between(pairs: Iterable[Pair], declaring: Iterable[UUID]) -> Mapping[Pair, list[KnownAgreement]]:
    """Return the registry's agreements between these places; `declaring` are the few whose ties are read."""
    wanted = set(pairs)
    hosts = list(set(declaring))
    members: dict[UUID, set[UUID]] = defaultdict(set)
    facts: dict[UUID, KnownAgreement] = {}
    columns = (
        "agreement",
        "place",
        "agreement__reference",
        "agreement__slug",
        "agreement__kind",
        "agreement__signed_on",
    )
    for start in range(0, len(hosts), _BATCH):
        rows = Party.objects.filter(agreement__parties__place__in=hosts[start : start + _BATCH])
        for agreement, place, reference, slug, kind, signed_on in rows.values_list(*columns).iterator(chunk_size=5000):
            members[agreement].add(place)
            if agreement not in facts:
                year = signed_on.year if signed_on else None
                facts[agreement] = KnownAgreement(reference, slug, rules.LikenessFacts(Kind(kind), year))
    found: dict[Pair, list[KnownAgreement]] = defaultdict(list)
    for agreement, places in members.items():
        ordered = sorted(places)
        for position, one in enumerate(ordered):
            for other in ordered[position + 1 :]:
                if (one, other) in wanted:
                    found[one, other].append(facts[agreement])
    return found
