"""Ties and gifts of an office, as tests of several floors need them."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

from hermanar.agreements.actions import FileDraft, PartyDraft, draft
from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Role as Side
from hermanar.cooperation.actions import EntryDraft, GiftDraft, record_activity, record_gift
from hermanar.cooperation.rules import PlaceFacts
from hermanar.cooperation.vocabulary import ActivityKind, GiftKind, GiftSide, Keeping
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import parse_partial, public_day

TODAY = dt.date(2026, 11, 21)


def a_tie(cast, *, office=None, signed=""):
    """Open a file of an office with Ashland; `signed` is a partial date."""
    office = office or cast.office
    parties = [PartyDraft(office.place_id, Side.DECLARING), PartyDraft(cast.ashland.pk, Side.COUNTERPART)]
    made = draft(FileDraft(parties=parties), office=office.pk, by=cast.at(office, Role.DIRECTOR), today=TODAY)
    if signed:
        day = parse_partial(signed)
        Agreement.objects.filter(pk=made.pk).update(signed_on=day.on, signed_precision=day.precision.value)
    return Agreement.objects.select_related("office").get(pk=made.pk)


def gift_draft(tie, **values):
    """Tell a gift: a silver plaque that came in 2005, unless said otherwise."""
    first = {
        "side": GiftSide.RECEIVED, "kind": GiftKind.PLAQUE, "title_es": "Una placa de plata",
        "source": "Inventario de la oficina, 2006", "on": parse_partial("2005"),
    }  # fmt: skip
    return GiftDraft(agreement=tie.pk, **{**first, **values})


def a_gift(cast, tie, *, office=None, where=None, **values):
    """Record a gift of an office."""
    office = office or cast.office
    where = where or PlaceFacts(Keeping.KEPT, "Sala de cabildo")
    by = cast.at(office, Role.DIRECTOR)
    return record_gift(gift_draft(tie, **values), office=office.pk, by=by, today=TODAY, where=where)


def noted(cast, tie, *, on, office=None, kind=ActivityKind.VISIT, description_es="Visita", until="", **values):
    """Note an activity of a tie of an office; another on the same days is another."""
    office = office or cast.office
    told = EntryDraft(kind, parse_partial(on), parse_partial(until or on), description_es, **values)
    by = cast.at(office, Role.DIRECTOR)
    return record_activity(tie.pk, by=by, key=uuid4(), entry=told, today=public_day(), is_other=True)
