"""The agreement that something of cooperation belongs to."""

from __future__ import annotations

from uuid import UUID

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import for_office


def own_tie(agreement: UUID | None, *, office: UUID) -> Agreement | None:
    """Return an agreement of an office, or None where none is named. Raises Agreement.DoesNotExist for another's."""
    if agreement is None:
        return None
    found = for_office(office).filter(pk=agreement).first()
    if found is None:
        raise Agreement.DoesNotExist(str(agreement))
    return found
