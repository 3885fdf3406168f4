"""Which place of the directory a source means: pure functions.

A source names a place, a country, sometimes a position, sometimes an identifier. These rules answer with a code, a
place of the directory or none, and the reason; they prefer none to a wrong one.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from hermanar.foundation.words import fold
from hermanar.observatory.vocabulary import Reason, Resolution
from hermanar.ui.geometry import kilometres

NEAR_KM = 25.0  # a name at its position
CLOSE_KM = 40.0  # a municipality's middle and its town
CAPITAL_KM = 110.0  # a region's middle and its capital of the same name
TOWN = 5_000  # inhabitants from which the directory is complete
CITY = 15_000
FAR_LARGER = 5
SHORT_NAME, LONG_NAME = 4, 7  # letters from which a surname, or one wrong letter, is no chance
AREA_WORDS = (
    "county", "district", "province", "region", "prefecture", "department", "departement", "oblast", "raion", "krai",
    "voivodeship", "governorate", "canton", "cercle", "rural gmina", "communaute", "intercommunality",
    "local government district", "metropolitan region",
    "samtgemeinde", "verbandsgemeinde", "amt", "metropolitan borough",
    "comarca", "okrug", "kraj", "judet", "landkreis", "kreis",
    "communaute de communes", "federation", "association of municipalities", "community council", "rural district",
)  # fmt: skip
DISTRICT_NUMBER = re.compile(r" (\d+|[ivxl]+)$")
LINKS = frozenset({
    "de", "del", "la", "d", "di", "da", "do", "am", "an", "im", "in", "sur", "upon", "on", "nad", "of", "with", "bei",
    "ob", "der", "y", "et", "sous", "les",
})  # fmt: skip
SPELT_OUT = {"st": "saint", "ste": "sainte", "sta": "santa", "sto": "santo", "mt": "mount", "ft": "fort"}
GENERIC_WORDS = frozenset({
    "city", "town", "ville", "municipality", "si", "gun", "shi", "ku", "cho", "machi", "mura", "of", "the", "de",
    "la", "le", "el",
})  # fmt: skip


class Geocode(enum.Enum):
    """What the position that came with a suggested identifier is worth."""

    NEAR = "near"  # at the suggested place
    FAR = "far"  # elsewhere, the distance known or not
    NONE = "none"  # the source gives none


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place of the directory as the rules see it."""

    key: str
    kind: str
    names: frozenset[str]  # folded
    inhabitants: int = 0
    latitude: float | None = None
    longitude: float | None = None
    region: str = ""  # folded


