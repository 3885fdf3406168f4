"""The trail: what was done, by whom, in chains of digests that show when a link was changed.

It holds identifiers and keyed digests, never a value or a name: what a person may have erased is not in it.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hermanar.foundation.access import Actor
from hermanar.foundation.models import Revision, TrailEntry
from hermanar.foundation.trail.checkpoints import as_link, links_of
from hermanar.foundation.trail.verifying import START, canonical, canonical_digest, digest_of_link, examine

REGISTRY = "registry"


def digest_of(content: Any) -> str:
    """Return the SHA-256 of a value in one canonical JSON form."""
    return canonical_digest(content)


def keyed_digest(content: Any) -> str:
    """Return a digest that only who holds the installation's trail key can compare with a guess."""
    return hmac.new(settings.TRAIL_KEY.encode(), canonical(content), hashlib.sha256).hexdigest()


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
        content_digest=keyed_digest(content),
        previous_digest=last.digest if last else START,
    )
    entry.digest = digest_of_link(as_link(entry))
    entry.save(force_insert=True)
    return entry


def first_break(chain: str = REGISTRY) -> int | None:
    """Return the number of the first entry that does not follow from the one before it, or None."""
    return min((finding.number for finding in examine(links_of(chain), chain=chain)), default=None)
