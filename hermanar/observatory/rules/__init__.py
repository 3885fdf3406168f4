"""What the observatory holds true: vitality from evidence, places that sources mean, rows that tell one tie."""

from hermanar.observatory.rules.places import (
    CLOSE_KM,
    Candidate,
    Geocode,
    NameParts,
    Reported,
    Surroundings,
    Verdict,
    is_extension,
    is_variant,
    name_parts,
    resolved_place,
)
from hermanar.observatory.rules.ties import end_key, finding, pair_key, tie_of, told_by_partner
from hermanar.observatory.rules.vitality import next_vitality_change, vitality

__all__ = [
    "CLOSE_KM",
    "Candidate",
    "Geocode",
    "NameParts",
    "Reported",
    "Surroundings",
    "Verdict",
    "end_key",
    "finding",
    "is_extension",
    "is_variant",
    "name_parts",
    "next_vitality_change",
    "pair_key",
    "resolved_place",
    "tie_of",
    "told_by_partner",
    "vitality",
]
