"""Calls: what may not be told of one, how it stands on a day, what each verb writes and whom it refuses."""

from __future__ import annotations

import dataclasses
import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Stage
from hermanar.console.proving import flaws
from hermanar.cooperation.actions import calls
from hermanar.cooperation.models import Call
from hermanar.cooperation.queries.calls import calls_of, published_calls, standing_calls
from hermanar.cooperation.rules.calls import (
    MOST_PEOPLE,
    CallFacts,
    CallRefusedError,
    ResultFacts,
    missing_of_call,
    refused_call,
    refused_result,
    refused_to_show,
    state_of,
)
from hermanar.cooperation.vocabulary.calls import CallKind, CallState, MissingOfCall
from hermanar.cooperation.vocabulary.calls import CallRefusal as Why
from hermanar.foundation.access import NotAllowedError, Role
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import TrailEntry
from hermanar.offices.models import Office
from tests.calls import DAY, CallingOffice

MAY = dt.date(2026, 5, 1)
WHOLE = CallFacts(
    "Un semestre", description="x", has_english=True, host="x", requirements="x", covers="x", how_to_apply="x",
    places=3, opens_on=MAY, closes_on=dt.date(2026, 5, 31), starts_on=dt.date(2026, 8, 1),
    ends_on=dt.date(2026, 12, 15),
)  # fmt: skip
RESULT = ResultFacts(dt.date(2026, 6, 10), applied=12, placed=3)
TODAY = dt.date(2026, 6, 20)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, []),
        ({"title": " "}, [Why.NO_TITLE]),
        ({"closes_on": MAY - DAY}, [Why.CLOSES_BEFORE_OPENS]),
        ({"closes_on": MAY}, []),  # open for one day
        ({"opens_on": None}, [Why.OPENS_WITHOUT_CLOSING]),
        ({"closes_on": None}, [Why.OPENS_WITHOUT_CLOSING]),
        ({"opens_on": None, "closes_on": None}, []),
        ({"ends_on": dt.date(2026, 7, 31)}, [Why.ENDS_FIRST]),
        ({"starts_on": dt.date(2026, 5, 31)}, [Why.STAY_BEFORE_CLOSING]),
        ({"starts_on": dt.date(2026, 6, 1)}, []),
        ({"starts_on": None, "ends_on": MAY}, [Why.STAY_BEFORE_CLOSING]),
        ({"starts_on": None, "ends_on": None}, []),
        ({"places": 0}, [Why.NO_PLACES]),
        ({"places": -1}, [Why.NO_PLACES]),
        ({"places": None}, []),
        ({"places": MOST_PEOPLE + 1}, [Why.TOO_MANY]),
        ({"title": "", "closes_on": MAY - DAY, "places": 0}, [Why.NO_TITLE, Why.CLOSES_BEFORE_OPENS, Why.NO_PLACES]),
    ],
)
def test_a_call_is_refused_with_every_reason(changed, why):
    assert refused_call(dataclasses.replace(WHOLE, **changed)) == why


@pytest.mark.parametrize(
    ("changed", "call", "why"),
    [
        ({}, {}, []),
        ({"applied": None, "placed": None}, {}, [Why.NOTHING_TOLD]),
        ({"applied": None, "placed": None, "text": "Desierta"}, {}, []),
        ({"applied": -1, "placed": None}, {}, [Why.BELOW_ZERO]),
        ({"placed": -1}, {}, [Why.BELOW_ZERO]),
        ({"applied": 0, "placed": 0}, {}, []),
        ({"applied": MOST_PEOPLE + 1}, {}, [Why.TOO_MANY]),
        ({"placed": 4}, {}, [Why.MORE_THAN_PLACES]),
        ({"placed": 4}, {"places": None}, []),
        ({"applied": 2, "placed": 3}, {}, [Why.MORE_THAN_APPLIED]),
        ({"applied": None, "placed": 3}, {}, []),
        ({"on": dt.date(2026, 5, 30)}, {}, [Why.RESULT_BEFORE_CLOSING]),
        ({"on": dt.date(2026, 5, 31)}, {}, []),
        ({"on": TODAY}, {}, []),
        ({"on": TODAY + DAY}, {}, [Why.RESULT_IN_FUTURE]),
        ({}, {"opens_on": None, "closes_on": None}, [Why.NOT_CLOSED]),
    ],
)
def test_a_result_is_refused_with_every_reason(changed, call, why):
    told = dataclasses.replace(RESULT, **changed)
    assert refused_result(told, call=dataclasses.replace(WHOLE, **call), today=TODAY) == why


