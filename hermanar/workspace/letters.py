"""The ministry's letters of a review, filled from the record and from what the reviewer typed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from django.http import HttpResponse

from hermanar.agreements.actions import ObservationDraft
from hermanar.agreements.models import Agreement, TextVersion
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.foundation.documents import store_upload
from hermanar.foundation.documents.answering import disposition
from hermanar.foundation.documents.keeping import About
from hermanar.foundation.models import Document
from hermanar.foundation.papers import Paper, ReviewLetterFacts, write_pdf, write_word
from hermanar.workspace.lines import counterpart_of
from hermanar.workspace.views.door import MemberRequest

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {"docx": (WORD, write_word), "pdf": ("application/pdf", write_pdf)}


def letter_facts(
    request: MemberRequest,
    kept: Agreement,
    *,
    number: str = "",
    dated_on: dt.date | None = None,
    reason: str = "",
    observations: Sequence[ObservationDraft] = (),
) -> ReviewLetterFacts:
    """Gather what a letter says; what nobody wrote stays open in it."""
    own, other = request.office, kept.office
    assert other is not None  # only files of offices are sent for review
    asked = kept.steps.filter(step=Step.REQUEST_OPINION).order_by("-number").first()
    versions = TextVersion.objects.select_related("text").in_bulk([one.version for one in observations if one.version])
    return ReviewLetterFacts(
        letterhead=tuple(row for row in (own.name, own.address) if row),
        number=number,
        place=own.letter_place,
        dated_on=dated_on,
        recipient=other.head_name,
        recipient_title=other.head_post,
        recipient_office=other.name,
        sender=own.head_name,
        sender_title=own.head_post,
        sender_office=own.name,
        agreement_title=kept.title_es,
        counterpart=counterpart_of(kept),
        request=asked.letter if asked else "",
        requested_on=asked.on if asked else None,
        observations=tuple(_sentence(one, versions.get(one.version) if one.version else None) for one in observations),
        reason=reason,
    )


def _sentence(one: ObservationDraft, version: TextVersion | None) -> str:
    if version is None:
        return one.comment
    where = f"Texto «{version.text.language}», versión {version.number}, párrafo {one.paragraph}"
    return f"{where}: «{one.quote}». {one.comment}"


def answer_with(paper: Paper, format_: str, *, name: str) -> HttpResponse:
    """Answer with a paper as a file to save."""
    media_type, write = FORMATS[format_]
    response = HttpResponse(write(paper), content_type=media_type)
    response.headers["Content-Disposition"] = disposition(f"{name}.{format_}")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def keep_letter(paper: Paper, *, request: MemberRequest, name: str, dated_on: dt.date) -> Document:
    """Keep a letter that the program wrote among the documents of the office."""
    about = About(language="es", dated_on=dated_on, source=request.office.name)
    return store_upload(
        io.BytesIO(write_pdf(paper)), name=f"{name}.pdf", by=request.actor, office=request.office.pk, about=about
    )
