"""What a proof page of a town-twinning event says: pure functions on plain values.

What the European programmes ask of the town's site: place, dates, participants of each country, daily activities
(Europe for Citizens, town twinning 2018, round 2); and since 2021 fifty people who take part, half of them invited
from abroad (CERV, town twinning).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from hermanar.cooperation.vocabulary.proofs import ProofRefusal

MOST_DAYS = 31  # of an event: the programmes pay for 21 at most, and every day of the page is written out
LEAST_PEOPLE, LEAST_INVITED = 50, 25


class ProofRefusedError(ValueError):
    """A proof page is not kept as it was written."""

    def __init__(self, refusals: Sequence[ProofRefusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(", ".join(self.refusals))


@dataclass(frozen=True, slots=True)
class Held:
    """An activity as the programme of an event looks at it; days that are not known are None."""

    key: UUID
    first: dt.date | None
    last: dt.date | None
    people: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ProofFacts:
    """What the rules look at in a proof page."""

    title: str
    place: str
    starts_on: dt.date
    ends_on: dt.date
    chosen: int  # how many activities were asked for
    activities: Sequence[Held]  # those of them that are of the tie and stand


def refused_proof(proof: ProofFacts, *, today: dt.date) -> list[ProofRefusal]:
    """Return everything that keeps a proof page from being kept."""
    asked = {
        ProofRefusal.NO_TITLE: not proof.title.strip(),
        ProofRefusal.NO_PLACE: not proof.place.strip(),
        ProofRefusal.ENDS_BEFORE_BEGIN: proof.ends_on < proof.starts_on,
        ProofRefusal.TOO_LONG: (proof.ends_on - proof.starts_on).days >= MOST_DAYS,
        ProofRefusal.TO_COME: proof.ends_on > today,
        ProofRefusal.NO_ACTIVITY: proof.chosen == 0,
        ProofRefusal.OF_OTHER_TIE: len(proof.activities) < proof.chosen,
        ProofRefusal.NO_DAY: any(one.first is None for one in proof.activities),
        ProofRefusal.OUTSIDE: any(_is_outside(one, proof) for one in proof.activities),
    }
    return [refusal for refusal, is_so in asked.items() if is_so]


def _is_outside(one: Held, proof: ProofFacts) -> bool:
    if one.first is None or one.last is None:
        return False
    return one.first < proof.starts_on or one.last > proof.ends_on


def programme(activities: Iterable[Held]) -> list[tuple[dt.date, tuple[UUID, ...]]]:
    """Return the days on which something was done, in order, each with what was done on it."""
    found: dict[dt.date, list[UUID]] = defaultdict(list)
    for one in activities:
        if one.first and one.last:
            for number in range((one.last - one.first).days + 1):
                found[one.first + dt.timedelta(days=number)].append(one.key)
    return [(day, tuple(keys)) for day, keys in sorted(found.items())]


def at_least(activities: Iterable[Held]) -> dict[str, int]:
    """Return how many people of each country took part at the least: as many as in its fullest activity.

    The same people come to several activities of one event, so adding them up would count them again.
    """
    found: dict[str, int] = {}
    for one in activities:
        for code, count in one.people.items():
            found[code] = max(found.get(code, 0), count)
    return dict(sorted(found.items()))


def falls_short(people: Mapping[str, int], *, host: str) -> bool:
    """Say whether fewer took part, or fewer came from abroad, than the European programme asks for."""
    invited = sum(count for code, count in people.items() if code != host)
    return sum(people.values()) < LEAST_PEOPLE or invited < LEAST_INVITED
