"""What a committee may do: quorum, terms, attendance and decisions; pure functions on plain values.

Sources: the members and what they do, D6.1 [000:656-660; 003:4270-4277]; one committee for each area, with its peer
abroad, in which several back each other so that one departure stops nothing, D3.4 [002:217-223]. How many make a
quorum is in each committee's own regulation: where it is not known the program asks and decides nothing.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from hermanar.cooperation.vocabulary.committees import CommitteeRefusal as Why
from hermanar.cooperation.vocabulary.committees import Quorum, SessionState
from hermanar.foundation.words import whole_number

_SHARE = re.compile(r"(\d{1,3})\s*/\s*(\d{1,3})")
_PERCENT = re.compile(r"(\d{1,3})\s*%?")
_WITH_FIGURE = frozenset({Quorum.SHARE, Quorum.NUMBER})
_HUNDRED = 100
_FIGURE_DIGITS = 3  # no committee is larger


class CommitteeRefusedError(ValueError):
    """Something that a committee may not do, with every reason; nothing was written."""

    def __init__(self, *refusals: Why) -> None:
        self.refusals = refusals
        super().__init__(" ".join(str(refusal.label) for refusal in refusals))


# ── quorum ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """How many a regulation asks for, in its own form."""

    kind: Quorum = Quorum.UNKNOWN
    figure: str = ""  # 2/3 of a share, 5 of a number

    def needed(self, of: int) -> int | None:
        """Return how many of so many must be there; None when the rule is not known."""
        match self.kind:
            case Quorum.MAJORITY:
                return of // 2 + 1
            case Quorum.SHARE:
                return max(1, math.ceil(Fraction(self.figure) * of))
            case Quorum.NUMBER:
                return int(self.figure)
            case Quorum.PRESENT:
                return 1
            case _:
                return None


@dataclass(frozen=True, slots=True)
class Seat:
    """A member or a substitute, as long as the person is there."""

    key: UUID
    began_on: dt.date
    ended_on: dt.date | None = None
    stands_for: UUID | None = None  # of a substitute: the member
    post: str = ""

    def is_there(self, on: dt.date) -> bool:
        """Say whether the person is in the committee on a day; the day one leaves is the first without."""
        return self.began_on <= on and (self.ended_on is None or on < self.ended_on)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether there is a quorum, and what it was counted from."""

    rule: Quorum
    present: int
    of: int
    needed: int | None

    @property
    def is_quorum(self) -> bool | None:
        """Say whether there is one; None when the rule is not known and somebody must say it."""
        return None if self.needed is None else self.present >= self.needed


def figure_of(kind: Quorum, *, figure: str, otherwise: Why = Why.BAD_FIGURE) -> str:
    """Return the figure of a quorum in one form: a fraction or a number. Raises CommitteeRefusedError."""
    text = figure.strip()
    if kind not in _WITH_FIGURE:
        return ""
    if kind is Quorum.NUMBER:
        if number := whole_number(text, digits=_FIGURE_DIGITS):
            return str(number)
        raise CommitteeRefusedError(otherwise)
    if found := _SHARE.fullmatch(text):
        above, below = int(found[1]), int(found[2])
    elif found := _PERCENT.fullmatch(text):
        above, below = int(found[1]), _HUNDRED
    else:
        raise CommitteeRefusedError(otherwise)
    if not 0 < above <= below:
        raise CommitteeRefusedError(otherwise)
    return str(Fraction(above, below)) if above < below else "1/1"


def seats_on(seats: Iterable[Seat], on: dt.date) -> list[Seat]:
    """Return the members in their own right on a day, substitutes left out."""
    return [seat for seat in seats if seat.stands_for is None and seat.is_there(on)]


def voters(seats: Iterable[Seat], *, present: Collection[UUID], on: dt.date) -> set[UUID]:
    """Return the members who are there themselves or by their substitute: each place counts once."""
    kept = [seat for seat in seats if seat.is_there(on)]
    own = {seat.key for seat in kept if seat.stands_for is None}
    return own & {seat.stands_for or seat.key for seat in kept if seat.key in present}


def quorum(
    rule: QuorumRule, seats: Sequence[Seat], *, present: Collection[UUID], on: dt.date, size: int | None = None
) -> Verdict:
    """Count a quorum: of the places that the regulation gives, or where it names no number, of the members that day."""
    of = size or len(seats_on(seats, on))
    return Verdict(rule.kind, len(voters(seats, present=present, on=on)), of, rule.needed(of))


def short_of_quorum(rule: QuorumRule, seats: Sequence[Seat], *, on: dt.date, size: int | None = None) -> int:
    """Return how many members are missing before the committee can have a quorum at all; 0 when it can."""
    there = len(seats_on(seats, on))
    needed = rule.needed(size or there)
    return 0 if needed is None else max(0, max(needed, 1) - there)


