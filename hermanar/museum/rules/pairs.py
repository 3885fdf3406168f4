"""Rules of a pair: the same question asked of two cities, each answer with its source and date, and of like kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from hermanar.foundation.calendar.dates import parse_partial
from hermanar.museum.vocabulary.pairs import Drawing, Mode, Refusal

LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_NOTE, LONGEST_LINE = 160, 600, 400, 300
LARGEST = Decimal(10) ** 10
MOST_STEPS = 2_000
Verdict = Literal["exact", "close", "over", "under"]
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_SLUG = 80
_CLOSE = Decimal("0.1")
# The least and the most that each drawing can show.
_DRAWN: dict[str, tuple[Decimal, Decimal]] = {
    Drawing.PEOPLE: (Decimal("0.001"), LARGEST),
    Drawing.DAYLIGHT: (Decimal(0), Decimal(24)),
    Drawing.CLOCK: (Decimal(0), Decimal(24)),
    Drawing.ROOF: (Decimal(0), Decimal(12)),
    Drawing.LIT: (Decimal(0), Decimal(60)),
    Drawing.YEARS: (Decimal(1000), Decimal(2100)),
}


@dataclass(frozen=True, slots=True)
class SideDraft:
    """What is answered for one city; without answer and figure it is unknown, which is said too."""

    place: str
    answer: str = ""
    answer_en: str = ""
    source: str = ""
    source_en: str = ""
    address: str = ""
    passage: str = ""
    as_of: str = ""
    figure: Decimal | None = None
    whole: Decimal | None = None  # the figure is so many of these

    @property
    def is_unknown(self) -> bool:
        """Say whether nobody has answered for this city yet."""
        return not self.answer and self.figure is None


@dataclass(frozen=True, slots=True)
class PairDraft:
    """A question and both its sides, as an editor writes them."""

    slug: str
    theme: str
    mode: str
    question: str
    sides: tuple[SideDraft, SideDraft]
    question_en: str = ""
    note: str = ""  # what one may think of it once both answers are known
    note_en: str = ""
    unit: str = ""
    unit_en: str = ""
    lowest: Decimal | None = None
    highest: Decimal | None = None
    step: Decimal | None = None
    choice: int | None = None  # of a slide: the side that is meant
    drawing: str = ""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong, and where: a field of the pair, or of its side 0 or 1."""

    refusal: Refusal
    field: str
    side: int | None = None


class PairRefusedError(ValueError):
    """A pair is not kept or not published as it is; `flaws` says all that is wrong."""

    def __init__(self, flaws: list[Flaw]) -> None:
        self.flaws = flaws
        super().__init__(", ".join(flaw.refusal.value for flaw in flaws))


def always_wrong(draft: PairDraft) -> list[Flaw]:
    """Return what may not even be kept as a draft: an answer without source or date, and what no page could show."""
    return [*_texts(draft), *_numbers(draft), *(flaw for side in (0, 1) for flaw in _sourced(draft.sides[side], side))]


def unready(draft: PairDraft) -> list[Flaw]:
    """Return what a pair lacks for the public, beyond what is always wrong."""
    return [*always_wrong(draft), *_complete(draft), *_like(draft), *_playable(draft), *_drawable(draft)]


def _texts(draft: PairDraft) -> Iterator[Flaw]:
    if not _SLUG.fullmatch(draft.slug) or len(draft.slug) > _LONGEST_SLUG:
        yield Flaw(Refusal.BAD_SLUG, "slug")
    lengths = {
        "question": LONGEST_QUESTION,
        "question_en": LONGEST_QUESTION,
        "note": LONGEST_NOTE,
        "note_en": LONGEST_NOTE,
        "unit": _LONGEST_SLUG,
        "unit_en": _LONGEST_SLUG,
    }
    yield from _fit(draft, lengths, None)
    of_a_side = {
        "place": 120,
        "answer": LONGEST_ANSWER,
        "answer_en": LONGEST_ANSWER,
        "source": LONGEST_LINE,
        "source_en": LONGEST_LINE,
        "address": 500,
        "passage": LONGEST_LINE,
    }
    for number, side in enumerate(draft.sides):
        yield from _fit(side, of_a_side, number)


def _fit(held: PairDraft | SideDraft, lengths: dict[str, int], side: int | None) -> Iterator[Flaw]:
    for name, most in lengths.items():
        text = getattr(held, name)
        if len(text) > most:
            yield Flaw(Refusal.TOO_LONG, name, side)
        if "\x00" in text:
            yield Flaw(Refusal.NOT_TEXT, name, side)


