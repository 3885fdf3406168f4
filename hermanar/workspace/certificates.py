"""The certificate of an agreement's record, from the record and the trail as they stand."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import file_facts
from hermanar.agreements.rules import lacks_backing
from hermanar.agreements.vocabulary import SignedPrecision, Stage
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.papers import CertificateFacts, Paper, certificate

LANGUAGES = ("es", "en")


def certificate_of(kept: Agreement, *, request: HttpRequest, issuer: str, language: str, today: dt.date) -> Paper:
    """Write what the registry holds of an agreement today, with the entry of the trail it stands on."""
    entries = TrailEntry.objects.filter(chain=str(kept.office_id), subject=str(kept.pk))
    last = entries.order_by("-number").first()
    with translation.override(language):
        state = str(kept.get_stage_display())
        address = request.build_absolute_uri(reverse("museum:verification", args=[kept.pk]))
    parties = kept.parties.select_related("place").order_by("position")
    facts = CertificateFacts(
        record=kept.number,
        title=kept.title_en if language == "en" and kept.title_en else kept.title_es,
        parties=tuple(party.name_as_written or party.place.name for party in parties),
        signed_on=kept.signed_on if kept.signed_precision == SignedPrecision.DAY else None,
        registration_number=kept.registration_number,
        registered_on=parse_partial(kept.registered_on).on,
        state=state,
        lacks_backing=lacks_backing(file_facts(kept, today=today)),
        digest=last.digest if last else "",
        entry_number=last.number if last else None,
        issued_on=today,
        issuer=issuer,
        # Only what is registered has a page where anyone can verify it.
        address=address if kept.stage == Stage.REGISTERED else "",
    )
    return certificate(facts, language=language)
