"""Lines of the log: who asked is in none of them, nor any address that opens something to whoever holds it.

What a library wants to say is kept as it wrote it, without what it filled in (addresses, hosts, values); of a failure,
its kind and where in the code it happened, not its words, which may quote a letter or a row. It knows nothing of the
product: the server's own process, which holds none of it, writes its lines by the same rules.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import sqlite3
import traceback
from typing import Any

from hermanar.site.watch.identity import CURRENT

OURS = "hermanar"
DEEPEST = 40  # places in the code of one failure
LONGEST = 500  # signs of what is said
_MAIL = re.compile(r"[^\s@<>\"'(),;:]+@[^\s@<>\"'(),;:]+")
# Keys of links: something signed, a UUID, any long run of letters and digits. Words of a language are shorter.
_KEY = re.compile(r"(?=[\w:~-]*\d)[\w:~-]{24,}")


class Lines(logging.Formatter):
    """Writes a record as one plain line, and what failed below it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told = facts_of(record)
        failure = told.pop("failure", [])
        identity = told.pop("request", "") or "-"
        head = " ".join((told.pop("time"), told.pop("level"), told.pop("logger"), f"[{identity}]", told.pop("event")))
        rest = "".join(f" {name}={value}" for name, value in told.items())
        below = "".join(f"\n  {one['kind']} {one['told']}".rstrip() + _places(one["at"]) for one in failure)
        return head + rest + below


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(facts_of(record), ensure_ascii=False, default=str)


def facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return what a line tells of a record: time, level, logger, event, request, what we added, what failed."""
    moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
    told: dict[str, Any] = {
        "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname,
        "logger": record.name,
        "event": _event(record),
        "request": CURRENT.get(),
    }
    told |= getattr(record, "facts", {}) if _is_ours(record) else {}
    if record.exc_info and record.exc_info[1]:
        told["failure"] = failure_of(record.exc_info[1])
    return told


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == OURS


def _event(record: logging.LogRecord) -> str:
    """Return what happened: our own words with what they name, a library's without."""
    said = str(record.msg)
    if _is_ours(record):
        said = record.getMessage()
    elif record.name.startswith("django.security"):
        said = record.name  # its words are what a stranger sent
    elif record.name == "django.request" and isinstance(status := getattr(record, "status_code", None), int):
        said = f"status {status}"  # its words are all filled in: a reason and an address
    return _MAIL.sub("‹mail›", _KEY.sub("‹key›", said.partition("\n")[0]))[:LONGEST]


def failure_of(error: BaseException) -> list[dict[str, Any]]:
    """Return a failure and what led to it, the last one first: kind, what is safe to tell, places in the code."""
    found: list[dict[str, Any]] = []
    following: BaseException | None = error
    while following is not None and len(found) < DEEPEST:
        frames = traceback.extract_tb(following.__traceback__)[-DEEPEST:]
        kind = f"{type(following).__module__}.{type(following).__qualname__}".removeprefix("builtins.")
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        found.append({"kind": kind, "told": _told(following), "at": places})
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    return found


def _told(error: BaseException) -> str:
    """Return of an error's words those that can hold nothing of a person: the system's and the databases' own codes."""
    if diagnosis := getattr(error, "diag", None):  # psycopg's, which the server's own process does not load
        return " ".join(filter(None, (diagnosis.sqlstate, diagnosis.constraint_name)))
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorname", "")
    return (error.strerror or "") if isinstance(error, OSError) else ""


def _places(places: list[str]) -> str:
    return "".join(f"\n    {place}" for place in places)


def written_as(name: str) -> dict[str, str]:
    """Return the formatter of a `HERMANAR_LOG_FORMAT`, as `logging.config` wants it; ValueError when there is none."""
    kinds = {"plain": "Lines", "json": "JsonLines"}
    if name not in kinds:
        raise ValueError(name)
    return {"()": f"{__name__}.{kinds[name]}"}


def logging_settings(*, written: str, level: str) -> dict[str, Any]:
    """Return Django's `LOGGING`: everything to the standard error, by our rules; ValueError for an unknown format."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": written_as(written)},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
        # Django would mail a failure with all that was sent to whoever is named for it.
        "loggers": {"django": {"handlers": [], "propagate": True}},
    }


def server_logging(*, written: str) -> dict[str, Any]:
    """Return what the server logs by, as `granian` wants it: one handler, our rules, nothing of its own access log."""
    return {
        "formatters": {"lines": written_as(written)},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "loggers": {"_granian": {"handlers": ["console"], "propagate": False}},
    }
