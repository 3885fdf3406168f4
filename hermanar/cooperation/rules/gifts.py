"""What may be said of a gift: everything that is wrong at once, so that a person mends it in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hermanar.cooperation.rules.currencies import currency_refusal
from hermanar.cooperation.vocabulary import GiftRefusal, Keeping, Purpose
from hermanar.foundation.calendar import UNKNOWN_DATE, PartialDate

MOST_VALUE = Decimal("999999999999.99")


class GiftRefusedError(ValueError):
    """A gift is not kept as it was written: everything that refuses it."""

    def __init__(self, refusals: Iterable[GiftRefusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(", ".join(refusal.value for refusal in self.refusals))


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Where a gift is kept, as somebody says it."""

    state: Keeping
    place: str = ""
    since: PartialDate = UNKNOWN_DATE


@dataclass(frozen=True, slots=True)
class GiftFacts:
    """What the rules look at in a gift."""

    on: PartialDate
    is_donation: bool
    purpose: Purpose | None
    value: Decimal | None
    currency: str
    tie_since: dt.date | None  # the first day the signature may mean; None: not signed, or not known when
    is_early: bool  # the person says that it was given before the signature
    has_photograph: bool = False
    alternative: str = ""
    rights: str = ""


def refused_gift(gift: GiftFacts, *, today: dt.date) -> list[GiftRefusal]:
    """Return everything that keeps a gift from being recorded; a date before the tie is only asked about."""
    found: list[GiftRefusal | None] = []
    if gift.on.on and gift.on.on > today:
        found.append(GiftRefusal.FUTURE_DATE)
    if gift.is_donation and gift.purpose is None:  # D3.6: a donation has a purpose
        found.append(GiftRefusal.NO_PURPOSE)
    if not gift.is_donation and gift.purpose:
        found.append(GiftRefusal.PURPOSE_OF_GIFT)
    found += _refused_value(gift)
    if gift.has_photograph and not gift.alternative:
        found.append(GiftRefusal.NO_ALTERNATIVE)
    if gift.has_photograph and not gift.rights:
        found.append(GiftRefusal.NO_RIGHTS)
    if gift.on.last and gift.tie_since and gift.on.last < gift.tie_since and not gift.is_early:
        found.append(GiftRefusal.BEFORE_TIE)
    return [one for one in found if one]


def _refused_value(gift: GiftFacts) -> list[GiftRefusal | None]:
    if gift.value is None:
        return [GiftRefusal.NO_VALUE] if gift.currency else []
    if gift.value <= 0:
        return [GiftRefusal.NOT_ABOVE_ZERO]
    if gift.value > MOST_VALUE:
        return [GiftRefusal.VALUE_TOO_LARGE]
    if not gift.currency:
        return [GiftRefusal.NO_CURRENCY]
    return [currency_refusal(gift.currency, year=gift.on.on.year if gift.on.on else None)]


def refused_place(said: PlaceFacts, *, given: PartialDate, today: dt.date) -> list[GiftRefusal]:
    """Return everything that is wrong with where a gift is said to be kept since a day."""
    found = []
    if said.state is Keeping.KEPT and not said.place:
        found.append(GiftRefusal.NO_PLACE)
    if said.state is not Keeping.KEPT and said.place:
        found.append(GiftRefusal.PLACE_UNSOUGHT)
    if said.since.on and said.since.on > today:
        found.append(GiftRefusal.KEPT_IN_FUTURE)
    if said.since.last and given.on and said.since.last < given.on:
        found.append(GiftRefusal.BEFORE_GIVEN)
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """What the public sees of a gift besides what it is, said by whoever publishes it; nothing unless said."""

    photograph: bool = False
    place: bool = False  # where it is kept
    names: bool = False  # of who gave it and who received it


NOTHING_MORE = Shown()


def refused_to_publish(*, is_demonstration: bool, is_tie_public: bool) -> list[GiftRefusal]:
    """Return why the public may not see a gift."""
    if is_demonstration:
        return [GiftRefusal.DEMONSTRATION]
    return [] if is_tie_public else [GiftRefusal.TIE_NOT_PUBLIC]
