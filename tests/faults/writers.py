"""Two who write by the product's own verbs and acknowledge each write after its verb returned; and who looks after."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import time
import uuid
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
django.setup()

from django.core.management import call_command
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from hermanar.agreements.actions import EditConflictError, draft, edit_file
from hermanar.agreements.models import Agreement, AgreementVersion
from hermanar.console.proving import flaws, kept_heads
from hermanar.cooperation.actions import mend_activity, record_activity
from hermanar.cooperation.actions.activities import EntryDraft
from hermanar.cooperation.models import Activity, ActivityVersion
from hermanar.cooperation.vocabulary import ActivityKind
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.models import TrailEntry
from tests.agreements import crowd

TODAY = dt.date(2026, 5, 4)
AFTER_A_LOSS = 0.05  # seconds until a writer asks a lost database again


def build():
    """Gather the people and open one file; return its key."""
    return crowd.build()


def write(key, acks):
    """Write without end; what is acknowledged stands in the file `acks`, a line each, whole or not at all."""
    told = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for turn in itertools.count(os.getpid()):
        verb = (enter, mend, correct, open_file)[turn % 4]
        os.write(told, b'{"begun": 1}\n')
        try:
            done = verb(key)
        except (OperationalError, InterfaceError):  # the database went away: another try, as a next request would be
            close_old_connections()
            os.write(told, b'{"lost": 1}\n')
            time.sleep(AFTER_A_LOSS)
            continue
        # What a killed process has written to a file is the system's to keep: no fsync is asked for.
        os.write(told, json.dumps(done).encode() + b"\n")


def entry(text):
    """Return an activity of one day."""
    day = parse_partial("2026-04-01")
    return EntryDraft(ActivityKind.VISIT, day, day, text)


def enter(key):
    """Record an activity."""
    pk = uuid.uuid4()
    record_activity(uuid.UUID(key), by=crowd.director(), key=pk, entry=entry(str(pk)), today=TODAY, is_other=True)
    return {"activity": str(pk), "version": 1}


def mend(_key):
    """Mend the activity that was recorded last."""
    kept = Activity.objects.order_by("-recorded_at").first()
    if kept is None:
        return {}
    try:
        told = entry(f"{kept.description_es} otra vez"[:200])
        done = mend_activity(kept.pk, by=crowd.director(), version=kept.version, entry=told, today=TODAY)
    except EditConflictError:
        return {}
    return {"activity": str(kept.pk), "version": done.version}


def correct(key):
    """Add a day to the file both write to."""
    kept = Agreement.objects.get(pk=key)
    try:
        values = {"first_programme_days": kept.first_programme_days + 1}
        done = edit_file(kept.pk, by=crowd.director(), version=kept.version, values=values)
    except EditConflictError:
        return {}
    return {"file": key, "version": done.version}


def open_file(_key):
    """Open another file, with its number."""
    office, file = crowd.file_draft()
    made = draft(file, office=office.pk, by=crowd.director(), today=TODAY)
    return {"file": str(made.pk), "version": made.version, "reference": made.reference}


def keep():
    """Keep a checkpoint: from then on a trail whose end is gone is told."""
    call_command("verify", "--keep", verbosity=0)


def examine(*acks):
    """Say what is acknowledged, what of it is not there, and what is wrong with trail and file."""
    lines = [json.loads(line) for path in acks for line in Path(path).read_text(encoding="utf-8").splitlines()]
    done = [line for line in lines if "version" in line]
    return {
        "acknowledged": len(done),
        "begun": sum("begun" in line for line in lines),
        "lost_sight": sum("lost" in line for line in lines),
        "missing": missing(done),
        "flaws": [flaw.sentence for flaw in flaws(kept_heads())],
        "integrity": integrity(),
        "entries": TrailEntry.objects.count(),
    }


def missing(done):
    """Return the acknowledged writes that are not there as they were written, or that no trail tells of."""
    activities = {(str(pk), number) for pk, number in ActivityVersion.objects.values_list("activity", "number")}
    files = {(str(pk), number) for pk, number in AgreementVersion.objects.values_list("agreement", "number")}
    now = {str(pk): told for pk, *told in Agreement.objects.values_list("pk", "version", "reference")}
    told = set(TrailEntry.objects.values_list("subject", flat=True))
    found = []
    for one in done:
        if "activity" in one:
            is_there = (one["activity"], one["version"]) in activities and one["activity"] in told
        else:
            version, reference = now.get(one["file"], (0, ""))
            is_there = version >= one["version"] and one.get("reference", reference) == reference
            is_there = is_there and (one["version"] == 1 or (one["file"], one["version"]) in files)
        if not is_there:
            found.append(one)
    return found


def integrity():
    """Return what the database itself finds wrong; PostgreSQL has no such question, every page was read above."""
    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA integrity_check").fetchone()[0]