@dataclass(frozen=True, slots=True)
class Reported:
    """A place as a source gives it."""

    name: str
    country: str  # ISO code, or nothing
    geocode: Geocode = Geocode.NONE
    hint_km: float | None = None  # from the source's position to the suggested place
    homonyms: int = 0  # how many places of the name there were to choose from
    latitude: float | None = None  # the source's own position
    longitude: float | None = None
    is_vouched: bool = False  # the suggestion was made by hand or by the source itself


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the directory knows around a reported place."""

    hinted: Candidate | None = None
    named: tuple[Candidate, ...] = ()  # same country, same folded name
    near: tuple[Candidate, ...] = ()  # same country, within 40 km of the source's position
    country_km: float = 0.0  # how far apart places of the country can be
    is_region_name: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer: a code, the place or none, and the reason with its values."""

    resolution: Resolution
    place: str | None
    reason: Reason
    detail: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name as written, taken apart: «Cerro (Havana)», «Berlin – Mitte», «Celle (district)», «Cuautla, Jalisco»."""

    town: str  # folded
    within: str = ""
    area_word: str = ""


_AREA_WORDS = tuple((word, f" {word}", (f"{word} of ", f"{word} ")) for word in AREA_WORDS)


def name_parts(name: str) -> NameParts:
    """Take a written name apart into the town, what it is part of, and a word that says it is no town."""
    within, text = "", name.strip()
    if text.endswith(")") and " (" in text:
        text, _, inner = text[:-1].rpartition(" (")
        if fold(inner) in AREA_WORDS:
            return NameParts(fold(text), area_word=inner)
        within = inner
    elif " – " in text:
        within, _, text = text.rpartition(" – ")
    elif names_region(text):
        text = text.partition(", ")[0]  # a state or region follows: it tells homonyms apart, it is not a city
    folded = fold(text)
    for word, after, before in _AREA_WORDS:
        if folded.endswith(after) or folded.startswith(before):
            return NameParts(folded, within, word)
    return NameParts(folded.removesuffix(" municipality"), within)


def city_of(parts: NameParts) -> str:
    """Return the city a place is part of, folded and without the number of its district: «Budapest XVIII»."""
    return DISTRICT_NUMBER.sub("", fold(parts.within))


def names_region(name: str) -> bool:
    """Say whether a written name ends in the state or region that tells it apart: «Taizhou, Jiangsu»."""
    return ", " in name and " and " not in name and not name.endswith(")")


def resolved_place(reported: Reported, around: Surroundings) -> Verdict:  # noqa: PLR0911 - cases in order, the first answers
    """Say which place of the directory a reported place is, or why none."""
    parts = name_parts(reported.name)
    if parts.area_word:
        return Verdict(Resolution.NOT_A_CITY, None, Reason.AREA_WORD, {"word": parts.area_word})
    is_placed = any(parts.town in place.names for place in around.near)  # a name at its position needs no country
    if not reported.country and around.hinted is None and not is_placed:
        return Verdict(Resolution.NOT_FOUND, None, Reason.COUNTRY_UNKNOWN)
    hinted = around.hinted
    if hinted is not None and reported.is_vouched:
        return Verdict(Resolution.IDENTIFIER, hinted.key, Reason.OWN_IDENTIFIER)
    bears_name = hinted is not None and any(parts.town == name or is_variant(parts.town, name) for name in hinted.names)
    if hinted is not None and reported.geocode is Geocode.NEAR:
        if around.is_region_name and not bears_name:
            return Verdict(Resolution.NOT_A_CITY, None, Reason.REGION_NAME)
        return Verdict(Resolution.IDENTIFIER, hinted.key, Reason.NEAR)
    if reported.country == "MX":
        return _mexican(reported, around, parts=parts)
    if hinted is not None and bears_name:
        return _suggested(reported, around, hinted=hinted, parts=parts)
    if reported.latitude is not None:
        return _at_position(reported, around, parts=parts)
    return _by_name(around, parts=parts)


def _mexican(  # noqa: PLR0911 - cases in order, the first answers
    reported: Reported, around: Surroundings, *, parts: NameParts
) -> Verdict:
    """Mexican lists name municipalities, by their name or their head town's; a state only when no municipality fits."""
    towns = [place for place in around.named if place.kind == "municipality"]
    km = reported.hint_km
    states = [place for place in around.named if place.kind == "state"]
    if reported.latitude is not None and reported.longitude is not None:
        here = _sorted_by_distance(towns, reported)
        if here and here[0][0] <= CLOSE_KM * 1.5:
            return _placed(Reason.SAME_NAME_NEAR, here[0][1], km=here[0][0], code=Resolution.HEAD_TOWN)
        return _at_position(reported, around, parts=parts)
    if len(towns) == 1:
        return Verdict(Resolution.HEAD_TOWN, towns[0].key, Reason.MUNICIPALITY)
    hinted = around.hinted
    if hinted is not None and hinted in towns and km is not None and km <= CLOSE_KM:
        return _placed(Reason.CLOSE, hinted, km=km, code=Resolution.HEAD_TOWN)
    if towns:
        larger, is_plausible = _far_larger(towns), km is None or km <= CAPITAL_KM or km > around.country_km
        if larger is not None and larger == hinted and is_plausible and larger.inhabitants >= 10 * TOWN:
            return Verdict(Resolution.HEAD_TOWN, larger.key, Reason.FAR_LARGER)
        return Verdict(Resolution.HOMONYMS, None, Reason.SEVERAL)
    if len(states) == 1:
        return Verdict(Resolution.NAME_ONLY, states[0].key, Reason.STATE)
    return Verdict(Resolution.NOT_FOUND, None, Reason.NO_POSITION)


def _suggested(  # noqa: PLR0911 - cases in order, the first answers
    reported: Reported, around: Surroundings, *, hinted: Candidate, parts: NameParts
) -> Verdict:
    """A suggested place of the right name whose position is not confirmed."""
    km = reported.hint_km
    if km is not None and km <= CLOSE_KM and (reported.homonyms <= 1 or hinted.inhabitants >= TOWN):
        return _placed(Reason.CLOSE, hinted, km=km)
    is_useless = reported.geocode is Geocode.NONE or (km is not None and km > around.country_km)  # another country's
    if not is_useless and parts.within:
        return Verdict(Resolution.NOT_A_CITY, None, Reason.PART_OF_CITY, {"within": parts.within})
    if not is_useless and around.is_region_name and hinted.region != parts.town:
        return Verdict(Resolution.NOT_A_CITY, None, Reason.REGION_NAME)
    others = [place for place in around.named if place.key != hinted.key and place.inhabitants >= TOWN]
    if reported.homonyms <= 1 and not others:
        if hinted.inhabitants >= TOWN and not is_useless:
            return _placed(Reason.ONLY_ONE_FAR, hinted, km=km, code=Resolution.NAME_ONLY)
        if is_useless:
            return Verdict(Resolution.NAME_ONLY, hinted.key, Reason.ONLY_ONE)
        return _unplaced(Reason.POSITION_CONTRADICTS, km=km)
    larger = _far_larger([hinted, *others])
    if larger is not None and larger.inhabitants >= CITY:
        is_capital = larger == hinted and km is not None and km <= CAPITAL_KM
        if is_useless or is_capital:
            return Verdict(Resolution.NAME_ONLY, larger.key, Reason.FAR_LARGER)
    return Verdict(Resolution.HOMONYMS, None, Reason.SEVERAL)


