"""What the public sends in: received once, decided by its office, reported, undone, erased; told by the trail."""

from __future__ import annotations

import datetime as dt
import threading
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from hermanar.foundation import intake, trail
from hermanar.foundation.access import CONSOLE, Actor, NotAllowedError, Role
from hermanar.foundation.calendar import public_day, public_day_of
from hermanar.foundation.editing import AnotherSentError, EditConflictError
from hermanar.foundation.intake import Complaint, ContentError, IntakeRefusedError, Kind, Mark, Sending, State
from hermanar.foundation.intake.queries import decided, decided_by, shown, shown_of, to_decide
from hermanar.foundation.models import Contribution, ContributionReport, TrailEntry, uuid7

pytestmark = pytest.mark.django_db

OFFICE, OTHER = uuid7(), uuid7()
HELLO = {"sender": "guanajuato", "receiver": "ashland", "scene": "path", "wall": "rose", "text": "Hola, vecinos"}


def actor(role=Role.MUSEUM_EDITOR, office=OFFICE):
    return Actor(f"{role.value}:1", role, office, uuid7())


def sent(**more):
    values = {"kind": Kind.HELLO, "content": HELLO, "language": "es", "key": uuid4(), "office": OFFICE, **more}
    return intake.receive(Sending(**values))


def in_state(state, **more):
    kept, by = sent(**more), actor(Role.DIRECTOR)
    if state in {State.PUBLISHED, State.REPORTED, State.HIDDEN}:
        kept = intake.publish(kept.pk, by=by, version=kept.version)
    if state is State.REPORTED:
        kept = intake.report(kept.pk, Complaint.HARM, note="", key=uuid4())
    if state is State.HIDDEN:
        kept = intake.hide(kept.pk, by=by, version=kept.version, reason="x")
    if state is State.REFUSED:
        kept = intake.refuse(kept.pk, by=by, version=kept.version, reason="x")
    if state is State.REMOVED:
        kept = intake.remove(kept.pk, by=by, version=kept.version, reason="x")
    return kept


def test_what_comes_waits_and_nobody_outside_reads_it():
    kept = sent(content={**HELLO, "text": " Hola,\x00 vecinos "})
    assert (kept.state, kept.content["text"], kept.marks) == ("waiting", "Hola, vecinos", [])
    assert kept.consent == intake.CONSENT
    assert kept.forget_on == public_day_of(kept.received_at) + dt.timedelta(days=180)
    assert not shown().exists()
    assert list(to_decide(actor())) == [kept]
    assert not to_decide(actor(office=OTHER)).exists()


def test_the_same_form_sent_twice_is_kept_once():
    key = uuid4()
    assert sent(key=key).pk == sent(key=key).pk
    with pytest.raises(AnotherSentError):  # mended and sent again: neither lost nor called kept
        sent(key=key, content={**HELLO, "text": "Otra"})
    assert TrailEntry.objects.filter(code="contribution.received").count() == 1


@pytest.mark.parametrize(
    "more", [{"content": {}}, {"content": {**HELLO, "name": "Ana"}}, {"language": "<script>"}, {"language": ""}]
)
def test_what_its_kind_may_not_hold_is_refused_before_it_is_kept(more):
    with pytest.raises(ContentError):
        sent(**more)
    assert not Contribution.objects.exists()


def test_a_consent_that_nobody_wrote_is_none():
    with pytest.raises(ContentError):
        intake.receive(Sending(Kind.HELLO, HELLO, "es", uuid4()), consent="1999")


def test_marks_are_kept_and_turn_nobody_away():
    sent()
    again = sent(seconds=1, is_trapped=True, marked=(Mark.PERSONAL,))
    assert again.marks == ["trap", "quick", "repeat", "personal"]


