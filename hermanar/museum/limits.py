"""How many send, or ask for what costs more than a page, at once, counted for all processes in the shared cache.

Two who are counted at the same instant may count as one: what is guarded is the house, not a number. Where a counter is
full nothing is written at all, so a flood costs one read for each of its drops.
"""

from __future__ import annotations

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from hermanar.museum.rules.turns import Lane, Rate, is_full, lane
from hermanar.museum.tickets import Ticket


def admits(request: HttpRequest, by: Ticket | Lane) -> bool:
    """Say whether whoever asks may do so now, and count it; who sends a form is counted by the turn of its ticket."""
    now = time.time()
    counted = by if isinstance(by, Lane) else lane(by.turn, now=now)
    rates = {_counter(f"{counted.name}:{_who(request)}", counted.of_one, now): counted.of_one}
    if counted.of_all:
        rates[_counter(f"{counted.name}:all", counted.of_all, now)] = counted.of_all
    return _is_within(rates)


def admits_to(subject: str, rate: Rate) -> bool:
    """Say whether something may happen once more to one subject, whoever asks for it, and count it."""
    return _is_within({_counter(subject, rate, time.time()): rate})


def _is_within(rates: dict[str, Rate]) -> bool:
    counts = cache.get_many(rates)
    if any(is_full(counts.get(name, 0), rate) for name, rate in rates.items()):
        return False
    for name, rate in rates.items():
        cache.set(name, counts.get(name, 0) + 1, timeout=rate.seconds)
    return True


def _counter(name: str, rate: Rate, now: float) -> str:
    return f"museum:{name}:{int(now // rate.seconds)}"


def _who(request: HttpRequest) -> str:
    """Return a name for the address that asks, by which nobody finds the address; of IPv6, for its network."""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return "unknown"
    network = ipaddress.ip_network(f"{address}/{64 if address.version == 6 else 32}", strict=False)  # noqa: PLR2004
    return salted_hmac("hermanar.museum.limits", str(network), algorithm="sha256").hexdigest()[:24]
