"""The ledger of a tie and of an office, seen from the office: its gifts that stand, and what sources document."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import by_number, for_office
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation.models import Gift
from hermanar.cooperation.queries.activities import counted
from hermanar.cooperation.queries.gifts import seen_by_office, standing_gifts, told_from_other_side
from hermanar.cooperation.rules import (
    Entry,
    Ledger,
    entry_of_gift,
    ledger_of,
)
from hermanar.cooperation.vocabulary import GiftKind, GiftSide
from hermanar.offices.models import Office


@dataclass(frozen=True, slots=True)
class TieLedger:
    """A tie with its ledger."""

    agreement: Agreement
    ledger: Ledger


def ledger_of_tie(tie: Agreement) -> Ledger:
    """Return the ledger of one tie of an office."""
    return ledger_of(_entries([tie], office=tie.office)[tie.pk])


def ledgers_of_office(office: Office, *, span: tuple[dt.date, dt.date] | None = None) -> tuple[Ledger, list[TieLedger]]:
    """Return the ledger of an office, and of each tie; a file given up is one where something came of it.

    A span of days narrows it to what was given and done on some day of it; what has no date is then left out. A gift
    that tells a documented donation stands for it: on its own days where they are known, or else on the donation's.
    """
    files = list(by_number(for_office(office.pk)).prefetch_related("parties__place"))
    entries = _entries(files, office=office, span=span)
    ties = [file for file in files if entries[file.pk] or file.stage != Stage.ABANDONED]
    whole = ledger_of(entry for tie in ties for entry in entries[tie.pk])
    return whole, [TieLedger(tie, ledger_of(entries[tie.pk])) for tie in ties]


def _entries(
    ties: Sequence[Agreement], *, office: Office | None, span: tuple[dt.date, dt.date] | None = None
) -> dict[UUID, list[Entry]]:
    """Return what the ledger of each tie counts, in three questions; what a gift tells is not counted twice."""
    keys = [tie.pk for tie in ties]
    found: dict[UUID, list[Entry]] = defaultdict(list)
    told: set[UUID] = set()
    gifts = standing_gifts(office.pk if office else None).filter(agreement__in=keys)
    for gift in gifts.select_related("documented_as"):
        told |= {gift.documented_as_id} if gift.documented_as_id else set()
        if span is None or _is_of(gift, span):
            found[gift.agreement_id].append(entry_of(gift))
    others = told_from_other_side(ties)
    done = counted().filter(agreement__in=keys).exclude(pk__in=told)
    for activity in done.filter(started_on__lte=span[1], ended_on__gte=span[0]) if span else done:
        found[activity.agreement_id].append(seen_by_office(activity, others=others))
    return found


def _is_of(gift: Gift, span: tuple[dt.date, dt.date]) -> bool:
    """Say whether a gift is of some day of a span; without a date of its own it has those of the donation it tells."""
    donation = gift.documented_as
    first, last = gift.on, gift.given.last
    if first is None and donation is not None:
        first, last = donation.started_on, donation.ended_on
    return first is not None and last is not None and first <= span[1] and last >= span[0]


def entry_of(gift: Gift) -> Entry:
    """Return a gift as the ledger of its office counts it."""
    side, kind = GiftSide(gift.side), GiftKind(gift.kind)
    return entry_of_gift(kind, side, is_donation=gift.is_donation, value=gift.value, currency=gift.currency)
