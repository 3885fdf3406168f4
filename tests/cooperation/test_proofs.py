"""Proof pages of an event: what a page may say, who makes and publishes it, and what it adds up to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest
from django.utils import timezone

from hermanar.agreements.models import Agreement
from hermanar.cooperation.actions import EntryDraft, mend_activity
from hermanar.cooperation.actions.proofs import ProofDraft, change_proof, prepare_proof, publish_proof, withdraw_proof
from hermanar.cooperation.models import Activity, ProofPage
from hermanar.cooperation.queries.proofs import (
    activities_of_proof,
    left_out_of,
    may_be_proved,
    proofs_of,
    proofs_unlike_their_trail,
    published_proof,
)
from hermanar.cooperation.rules import ActivityRefusedError
from hermanar.cooperation.rules.proofs import (
    Held,
    ProofFacts,
    ProofRefusedError,
    at_least,
    falls_short,
    programme,
    refused_proof,
)
from hermanar.cooperation.vocabulary import ActivityKind, Fault
from hermanar.cooperation.vocabulary.proofs import ProofRefusal as Why
from hermanar.foundation.access import NotAllowedError, Role
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import TrailEntry
from hermanar.offices.models import Office
from tests.cooperation_acts import a_tie, noted

FIRST, LAST = dt.date(2025, 6, 1), dt.date(2025, 6, 3)
TODAY = dt.date(2026, 1, 10)


def day(number):
    return dt.date(2025, 6, number)


def held(first=1, last=None, people=None, key=None):
    known = first is not None
    return Held(key or uuid4(), day(first) if known else None, day(last or first) if known else None, people or {})


FACTS = ProofFacts("Encuentro", "Spoleto", FIRST, LAST, 1, [held(1)])


@pytest.mark.parametrize(
    ("changed", "refusals"),
    [
        ({}, []),
        ({"title": " "}, [Why.NO_TITLE]),
        ({"place": ""}, [Why.NO_PLACE]),
        ({"starts_on": day(4)}, [Why.ENDS_BEFORE_BEGIN, Why.OUTSIDE]),
        ({"ends_on": dt.date(2026, 1, 11)}, [Why.TOO_LONG, Why.TO_COME]),
        ({"ends_on": dt.date(2026, 1, 10)}, [Why.TOO_LONG]),
        ({"starts_on": dt.date(2025, 5, 4)}, []),
        ({"starts_on": dt.date(2025, 5, 3)}, [Why.TOO_LONG]),
        ({"chosen": 0, "activities": []}, [Why.NO_ACTIVITY]),
        ({"chosen": 2}, [Why.OF_OTHER_TIE]),
        ({"activities": [held(4)]}, [Why.OUTSIDE]),
        ({"activities": [held(3, 4)]}, [Why.OUTSIDE]),
        ({"activities": [held(1, 3)]}, []),
        ({"activities": [held(None)]}, [Why.NO_DAY]),
    ],
)
def test_what_a_page_may_say(changed, refusals):
    assert refused_proof(replace(FACTS, **changed), today=TODAY) == refusals


def test_programme_is_day_by_day():
    whole, second = held(1, 3), held(2)
    assert programme([second, whole, held(None)]) == [
        (day(1), (whole.key,)), (day(2), (second.key, whole.key)), (day(3), (whole.key,)),
    ]  # fmt: skip


def test_programme_drops_no_day():
    assert len(programme([held(1, 30), Held(uuid4(), day(1), dt.date(2025, 8, 1), {})])) == 62


@pytest.mark.parametrize(
    ("people", "least"),
    [
        ([], {}),
        ([{"IT": 30, "MX": 12}], {"IT": 30, "MX": 12}),
        ([{"IT": 30}, {"IT": 20, "MX": 12}, {"MX": 9}], {"IT": 30, "MX": 12}),  # the same people come again
    ],
)
def test_people_are_not_counted_twice(people, least):
    assert at_least([held(people=one) for one in people]) == least


@pytest.mark.parametrize(
    ("people", "is_short"),
    [({"IT": 25, "MX": 25}, False), ({"IT": 26, "MX": 24}, True), ({"IT": 24, "MX": 25}, True), ({}, True)],
)
def test_european_programme_asks_for_fifty_half_of_them_invited(people, is_short):
    assert falls_short(people, host="IT") is is_short


# ── the verbs ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def tie(cast):
    return a_tie(cast)


@pytest.fixture
def visit(cast, tie):
    return noted(cast, tie, on="2025-06-01", until="2025-06-02", participants={"MX": 30, "US": 12})


def drafted(*activities, **values):
    first = {"title_es": "Encuentro", "place": "Ashland, Oregón", "country": "US", "starts_on": FIRST, "ends_on": LAST}
    return ProofDraft(**{**first, "activities": [one.pk for one in activities], **values})


def prepared(cast, tie, *activities, key=None, role=Role.ANALYST, **values):
    by = cast.at(tie.office, role)
    return prepare_proof(drafted(*activities, **values), agreement=tie.pk, by=by, today=TODAY, key=key or uuid4())


@pytest.mark.django_db
def test_page_is_made_once_and_is_nobodys_outside(cast, tie, visit):
    key = uuid4()
    made, again = prepared(cast, tie, visit, key=key), prepared(cast, tie, visit, key=key)
    assert made.pk == again.pk == key
    assert ProofPage.objects.count() == 1
    assert (made.token, made.published_at) == (None, None)
    assert list(activities_of_proof(made)) == [visit]
    assert TrailEntry.objects.filter(code__startswith="proof.").count() == 1
    assert list(proofs_of(cast.other_office.pk)) == list(proofs_of(None)) == []
    assert published_proof("") is None


@pytest.mark.django_db
def test_published_page_has_an_address_until_it_is_withdrawn(cast, tie, visit):
    director = cast.of(Role.DIRECTOR)
    made = prepared(cast, tie, visit)
    shown = publish_proof(made.pk, by=director, version=1)
    assert len(shown.token) >= 32
    assert published_proof(shown.token) == shown
    withdrawn = withdraw_proof(made.pk, by=director, version=shown.version)
    assert withdrawn.token is None
    assert published_proof(shown.token) is None
    anew = publish_proof(made.pk, by=director, version=withdrawn.version)
    assert anew.token != shown.token
    assert publish_proof(made.pk, by=director, version=anew.version).token == anew.token  # twice pressed
    codes = list(TrailEntry.objects.filter(code__startswith="proof.").values_list("code", flat=True).order_by("number"))
    assert codes == ["proof.prepared", "proof.published", "proof.withdrawn", "proof.published"]


@pytest.mark.django_db
def test_only_who_may_publish_changes_what_is_published(cast, tie, visit):
    made = prepared(cast, tie, visit)
    analyst, director = cast.of(Role.ANALYST), cast.of(Role.DIRECTOR)
    changed = change_proof(made.pk, drafted(visit, title_es="Otro"), by=analyst, version=1, today=TODAY)
    assert changed.title_es == "Otro"
    with pytest.raises(NotAllowedError):
        publish_proof(made.pk, by=analyst, version=2)
    publish_proof(made.pk, by=director, version=2)
    with pytest.raises(NotAllowedError):
        change_proof(made.pk, drafted(visit, title_es="Tercero"), by=analyst, version=3, today=TODAY)
    assert change_proof(made.pk, drafted(visit, title_es="Tercero"), by=director, version=3, today=TODAY).token


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.ANALYST, Role.COORDINATOR])
def test_what_a_published_page_tells_is_mended_by_who_may_publish_it(cast, tie, visit, role):
    made = prepared(cast, tie, visit)
    entry = EntryDraft(ActivityKind.VISIT, parse_partial("2025-06-01"), parse_partial("2025-06-01"), "Otra cosa")

    def mend(role):
        version = Activity.objects.get(pk=visit.pk).version
        return mend_activity(visit.pk, by=cast.of(role), version=version, entry=entry, today=TODAY)

    assert mend(role)  # nobody outside sees it yet
    publish_proof(made.pk, by=cast.of(Role.DIRECTOR), version=1)
    with pytest.raises(ActivityRefusedError) as refused:
        mend(role)
    assert refused.value.faults == (Fault.IS_PUBLIC,)
    assert mend(Role.DIRECTOR)


@pytest.mark.django_db
@pytest.mark.parametrize(("on", "until"), [("2025-05-31", ""), ("2025-06-03", "2025-06-04"), ("2025-06", "")])
def test_what_moved_out_of_the_days_of_a_page_is_told_no_more(cast, tie, visit, on, until):
    made = prepared(cast, tie, visit)
    entry = EntryDraft(ActivityKind.VISIT, parse_partial(on), parse_partial(until or on), "Visita")
    mend_activity(visit.pk, by=cast.of(Role.DIRECTOR), version=visit.version, entry=entry, today=TODAY)
    assert list(activities_of_proof(made)) == []
    assert list(left_out_of(made)) == [visit]


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "\0", "á", "a b", "a" * 65])
def test_what_cannot_be_an_address_is_none(token, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert published_proof(token) is None


@pytest.mark.django_db
def test_page_written_over_by_somebody_else_is_kept(cast, tie, visit):
    made = prepared(cast, tie, visit)
    by = cast.of(Role.DIRECTOR)
    change_proof(made.pk, drafted(visit, title_es="Otro"), by=by, version=1, today=TODAY)
    for act in (
        lambda: change_proof(made.pk, drafted(visit), by=by, version=1, today=TODAY),
        lambda: publish_proof(made.pk, by=by, version=1),
        lambda: withdraw_proof(made.pk, by=by, version=1),
    ):
        with pytest.raises(EditConflictError):
            act()
    assert ProofPage.objects.get().title_es == "Otro"


@pytest.mark.django_db
def test_of_another_office_there_is_none(cast, tie, visit):
    made = prepared(cast, tie, visit)
    stranger = cast.at(cast.other_office, Role.DIRECTOR)
    with pytest.raises(Agreement.DoesNotExist):
        prepare_proof(drafted(visit), agreement=tie.pk, by=stranger, today=TODAY, key=uuid4())
    for act in (
        lambda: change_proof(made.pk, drafted(visit), by=stranger, version=1, today=TODAY),
        lambda: publish_proof(made.pk, by=stranger, version=1),
        lambda: withdraw_proof(made.pk, by=stranger, version=1),
    ):
        with pytest.raises(ProofPage.DoesNotExist):
            act()
    other = a_tie(cast, office=cast.other_office)
    foreign = noted(cast, other, on="2025-06-01", office=cast.other_office)
    with pytest.raises(ProofRefusedError) as refused:
        prepared(cast, tie, visit, foreign)
    assert refused.value.refusals == (Why.OF_OTHER_TIE,)
    with pytest.raises(Agreement.DoesNotExist):
        prepared(cast, other, foreign, key=made.pk)  # somebody else's key


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.READER, Role.COMMITTEE_MEMBER])
def test_who_may_not_prepare_does_not(cast, tie, visit, role):
    with pytest.raises(NotAllowedError):
        prepared(cast, tie, visit, role=role)


@pytest.mark.django_db
def test_demonstration_publishes_nothing(cast, tie, visit):
    made = prepared(cast, tie, visit)
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    with pytest.raises(ProofRefusedError) as refused:
        publish_proof(made.pk, by=cast.of(Role.DIRECTOR), version=1)
    assert refused.value.refusals == (Why.DEMONSTRATION,)


@pytest.mark.django_db
def test_office_that_becomes_a_demonstration_shows_nothing(cast, tie, visit):
    shown = publish_proof(prepared(cast, tie, visit).pk, by=cast.of(Role.DIRECTOR), version=1)
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    assert published_proof(shown.token) is None


@pytest.mark.django_db
def test_what_is_withdrawn_or_has_no_day_is_not_told(cast, tie, visit):
    month = noted(cast, tie, on="2025-06")
    assert list(may_be_proved(tie.pk)) == [visit]
    with pytest.raises(ProofRefusedError) as refused:
        prepared(cast, tie, visit, month)
    assert refused.value.refusals == (Why.NO_DAY,)
    made = prepared(cast, tie, visit)
    Activity.objects.filter(pk=visit.pk).update(withdrawn_at=timezone.now(), withdrawal_reason="Error")
    assert list(activities_of_proof(made)) == []


@pytest.mark.django_db
def test_page_changed_behind_the_verbs_is_found(cast, tie, visit):
    made = prepared(cast, tie, visit)
    publish_proof(made.pk, by=cast.of(Role.DIRECTOR), version=1)
    assert proofs_unlike_their_trail() == []
    ProofPage.objects.filter(pk=made.pk).update(title_es="Otra cosa")
    assert [one.proof for one in proofs_unlike_their_trail()] == [made.pk]
    made.activities.clear()
    ProofPage.objects.filter(pk=made.pk).delete()
    assert [(one.proof, one.chain) for one in proofs_unlike_their_trail()] == [(made.pk, str(cast.office.pk))]
