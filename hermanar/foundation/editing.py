"""Two people at the same record: the second learns that it changed, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Model, QuerySet


class EditConflictError(Exception):
    """Somebody else changed the record since it was read."""


class AnotherSentError(Exception):
    """A form came again with something else in it: what came first stands, and this is kept nowhere yet."""


def claim(record: QuerySet[Any], *, version: int, **values: Any) -> None:
    """Write values and the next version into one record only if nobody wrote since `version` was read; part of a verb.

    Raises EditConflictError otherwise.
    """
    if not record.filter(version=version).update(version=F("version") + 1, **values):
        raise EditConflictError(record.model._meta.label)


def has_values(record: Model, values: Mapping[str, Any]) -> bool:
    """Say whether a record holds just these values: whether a form that came twice says the same."""
    return all(getattr(record, name) == value for name, value in values.items())
