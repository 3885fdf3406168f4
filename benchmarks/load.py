"""Sixteen connections that ask one question after another, and what they were told."""

from __future__ import annotations

import http.client
import threading
import time
from dataclasses import dataclass

CONNECTIONS = 16


@dataclass(frozen=True)
class Outcome:
    """How many answers a second, and how long each took."""

    per_second: float
    answers: int
    taken_ms: list[float]


def ask(port, path):
    """Ask once; return the body of a 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1200)
    try:
        return _answer(connection, path)
    finally:
        connection.close()


def _answer(connection, path):
    connection.request("GET", path, headers={"Host": "127.0.0.1", "Accept-Encoding": "identity"})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{response.status} {path}: {body[:300]!r}")
    return body


def load(port, paths, *, seconds, connections=CONNECTIONS):
    """Ask distinct paths over some connections until the time is over or nothing is left to ask."""
    waiting, lock = iter(paths), threading.Lock()
    taken, failures = [], []
    until = time.perf_counter() + seconds

    def work():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1200)
        try:
            while time.perf_counter() < until:
                with lock:
                    path = next(waiting, None)
                if path is None:
                    return
                began = time.perf_counter()
                _answer(connection, path)
                taken.append(time.perf_counter() - began)
        except (OSError, RuntimeError, http.client.HTTPException) as failure:
            failures.append(failure)
        finally:
            connection.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=work) for _number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    elapsed = time.perf_counter() - began
    return Outcome(len(taken) / elapsed, len(taken), [one * 1000 for one in taken])


def download(port, path, *, stop_after=None):
    """Read a long answer as it comes; return its lines, the seconds it took and those to the first byte."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1200)
    began = time.perf_counter()
    connection.request("GET", path, headers={"Host": "127.0.0.1", "Accept-Encoding": "identity"})
    response = connection.getresponse()
    first, lines = 0.0, 0
    while piece := response.read1(1 << 18):
        first = first or time.perf_counter() - began
        lines += piece.count(b"\n")
        if stop_after and lines > stop_after:
            break
    elapsed = time.perf_counter() - began
    connection.close()
    return lines - 1, elapsed, first
