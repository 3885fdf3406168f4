"""An office puts right what its past agreements say: its own slip goes, other sources stay, and the trail knows."""

from __future__ import annotations

import datetime as dt

import pytest

from hermanar.agreements import actions
from hermanar.agreements.actions import EditConflictError, PastDraft, StepDraft
from hermanar.agreements.models import Agreement, Listing
from hermanar.agreements.queries import due_in_office
from hermanar.agreements.queries.proof import unlike_their_trail
from hermanar.agreements.rules import ActFacts, CorrectionError, PastFacts, StepRefusedError, refused_corrections
from hermanar.agreements.vocabulary import ActKind, Kind
from hermanar.agreements.vocabulary.procedure import DueKind, Refusal
from hermanar.catalogue import read
from hermanar.directory.models import Place
from hermanar.foundation import trail
from hermanar.foundation.access import CONSOLE, GRANTED, NotAllowedError, Verb
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.models import Change, Statement
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 5, 4)
SIGNED_1978 = {"signed_on": dt.date(1978, 1, 1), "signed_precision": "year"}


@pytest.fixture
def entered(cast):
    """Return a past agreement that the office entered, of which the public knows nothing."""
    past = PastDraft(cast.file().parties, Kind.TWINNING, "Acta 14", parse_partial("1987-12"), term_years=5)
    return actions.enter_past(past, office=cast.office.pk, by=cast.of("coordinator"), today=TODAY)


@pytest.fixture
def taken(cast):
    """Return one that a source documents, that the public sees and that the office took over."""
    said = [("signed_on", "1969"), ("listed", "yes")]
    made = make.agreement(cast.guanajuato, make.place("Umeå", code="SE"), signed="1969", said=said)
    return actions.take_over([made.pk], office=cast.office.pk, by=cast.of("director"), today=TODAY)[0]


def correct(cast, kept, values, role="coordinator", **more):
    version = Agreement.objects.get(pk=kept.pk).version
    told = {"version": version, "values": values, "passage": "Acta 15, caja 3", "today": TODAY, **more}
    actions.correct_past(kept.pk, by=cast.of(role), **told)
    return Agreement.objects.get(pk=kept.pk)


def stated(kept):
    rows = Statement.objects.filter(subject=kept.pk).order_by("field", "value")
    return [(one.field, one.value, one.source.key, one.passage) for one in rows]


def test_what_the_office_said_before_is_no_second_opinion(cast, entered):
    own = "expediente-guanajuato"
    after = correct(cast, entered, {**SIGNED_1978, "term_years": None, "is_open_ended": True})
    assert (str(after.signed), after.term_years, after.is_open_ended) == ("1978", None, True)
    assert stated(after) == [
        ("kind", "twinning", own, "Acta 14"),
        ("listed", "yes", own, "Acta 14"),
        ("signed_on", "1978", own, "Acta 15, caja 3"),
    ]
    before = after.versions.order_by("-number")[1].values
    assert (before["signed"], before["term_years"]) == ("1987-12", 5)  # what it said stays in its versions
    assert unlike_their_trail() == []
    assert trail.first_break() is None


def test_what_another_source_says_stays_beside_it(cast, taken):
    correct(cast, taken, {"signed_on": dt.date(1970, 6, 1), "signed_precision": "month"}, role="director")
    sheet = read.agreement(taken.slug, today=TODAY, language="es")
    dates = {(one.value, one.is_disputed) for one in sheet.statements if one.field == "signed_on"}
    assert dates == {("1969", True), ("1970-06", True)}
    assert Listing.objects.get(pk=taken.pk).signed_on == dt.date(1970, 6, 1)


def test_a_title_that_describes_follows_the_kind_and_a_given_one_stays(cast, entered):
    described = correct(cast, entered, {"kind": "specific_cooperation"})
    assert described.title_es == "Cooperación específica Guanajuato – Ashland"
    assert described.has_official_title is False
    given = correct(cast, entered, {"title_es": "Carta de amistad", "title_en": "Letter of friendship"})
    assert given.has_official_title is True
    kept = correct(cast, entered, {"kind": "twinning"})
    assert (kept.title_es, kept.title_en) == ("Carta de amistad", "Letter of friendship")
    assert unlike_their_trail() == []


