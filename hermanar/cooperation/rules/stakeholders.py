"""Who takes part on which side, and where nobody does (D3.3, six classes [002:199-211])."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hermanar.cooperation.vocabulary.stakeholders import ActorClass, Resource, TieSide
from hermanar.cooperation.vocabulary.ties import TieRefusal as Why


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """An actor as the rules look at it."""

    kind: ActorClass
    side: TieSide
    resources: frozenset[Resource] = frozenset()


def gaps(actors: Iterable[ActorFacts]) -> list[tuple[ActorClass, TieSide]]:
    """Return each class with the side on which nobody of it takes part."""
    there = {(one.kind, one.side) for one in actors}
    return [(kind, side) for kind in ActorClass for side in TieSide if (kind, side) not in there]


def refused_stakeholder(name: str, *, part: str, since_on: dt.date | None, today: dt.date) -> list[Why]:
    """Return why an actor cannot be named so."""
    found = [] if name.strip() else [Why.NO_NAME]
    found += [] if part.strip() else [Why.NO_PART]
    return [*found, Why.FUTURE_DATE] if since_on and since_on > today else found


def refused_leaving(since_on: dt.date | None, *, left_on: dt.date, reason: str, today: dt.date) -> list[Why]:
    """Return why an actor cannot have left so."""
    found = [] if reason.strip() else [Why.NO_REASON]
    found += [Why.FUTURE_DATE] if left_on > today else []
    return [*found, Why.ENDS_FIRST] if since_on and left_on < since_on else found
