"""An evening in Guanajuato is tomorrow in UTC: what an office reads, sends and hands over keeps the office's day."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import uuid
from types import SimpleNamespace
from unittest import mock
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from hermanar.agreements.actions import ask_counterpart, ask_guest
from hermanar.agreements.models import AgreementVersion, CounterpartLink, Guest, ProcedureStep, Proposal
from hermanar.agreements.queries import days_of, due_in_file, facts_of_files, for_office
from hermanar.agreements.rules.guests import GUEST_LINK_LASTS
from hermanar.agreements.vocabulary.procedure import DueKind, Step
from hermanar.console.management.commands import digest
from hermanar.cooperation import actions
from hermanar.cooperation.actions.proofs import publish_proof
from hermanar.cooperation.actions.selection import begin_selection
from hermanar.cooperation.models import Activity, ActivityVersion, GuestEntry, ProofPage, Selection
from hermanar.foundation import intake, jobs
from hermanar.foundation.access import Role
from hermanar.foundation.intake import Kind, Sending
from hermanar.foundation.models import Contribution, ContributionStep
from hermanar.offices.actions import make_feed
from hermanar.offices.models import Handover, Membership, Office
from hermanar.workspace.dossier import known_on, ordering
from hermanar.workspace.dossier.proofs import published_matters
from hermanar.workspace.due import due_lines
from hermanar.workspace.reports.published import facts_of, told_projects
from hermanar.workspace.views import counterpart, guests, home
from tests.cooperation.test_proofs import prepared
from tests.cooperation_acts import a_tie, noted
from tests.guests import DrivenGuest
from tests.project_acts import a_project
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db

EVENING = dt.datetime(2026, 10, 1, 3, tzinfo=dt.UTC)  # nine at night in Guanajuato, of the day before
AHEAD = EVENING.replace(year=2036)
LAST, FIRST = dt.date(2026, 9, 30), dt.date(2026, 10, 1)
ZONES = {"America/Mexico_City": LAST, "UTC": FIRST, "Europe/Madrid": FIRST}
WORDS = {LAST: "30 de septiembre de", FIRST: "1 de octubre de"}


@pytest.fixture(params=[*list(ZONES)[:2], pytest.param("Europe/Madrid", marks=pytest.mark.nightly)])
def zone(request):
    return request.param


@pytest.fixture
def day(zone):
    return ZONES[zone]


@pytest.fixture
def house(cast, zone):
    """Return the cast, whose office lies in the zone."""
    Office.objects.filter(pk=cast.office.pk).update(time_zone=zone)
    cast.office.refresh_from_db()
    return cast


@pytest.fixture
def guest(house):
    return DrivenGuest(house)


def tells(text, day):
    """Say whether a text tells the day in words, and not the other one."""
    plain = strip_tags(text).replace("\u00a0", " ")
    return [one for one, words in WORDS.items() if words in plain] == [day]


_TOLD = {"at", "began_at", "begun_at", "received_at", "recorded_at", "sent_at"}


def evening(model, **values):
    """Say that rows were written that evening: no test waits for one."""
    names = [one.name for one in model._meta.fields if one.name in _TOLD]
    model.objects.filter(**values).update(**dict.fromkeys(names, EVENING))


# ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_of_the_office_tells_its_day_and_the_next_reader_s_page_is_not_touched(guest, zone, day):
    made = guest.shared()
    Activity.objects.filter(pk=made.pk).update(withdrawn_at=EVENING, withdrawal_reason="Estaba dos veces")
    before = timezone.get_current_timezone_name()
    page = client_of(guest.cast.of(Role.DIRECTOR)).get(reverse("workspace:activity", args=[made.pk])).text
    assert "Estaba dos veces" in page
    note = page.partition("Retirada: no prueba nada")[2].partition("</section>")[0]
    assert tells(note, day)
    assert timezone.get_current_timezone_name() == before


def test_a_handover_says_on_which_day_it_was_prepared_and_received(house, day):
    director = client_of(house.of(Role.DIRECTOR))
    asked = {"key": str(uuid.uuid4()), "as_of": "2026-03-04"}
    address = director.post("/oficina/entrega/", asked)["Location"]
    jobs.work()
    Handover.objects.update(prepared_at=EVENING, received_at=EVENING, received_by=house.of(Role.ADMINISTRATOR).user)
    page = director.get(address).text
    assert tells(page.partition("Preparada el")[2].partition("</p>")[0], day)
    assert tells(page.partition("<dt>Fecha</dt>")[2].partition("</dd>")[0], day)


def test_a_guest_reads_the_day_of_the_office_it_is_tied_to(guest, day):
    entry = guest.tells()
    actions.give_back(entry.pk, by=guest.file.by, version=1, reason="¿Qué día?")
    GuestEntry.objects.filter(pk=entry.pk).update(answered_at=EVENING)
    address = reverse("guest:entry", args=[guest.file.key, entry.pk])
    page = client_of(SimpleNamespace(user=guest.user)).get(address).text
    assert tells(page.partition("¿Qué día?")[2].partition("</section>")[0], day)


def test_a_table_to_take_away_tells_the_day_of_the_office(guest, day):
    guest.tells()
    evening(GuestEntry)
    address = reverse("workspace:guests_table", args=[guest.file.key, "csv"])
    answer = client_of(guest.cast.of(Role.DIRECTOR)).get(address)
    text = b"".join(answer).decode("utf-8-sig")
    assert [row["cuándo lo dijo"] for row in csv.DictReader(text.splitlines())] == [day.isoformat()]


# ── letters and links ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_letter_of_the_counterpart_and_its_page_tell_the_same_last_day(guest, day, monkeypatch):
    asked = []

    def ask(*given, **values):
        asked.append(ask_counterpart(*given, **values))
        asked[0].link.expires_at = AHEAD
        asked[0].link.save()
        return asked[0]

    monkeypatch.setattr(counterpart.actions, "ask_counterpart", ask)
    address = reverse("workspace:counterpart_link", args=[guest.file.key])
    told = {"party": guest.file.counterpart.pk, "language": "es", "contact": "Ana"}
    page = client_of(guest.cast.of(Role.ANALYST)).post(address, told).text
    letter = unquote(page.partition('href="mailto:')[2].partition('"')[0])
    assert tells(letter, day)
    assert CounterpartLink.objects.get().expires_at == AHEAD
    assert tells(Client().get(reverse("confirmation", args=[asked[0].token])).text, day)


def test_an_invitation_tells_its_last_day(guest, day, monkeypatch):
    at_its_hour = functools.partial(ask_guest, now=AHEAD - GUEST_LINK_LASTS)
    monkeypatch.setattr(guests, "ask_guest", at_its_hour)
    told = {"party": guest.file.counterpart.pk, "email": "nueva@ashland.example.org", "language": "es"}
    client_of(guest.cast.of(Role.DIRECTOR)).post(reverse("workspace:ask_guest", args=[guest.file.key]), told)
    [letter] = mail.outbox
    assert tells(letter.body, day)


# ── what is due: the page, the calendar, the letter ─────────────────────────────────────────────────────────────────


def proposed(guest):
    """Ask a second person to end the tie, that evening."""
    by = guest.cast.of(Role.DIRECTOR).user
    told = {"agreement_id": guest.file.key, "step": Step.TERMINATE, "on": LAST, "reason": "Así se acordó"}
    return Proposal.objects.create(**told, proposed_by_id=by, proposed_at=EVENING)


def test_what_is_due_waits_since_the_day_of_the_office(guest, day):
    guest.tells()
    evening(GuestEntry)
    proposed(guest)
    office = guest.cast.office
    since = {line.title: line.since for line in due_lines(office) if line.since}
    assert set(since.values()) == {day}
    assert len(since) == 2
    agreement = for_office(office.pk).get()
    facts = facts_of_files(for_office(office.pk), today=day)[agreement.pk]
    found = due_in_file(agreement, facts=facts, calendar=days_of(office), today=day)
    assert [one.due.since for one in found if one.due.kind is DueKind.SECOND_PERSON] == [day]


def test_whatever_is_composed_for_an_office_is_composed_in_its_zone(house, zone, monkeypatch, client):
    """No letter, calendar or dossier tells a moment in a template today; the next one that does finds its zone."""
    active = []

    def noting(told):
        return lambda *given, **values: active.append(timezone.get_current_timezone_name()) or told(*given, **values)

    monkeypatch.setattr(digest, "due_lines", noting(due_lines))
    monkeypatch.setattr(home, "due_lines", noting(due_lines))
    monkeypatch.setattr(ordering, "known_on", noting(known_on))
    digest.letters_of(house.office)
    membership = Membership.objects.get(office=house.office, user=house.of(Role.DIRECTOR).user)
    secret = make_feed(membership.pk, by=house.of(Role.DIRECTOR))
    assert client.get(reverse("workspace:feed", args=[secret])).status_code == 200
    asked = {"key": str(uuid.uuid4()), "as_of": "2026-03-04"}
    client_of(house.of(Role.DIRECTOR)).post("/oficina/entrega/", asked)
    jobs.work()
    assert active == [zone] * 3
    assert timezone.get_current_timezone_name() == settings.PUBLIC_TIME_ZONE


# ── the dossier ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_dossier_holds_no_day_after_its_own(guest, day):
    house, office = guest.cast, guest.cast.office
    guest.tells()
    guest.shared()
    proposed(guest)
    begin_selection("Una ciudad con puerto", office=office.pk, by=house.of(Role.DIRECTOR), key=uuid.uuid4())
    content = {"sender": house.ashland.slug, "receiver": house.guanajuato.slug, "scene": "path", "wall": "rose"}
    where = {"office": office.pk, "place": house.guanajuato.slug, "key": uuid.uuid4()}
    sent = intake.receive(Sending(Kind.HELLO, {**content, "text": "Hola"}, "es", **where))
    told = {"step": "refuse", "before": "waiting", "after": "refused", "reason": "Se repite", "at": EVENING}
    ContributionStep.objects.create(contribution=sent, **told)
    for model in (
        Activity, ActivityVersion, AgreementVersion, Contribution, Guest, GuestEntry, Membership, ProcedureStep,
        Selection,
    ):  # fmt: skip
        evening(model)
    rows = known_on(office, day).rows
    assert {row["since"] for row in rows["contacts"]} == {day.isoformat()}
    assert {row["since"] for row in rows["members"]} == {day.isoformat()}
    assert {row["written_on"] for row in rows["steps"]} == {day.isoformat()}
    assert {row["since"] for row in rows["activities"]} == {day.isoformat()}
    assert [(row["since"], row["on"]) for row in rows["contributions"]] == [(day.isoformat(), day.isoformat())]
    assert [row["since"] for row in rows["open_matters"]] == [day.isoformat()] * 3


def test_a_dossier_tells_since_when_a_page_is_on_the_web(house, day):
    tie = a_tie(house)
    made = prepared(house, tie, noted(house, tie, on="2025-06-01", place="Biblioteca"))
    with mock.patch.object(timezone, "now", return_value=EVENING):
        publish_proof(made.pk, by=house.of(Role.DIRECTOR), version=made.version)
    assert ProofPage.objects.get().published_at == EVENING
    [row] = published_matters(house.office, until=EVENING)
    assert row["since"] == day.isoformat()


def test_a_budget_is_worth_what_it_was_on_the_day_of_the_office(house, day):
    project = a_project(house, a_tie(house), ends_on=dt.date(2026, 12, 31))
    type(project).objects.filter(pk=project.pk).update(recorded_at=EVENING)
    assert [one.valued_on for one in facts_of(told_projects(house.office).get()).budgets] == [day]
