"""Figures for whoever watches, as Prometheus reads them, at an address of their own that is nobody's by default.

Each process writes its counters to a file under the folder of the data; whichever is asked adds up those of all.
Labels are names of routes, methods and classes of status: finitely many, and none is a visitor's word.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections import Counter as Tally
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Q

from hermanar.catalogue import read
from hermanar.foundation.calendar import public_day
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.search import IndexUnavailableError
from hermanar.museum.models import Delivery
from hermanar.site.watch.answers import METHODS, Answered

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

FLUSHED_SECONDS = 1.0
MISSING = 404
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


def place_of(text: str) -> tuple[str, int]:
    """Return the address and port of a `HERMANAR_METRICS`, which `hermanar run` has looked at."""
    address, _colon, port = text.rpartition(":")
    return address.strip("[]"), int(port)


class Figures:
    """The counters of this process, and what all of them together say."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        # The library decides by this, when it is first imported, that processes add up by their files.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
        from prometheus_client import CollectorRegistry, Counter, Histogram  # noqa: PLC0415

        registry = CollectorRegistry()  # what is asked is the registry of all processes, made anew each time
        self._answers = Counter("hermanar_answers", "Answers made", ["route", "method", "status"], registry=registry)
        self._seconds = Histogram(
            "hermanar_answer_seconds", "Time to make an answer", ["route"], registry=registry, buckets=_BUCKETS
        )
        self._again = Counter("hermanar_remembered_answers", "Answers from memory", ["route"], registry=registry)
        self._records = Counter("hermanar_log_records", "Lines of the log", ["level"], registry=registry)
        self._lost = Counter("hermanar_database_errors", "Failures of the database", registry=registry)

    def count(self, answered: Answered) -> None:
        """Count an answer that was made: what is not there is one route, whatever was asked for."""
        route = "-" if answered.status == MISSING else answered.route
        method = answered.method if answered.method in METHODS else "OTHER"
        self._answers.labels(route, method, f"{answered.status // 100}xx").inc()
        self._seconds.labels(route).observe(answered.seconds)

    def count_again(self, taken: Callable[[], Tally[str]]) -> None:
        """Count what was answered from memory since the last time, which `taken` gives and forgets."""
        for route, number in taken().items():
            self._again.labels(route).inc(number)

    def count_record(self, record: logging.LogRecord) -> None:
        """Count a line of the log, and whether it tells that the database failed."""
        self._records.labels(record.levelname).inc()
        if record.exc_info and isinstance(record.exc_info[1], DatabaseError):
            self._lost.inc()


class Counting(logging.Handler):
    """Counts the warnings and failures that are logged."""

    def __init__(self, figures: Figures) -> None:
        super().__init__(logging.WARNING)
        self._figures = figures

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        self._figures.count_record(record)


class OfTheHouse:
    """What stands in the house itself, asked when somebody wants to know; what cannot be asked is left out."""

    def collect(self) -> Iterable[Metric]:
        """Yield each figure."""
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 (see Figures)

        found: dict[str, float] = {}
        with suppress(OSError):
            found["checkpoint_age_seconds"] = time.time() - settings.CHECKPOINTS.stat().st_mtime
        try:
            found |= _in_the_database()
            found["database_up"] = 1
        except DatabaseError:
            found["database_up"] = 0
        finally:
            connection.close()
        for name, value in found.items():
            yield GaugeMetricFamily(f"hermanar_{name}", name.replace("_", " "), value=value)


def _in_the_database() -> dict[str, float]:
    """Return what only the database knows. Raises DatabaseError."""
    letters = Delivery.objects.aggregate(
        waiting=Count("pk", filter=Q(sent_at=None, refused_at__isnull=False)),
        unknown=Count("pk", filter=Q(sent_at=None, refused_at=None)),
    )
    found: dict[str, float] = {
        "letters_to_be_sent_again": letters["waiting"],
        "letters_claimed": letters["unknown"],
        "trail_entries": TrailEntry.objects.count(),
    }
    with suppress(IndexUnavailableError):
        state = read.state(today=public_day())
        found["index_lag_agreements"] = abs(state["published"] - state["indexed"])
    return found


def as_text() -> bytes:
    """Return every figure of all processes."""
    from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415 (see Figures)
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(OfTheHouse())
    return generate_latest(registry)


class _Listener(ThreadingMixIn, WSGIServer):
    """All processes of the server listen at the one port, and any of them answers."""

    allow_reuse_port = True
    daemon_threads = True


class _ListenerOfSix(_Listener):
    address_family = socket.AF_INET6


class _Silent(WSGIRequestHandler):
    def log_message(self, *_what: Any) -> None:
        """Tell nobody who asked."""


def _answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    is_there = environ["PATH_INFO"] == "/metrics" and environ["REQUEST_METHOD"] == "GET"
    status = "200 OK" if is_there else "404 Not Found"
    start_response(status, [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")])
    return [as_text() if is_there else b""]


def listen(place: tuple[str, int]) -> WSGIServer:
    """Answer whoever asks at this address for `/metrics`, from now on and in the background; return who listens."""
    kind = _ListenerOfSix if ":" in place[0] else _Listener
    listener = make_server(*place, _answer, server_class=kind, handler_class=_Silent)
    threading.Thread(target=listener.serve_forever, daemon=True, name="metrics").start()
    return listener


def keep_counting(figures: Figures, taken: Callable[[], Tally[str]]) -> None:
    """Count the log from now on, and once a second what was answered from memory."""
    logging.getLogger().addHandler(Counting(figures))

    def flush() -> None:
        while True:
            time.sleep(FLUSHED_SECONDS)
            figures.count_again(taken)

    threading.Thread(target=flush, daemon=True, name="figures").start()
