"""Recording past agreements: by reference, all or nothing, never over what a person changed."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hermanar.agreements.actions import EditConflictError, correct, publish, record_past_agreements, unpublish
from hermanar.agreements.models import Agreement, Listing, Party
from hermanar.agreements.rules import CorrectionError
from hermanar.agreements.vocabulary import ActKind, Kind
from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from hermanar.foundation import trail
from hermanar.foundation.access import CONSOLE, Actor, NotAllowedError, Role
from hermanar.foundation.models import Change, Revision, Statement, TrailEntry
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)
VISITOR = Actor("visitor", Role.PUBLIC)


@pytest.fixture
def cities():
    guanajuato = make.state("Estado de Guanajuato", "inegi:11")
    return make.place("Guanajuato", state=guanajuato), make.place("Toledo", code="ES"), make.place("Ashland", code="US")


def record(*drafts, published=True):
    return record_past_agreements(drafts, by=CONSOLE, published_at=make.PUBLISHED if published else None)


def test_recording_again_changes_nothing(cities):
    draft = make.draft(cities[0], cities[1], signed="1978", acts=[make.act(ActKind.COUNCIL_VOTE, "2025-10-24")])
    first = record(draft)
    before = (Agreement.objects.get().version, Change.objects.count(), TrailEntry.objects.count())
    again = record(draft)
    assert (len(first.created), len(again.created), again.updated, again.unchanged) == (1, 0, [], 1)
    assert (Agreement.objects.get().version, Change.objects.count(), TrailEntry.objects.count()) == before


def test_changed_draft_updates_the_record_and_keeps_its_address(cities):
    draft = make.draft(cities[0], cities[1], signed="1978")
    record(draft)
    before = Agreement.objects.get()
    make.activity(before, "2025-01")
    report = record(dataclasses.replace(draft, term_years=5))
    after = Agreement.objects.get()
    assert report.updated == [after.pk] == [before.pk]
    assert (after.slug, after.term_years, after.version) == (before.slug, 5, before.version + 1)
    assert Party.objects.count() == 2
    assert Listing.objects.get().evidence_on == dt.date(2025, 1, 31)
    assert Listing.objects.get().ends_on == dt.date(1983, 12, 31)


def test_listing_counts_acts_from_the_last_day_they_may_mean(cities):
    ended = make.draft(cities[0], cities[1], signed="2000", acts=[make.act(ActKind.TERMINATION, "2026")])
    gone = make.draft(cities[0], cities[2], signed="2000", acts=[make.act(ActKind.TERMINATION, "")])
    made = make.agreements(ended, gone)
    assert [one.listing.terminated_on for one in made] == [dt.date(2026, 12, 31), dt.date.min]
    correct(made[0].pk, by=CONSOLE, version=1, values={"title_en": "Other"}, source_key="fuente")
    correct(made[1].pk, by=CONSOLE, version=1, values={"title_en": "Other"}, source_key="fuente")
    assert [Listing.objects.get(pk=one.pk).terminated_on for one in made] == [dt.date(2026, 12, 31), dt.date.min]
    assert counted(force="terminated") == 1


def test_renewal_that_states_its_end_prolongs(cities):
    lapsed = make.draft(cities[0], cities[1], signed="2015-05-01", term_years=5)
    record(lapsed)
    assert (counted(force="expired"), counted(force="in_force")) == (1, 0)
    renewal = dataclasses.replace(make.act(ActKind.RENEWAL, "2020-04-30"), until=dt.date(2030, 4, 30))
    record(dataclasses.replace(lapsed, acts=[renewal]))
    assert (counted(force="expired"), counted(force="in_force")) == (0, 1)
    made = Agreement.objects.get()
    assert (made.acts.get().until, made.listing.ends_on) == (dt.date(2030, 4, 30), dt.date(2030, 4, 30))
    record(dataclasses.replace(lapsed, acts=[dataclasses.replace(renewal, until=dt.date(2025, 4, 30))]))
    assert counted(force="expired") == 1


def counted(**filters):
    chosen = Filters.parse({name: [value] for name, value in filters.items()})
    return read.statistics(chosen, today=TODAY).total


def test_record_that_a_person_changed_is_left_alone_and_told(cities):
    draft = make.draft(cities[0], cities[1])
    record(draft)
    made = Agreement.objects.get()
    correct(made.pk, by=CONSOLE, version=made.version, values={"kind": "other"}, source_key="fuente")
    report = record(dataclasses.replace(draft, term_years=5))
    assert report.kept == [draft.reference]
    assert (Agreement.objects.get().kind, Agreement.objects.get().term_years) == ("other", None)


def test_failure_in_the_middle_leaves_nothing(cities):
    good = make.draft(cities[0], cities[1])
    bad = dataclasses.replace(make.draft(cities[0], cities[2]), term_years=5, is_open_ended=True)
    revision = Revision.objects.filter(name="agreements").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        record(good, bad)
    assert (Agreement.objects.count(), Listing.objects.count(), Statement.objects.count()) == (0, 0, 0)
    assert Revision.objects.filter(name="agreements").first() == revision
    assert trail.first_break() is None


def test_same_cities_get_addresses_of_their_own(cities):
    pairs = [make.draft(cities[0], cities[1], signed=signed) for signed in ("", "1978", "1999", "1999")]
    record(*pairs)
    slugs = sorted(Agreement.objects.values_list("slug", flat=True))
    assert len(set(slugs)) == 4
    assert slugs[:3] == ["guanajuato-toledo", "guanajuato-toledo-1978", "guanajuato-toledo-1999"]


def test_derived_agreement_points_to_its_parent_in_any_order(cities):
    parent = make.draft(cities[0], cities[1], reference="padre")
    child = make.draft(cities[0], cities[1], reference="hijo", derives_from="padre", kind=Kind.SPECIFIC_COOPERATION)
    record(child, parent)
    assert Agreement.objects.get(reference="hijo").derives_from.reference == "padre"


def test_unpublished_record_is_nowhere_to_be_seen(cities):
    record(make.draft(cities[0], cities[1]), published=False)
    slug = Agreement.objects.get().slug
    assert read.agreement(slug, today=TODAY, language="es") is None
    assert read.agreements(Filters(), today=TODAY, language="es").count == 0
    assert read.statistics(Filters(), today=TODAY).total == 0
    sheet = read.place(cities[0].slug, today=TODAY, language="es")
    assert (sheet.agreements, sheet.comparison, sheet.line.agreement_count) == ((), (), 0)


def test_publishing_and_withdrawing_turn_the_public_count(cities):
    made = make.agreement(cities[0], cities[1], is_published=False)
    publish(made.pk, by=CONSOLE, version=1, at=make.PUBLISHED)
    assert read.statistics(Filters(), today=TODAY).total == 1
    unpublish(made.pk, by=CONSOLE, version=2)
    assert read.statistics(Filters(), today=TODAY).total == 0
    assert list(TrailEntry.objects.order_by("number").values_list("code", flat=True))[-2:] == [
        "agreement.published",
        "agreement.unpublished",
    ]


def test_publishing_from_a_moment_to_come_is_refused(cities):
    made = make.agreement(cities[0], cities[1], is_published=False)
    with pytest.raises(ValueError, match="por venir"):
        publish(made.pk, by=CONSOLE, version=1, at=timezone.now() + dt.timedelta(hours=1))
    assert Agreement.objects.get().published_at is None


def test_second_editor_is_told_and_nothing_is_lost(cities):
    made = make.agreement(cities[0], cities[1])
    correct(made.pk, by=CONSOLE, version=1, values={"kind": "other"}, source_key="fuente")
    with pytest.raises(EditConflictError):
        correct(made.pk, by=CONSOLE, version=1, values={"kind": "unknown"}, source_key="fuente")
    assert Agreement.objects.get().kind == "other"


def test_field_that_is_no_persons_to_change_is_refused(cities):
    made = make.agreement(cities[0], cities[1])
    with pytest.raises(ValueError, match="version"):
        correct(made.pk, by=CONSOLE, version=1, values={"version": 7}, source_key="fuente")


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "friendship"},
        {"kind": None},
        {"registered": True},
        {"title_es": "  "},
        {"title_es": "a" * 301},
        {"signed_on": "1978-01-01", "signed_precision": "day"},
        {"signed_on": dt.datetime(1978, 1, 1, tzinfo=dt.UTC), "signed_precision": "day"},
        {"signed_on": dt.date(1978, 1, 1)},
        {"signed_precision": "day"},
        {"signed_on": dt.date(1978, 5, 3), "signed_precision": "year"},
        {"signed_on": dt.date(1978, 5, 3), "signed_precision": "month"},
        {"term_years": -1},
        {"term_years": True},
        {"term_years": 5, "is_open_ended": True},
        {"is_open_ended": 1},
        {"registered_on": "2019-13"},
        {"registered": "no", "registration_number": "7"},
    ],
)
def test_correction_to_what_no_record_may_be_is_refused(cities, values):
    made = make.agreement(cities[0], cities[1])
    with pytest.raises(CorrectionError):
        correct(made.pk, by=CONSOLE, version=1, values=values, source_key="fuente")
    assert Agreement.objects.get().version == 1


def test_correction_keeps_who_says_so(cities):
    made = make.agreement(cities[0], cities[1], signed="1978", said=[("signed_on", "1978")])
    make.source("acta")
    values = {
        "title_es": "Acuerdo", "kind": "unknown", "signed_on": dt.date(1979, 5, 1), "signed_precision": "month",
        "term_years": 5, "registered": "yes",
    }  # fmt: skip
    correct(made.pk, by=CONSOLE, version=1, values=values, source_key="acta", passage="foja 2")
    said = Statement.objects.filter(subject=made.pk, source__key="acta").values_list("field", "value", "passage")
    assert sorted(said) == [
        ("registered", "yes", "foja 2"),
        ("signed_on", "1979-05", "foja 2"),
        ("term_years", "5", "foja 2"),
    ]
    after = Agreement.objects.get()
    assert (after.has_official_title, after.listing.sources) == (True, "acta fuente")
    disputed = [
        one.value for one in read.agreement(made.slug, today=TODAY, language="es").statements if one.is_disputed
    ]
    assert sorted(disputed) == ["1978", "1979-05"]


def test_correction_on_the_word_of_nobody_is_refused(cities):
    made = make.agreement(cities[0], cities[1])
    with pytest.raises(KeyError):
        correct(made.pk, by=CONSOLE, version=1, values={"title_en": "Accord"}, source_key="nadie")
    assert Agreement.objects.get().version == 1


def test_visitor_may_do_none_of_it(cities):
    made = make.agreement(cities[0], cities[1])
    attempts = [
        lambda: record_past_agreements([], by=VISITOR, published_at=None),
        lambda: correct(made.pk, by=VISITOR, version=1, values={"kind": "other"}, source_key="fuente"),
        lambda: publish(made.pk, by=VISITOR, version=1, at=make.PUBLISHED),
        lambda: unpublish(made.pk, by=VISITOR, version=1),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowedError):
            attempt()
    assert Agreement.objects.get().version == 1


def test_contradictory_statements_stand_side_by_side(cities):
    made = make.agreement(cities[0], cities[1], signed="1978", said=[("signed_on", "1978"), ("signed_on", "1982")])
    sheet = read.agreement(made.slug, today=TODAY, language="es")
    assert [(said.field, said.value, said.is_disputed) for said in sheet.statements] == [
        ("signed_on", "1978", True),
        ("signed_on", "1982", True),
    ]
