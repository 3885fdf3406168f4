"""One of many processes at the same file or the same numbers: does what a line asks and answers with a line."""

from __future__ import annotations

import datetime as dt
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
django.setup()

from django.db import IntegrityError, OperationalError, transaction

from hermanar.agreements.actions import EditConflictError, PartyDraft, draft, drafting, edit_file
from hermanar.agreements.actions.drafting import FileDraft
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import AGREEMENT_INDEX
from hermanar.agreements.vocabulary import Role as Side
from hermanar.directory.models import Place
from hermanar.foundation import trail
from hermanar.foundation.access import CONSOLE, Role
from hermanar.offices.actions import end_membership, next_file_number
from hermanar.offices.models import FileCounter, Membership, Office
from hermanar.offices.queries import acting
from hermanar.offices.rules import OfficeError, file_number
from tests.cast import gather

TODAY = dt.date(2026, 5, 4)
EVERY_SEVENTH = 7
MOST_TURNED_AWAY = 3


class OnPurposeError(Exception):
    """A transaction that does not end well."""


def director():
    found = Membership.objects.filter(office__slug="guanajuato", role=Role.DIRECTOR.value)
    return acting(found.get())


def file_draft():
    office, other = Office.objects.get(slug="guanajuato"), Place.objects.get(country_id="US")
    parties = [PartyDraft(office.place_id, Side.DECLARING), PartyDraft(other.pk, Side.COUNTERPART)]
    return office, FileDraft(parties=parties, areas=[("culture", "cultura")], first_programme_days=0)


def build():
    gather()
    office, file = file_draft()
    return str(draft(file, office=office.pk, by=director(), today=TODAY).pk)


def ready():
    return "ready"


def add_days(key, times):
    """Add one day, as often as asked: read, edit on the version read, and read again where another was first."""
    by, retried = director(), 0
    for _time in range(times):
        while True:
            kept = Agreement.objects.get(pk=key)
            try:
                values = {"first_programme_days": kept.first_programme_days + 1}
                edit_file(kept.pk, by=by, version=kept.version, values=values)
                break
            except EditConflictError:
                retried += 1
    return retried


def read_days(key):
    """Read, and edit only when asked to: everybody has then read the same."""
    global READ  # noqa: PLW0603  between two lines of one process
    READ = Agreement.objects.get(pk=key)
    return READ.first_programme_days


def unchecked(kept, version):
    """Lock a file as every verb does, and do not ask which version was read."""
    trail.hold(AGREEMENT_INDEX, chain=str(kept.office_id))
    return Agreement.objects.select_for_update(of=("self",)).get(pk=kept.pk)


def write_days(is_checked):
    """Add one to what was read; without the check of versions, as an office without it would."""
    original = drafting.hold
    if not is_checked:
        drafting.hold = unchecked
    try:
        values = {"first_programme_days": READ.first_programme_days + 1}
        with transaction.atomic():
            edit_file(READ.pk, by=director(), version=READ.version, values=values)
    except EditConflictError:
        return "conflict"
    finally:
        drafting.hold = original
    return "written"


def number_files(times):
    """Open files; every seventh transaction fails on purpose after the number was given.

    Of twenty who write without a pause SQLite lets some wait beyond its 20 seconds: told to come again, they do.
    """
    by, (office, file), kept, turned_away = director(), file_draft(), [], 0
    for time in range(times):
        while True:
            try:
                with transaction.atomic():
                    made = draft(file, office=office.pk, by=by, today=TODAY)
                    if time % EVERY_SEVENTH == EVERY_SEVENTH - 1:
                        raise OnPurposeError  # noqa: TRY301
                kept.append(made.reference)
            except OnPurposeError:
                pass
            except OperationalError as told:
                if "locked" not in str(told) or turned_away == MOST_TURNED_AWAY:
                    raise
                turned_away += 1
                continue
            break
    return {"kept": kept, "turned_away": turned_away}


def peek():
    """Work out the next number without taking it: what a counter without a lock does."""
    last = FileCounter.objects.get(office__slug="guanajuato", year=TODAY.year + 9).last
    return file_number("guanajuato", year=TODAY.year + 9, number=last + 1)


def take_numbers(times):
    """Take numbers of the counter itself, of a year nobody else uses, without the lock of the office's chain."""
    office, taken = Office.objects.get(slug="guanajuato"), []
    for _time in range(times):
        with transaction.atomic():
            taken.append(next_file_number(office.pk, year=TODAY.year + 9))
    return taken


def tell(times):
    """Write in the registry's chain, which every city's verbs write in; say how far it came."""
    try:
        for _time in range(times):
            trail.record("crowd.told", by=CONSOLE)
    except IntegrityError:
        return "another wrote the same entry"
    return trail.first_break() or "whole"


def end_reader():
    """End the work of León's reader; say what came of it."""
    try:
        end_membership(Membership.objects.get(office__slug="leon", role=Role.READER.value).pk, by=CONSOLE)
    except OfficeError as refused:
        return str(refused)
    return "ended"


def state(key):
    kept = Agreement.objects.get(pk=key)
    references = list(Agreement.objects.values_list("reference", flat=True))
    return [kept.first_programme_days, kept.version, kept.versions.count(), references]
