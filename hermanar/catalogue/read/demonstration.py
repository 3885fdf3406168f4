"""The offices whose work the public sees: as little as a door has to know of them."""

from __future__ import annotations

from uuid import UUID

from hermanar.offices.models import Office


def is_demonstration_office(office: UUID | None) -> bool:
    """Say whether an office is of the demonstration, of which nothing is ever shown to the public."""
    return office is not None and Office.objects.filter(pk=office, is_demonstration=True).exists()


def hidden_offices() -> frozenset[UUID]:
    """Return the offices of the demonstration."""
    return frozenset(Office.objects.filter(is_demonstration=True).values_list("pk", flat=True))
