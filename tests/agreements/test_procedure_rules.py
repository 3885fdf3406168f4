"""The table of the procedure, case by case."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from hermanar.agreements import rules
from hermanar.agreements.rules import FileFacts, StepFacts
from hermanar.agreements.vocabulary import Force, Regime, Stage
from hermanar.agreements.vocabulary.procedure import Covered, Refusal, Step

TODAY = dt.date(2026, 5, 4)
LATER = TODAY + dt.timedelta(days=1)
BOTH = frozenset({"es", "en"})
FILE = FileFacts(
    stage=Stage.DRAFT,
    regime=Regime.TREATIES_LAW,
    has_areas=True,
    languages=BOTH,
    languages_with_text=BOTH,
    planned_signature_on=dt.date(2026, 5, 18),
)
OPEN_AT = {
    Step.INFORM_MINISTRY: {Stage.DRAFT},
    Step.REQUEST_OPINION: {Stage.INFORMED, Stage.OBSERVED},
    Step.RECORD_OBSERVATIONS: {Stage.OPINION_REQUESTED},
    Step.RECORD_OPINION: {Stage.OPINION_REQUESTED},
    Step.SIGN: {Stage.DRAFT, Stage.INFORMED, Stage.OPINION_REQUESTED, Stage.OBSERVED, Stage.CLEARED},
    Step.SEND_SIGNED_COPIES: {Stage.SIGNED},
    Step.RECORD_REGISTRATION: {Stage.COPIES_SENT},
    Step.RENEW: {Stage.SIGNED, Stage.COPIES_SENT, Stage.REGISTERED, Stage.RECORDED},
    Step.ABANDON: {Stage.DRAFT, Stage.INFORMED, Stage.OPINION_REQUESTED, Stage.OBSERVED, Stage.CLEARED},
    Step.PUBLISH: {Stage.SIGNED, Stage.COPIES_SENT, Stage.REGISTERED, Stage.RECORDED},
    Step.SUSPEND: {Stage.SIGNED, Stage.COPIES_SENT, Stage.REGISTERED, Stage.RECORDED},
    Step.RESUME: {Stage.SIGNED, Stage.COPIES_SENT, Stage.REGISTERED, Stage.RECORDED},
    Step.TERMINATE: {Stage.SIGNED, Stage.COPIES_SENT, Stage.REGISTERED, Stage.RECORDED},
    Step.REAFFIRM: {Stage.SIGNED, Stage.COPIES_SENT, Stage.REGISTERED, Stage.RECORDED},
    Step.UNPUBLISH: set(Stage),
}
STATE_OF = {
    Step.RESUME: {"force": Force.SUSPENDED},
    Step.UNPUBLISH: {"is_published": True},
}  # without which it is closed


def written(**values):
    whole = {"letter": "OF/1", "reason": "porque sí", "number": "1", "signatories": ("A",), **values}
    return StepFacts(**{"on": TODAY, **whole})


@pytest.mark.row(6)
@pytest.mark.parametrize("step", OPEN_AT)
@pytest.mark.parametrize("stage", Stage)
def test_each_step_opens_at_its_stages_only(step, stage):
    whole = {"has_favourable_opinion": True, "languages_signed": BOTH, **STATE_OF.get(step, {})}
    facts = replace(FILE, stage=stage, **whole)
    assert (rules.closed_by(step, facts) == ()) is (stage in OPEN_AT[step])


def test_no_step_is_left_out():
    assert set(OPEN_AT) == set(Step) - {Step.DRAFT}  # which opens the file


@pytest.mark.row(6)
@pytest.mark.parametrize(
    ("step", "change", "refusal"),
    [
        (Step.REQUEST_OPINION, {"has_areas": False}, Refusal.NO_AREAS),
        (Step.REQUEST_OPINION, {"languages_with_text": frozenset()}, Refusal.NO_TEXT),
        (Step.REQUEST_OPINION, {"languages_with_text": frozenset({"es"})}, Refusal.MISSING_LANGUAGES),
        (Step.REQUEST_OPINION, {"planned_signature_on": None}, Refusal.NO_PLANNED_SIGNATURE),
        (Step.REQUEST_OPINION, {"planned_signature_on": dt.date(2026, 5, 17)}, Refusal.TOO_LATE_FOR_OPINION),
        (Step.REQUEST_OPINION, {"regime": Regime.PRIVATE_COUNTERPART}, Refusal.PRIVATE_COUNTERPART),
        (Step.REQUEST_OPINION, {"regime": Regime.BETWEEN_MEXICAN}, Refusal.BETWEEN_MEXICAN),
        (Step.REQUEST_OPINION, {"last_days": {Step.INFORM_MINISTRY: LATER}}, Refusal.BEFORE_PREVIOUS_STEP),
        (Step.INFORM_MINISTRY, {"regime": Regime.BETWEEN_MEXICAN, "stage": Stage.DRAFT}, Refusal.NOT_FILED),
        (Step.SIGN, {}, Refusal.NO_OPINION),
        (Step.SIGN, {"stage": Stage.CLEARED}, Refusal.TEXT_CHANGED),
        (Step.SEND_SIGNED_COPIES, {"stage": Stage.SIGNED}, Refusal.LACKS_BACKING),
        (
            Step.SEND_SIGNED_COPIES,
            {"stage": Stage.SIGNED, "has_favourable_opinion": True, "languages_signed": frozenset({"es"})},
            Refusal.MISSING_SIGNED_TEXTS,
        ),
        (Step.RECORD_REGISTRATION, {"stage": Stage.COPIES_SENT}, Refusal.LACKS_BACKING),
        (Step.RENEW, {"stage": Stage.SIGNED, "force": Force.TERMINATED}, Refusal.IS_TERMINATED),
        (Step.RENEW, {"stage": Stage.SIGNED, "force": Force.SUSPENDED}, Refusal.IS_SUSPENDED),
        (Step.RENEW, {"stage": Stage.SIGNED, "is_open_ended": True}, Refusal.IS_OPEN_ENDED),
        (Step.RESUME, {"stage": Stage.SIGNED, "force": Force.IN_FORCE}, Refusal.NOT_SUSPENDED),
        (Step.ABANDON, {"stage": Stage.SIGNED}, Refusal.ALREADY_SIGNED),
        (Step.SUSPEND, {"stage": Stage.CLEARED}, Refusal.NOT_SIGNED),
        (Step.PUBLISH, {"stage": Stage.SIGNED, "is_published": True}, Refusal.IS_PUBLISHED),
        (Step.UNPUBLISH, {"stage": Stage.SIGNED}, Refusal.NOT_PUBLISHED),
    ],
)
def test_what_a_file_lacks_is_named(step, change, refusal):
    facts = replace(FILE, **{"stage": Stage.INFORMED, **change})
    assert refusal in rules.refused_by(step, facts, written=written(), today=TODAY)


@pytest.mark.row(6)
@pytest.mark.parametrize(
    ("step", "stage", "change", "refusal"),
    [
        (Step.RECORD_OPINION, Stage.OPINION_REQUESTED, {"letter": ""}, Refusal.NO_LETTER),
        (Step.RECORD_REGISTRATION, Stage.COPIES_SENT, {"number": ""}, Refusal.NO_NUMBER),
        (Step.ABANDON, Stage.DRAFT, {"reason": ""}, Refusal.NO_REASON),
        (Step.SIGN, Stage.CLEARED, {"signatories": ()}, Refusal.NO_SIGNATORIES),
        (Step.SIGN, Stage.CLEARED, {"is_without_opinion": True}, Refusal.NOT_WITHOUT_OPINION),
        (Step.SIGN, Stage.CLEARED, {"on": TODAY + dt.timedelta(days=1)}, Refusal.FUTURE_DATE),
        (Step.RENEW, Stage.SIGNED, {"until": dt.date(2027, 1, 1)}, Refusal.ENDS_BEFORE_START),
    ],
)
def test_what_a_step_lacks_is_named(step, stage, change, refusal):
    facts = replace(FILE, stage=stage, has_favourable_opinion=True, ends_on=dt.date(2027, 1, 1))
    assert rules.refused_by(step, facts, written=written(**change), today=TODAY) == (refusal,)


BEFORE, SIGNED_ON, AFTER = dt.date(2025, 6, 1), dt.date(2026, 1, 1), dt.date(2026, 3, 1)
OLDER = Refusal.BEFORE_PREVIOUS_STEP


@pytest.mark.parametrize(
    ("step", "last", "refused"),
    [
        # the procedure, step after step, whatever the parties did meanwhile
        (Step.RECORD_REGISTRATION, Step.SEND_SIGNED_COPIES, OLDER),
        (Step.RECORD_REGISTRATION, Step.SIGN, OLDER),
        (Step.RECORD_REGISTRATION, Step.REAFFIRM, None),
        (Step.RECORD_REGISTRATION, Step.SUSPEND, None),
        (Step.RECORD_REGISTRATION, Step.PUBLISH, None),
        # the life of the agreement, whatever the ministry answered meanwhile
        (Step.SUSPEND, Step.SEND_SIGNED_COPIES, None),
        (Step.SUSPEND, Step.RENEW, OLDER),
        (Step.SUSPEND, Step.REAFFIRM, OLDER),
        (Step.TERMINATE, Step.RENEW, OLDER),
        (Step.TERMINATE, Step.PUBLISH, None),
        (Step.RENEW, Step.RESUME, OLDER),
        (Step.RENEW, Step.RENEW, OLDER),
        (Step.RENEW, Step.REAFFIRM, None),
        (Step.REAFFIRM, Step.RESUME, OLDER),
        (Step.REAFFIRM, Step.RENEW, None),
        (Step.REAFFIRM, Step.REAFFIRM, None),
        # what the office does of itself comes after what it has seen
        (Step.UNPUBLISH, Step.SEND_SIGNED_COPIES, OLDER),
        (Step.UNPUBLISH, Step.REAFFIRM, OLDER),
        (Step.UNPUBLISH, Step.PUBLISH, None),
    ],
)
def test_the_procedure_and_the_life_each_keep_their_own_order(step, last, refused):
    facts = replace(
        FILE, stage=Stage.COPIES_SENT, is_published=True, has_favourable_opinion=True, signed_on=SIGNED_ON,
        last_days={last: TODAY},
    )  # fmt: skip
    expected = (refused,) if refused else ()
    assert rules.refused_by(step, facts, written=written(on=AFTER), today=TODAY) == expected
    assert rules.refused_by(step, facts, written=written(on=TODAY), today=TODAY) == ()


@pytest.mark.parametrize("step", [Step.RENEW, Step.SUSPEND, Step.RESUME, Step.TERMINATE, Step.REAFFIRM])
@pytest.mark.parametrize("stage", [Stage.SIGNED, Stage.RECORDED])
def test_nothing_happens_to_an_agreement_before_its_signature(step, stage):
    facts = replace(FILE, stage=stage, signed_on=SIGNED_ON, **STATE_OF.get(step, {}))
    old = written(on=BEFORE)
    assert rules.refused_by(step, facts, written=old, today=TODAY) == (Refusal.BEFORE_SIGNATURE,)
    assert rules.refused_by(step, facts, written=written(on=SIGNED_ON), today=TODAY) == ()
    assert rules.refused_by(step, replace(facts, signed_on=None), written=old, today=TODAY) == ()


def test_the_last_day_of_a_step_is_its_latest():
    assert rules.last_days([("renew", AFTER), ("reaffirm", AFTER), ("reaffirm", BEFORE)]) == {
        Step.RENEW: AFTER,
        Step.REAFFIRM: AFTER,
    }


def test_the_opinion_is_asked_two_weeks_before():
    facts = replace(FILE, stage=Stage.INFORMED)
    assert rules.refused_by(Step.REQUEST_OPINION, facts, written=written(), today=TODAY) == ()
    assert rules.latest_request(dt.date(2026, 5, 18)) == TODAY
    assert rules.earliest_signature(TODAY) == dt.date(2026, 5, 18)


@pytest.mark.parametrize("regime", [Regime.BETWEEN_MEXICAN, Regime.PRIVATE_COUNTERPART])
def test_outside_the_law_it_is_signed_without_the_ministry(regime):
    facts = replace(FILE, regime=regime)
    assert rules.refused_by(Step.SIGN, facts, written=written(), today=TODAY) == ()
    assert not rules.lacks_backing(replace(facts, stage=Stage.SIGNED))


def test_a_signature_without_opinion_is_cured_by_a_later_one():
    signed = replace(FILE, stage=Stage.SIGNED)
    assert rules.lacks_backing(signed)
    assert rules.closed_by(Step.REQUEST_OPINION, signed) == ()
    assert rules.closed_by(Step.RECORD_OPINION, signed) == (Refusal.WRONG_STAGE,)
    asked = replace(signed, awaits_late_opinion=True)
    assert rules.closed_by(Step.RECORD_OPINION, asked) == ()
    assert rules.leads_to(Step.RECORD_OPINION, asked) is Stage.SIGNED
    assert not rules.lacks_backing(replace(asked, has_favourable_opinion=True))


def test_a_past_agreement_is_not_said_to_lack_backing():
    assert not rules.lacks_backing(replace(FILE, stage=Stage.RECORDED))


@pytest.mark.parametrize("stage", Stage)
def test_a_changed_text_opens_the_request_again_where_an_opinion_was_asked_for_or_given(stage):
    facts = replace(FILE, stage=stage, changed_since_request=(Covered.TEXT,))
    again = {Stage.OPINION_REQUESTED, Stage.CLEARED, Stage.SIGNED}  # signed it is the cure
    assert (rules.closed_by(Step.REQUEST_OPINION, facts) == ()) is (stage in OPEN_AT[Step.REQUEST_OPINION] | again)


@pytest.mark.parametrize(
    ("stage", "asked", "is_refused"),
    [
        (Stage.CLEARED, {"es"}, False),
        (Stage.SIGNED, {"es", "en"}, False),
        (Stage.SIGNED, {"es"}, True),
        (Stage.SIGNED, {"es", "fr"}, True),
        (Stage.SIGNED, {"es", "en", "fr"}, False),
        (Stage.COPIES_SENT, {"es", "en"}, False),
        (Stage.COPIES_SENT, {"es", "en", "fr"}, True),
        (Stage.REGISTERED, {"es"}, True),
        (Stage.RECORDED, {"es"}, False),
    ],
)
def test_the_signature_settles_the_languages(stage, asked, is_refused):
    assert rules.settles_languages(stage, was=BOTH, asked=asked) is is_refused


def test_a_signature_is_not_planned_sooner_than_the_opinion_was_asked_for():
    assert rules.planned_too_soon(TODAY + dt.timedelta(days=14), asked_on=TODAY) is None
    assert rules.planned_too_soon(TODAY + dt.timedelta(days=13), asked_on=TODAY) is Refusal.PLANNED_TOO_SOON
    assert rules.planned_too_soon(None, asked_on=TODAY) is Refusal.NO_PLANNED_SIGNATURE


def test_missing_texts_are_named():
    facts = replace(FILE, languages_with_text=frozenset({"es"}))
    assert rules.missing_texts(facts) == ["en"]
    assert rules.missing_signed_texts(facts) == ["en", "es"]
