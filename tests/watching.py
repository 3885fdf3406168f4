"""Who touches a file, and who calls: told by the kernel, whatever language the reader is written in."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import threading
from contextlib import contextmanager

_OPENED_OR_READ = 0x20 | 0x01  # IN_OPEN, IN_ACCESS
_NO_WAITING = 0o4000
_EVENT = struct.Struct("iIII")


class Touched:
    """How often a file was opened or read since the watch began."""

    def __init__(self, descriptor):
        self._descriptor = descriptor
        self._count = 0

    @property
    def count(self):
        while True:
            try:
                told = os.read(self._descriptor, 4_096)
            except BlockingIOError:
                return self._count
            while told:
                _watch, _mask, _cookie, length = _EVENT.unpack_from(told)
                told = told[_EVENT.size + length :]
                self._count += 1


@contextmanager
def watched(path):
    """Watch a file by Linux' own inotify, which sees Python, C and Rust alike."""
    system = ctypes.CDLL(None, use_errno=True)
    descriptor = system.inotify_init1(_NO_WAITING)
    assert descriptor >= 0, os.strerror(ctypes.get_errno())
    try:
        assert system.inotify_add_watch(descriptor, os.fsencode(path), _OPENED_OR_READ) >= 0
        yield Touched(descriptor)
    finally:
        os.close(descriptor)


class Called:
    """How many connections came to an address since it listens; each is closed at once: nobody waits for an answer."""

    def __init__(self, server):
        self._server = server
        self._all = self._own = 0
        self.port = server.getsockname()[1]

    def answer(self):
        """Count whoever comes, until the address is no longer listened at."""
        while True:
            try:
                caller, _address = self._server.accept()
            except OSError:
                return
            self._all += 1
            caller.close()

    @property
    def count(self):
        """Return how many came: they are taken in their order, so one's own turn is after all of before."""
        with socket.create_connection(("127.0.0.1", self.port)) as own:
            own.recv(1)
        self._own += 1
        return self._all - self._own


@contextmanager
def listening():
    """Listen at a free port of this machine, answer nobody, and count who calls."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        called = Called(server)
        door = threading.Thread(target=called.answer)
        door.start()
        try:
            yield called
        finally:
            server.shutdown(socket.SHUT_RDWR)
            door.join()
