"""Reads of proof pages: those of an office, the one behind an address, and whether each is as its trail says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models import Activity, ActivityFile, ProofPage
from hermanar.cooperation.queries.activities import counted
from hermanar.cooperation.rules.proofs import Held
from hermanar.cooperation.vocabulary import Precision, Rights
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail import keyed_digest

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_PUBLISHABLE = (Rights.OWN, Rights.PERMITTED)
_TOLD = ("title_es", "title_en", "place", "grant", "acknowledgement")


def proofs_of(office: UUID | None) -> QuerySet[ProofPage]:
    """Return the proof pages of an office, the newest event first; None has none."""
    if office is None:
        return ProofPage.objects.none()
    return ProofPage.objects.filter(office=office).select_related("agreement", "office", "country")


def published_proof(token: str) -> ProofPage | None:
    """Return the page behind an address, while it is there; what cannot be an address is asked of no database."""
    if not _TOKEN.fullmatch(token):
        return None
    shown = ProofPage.objects.filter(token=token, published_at__isnull=False, office__is_demonstration=False)
    return shown.select_related("agreement", "office", "country").first()


def activities_of_proof(proof: ProofPage) -> QuerySet[Activity]:
    """Return the activities that a page tells: the chosen ones that still stand, on days within its own."""
    found = counted().filter(pk__in=proof.activities.values("pk"), precision=Precision.DAY)
    return found.filter(started_on__gte=proof.starts_on, ended_on__lte=proof.ends_on).order_by("started_on", "pk")


def left_out_of(proof: ProofPage) -> QuerySet[Activity]:
    """Return the chosen activities that stand but whose days are no longer within the page's."""
    told = activities_of_proof(proof).order_by().values("pk")
    return counted().filter(pk__in=proof.activities.values("pk")).exclude(pk__in=told).order_by("pk")


def is_on_a_page(activity: Activity) -> bool:
    """Say whether a page on the web tells of an activity."""
    return activity.proofs.filter(token__isnull=False).exists()


def may_be_proved(agreement: UUID) -> QuerySet[Activity]:
    """Return the activities of a tie that a page may tell: those of which the day is known, the newest first."""
    found = counted().filter(agreement=agreement, precision=Precision.DAY)
    return found.order_by("-started_on", "pk")


def count_to_prove(ties: Iterable[Agreement]) -> Counter[UUID]:
    """Return how many activities of each tie a page may tell, in one question."""
    found = counted().filter(agreement__in=list(ties), precision=Precision.DAY)
    return Counter(found.order_by().values_list("agreement", flat=True))


def photographs_of(activities: Iterable[Activity]) -> QuerySet[ActivityFile]:
    """Return the photographs of activities that somebody allowed to be published."""
    shots = ActivityFile.objects.filter(activity__in=list(activities), is_photograph=True, removed_at__isnull=True)
    return shots.filter(rights__in=_PUBLISHABLE).select_related("document", "activity").order_by("pk")


def held(activity: Activity) -> Held:
    """Return an activity as the rules of proof pages look at it."""
    is_known = activity.precision == Precision.DAY
    first, last = (activity.started_on, activity.ended_on) if is_known else (None, None)
    return Held(activity.pk, first, last, activity.participants)


# ── what the trail answers for ───────────────────────────────────────────────────────────────────────────────────────


class UnlikeProof(NamedTuple):
    """A proof page that does not say what the trail kept of it, or that is gone."""

    proof: UUID
    chain: str


def proof_content(proof: ProofPage) -> dict[str, Any]:
    """Return all that is kept of a proof page."""
    return {
        **{name: getattr(proof, name) for name in _TOLD},
        "agreement": str(proof.agreement_id),
        "country": proof.country_id,
        "days": [proof.starts_on.isoformat(), proof.ends_on.isoformat()],
        "activities": sorted(str(key) for key in proof.activities.values_list("pk", flat=True)),
        "token": proof.token,
    }


def proofs_unlike_their_trail() -> list[UnlikeProof]:
    """Return the pages that do not say what their last entry in the trail kept, and those that are gone."""
    last: dict[tuple[str, str], str] = {}
    entries = TrailEntry.objects.filter(code__startswith="proof.").order_by("chain", "number")
    for subject, chain, digest in entries.values_list("subject", "chain", "content_digest"):
        last[subject, chain] = digest
    found = [
        UnlikeProof(proof.pk, str(proof.office_id))
        for proof in ProofPage.objects.order_by("pk")
        if last.pop((str(proof.pk), str(proof.office_id)), "") != keyed_digest(proof_content(proof))
    ]
    return found + [UnlikeProof(UUID(subject), chain) for subject, chain in sorted(last)]
