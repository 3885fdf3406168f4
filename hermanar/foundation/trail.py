"""The trail: what was done, by whom, in chains of digests that show when a link was changed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from hermanar.foundation.access import Actor
from hermanar.foundation.models import Revision, TrailEntry

REGISTRY = "registry"
_START = "0" * 64


def digest_of(content: Any) -> str:
    """Return the SHA-256 of a value in one canonical JSON form."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _link(entry: TrailEntry) -> str:
    parts = [entry.chain, entry.number, entry.at.isoformat(), entry.actor, entry.code, entry.subject]
    return digest_of([*parts, entry.content_digest, entry.previous_digest])


def hold(*indexes: str, chain: str = REGISTRY) -> None:
    """Lock the revisions of derived indexes and a chain to the end of the caller's transaction.

    A verb that writes to more than one of them calls this first, before it reads what it decides on. Every verb locks
    in the order of the names, so no two wait for each other.
    """
    for name in sorted({*indexes, f"trail:{chain}"}):
        Revision.objects.get_or_create(name=name)
        Revision.objects.select_for_update().get(name=name)


@transaction.atomic
def record(code: str, *, by: Actor, subject: str = "", content: Any = None, chain: str = REGISTRY) -> TrailEntry:
    """Add one entry to a chain in the caller's transaction; a bulk load is one entry with the digest of its rows."""
    hold(chain=chain)  # one writer of a chain at a time
    last = TrailEntry.objects.filter(chain=chain).order_by("-number").first()
    entry = TrailEntry(
        chain=chain,
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        actor=by.name,
        code=code,
        subject=subject,
        content_digest=digest_of(content),
        previous_digest=last.digest if last else _START,
    )
    entry.digest = _link(entry)
    entry.save(force_insert=True)
    return entry


def first_break(chain: str = REGISTRY) -> int | None:
    """Return the number of the first entry that does not follow from the one before it, or None."""
    previous = _START
    entries = TrailEntry.objects.filter(chain=chain).order_by("number")
    for expected, entry in enumerate(entries.iterator(), start=1):
        if entry.number != expected or entry.previous_digest != previous or entry.digest != _link(entry):
            return expected
        previous = entry.digest
    return None