def test_each_title_is_told_apart(cast, entered):
    correct(cast, entered, {"title_en": "Letter of friendship"})
    after = correct(cast, entered, {"kind": "specific_cooperation"})
    assert (after.title_es, after.title_en) == ("Cooperación específica Guanajuato – Ashland", "Letter of friendship")


def test_a_title_that_was_a_slip_describes_again(cast, entered):
    described = entered.title_es
    correct(cast, entered, {"title_es": "Título por error"})
    after = correct(cast, entered, {"title_es": described})
    assert (after.title_es, after.has_official_title) == (described, False)
    followed = correct(cast, entered, {"title_es": "Carta", "kind": "specific_cooperation"})
    assert followed.title_en == "Specific cooperation Guanajuato – Ashland"  # nobody gave that one


def test_the_trail_answers_for_what_was_corrected(cast, entered):
    correct(cast, entered, SIGNED_1978)
    assert unlike_their_trail() == []
    written = Agreement.objects.filter(pk=entered.pk)
    for change in ({"signed_on": dt.date(1950, 1, 1)}, {"title_es": "Otro"}, {"registration_number": "X"}):
        before = written.values(*change).get()
        written.update(**change)
        assert [one.file for one in unlike_their_trail()] == [entered.number], change
        written.update(**before)
    correct(cast, entered, {"term_years": 9})
    version = Agreement.objects.get(pk=entered.pk).version
    areas = {"areas": [("culture", "cultura")]}
    actions.edit_file(entered.pk, by=cast.of("analyst"), version=version, values=areas)
    assert unlike_their_trail() == []


def test_the_paper_of_each_correction_is_kept_with_what_it_said(cast, entered):
    correct(cast, entered, {"title_es": "Carta de amistad"}, passage="Convenio, foja 1")
    correct(cast, entered, {"term_years": None}, passage="Convenio, foja 2")
    correct(cast, entered, {"registration_number": "R-1", "registered": "yes"}, passage="Constancia 1")
    correct(cast, entered, {"registration_number": "R-2"}, passage="Constancia 2")
    papers = [one.values.get("paper") for one in entered.versions.order_by("number")]
    assert papers == [None, "Convenio, foja 1", "Convenio, foja 2", "Constancia 1", "Constancia 2"]
    assert ("registered", "yes", "expediente-guanajuato", "Constancia 2") in stated(entered)


@pytest.mark.parametrize("by_office", [True, False])
def test_versions_of_the_first_release_are_completed_before(cast, entered, by_office):
    first = entered.versions.get()
    first.values = {name: first.values[name] for name in first.values if not name.startswith(("signed", "regist"))}
    first.save()
    if by_office:
        correct(cast, entered, SIGNED_1978)
    else:
        key = make.source("acta").key
        actions.correct(entered.pk, by=CONSOLE, version=entered.version, values=SIGNED_1978, source_key=key)
    assert [one.values["signed"] for one in entered.versions.order_by("number")] == ["1987-12", "1978"]


def test_a_draft_that_the_registry_corrects_is_not_sealed(cast):
    draft = actions.draft(cast.file(), office=cast.office.pk, by=cast.of("analyst"), today=TODAY)
    key = make.source("acta").key
    actions.correct(draft.pk, by=CONSOLE, version=draft.version, values={"kind": "other"}, source_key=key)
    version = Agreement.objects.get(pk=draft.pk).version
    actions.edit_file(draft.pk, by=cast.of("analyst"), version=version, values={"title_es": "Carta"})
    assert unlike_their_trail() == []


def test_titles_follow_the_kind_after_a_place_was_renamed(cast, entered):
    Place.objects.filter(pk=cast.ashland.pk).update(name="Ashland City")
    after = correct(cast, entered, {"kind": "specific_cooperation"})
    assert after.title_es == "Cooperación específica Guanajuato – Ashland City"
    assert after.title_en == "Specific cooperation Guanajuato – Ashland City"


def test_nothing_given_changes_nothing(cast, entered):
    assert correct(cast, entered, {}).version == entered.version