def unbacked(seats: Sequence[Seat], *, on: dt.date) -> list[UUID]:
    """Return the members whose leaving stops something: a post, or the whole committee, with nobody behind (D3.4)."""
    there = seats_on(seats, on)
    backed = {seat.stands_for for seat in seats if seat.stands_for and seat.is_there(on)}
    posts = [seat.post for seat in there]
    alone = [seat for seat in there if len(there) == 1 or (seat.post and posts.count(seat.post) == 1)]
    return [seat.key for seat in alone if seat.key not in backed]


# ── what may be written ──────────────────────────────────────────────────────────────────────────────────────────────


def overlap(first: tuple[dt.date, dt.date | None], second: tuple[dt.date, dt.date | None]) -> bool:
    """Say whether two stays have a day in common; an end is the first day without, and None has not come."""
    return (second[1] is None or first[0] < second[1]) and (first[1] is None or second[0] < first[1])


def refused_founding(*, founded_on: dt.date | None, told_of: bool, source: str, today: dt.date) -> list[Why]:
    """Return why a committee cannot be founded so: a date or an instrument stands on a paper."""
    found = [Why.FUTURE_DATE] if founded_on and founded_on > today else []
    return [*found, Why.NO_SOURCE] if told_of and not source.strip() else found


def refused_rule(rule: QuorumRule, *, size: int | None) -> list[Why]:
    """Return why a rule cannot hold: nobody can be more than the places there are."""
    needed = rule.needed(size) if size else None
    return [Why.MORE_THAN_SEATS] if needed and size and needed > size else []


def refused_term(began_on: dt.date, *, until: dt.date | None, founded_on: dt.date | None) -> list[Why]:
    """Return why a term cannot be."""
    found = [Why.TERM_ENDS_FIRST] if until and until < began_on else []
    return [*found, Why.BEFORE_FOUNDING] if founded_on and began_on < founded_on else found


def refused_end(began_on: dt.date, *, ended_on: dt.date, reason: str, today: dt.date) -> list[Why]:
    """Return why something cannot end on a day."""
    found = [Why.TERM_ENDS_FIRST] if ended_on < began_on else []
    found += [Why.FUTURE_DATE] if ended_on > today else []
    return found if reason.strip() else [*found, Why.NO_REASON]


def refused_committee_end(ended_on: dt.date, *, last_held: dt.date | None) -> list[Why]:
    """Return why a committee cannot have ended on a day: it met later."""
    return [Why.HELD_LATER] if last_held and ended_on < last_held else []


def refused_call(on: dt.date, *, called_on: dt.date | None, founded_on: dt.date | None, items: int) -> list[Why]:
    """Return why a session cannot be called so."""
    found = [Why.CALLED_AFTER] if called_on and called_on > on else []
    found += [Why.BEFORE_FOUNDING] if founded_on and on < founded_on else []
    return found if items else [*found, Why.NO_AGENDA]


def refused_attendance(
    seats: Sequence[Seat], *, present: Collection[UUID], on: dt.date, today: dt.date, second: Quorum | None = None
) -> list[Why]:
    """Return why an attendance cannot be; `second` is the rule of the second call, when it was held on one."""
    if on > today:
        return [Why.NOT_YET]
    there = {seat.key for seat in seats if seat.is_there(on)}
    found = [] if present else [Why.NOBODY_CAME]
    found += [Why.NOT_A_MEMBER_THEN] if set(present) - there else []
    if second is Quorum.NONE:
        found.append(Why.NO_SECOND_CALL)
    elif second is Quorum.UNKNOWN:
        found.append(Why.SECOND_CALL_UNKNOWN)
    return found


def settled(verdict: Verdict, *, said: bool | None) -> bool:
    """Return whether there was a quorum: by the rule, or where it is unknown as said. Raises CommitteeRefusedError."""
    found = said if verdict.is_quorum is None else verdict.is_quorum
    if found is None:
        raise CommitteeRefusedError(Why.SAY_QUORUM)
    return found


def refused_decision(state: SessionState, *, votes: Sequence[int | None], voters: int, is_signed: bool) -> list[Why]:
    """Return why a session cannot take a decision: without a quorum it takes none."""
    if state is SessionState.CALLED:
        return [Why.NOT_HELD]
    if state is SessionState.CANCELLED:
        return [Why.SESSION_CLOSED]
    if state is SessionState.MEETING:
        return [Why.NO_QUORUM]
    found = [Why.MINUTES_SIGNED] if is_signed else []
    return found + refused_votes(votes, voters=voters)


def refused_votes(votes: Sequence[int | None], *, voters: int) -> list[Why]:
    """Return why votes cannot have fallen so: nobody votes twice."""
    return [Why.VOTES_DO_NOT_ADD_UP] if sum(vote or 0 for vote in votes) > voters else []


def refused_task(*, given_on: dt.date, due_on: dt.date | None, done_on: dt.date | None, today: dt.date) -> list[Why]:
    """Return why the days of a task cannot be."""
    found = [Why.DUE_BEFORE] if due_on and due_on < given_on else []
    if done_on is None:
        return found
    found += [Why.FUTURE_DATE] if done_on > today else []
    return [*found, Why.DONE_BEFORE] if done_on < given_on else found
