"""Message files compiled by Babel, because a fresh machine has no gettext."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from pathlib import Path

# Babel writes the moment of compiling where a file tells none: the same texts are to be the same bytes at any time.
UNDATED = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)


def compile_messages(*locales: Path) -> list[str]:
    """Compile every message file that is newer than its compiled form; return the languages compiled."""
    compiled = []
    for source in sorted(path for locale in locales for path in locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        if target.exists() and not os.access(target.parent, os.W_OK):
            continue  # an installation that only its owner may change came with its compiled files
        language = source.parent.parent.name
        with source.open("rb") as file:
            catalog = read_po(file, locale=language)
        catalog.creation_date = UNDATED
        partial = target.with_suffix(f".mo.{os.getpid()}")
        with partial.open("wb") as file:
            write_mo(file, catalog)
        partial.replace(target)  # a process that reads at this moment sees the old or the new, never half
        compiled.append(language)
    return compiled