def test_what_nobody_sees_is_listed_nowhere(cast, entered):
    before = Change.objects.count()
    correct(cast, entered, SIGNED_1978)
    assert (Listing.objects.count(), Change.objects.count()) == (0, before)


def test_a_term_that_is_known_now_is_due(cast, entered):
    correct(cast, entered, {"signed_on": dt.date(2021, 6, 1), "signed_precision": "day", "term_years": 5})
    kinds = [one.due.kind for one in due_in_office(cast.office, today=TODAY)]
    assert DueKind.EXPIRY in kinds


def test_the_entry_in_the_register_is_told(cast, entered):
    entry = {"registered": "yes", "registration_number": "RAI-7", "registered_on": "1988"}
    after = correct(cast, entered, entry)
    assert (after.registered, after.registration_number, after.registered_on) == ("yes", "RAI-7", "1988")
    assert ("registered", "yes", "expediente-guanajuato", "Acta 15, caja 3") in stated(after)


RENEWED = ActFacts(ActKind.RENEWAL, dt.date(1992, 5, 1), dt.date(1997, 5, 1))
SUSPENDED = ActFacts(ActKind.SUSPENSION, dt.date(1990, 3, 1))
ENTERED = ActFacts(ActKind.REGISTRATION, dt.date(1991, 12, 31))
VOTED = ActFacts(ActKind.COUNCIL_VOTE, dt.date(1986, 1, 1))
UNDATED = ActFacts(ActKind.TERMINATION, None)


def facts(signed="1987", term_years=None, is_open_ended=False, registered_on=""):
    return PastFacts(parse_partial(signed), term_years, is_open_ended, parse_partial(registered_on))


@pytest.mark.parametrize(
    ("before", "after", "acts", "refusals"),
    [
        ({}, {"signed": "1988"}, [VOTED, SUSPENDED, RENEWED, ENTERED, UNDATED], ()),
        ({}, {"signed": "1990-03-01"}, [SUSPENDED], ()),
        ({}, {"signed": "1990-03-02"}, [SUSPENDED], (Refusal.SIGNED_AFTER_ACT,)),
        ({}, {"signed": "1992-01"}, [ENTERED], (Refusal.SIGNED_AFTER_ACT,)),
        ({}, {"signed": "1993"}, [SUSPENDED, ENTERED, RENEWED], (Refusal.SIGNED_AFTER_ACT,)),
        ({}, {"signed": "2027"}, [], (Refusal.FUTURE_DATE,)),
        ({}, {"registered_on": "2027"}, [], (Refusal.FUTURE_DATE,)),
        ({}, {"registered_on": "1986"}, [], (Refusal.BEFORE_SIGNATURE,)),
        ({"signed": "1987-06"}, {"signed": "1987-06", "registered_on": "1987"}, [], ()),
        ({"registered_on": "1987"}, {"signed": "1988", "registered_on": "1987"}, [], (Refusal.BEFORE_SIGNATURE,)),
        ({}, {"term_years": 5}, [RENEWED], ()),
        ({}, {"term_years": 50}, [RENEWED], (Refusal.TERM_WAS_RENEWED,)),
        ({}, {"is_open_ended": True}, [RENEWED], (Refusal.TERM_WAS_RENEWED,)),
        ({}, {"is_open_ended": True}, [SUSPENDED], ()),
        ({"term_years": 5}, {"signed": "1992-05-01", "term_years": 5}, [RENEWED], (Refusal.TERM_WAS_RENEWED,)),
        ({}, {"signed": "", "term_years": 5}, [RENEWED, SUSPENDED], ()),
        # What contradicted itself before is not held against who mends something else, or some of it.
        ({"signed": "2027"}, {"signed": "2027", "term_years": 5}, [], ()),
        ({"signed": "1991"}, {"signed": "1990-06"}, [SUSPENDED], ()),
        ({"signed": "1991"}, {"signed": "1992-01"}, [SUSPENDED, ENTERED], (Refusal.SIGNED_AFTER_ACT,)),
        ({"is_open_ended": True}, {"is_open_ended": True, "signed": "1987-05"}, [RENEWED], ()),
    ],
)
def test_what_followed_a_signature_bounds_what_is_corrected(before, after, acts, refusals):
    assert refused_corrections(facts(**before), facts(**after), acts=acts, today=TODAY) == refusals


