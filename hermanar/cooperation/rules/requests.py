"""What a request to twin must say, and when it can be answered (D3.10 [000:310-312])."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hermanar.cooperation.vocabulary.requests import Answer, RequestSide
from hermanar.cooperation.vocabulary.ties import TieRefusal as Why


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """A request as a person tells it."""

    side: RequestSide
    city: str
    requester: str
    asks: str
    on: dt.date
    answer_by: dt.date | None = None
    is_own_place: bool = False


def refused_request(facts: RequestFacts, *, today: dt.date) -> list[Why]:
    """Return why a request cannot be kept so; how long an answer may take is the office's own to say."""
    found = [] if facts.city.strip() else [Why.NO_NAME]
    found += [] if facts.requester.strip() else [Why.NO_REQUESTER]
    found += [] if facts.asks.strip() else [Why.NO_WORDS]
    found += [Why.FUTURE_DATE] if facts.on > today else []
    found += [Why.DUE_BEFORE] if facts.answer_by and facts.answer_by < facts.on else []
    return [*found, Why.OWN_PLACE] if facts.is_own_place else found


def refused_answer(
    answer: Answer, *, reason: str, has_link: bool, asked_on: dt.date, on: dt.date, today: dt.date
) -> list[Why]:
    """Return why an answer cannot be: each has its reason, and a tie is taken up because something links the two."""
    found = [] if reason.strip() else [Why.NO_REASON]
    found += [Why.NO_LINK] if answer is Answer.ACCEPTED and not has_link else []
    found += [Why.FUTURE_DATE] if on > today else []
    return [*found, Why.ANSWERED_BEFORE] if on < asked_on else found
