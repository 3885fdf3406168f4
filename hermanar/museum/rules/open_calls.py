"""What may be done with a call for a work of art, and when: pure functions. Source: D5.8 [000 note 6]."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hermanar.museum.vocabulary.open_calls import CallRefusal as Why
from hermanar.museum.vocabulary.open_calls import Decider, Phase

LEAST, MOST = 1, 5  # what a juror gives
VOTE_DAYS = 2  # for how long a link of confirmation holds
CONTACT_DAYS = 60  # after the result: until then whoever won, and whoever did not, can be written to


class CallRefusedError(ValueError):
    """A call does not allow what was asked, for every reason at once."""

    def __init__(self, refusals: Iterable[Why]) -> None:
        self.refusals = tuple(dict.fromkeys(refusals))
        super().__init__(" ".join(str(one.label) for one in self.refusals))


@dataclass(frozen=True, slots=True)
class CallFacts:
    """A call as the rules look at it."""

    title: str = ""
    rules: str = ""
    receiver: str = ""
    opens_on: dt.date | None = None
    closes_on: dt.date | None = None
    votes_until: dt.date | None = None
    decider: Decider = Decider.JURY
    is_published: bool = False
    is_cancelled: bool = False
    is_decided: bool = False
    entries: int = 0  # that came, whatever was decided on them


@dataclass(frozen=True, slots=True)
class Mark:
    """What a juror says of one work: a score, or an interest, never both."""

    juror: str
    entry: str
    score: int | None = None
    interest: str = ""


def phase_of(facts: CallFacts, *, today: dt.date) -> Phase:
    """Return where a call stands on a day; the last day of each stretch still belongs to it."""
    if facts.is_cancelled:
        return Phase.CANCELLED
    if facts.is_decided:
        return Phase.DECIDED
    if facts.opens_on is None or facts.closes_on is None or facts.votes_until is None or today < facts.opens_on:
        return Phase.UPCOMING
    if today <= facts.closes_on:
        return Phase.OPEN
    return Phase.VOTING if today <= facts.votes_until else Phase.DECIDING


def refused_call(facts: CallFacts) -> list[Why]:
    """List why a call may not even be kept as a draft."""
    days = [day for day in (facts.opens_on, facts.closes_on, facts.votes_until) if day]
    in_order = days == sorted(days) and (facts.closes_on is None or facts.closes_on != facts.votes_until)
    return [*([] if facts.title.strip() else [Why.NO_TITLE]), *([] if in_order else [Why.DATES_OUT_OF_ORDER])]


def refused_to_show(facts: CallFacts, *, is_demonstration: bool) -> list[Why]:
    """List why the public may not see a call yet: whoever takes part must know everything before."""
    missing = {
        Why.NO_RULES: not facts.rules.strip(),
        Why.NO_CITY: not facts.receiver,
        Why.NO_DATES: not (facts.opens_on and facts.closes_on and facts.votes_until),
        Why.DEMONSTRATION: is_demonstration,
    }
    return [*refused_call(facts), *(why for why, is_so in missing.items() if is_so)]


def refused_to_mend(before: CallFacts, after: CallFacts) -> list[Why]:
    """List why a call may not become another: what people already took part under stays; its days may be put off."""
    if before.is_decided or before.is_cancelled:
        return [Why.OVER]
    if not before.entries:
        return []
    same = (before.rules, before.receiver, before.decider, before.opens_on) == (
        after.rules, after.receiver, after.decider, after.opens_on,
    )  # fmt: skip
    later = all(
        old is None or (new is not None and new >= old)
        for old, new in ((before.closes_on, after.closes_on), (before.votes_until, after.votes_until))
    )
    return [] if same and later else [Why.FROZEN]


def refused_result(
    facts: CallFacts, *, today: dt.date, is_entry: bool, is_void: bool, reasons: str, votes: int
) -> list[Why]:
    """List why a result may not be told: too early, of no work that takes part, without reasons, without votes."""
    phase = phase_of(facts, today=today)
    found = {
        Why.OVER: phase in {Phase.CANCELLED, Phase.DECIDED},
        Why.TOO_EARLY: phase in {Phase.UPCOMING, Phase.OPEN, Phase.VOTING} or not facts.is_published,
        Why.NOT_AN_ENTRY: not is_entry and not is_void,
        Why.NO_JURY: facts.decider is Decider.JURY and votes == 0 and not is_void,
        Why.NO_REASON: not reasons.strip(),
    }
    return [why for why, is_so in found.items() if is_so]


def refused_mark(*, phase: Phase, has_accepted: bool, score: int | None, interest: str) -> list[Why]:
    """List why a juror's word on a work is not kept: a score from 1 to 5, or an interest instead of one."""
    if phase is not Phase.VOTING:
        return [Why.NOT_VOTING]
    if not has_accepted:
        return [Why.NOT_ACCEPTED]
    is_score = score is not None and LEAST <= score <= MOST and not interest.strip()
    is_interest = score is None and bool(interest.strip())
    return [] if is_score or is_interest else [Why.BAD_SCORE]


def tally_of(marks: Iterable[Mark]) -> dict[str, dict[str, float]]:
    """Return for each work how many jurors gave a score and their mean; who has an interest in it is left out."""
    given: Mapping[str, list[int]] = defaultdict(list)
    for mark in marks:
        if mark.score is not None and not mark.interest:
            given[mark.entry].append(mark.score)
    return {
        entry: {"votes": len(scores), "mean": round(sum(scores) / len(scores), 2)} for entry, scores in given.items()
    }
