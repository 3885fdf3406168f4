"""The letter that answers a request to twin, filled from the record; what nobody wrote stays open in it."""

from __future__ import annotations

from hermanar.cooperation.models import TwinningRequest
from hermanar.foundation.papers import ReplyFacts


def reply_facts(kept: TwinningRequest, *, language: str) -> ReplyFacts:
    """Gather what the letter says in its language; why the office decided so is its own and is not in it."""
    office, place = kept.office, kept.place
    is_english = language == "en"
    country = place.country if place else None
    named = (country.name_en if is_english else country.name_es) if country else ""
    city = kept.city
    if place:
        city = (place.name_en if is_english else place.name_es) or place.name
    return ReplyFacts(
        letterhead=tuple(row for row in (office.name, office.address) if row),
        place=office.letter_place,
        dated_on=kept.answered_on,
        recipient=kept.requester,
        recipient_title=kept.requester_post,
        own_city=office.place.name if office.place else "",
        other_city=city,
        country=named,
        received_on=kept.on,
        reply=kept.reply_en if is_english else kept.reply_es,
        is_abroad=country is not None and country.pk != "MX",
        sender=office.head_name,
        sender_title=office.head_post,
        sender_office=office.name,
    )
