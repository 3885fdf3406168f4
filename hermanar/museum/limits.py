"""How often one address may ask for what costs more than a page."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def is_allowed(request: HttpRequest, action: str, rate: str) -> bool:
    """Say whether this is not once too often, and count it."""
    config = {action: rate}
    return ratelimit.consume(request, app="museum", action=action, config=config, limit_get=True) is not None
