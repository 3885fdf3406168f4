"""Two people at the same record: the second learns that it changed, and nothing is lost."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet


class EditConflictError(Exception):
    """Somebody else changed the record since it was read."""


def claim(record: QuerySet[Any], *, version: int, **values: Any) -> None:
    """Write values and the next version into one record only if nobody wrote since `version` was read; part of a verb.

    Raises EditConflictError otherwise.
    """
    if not record.filter(version=version).update(version=F("version") + 1, **values):
        raise EditConflictError(record.model._meta.label)
