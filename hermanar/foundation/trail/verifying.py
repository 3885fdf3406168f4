"""Whether a chain still is what was written: pure functions on links and on heads kept outside the database.

A chain of digests shows an entry that was edited, removed, inserted or moved. It cannot show a tail that was cut off,
nor a chain that somebody wrote anew from the first link: both are whole. What shows them is a head kept elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

START = "0" * 64


class Fault(StrEnum):
    """What is wrong with a chain at a number."""

    ALTERED = "altered"  # its content is not what its digest says
    MISSING = "missing"  # its number is not there
    UNLINKED = "unlinked"  # it does not follow from the one before it
    CUT_OFF = "cut_off"  # a checkpoint knows it, and the chain ends before
    REWRITTEN = "rewritten"  # a checkpoint knows another digest for it


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the trail as plain values; `at` is a moment in ISO 8601."""

    chain: str
    number: int
    at: str
    actor: str
    code: str
    subject: str
    content_digest: str
    previous_digest: str
    digest: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of a chain at a moment, as a checkpoint keeps it."""

    chain: str
    number: int
    digest: str
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a chain; `since` is the checkpoint that shows it, empty where the chain itself does."""

    chain: str
    number: int
    fault: Fault
    since: str = ""


def canonical_digest(content: Any) -> str:
    """Return the SHA-256 of a value in one canonical JSON form."""
    return hashlib.sha256(canonical(content)).hexdigest()


def canonical(content: Any) -> bytes:
    """Return a value in one canonical JSON form."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str).encode()


def digest_of_link(link: Link) -> str:
    """Return the digest a link must bear: of everything it says and of the one before it."""
    said = [link.chain, link.number, link.at, link.actor, link.code, link.subject]
    return canonical_digest([*said, link.content_digest, link.previous_digest])


def examine(links: Iterable[Link], *, chain: str, heads: Sequence[Head] = ()) -> list[Finding]:
    """Return all that is wrong with one chain, given in the order of its numbers; empty when it is whole."""
    found: list[Finding] = []
    # Every head counts: a newer one of the same number, made after the chain was written anew, must not hide an older.
    known = {(head.number, head.digest): head for head in heads if head.chain == chain}
    watched = {number for number, _digest in known}
    met: dict[int, str] = {}
    expected, previous = 1, START
    for link in links:
        found += [Finding(chain, number, Fault.MISSING) for number in range(expected, min(link.number, expected + 100))]
        if digest_of_link(link) != link.digest or link.chain != chain:
            found.append(Finding(chain, link.number, Fault.ALTERED))
        if link.previous_digest != previous:
            found.append(Finding(chain, link.number, Fault.UNLINKED))
        if link.number in watched:
            met[link.number] = link.digest
        expected, previous = link.number + 1, link.digest
    for head in sorted(known.values(), key=lambda head: (head.number, head.made_at)):
        if head.number >= expected:
            found.append(Finding(chain, head.number, Fault.CUT_OFF, head.made_at))
        elif met.get(head.number) != head.digest:
            found.append(Finding(chain, head.number, Fault.REWRITTEN, head.made_at))
    return found
