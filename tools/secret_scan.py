"""Texts that look like secrets, by the shapes that detect-secrets knows: keys, tokens, passwords in addresses.

Guesses by entropy are left out (the shipped data are full of identifiers); passwords by name in our code are ruff's
(S105 to S107). A finding bears the digest of its text, never the text, so that it can be told and excepted.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.plugins.base import RegexBasedDetector

GUESSES = {"KeywordDetector", "IPPublicDetector"}
# Data and locks are tables of identifiers and digests; they are compared with their sources elsewhere.
TABLES = re.compile(
    r"^(hermanar/data/|tests/.*/days/)|package-lock\.json$|^requirements.*\.txt$|\.(png|jpe?g|webp|woff2|xz)$"
)
MOST_BYTES = 2_000_000


@dataclass(frozen=True, order=True)
class Found:
    """A text that looks like a secret: where, of what kind, and the digest by which an exception names it."""

    place: str
    kind: str
    digest: str


def detectors() -> list[RegexBasedDetector]:
    """Return the detectors that know a shape."""
    kinds = get_mapping_from_secret_type_to_class().values()
    chosen = (kind for kind in kinds if issubclass(kind, RegexBasedDetector) and kind.__name__ not in GUESSES)
    return [kind() for kind in sorted(chosen, key=lambda kind: kind.__name__)]


def secrets_of(text: str, *, place: str, kinds: list[RegexBasedDetector]) -> set[Found]:
    """Return what in a text looks like a secret; only the lines where a shape is found are looked at closely."""
    found = set()
    for kind in kinds:
        for hit in (match for shape in kind.denylist for match in shape.finditer(text)):
            line = text[text.rfind("\n", 0, hit.start()) + 1 :].split("\n", 1)[0]
            for secret in kind.analyze_string(line):
                digest = hashlib.sha256(secret.encode()).hexdigest()[:16]
                found.add(Found(place, kind.secret_type, digest))
    return found


def of_tree(root: Path, *, names: list[str]) -> set[Found]:
    """Return what looks like a secret in the files named."""
    kinds, found = detectors(), set()
    for name in names:
        content = (root / name).read_bytes()
        if not TABLES.search(name) and len(content) <= MOST_BYTES:
            found |= secrets_of(content.decode(errors="replace"), place=name, kinds=kinds)
    return found


def of_history(root: Path) -> tuple[set[Found], int]:
    """Return what looks like a secret in any version of any file of any branch, and how many versions were read."""
    kinds, found, count = detectors(), set(), 0
    for name, content in versions(root):
        found |= secrets_of(content.decode(errors="replace"), place=name, kinds=kinds)
        count += 1
    return found, count


def versions(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every version that git keeps of every file, tables and giants left out."""
    command = ["git", "rev-list", "--objects", "--all"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout.splitlines()
    named = (line.partition(" ") for line in listed)
    wanted = {key: name for key, _, name in named if name and not TABLES.search(name)}
    reader = subprocess.Popen(["git", "cat-file", "--batch"], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with reader:
        assert reader.stdin
        assert reader.stdout
        for key, name in wanted.items():
            reader.stdin.write(f"{key}\n".encode())
            reader.stdin.flush()
            _key, kind, size = reader.stdout.readline().split()
            content = reader.stdout.read(int(size) + 1)[:-1]
            if kind == b"blob" and len(content) <= MOST_BYTES:
                yield name, content
        reader.stdin.close()