def _at_position(  # noqa: PLR0911 - cases in order, the first answers
    reported: Reported, around: Surroundings, *, parts: NameParts
) -> Verdict:
    """No usable suggestion, but the source's own position: the place of that name near it."""
    here = _sorted_by_distance([place for place in around.near if parts.town in place.names], reported)
    if here and (len(here) == 1 or here[0][0] * 3 < here[1][0] or here[0][1].kind != here[1][1].kind):
        return _placed(Reason.SAME_NAME_NEAR, here[0][1], km=here[0][0], code=Resolution.NAME_AND_POSITION)
    if here:
        return Verdict(Resolution.HOMONYMS, None, Reason.SEVERAL)
    alike = [
        (km, place) for km, place in _sorted_by_distance(around.near, reported)
        if any(
            (km <= NEAR_KM and is_variant(parts.town, name)) or (km <= NEAR_KM / 2 and is_extension(parts.town, name))
            for name in place.names
        )
    ]  # fmt: skip
    if len(alike) == 1:
        km, place = alike[0]
        detail = {"name": min(place.names), "km": f"{km:.0f}"}
        return Verdict(Resolution.NAME_AND_POSITION, place.key, Reason.VARIANT_NEAR, detail)
    if parts.within:
        return Verdict(Resolution.NOT_A_CITY, None, Reason.PART_OF_CITY, {"within": parts.within})
    if around.is_region_name:
        return Verdict(Resolution.NOT_A_CITY, None, Reason.REGION_NAME)
    if not around.near:  # a position in the void or in another country says nothing
        return _by_name(around, parts=parts)
    return Verdict(Resolution.NOT_FOUND, None, Reason.NOBODY_NEAR)


def _by_name(around: Surroundings, *, parts: NameParts) -> Verdict:
    """Nothing but a name and a country."""
    towns = [place for place in around.named if place.kind != "locality"]
    if around.hinted is not None and parts.town not in around.hinted.names and not towns:
        return Verdict(
            Resolution.NOT_FOUND, None, Reason.NAME_CONTRADICTS, {"name": min(around.hinted.names, default="")}
        )
    if not towns:
        return Verdict(Resolution.NOT_FOUND, None, Reason.NO_POSITION)
    larger = _far_larger(towns)
    if larger is None:
        return Verdict(Resolution.HOMONYMS, None, Reason.SEVERAL)
    if larger.inhabitants < CITY:
        return Verdict(Resolution.NOT_FOUND, None, Reason.NO_POSITION)
    reason = Reason.ONLY_ONE if len(towns) == 1 else Reason.FAR_LARGER
    return Verdict(Resolution.NAME_ONLY, larger.key, reason)


def is_variant(one: str, other: str) -> bool:
    """Say whether two folded names are spellings of one: generic words apart, or one letter in a long name."""
    core, core2 = (
        " ".join(SPELT_OUT.get(word, word) for word in name.split() if word not in GENERIC_WORDS)
        for name in (one, other)
    )
    if not core or not core2:
        return False
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    if core.replace(" ", "") == core2.replace(" ", ""):
        return True
    return (
        min(len(core), len(core2)) >= LONG_NAME
        and core[0] == core2[0]
        and OSA.distance(core, core2, score_cutoff=1) <= 1
    )


def is_extension(one: str, other: str) -> bool:
    """Say whether one folded name is the other with a surname: «Caravaca» and «Caravaca de la Cruz»."""
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORT_NAME and long.startswith(f"{short} ") and long[len(short) + 1 :].split()[0] in LINKS


def are_namesakes(one: str, other: str) -> bool:
    """Say whether two folded names are so alike that their towns may be linked because of them: «Kęty», «Keť»."""
    return OSA.distance(one, other) <= max(1, min(len(one), len(other)) // 4)


def _far_larger(places: Sequence[Candidate]) -> Candidate | None:
    ranked = sorted(places, key=lambda place: (-place.inhabitants, place.key))
    if len(ranked) == 1 or (ranked and ranked[0].inhabitants >= FAR_LARGER * max(1, ranked[1].inhabitants)):
        return ranked[0]
    return None


def _sorted_by_distance(places: Iterable[Candidate], reported: Reported) -> list[tuple[float, Candidate]]:
    assert reported.latitude is not None
    assert reported.longitude is not None
    here = (reported.latitude, reported.longitude)
    found = [
        (kilometres(here, (place.latitude, place.longitude)), place)
        for place in places
        if place.latitude is not None and place.longitude is not None
    ]
    return sorted(found, key=lambda pair: (pair[0], pair[1].key))


def _placed(reason: Reason, place: Candidate, *, km: float | None, code: Resolution = Resolution.IDENTIFIER) -> Verdict:
    return Verdict(code, place.key, reason, {"km": "?" if km is None else f"{km:.0f}"})


def _unplaced(reason: Reason, *, km: float | None) -> Verdict:
    return Verdict(Resolution.NOT_FOUND, None, reason, {"km": "?" if km is None else f"{km:.0f}"})
