"""What children of a mother do with letters and with the clock."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import os
import time
import uuid

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
django.setup()

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hermanar.agreements.actions import draft
from hermanar.agreements.models import Agreement
from hermanar.console.proving import flaws, kept_heads
from hermanar.cooperation.actions import record_activity
from hermanar.foundation.access import Role
from hermanar.foundation.models import TrailEntry, User
from hermanar.museum.actions.letters import ask, confirm
from hermanar.museum.models import Delivery
from hermanar.offices.models import Invitation, Membership, Office
from hermanar.workspace.due import today_of
from tests.agreements import crowd
from tests.faults.writers import TODAY, entry
from tests.museum.going import event
from tests.workspace.signing_in import client_of

BASE = "https://museo.example"
# Nobody looks at the pages that are opened here: the files of their look need not be gathered.
staticfiles_storage.url = "/static/{}".format


def build(readers):
    """Gather the people, a file of which something is due, something new in the agenda, and who reads of it."""
    crowd.build()
    office, file = crowd.file_draft()
    today = today_of(office)
    due = dataclasses.replace(file, planned_signature_on=today + dt.timedelta(days=20))
    draft(due, office=office.pk, by=crowd.director(), today=today)
    event(title="Concierto", city=office.place.slug)
    for number in range(readers):
        confirm(ask(f"lectora{number}@example.org", language="es").pk)


def letters(command):
    """Run the command that sends letters; return why it failed, if it did."""
    options = {"base": BASE} if command == "newsletter" else {}
    try:
        call_command(command, **options, verbosity=0)
    except CommandError as refused:
        return str(refused)
    return ""


def in_doubt():
    """Return how many letters of the newsletter were claimed and never told to have left."""
    return Delivery.objects.filter(sent_at__isnull=True).count()


def invite(email):
    """Invite somebody by the page; return what it says, and how many invitations are open."""
    client = browser()
    answer = client.post(reverse("workspace:people"), {"email": email, "role": "reader"}, follow=True)
    is_told = "El correo no salió" in answer.content.decode()
    return [answer.status_code, is_told, Invitation.objects.filter(withdrawn_at__isnull=True).count()]


def browser():
    """Return a browser of the director; addresses are those of this machine."""
    kept = Membership.objects.get(office__slug="guanajuato", role=Role.DIRECTOR.value)
    return client_of(User.objects.get(pk=kept.user_id), SERVER_NAME="127.0.0.1")


def cookie():
    """Return the session of a director who signed in now."""
    return browser().cookies["hermanar_session"].value


def at_another_time(days, verb, *values):
    """Do a verb as if the clock had been set: in this process alone, where it is read."""
    now, seconds, shift = timezone.now, time.time, dt.timedelta(days=days)
    timezone.now = lambda: now() + shift
    time.time = lambda: seconds() + shift.total_seconds()
    return globals()[verb](*values)


def work(count):
    """Record activities and open a file, as an office does in an afternoon."""
    office, file = crowd.file_draft()
    made = draft(file, office=office.pk, by=crowd.director(), today=TODAY)
    for _time in range(count):
        pk = uuid.uuid4()
        record_activity(made.pk, by=crowd.director(), key=pk, entry=entry(str(pk)), today=TODAY, is_other=True)
    return made.reference


def pages(session):
    """Open what tells of days and moments, in an old session; return the status of each."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["hermanar_session"] = session
    file = Agreement.objects.order_by("file_number").first()
    names = [reverse("workspace:home"), reverse("workspace:activities"), reverse("workspace:file", args=[file.pk])]
    return [client.get(path).status_code for path in [*names, reverse("workspace:life", args=[file.pk])]]


def sequence():
    """Return the numbers of the office's chain, whether its moments go back, and what is wrong with the trail."""
    chain = str(Office.objects.get(slug="guanajuato").pk)
    entries = list(TrailEntry.objects.filter(chain=chain).order_by("number").values_list("number", "at"))
    goes_back = any(later[1] < earlier[1] for earlier, later in itertools.pairwise(entries))
    return [number for number, _at in entries], goes_back, [flaw.sentence for flaw in flaws(kept_heads())]


def keep():
    """Keep a checkpoint."""
    call_command("verify", "--keep", verbosity=0)
