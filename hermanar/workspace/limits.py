"""How often one address, or one link, may ask."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def is_allowed(request: HttpRequest, action: str, rate: str, *, key: str | None = None) -> bool:
    """Say whether this is not once too often, and count it."""
    config = {action: rate}
    return ratelimit.consume(request, app="hermanar", action=action, config=config, key=key, limit_get=True) is not None
