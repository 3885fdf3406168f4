"""What a person edits in a file, kept version by version: for a second editor, and for what an opinion covers."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from hermanar.agreements.models import Agreement, AgreementVersion
from hermanar.agreements.rules import is_signed
from hermanar.agreements.vocabulary import Stage
from hermanar.foundation.access import Actor

# Fields of a file that a person edits; the second set also after the signature, with the areas while there are none.
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
_EDITABLE_SIGNED = frozenset({"languages", "first_programme_days", "is_filed"})
_CORRECTED = ("registered", "registration_number", "registered_on")


def editable(agreement: Agreement) -> frozenset[str]:
    """Return the fields that a person may edit in a file that is not abandoned.

    The signature settles the particulars. Areas that nobody wrote before it may still be written as the text has them:
    without them no opinion is asked for, so a signature without one could never be cured (D2.3, D2.7).
    """
    if not is_signed(Stage(agreement.stage)):
        return EDITABLE
    return _EDITABLE_SIGNED if agreement.areas.exists() else _EDITABLE_SIGNED | {"areas"}


def values_of(agreement: Agreement) -> dict[str, Any]:
    """Return what a person edits in a file, or corrects in a past agreement, as a version keeps it."""
    columns = {name: getattr(agreement, name) for name in sorted(EDITABLE - {"areas", "languages"})}
    planned = columns["planned_signature_on"]
    return {
        **columns,
        **{name: getattr(agreement, name) for name in _CORRECTED},
        "signed": str(agreement.signed),
        "planned_signature_on": planned.isoformat() if planned else None,
        "languages": agreement.languages.split(),
        "areas": [list(row) for row in agreement.areas.order_by("pk").values_list("area", "as_written")],
    }


def keep_version(agreement: Agreement, *, by: Actor, paper: str = "") -> None:
    """Keep what a record holds now, read again; of a correction, with the paper on whose word it was made."""
    agreement.refresh_from_db()
    AgreementVersion.objects.create(
        agreement=agreement,
        number=agreement.version,
        values=values_of(agreement) | ({"paper": paper} if paper else {}),
        at=timezone.now(),
        by_user_id=by.user,
    )


def complete_versions(agreement: Agreement) -> None:
    """Write into versions that hold no signature nor entry what the record says of them, before it is corrected.

    The first versions of the product kept neither. Of a past agreement only a correction changes them, and this comes
    before each; of any other its steps say what stood on an earlier day, and its versions are not asked.
    """
    now = values_of(agreement)
    for one in agreement.versions.all():
        missing = {name: now[name] for name in ("signed", *_CORRECTED) if name not in one.values}
        if missing:
            one.values |= missing
            one.save(update_fields=["values"])
