"""Addresses that nobody has: the table itself says so, and of two at the same instant the second has another."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model

M = TypeVar("M", bound=Model)


def made_at(model: type[M], slug: str, *, key: UUID, **values: Any) -> M:
    """Make a row of this key at an address, or, where somebody has it, at one that ends in the key."""
    rows = model._default_manager  # noqa: SLF001  no model hides rows
    try:
        with transaction.atomic():
            return rows.create(id=key, slug=slug, **values)
    except IntegrityError:
        return rows.create(id=key, slug=f"{slug}-{key.hex[-6:]}", **values)
