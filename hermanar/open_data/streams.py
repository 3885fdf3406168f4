"""Files that leave as they are made: each holds a thread as long as its reader takes, so a process makes only so many.

Whoever comes when all are taken is told to come again; pages keep the rest of the threads.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from hermanar.open_data.api.problems import ProblemError

_FREE = threading.BoundedSemaphore(settings.STREAMS)


class Stream:
    """The parts of a file, and the place it takes until its reader has it whole or leaves."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        if not _FREE.acquire(blocking=False):
            detail = _("Ya se descargan demasiados archivos a la vez. Vuelva a intentarlo en medio minuto.")
            raise ProblemError(503, detail)
        self._parts = parts
        self._is_open, self._lock = True, threading.Lock()

    def __iter__(self) -> Iterator[bytes]:
        """Give the parts as they are made."""
        yield from self._parts

    def close(self) -> None:
        """Free the place once, however often the server says that it is done."""
        with self._lock:
            was_open, self._is_open = self._is_open, False
        if was_open:
            _FREE.release()
