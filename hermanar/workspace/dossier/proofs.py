"""The proof pages that are on the web, in the dossier of an office: who takes over must know that they are there."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.cooperation.models import ProofPage
from hermanar.foundation.calendar import day_in
from hermanar.foundation.models import TrailEntry
from hermanar.offices.models import Office

Row = dict[str, Any]


def published_matters(office: Office, *, until: dt.datetime) -> list[Row]:
    """Return the pages that were on the web at a moment, as the trail tells; each with its address while it is that."""
    last: dict[UUID, TrailEntry] = {}
    codes = ("proof.published", "proof.withdrawn")
    for entry in TrailEntry.objects.filter(chain=str(office.pk), code__in=codes, at__lte=until).order_by("number"):
        last[UUID(entry.subject)] = entry
    shown = [key for key, entry in last.items() if entry.code == "proof.published"]
    return [
        {
            "file": one.agreement.number,
            "what": _("Constancia en la red: %(title)s") % {"title": one.title_es},
            "detail": reverse("proof", args=[one.token]) if one.token and _is_same(one, until) else "",
            "since": day_in(office.time_zone, last[one.pk].at).isoformat(),
        }
        for one in ProofPage.objects.filter(pk__in=shown, office=office).select_related("agreement").order_by("pk")
    ]


def _is_same(proof: ProofPage, until: dt.datetime) -> bool:
    """Say whether the address of today is the one of then: each publication has its own."""
    return proof.published_at is not None and proof.published_at <= until
