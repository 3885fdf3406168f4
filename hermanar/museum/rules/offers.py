"""Offers of the business corner and ways to support: what may be kept and shown of them (D5.7, D5.10)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import list_currencies

from hermanar.museum.vocabulary.offers import OfferRefusal as Why

MOST = Decimal(10) ** 13
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PERSONAL = re.compile(r"[^@\s]+@[^@\s]+|\+?(?:\d[\s().-]{0,2}){7,}")


class OfferRefusedError(ValueError):
    """Something of an offer that may not be kept so, with every reason; nothing was written."""

    def __init__(self, refusals: Iterable[Why]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(str(refusal.label) for refusal in self.refusals))


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """An offer as the rules look at it."""

    title: str
    texts: tuple[str, ...] = ()
    description: str = ""
    city: str = ""
    amount: Decimal | None = None
    currency: str = ""
    contact_post: str = ""
    source: str = ""
    links: tuple[str, ...] = ()


def refused_offer(offer: OfferFacts) -> list[Why]:
    """Return why an offer cannot be told so."""
    found = [] if offer.title.strip() else [Why.NO_TITLE]
    if any(_CONTROLS.search(text) for text in (offer.title, offer.contact_post, *offer.texts)):
        found.append(Why.NOT_TEXT)
    found += _refused_money(offer)
    found += [Why.BAD_LINK] if any(link and not is_safe_link(link) for link in offer.links) else []
    return [*found, Why.PERSONAL] if _PERSONAL.search(offer.contact_post) else found


def _refused_money(offer: OfferFacts) -> list[Why]:
    if (offer.amount is None) != (not offer.currency):
        return [Why.NO_CURRENCY]
    if offer.amount is None:
        return []
    if not offer.amount.is_finite() or not 0 < offer.amount < MOST:
        return [Why.BAD_AMOUNT]
    return [] if offer.currency in list_currencies() else [Why.UNKNOWN_CURRENCY]


def refused_to_show(offer: OfferFacts, *, is_demonstration: bool) -> list[Why]:
    """Return why an offer cannot be public: what it is, of which city, who attends to it and who says so."""
    found = [Why.DEMONSTRATION] if is_demonstration else []
    is_ready = all(text.strip() for text in (offer.description, offer.city, offer.contact_post, offer.source))
    return found if is_ready else [*found, Why.NOT_READY]


def is_safe_link(link: str) -> bool:
    """Say whether a page may lead there."""
    return link.startswith("https://") and not re.search(r"[\s<>\"\\]", link)
