"""The verbs of committees: what they write, whom they refuse, what is never in the trail."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from hermanar.agreements.actions import draft
from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.console.proving import flaws
from hermanar.cooperation import actions
from hermanar.cooperation.actions import AttendanceDraft, DecisionDraft, MemberDraft, SessionDraft, TaskDraft
from hermanar.cooperation.models import AgendaItem, Committee, CommitteeMember, Decision, Session, Task
from hermanar.cooperation.queries import (
    committees_by_area,
    committees_of,
    committees_unlike_their_trail,
    due_of_committees,
)
from hermanar.cooperation.rules.committees import CommitteeRefusedError
from hermanar.cooperation.vocabulary import CommitteeRefusal as Why
from hermanar.cooperation.vocabulary import Quorum, Sector, SessionState
from hermanar.foundation.access import NotAllowedError
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import Document, TrailEntry, uuid7
from hermanar.foundation.trail import first_break, keyed_digest
from hermanar.offices.models import Membership
from tests import cast as people
from tests.committees import DrivenCommittee
from tests.foundation.samples import pdf

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def committee(cast):
    """A committee; whatever a test does to it by verbs, the trail knows every row as it is in the end."""
    yield DrivenCommittee(cast)
    assert committees_unlike_their_trail() == []


@pytest.fixture
def file(cast, committee):
    return draft(cast.file(), office=cast.office.pk, by=cast.of("director"), today=committee.today)


class refused:  # noqa: N801  reads as a word of the test
    """Expect exactly these refusals."""

    def __init__(self, *why):
        self.why, self.raised = why, pytest.raises(CommitteeRefusedError)

    def __enter__(self):
        self.found = self.raised.__enter__()

    def __exit__(self, *about):
        caught = self.raised.__exit__(*about)
        assert self.found.value.refusals == self.why
        return caught


# ── the committee ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_committee_is_founded_once_with_what_its_papers_say(cast, committee):
    kept = committee.now
    assert (kept.office, kept.agreement, kept.area, kept.quorum) == (cast.office, None, "", Quorum.MAJORITY)
    common = {"office": cast.office.pk, "by": committee.by, "today": committee.today, "key": kept.pk}
    assert actions.found_committee(committee.draft(), **common) == kept
    assert Committee.objects.count() == 1
    with pytest.raises(Committee.DoesNotExist):  # the same key cannot reach into another office
        other = cast.at(cast.other_office, "director")
        actions.found_committee(committee.draft(), **{**common, "office": cast.other_office.pk, "by": other})


def test_an_office_has_one_committee_of_a_name_and_a_tie_one_for_each_area(cast, committee, file):
    with refused(Why.OFFICE_TAKEN):
        DrivenCommittee(cast, name="comité de ciudades HERMANAS")
    with refused(Why.AREA_WITHOUT_TIE):
        DrivenCommittee(cast, name="Otro", agreement=file.pk)
    first = DrivenCommittee.of_area(cast, file.pk)
    with refused(Why.AREA_TAKEN):
        DrivenCommittee.of_area(cast, file.pk)
    first.end()
    again = DrivenCommittee.of_area(cast, file.pk)
    areas = [(AreaOfCooperation.CULTURE, again.now)]
    assert committees_by_area(file) == areas
    sports = DrivenCommittee.of_area(cast, file.pk, AreaOfCooperation.SPORTS)
    assert committees_by_area(file) == [*areas, (AreaOfCooperation.SPORTS, sports.now)]
    sports.end()
    again.end()
    assert committees_by_area(file) == [(AreaOfCooperation.CULTURE, None)]


def test_a_tie_of_another_office_does_not_exist_and_an_abandoned_one_has_no_committee(cast, committee, file):
    Agreement.objects.filter(pk=file.pk).update(stage="abandoned")
    with refused(Why.TIE_ABANDONED):
        DrivenCommittee.of_area(cast, file.pk)
    Agreement.objects.filter(pk=file.pk).update(office=cast.other_office)
    with pytest.raises(Agreement.DoesNotExist):
        DrivenCommittee.of_area(cast, file.pk)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"name": " "}, [Why.NO_NAME]),
        ({"source": ""}, [Why.NO_SOURCE]),
        ({"founded_on": dt.date(2999, 1, 1)}, [Why.FUTURE_DATE]),
        ({"quorum": Quorum.NUMBER, "quorum_figure": "x"}, [Why.BAD_FIGURE]),
        ({"quorum": Quorum.NUMBER, "quorum_figure": "9", "size": 7}, [Why.MORE_THAN_SEATS]),
        ({"second_call": Quorum.NUMBER, "second_figure": "9", "size": 7}, [Why.MORE_THAN_SEATS]),
    ],
)
def test_what_cannot_be_kept_of_a_committee(committee, values, why):
    before = committee.now
    with refused(*why):
        committee.change(**values)
    assert committee.now.version == before.version


def test_a_change_is_made_on_the_version_that_was_read(committee):
    read = committee.now.version
    committee.change(peer_name="Sister City Committee", quorum=Quorum.SHARE, quorum_figure="60 %")
    assert (committee.now.peer_name, committee.now.quorum_figure) == ("Sister City Committee", "3/5")
    with pytest.raises(EditConflictError):
        actions.change_committee(committee.key, committee.draft(), by=committee.by, version=read, today=committee.today)
    committee.member("Ana")
    with refused(Why.BEFORE_FOUNDING):
        committee.change(founded_on=committee.today)


def test_an_ended_committee_stays_as_it_was(committee):
    [ana] = committee.members("Ana")
    session = committee.called()
    with refused(Why.NO_REASON):
        committee.end(reason=" ")
    with refused(Why.FUTURE_DATE):
        committee.end(ended_on=committee.today + DAY)
    with refused(Why.TERM_ENDS_FIRST):
        committee.end(ended_on=committee.founded - DAY)
    committee.end()
    for verb in (committee.change, committee.end, lambda: committee.member("Luis"), lambda: committee.leaves(ana),
                 committee.called, lambda: committee.attended(session, ana), lambda: committee.task(ana)):  # fmt: skip
        with refused(Why.COMMITTEE_ENDED):
            verb()


# ── members ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_members_come_once_and_nobody_is_in_two_places_of_a_committee(committee):
    key = uuid7()
    ana = committee.member("Ana Pérez", key=key, post="Presidencia")
    assert committee.member("Ana Pérez", key=key) == ana
    assert committee.now.members.count() == 1
    with refused(Why.ALREADY_MEMBER):
        committee.member("ANA PEREZ")
    [luis] = committee.members("Luis")
    with refused(Why.ALREADY_MEMBER):
        committee.member("Luis", stands_for=ana.pk)
    with refused(Why.ALREADY_MEMBER):
        committee.mend(luis, name="Ana Pérez")
    other = DrivenCommittee(committee.cast, name="Otro")
    with pytest.raises(CommitteeMember.DoesNotExist):
        other.member("Ana Pérez", key=key)


def test_two_committees_only_where_neither_rule_forbids_it(cast, committee):
    committee.member("Ana")
    other = DrivenCommittee(cast, name="Otro")
    ana = other.member("Ana")
    with refused(Why.IN_ANOTHER):
        committee.change(is_exclusive=True)
    strict = DrivenCommittee(cast, name="Estricto", is_exclusive=True)
    with refused(Why.IN_ANOTHER):
        strict.member("Ana")
    strict.member("Luis")
    with refused(Why.IN_ANOTHER):
        committee.member("Luis")
    other.leaves(ana, on=other.founded)
    again = DrivenCommittee(cast, name="Más")
    again.member("Ana")


@pytest.mark.parametrize(
    ("days", "until", "why"),
    [(0, -1, Why.TERM_ENDS_FIRST), (-1, None, Why.BEFORE_FOUNDING)],
)
def test_terms_that_cannot_be(committee, days, until, why):
    began = committee.founded + days * DAY
    with refused(why):
        committee.member("Ana", began_on=began, until=None if until is None else began + until * DAY)
    with refused(Why.NO_NAME):
        committee.member(" ")


def test_a_substitute_stands_for_one_member_of_the_same_committee(cast, committee):
    ana, luis = committee.members("Ana", "Luis")
    substitute = committee.member("Eva", stands_for=ana.pk)
    with refused(Why.SUBSTITUTE_TAKEN):
        committee.member("Raúl", stands_for=ana.pk)
    with refused(Why.SUBSTITUTE_OF_OTHER):
        committee.member("Raúl", stands_for=substitute.pk)
    stranger = DrivenCommittee(cast, name="Otro").member("Iris")
    with refused(Why.SUBSTITUTE_OF_OTHER):
        committee.member("Raúl", stands_for=stranger.pk)
    committee.leaves(luis, on=committee.founded)
    with refused(Why.SUBSTITUTE_OF_OTHER):
        committee.member("Raúl", stands_for=luis.pk)
    mended = committee.mend(substitute, name="Eva Luna", body="Universidad")
    assert (mended.stands_for, mended.body) == (ana, "Universidad")


def test_who_leaves_is_kept_and_the_substitute_takes_the_place_with_the_tasks(committee):
    until = committee.today + 90 * DAY
    ana = committee.member("Ana", post="Presidencia", until=until, sector=Sector.AUTHORITIES)
    eva = committee.member("Eva", stands_for=ana.pk, sector=Sector.PRIVATE)
    task, own = committee.task(ana), committee.task(eva, "Llevar el registro")
    with refused(Why.STILL_THERE):
        committee.takes_over(eva)
    with refused(Why.NOT_A_SUBSTITUTE):
        committee.takes_over(ana)
    committee.leaves(ana)
    with refused(Why.MEMBER_GONE):
        committee.leaves(ana)
    with refused(Why.STILL_THERE):
        committee.takes_over(eva, on=committee.today - DAY)
    taken = committee.takes_over(eva)
    assert (taken.name, taken.post, taken.until, taken.sector) == ("Eva", "Presidencia", until, Sector.PRIVATE)
    assert taken.stands_for is None
    eva.refresh_from_db()
    assert eva.ended_on == committee.today
    with refused(Why.MEMBER_GONE):
        committee.takes_over(eva)
    assert Task.objects.get(pk=own.pk).owner == taken
    assert Task.objects.get(pk=task.pk).owner == ana, "of the one who left: listed for somebody else"


def test_nobody_leaves_or_comes_on_a_day_that_the_attendance_belies(committee):
    ana, luis = committee.members("Ana", "Luis")
    eva = committee.member("Eva", stands_for=ana.pk)
    committee.held(luis, eva, days=-3)
    with refused(Why.ATTENDED_LATER):
        committee.leaves(luis, on=committee.today - 3 * DAY)
    with refused(Why.NOT_A_MEMBER_THEN):
        committee.mend(luis, began_on=committee.today - 2 * DAY)
    committee.leaves(ana, on=committee.today - 5 * DAY)
    with refused(Why.ATTENDED_LATER):
        committee.takes_over(eva, on=committee.today - 4 * DAY)
    committee.leaves(luis, on=committee.today - 2 * DAY)
    with refused(Why.TERM_ENDS_FIRST):
        committee.mend(luis, began_on=committee.today)


def test_members_are_written_on_the_version_of_the_committee(committee):
    ana = committee.member("Ana")
    read = committee.now.version
    committee.member("Luis")
    said = {"by": committee.by, "version": read}
    with pytest.raises(EditConflictError):
        actions.change_committee_member(ana.pk, MemberDraft("Ana", Sector.ACADEMIA, committee.founded), **said)
    with pytest.raises(EditConflictError):
        actions.end_committee_membership(ana.pk, ended_on=committee.today, reason="r", today=committee.today, **said)
    assert committee.mend(ana, until=committee.today).until == committee.today


def test_an_account_of_another_office_is_not_tied_to_a_member(cast, committee):
    stranger = cast.at(cast.other_office, "committee_member").user
    with pytest.raises(Membership.DoesNotExist):
        committee.member("Ana", user=stranger)


# ── sessions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_session_is_called_once_and_changed_until_it_is_held(committee):
    key = uuid7()
    session = committee.called(7, key=key, items=[" Uno ", "", "Dos"])
    assert committee.called(key=key) == session
    assert [item.title for item in session.items.all()] == ["Uno", "Dos"]
    moved = SessionDraft(committee.today, ["Tres"], dt.time(17, 30), "Teatro Juárez", committee.today - DAY)
    changed = actions.change_call(session.pk, moved, by=committee.by, version=session.version)
    assert (changed.place, [item.title for item in changed.items.all()]) == ("Teatro Juárez", ["Tres"])
    with pytest.raises(EditConflictError):
        actions.change_call(session.pk, moved, by=committee.by, version=session.version)
    [ana] = committee.members("Ana")
    committee.attended(changed, ana)
    with refused(Why.SESSION_CLOSED):
        actions.change_call(session.pk, moved, by=committee.by, version=changed.version)
    other = DrivenCommittee(committee.cast, name="Otro")
    with pytest.raises(Session.DoesNotExist):
        other.called(key=key)


def test_a_call_needs_an_agenda_and_days_in_order(committee):
    with refused(Why.NO_AGENDA):
        committee.called(items=[" "])
    with refused(Why.CALLED_AFTER):
        committee.called(called_on=committee.today + DAY)
    with refused(Why.BEFORE_FOUNDING):
        committee.called(-61)


def test_a_session_is_cancelled_with_a_reason(committee):
    session = committee.called(7)
    said = {"by": committee.by, "version": session.version}
    with refused(Why.NO_REASON):
        actions.cancel_session(session.pk, reason=" ", **said)
    assert actions.cancel_session(session.pk, reason="Fiestas", **said).state == SessionState.CANCELLED
    with refused(Why.SESSION_CLOSED):
        actions.cancel_session(session.pk, reason="Fiestas", **said)
    with refused(Why.SESSION_CLOSED):
        committee.attended(session)
    with refused(Why.SESSION_CLOSED):
        actions.keep_proceedings(session.pk, {}, by=committee.by, version=2)


def test_attendance_counts_the_quorum_and_keeps_what_it_was_counted_from(committee):
    ana, luis, _iris = committee.members("Ana", "Luis", "Iris")
    eva = committee.member("Eva", stands_for=ana.pk)
    held = committee.held(luis, eva)
    assert (held.state, held.present, held.counted_of, held.needed) == (SessionState.HELD, 2, 3, 2)
    assert held.quorum_rule == Quorum.MAJORITY
    again = committee.attended(held, ana, eva)
    assert (again.state, again.present) == (SessionState.MEETING, 1)
    assert {one.member for one in again.attendance.all()} == {ana, eva}


def test_attendance_of_who_was_no_member_that_day_or_of_a_session_to_come_is_refused(cast, committee):
    ana, luis = committee.members("Ana", "Luis")
    committee.leaves(luis)
    late = committee.member("Iris", began_on=committee.today)
    stranger = DrivenCommittee(cast, name="Otro").member("Raúl")
    session = committee.called(-1)
    for one in (late, stranger):
        with refused(Why.NOT_A_MEMBER_THEN):
            committee.attended(session, ana, one)
    assert committee.attended(session, ana, luis).state == SessionState.HELD
    with refused(Why.NOBODY_CAME):
        committee.held()
    with refused(Why.NOT_YET):
        committee.attended(committee.called(1), ana)
    with refused(Why.NOT_A_MEMBER_THEN):
        committee.held(luis)


def test_a_second_call_is_held_as_the_rule_says(committee):
    committee.members("Ana", "Luis", "Iris")
    [ana, *_] = committee.now.members.all()
    with refused(Why.SECOND_CALL_UNKNOWN):
        committee.held(ana, is_second_call=True)
    committee.change(second_call=Quorum.NONE)
    with refused(Why.NO_SECOND_CALL):
        committee.held(ana, is_second_call=True)
    committee.change(second_call=Quorum.PRESENT)
    held = committee.held(ana, is_second_call=True)
    assert (held.state, held.is_second_call, held.needed) == (SessionState.HELD, True, 1)
    assert committee.held(ana).state == SessionState.MEETING


def test_where_the_rule_is_unknown_somebody_says_whether_there_was_a_quorum(committee):
    [ana] = committee.members("Ana")
    committee.change(quorum=Quorum.UNKNOWN)
    with refused(Why.SAY_QUORUM):
        committee.held(ana)
    assert committee.held(ana, had_quorum=False).state == SessionState.MEETING
    held = committee.held(ana, had_quorum=True)
    assert (held.state, held.needed) == (SessionState.HELD, None)


def test_decisions_are_numbered_by_committee_and_year_without_gaps(cast, committee):
    [ana] = committee.members("Ana")
    first, key = committee.held(ana), uuid7()
    made = [committee.decides(first), committee.decides(first, key=key), committee.decides(first, key=key)]
    with refused(Why.NO_WORDS):
        committee.decides(first, " ")
    made.append(committee.decides(committee.held(ana)))
    assert [one.number for one in made] == [1, 2, 2, 3]
    assert made[0].label == f"1/{committee.today.year}"
    other = DrivenCommittee(cast, name="Otro")
    [luis] = other.members("Luis")
    session = other.held(luis)
    assert other.decides(session).number == 1
    with pytest.raises(Decision.DoesNotExist):
        other.decides(session, key=key)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Decision.objects.create(committee=other.now, session=session, year=committee.today.year, number=1, text="x")


def test_numbers_begin_again_with_the_year(cast):
    new_year = dt.date(2026, 1, 2)
    committee = DrivenCommittee(cast, today=new_year)
    [ana] = committee.members("Ana")
    old, new = committee.held(ana, days=-3), committee.held(ana)
    assert [committee.decides(one).label for one in (old, new, old)] == ["1/2025", "1/2026", "2/2025"]


def test_without_a_quorum_nothing_is_decided(committee):
    ana, *_ = committee.members("Ana", "Luis", "Iris")
    called = committee.called()
    with refused(Why.NOT_HELD):
        committee.decides(called)
    meeting = committee.attended(called, ana)
    with refused(Why.NO_QUORUM):
        committee.decides(meeting)
    with refused(Why.NOT_YET):
        committee.decides(committee.called(1))
    assert Decision.objects.count() == 0


def test_a_decision_keeps_its_session_to_a_quorum_and_its_votes_to_who_came(committee):
    ana, luis, iris = committee.members("Ana", "Luis", "Iris")
    held = committee.held(ana, luis)
    with refused(Why.VOTES_DO_NOT_ADD_UP):
        committee.decides(held, votes_for=2, votes_against=1)
    item = held.items.first()
    made = committee.decides(held, item=item.pk, votes_for=1, abstentions=1)
    with refused(Why.NO_SUCH_ITEM):
        committee.decides(held, item=committee.called().items.first().pk)
    with refused(Why.HAS_DECISIONS):
        committee.attended(held, iris)
    read = Session.objects.get(pk=held.pk).version
    said = {"by": committee.by, "today": committee.today}
    mended = actions.mend_decision(made.pk, DecisionDraft("Se aprueba", votes_for=2), version=read, **said)
    assert (mended.number, mended.text, mended.votes_for, mended.item) == (1, "Se aprueba", 2, None)
    with pytest.raises(EditConflictError):
        actions.mend_decision(made.pk, DecisionDraft("Otra"), version=read, **said)


def test_what_was_said_is_kept_and_signed_minutes_close_the_session(cast, committee):
    [ana] = committee.members("Ana")
    to_come = committee.called(1)
    paper = people.document(cast.office)
    for verb in (actions.keep_proceedings, actions.keep_minutes):
        with refused(Why.NOT_HELD):
            verb(to_come.pk, {} if verb is actions.keep_proceedings else paper.pk, by=committee.by, version=1)
    held = committee.held(ana)
    first, second = held.items.all()
    with refused(Why.NO_SUCH_ITEM):
        actions.keep_proceedings(held.pk, {uuid7(): "x"}, by=committee.by, version=held.version)
    said = {first.pk: " Se pasó lista. ", second.pk: "Se leyó."}
    told = actions.keep_proceedings(held.pk, said, by=committee.by, version=held.version)
    assert [item.said for item in told.items.all()] == ["Se pasó lista.", "Se leyó."]
    with pytest.raises(Document.DoesNotExist):
        foreign = people.document(cast.other_office)
        actions.keep_minutes(held.pk, foreign.pk, by=committee.by, version=told.version)
    decision = committee.decides(held)
    signed = actions.keep_minutes(held.pk, paper.pk, by=committee.by, version=told.version + 1)
    assert signed.minutes == paper
    for verb in (
        lambda: committee.attended(held, ana),
        lambda: actions.keep_proceedings(held.pk, {}, by=committee.by, version=signed.version),
        lambda: committee.decides(held),
        lambda: actions.mend_decision(
            decision.pk, DecisionDraft("x"), by=committee.by, version=signed.version, today=committee.today
        ),
    ):
        with refused(Why.MINUTES_SIGNED):
            verb()


def test_signed_minutes_are_replaced_with_a_reason_and_the_former_stay(committee):
    held = committee.held(committee.member("Ana"))
    first = committee.signed(held).minutes
    with refused(Why.SAME_MINUTES):
        committee.signed(held, reason="La misma")
    with refused(Why.NO_REASON):
        committee.signed(held, pdf(pages=2))
    now = committee.signed(held, pdf(pages=2), reason=" Faltaba la hoja 2 ")
    assert now.minutes != first
    assert list(now.former_minutes.values_list("document", "reason", "by_user")) == [
        (first.pk, "Faltaba la hoja 2", committee.by.user)
    ]


def test_attendance_is_not_mended_below_the_votes_of_a_decision(cast):
    committee = DrivenCommittee(cast)
    ana, luis, iris = committee.members("Ana", "Luis", "Iris")
    held = committee.held(ana, luis, iris)
    committee.decides(held, votes_for=3)
    with refused(Why.VOTES_DO_NOT_ADD_UP):
        committee.attended(held, ana, luis)  # still a quorum
    assert committee.attended(held, ana, luis, iris).present == 3


def test_a_committee_does_not_end_before_it_met_and_what_is_open_is_closed_after(cast, committee):
    ana = committee.member("Ana")
    held, coming, task = committee.held(ana), committee.called(3), committee.task(ana)
    with refused(Why.HELD_LATER):
        committee.end(ended_on=committee.today - DAY)
    committee.end()
    with refused(Why.COMMITTEE_ENDED):
        committee.called(5)
    paper = people.document(cast.office)
    assert actions.keep_minutes(held.pk, paper.pk, by=committee.by, version=held.version).minutes == paper
    assert actions.cancel_session(coming.pk, by=committee.by, version=1, reason="Terminó").state == "cancelled"
    assert committee.done(task).done_on == committee.today


# ── the proof of the trail ───────────────────────────────────────────────────────────────────────────────────────────


def _lived(committee):
    ana, luis = committee.members("Ana", "Luis")
    session = committee.held(ana, luis)
    committee.decides(session, votes_for=2)
    committee.task(ana)
    return ana, luis, session


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: Decision.objects.update(text="Otra cosa"),
        lambda: Decision.objects.update(votes_for=1),
        lambda: Session.objects.get().attendance.first().delete(),
        lambda: AgendaItem.objects.update(said="Se dijo otra cosa"),
        lambda: Committee.objects.update(quorum_figure="1"),
        lambda: CommitteeMember.objects.filter(name="Ana").update(name="Eva"),
        lambda: Task.objects.update(what="Otra"),
        lambda: Task.objects.all().delete(),
    ],
)
def test_what_is_changed_behind_the_verbs_is_told(cast, spoil):
    committee = DrivenCommittee(cast)
    _lived(committee)
    assert flaws([]) == []
    spoil()
    found = flaws([])
    assert {one.chain for one in found} == {str(cast.office.pk)}


def test_what_no_verb_wrote_is_told_too(cast):
    committee = DrivenCommittee(cast)
    ana, _luis, _session = _lived(committee)
    Task.objects.create(committee=committee.now, what="Nadie la dio", owner=ana, given_on=committee.today)
    [found] = flaws([])
    assert "Comité de Ciudades Hermanas" in found.sentence


# ── tasks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_tasks_are_given_changed_given_to_another_and_done(committee):
    ana, luis = committee.members("Ana", "Luis")
    decision, key = committee.decides(committee.held(ana, luis, days=-5)), uuid7()
    task = committee.task(ana, decision=decision.pk, due_on=committee.today, key=key)
    assert committee.task(ana, key=key) == task
    assert task.given_on == decision.session.on
    committee.leaves(ana)
    draft = TaskDraft("Traducir", ana.pk, committee.today)
    said = {"by": committee.by, "today": committee.today}
    with refused(Why.OWNER_GONE):
        actions.change_task(task.pk, draft, version=task.version, **said)
    moved = actions.change_task(task.pk, replace(draft, owner=luis.pk), version=task.version, **said)
    assert (moved.owner, moved.what) == (luis, "Traducir")
    with pytest.raises(EditConflictError):
        actions.change_task(task.pk, replace(draft, owner=luis.pk), version=task.version, **said)
    with refused(Why.DONE_BEFORE):
        committee.done(task, done_on=decision.session.on - DAY)
    assert committee.done(task, note="Entregada").done_on == committee.today
    assert committee.done(task, done_on=None).done_on is None


def test_tasks_that_cannot_be(cast, committee):
    [ana] = committee.members("Ana")
    with refused(Why.NO_WORDS, Why.DUE_BEFORE):
        committee.task(ana, " ", due_on=committee.today - DAY)
    other = DrivenCommittee(cast, name="Otro")
    [luis] = other.members("Luis")
    with pytest.raises(CommitteeMember.DoesNotExist):
        committee.task(luis)
    with pytest.raises(Decision.DoesNotExist):
        committee.task(ana, decision=other.decides(other.held(luis)).pk)
    key = other.task(luis).pk
    with pytest.raises(Task.DoesNotExist):
        committee.task(ana, key=key)


def test_a_member_of_the_committee_marks_own_tasks_and_no_others(cast, committee):
    account = cast.of("committee_member")
    ana, luis = committee.member("Ana", user=account.user), committee.member("Luis")
    own, other = committee.task(ana), committee.task(luis)
    assert committee.done(own, by=account).done_on == committee.today
    with pytest.raises(NotAllowedError):
        committee.done(other, by=account)
    with pytest.raises(NotAllowedError):
        committee.done(own, by=cast.of("reader"))


# ── who may, and what the trail holds ────────────────────────────────────────────────────────────────────────────────


def doings(committee, by):
    """Return every verb of a committee as somebody does it."""
    ana = committee.member("Ana")
    held, called = committee.held(ana), committee.called(5)
    task, decision = committee.task(ana), committee.decides(held)
    said = {"by": by, "version": 1}
    dated = {**said, "today": committee.today}
    made = {"by": by, "key": uuid7()}
    member = MemberDraft("Eva", Sector.OTHER, committee.founded)
    session, decided = SessionDraft(committee.today, ["x"]), DecisionDraft("x")
    return [
        lambda: actions.change_committee(committee.key, committee.draft(), **dated),
        lambda: actions.end_committee(committee.key, ended_on=committee.today, reason="r", **dated),
        lambda: actions.add_committee_member(committee.key, member, **made),
        lambda: actions.change_committee_member(ana.pk, member, **said),
        lambda: actions.end_committee_membership(ana.pk, ended_on=committee.today, reason="r", **dated),
        lambda: actions.take_over(ana.pk, on=committee.today, **dated),
        lambda: actions.call_session(committee.key, session, **made),
        lambda: actions.change_call(called.pk, session, **said),
        lambda: actions.cancel_session(called.pk, reason="r", **said),
        lambda: actions.keep_attendance(held.pk, AttendanceDraft([ana.pk]), **dated),
        lambda: actions.keep_proceedings(held.pk, {}, **said),
        lambda: actions.keep_minutes(held.pk, uuid7(), **said),
        lambda: actions.decide(held.pk, decided, today=committee.today, **made),
        lambda: actions.mend_decision(decision.pk, decided, **dated),
        lambda: actions.give_task(committee.key, TaskDraft("x", ana.pk), today=committee.today, **made),
        lambda: actions.change_task(task.pk, TaskDraft("x", ana.pk), **dated),
        lambda: actions.finish_task(task.pk, done_on=committee.today, note="", **dated),
    ]


def test_who_only_reads_does_nothing_and_for_another_office_nothing_is_there(cast, committee):
    before = TrailEntry.objects.count
    for role in ("reader", "committee_member", "museum_editor"):
        doing = doings(DrivenCommittee(cast, name=role), cast.of(role))
        counted = before()
        for verb in doing:
            with pytest.raises(NotAllowedError):
                verb()
        assert before() == counted
    gone = (Committee.DoesNotExist, CommitteeMember.DoesNotExist, Session.DoesNotExist, Decision.DoesNotExist,
            Task.DoesNotExist)  # fmt: skip
    for verb in doings(committee, cast.at(cast.other_office, "director")):
        with pytest.raises(gone):
            verb()
    with pytest.raises(NotAllowedError):
        actions.found_committee(
            committee.draft(), office=cast.office.pk, by=cast.of("reader"), today=committee.today, key=uuid7()
        )
    assert list(committees_of(cast.other_office.pk)) == list(committees_of(None)) == []


def test_analysts_keep_committees(cast, committee):
    committee.by = cast.of("analyst")
    assert committee.decides(committee.held(committee.member("Ana"))).number == 1


def test_the_trail_holds_digests_and_never_a_name(cast, committee):
    ana = committee.member("Ana Pérez", body="Universidad")
    committee.decides(committee.held(ana), "Se aprueba el plan de Ana Pérez")
    entries = list(TrailEntry.objects.filter(chain=str(cast.office.pk), code__startswith="committee.").values())
    codes = ["founded", "member_added", "session_called", "attendance_kept", "decided"]
    assert [entry["code"] for entry in entries] == [f"committee.{code}" for code in codes]
    assert "Ana" not in str(entries)
    assert "plan" not in str(entries)
    assert entries[1]["content_digest"] != keyed_digest("Ana Pérez")
    assert first_break(str(cast.office.pk)) is None


# ── what is due ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_tasks_sessions_and_terms_are_due_while_the_committee_goes_on(cast, committee):
    soon, far = committee.today + 30 * DAY, committee.today + 400 * DAY
    ana, luis = committee.member("Ana", until=soon), committee.member("Luis", until=far)
    task = committee.task(luis, due_on=committee.today + DAY)
    committee.done(committee.task(ana, "hecha", due_on=committee.today))
    session, past = committee.called(2), committee.called(-2)
    committee.held(ana, luis, days=-1)
    due = due_of_committees(cast.office.pk, today=committee.today)
    assert [(one.on, one.session or one.task or one.member) for one in due] == [
        (past.on, past), (task.due_on, task), (session.on, session), (soon, ana),
    ]  # fmt: skip
    assert due_of_committees(cast.other_office.pk, today=committee.today) == []
    committee.leaves(ana)
    assert len(due_of_committees(cast.office.pk, today=committee.today)) == 3
    committee.end()
    assert due_of_committees(cast.office.pk, today=committee.today) == []
