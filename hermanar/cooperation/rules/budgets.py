"""What each party puts into a project, and whether its money adds up to the budget (D7.3, *cofinanciamiento*)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from hermanar.cooperation.rules.projects import refused_money
from hermanar.cooperation.vocabulary import ContributionSide, Resource
from hermanar.cooperation.vocabulary import ProjectRefusal as Why

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Share:
    """What one party puts in."""

    side: ContributionSide
    resource: Resource
    description: str = "-"
    is_partner_named: bool = False
    on: dt.date | None = None
    amount: Decimal | None = None
    currency: str = ""
    rate: Decimal | None = None
    rate_on: dt.date | None = None
    rate_source: str = ""
    people: int | None = None
    days: int | None = None

    def in_currency(self, currency: str) -> Decimal | None:
        """Return its money in a currency, to the cent; None where nobody says at which rate."""
        if self.amount is None or self.currency == currency:
            return self.amount
        return (self.amount * self.rate).quantize(_CENT, ROUND_HALF_EVEN) if self.rate else None


@dataclass(frozen=True, slots=True)
class Sum:
    """What the parties' money adds up to, beside the budget; `unconverted` cannot be added."""

    budget: Decimal | None
    currency: str
    total: Decimal
    unconverted: int  # contributions of money in another currency without a rate

    @property
    def gap(self) -> Decimal | None:
        """Return what is still to be found; below zero, there is more than the budget. None: it cannot be said."""
        return None if self.budget is None or self.unconverted else self.budget - self.total


def sum_of(shares: Iterable[Share], *, budget: Decimal | None, currency: str) -> Sum:
    """Add up the money in the currency of the budget; currencies are never added without a rate with its source."""
    money = [one for one in shares if one.resource is Resource.MONEY and one.amount is not None]
    known = [one.in_currency(currency) for one in money] if currency else []
    total = sum((value for value in known if value is not None), Decimal(0))
    return Sum(budget, currency, total, sum(value is None for value in known))


def refused_share(share: Share, *, has_tie: bool, budget_currency: str) -> list[Why]:
    """Return everything that is wrong with what a party puts in."""
    found = [] if share.description.strip() else [Why.NO_DESCRIPTION]
    if share.side is ContributionSide.COUNTERPART and not has_tie:
        found.append(Why.NO_TIE)
    if share.side is ContributionSide.PARTNER and not share.is_partner_named:
        found.append(Why.NO_PARTNER_CHOSEN)
    if share.side is not ContributionSide.PARTNER and share.is_partner_named:
        found.append(Why.PARTNER_UNSOUGHT)
    if share.resource is Resource.PEOPLE:
        found += [] if share.people else [Why.NO_PEOPLE]
        found += [Why.AMOUNT_OF_PEOPLE] if share.amount is not None or share.currency else []
    else:
        found += [Why.PEOPLE_OF_THINGS] if share.people is not None or share.days is not None else []
        if share.resource is Resource.MONEY and share.amount is None:
            found.append(Why.MONEY_WITHOUT_AMOUNT)
        else:
            found += refused_money(share.amount, currency=share.currency, on=share.on)
    return found + _refused_rate(share, budget_currency=budget_currency)


def _refused_rate(share: Share, *, budget_currency: str) -> list[Why]:
    said = [share.rate is not None, share.rate_on is not None, bool(share.rate_source.strip())]
    if not any(said):
        return []
    if share.resource is not Resource.MONEY or not budget_currency or share.currency == budget_currency:
        return [Why.RATE_UNSOUGHT]
    if not all(said):
        return [Why.RATE_INCOMPLETE]
    return [Why.NOT_ABOVE_ZERO] if share.rate is not None and share.rate <= 0 else []


def refused_sum(added: Sum) -> list[Why]:
    """Return whether the money is more than the budget: that is refused, for one of the two is wrong."""
    return [Why.MORE_THAN_BUDGET] if added.budget is not None and added.total > added.budget else []


def asked_of_sum(added: Sum) -> list[Why]:
    """Return what is asked before a project is carried out: whether it is known that its money does not add up."""
    if added.budget is None:
        return []
    if added.unconverted:
        return [Why.BUDGET_UNCERTAIN]
    return [Why.BUDGET_NOT_REACHED] if added.gap else []
