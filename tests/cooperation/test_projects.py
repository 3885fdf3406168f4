"""Projects of an office by their verbs: kept, mended, taken through their cycle, shown; by whom may, once, and told."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation import actions
from hermanar.cooperation.actions import project_said
from hermanar.cooperation.models import (
    Activity,
    Contribution,
    Indicator,
    IndicatorValue,
    Lesson,
    Partner,
    Project,
    ProjectActivity,
    ProjectVersion,
    Risk,
)
from hermanar.cooperation.queries import (
    budget_of,
    done_in,
    linkable,
    missing_of,
    progress_of_indicator,
    projects_of,
    published_projects,
    target_codes,
    with_counts,
)
from hermanar.cooperation.queries.project_contents import projects_unlike_their_trail
from hermanar.cooperation.rules import ProjectRefusedError
from hermanar.cooperation.vocabulary import ContributionSide as Side
from hermanar.cooperation.vocabulary import (
    CycleStage,
    Measure,
    Missing,
    PartnerRole,
    Precision,
    ProjectDirection,
    Scheme,
)
from hermanar.cooperation.vocabulary import ProjectRefusal as R
from hermanar.foundation.access import NotAllowedError, Role
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import TrailEntry
from hermanar.offices.models import Office
from tests import factories as make
from tests.cooperation_acts import TODAY, a_tie
from tests.project_acts import (
    JANUARY,
    a_full_project,
    a_project,
    add_indicator,
    add_lesson,
    add_partner,
    add_risk,
    go_on,
    indicator_draft,
    measure,
    money,
    project_draft,
    put_in,
    seen,
    version_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tie(cast):
    return a_tie(cast)


def refused(act):
    with pytest.raises(ProjectRefusedError) as caught, transaction.atomic():
        act()
    return list(caught.value.refusals)


def an_activity(tie, *, start="2026-05-03", end="2026-05-09"):
    return Activity.objects.create(
        agreement=tie, kind="training", started_on=start, ended_on=end, precision=Precision.DAY,
        description_es="Curso de parto", source=make.source(),
    )  # fmt: skip


def test_project_is_kept_as_it_was_told(cast, tie):
    kept = Project.objects.get(pk=a_project(cast, tie).pk)
    assert project_said(kept) == project_draft(tie)
    assert [(one.number, one.stage, one.began_on) for one in kept.stages.all()] == [(1, "conception", JANUARY)]
    assert (kept.version, kept.stage) == (1, "conception")
    entries = TrailEntry.objects.filter(subject=str(kept.pk), chain=str(cast.office.pk))
    assert [one.code for one in entries] == ["project.recorded"]
    assert projects_unlike_their_trail() == []


def test_form_sent_twice_keeps_one_project(cast, tie):
    key = uuid4()
    assert a_project(cast, tie, key=key).pk == a_project(cast, tie, key=key).pk == key
    assert (Project.objects.count(), ProjectVersion.objects.count()) == (1, 1)
    with pytest.raises(Project.DoesNotExist):
        a_project(cast, None, office=cast.other_office, key=key)


def test_everything_wrong_is_said_at_once_and_nothing_stays(cast):
    wrong = {"title_es": " ", "direction": ProjectDirection.RECEPTION, "scheme": Scheme.DIRECT, "currency": ""}
    assert refused(lambda: a_project(cast, conceived_on=None, **wrong)) == [
        R.NO_TITLE, R.SCHEME_OF_OTHER, R.NO_CURRENCY, R.NO_CONCEPTION,
    ]  # fmt: skip
    assert refused(lambda: a_project(cast, conceived_on=TODAY + dt.timedelta(1))) == [R.STAGE_IN_FUTURE]
    assert not Project.objects.exists()


def test_tie_of_another_office_does_not_exist_and_an_abandoned_one_is_refused(cast, tie):
    with pytest.raises(Agreement.DoesNotExist):
        a_project(cast, a_tie(cast, office=cast.other_office))
    Agreement.objects.filter(pk=tie.pk).update(stage=Stage.ABANDONED)
    assert refused(lambda: a_project(cast, tie)) == [R.TIE_ABANDONED]


# ── who may, and in which office ─────────────────────────────────────────────────────────────────────────────────────


def every_verb(project, **how):
    """Return every verb of a project that stands, ready to be done."""
    key, today = uuid4(), {"today": TODAY}
    on = {"on": TODAY, **today}
    value = actions.ValueDraft(TODAY, Decimal(1), "x")
    return {
        "mend": lambda: actions.mend_project(project.pk, mended=project_draft(), **how),
        "cancel": lambda: actions.cancel_project(project.pk, cancelled_on=TODAY, reason="x", **today, **how),
        "publish": lambda: actions.publish_project(project.pk, **how),
        "unpublish": lambda: actions.unpublish_project(project.pk, **how),
        "targets": lambda: actions.set_targets(project.pk, codes=["4"], **how),
        "link": lambda: actions.link_activities(project.pk, activities=[], **how),
        "advance": lambda: actions.advance_project(project.pk, stage=CycleStage.NEGOTIATION, **on, **how),
        "mend_stage": lambda: actions.mend_stage(project.pk, number=1, **on, **how),
        "stage_back": lambda: actions.take_stage_back(project.pk, **how),
        "partner": lambda: actions.keep_partner(
            project.pk, actions.PartnerDraft("x", "academia", "funding"), key=key, **how),
        "contribution": lambda: actions.keep_contribution(project.pk, money(1), key=key, **how),
        "risk": lambda: actions.keep_risk(project.pk, actions.RiskDraft("x", "low", "low", "y"), key=key, **how),
        "lesson": lambda: actions.keep_lesson(project.pk, actions.LessonDraft("repeat", "x"), key=key, **how),
        "take_out": lambda: actions.take_out_part(project.pk, key, part=Risk, **how),
        "indicator": lambda: actions.keep_indicator(project.pk, indicator_draft(), key=key, **today, **how),
        "take_out_indicator": lambda: actions.take_out_indicator(project.pk, key, **how),
        "value": lambda: actions.keep_value(project.pk, value, indicator=key, key=key, **today, **how),
        "take_out_value": lambda: actions.take_out_value(project.pk, key, **how),
    }  # fmt: skip


@pytest.mark.parametrize("role", [Role.READER, Role.COMMITTEE_MEMBER, Role.MUSEUM_EDITOR])
def test_projects_are_kept_by_who_works_on_files(cast, role):
    kept = a_project(cast)
    with pytest.raises(NotAllowedError):
        a_project(cast, by=cast.of(role))
    for act in every_verb(kept, by=cast.of(role), version=1).values():
        with pytest.raises(NotAllowedError):
            act()


@pytest.mark.parametrize(
    ("role", "names"), [(Role.ANALYST, {"cancel", "publish", "unpublish"}), (Role.COORDINATOR, {"publish"})]
)
def test_cancelling_and_showing_are_for_those_above(cast, role, names):
    verbs = every_verb(a_project(cast), by=cast.of(role), version=1)
    for name in names:
        with pytest.raises(NotAllowedError):
            verbs[name]()


def test_project_of_another_office_does_not_exist(cast):
    kept = a_project(cast)
    for act in every_verb(kept, by=cast.at(cast.other_office, Role.DIRECTOR), version=1).values():
        with pytest.raises(Project.DoesNotExist):
            act()
    assert not projects_of(None).exists()
    assert not projects_of(cast.other_office.pk).exists()


def test_second_editor_is_told_and_nothing_is_lost(cast):
    kept = a_project(cast)
    actions.mend_project(kept.pk, by=cast.of(Role.ANALYST), version=1, mended=project_draft(title_es="Primera"))
    for act in every_verb(kept, by=cast.of(Role.DIRECTOR), version=1).values():
        with pytest.raises(EditConflictError), transaction.atomic():
            act()
    assert (Project.objects.get().title_es, Project.objects.get().version) == ("Primera", 2)


def test_cancelled_project_no_longer_changes(cast):
    kept = a_project(cast)
    by = cast.of(Role.DIRECTOR)
    gone = actions.cancel_project(kept.pk, by=by, version=1, cancelled_on=TODAY, reason=" Sin socio ", today=TODAY)
    assert (gone.cancelled_on, gone.cancel_reason) == (TODAY, "Sin socio")
    for act in every_verb(kept, by=by, version=2).values():
        assert refused(act) == [R.CANCELLED]
    assert projects_unlike_their_trail() == []


def shown_by_the_director(cast, project):
    Agreement.objects.filter(pk=project.agreement_id).update(published_at=timezone.now())
    by = cast.of(Role.DIRECTOR)
    return actions.publish_project(project.pk, by=by, version=version_of(project))


KEEPING = sorted(every_verb(Project(), by=None, version=1).keys() - {"cancel", "publish", "unpublish"})


@pytest.mark.parametrize("name", KEEPING)
def test_public_project_changes_only_by_who_may_show_it(cast, tie, name):
    kept = shown_by_the_director(cast, a_project(cast, tie))
    for role in (Role.ANALYST, Role.COORDINATOR):
        act = every_verb(kept, by=cast.of(role), version=kept.version)[name]
        assert refused(act) == [R.IS_PUBLIC]
    mended = dataclasses.replace(project_said(kept), title_es="Parteras")
    fresh = actions.mend_project(kept.pk, by=cast.of(Role.DIRECTOR), version=kept.version, mended=mended)
    assert (fresh.title_es, fresh.published_at) == ("Parteras", kept.published_at)


def test_public_project_that_goes_to_another_tie_is_no_longer_shown(cast, tie):
    other = a_tie(cast)
    Agreement.objects.filter(pk=other.pk).update(published_at=timezone.now())
    for agreement in (other.pk, None):
        kept = shown_by_the_director(cast, a_project(cast, tie))
        mended = dataclasses.replace(project_said(kept), agreement=agreement)
        fresh = actions.mend_project(kept.pk, by=cast.of(Role.DIRECTOR), version=kept.version, mended=mended)
        assert (fresh.agreement_id, fresh.published_at) == (agreement, None)
    assert not published_projects().exists()


# ── mended, with what is in it ───────────────────────────────────────────────────────────────────────────────────────


def test_project_is_mended_and_what_it_was_stays(cast, tie):
    kept = a_project(cast, tie)
    mended = dataclasses.replace(project_said(kept), title_es="Parteras que se forman juntas", budget=Decimal(5))
    fresh = actions.mend_project(kept.pk, **seen(cast, kept), mended=mended)
    assert (fresh.title_es, fresh.budget, fresh.version) == ("Parteras que se forman juntas", Decimal(5), 2)
    assert [(one.number, one.values["title_es"]) for one in fresh.versions.all()] == [
        (1, "Enfermeras que se forman juntas"), (2, "Parteras que se forman juntas"),
    ]  # fmt: skip


def test_particulars_do_not_contradict_what_is_in_the_project(cast, tie):
    kept = a_full_project(cast, tie)

    def mend(**values):
        mended = dataclasses.replace(project_said(kept), **values)
        return refused(lambda: actions.mend_project(kept.pk, **seen(cast, kept), mended=mended))

    assert mend(budget=Decimal(299999)) == [R.MORE_THAN_BUDGET]
    assert mend(agreement=None) == [R.NO_TIE]
    assert mend(starts_on=None) == [R.NO_DATES]
    activity = an_activity(tie)
    actions.link_activities(kept.pk, **seen(cast, kept), activities=[activity.pk])
    assert mend(agreement=a_tie(cast).pk) == [R.ACTIVITY_OF_OTHER]


def test_currency_of_the_budget_stays_while_amounts_are_converted_to_it(cast):
    kept = a_project(cast)
    rate = {"rate": Decimal("18.5"), "rate_on": TODAY, "rate_source": "Banco de México"}
    put_in(cast, kept, money(1000, currency="USD", **rate))
    assert budget_of(kept).total == Decimal(18500)
    mended = dataclasses.replace(project_said(kept), currency="USD")
    assert refused(lambda: actions.mend_project(kept.pk, **seen(cast, kept), mended=mended)) == [R.CURRENCY_IN_USE]


def test_money_over_the_budget_is_refused_and_not_kept(cast):
    kept = a_project(cast)
    put_in(cast, kept, money(300000))
    assert refused(lambda: put_in(cast, kept, money("0.01"))) == [R.MORE_THAN_BUDGET]
    assert Contribution.objects.count() == 1
    assert projects_unlike_their_trail() == []


def test_money_that_does_not_add_up_is_asked_about_before_the_execution(cast):
    kept = a_project(cast)
    put_in(cast, kept, money(100000))
    go_on(cast, kept, "negotiation", on=TODAY)
    go_on(cast, kept, "pre_feasibility", on=TODAY)
    assert refused(lambda: go_on(cast, kept, "execution", on=TODAY)) == [R.BUDGET_NOT_REACHED]
    put_in(cast, kept, money(10, currency="USD"))
    assert refused(lambda: go_on(cast, kept, "execution", on=TODAY)) == [R.BUDGET_UNCERTAIN]
    assert go_on(cast, kept, "execution", on=TODAY, is_gap_known=True).stage == "execution"


def test_partner_is_named_once_in_a_role_and_stays_while_it_puts_in(cast):
    kept = a_project(cast)
    key = uuid4()
    add_partner(cast, kept, key=key, country="MX")
    assert refused(lambda: add_partner(cast, kept, "hospital GENERAL")) == [R.PARTNER_TWICE]
    for identifier in ("MX\x0bA\x01", "MX-A\x01", "MX-1/2", "no vale"):
        wrong = {"identifier": identifier}
        assert refused(lambda wrong=wrong: add_partner(cast, kept, "Otra", **wrong)) == [R.BAD_IDENTIFIER]
    add_partner(cast, kept, role=PartnerRole.FUNDING, identifier=" MX-RFC-X ")
    assert refused(lambda: add_partner(cast, kept, " ", country="QQ")) == [R.NO_DESCRIPTION, R.UNKNOWN_COUNTRY]
    put_in(cast, kept, money(5, side=Side.PARTNER, partner=key))
    assert refused(lambda: actions.take_out_part(kept.pk, key, part=Partner, **seen(cast, kept))) == [R.PARTNER_IN_USE]
    one = Contribution.objects.get()
    actions.take_out_part(kept.pk, one.pk, part=Contribution, **seen(cast, kept))
    actions.take_out_part(kept.pk, key, part=Partner, **seen(cast, kept))
    assert [partner.role for partner in kept.partners.all()] == ["funding"]
    assert projects_unlike_their_trail() == []


def test_part_of_another_project_does_not_exist(cast):
    kept, other = a_project(cast), a_project(cast)
    key = uuid4()
    add_partner(cast, other, key=key)
    indicator = add_indicator(cast, other)
    value = uuid4()
    measure(cast, indicator, 3, on=TODAY, key=value)
    acts = (
        (Partner, lambda: add_partner(cast, kept, "Otra", key=key)),
        (Partner, lambda: put_in(cast, kept, money(5, side=Side.PARTNER, partner=key))),
        (Partner, lambda: actions.take_out_part(kept.pk, key, part=Partner, **seen(cast, kept))),
        (Indicator, lambda: add_indicator(cast, kept, key=indicator.pk)),
        (Indicator, lambda: actions.take_out_indicator(kept.pk, indicator.pk, **seen(cast, kept))),
        (Indicator, lambda: actions.keep_value(
            kept.pk, actions.ValueDraft(JANUARY, Decimal(1), "x"), indicator=indicator.pk, key=uuid4(), today=TODAY,
            **seen(cast, kept))),
        (IndicatorValue, lambda: actions.take_out_value(kept.pk, value, **seen(cast, kept))),
    )  # fmt: skip
    for model, act in acts:
        with pytest.raises(model.DoesNotExist), transaction.atomic():
            act()
    assert (version_of(kept), Partner.objects.get().name) == (1, "Hospital General")


def test_same_part_sent_twice_is_kept_once(cast):
    kept = a_project(cast)
    key = uuid4()
    put_in(cast, kept, money(5), key=key)
    with pytest.raises(EditConflictError), transaction.atomic():
        actions.keep_contribution(kept.pk, money(5), by=cast.of(Role.ANALYST), version=1, key=key)
    assert Contribution.objects.count() == 1


def test_risks_and_lessons_say_something(cast):
    kept = a_project(cast)
    add_risk(cast, kept)
    add_lesson(cast, kept)
    assert refused(lambda: add_risk(cast, kept, " ")) == [R.NO_RISK]
    assert refused(lambda: add_lesson(cast, kept, " ")) == [R.NO_LESSON]
    assert (Risk.objects.count(), Lesson.objects.count()) == (1, 1)


# ── the cycle ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_project_goes_from_conception_to_assimilation(cast, tie):
    kept = a_full_project(cast, tie)
    go_on(cast, kept, "evaluation", on=TODAY)
    assert refused(lambda: go_on(cast, kept, "assimilation", on=TODAY)) == [R.NOTHING_LEARNT]
    add_lesson(cast, kept)
    assert go_on(cast, kept, "assimilation", on=TODAY, note="Se enseñó a León").stage == "assimilation"
    assert [one.stage for one in kept.stages.all()] == [stage.value for stage in CycleStage]
    assert refused(lambda: go_on(cast, kept, "conception", on=TODAY)) == [R.STAGE_OUT_OF_ORDER]
    assert projects_unlike_their_trail() == []


def test_date_of_a_stage_is_mended_and_a_wrong_stage_is_taken_back(cast):
    kept = a_project(cast)
    go_on(cast, kept, "negotiation", on=TODAY)
    late = {"on": TODAY + dt.timedelta(1), "today": TODAY}
    assert refused(lambda: actions.mend_stage(kept.pk, number=1, **late, **seen(cast, kept))) == [
        R.STAGE_IN_FUTURE, R.STAGE_AFTER_NEXT,
    ]  # fmt: skip
    actions.mend_stage(kept.pk, number=1, on=dt.date(2025, 12, 1), today=TODAY, **seen(cast, kept))
    assert actions.take_stage_back(kept.pk, **seen(cast, kept)).stage == "conception"
    assert refused(lambda: actions.take_stage_back(kept.pk, **seen(cast, kept))) == [R.FIRST_STAGE]
    assert [one.began_on for one in kept.stages.all()] == [dt.date(2025, 12, 1)]


# ── goals, activities, indicators ────────────────────────────────────────────────────────────────────────────────────


def test_goals_are_set_at_once_and_known(cast):
    kept = a_project(cast)
    actions.set_targets(kept.pk, **seen(cast, kept), codes=["11.4", "4.7", " 4.A ", "4"])
    assert target_codes(kept) == ["4", "4.7", "4.a", "11.4"]
    assert refused(lambda: actions.set_targets(kept.pk, **seen(cast, kept), codes=["4", "4.99"])) == [R.NO_SUCH_TARGET]
    actions.set_targets(kept.pk, **seen(cast, kept), codes=["4"])
    assert target_codes(kept) == ["4"]


def test_activities_are_linked_inside_the_dates_or_asked_about(cast, tie):
    kept = a_project(cast, tie)
    inside, outside = an_activity(tie), an_activity(tie, start="2025-05-03", end="2025-05-03")
    actions.link_activities(kept.pk, **seen(cast, kept), activities=[inside.pk])
    both = [inside.pk, outside.pk]
    assert refused(lambda: actions.link_activities(kept.pk, **seen(cast, kept), activities=both)) == [
        R.ACTIVITY_OUTSIDE
    ]
    actions.link_activities(kept.pk, **seen(cast, kept), activities=both, is_outside_known=True)
    assert [one.pk for one in done_in(kept)] == both
    Activity.objects.filter(pk=outside.pk).update(withdrawn_at=timezone.now(), office=cast.office,
                                                  withdrawal_reason="No fue")  # fmt: skip
    assert [one.pk for one in done_in(kept)] == [inside.pk]
    assert with_counts(projects_of(cast.office.pk)).get().activity_count == 1
    foreign = an_activity(a_tie(cast, office=cast.other_office))
    assert refused(lambda: actions.link_activities(kept.pk, **seen(cast, kept), activities=[foreign.pk])) == [
        R.ACTIVITY_OF_OTHER
    ]


def test_activities_without_days_come_last_on_every_database(cast, tie):
    kept = a_project(cast, tie)
    dated = [an_activity(tie, start=day, end=day) for day in ("2026-02-03", "2026-05-03")]
    make.activity(tie, "")
    told = [dated[1].pk, dated[0].pk, Activity.objects.get(started_on=None).pk]
    assert [one.pk for one in linkable(kept)] == told
    ProjectActivity.objects.bulk_create(ProjectActivity(project=kept, activity_id=one) for one in told)
    assert [one.pk for one in done_in(kept)] == told


@pytest.mark.parametrize("is_first_linked", [True, False])
def test_activity_told_twice_is_done_once(cast, tie, is_first_linked):
    kept = a_project(cast, tie)
    other, first, again, third = [an_activity(tie) for _ in range(4)]
    linked = [one.pk for one in ((other, first, again, third) if is_first_linked else (other, again, third))]
    actions.link_activities(kept.pk, **seen(cast, kept), activities=linked)
    Activity.objects.filter(pk__in=[again.pk, third.pk]).update(same_as=first, office=cast.office)
    done = {other.pk, first.pk if is_first_linked else min(again.pk, third.pk)}
    assert {one.pk for one in done_in(kept)} == done
    assert done_in(kept).count() == len(done)
    assert with_counts(projects_of(cast.office.pk)).get().activity_count == len(done)


def test_indicator_is_measured_over_time(cast):
    kept = a_project(cast)
    indicator = add_indicator(cast, kept)
    first = uuid4()
    measure(cast, indicator, 10, on=dt.date(2026, 5, 1), key=first)
    measure(cast, indicator, 30, on=dt.date(2026, 9, 1))
    assert progress_of_indicator(indicator) == 75
    assert refused(lambda: measure(cast, indicator, 9, on=dt.date(2026, 9, 1))) == [R.VALUE_TWICE]
    measure(cast, indicator, 12, on=dt.date(2026, 5, 1), key=first)
    assert [one.value for one in indicator.values.all()] == [12, 30]
    late = {"baseline_on": dt.date(2026, 6, 1)}
    assert refused(lambda: add_indicator(cast, kept, key=indicator.pk, **late)) == [R.VALUE_BEFORE_BASELINE]
    actions.take_out_value(kept.pk, first, **seen(cast, kept))
    actions.take_out_indicator(kept.pk, indicator.pk, **seen(cast, kept))
    assert not IndicatorValue.objects.exists()
    assert projects_unlike_their_trail() == []


def test_percentage_has_no_unit_and_stays_within_a_hundred(cast):
    kept = a_project(cast)
    share = {"measure": Measure.PERCENTAGE, "baseline": Decimal(20), "target": Decimal(90)}
    assert add_indicator(cast, kept, **share).unit == ""
    assert refused(lambda: add_indicator(cast, kept, **{**share, "target": Decimal(101)})) == [
        R.PERCENTAGE_OUT_OF_RANGE
    ]


def test_what_is_missing_is_told_and_goes_when_it_is_there(cast, tie):
    assert missing_of(a_project(cast)) == [
        Missing.ENGLISH, Missing.PARTNERS, Missing.CONTRIBUTIONS, Missing.TARGETS, Missing.INDICATORS, Missing.RISKS,
    ]  # fmt: skip
    kept = a_full_project(cast, tie)
    assert missing_of(kept) == [Missing.ACTIVITIES]
    actions.link_activities(kept.pk, **seen(cast, kept), activities=[an_activity(tie).pk])
    assert missing_of(kept) == []


# ── shown to the public, and what the database itself refuses ────────────────────────────────────────────────────────


def test_project_is_shown_with_its_tie_and_never_of_a_demonstration(cast, tie):
    kept = a_project(cast, tie)
    by = cast.of(Role.DIRECTOR)
    assert refused(lambda: actions.publish_project(kept.pk, by=by, version=1)) == [R.NO_PUBLIC_TIE]
    Agreement.objects.filter(pk=tie.pk).update(published_at=timezone.now())
    actions.publish_project(kept.pk, by=by, version=1)
    assert published_projects().count() == 1
    mended = dataclasses.replace(project_said(kept), summary_es="")
    assert refused(lambda: actions.mend_project(kept.pk, by=by, version=2, mended=mended)) == [R.NO_SUMMARY]
    Agreement.objects.filter(pk=tie.pk).update(published_at=None)
    assert not published_projects().exists()
    mended = dataclasses.replace(project_said(kept), title_es="Otro")
    assert refused(lambda: actions.mend_project(kept.pk, by=by, version=2, mended=mended)) == [R.NO_PUBLIC_TIE]
    actions.unpublish_project(kept.pk, by=by, version=2)
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    assert refused(lambda: actions.publish_project(kept.pk, by=by, version=3)) == [R.DEMONSTRATION]


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Project, {"budget": Decimal(1), "currency": ""}),
        (Project, {"ends_on": "2020-01-01"}),
        (Project, {"cancelled_on": TODAY}),
        (Contribution, {"currency": ""}),
        (Contribution, {"rate": Decimal(2)}),
        (Contribution, {"side": Side.PARTNER}),
        (Indicator, {"baseline": None, "baseline_on": None}),
        (Indicator, {"target_on": None}),
        (IndicatorValue, {"verification": ""}),
    ],
)
def test_database_refuses_what_the_rules_refuse(cast, tie, model, values):
    a_full_project(cast, tie)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**values)


@pytest.mark.row(19)
@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Project, {"title_es": "Otra cosa"}), (Contribution, {"description": "x"}), (Risk, {"what": "x"}),
        (Indicator, {"title_es": "x"}), (IndicatorValue, {"value": Decimal(13)}),
    ],
)  # fmt: skip
def test_what_is_changed_behind_the_trail_shows(cast, tie, model, values):
    kept = a_full_project(cast, tie)
    assert projects_unlike_their_trail() == []
    model.objects.update(**values)
    assert [one.project for one in projects_unlike_their_trail()] == [kept.pk]


@pytest.mark.usefixtures("no_wall")
def test_check_of_the_trail_names_the_project_that_was_changed(cast, tie, capsys):
    kept = a_project(cast, tie)
    call_command("verify")
    assert "proyecto" not in str(capsys.readouterr())
    Project.objects.filter(pk=kept.pk).update(title_es="Otro")
    with pytest.raises(CommandError):
        call_command("verify")
    assert f"el proyecto {kept.pk} no dice lo que la bitácora guardó" in capsys.readouterr().err
