"""A worker whose server was killed ends too: it would go on holding the port, answering for nobody."""

from __future__ import annotations

import os
import signal
import threading
import time

SERVER = "HERMANAR_SERVER"  # the process that `hermanar run` became; tells it from any other that loads the product
_EVERY = 1.0  # seconds


def end_with_server() -> None:
    """Watch the server from now on, if it is what started this process."""
    parent = os.getppid()
    if os.environ.get(SERVER) == str(parent):
        threading.Thread(target=_watch, args=(parent,), daemon=True, name="orphans").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_EVERY)
    os.kill(os.getpid(), signal.SIGKILL)  # nobody is left to ask it to end
