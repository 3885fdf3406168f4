"""Checkpoints: the heads of all chains, to be kept where whoever holds the database cannot reach."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db.models import Max
from django.utils import timezone

from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail.verifying import Finding, Head, Link, canonical_digest, examine


class CheckpointError(ValueError):
    """A file that is no checkpoint, or was changed since it was made."""


def heads() -> list[Head]:
    """Return the last link of every chain as it stands."""
    last = TrailEntry.objects.values("chain").annotate(last=Max("number")).order_by("chain")
    found = []
    for row in last:
        entry = TrailEntry.objects.get(chain=row["chain"], number=row["last"])
        found.append(Head(entry.chain, entry.number, entry.digest))
    return found


def make_checkpoint() -> dict[str, Any]:
    """Return the heads of all chains at this moment, with a digest of the whole."""
    made_at = timezone.now().isoformat(timespec="seconds")
    chains = {head.chain: {"number": head.number, "digest": head.digest} for head in heads()}
    content = {"made_at": made_at, "chains": chains}
    return {**content, "digest": canonical_digest(content)}


def keep_checkpoint(path: Path) -> dict[str, Any]:
    """Add a checkpoint to a file, one to a line; lines that stand there are never touched."""
    made = make_checkpoint()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(made, sort_keys=True) + "\n")
    return made


def read_checkpoints(text: str, *, name: str) -> list[Head]:
    """Read checkpoints, one to a line or one over the whole text. Raises CheckpointError that names the line."""
    found: list[Head] = []
    try:
        whole = json.loads(text)
        lines = [json.dumps(whole)]
    except json.JSONDecodeError:
        lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            found += _heads_of(line, where=f"{name}, {number}")
    return found


def _heads_of(line: str, *, where: str) -> list[Head]:
    try:
        made = json.loads(line)
        content = {"made_at": made["made_at"], "chains": made["chains"]}
        if canonical_digest(content) != made["digest"]:
            raise CheckpointError(where)
        chains = made["chains"].items()
        return [Head(str(chain), int(one["number"]), str(one["digest"]), made["made_at"]) for chain, one in chains]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise CheckpointError(where) from error


def links_of(chain: str) -> Iterator[Link]:
    """Yield the links of a chain in the order of their numbers."""
    for entry in TrailEntry.objects.filter(chain=chain).order_by("number").iterator():
        yield as_link(entry)


def as_link(entry: TrailEntry) -> Link:
    """Return an entry as plain values."""
    return Link(
        entry.chain,
        entry.number,
        entry.at.isoformat(),
        entry.actor,
        entry.code,
        entry.subject,
        entry.content_digest,
        entry.previous_digest,
        entry.digest,
    )


def verify(kept: Iterable[Head] = ()) -> list[Finding]:
    """Return all that is wrong with every chain, those included that only a checkpoint remembers."""
    known = list(kept)
    there = set(TrailEntry.objects.values_list("chain", flat=True).distinct())
    chains = sorted(there | {head.chain for head in known})
    return [finding for chain in chains for finding in examine(links_of(chain), chain=chain, heads=known)]
