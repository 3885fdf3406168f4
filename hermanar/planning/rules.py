"""How answers add up: pure functions on plain values. A score always says of how many answers it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hermanar.planning.vocabulary import AssessmentStage, Degree, Movement, Refusal, SizeClass

# Neither Zapata [002:272-300] nor Schiavon as the paper tells him [000:240-251] gives a scale: this one is ours.
POINTS = {Degree.NOT_BEGUN: 0, Degree.BEGUN: 1, Degree.IN_PART: 2, Degree.DONE: 3}
MOST = 3
# Classes of the European Commission and the OECD for the size of cities (Dijkstra and Poelman, 2012), ours below and
# above them: the first class whose limit a population does not reach.
SIZES = (
    (50_000, SizeClass.VERY_SMALL),
    (100_000, SizeClass.SMALL),
    (250_000, SizeClass.MEDIUM),
    (500_000, SizeClass.LARGE),
    (1_000_000, SizeClass.VERY_LARGE),
)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Flaw:
    """A refusal and the question it is about, by its key; empty: the assessment as a whole."""

    refusal: Refusal
    question: str = ""


class AssessmentRefusedError(ValueError):
    """What the rules do not allow, with every reason; nothing was written."""

    def __init__(self, flaws: Sequence[Flaw]) -> None:
        self.flaws = tuple(flaws)
        super().__init__(" ".join(str(flaw.refusal.label) for flaw in self.flaws))


@dataclass(frozen=True, slots=True)
class Mark:
    """What one question was answered; None: not yet."""

    degree: Degree | None = None
    has_evidence: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """What answers add up to, with how many they are."""

    asked: int = 0
    known: int = 0  # answered with a degree of the scale
    unknown: int = 0  # answered «it is not known»: never a nought
    with_evidence: int = 0  # of the known ones
    points: int = 0

    @property
    def unanswered(self) -> int:
        """Return how many questions have no answer at all."""
        return self.asked - self.known - self.unknown

    @property
    def mean(self) -> Decimal | None:
        """Return the mean of the known answers on the scale, to a tenth; None when nothing is known."""
        if not self.known:
            return None
        return (Decimal(self.points) / self.known).quantize(_TENTH, ROUND_HALF_UP)


def score(marks: Iterable[Mark]) -> Score:
    """Add up answers: every known one weighs the same, whatever their order."""
    listed = list(marks)
    known = [mark for mark in listed if mark.degree in POINTS]
    return Score(
        asked=len(listed),
        known=len(known),
        unknown=sum(mark.degree is Degree.UNKNOWN for mark in listed),
        with_evidence=sum(mark.has_evidence for mark in known),
        points=sum(POINTS[mark.degree] for mark in known if mark.degree),
    )


def total(scores: Iterable[Score]) -> Score:
    """Add sections up to one score of all their answers."""
    listed = list(scores)
    return Score(
        asked=sum(one.asked for one in listed),
        known=sum(one.known for one in listed),
        unknown=sum(one.unknown for one in listed),
        with_evidence=sum(one.with_evidence for one in listed),
        points=sum(one.points for one in listed),
    )


def movement(before: Mark | None, after: Mark | None) -> Movement:
    """Say what became of an answer; None: the question was not asked in that assessment."""
    if before is None or after is None:
        return Movement.NOT_ASKED
    was, now = (POINTS.get(mark.degree) if mark.degree else None for mark in (before, after))
    if was is None or now is None:
        if was is now:
            return Movement.STILL_UNKNOWN
        return Movement.NOW_KNOWN if was is None else Movement.NO_LONGER_KNOWN
    if was == now:
        return Movement.SAME
    return Movement.BETTER if now > was else Movement.WORSE


def size_class(population: int | None) -> SizeClass:
    """Return the class of a city by its inhabitants; of an unknown number, no class is guessed."""
    if population is None:
        return SizeClass.UNKNOWN
    return next((size for limit, size in SIZES if population < limit), SizeClass.HUGE)


def is_like_size(one: int | None, other: int | None) -> bool:
    """Say whether two cities are of the same class; where either population is unknown, nobody can say so."""
    size = size_class(one)
    return size is not SizeClass.UNKNOWN and size is size_class(other)


def refused_date(on: dt.date, *, last: dt.date | None, today: dt.date) -> Refusal | None:
    """Say why an assessment may not bear a day: it is to come, or before the last closed one of the same subject."""
    if on > today:
        return Refusal.FUTURE_DATE
    return Refusal.BEFORE_LAST if last and on < last else None


def refused_closing(stage: AssessmentStage, answers: Iterable[tuple[str, Mark, str]]) -> list[Flaw]:
    """Return why an assessment may not be closed; answers are the question, what was answered, and why."""
    if stage is not AssessmentStage.DRAFT:
        return [Flaw(Refusal.NOT_OPEN)]
    known = [(key, why) for key, mark, why in answers if mark.degree in POINTS]
    if not known:
        return [Flaw(Refusal.NOTHING_KNOWN)]
    return [Flaw(Refusal.NO_REASON, key) for key, why in known if not why.strip()]
