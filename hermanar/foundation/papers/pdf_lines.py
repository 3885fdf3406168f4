"""Write the lines of a PDF from one standard stream to the other: a process of its own, which may be ended.

It is run by its path and imports nothing of ours: whoever reads a stranger's file here has no settings and no secret.
"""

from __future__ import annotations

import io
import logging
import resource
import sys
from collections.abc import Iterator
from typing import Any

TOO_LONG = 3
_MEMORY = 1_000_000_000


class _TooLongError(Exception):
    """A page, or all of them together, is more than a text of an agreement ever is."""


def main() -> int:
    """Read the file, page by page and counted; the exit code tells what was too long, any other what is broken."""
    seconds, most_pages, most_page_bytes, most_bytes, most_letters = map(int, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    logging.disable()
    out = io.TextIOWrapper(sys.stdout.buffer, "utf-8", "replace")
    try:
        letters = 0
        for text in _pages(sys.stdin.buffer.read(), most_pages, most_page_bytes, most_bytes):
            letters += len(text)
            if letters > most_letters:
                return TOO_LONG
            out.write(text + "\n")
        out.flush()
    except (_TooLongError, MemoryError):
        return TOO_LONG
    return 0


def _pages(data: bytes, most_pages: int, most_page_bytes: int, most_bytes: int) -> Iterator[str]:
    from pypdf import PdfReader  # noqa: PLC0415  under the limits

    reader = PdfReader(io.BytesIO(data))
    if len(reader.pages) > most_pages:
        raise _TooLongError
    read = 0
    for page in reader.pages:
        contents: Any = page.get_contents()
        size = len(contents.get_data()) if contents is not None else 0
        read += size
        if size > most_page_bytes or read > most_bytes:
            raise _TooLongError
    for page in reader.pages:
        yield page.extract_text()


if __name__ == "__main__":
    sys.exit(main())
