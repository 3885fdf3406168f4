"""What a source says elsewhere of a place: a part of a city written otherwise, namesakes with the same partner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from hermanar.directory.queries import in_steps
from hermanar.observatory.actions.atlas import Atlas
from hermanar.observatory.actions.facts import CaptureRows, PlaceFacts, TieFacts
from hermanar.observatory.models import ReportedTie
from hermanar.observatory.rules import (
    APART,
    Verdict,
    are_namesakes,
    city_of,
    end_key,
    is_variant,
    name_parts,
    names_region,
    told_by_partner,
    told_by_writing,
    told_exactly,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says of the place of a name and a partner."""

    place: str
    country: str
    names_region: bool = False
    is_first: bool | None = None  # whose page the row stands on: its first end's; of another capture it is not asked


Hearsay = dict[str, dict[str, list[Said]]]  # by partner and town


def hear_writings(places: Iterable[PlaceFacts], verdicts: dict[str, Verdict]) -> None:
    """Give a part of a city («Joniškis – Žagarė») the place it has when written otherwise («Žagarė (Joniškis)»)."""
    writings: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for facts in places:
        parts = name_parts(facts.name)
        if parts.within:
            writings[facts.country, parts.town, city_of(parts)].append(facts.key)
    for keys in writings.values():
        known = {place for key in keys if (place := verdicts[key].place) is not None}
        for key in keys:
            verdicts[key] = told_by_writing(verdicts[key], known)


def hear_partners(rows: CaptureRows, verdicts: dict[str, Verdict], *, atlas: Atlas, origin: str) -> CaptureRows:
    """Give places what rows with their name and partner say, here or in captures of the origin loaded before.

    What rows agree on is said of the place. Where they disagree, or say otherwise than the place was resolved, one name
    mixes several towns: each such row gets a place of its own. Returns the rows with these places.
    """
    facts = {place.key: place for place in rows.places}
    hearsay: Hearsay = defaultdict(lambda: defaultdict(list))
    for name, partner, said in (*_said_here(rows, verdicts, atlas), *_said_before(origin, besides=rows.facts.key)):
        hearsay[partner][name_parts(name).town].append(said)
    heard: dict[str, dict[int, Verdict]] = defaultdict(dict)
    for tie in rows.ties:
        for end, other, is_first in _ends(tie):
            told = hearsay.get(_key(verdicts[other], atlas, facts[other]), {})
            verdict = _heard(facts[end], facts[other], verdicts[end], said=told, atlas=atlas, is_first=is_first)
            if verdict != verdicts[end]:
                heard[end][tie.row] = verdict
    apart: dict[tuple[str, int], PlaceFacts] = {}
    for end, by_row in heard.items():
        if verdicts[end].place is None and len({verdict.place for verdict in by_row.values()}) == 1:
            verdicts[end] = next(iter(by_row.values()))
            continue
        for row, verdict in by_row.items():
            own = apart[end, row] = replace(facts[end], key=f"{end}{APART}{row}")
            verdicts[own.key] = verdict
    return _with_places_apart(rows, apart) if apart else rows


def _ends(tie: TieFacts) -> tuple[tuple[str, str, bool], tuple[str, str, bool]]:
    """Return (end, other end, whether it stands first) for both ends."""
    return (tie.one, tie.other, True), (tie.other, tie.one, False)


def _heard(
    facts: PlaceFacts,
    partner: PlaceFacts,
    verdict: Verdict,
    *,
    said: Mapping[str, list[Said]],
    atlas: Atlas,
    is_first: bool,
) -> Verdict:
    town = name_parts(facts.name).town
    if verdict.place is not None:
        return _heard_exactly(facts, verdict, said.get(town, ()), atlas=atlas, is_first=is_first)
    is_of_like_name = are_namesakes(town, name_parts(partner.name).town)
    here = {one.place for one in said.get(town, ()) if one.country == facts.country}
    if not here:  # nobody writes it so: perhaps with a letter more
        variants = (name for name in said if is_variant(town, name))
        here = {one.place for name in variants for one in said[name] if one.country == facts.country}
    return told_by_partner(
        verdict,
        {place for place in here if not atlas.is_elsewhere(place, facts)},
        abroad=() if is_of_like_name else {one.place for one in said.get(town, ()) if one.country != facts.country},
        is_known_here=atlas.knows(facts.country, town),
    )


def _heard_exactly(
    facts: PlaceFacts, verdict: Verdict, said: Iterable[Said], *, atlas: Atlas, is_first: bool
) -> Verdict:
    exact = {
        one.place
        for one in said
        if one.names_region and one.country == facts.country and one.is_first is not None and one.is_first != is_first
    }
    if names_region(facts.name) or verdict.place is None or _place(verdict.place, atlas) in exact:
        return verdict
    return told_exactly(verdict, exact)


def _with_places_apart(rows: CaptureRows, apart: dict[tuple[str, int], PlaceFacts]) -> CaptureRows:
    def key(end: str, row: int) -> str:
        return apart[end, row].key if (end, row) in apart else end

    ties = [replace(tie, one=key(tie.one, tie.row), other=key(tie.other, tie.row)) for tie in rows.ties]
    return CaptureRows(rows.facts, [*rows.places, *apart.values()], ties)


def _place(place: str, atlas: Atlas) -> str:
    """Return the key of a place; one that a source suggested may be in the directory by now, or soon."""
    return str(atlas.by_identifier.get(place, place))


def _key(verdict: Verdict, atlas: Atlas, facts: PlaceFacts) -> str:
    if verdict.place is not None:
        return _place(verdict.place, atlas)
    return end_key(None, name=facts.name, country=facts.country)


def _said_here(rows: CaptureRows, verdicts: dict[str, Verdict], atlas: Atlas) -> Iterator[tuple[str, str, Said]]:
    """Yield (name, key of the partner, what is said) of each resolved end of this capture."""
    facts = {place.key: place for place in rows.places}
    for tie in rows.ties:
        for end, other, is_first in _ends(tie):
            place, its = verdicts[end].place, facts[end]
            if place is not None:
                said = Said(_place(place, atlas), its.country, names_region(its.name), is_first)
                yield its.name, _key(verdicts[other], atlas, facts[other]), said


def _said_before(origin: str, *, besides: str) -> Iterator[tuple[str, str, Said]]:
    """Yield the same of the other captures of this origin, loaded before."""
    columns = ("name", "country_code", "place")
    rows = ReportedTie.objects.filter(capture__origin=origin).exclude(capture__key=besides)
    told = in_steps(rows, *(f"{end}__{column}" for end in ("one", "other") for column in columns))
    for _pk, name, country, place, name2, country2, place2 in told:
        yield from _said_of(name, country, place, partner=end_key(place2, name=name2, country=country2))
        yield from _said_of(name2, country2, place2, partner=end_key(place, name=name, country=country))


def _said_of(name: str, country: str, place: UUID | None, *, partner: str) -> Iterator[tuple[str, str, Said]]:
    if place is not None:
        yield name, partner, Said(str(place), country)