@pytest.mark.parametrize(
    ("values", "more", "refusal"),
    [
        (SIGNED_1978, {"passage": "  "}, Refusal.NO_SOURCE),
        ({"signed_on": dt.date(2027, 1, 1), "signed_precision": "year"}, {}, Refusal.FUTURE_DATE),
        ({"registered": "yes", "registered_on": "2027"}, {}, Refusal.FUTURE_DATE),
        ({"registered": "yes", "registered_on": "1986"}, {}, Refusal.BEFORE_SIGNATURE),
    ],
)
def test_what_no_correction_may_say(cast, entered, values, more, refusal):
    before = stated(entered)
    with pytest.raises(StepRefusedError) as refused:
        correct(cast, entered, values, **more)
    assert refused.value.refusals == (refusal,)
    assert (stated(entered), Agreement.objects.get(pk=entered.pk).version) == (before, entered.version)


def test_a_value_that_no_record_may_have_is_refused(cast, entered):
    for values in ({"registered_on": "2019-13"}, {"is_open_ended": True}, {"office": None}):
        with pytest.raises(CorrectionError):
            correct(cast, entered, values)


def test_the_signature_is_never_later_than_what_followed_it(cast, entered):
    on = dt.date(2020, 3, 1)
    step = StepDraft(on=on, reason="Lo pide la comisión", letter="OF/1")
    actions.suspend(entered.pk, by=cast.of("director"), version=entered.version, step=step, today=TODAY)
    with pytest.raises(StepRefusedError) as refused:
        correct(cast, entered, {"signed_on": dt.date(2020, 3, 2), "signed_precision": "day"})
    assert refused.value.refusals == (Refusal.SIGNED_AFTER_ACT,)
    assert str(correct(cast, entered, {"signed_on": on, "signed_precision": "day"}).signed) == "2020-03-01"
    assert unlike_their_trail() == []


def test_somebody_was_first(cast, entered):
    correct(cast, entered, SIGNED_1978)
    with pytest.raises(EditConflictError):
        correct(cast, entered, {"kind": "other"}, version=entered.version)
    assert Agreement.objects.get(pk=entered.pk).kind == Kind.TWINNING


def test_only_what_came_documented_is_corrected(cast):
    opened = actions.draft(cast.file(), office=cast.office.pk, by=cast.of("analyst"), today=TODAY)
    with pytest.raises(StepRefusedError) as refused:
        correct(cast, opened, SIGNED_1978)
    assert refused.value.refusals == (Refusal.WRONG_STAGE,)


@pytest.mark.row(6)
def test_what_the_public_sees_is_corrected_by_who_may_publish_it(cast, taken):
    with pytest.raises(StepRefusedError) as refused:
        correct(cast, taken, SIGNED_1978)
    assert refused.value.refusals == (Refusal.IS_PUBLIC,)
    assert str(Agreement.objects.get(pk=taken.pk).signed) == "1969"
    assert str(correct(cast, taken, SIGNED_1978, role="director").signed) == "1978"


@pytest.mark.row(6)
def test_every_pair_of_role_and_office_is_as_the_table_says(cast, entered):
    for (slug, role), actor in cast.people.items():
        is_expected = slug == "guanajuato" and Verb.TAKE_OVER in GRANTED[role]
        version = Agreement.objects.get(pk=entered.pk).version
        title = {"title_es": f"Carta {slug} {role}"}
        told = {"by": actor, "version": version, "values": title, "passage": "Acta", "today": TODAY}
        if is_expected:
            actions.correct_past(entered.pk, **told)
        else:
            with pytest.raises((NotAllowedError, Agreement.DoesNotExist)):
                actions.correct_past(entered.pk, **told)
        is_titled = Agreement.objects.get(pk=entered.pk).title_es == title["title_es"]
        assert (is_titled, actions.may_correct(entered, by=actor)) == (is_expected, is_expected), (slug, role)