def _numbers(draft: PairDraft) -> Iterator[Flaw]:
    for name in ("lowest", "highest", "step"):
        if not _is_kept(getattr(draft, name)):
            yield Flaw(Refusal.NOT_A_NUMBER, name)
    for number, side in enumerate(draft.sides):
        for name in ("figure", "whole"):
            if not _is_kept(getattr(side, name)):
                yield Flaw(Refusal.NOT_A_NUMBER, name, number)


def _is_kept(value: Decimal | None) -> bool:
    """Say whether a number fits its column: finite, not enormous, three decimals at most."""
    if value is None:
        return True
    return value.is_finite() and abs(value) < LARGEST and value == value.quantize(Decimal("0.001"))


def _sourced(side: SideDraft, number: int) -> Iterator[Flaw]:
    if side.address and not side.address.startswith(("https://", "http://")):
        yield Flaw(Refusal.BAD_ADDRESS, "address", number)
    try:
        dated = bool(side.as_of) and parse_partial(side.as_of).on is not None
    except ValueError:
        yield Flaw(Refusal.BAD_DATE, "as_of", number)
        dated = True
    if side.is_unknown:
        return
    if not side.source:
        yield Flaw(Refusal.NO_SOURCE, "source", number)
    if not dated:
        yield Flaw(Refusal.NO_DATE, "as_of", number)


def _complete(draft: PairDraft) -> Iterator[Flaw]:
    if not draft.question:
        yield Flaw(Refusal.NO_QUESTION, "question")
    for number, side in enumerate(draft.sides):
        if not side.place:
            yield Flaw(Refusal.NO_PLACE, "place", number)
        if side.is_unknown and draft.mode != Mode.TURN:
            yield Flaw(Refusal.NO_ANSWER, "answer", number)
        if side.figure is not None and not side.answer:
            yield Flaw(Refusal.FIGURE_WITHOUT_WORDS, "answer", number)
    first, second = draft.sides
    if first.place and first.place == second.place:
        yield Flaw(Refusal.SAME_PLACE, "place", 1)


def _like(draft: PairDraft) -> Iterator[Flaw]:
    """Yield what sets the kinds of two known answers apart; with an unknown one nothing can be unlike."""
    known = [side for side in draft.sides if not side.is_unknown]
    kinds = {(side.figure is None, side.whole is None) for side in known}
    if len(kinds) > 1:
        yield Flaw(Refusal.UNLIKE, "figure", 1)
    if any(side.figure is not None for side in known) and not draft.unit:
        yield Flaw(Refusal.NO_UNIT, "unit")


def _playable(draft: PairDraft) -> Iterator[Flaw]:
    if draft.mode == Mode.SLIDE and draft.choice not in {0, 1}:
        yield Flaw(Refusal.NO_CHOICE, "choice")
    if draft.mode != Mode.GUESS:
        return
    yield from (Flaw(Refusal.NO_FIGURE, "figure", n) for n, side in enumerate(draft.sides) if side.figure is None)
    lowest, highest, step = draft.lowest, draft.highest, draft.step
    if lowest is None or highest is None or step is None:
        yield Flaw(Refusal.NO_BOUNDS, "lowest")
    elif highest <= lowest or step <= 0 or not 1 <= (highest - lowest) / step <= MOST_STEPS:
        yield Flaw(Refusal.BOUNDS_BACKWARDS, "highest")
    else:
        truth = draft.sides[1].figure
        if truth is not None and not lowest <= truth <= highest:
            yield Flaw(Refusal.OUT_OF_BOUNDS, "figure", 1)


def _drawable(draft: PairDraft) -> Iterator[Flaw]:
    for number, side in enumerate(draft.sides):
        if not side.is_unknown and not can_draw(draft.drawing, side.figure, whole=side.whole):
            yield Flaw(Refusal.NOTHING_TO_DRAW, "drawing", number)


def can_draw(drawing: str, figure: Decimal | None, *, whole: Decimal | None = None) -> bool:
    """Say whether a figure can be drawn in this way."""
    if not drawing:
        return True
    if figure is None or drawing not in _DRAWN:
        return False
    lowest, highest = _DRAWN[drawing]
    fits = lowest <= figure <= highest
    return fits and (drawing != Drawing.LIT or (whole is not None and figure <= whole <= highest))


def verdict(guess: Decimal, truth: Decimal, *, step: Decimal) -> Verdict:
    """Say how near a guess came: within half a step it is right, within a tenth of the truth it is close."""
    missed = abs(guess - truth)
    if missed <= step / 2:
        return "exact"
    if missed <= abs(truth) * _CLOSE:
        return "close"
    return "over" if guess > truth else "under"
