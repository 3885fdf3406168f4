"""What a person edits in a file, kept version by version: for a second editor, and for what an opinion covers."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from hermanar.agreements.models import Agreement, AgreementVersion
from hermanar.foundation.access import Actor

# Fields of a file that a person edits; the second set also after the signature.
EDITABLE = frozenset(
    {
        "title_es",
        "title_en",
        "kind",
        "planned_signature_on",
        "term_years",
        "is_open_ended",
        "is_renewable",
        "is_filed",
        "languages",
        "first_programme_days",
        "areas",
    }
)
EDITABLE_SIGNED = frozenset({"languages", "first_programme_days", "is_filed"})


def values_of(agreement: Agreement) -> dict[str, Any]:
    """Return what a person edits in a file, as a version keeps it."""
    columns = {name: getattr(agreement, name) for name in sorted(EDITABLE - {"areas", "languages"})}
    planned = columns["planned_signature_on"]
    return {
        **columns,
        "planned_signature_on": planned.isoformat() if planned else None,
        "languages": agreement.languages.split(),
        "areas": [list(row) for row in agreement.areas.order_by("pk").values_list("area", "as_written")],
    }


def keep_version(agreement: Agreement, *, by: Actor) -> None:
    """Keep what a record holds now, read again."""
    agreement.refresh_from_db()
    AgreementVersion.objects.create(
        agreement=agreement,
        number=agreement.version,
        values=values_of(agreement),
        at=timezone.now(),
        by_user_id=by.user,
    )