@pytest.mark.parametrize(
    ("changed", "is_demonstration", "why"),
    [
        ({}, False, []),
        ({}, True, [Why.DEMONSTRATION]),
        ({"description": ""}, False, [Why.NOT_READY]),
        ({"opens_on": None, "closes_on": None}, False, [Why.NOT_READY]),
        ({"how_to_apply": ""}, False, [Why.NOT_READY]),
        ({"host": "", "requirements": "", "places": None}, False, []),  # said to be unknown
    ],
)
def test_the_public_reads_no_call_it_could_do_nothing_with(changed, is_demonstration, why):
    assert refused_to_show(dataclasses.replace(WHOLE, **changed), is_demonstration=is_demonstration) == why


@pytest.mark.parametrize(
    ("day", "is_resolved", "changed", "state"),
    [
        (MAY - DAY, False, {}, CallState.UPCOMING),
        (MAY, False, {}, CallState.OPEN),
        (dt.date(2026, 5, 31), False, {}, CallState.OPEN),
        (dt.date(2026, 6, 1), False, {}, CallState.CLOSED),
        (dt.date(2026, 6, 1), True, {}, CallState.RESOLVED),
        (MAY, False, {"opens_on": None, "closes_on": None}, CallState.UNDATED),
        (MAY, True, {"is_withdrawn": True}, CallState.WITHDRAWN),
    ],
)
def test_a_call_stands_as_its_dates_say(day, is_resolved, changed, state):
    assert state_of(dataclasses.replace(WHOLE, **changed), is_resolved=is_resolved, today=day) == state


def test_what_a_call_lacks_is_told_in_the_order_of_its_page():
    assert missing_of_call(WHOLE, is_resolved=False, today=MAY) == []
    assert missing_of_call(WHOLE, is_resolved=False, today=TODAY) == [MissingOfCall.RESULT]
    assert missing_of_call(WHOLE, is_resolved=True, today=TODAY) == []
    bare = CallFacts("Algo")
    assert missing_of_call(bare, is_resolved=False, today=TODAY) == [
        one for one in MissingOfCall if one != MissingOfCall.RESULT
    ]


# ── the verbs ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def office(cast):
    return CallingOffice(cast)


def why(do):
    with pytest.raises(CallRefusedError) as refused:
        do()
    return list(refused.value.refusals)


def codes():
    told = TrailEntry.objects.filter(code__startswith="call.").order_by("at", "number")
    return [code.removeprefix("call.") for code in told.values_list("code", flat=True)]


def test_the_life_of_a_call_is_told_in_the_trail(office):
    call = office.recorded()
    office.mended(call, places=4)
    office.published(call)
    office.resolved(call, placed=4)
    calls.unpublish_call(call.pk, by=office.by, version=4)
    gone = calls.withdraw_call(call.pk, by=office.by, version=5, reason="Repetida")
    assert codes() == ["recorded", "mended", "published", "resolved", "unpublished", "withdrawn"]
    assert (gone.places, gone.applied, gone.placed, gone.version, gone.published_at) == (4, 12, 4, 6, None)
    assert flaws([]) == []
    assert why(lambda: office.mended(call)) == [Why.WITHDRAWN]
    assert not standing_calls(office.cast.office.pk).exists()
    assert calls_of(office.cast.office.pk).get() == gone


def test_a_call_sent_twice_is_kept_once(office, cast):
    key = uuid4()
    assert office.recorded(key=key).pk == office.recorded(key=key).pk == key
    assert codes() == ["recorded"]
    other = cast.at(cast.other_office, Role.DIRECTOR)
    with pytest.raises(Call.DoesNotExist):
        calls.record_call(office.told(), office=cast.other_office.pk, by=other, key=key)


def test_the_second_of_two_who_write_learns_it(office):
    call = office.recorded()
    office.mended(call, places=5)
    with pytest.raises(EditConflictError):
        office.mended(call, places=1, version=1)
    with pytest.raises(EditConflictError):
        office.resolved(call, version=1)
    assert Call.objects.get().places == 5


def test_what_is_refused_writes_nothing(office):
    assert why(lambda: office.recorded(title_es="", places=0)) == [Why.NO_TITLE, Why.NO_PLACES]
    call = office.recorded()
    assert why(lambda: office.resolved(call, placed=4)) == [Why.MORE_THAN_PLACES]
    assert why(lambda: calls.withdraw_call(call.pk, by=office.by, version=1, reason=" ")) == [Why.NO_REASON]
    assert (Call.objects.get().version, codes()) == (1, ["recorded"])


def test_a_call_with_a_result_stays_as_its_result_needs(office):
    call = office.recorded()
    office.resolved(call)
    assert why(lambda: office.mended(call, places=1)) == [Why.MORE_THAN_PLACES]
    assert why(lambda: office.mended(call, closes_on=office.today)) == [Why.RESULT_BEFORE_CLOSING]
    assert why(lambda: office.mended(call, opens_on=None, closes_on=None)) == [Why.NOT_CLOSED]
    assert office.resolved(call, placed=3).placed == 3


