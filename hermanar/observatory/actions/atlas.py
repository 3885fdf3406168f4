"""The directory held in memory while a capture is resolved: candidates by identifier, by name and by position."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from hermanar.directory import queries as directory
from hermanar.foundation.words import fold
from hermanar.observatory.actions.facts import PlaceFacts
from hermanar.observatory.rules import (
    CLOSE_KM,
    Candidate,
    Reported,
    Surroundings,
    Verdict,
    is_extension,
    is_variant,
    name_parts,
    names_region,
    resolved_place,
)
from hermanar.ui.geometry import kilometres

FAR_NORTH = 60  # degrees from which 40 km are more than the next column of cells
# A source that names the country may mean a place of its territories, which ISO codes apart.
TERRITORIES = {
    "FR": ("GF", "GP", "MQ", "RE", "YT", "NC", "PF", "PM", "BL", "MF", "WF"), "DK": ("GL", "FO"), "FI": ("AX",),
    "US": ("PR", "GU", "VI", "AS", "MP"), "NL": ("CW", "AW", "SX", "BQ"), "CN": ("HK", "MO"), "NO": ("SJ",),
    "GB": ("GI", "JE", "GG", "IM", "BM", "KY", "FK"),
}  # fmt: skip


class Atlas:
    """Every place of the directory, ready to be compared with what a source reports."""

    def __init__(self) -> None:
        names: dict[UUID, set[str]] = defaultdict(set)
        for key, folded in directory.gazetteer_names():
            names[key].add(folded)
        self.by_identifier = directory.gazetteer_identifiers()
        self.candidates: dict[str, Candidate] = {}
        self._countries: dict[str, str] = {}
        self._municipalities: list[Candidate] = []
        self._named: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
        self._cells: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
        self._spread: dict[str, list[float]] = {}
        self._regions: set[tuple[str, str]] = set()
        for key, kind, country, size, latitude, longitude, region in directory.gazetteer():
            borne = frozenset(names[key])
            self._add(Candidate(str(key), kind, borne, size, latitude, longitude, fold(region)), country=country)
            if region:
                self._regions.add((country, fold(region)))

    def _add(self, place: Candidate, *, country: str) -> None:
        self.candidates[place.key] = place
        self._countries[place.key] = country
        if place.kind == "municipality":
            self._municipalities.append(place)
        for name in place.names:
            self._named[country, name].append(place)
        if place.latitude is None or place.longitude is None:
            return
        self._cells[math.floor(place.latitude), math.floor(place.longitude)].append(place)
        box = self._spread.setdefault(country, [90.0, -90.0, 180.0, -180.0])
        box[0], box[1] = min(box[0], place.latitude), max(box[1], place.latitude)
        box[2], box[3] = min(box[2], place.longitude), max(box[3], place.longitude)

    def add_suggested(self, facts: PlaceFacts) -> None:
        """Hold a suggested place the directory does not have yet, under its identifier."""
        new = facts.suggested
        if new is None or not facts.hints or facts.hints[0] in self.by_identifier or facts.hints[0] in self.candidates:
            return
        self._add(
            Candidate(
                facts.hints[0], "city", frozenset({fold(new.name)}), new.inhabitants or 0, new.latitude, new.longitude
            ),
            country=facts.country,
        )

    def hinted(self, facts: PlaceFacts) -> Candidate | None:
        """Return the place the source suggests, if there is one."""
        for hint in facts.hints:
            key = self.by_identifier.get(hint)
            if key is not None:
                return self.candidates[str(key)]
            if hint in self.candidates:
                return self.candidates[hint]
        return None

    def verdict(self, facts: PlaceFacts) -> Verdict:
        """Ask the rules about a reported place with all the directory knows around it."""
        town = name_parts(facts.name).town
        box = self._spread.get(facts.country)
        return resolved_place(
            Reported(
                facts.name, facts.country, facts.geocode, facts.hint_km, facts.homonyms, facts.latitude,
                facts.longitude, facts.is_vouched,
            ),
            Surroundings(
                self.hinted(facts), self._bearing(facts.country, town), tuple(self._near(facts)),
                kilometres((box[0], box[2]), (box[1], box[3])) if box else 0.0,
                (facts.country, town) in self._regions,
            ),
        )  # fmt: skip

    def knows(self, country: str, town: str) -> bool:
        """Say whether the country has a place or a region of this folded name."""
        return bool(self._bearing(country, town)) or (country, town) in self._regions

    def is_elsewhere(self, place: str, facts: PlaceFacts) -> bool:
        """Say whether the name as written ends in a region of the country that is not the place's own."""
        region = fold(facts.name.rpartition(", ")[2]) if names_region(facts.name) else ""
        return (facts.country, region) in self._regions and self.candidates[place].region not in {"", region}

    def _bearing(self, country: str, town: str) -> tuple[Candidate, ...]:
        """Places of the country with the name; Mexican municipalities also by their name without its surname."""
        exact = list(self._named.get((country, town), ()))
        if not exact:
            exact = [place for code in TERRITORIES.get(country, ()) for place in self._named.get((code, town), ())]
        if exact or country != "MX":
            return tuple(exact)
        return tuple(
            place
            for place in self._municipalities
            if any(is_variant(town, name) or is_extension(town, name) for name in place.names)
        )

    def _near(self, facts: PlaceFacts) -> Iterator[Candidate]:
        if facts.latitude is None or facts.longitude is None:
            return
        here, north, east = (facts.latitude, facts.longitude), math.floor(facts.latitude), math.floor(facts.longitude)
        countries = {facts.country, *TERRITORIES.get(facts.country, ())}
        wide = 1 if abs(north) < FAR_NORTH else 2
        for row in range(north - 1, north + 2):
            for column in range(east - wide, east + wide + 1):
                for place in self._cells.get((row, column), ()):
                    if (
                        (self._countries[place.key] in countries or not facts.country)
                        and place.kind != "state"
                        and place.latitude is not None
                        and place.longitude is not None
                        and kilometres(here, (place.latitude, place.longitude)) <= CLOSE_KM
                    ):
                        yield place
