"""«Qué vence»: the page, the calendar feed, the daily letter, the office's own days."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
from django.core import mail
from django.core.cache.backends.dummy import DummyCache
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar

from hermanar.agreements import actions
from hermanar.agreements.models import ProcedureStep
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.calendar import today_in
from hermanar.foundation.calendar.keeping import FIRST_YEAR, LAST_YEAR, ClosureDraft, calendar_of, record_closure
from hermanar.foundation.models import Closure, Source, TrailEntry, User, WorkingCalendar
from hermanar.foundation.trail.checkpoints import keep_checkpoint
from hermanar.offices.actions import end_membership
from hermanar.offices.models import Membership, Office
from tests import factories as make
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return today_in("America/Mexico_City")


@pytest.fixture
def file(cast, today):
    planned = today + dt.timedelta(days=20)
    made = cast.file(planned_signature_on=planned)
    return actions.draft(made, office=cast.office.pk, by=cast.of("director"), today=today)


def page(cast, role="analyst", office=None):
    actor = cast.at(office or cast.office, role)
    return client_of(actor).get(reverse("workspace:home")).content.decode()


def test_what_is_due_is_the_first_screen(cast, file):
    shown = page(cast)
    assert "Informar a la Cancillería" in shown
    assert "guanajuato/2026/0001" in shown or file.reference in shown
    assert "En los próximos siete días" in shown
    assert "Cómo se contó" in shown


def test_another_office_sees_nothing_of_it(cast, file):
    shown = page(cast, "director", cast.other_office)
    assert file.reference not in shown
    assert "Todavía no hay expedientes" in shown


def test_who_reads_no_files_is_told_so(cast, file):
    assert file.reference not in page(cast, "museum_editor")


def keys_of(shown):
    return re.findall(r'<p class="due__file"><a href="[^"]*">([^<]+)</a>', shown)


def test_of_hundreds_a_page_shows_the_first_and_leads_to_the_rest(cast, today):
    by, days = cast.of("director"), [today + dt.timedelta(days=number) for number in range(20, 150)]
    for day in days:  # what each asks for first is due about two weeks before
        actions.draft(cast.file(planned_signature_on=day), office=cast.office.pk, by=by, today=today)
    client = client_of(cast.of("analyst"))
    first = client.get("/oficina/").text
    counts = [int(count) for count in re.findall(r'<span class="count">(\d+)</span>', first)]
    assert sum(counts) == len(days)
    assert len(keys_of(first)) == sum(min(count, 25) for count in counts)
    assert f"Ver también los {max(counts) - 25} que faltan" in first
    pages = [client.get(f"/oficina/?urgencia=later&pagina={number}").text for number in (1, 2)]
    there = [key for shown in pages for key in keys_of(shown)]
    assert len(there) == len(set(there)) == max(counts)
    assert there[:25] == keys_of(first)[-25:]
    assert client.get("/oficina/?urgencia=nada").text.count("due__item") == first.count("due__item")


def feed_of(cast, role="analyst"):
    client = client_of(cast.of(role))
    shown = client.post(reverse("workspace:subscribe"), follow=True).content.decode()
    return re.search(r"http://testserver(/oficina/avisos/[\w-]+\.ics)", shown)[1]


def test_a_feed_holds_the_dated_things(cast, file, client):
    answer = client.get(feed_of(cast))
    assert answer["Content-Type"].startswith("text/calendar")
    assert not answer.cookies
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    latest = file.planned_signature_on - dt.timedelta(days=14)
    assert event["DTSTART"].dt in {latest - dt.timedelta(days=n) for n in range(3)}
    assert file.reference in event["SUMMARY"]


def test_a_new_feed_ends_the_former_and_leaving_ends_it(cast, file, client):
    former = feed_of(cast)
    fresh = feed_of(cast)
    assert (client.get(former).status_code, client.get(fresh).status_code) == (404, 200)
    end_membership(Membership.objects.get(user=cast.of("analyst").user).pk, by=cast.of("director"))
    assert client.get(fresh).status_code == 404


def test_a_letter_goes_to_who_reads_files_where_something_is_due(cast, file, capsys):
    call_command("digest")
    written = {letter.to[0]: letter for letter in mail.outbox}
    roles = ("administrator", "director", "coordinator", "analyst", "reader")
    assert set(written) == {f"{role}@guanajuato.example.org" for role in roles}
    letter = written["analyst@guanajuato.example.org"]
    assert file.reference in letter.body
    assert "chains" not in letter.body
    [line] = [line for line in written["director@guanajuato.example.org"].body.splitlines() if line.startswith("{")]
    assert str(cast.office.pk) in json.loads(line)["chains"]
    assert "5 cartas" in capsys.readouterr().out


def broken(settings, tmp_path):
    """Keep a checkpoint, and then change a file behind the verbs."""
    settings.CHECKPOINTS = tmp_path / "checkpoints.jsonl"
    keep_checkpoint(settings.CHECKPOINTS)
    ProcedureStep.objects.filter(number=1).update(letter="otro")


def test_a_trail_that_is_not_whole_is_told_and_no_checkpoint_hides_it(cast, file, settings, tmp_path):
    broken(settings, tmp_path)
    with pytest.raises(CommandError, match="La bitácora no concuerda: Se encontró 1 falta"):
        call_command("digest")
    written = {letter.to[0]: letter for letter in mail.outbox}
    roles = ("administrator", "director", "coordinator", "analyst", "reader")
    own = {f"{role}@guanajuato.example.org" for role in roles}
    assert own < set(written), "what is due is still sent"
    for to, letter in written.items():
        assert letter.subject.startswith("LA BITÁCORA NO CONCUERDA")
        assert "Se encontró 1 falta" in letter.body
        assert "chains" not in letter.body
        told = f"{file.reference}: el paso 1 no dice lo que la bitácora guardó de él"
        assert (told in letter.body) is (to in own), "no office learns of another's files"


def test_what_is_wrong_with_the_trail_is_told_where_nothing_is_due(cast, settings, tmp_path):
    broken(settings, tmp_path)
    settings.CHECKPOINTS.write_text("estropeado\n")
    with pytest.raises(CommandError, match="No es un punto de control"):
        call_command("digest", "--office", "leon")
    keepers = {"administrator@leon.example.org", "director@leon.example.org"}
    assert {letter.to[0] for letter in mail.outbox} == keepers, "who keeps the checkpoints"


@pytest.mark.usefixtures("no_wall")
def test_a_chain_written_anew_is_told_by_the_letters(cast, file, settings, tmp_path):
    settings.CHECKPOINTS = tmp_path / "checkpoints.jsonl"
    keep_checkpoint(settings.CHECKPOINTS)
    TrailEntry.objects.filter(chain=str(cast.office.pk)).order_by("-number")[:1].get().delete()
    keep_checkpoint(settings.CHECKPOINTS)
    with pytest.raises(CommandError, match="falta el final"):
        call_command("digest")


class Refusing(DummyCache):
    """Says of what it cannot keep what Django's tables of a cache say: that it was there."""

    def add(self, *_what, **_how):
        return False