def test_a_decision_is_kept_with_who_and_why_and_told_to_the_trail():
    kept, by = sent(), actor()
    refused = intake.refuse(kept.pk, by=by, version=1, reason="  No es un saludo ")
    assert (refused.state, refused.version) == ("refused", 2)
    assert refused.forget_on == public_day_of(refused.moved_at) + dt.timedelta(days=30)
    step = refused.steps.get()
    assert (step.step, step.before, step.after) == ("refuse", "waiting", "refused")
    assert (step.reason, step.by) == ("No es un saludo", by.user)
    codes = TrailEntry.objects.filter(chain=str(OFFICE)).values_list("code", flat=True)
    assert list(codes) == ["contribution.received", "contribution.refuse"]
    assert trail.first_break(str(OFFICE)) is None


def test_a_decision_is_undone():
    by = actor()
    published = in_state(State.PUBLISHED)
    waiting = intake.reconsider(published.pk, by=by, version=published.version)
    assert (waiting.state, waiting.published_at) == ("waiting", None)
    refused = in_state(State.REFUSED)
    assert intake.reconsider(refused.pk, by=by, version=refused.version).state == "waiting"
    assert not shown().exists()


@pytest.mark.parametrize("verb", [intake.refuse, intake.hide, intake.remove])
def test_what_is_kept_from_the_public_needs_a_reason(verb):
    kept = in_state(State.PUBLISHED if verb is intake.hide else State.WAITING)
    with pytest.raises(ContentError):
        verb(kept.pk, by=actor(Role.DIRECTOR), version=kept.version, reason=" \x00 ")


def test_a_step_that_the_state_does_not_allow_changes_nothing():
    kept = in_state(State.HIDDEN)
    with pytest.raises(IntakeRefusedError):
        intake.publish(kept.pk, by=actor(), version=kept.version)
    kept.refresh_from_db()
    assert kept.state == "hidden"


def test_a_second_decision_on_what_another_read_is_refused():
    kept = sent()
    intake.publish(kept.pk, by=actor(), version=1)
    with pytest.raises(EditConflictError):
        intake.refuse(kept.pk, by=actor(), version=1, reason="no")
    kept.refresh_from_db()
    assert kept.state == "published"


def test_a_double_click_decides_once():
    kept, by = sent(), actor()
    assert intake.publish(kept.pk, by=by, version=1).version == 2
    assert intake.publish(kept.pk, by=by, version=1).version == 2
    assert kept.steps.count() == 1


def test_another_office_finds_nothing():
    kept = sent()
    with pytest.raises(Contribution.DoesNotExist):
        intake.publish(kept.pk, by=actor(office=OTHER), version=1)
    assert not decided_by(actor(office=OTHER)).exists()


def test_what_is_for_no_office_is_decided_by_who_keeps_the_registry():
    kept = sent(office=None)
    with pytest.raises(Contribution.DoesNotExist):
        intake.publish(kept.pk, by=actor(Role.DIRECTOR), version=1)
    steward = actor(Role.REGISTRY_STEWARD, OTHER)
    assert list(to_decide(steward)) == [kept]
    assert intake.publish(kept.pk, by=steward, version=1).state == "published"


@pytest.mark.parametrize("role", [Role.READER, Role.ANALYST, Role.COMMITTEE_MEMBER, Role.COUNTERPART, Role.PUBLIC])
def test_who_may_not_decide_is_refused(role):
    with pytest.raises(NotAllowedError):
        intake.publish(sent().pk, by=actor(role), version=1)


def test_an_editor_hides_and_does_not_erase():
    kept = in_state(State.PUBLISHED)
    hidden = intake.hide(kept.pk, by=actor(), version=kept.version, reason="ofende")
    with pytest.raises(NotAllowedError):
        intake.remove(hidden.pk, by=actor(), version=hidden.version, reason="x")


def test_only_the_public_sends_and_reports():
    with pytest.raises(NotAllowedError):
        intake.receive(Sending(Kind.HELLO, HELLO, "es", uuid4()), by=actor(Role.READER))


