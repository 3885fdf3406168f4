"""Where a tie is told: in its room where it has one, else by its record."""

from __future__ import annotations

from django.urls import reverse

from hermanar.museum.queries.rooms import slugs_by_agreement


def tie_address(agreement: str) -> str:
    """Return the address of the room of a tie, or of its record where it has no room."""
    return room_address(agreement) or reverse("museum:agreement", args=[agreement])


def room_address(agreement: str) -> str:
    """Return the address of the room of a tie; nothing where it has none."""
    slug = slugs_by_agreement().get(agreement)
    return reverse("museum:room", args=[slug]) if slug else ""
