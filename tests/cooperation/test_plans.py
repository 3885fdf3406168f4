"""The verbs of work plans: what they write, whom they refuse, two people at once, what the trail answers for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hermanar.agreements.models import Agreement
from hermanar.cooperation import actions
from hermanar.cooperation.actions import ProgrammeTexts
from hermanar.cooperation.models import (
    Activity,
    AnnualProgramme,
    PlannedActivity,
    PlannedDone,
    ProgrammeResource,
    ProgrammeStaff,
    WorkPlan,
)
from hermanar.cooperation.queries.plans import (
    agreed_plans,
    due_of_plans,
    facts_by_planned,
    planned_of,
    plans_of,
    plans_unlike_their_trail,
    programmes_of,
    progress_by_planned,
    renewal_of,
    reopened_plans,
    resource_lines,
    staff_lines,
    state_of,
    totals_said,
    was_reopened,
)
from hermanar.cooperation.rules.plans import PlanRefusedError, Progress, missing_contents
from hermanar.cooperation.vocabulary import PlanRefusal as Why
from hermanar.foundation.access import NotAllowedError
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import TrailEntry, uuid7
from hermanar.foundation.trail import first_break
from tests.plans import HUMAN, MATERIAL, MONEY, STAFF, WORDS, DrivenPlan

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def plan(cast):
    return DrivenPlan(cast)


class refused:  # noqa: N801  reads as a word of the test
    """Expect exactly these refusals."""

    def __init__(self, *why):
        self.why, self.raised = why, pytest.raises(PlanRefusedError)

    def __enter__(self):
        self.found = self.raised.__enter__()
        return self.found

    def __exit__(self, *about):
        caught = self.raised.__exit__(*about)
        assert tuple(fault.why for fault in self.found.value.faults) == self.why
        return caught


# ── the plan ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_plan_is_made_once_of_a_tie_of_the_office(cast, plan):
    common = {"by": plan.by, "today": plan.today, "key": plan.key}
    assert actions.make_plan(plan.file.pk, plan.draft(), **common) == plan.now
    assert plans_of(cast.office.pk).get() == plan.now
    assert (plan.now.office, plan.now.agreement, plan.now.purpose) == (cast.office, plan.file, "Que se conozcan")
    stranger = cast.at(cast.other_office, "director")
    with pytest.raises(Agreement.DoesNotExist):
        actions.make_plan(plan.file.pk, plan.draft(), **{**common, "by": stranger})
    Agreement.objects.filter(pk=plan.file.pk).update(office=cast.other_office)
    with pytest.raises(WorkPlan.DoesNotExist):  # the same key cannot reach into another office
        actions.make_plan(plan.file.pk, plan.draft(), **{**common, "by": stranger})


def test_an_abandoned_file_gets_no_plan_and_a_tie_one_plan_at_a_time(plan):
    again = {"by": plan.by, "today": plan.today}
    with refused(Why.OVERLAPS):
        actions.make_plan(plan.file.pk, plan.draft(), **again, key=uuid7())
    next_ = plan.draft(starts_on=dt.date(2029, 1, 1), ends_on=dt.date(2031, 12, 31))
    actions.make_plan(plan.file.pk, next_, **again, key=uuid7())
    with refused(Why.OVERLAPS):
        plan.change(ends_on=dt.date(2029, 1, 1))
    Agreement.objects.filter(pk=plan.file.pk).update(stage="abandoned")
    with refused(Why.TIE_ABANDONED):
        actions.make_plan(plan.file.pk, plan.draft(), **again, key=uuid7())


def test_a_plan_changes_and_leaves_nothing_outside(plan):
    last = plan.programme(2028)
    one = plan.plans(last, starts_on=dt.date(2028, 12, 1), ends_on=dt.date(2028, 12, 31))
    with refused(Why.LEAVES_OUT_ACTIVITY):
        plan.change(ends_on=dt.date(2028, 12, 30))
    plan.cancels(one)
    assert plan.change(ends_on=dt.date(2028, 12, 30), purpose=" Otro ").purpose == "Otro"
    with refused(Why.LEAVES_OUT_YEAR):
        plan.change(ends_on=dt.date(2027, 12, 31))
    with refused(Why.AGREED_IN_FUTURE):
        plan.change(agreed_on=plan.today + DAY)
    assert plan.change(agreed_on=plan.today).agreed_on == plan.today


def test_the_database_refuses_what_no_verb_would_write(plan):
    programme = plan.programme()
    one = plan.plans(programme)
    for row, values in (
        (plan.now, {"ends_on": dt.date(2025, 1, 1)}),
        (one, {"stated_percent": 101}),
        (one, {"times": 0}),
        (one, {"ends_on": dt.date(2025, 1, 1)}),
        (one, {"cancelled_on": plan.today}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**values)
    for values in ({"kind": "financial"}, {"kind": "human", "amount": 1, "currency": "MXN"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProgrammeResource.objects.create(programme=programme, position=1, side="own", what="x", **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualProgramme.objects.create(plan=plan.now, year=2026)


# ── programmes ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_programme_is_of_a_year_of_the_plan_and_made_once(plan):
    made = plan.programme(2027)
    assert plan.programme(2027, key=made.pk) == made
    with refused(Why.YEAR_TAKEN):
        plan.programme(2027)
    with refused(Why.YEAR_OUTSIDE):
        plan.programme(2029)
    other = DrivenPlan(plan.cast, starts_on=dt.date(2026, 1, 1))
    with pytest.raises(AnnualProgramme.DoesNotExist):
        other.programme(2027, key=made.pk)


def test_a_programme_that_is_filled_lacks_nothing_of_d28(plan):
    programme = plan.programme()
    assert len(missing_contents(state_of(programme))) == 9
    plan.says(programme)
    plan.staffed(programme, STAFF)
    plan.plans(programme)
    plan.funded(programme, HUMAN, MATERIAL, MONEY, MXN="120000.50")
    kept = AnnualProgramme.objects.get(pk=programme.pk)
    assert missing_contents(state_of(kept)) == []
    assert (kept.objectives, kept.evaluation_en) == (WORDS.objectives, WORDS.evaluation_en)
    assert staff_lines(kept) == [STAFF]
    assert resource_lines(kept) == [HUMAN, MATERIAL, MONEY]
    assert totals_said(kept) == {"MXN": Decimal("120000.50")}


def test_totals_that_do_not_add_up_write_nothing(plan):
    programme = plan.programme()
    plan.funded(programme, MONEY, MXN="120000.50")
    version = plan.version(programme)
    with refused(Why.TOTAL_DIFFERS):
        plan.funded(programme, MONEY, MONEY, MXN="120000.50")
    with refused(Why.NO_PROFILE):
        plan.staffed(programme, type(STAFF)(STAFF.side, " ", 1, "x"))
    kept = AnnualProgramme.objects.get(pk=programme.pk)
    assert (resource_lines(kept), staff_lines(kept), kept.version) == ([MONEY], [], version)


# ── what is planned, done and cancelled ──────────────────────────────────────────────────────────────────────────────


def test_something_is_planned_once_in_its_year(plan):
    programme = plan.programme()
    one = plan.plans(programme)
    assert plan.plans(programme, key=one.pk) == one
    assert planned_of(plan.cast.office.pk).get() == one
    with refused(Why.OUTSIDE_PROGRAMME) as found:
        plan.plans(programme, ends_on=dt.date(2027, 1, 1))
    assert found.value.faults[0].said["day"] == dt.date(2027, 1, 1)
    with refused(Why.OUTSIDE_PROGRAMME):
        plan.mends(one, starts_on=dt.date(2025, 12, 31))
    assert plan.mends(one, title=" Otro ").title == "Otro"
    with pytest.raises(PlannedActivity.DoesNotExist):
        plan.plans(plan.programme(2027), key=one.pk)


def test_progress_comes_from_linked_activities_each_once(plan):
    programme = plan.programme()
    one = plan.plans(programme, times=2)
    first, again = plan.did(), plan.did("2026-03-06")
    for activity in (first, first, again):
        plan.links(one, activity)
    assert PlannedDone.objects.count() == 2

    def progress():
        return progress_by_planned([PlannedActivity.objects.get(pk=one.pk)])[one.pk]

    assert progress() == Progress(2, 2)
    Activity.objects.filter(pk=again.pk).update(same_as=first)
    assert progress() == Progress(1, 2), "what is told twice is one"
    Activity.objects.filter(pk=again.pk).update(same_as=None)
    plan.says_of(one, 80, " Falta el cierre ")
    actions.withdraw_activity(again.pk, by=plan.by, version=1, reason="Error")
    assert progress() == Progress(1, 2, 80), "what was withdrawn proves nothing"
    actions.unlink_done(one.pk, first.pk, by=plan.by)
    actions.unlink_done(one.pk, first.pk, by=plan.by)
    assert progress() == Progress(0, 2, 80)
    with refused(Why.PERCENT_OUT_OF_RANGE):
        plan.says_of(one, 101)
    assert plan.says_of(one, None).stated_percent is None


def test_what_does_not_fulfil_a_plan(cast, plan):
    one = plan.plans(plan.programme())
    withdrawn = plan.did()
    actions.withdraw_activity(withdrawn.pk, by=plan.by, version=1, reason="Error")
    other = DrivenPlan(cast)
    for activity, why in (
        (other.did(), Why.OTHER_TIE),
        (withdrawn, Why.WITHDRAWN),
        (plan.did("2025-12-31"), Why.DONE_BEFORE_PLAN),
    ):
        with refused(why):
            plan.links(one, activity)
    foreign = other.did()
    Agreement.objects.filter(pk=other.file.pk).update(office=cast.other_office)
    with pytest.raises(Activity.DoesNotExist):
        plan.links(one, foreign)
    assert not PlannedDone.objects.exists()


def test_what_is_cancelled_has_a_reason_and_does_not_change(plan):
    one = plan.plans(plan.programme())
    with refused(Why.NO_REASON):
        plan.cancels(one, " ")
    done = plan.did()
    plan.links(one, done)
    with refused(Why.HAS_DONE):
        plan.cancels(one)
    actions.unlink_done(one.pk, done.pk, by=plan.by)
    plan.cancels(one)
    for verb in (lambda: plan.mends(one), lambda: plan.says_of(one, 5), lambda: plan.links(one, done)):
        with refused(Why.ACTIVITY_CANCELLED):
            verb()
    assert facts_by_planned(PlannedActivity.objects.all()) == {}


def test_what_is_over_and_not_noted_is_due(plan):
    office, programme = plan.cast.office.pk, plan.programme()
    over = plan.plans(programme, times=2, ends_on=plan.today - DAY)
    plan.plans(programme, title="Hoy", ends_on=plan.today)
    plan.cancels(plan.plans(programme, title="Cancelada", ends_on=plan.today - DAY))
    [due] = due_of_plans(office, today=plan.today)
    assert (due.planned, due.on, due.progress) == (over, plan.today - DAY, Progress(0, 2))
    plan.links(over, plan.did())
    assert [one.planned for one in due_of_plans(office, today=plan.today)] == [over], "half of it is not all of it"
    plan.links(over, plan.did("2026-03-06"))
    assert due_of_plans(office, today=plan.today) == []
    assert due_of_plans(plan.cast.other_office.pk, today=plan.today) == []
    assert due_of_plans(None, today=plan.today) == []


def test_the_end_of_the_first_period_is_due_until_another_plan_follows(plan):
    office, near = plan.cast.office.pk, dt.date(2028, 7, 1)
    assert due_of_plans(office, today=dt.date(2028, 6, 29)) == []
    assert [(one.plan, one.on, one.planned) for one in due_of_plans(office, today=near)] == [
        (plan.now, plan.now.ends_on, None)
    ]
    assert due_of_plans(office, today=plan.now.ends_on + DAY) == []
    DrivenPlan(plan.cast, plan.file, starts_on=dt.date(2029, 1, 1), ends_on=dt.date(2031, 12, 31))
    assert due_of_plans(office, today=near) == []


def test_a_plan_of_more_than_three_years_is_due_when_it_ends_itself(plan):
    plan.change(ends_on=dt.date(2030, 12, 31))
    office = plan.cast.office.pk
    assert renewal_of(plan.now, followed=False, today=dt.date(2029, 1, 1)), "it is advised all the same"
    assert due_of_plans(office, today=dt.date(2029, 1, 1)) == []
    assert [one.on for one in due_of_plans(office, today=dt.date(2030, 7, 1))] == [dt.date(2030, 12, 31)]


# ── who may, who was first, what the trail says ──────────────────────────────────────────────────────────────────────


def verbs(plan, by, version=None):
    """Return every verb that changes a plan, done by somebody on a version."""
    programme = programmes_of(plan.cast.office.pk).get()
    one = planned_of(plan.cast.office.pk).get()
    seen = {"by": by, "version": version or 1}
    return {
        "change_plan": lambda: actions.change_plan(plan.key, plan.draft(), **seen, today=plan.today),
        "change_programme": lambda: actions.change_programme(programme.pk, WORDS, **seen),
        "keep_staff": lambda: actions.keep_staff(programme.pk, [STAFF], **seen),
        "keep_resources": lambda: actions.keep_resources(programme.pk, [HUMAN], totals={}, **seen),
        "change_planned": lambda: actions.change_planned(one.pk, plan.planned(), **seen),
        "state_progress": lambda: actions.state_progress(one.pk, percent=5, **seen),
        "cancel_planned": lambda: actions.cancel_planned(one.pk, reason="x", **seen, today=plan.today),
    }, {
        "add_programme": lambda: actions.add_programme(plan.key, year=2027, by=by, key=uuid7()),
        "plan_activity": lambda: actions.plan_activity(programme.pk, plan.planned(), by=by, key=uuid7()),
        "link_done": lambda: actions.link_done(one.pk, uuid7(), by=by),
        "unlink_done": lambda: actions.unlink_done(one.pk, uuid7(), by=by),
    }  # fmt: skip


def test_the_second_of_two_people_learns_that_it_changed(plan):
    plan.plans(plan.programme())
    versioned, _others = verbs(plan, plan.by, version=7)
    for name, verb in versioned.items():
        with pytest.raises(EditConflictError):
            verb()
        assert not ProgrammeStaff.objects.exists(), name


def test_another_office_finds_nothing_and_a_reader_may_not(cast, plan):
    plan.plans(plan.programme())
    before = TrailEntry.objects.count()
    for by, error in (
        (cast.at(cast.other_office, "director"), Exception),
        (cast.of("reader"), NotAllowedError),
        (cast.of("committee_member"), NotAllowedError),
    ):
        for group in verbs(plan, by):
            for name, verb in group.items():
                with pytest.raises(error) as found:
                    verb()
                is_right = isinstance(found.value, NotAllowedError) or type(found.value).__name__ == "DoesNotExist"
                assert is_right, (name, found.value)
    assert TrailEntry.objects.count() == before
    with pytest.raises(NotAllowedError):
        actions.make_plan(plan.file.pk, plan.draft(), by=cast.of("reader"), today=plan.today, key=uuid7())
    versioned, others = verbs(plan, cast.of("analyst"))
    for verb in (versioned["change_programme"], others["plan_activity"]):
        verb()


@pytest.mark.row(19)
def test_every_verb_tells_the_trail_and_no_word_of_the_plan_is_in_it(plan):
    programme = plan.whole()
    one = plan.plans(programme, title="Concierto")
    activity = plan.did()
    plan.change(purpose="Otra")
    plan.mends(one, title="Concierto de gala")
    plan.says_of(one, 50, "Va bien")
    plan.links(one, activity)
    actions.unlink_done(one.pk, activity.pk, by=plan.by)
    plan.cancels(one)
    codes = TrailEntry.objects.filter(subject=str(plan.key)).order_by("number").values_list("code", flat=True)
    assert list(codes) == [
        "plan.made", "plan.programme_added", "plan.programme_changed", "plan.staff_kept", "plan.activity_planned",
        "plan.resources_kept", "plan.activity_planned", "plan.changed", "plan.activity_changed",
        "plan.progress_stated", "plan.done_linked", "plan.done_unlinked", "plan.activity_cancelled",
    ]  # fmt: skip
    told = str(list(TrailEntry.objects.values()))
    assert not any(word in told for word in ("Concierto", "Intérprete", "Pasajes", "Va bien"))
    assert first_break(str(plan.cast.office.pk)) is None
    assert plans_unlike_their_trail() == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda plan: WorkPlan.objects.filter(pk=plan.key).update(purpose="x"),
        lambda plan: AnnualProgramme.objects.update(evaluation="x"),
        lambda plan: ProgrammeStaff.objects.update(count=99),
        lambda plan: ProgrammeResource.objects.filter(kind="financial").update(amount=1),
        lambda plan: PlannedActivity.objects.update(stated_percent=100),
        lambda plan: PlannedDone.objects.all().delete(),
        lambda plan: PlannedDone.objects.all().delete() and PlannedActivity.objects.all().delete(),
    ],
)
def test_what_was_changed_behind_the_verbs_is_found(plan, spoil):
    plan.whole()
    one = PlannedActivity.objects.get()
    plan.links(one, plan.did())
    assert plans_unlike_their_trail() == []
    spoil(plan)
    assert [(found.plan, found.chain) for found in plans_unlike_their_trail()] == [(plan.key, str(plan.cast.office.pk))]


def test_a_plan_that_is_gone_is_found(plan):
    WorkPlan.objects.filter(pk=plan.key).delete()
    assert [found.plan for found in plans_unlike_their_trail()] == [plan.key]


# ── what was agreed ──────────────────────────────────────────────────────────────────────────────────────────────────


def agreed(plan):
    """Let the counterpart agree to the plan as it is."""
    plan.change(agreed_on=plan.today)
    return plan.now.agreed_on == plan.today


@pytest.mark.parametrize(
    "change",
    [
        lambda plan, programme, one: plan.programme(2027),
        lambda plan, programme, one: plan.says(programme, ProgrammeTexts(objectives="Otro")),
        lambda plan, programme, one: plan.staffed(programme, STAFF, STAFF),
        lambda plan, programme, one: plan.funded(programme, HUMAN),
        lambda plan, programme, one: plan.plans(programme, title="Otra"),
        lambda plan, programme, one: plan.mends(one, title="Otra"),
        lambda plan, programme, one: plan.cancels(one),
        lambda plan, programme, one: plan.change(purpose="Otro", agreed_on=plan.today),
    ],
)
def test_what_was_agreed_and_changes_waits_for_agreement_again(plan, change):
    programme = plan.whole()
    assert not was_reopened(plan.now)
    assert agreed(plan)
    change(plan, programme, PlannedActivity.objects.get())
    assert plan.now.agreed_on is None
    assert was_reopened(plan.now)
    assert (list(agreed_plans(plan.file.pk)), reopened_plans(plan.file.pk)) == ([], [plan.now])
    assert plans_unlike_their_trail() == []
    current = plan.now
    draft = plan.draft(purpose=current.purpose, agreed_on=plan.today)
    actions.change_plan(plan.key, draft, by=plan.by, version=current.version, today=plan.today)
    assert not was_reopened(plan.now)
    assert list(agreed_plans(plan.file.pk)) == [plan.now]


def test_how_a_plan_goes_leaves_it_as_it_was_agreed(plan):
    plan.whole()
    one, activity = PlannedActivity.objects.get(), plan.did()
    assert agreed(plan)
    plan.says_of(one, 40)
    plan.links(one, activity)
    actions.unlink_done(one.pk, activity.pk, by=plan.by)
    assert agreed(plan)  # the same form sent again changes nothing
    assert not was_reopened(plan.now)


def test_draft_that_changes_was_never_agreed(plan):
    plan.whole()
    plan.change(purpose="Otro")
    assert not was_reopened(plan.now)
    assert reopened_plans(plan.file.pk) == []
