"""Activities: what is to come proves nothing, and a corrected row takes the place of the one it corrects."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from hermanar.agreements.models import Agreement, Listing
from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from hermanar.cooperation.actions import ActivityDraft, record_activities
from hermanar.cooperation.models import Activity
from hermanar.cooperation.rules import NotYetDoneError, is_newest_evidence
from hermanar.cooperation.vocabulary import ActivityKind, Direction
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.models import TrailEntry
from hermanar.observatory.queries import lives
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)
NEW_YEAR = dt.date(2029, 1, 1)


@pytest.fixture
def agreement():
    return make.agreement(make.place("Guanajuato"), make.place("Toledo", code="ES"))


def draft(agreement, start, end="", **values):
    return ActivityDraft(
        agreement_id=agreement.pk, kind=ActivityKind.VISIT, direction=Direction.MUTUAL, start=parse_partial(start),
        end=parse_partial(end or start), description_es="Visita", description_en="", source_key="fuente", **values,
    )  # fmt: skip


def record(*drafts):
    return record_activities(drafts, by=CONSOLE, today=TODAY)


def test_activity_to_come_is_refused(agreement):
    with pytest.raises(NotYetDoneError):
        record(draft(agreement, "2025"), draft(agreement, "2026-11-22"))
    assert Activity.objects.count() == 0


@pytest.mark.parametrize(
    ("start", "end", "evidence"),
    [
        ("2026", "", dt.date(2026, 12, 31)),
        ("2026-11", "", dt.date(2026, 11, 30)),
        ("2026-09-01", "2027-06-30", dt.date(2027, 6, 30)),
        ("2026", "9999", dt.date.max),
        ("2025", "", dt.date(2025, 12, 31)),
        ("2026-11-21", "", TODAY),
    ],
)
def test_evidence_counts_from_its_last_day_and_is_shown_no_further_than_today(agreement, start, end, evidence):
    record(draft(agreement, start, end))
    kept = Listing.objects.get()
    assert kept.evidence_on == Activity.objects.get().ended_on == evidence
    shown = read.agreement(kept.slug, today=TODAY, language="es").line.evidence_on
    [[row]] = read.agreement_rows(Filters(), today=TODAY, language="es")
    assert shown == row[read.ROW_FIELDS.index("evidence_on")] == min(evidence, TODAY).isoformat()


def test_a_year_is_evidence_for_office_and_public_alike_whenever_it_was_entered(agreement):
    """Decision 6: it counts from 31 December; entered in February it would else be forgotten ten months early."""
    record_activities([draft(agreement, "2026")], by=CONSOLE, today=dt.date(2026, 2, 10))
    slug, kept = Listing.objects.get().slug, [Agreement.objects.get()]
    for day, told in ((dt.date(2026, 2, 10), "active"), (dt.date(2028, 12, 31), "active"), (NEW_YEAR, "dormant")):
        assert read.agreement(slug, today=day, language="es").line.vitality == told
        [life] = lives(kept, today=day)
        assert (life.vitality, life.evidence_on) == (told, dt.date(2026, 12, 31))
    assert {lives(kept, today=day)[0].turn.on for day in (dt.date(2026, 2, 10), dt.date(2028, 12, 31))} == {NEW_YEAR}


def test_corrected_row_takes_the_place_of_the_one_it_corrects(agreement):
    first = draft(agreement, "2024", reference="visita-1")
    other = draft(agreement, "2020", reference="visita-2")
    assert (record(first, other), record(first, other)) == (2, 0)
    entries = TrailEntry.objects.count()
    corrected = dataclasses.replace(
        first, start=parse_partial("2023"), end=parse_partial("2023"), description_es="Una visita"
    )
    assert record(corrected, other) == 1
    assert sorted(Activity.objects.values_list("description_es", flat=True)) == ["Una visita", "Visita"]
    assert Listing.objects.get().evidence_on == dt.date(2023, 12, 31)
    assert TrailEntry.objects.count() == entries + 1


def test_activity_without_reference_is_kept_once(agreement):
    assert (record(draft(agreement, "2024")), record(draft(agreement, "2024"))) == (1, 0)


@pytest.mark.parametrize("later", [0, 1, 400])
def test_what_goes_on_stays_the_newest_evidence_on_later_days(agreement, later):
    record(draft(agreement, "2026", reference="a"), draft(agreement, "2025", reference="b"))
    slug, day = Listing.objects.get().slug, TODAY + dt.timedelta(days=later)
    lines = read.agreement(slug, today=day, language="es").activities
    assert [(line.started_on, line.is_newest_evidence) for line in lines] == [("2026", True), ("2025", False)]


def test_nothing_is_newest_evidence_where_nothing_is_dated(agreement):
    assert not is_newest_evidence(None, None)
    assert not is_newest_evidence(None, TODAY)
    assert not is_newest_evidence(TODAY, None)
