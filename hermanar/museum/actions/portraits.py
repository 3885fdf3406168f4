"""Portraits that people once gave themselves at the desk, which asks for none any more."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction
from wagtail.users.models import UserProfile


@transaction.atomic
def forget_portraits(users: list[UUID]) -> int:
    """Forget what people chose for themselves at the desk, with their portraits; return how many rows it was."""
    found = list(UserProfile.objects.filter(user__in=users))
    for one in found:
        if one.avatar:
            transaction.on_commit(partial(one.avatar.storage.delete, one.avatar.name))
    UserProfile.objects.filter(pk__in=[one.pk for one in found]).delete()
    return len(found)
