"""What the trail digests of a gift, and whether it still says so."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple
from uuid import UUID

from hermanar.cooperation.models import Gift
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail import keyed_digest

# What a person tells of a gift, as a version keeps it; the order is that of the page.
TOLD = (
    "side", "kind", "title_es", "title_en", "is_donation", "purpose", "giver", "receiver", "words",
    "currency", "story_es", "story_en", "source", "photograph_rights", "photograph_alternative",
)  # fmt: skip


class UnlikeGift(NamedTuple):
    """A gift that does not say what the trail kept of it, or that is gone."""

    gift: UUID
    chain: str


def gift_values(gift: Gift) -> dict[str, Any]:
    """Return what a person told of a gift, as a version keeps it."""
    return {
        **{name: getattr(gift, name) for name in TOLD},
        "agreement": str(gift.agreement_id),
        "on": str(gift.given),
        "value": None if gift.value is None else f"{gift.value:.2f}",
        "documented_as": str(gift.documented_as_id) if gift.documented_as_id else None,
        "photograph": gift.photograph.digest if gift.photograph else None,
    }


def gift_content(gift: Gift) -> dict[str, Any]:
    """Return all that is kept of a gift: what it says, what it said before, where it was, who may see it."""
    shown = {name: True for name in ("photograph", "place", "names") if getattr(gift, f"shows_{name}")}
    return {
        # Told only of what is shown, so that what was digested before anything could be shown reads as it did.
        **({"shown": shown} if shown else {}),
        "values": gift_values(gift),
        "versions": [[one.number, one.values] for one in gift.versions.order_by("number")],
        "whereabouts": [
            [one.number, one.state, one.place, str(one.since), one.note] for one in gift.whereabouts.order_by("number")
        ],
        "published_at": _moment(gift.published_at),
        "withdrawn_at": _moment(gift.withdrawn_at),
        "withdrawal_reason": gift.withdrawal_reason,
    }


def _moment(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).isoformat() if moment else None


def gifts_unlike_their_trail() -> list[UnlikeGift]:
    """Return the gifts that do not say what their last entry in the trail kept, those gone or never told with them."""
    last: dict[tuple[str, str], str] = {}
    entries = TrailEntry.objects.filter(code__startswith="gift.").order_by("chain", "number")
    for subject, chain, digest in entries.values_list("subject", "chain", "content_digest"):
        last[subject, chain] = digest
    found = [
        UnlikeGift(gift.pk, str(gift.office_id))
        for gift in Gift.objects.select_related("photograph").order_by("pk")
        if last.pop((str(gift.pk), str(gift.office_id)), "") != keyed_digest(gift_content(gift))
    ]
    return found + [UnlikeGift(UUID(subject), chain) for subject, chain in sorted(last)]