def test_a_report_hides_nothing_and_goes_to_the_head_of_the_queue():
    published = in_state(State.PUBLISHED)
    waiting = sent(content={**HELLO, "text": "otra cosa"})
    key = uuid4()
    for _click in range(2):
        intake.report(published.pk, Complaint.HARM, note="mire \x00esto" + "x" * 1000, key=key)
    reported = intake.report(published.pk, Complaint.FALSE, note="", key=uuid4())
    assert (reported.state, reported.report_count) == ("reported", 2)
    assert list(shown()) == [reported]
    assert list(to_decide(actor())) == [reported, waiting]
    assert len(ContributionReport.objects.get(key=key).note) == 300
    kept = intake.restore(reported.pk, by=actor(), version=reported.version)
    assert (kept.state, kept.report_count, kept.published_at) == ("published", 0, published.published_at)
    assert not kept.reports.filter(seen_at__isnull=True).exists()


@pytest.mark.parametrize("state", [State.WAITING, State.REFUSED, State.HIDDEN, State.REMOVED])
def test_what_is_not_public_cannot_be_reported_nor_found(state):
    kept = in_state(state)
    with pytest.raises(Contribution.DoesNotExist):
        intake.report(kept.pk, Complaint.HARM, note="", key=uuid4())
    assert not shown_of(Kind.HELLO).exists()


@pytest.mark.row(29)
def test_what_is_removed_is_erased_and_the_envelope_tells_why():
    kept = in_state(State.REPORTED)
    removed = intake.remove(kept.pk, by=actor(Role.COORDINATOR), version=kept.version, reason="lo pidió su autora")
    assert (removed.state, removed.content, removed.likeness, removed.reports.count()) == ("removed", {}, "", 0)
    assert removed.steps.last().reason == "lo pidió su autora"
    assert list(decided(actor())) == [removed]
    with pytest.raises(IntakeRefusedError):
        intake.reconsider(kept.pk, by=actor(), version=removed.version)


@pytest.mark.row(29)
def test_who_sent_it_takes_it_back_whatever_became_of_it():
    kept = in_state(State.PUBLISHED)
    for _click in range(2):
        assert intake.take_back(kept.key).content == {}
    assert kept.steps.last().by is None


@pytest.mark.row(29)
def test_what_is_past_its_time_goes_by_itself():
    late, other = in_state(State.REFUSED), sent()
    today = public_day()
    Contribution.objects.filter(pk=late.pk).update(forget_on=today)
    assert intake.forget() == 1
    late.refresh_from_db()
    other.refresh_from_db()
    assert (late.state, late.content, late.forget_on) == ("removed", {}, None)
    assert other.content
    assert intake.forget() == 0
    with pytest.raises(NotAllowedError):
        intake.forget(by=actor())


def test_what_was_sent_to_a_demonstration_is_shown_only_while_there_is_one(settings):
    in_state(State.PUBLISHED, is_demonstration=True)
    assert shown().count() == 1
    settings.MODE = "production"
    assert not shown().exists()


def test_the_console_decides_too():
    kept = sent()
    assert intake.publish(kept.pk, by=CONSOLE, version=1).steps.get().by is None


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_do_not_both():
    if connection.vendor == "sqlite":
        pytest.skip("two threads share one database in memory, which turns the second away before it may wait")
    kept, outcomes = sent(), []
    gate = threading.Barrier(2)

    def decide(verb, **more):
        try:
            gate.wait()
            outcomes.append(verb(kept.pk, by=actor(), version=1, **more).state)
        except EditConflictError:
            outcomes.append("conflict")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide, args=[intake.publish]),
        threading.Thread(target=decide, args=[intake.refuse], kwargs={"reason": "no"}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept.refresh_from_db()
    assert sorted(outcomes) == sorted(["conflict", kept.state])
    assert kept.steps.count() == 1


@pytest.mark.row(29)
def test_the_day_s_letters_take_what_is_past_its_time_with_them():
    late = in_state(State.REFUSED)
    Contribution.objects.filter(pk=late.pk).update(forget_on=public_day())
    call_command("digest", show=True)
    assert Contribution.objects.get().content
    call_command("digest")
    assert Contribution.objects.get().content == {}
