"""The server: Granian with the application in it, kept going when its processes are killed.

It runs as a process of its own that holds nothing of the product; `hermanar run` becomes it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import deque
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

APPLICATION = "hermanar.site.wsgi:application"
KILL_SECONDS = 15
# A process that the system kills again and again for want of memory is started again; one that cannot start is not.
MOST_DEATHS, WITHIN_SECONDS = 20, 60


class Server(MPServer):
    """Granian, which takes the second death of a process within 5.5 seconds for a crash loop and ends: here many."""

    def __init__(self, target: str, **options: Any) -> None:
        super().__init__(target, respawn_failed_workers=True, **options)
        self._deaths: deque[float] = deque(maxlen=MOST_DEATHS)

    def _respawn_workers(self, workers: list[int], *how: Any, **options: Any) -> None:
        super()._respawn_workers(workers, *how, **options)
        now = time.monotonic()
        self._deaths.extend(now for _worker in workers)
        if len(self._deaths) < MOST_DEATHS or now - self._deaths[0] > WITHIN_SECONDS:
            self.respawned_wrks.clear()  # what Granian compares the next death with


def server(*, address: str, port: int, workers: int, threads: int, logging: dict[str, Any]) -> Server:
    """Return the server, not yet started; `logging` is how its own lines are written."""
    return Server(
        APPLICATION,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,  # it would tell visitors' addresses, and keys that stand in those of pages
        log_dictconfig=logging,
        workers_kill_timeout=KILL_SECONDS,
        working_dir=Path.cwd(),
    )


def main() -> None:
    """Serve until told to stop."""
    options = argparse.ArgumentParser(prog="hermanar.console.serving")
    options.add_argument("--address", required=True)
    for name in ("--port", "--workers", "--threads"):
        options.add_argument(name, type=int, required=True)
    options.add_argument("--logging", type=json.loads, required=True)
    server(**vars(options.parse_args())).serve()


if __name__ == "__main__":
    main()
