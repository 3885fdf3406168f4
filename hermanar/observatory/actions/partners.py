"""What other rows of a source say of a place left open: a namesake with the same partner that was resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from hermanar.directory.queries import in_steps
from hermanar.observatory.actions.atlas import Atlas
from hermanar.observatory.actions.facts import CaptureRows
from hermanar.observatory.models import ReportedTie
from hermanar.observatory.rules import Verdict, end_key, name_parts, told_by_partner

Namesake = tuple[str, str]  # country and town


def hear_partners(rows: CaptureRows, verdicts: dict[str, Verdict], *, atlas: Atlas, origin: str) -> None:
    """Give open places the place that rows with their name and partner mean, here or in captures of the origin."""
    facts = {place.key: place for place in rows.places}
    known: dict[tuple[Namesake, str], set[str]] = defaultdict(set)
    for name, country, place, partner in (
        *_told_here(rows, verdicts, atlas),
        *_told_before(origin, besides=rows.facts.key),
    ):
        known[(country, name_parts(name).town), partner].add(place)
    partners: dict[str, set[str]] = defaultdict(set)
    for tie in rows.ties:
        for end, other in ((tie.one, tie.other), (tie.other, tie.one)):
            if verdicts[end].place is None:
                partners[end].add(_key(verdicts[other], atlas, name=facts[other].name, country=facts[other].country))
    for end, its in partners.items():
        namesake = (facts[end].country, name_parts(facts[end].name).town)
        reached = {place for partner in its for place in known.get((namesake, partner), ())}
        verdicts[end] = told_by_partner(verdicts[end], reached)


def _key(verdict: Verdict, atlas: Atlas, *, name: str, country: str) -> str:
    place = verdict.place
    if place is not None and ":" in place:  # suggested by a source; in the directory by now, or soon
        return str(atlas.by_identifier.get(place, place))
    return end_key(UUID(place) if place is not None else None, name=name, country=country)


def _told_here(rows: CaptureRows, verdicts: dict[str, Verdict], atlas: Atlas) -> Iterator[tuple[str, str, str, str]]:
    """Yield (name, country, place, key of the partner) of each resolved end of this capture."""
    facts = {place.key: place for place in rows.places}
    for tie in rows.ties:
        for end, other in ((tie.one, tie.other), (tie.other, tie.one)):
            place = verdicts[end].place
            if place is not None:
                partner = _key(verdicts[other], atlas, name=facts[other].name, country=facts[other].country)
                yield facts[end].name, facts[end].country, str(atlas.by_identifier.get(place, place)), partner


def _told_before(origin: str, *, besides: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the same of the other captures of this origin, loaded before."""
    columns = ("name", "country_code", "place")
    rows = ReportedTie.objects.filter(capture__origin=origin).exclude(capture__key=besides)
    told = in_steps(rows, *(f"{end}__{column}" for end in ("one", "other") for column in columns))
    for _pk, name, country, place, name2, country2, place2 in told:
        one, other = end_key(place, name=name, country=country), end_key(place2, name=name2, country=country2)
        if place is not None:
            yield name, country, one, other
        if place2 is not None:
            yield name2, country2, other, one
