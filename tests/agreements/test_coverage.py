"""What an opinion covers, and what asks for another one."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from django.utils import timezone

from hermanar.agreements import actions, rules
from hermanar.agreements.models import AgreementVersion, Listing
from hermanar.agreements.queries import file_facts, opinion_of, signed_without_opinion
from hermanar.agreements.rules import Particulars, lacks_backing
from hermanar.agreements.vocabulary import Kind, Stage
from hermanar.agreements.vocabulary.procedure import Covered, Refusal
from hermanar.foundation.access import CONSOLE
from tests import cast as people
from tests import factories as make
from tests.agreements.filing import SIGNATURE_ON, TODAY, File, on, refusals

NOON = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
BEFORE = {"kind": "twinning", "areas": [["culture", "cultura"]], "term_years": 3, "languages": ["es", "en"]}


def at(minutes):
    return NOON + dt.timedelta(minutes=minutes)


def changed(*, drafts=(), signed=None, **later):
    """Say what changed of a file whose opinion was asked for at noon, with what it held later by minutes."""
    held = [Particulars(at(-9), BEFORE)]
    held += [Particulars(at(minutes), {**BEFORE, **values}) for minutes, values in later.pop("held", ())]
    signed_at = at(signed) if signed is not None else None
    return rules.changed_since(NOON, signed_at=signed_at, drafts=[at(one) for one in drafts], particulars=held)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ()),
        ({"drafts": [-5]}, ()),
        ({"drafts": [5]}, (Covered.TEXT,)),
        ({"drafts": [5], "signed": 9}, (Covered.TEXT,)),
        ({"drafts": [9], "signed": 5}, ()),  # a courtesy translation of what was signed
        ({"drafts": [-3], "signed": -5}, ()),  # asked for late: on what had been signed
        ({"held": [(5, {"kind": "cooperation"})]}, (Covered.KIND,)),
        ({"held": [(5, {"areas": [["health", "salud"]]})]}, (Covered.AREAS,)),
        ({"held": [(5, {"term_years": 50})]}, (Covered.TERM,)),
        ({"held": [(5, {"term_years": 50})], "signed": 9}, (Covered.TERM,)),
        ({"held": [(9, {"term_years": 50})], "signed": 5}, ()),  # a mistake of the record, corrected later
        ({"held": [(5, {"term_years": 50}), (6, {})]}, ()),  # changed, and back again
        ({"held": [(5, {"languages": ["en", "es"]})]}, ()),
        ({"held": [(5, {"languages": ["es"]})]}, (Covered.LANGUAGES,)),
        ({"held": [(9, {"languages": ["es", "en", "fr"]})], "signed": 5}, (Covered.LANGUAGES,)),
        ({"held": [(5, {"title_es": "otro", "planned_signature_on": None})]}, ()),
    ],
)
def test_an_opinion_covers_what_was_there_when_it_was_asked_for(given, expected):
    assert changed(**given) == expected


def test_where_nothing_was_kept_nothing_is_claimed():
    assert rules.changed_since(NOON, signed_at=None, drafts=(), particulars=()) == ()


@pytest.fixture
def cleared():
    return File(people.gather()).cleared()


def edit(file, **values):
    return actions.edit_file(file.key, by=file.by, version=file.now.version, values=values)


def facts(file):
    return file_facts(file.now, today=TODAY)


CHANGES = {
    "a newer text": lambda file: file.text("es"),
    "a text in another language": lambda file: file.text("fr"),
    "the kind": lambda file: edit(file, kind=Kind.SPECIFIC_COOPERATION),
    "the areas": lambda file: edit(file, areas=[("health", "salud")]),
    "the term": lambda file: edit(file, term_years=50),
    "the languages": lambda file: edit(file, languages=["es"]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_after_the_opinion_is_not_covered_by_it(cleared, change):
    assert facts(cleared).has_favourable_opinion
    CHANGES[change](cleared)
    assert not facts(cleared).has_favourable_opinion
    assert refusals(cleared.signed) == {Refusal.TEXT_CHANGED}
    cleared.signed(is_without_opinion=True)
    assert signed_without_opinion(cleared.now)
    assert lacks_backing(facts(cleared))


@pytest.mark.django_db
def test_it_is_asked_for_again_and_then_covers_the_new_text(cleared):
    assert refusals(partial(cleared.do, "request_opinion")) == {Refusal.WRONG_STAGE}  # nothing changed: nothing to ask
    cleared.text("es"), cleared.text("fr")
    edit(cleared, term_years=50)
    cleared.do("request_opinion")
    assert cleared.now.stage == Stage.OPINION_REQUESTED
    assert not facts(cleared).has_favourable_opinion
    cleared.do("record_opinion", step=on(letter="DGCP/2"), is_favourable=True)
    cleared.signed()
    assert not signed_without_opinion(cleared.now)


@pytest.mark.django_db
def test_asked_again_it_is_two_weeks_before_like_any_other(cleared):
    cleared.text("es")
    late = {"step": on(SIGNATURE_ON), "today": SIGNATURE_ON}
    assert refusals(partial(cleared.do, "request_opinion", **late)) == {Refusal.TOO_LATE_FOR_OPINION}


@pytest.mark.django_db
def test_a_text_sent_while_the_opinion_is_awaited_is_asked_for_too():
    file = File(people.gather()).asked()
    file.text("es")
    assert opinion_of(file.key).changed == (Covered.TEXT,)
    file.do("request_opinion")
    assert opinion_of(file.key).changed == ()
    file.text("en")
    file.do("record_opinion", step=on(letter="DGCP/1"), is_favourable=True)
    assert refusals(file.signed) == {Refusal.TEXT_CHANGED}


@pytest.mark.django_db
def test_what_comes_after_the_signature_takes_no_backing_away(cleared):
    cleared.signed()
    actions.publish_file(cleared.key, by=cleared.by, version=cleared.now.version, today=SIGNATURE_ON)
    cleared.texts(day=SIGNATURE_ON, is_signed=True)
    cleared.text("nah", day=SIGNATURE_ON)  # a translation, not signed: no language of the agreement
    assert cleared.now.languages == "es en"
    assert facts(cleared).has_favourable_opinion
    assert not Listing.objects.get(agreement=cleared.key).lacks_backing


@pytest.mark.django_db
def test_a_signed_copy_in_a_language_the_ministry_never_saw_lacks_its_backing(cleared):
    cleared.signed()
    actions.publish_file(cleared.key, by=cleared.by, version=cleared.now.version, today=SIGNATURE_ON)
    cleared.texts(day=SIGNATURE_ON, is_signed=True)
    assert not Listing.objects.get(agreement=cleared.key).lacks_backing
    cleared.text("fr", day=SIGNATURE_ON, is_signed=True)
    assert Listing.objects.get(agreement=cleared.key).lacks_backing
    later = {"step": on(SIGNATURE_ON, letter="L"), "today": SIGNATURE_ON}
    assert refusals(partial(cleared.do, "send_signed_copies", **later)) == {Refusal.LACKS_BACKING}
    cleared.do("request_opinion", **later)
    cleared.do("record_opinion", **later, is_favourable=True)
    cleared.do("send_signed_copies", **later)
    assert cleared.now.stage == Stage.COPIES_SENT
    late = partial(cleared.text, "it", day=SIGNATURE_ON, is_signed=True)
    assert refusals(late) == {Refusal.LANGUAGES_SETTLED}


@pytest.mark.django_db
def test_on_an_earlier_day_it_covered_what_there_was(cleared):
    then = timezone.now()
    cleared.text("es")
    assert opinion_of(cleared.key, until=then).stands
    assert not opinion_of(cleared.key).stands


@pytest.mark.django_db
def test_a_correction_of_an_unsigned_file_is_a_change_too(cleared):
    make.source("gaceta")
    values = {"values": {"term_years": 50}, "source_key": "gaceta"}
    actions.correct(cleared.key, by=CONSOLE, version=cleared.now.version, **values)
    assert AgreementVersion.objects.filter(agreement=cleared.key).last().values["term_years"] == 50
    assert refusals(cleared.signed) == {Refusal.TEXT_CHANGED}
