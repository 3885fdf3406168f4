"""What children of a mother do in a house: furnish it, import into it, copy it and put it back, look after it."""

from __future__ import annotations

import hashlib
import io
import os
import resource
import signal
import sys
from pathlib import Path
from types import SimpleNamespace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
django.setup()

from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from hermanar.agreements.actions import FileDraft, PartyDraft, draft
from hermanar.agreements.vocabulary import Role as Side
from hermanar.catalogue.read import soundness
from hermanar.console.backup import check_parts
from hermanar.console.demonstration import password_of
from hermanar.console.management.commands.backup import opened
from hermanar.console.management.commands.migrate import LibrariesFirst
from hermanar.console.proving import flaws, kept_heads
from hermanar.console.standby import octets_behind
from hermanar.cooperation.models import Activity
from hermanar.directory.models import Place
from hermanar.foundation.access import Role
from hermanar.foundation.documents import damaged
from hermanar.foundation.documents.places import root
from hermanar.foundation.intake import Kind
from hermanar.foundation.models import Document, User
from hermanar.offices.models import Membership, Office
from hermanar.offices.queries import acting
from tests.agreements import crowd
from tests.museum.voices import Voices
from tests.open_data import world
from tests.workspace.signing_in import client_of

DERIVED = ("foundation.Change", "foundation.Revision", "sessions.Session")


def build():
    """Gather the people and open one file; return its key."""
    return crowd.build()


def directory():
    """Make the places that a file to import names."""
    world.build()


def sign_in(office="guanajuato"):
    """Return what a browser of the director has: the cookie of the session, and in whose name pages are opened."""
    kept = Membership.objects.get(office__slug=office, role=Role.DIRECTOR.value)
    client = client_of(User.objects.get(pk=kept.user_id))
    return {"cookie": client.cookies[settings.SESSION_COOKIE_NAME].value, "membership": str(kept.pk)}


def call(*command):
    """Run a command of the product."""
    name, *arguments = command
    call_command(name, *arguments)


def counts():
    """Return how many rows each table has that is not derived, and the head of each chain."""
    found = {one._meta.label: one._default_manager.count() for one in apps.get_models()}
    return {label: count for label, count in found.items() if label not in DERIVED}


def sound():
    """Return all that is wrong with the trail, the rows and the files."""
    found = [flaw.sentence for flaw in flaws(kept_heads())]
    found += [f"the file of {one.name} is missing or altered" for one in damaged()]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            told = cursor.execute("PRAGMA integrity_check").fetchone()[0]
        found += [] if told == "ok" else [told]
    return found


def halves():
    """Return the files under a name that is not the digest of what is in them."""
    files = [path for path in root().rglob("*") if path.is_file() and path.parent.name != "incoming"]
    return [path.name for path in files if hashlib.sha256(path.read_bytes()).hexdigest() != path.name]


def activities():
    """Return the keys of all activities, and how many documents there are."""
    return [str(pk) for pk in Activity.objects.values_list("pk", flat=True)], Document.objects.count()


def older(steps):
    """Make the tables as they were some steps ago."""
    executor = LibrariesFirst(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    executor.migrate(None, plan=plan[:-steps])


def unmade():
    """Return how many steps are still to be made."""
    executor = LibrariesFirst(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate_until_told():
    """Bring the tables up to date, and die where a step would be written down apart from what it did."""
    told = MigrationRecorder.record_applied

    def dying(recorder, *step):
        if not recorder.connection.in_atomic_block:
            os.kill(os.getpid(), signal.SIGKILL)
        told(recorder, *step)

    MigrationRecorder.record_applied = dying
    call_command("migrate", interactive=False, verbosity=0)


def schema():
    """Return the tables and their columns, as the database tells of them."""
    with connection.cursor() as cursor:
        names = sorted(connection.introspection.table_names(cursor))
        return {
            name: sorted(one.name for one in connection.introspection.get_table_description(cursor, name))
            for name in names
        }


def write_file(path, rows):
    """Write a list of agreements to import: of the same two cities, each of a month of its own."""
    lines = [[*world.ROW[:7], f"{1900 + row // 12}-{row % 12 + 1:02d}", "sí"] for row in range(rows)]
    Path(path).write_bytes(world.csv_file(*lines, headings=[*world.HEADINGS, "confirmar_nuevo"]))


def checked(path):
    """Read every part of a copy against what its list says."""
    with opened(Path(path), lambda: "") as archive:
        check_parts(archive, tell=lambda _count: None)


def directory_more():
    """Change the house after a copy was made: one more file."""
    office, file = crowd.file_draft()
    return str(draft(file, office=office.pk, by=crowd.director(), today=crowd.TODAY).pk)


def put_back(path):
    """Put a copy in the place of what is there, as its command does."""
    sys.stdin = io.StringIO("REEMPLAZAR\n")
    call_command("restore", path, replace=True, verbosity=0)


def copy_within(path, most):
    """Make a copy where no file may be larger than some octets."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    call_command("backup", path)


def pragmas():
    """Return what this process asks of SQLite."""
    names = ("synchronous", "journal_mode", "foreign_keys")
    with connection.cursor() as cursor:
        return {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names}


def durability():
    """Return which settings of the database may lose writes, and whether `hermanar check` fails for them."""
    return soundness.database().loose, "si se va la luz" in refused_by_check()


def refused_by_check():
    """Return what `hermanar check` finds wrong."""
    try:
        call_command("check")
    except CommandError as refused:
        return str(refused)
    return ""


def behind():
    """Return how far the standby is behind."""
    return octets_behind()


def demonstration():
    """Open a file in the demonstration's office; return what its director's browser has, and who signs in how."""
    office = Office.objects.get(slug="guanajuato-demo")
    kept = Membership.objects.get(office=office, role=Role.DIRECTOR.value)
    other = Place.objects.filter(country_id="US").order_by("pk").first()
    parties = [PartyDraft(office.place_id, Side.DECLARING), PartyDraft(other.pk, Side.COUNTERPART)]
    told = FileDraft(parties=parties, areas=[("culture", "cultura")])
    made = draft(told, office=office.pk, by=acting(kept), today=crowd.TODAY)
    account = {"login": kept.user.email, "password": password_of(kept.user.email)}
    return {"agreement": str(made.pk), "browser": sign_in("guanajuato-demo"), "account": account}


def voices():
    """Found an office that receives proposals; return where one is written, and what a visitor writes."""
    return Voices(SimpleNamespace(places=world.build())).form(Kind.PROPOSAL)