def test_a_letter_that_cannot_be_noted_fails_instead_of_being_left_out(cast, file, monkeypatch):
    monkeypatch.setattr("hermanar.console.management.commands.digest.cache", Refusing("", {}))
    with pytest.raises(CommandError, match="No se pudo anotar"):
        call_command("digest")
    assert not mail.outbox


def test_letters_can_be_seen_before_they_leave(cast, file, capsys):
    call_command("digest", "--show", "--office", "guanajuato")
    assert (len(mail.outbox), file.reference in capsys.readouterr().out) == (0, True)
    with pytest.raises(CommandError, match="nadie"):
        call_command("digest", "--office", "nadie")


def test_a_mail_server_that_fails_is_told(cast, file, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(CommandError, match="analyst@guanajuato"):
        call_command("digest")


def test_an_address_that_no_letter_can_bear_keeps_nobody_else_from_theirs(cast, file):
    User.objects.filter(email="analyst@guanajuato.example.org").update(email="analyst@guanajuato\n.example.org")
    with pytest.raises(CommandError, match="analyst@guanajuato"):
        call_command("digest")
    assert len(mail.outbox) > 1
    sent = len(mail.outbox)
    User.objects.filter(email__startswith="analyst@guanajuato").update(email="analyst@guanajuato.example.org")
    call_command("digest")
    assert [letter.to for letter in mail.outbox[sent:]] == [["analyst@guanajuato.example.org"]]


def test_an_office_whose_letters_cannot_be_written_keeps_no_other_from_theirs(cast, file, today, caplog):
    theirs, parties = cast.at(cast.other_office, "director"), cast.file().parties
    own = replace(parties[0], place_id=cast.other_office.place_id)
    draft = cast.file(parties=[own, *parties[1:]], planned_signature_on=today + dt.timedelta(days=20))
    actions.draft(draft, office=cast.other_office.pk, by=theirs, today=today)
    Office.objects.filter(pk=cast.office.pk).update(time_zone="Marte/Olimpo")  # behind the verbs, which refuse it
    with pytest.raises(CommandError, match=r"las cartas de guanajuato \(ZoneInfoNotFoundError\)"):
        call_command("digest")
    assert {letter.to[0].partition("@")[2] for letter in mail.outbox} == {"leon.example.org"}
    assert "the letters of guanajuato" in caplog.text


def close(cast, role="director", **values):
    asked = {"version": 1, "first_on": "2026-07-20", "last_on": "2026-07-31", "name": "Vacaciones", **values}
    return client_of(cast.of(role)).post(reverse("workspace:calendar"), asked)


def test_an_office_adds_its_own_days_on_top_of_the_law(cast):
    make.source("ley")
    law = ClosureDraft(dt.date(2026, 9, 16), dt.date(2026, 9, 16), "Independencia", "ley")
    record_closure("mx-federal", law, by=CONSOLE, version=1)
    assert close(cast).status_code == 302
    key = Office.objects.get(pk=cast.office.pk).calendar
    counted = calendar_of(key)
    assert not counted.is_working(dt.date(2026, 7, 22))
    assert not counted.is_working(dt.date(2026, 9, 16))
    assert calendar_of("mx-federal").is_working(dt.date(2026, 7, 22))
    shown = client_of(cast.of("analyst")).get(reverse("workspace:calendar"), {"año": "2026"}).content.decode()
    assert "Vacaciones" in shown
    assert "Independencia" in shown


def test_the_days_of_an_office_are_told_in_the_readers_language(cast):
    make.source("ley")
    law = ClosureDraft(dt.date(2026, 9, 16), dt.date(2026, 9, 16), "Independencia", "ley", name_en="Independence Day")
    record_closure("mx-federal", law, by=CONSOLE, version=1)
    assert close(cast).status_code == 302
    WorkingCalendar.objects.filter(key="mx-federal").update(name_en="Federal public administration")
    Source.objects.filter(key="ley").update(title_en="The act")
    with translation.override("en"):
        address = reverse("workspace:calendar")
    shown = client_of(cast.of("analyst")).get(address, {"año": "2026"}).content.decode()
    for words in ("Independence Day", "Federal public administration", "The act"):
        assert words in shown
    assert "Independencia" not in shown


def test_a_stale_or_wrong_closure_changes_nothing(cast):
    close(cast)
    answer = close(cast, version=1, first_on="2026-12-24", last_on="2026-12-31")
    assert "Otra persona cambió el calendario" in answer.content.decode()
    assert Closure.objects.count() == 1
    assert "anterior al primero" in close(cast, version=2, last_on="2026-07-01").content.decode()
    assert Closure.objects.count() == 1


def test_only_its_own_closures_are_taken_back(cast):
    close(cast)
    made = Closure.objects.get()
    address = reverse("workspace:withdraw_closure", args=[made.pk])
    stranger = client_of(cast.at(cast.other_office, "director"))
    assert stranger.post(address, {"version": 2, "reason": "x"}).status_code == 404
    own = client_of(cast.of("director"))
    assert (
        "Falta" in own.post(address, {"version": 2, "reason": " "}).content.decode()
        or not Closure.objects.get().withdrawn_at
    )
    assert own.post(address, {"version": 2, "reason": "error"}).status_code == 302
    assert Closure.objects.get().withdrawn_at


@pytest.mark.parametrize("year", [FIRST_YEAR, 2019, 2041, LAST_YEAR])
def test_closure_of_any_year_that_may_be_kept_is_shown_and_taken_back(cast, year):
    shown = close(cast, first_on=f"{year}-05-04", last_on=f"{year}-05-05")["Location"]
    listed = client_of(cast.of("director")).get(shown).text
    assert reverse("workspace:withdraw_closure", args=[Closure.objects.get().pk]) in listed
    arrows = {int(found) for found in re.findall(r'href="\?año=(\d+)"', listed)}
    assert arrows == {year - 1, year + 1} & set(range(FIRST_YEAR, LAST_YEAR + 1))


@pytest.mark.parametrize("year", ["0", "99999", "1999", "2101", "x", "²⁰²⁶"])
def test_an_impossible_year_is_not_found(cast, year):
    answer = client_of(cast.of("analyst")).get(reverse("workspace:calendar"), {"año": year})
    assert answer.status_code == 404
