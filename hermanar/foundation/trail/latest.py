"""The last thing the trail kept of each subject, and what no longer says so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple
from uuid import UUID

from hermanar.foundation.models import TrailEntry


class Last(NamedTuple):
    """The newest entry of a subject."""

    chain: str
    code: str
    digest: str


class Unlike(NamedTuple):
    """Something that does not say what the trail kept of it, that is gone, or that was never told."""

    what: str
    subject: str
    chain: str


def last_told(what: str) -> dict[str, Last]:
    """Return the newest entry of each subject whose codes begin with a word, by subject."""
    entries = TrailEntry.objects.filter(code__startswith=f"{what}.").exclude(subject="").order_by("chain", "number")
    told = entries.values_list("subject", "chain", "code", "content_digest")
    return {subject: Last(chain, code, digest) for subject, chain, code, digest in told.iterator()}


def unlike(
    what: str,
    rows: Iterable[Any],
    *,
    digest: Callable[[Any], str],
    chain: Callable[[Any], str | None],
    ends: Collection[str] = (),
) -> list[Unlike]:
    """Return the rows that are not as their last entry kept them, and the entries whose row is gone.

    `chain` returns None where any chain will do; `ends` are the codes after which a row is rightly gone.
    """
    last = last_told(what)
    found = []
    for row in rows:
        told, own = last.pop(str(row.pk), None), chain(row)
        is_so = told and told.code not in ends and told.digest == digest(row) and own in {None, told.chain}
        if not is_so:
            found.append(Unlike(what, str(row.pk), own or (told.chain if told else "registry")))
    gone = [Unlike(what, subject, told.chain) for subject, told in sorted(last.items()) if told.code not in ends]
    return found + gone


def chain_of(office: UUID | None) -> str:
    """Return the chain that tells what belongs to an office; of none, the registry's."""
    return str(office) if office else "registry"