def test_a_call_is_of_a_tie_of_its_office_or_of_none(office, cast):
    file = office.file()
    assert office.recorded(agreement=file.pk).agreement == file
    for call in (None, office.recorded()):
        with pytest.raises(Agreement.DoesNotExist):
            office.mended(call, agreement=uuid4()) if call else office.recorded(agreement=uuid4())
    foreign = cast.at(cast.other_office, Role.DIRECTOR)
    with pytest.raises(Agreement.DoesNotExist):
        calls.record_call(office.told(agreement=file.pk), office=cast.other_office.pk, by=foreign, key=uuid4())
    kept = office.recorded(agreement=file.pk)
    Agreement.objects.filter(pk=file.pk).update(stage=Stage.ABANDONED)
    assert why(lambda: office.recorded(agreement=file.pk)) == [Why.TIE_ABANDONED]
    assert office.mended(kept, agreement=file.pk, places=2).places == 2  # what it has it keeps


def test_each_role_does_what_its_line_says(office, cast):
    call = office.recorded()
    analyst, reader, coordinator = (cast.of(role) for role in (Role.ANALYST, Role.READER, Role.COORDINATOR))
    with pytest.raises(NotAllowedError):
        calls.record_call(office.told(), office=cast.office.pk, by=reader, key=uuid4())
    with pytest.raises(NotAllowedError):
        calls.withdraw_call(call.pk, by=analyst, version=1, reason="x")
    with pytest.raises(NotAllowedError):
        calls.publish_call(call.pk, by=coordinator, version=1)
    shown = office.published(call)
    for by in (analyst, coordinator):  # what the public reads is changed by who may show it
        mending = {"by": by, "version": shown.version, "today": office.today}
        assert why(lambda mending=mending: calls.mend_call(call.pk, office.told(), **mending)) == [Why.IS_PUBLIC]
        told = ResultFacts(office.today, applied=1)
        assert why(lambda told=told, mending=mending: calls.tell_result(call.pk, told, **mending)) == [Why.IS_PUBLIC]
    gone = {"by": coordinator, "version": shown.version, "reason": "x"}
    assert why(lambda: calls.withdraw_call(call.pk, **gone)) == [Why.IS_PUBLIC]


def test_nothing_of_another_office_exists(office, cast):
    call = office.recorded()
    other = {"by": cast.at(cast.other_office, Role.DIRECTOR), "version": 1}
    for do in (
        lambda: calls.mend_call(call.pk, office.told(), today=office.today, **other),
        lambda: calls.tell_result(call.pk, ResultFacts(office.today, applied=1), today=office.today, **other),
        lambda: calls.publish_call(call.pk, **other),
        lambda: calls.unpublish_call(call.pk, **other),
        lambda: calls.withdraw_call(call.pk, reason="x", **other),
    ):
        with pytest.raises(Call.DoesNotExist):
            do()
    assert not calls_of(cast.other_office.pk).exists()
    assert not calls_of(None).exists()


def test_the_public_sees_what_a_real_office_shows(office, cast):
    call = office.recorded()
    assert not published_calls().exists()
    office.published(call)
    assert published_calls().get() == call
    assert why(lambda: office.mended(call, how_to_apply="")) == [Why.NOT_READY]
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    assert not published_calls().exists()
    assert why(lambda: office.published(call)) == [Why.DEMONSTRATION]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"closes_on": dt.date(2020, 1, 1)},
        {"opens_on": None},
        {"ends_on": dt.date(2020, 1, 1)},
        {"applied": 3},
        {"result_on": dt.date(2020, 1, 1)},
        {"result_on": dt.date(2090, 1, 1), "placed": 4},
        {"withdrawn_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
        {"withdrawal_reason": "x"},
    ],
)
def test_the_database_too_refuses_what_cannot_be(office, spoilt):
    call = office.recorded()
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(**spoilt)


def test_verify_tells_a_call_changed_behind_the_verbs(office):
    call, gone = office.recorded(), office.recorded(kind=CallKind.RESEARCH)
    Call.objects.filter(pk=call.pk).update(places=1)
    Call.objects.filter(pk=gone.pk).delete()
    told = [found.sentence for found in flaws([])]
    assert len(told) == 2
    assert all(any(str(key) in sentence for sentence in told) for key in (call.pk, gone.pk))


def test_the_trail_keeps_digests_and_no_words(office):
    office.resolved(office.recorded(), text="Ana Pérez fue elegida")
    kept = repr(list(TrailEntry.objects.filter(code__startswith="call.").values()))
    assert "Ana Pérez" not in kept
    assert "Ashland" not in kept
