"""What an office may see of the agreements between two places."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import agreements_between
from hermanar.offices.models import Office


def known_between(office: Office, own: UUID, *, other: UUID) -> list[Agreement]:
    """Return the agreements of both places that this office may see: its own, and what the public sees."""
    keys = agreements_between([(own, other)]).get(frozenset((own, other)), [])
    found = Agreement.objects.filter(pk__in=keys)
    return list(found.filter(Q(office=office) | Q(office__isnull=True, published_at__isnull=False)).order_by("pk"))
