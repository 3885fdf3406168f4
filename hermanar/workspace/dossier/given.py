"""Gifts in the dossier: those that stood at the end of the day, as they were told then, and where each was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hermanar.cooperation.models import Gift
from hermanar.cooperation.queries import gifts_of
from hermanar.cooperation.vocabulary import GiftKind, GiftSide, Keeping

if TYPE_CHECKING:
    from hermanar.workspace.dossier.knowing import Known


def add_gifts(known: Known) -> None:
    """Add what the office had written of its gifts by the end of the day, and the photographs it had then."""
    kept = gifts_of(known.office.pk).filter(recorded_at__lte=known.until).order_by("recorded_at", "pk")
    for gift in kept.exclude(withdrawn_at__lte=known.until):
        _add(known, gift)


def _add(known: Known, gift: Gift) -> None:
    told = gift.versions.filter(at__lte=known.until).order_by("-number").values_list("values", flat=True)[0]
    where = gift.whereabouts.filter(at__lte=known.until).order_by("-number")[0]
    known.rows["gifts"].append(
        {
            "file": gift.agreement.number,
            "title": told["title_es"],
            "side": told["side"],
            "side_label": str(GiftSide(told["side"]).label),
            "kind_label": str(GiftKind(told["kind"]).label),
            "is_donation": "yes" if told["is_donation"] else "no",
            "on": told["on"],
            "value": f"{told['value']} {told['currency']}" if told["value"] else "",
            "kept": where.place or str(Keeping(where.state).label),
            "since": str(where.since),
            "source": told["source"],
        }
    )
    photograph = gift.photograph
    if photograph and photograph.digest == told["photograph"]:
        known.papers.append((photograph, gift.agreement.number))
