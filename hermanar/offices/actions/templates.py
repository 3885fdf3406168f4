"""An office writes its papers on its own Word files."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.models import Document
from hermanar.offices.models import PaperTemplate


@transaction.atomic
def keep_template(paper: str, *, office: UUID, by: Actor, document: UUID) -> PaperTemplate:
    """Use a Word file of the office for a paper, in place of the one before. Raises NotAllowedError, DoesNotExist."""
    require_in(by, Verb.KEEP_TEMPLATES, office=office)
    trail.hold(chain=str(office))
    own = Document.objects.get(pk=document, office=office)
    made, _is_new = PaperTemplate.objects.update_or_create(office_id=office, paper=paper, defaults={"document": own})
    trail.record("office.template_kept", by=by, subject=str(own.pk), content=[paper], chain=str(office))
    return made


@transaction.atomic
def drop_template(paper: str, *, office: UUID, by: Actor) -> None:
    """Go back to our own paper; the file stays among the office's documents. Raises NotAllowedError."""
    require_in(by, Verb.KEEP_TEMPLATES, office=office)
    trail.hold(chain=str(office))
    dropped, _rows = PaperTemplate.objects.filter(office=office, paper=paper).delete()
    if dropped:
        trail.record("office.template_dropped", by=by, subject=str(office), content=[paper], chain=str(office))
