"""The ledger of each year: a gift stands for the donation it tells, so that no year loses one and none has it twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hermanar.cooperation.models import Activity
from hermanar.cooperation.queries import ledgers_of_office
from hermanar.cooperation.vocabulary import ActivityKind, Purpose, Side
from hermanar.foundation.calendar import parse_partial
from tests import factories as make
from tests.cooperation_acts import a_gift, a_tie

pytestmark = pytest.mark.django_db
YEARS = range(2018, 2023)
days = st.dates(dt.date(YEARS[0], 1, 1), dt.date(YEARS[-1], 12, 31)).map(str)
months = days.map(lambda day: day[:7])
years = days.map(lambda day: day[:4])


@pytest.fixture
def tie(cast):
    return a_tie(cast)


def counts(office, year=None):
    """Return how much the office's ledger counts of each thing and side, in all or in a year."""
    span = (dt.date(year, 1, 1), dt.date(year, 12, 31)) if year else None
    cells = ledgers_of_office(office, span=span)[0].cells
    return Counter({(cell.asset, cell.side, cell.is_donation): cell.count for cell in cells})


def donated(tie, on="2019-05-01", description="Equipo dental"):
    make.activity(tie, on, kind=ActivityKind.DONATION, description=description)
    Activity.objects.filter(agreement=tie, kind="donation").update(direction="received")
    return Activity.objects.get(agreement=tie, description_es=description)


def tells(cast, tie, donation, *, on):
    return a_gift(
        cast, tie, is_donation=True, purpose=Purpose.TECHNICAL, documented_as=donation.pk, on=parse_partial(on)
    )


@pytest.mark.parametrize(
    ("on", "in_years"), [("", [2019]), ("2019", [2019]), ("2019-05-01", [2019]), ("2020-02-03", [2020])]
)
def test_donation_told_by_a_gift_counts_once_in_all_years(cast, tie, on, in_years):
    tells(cast, tie, donated(tie), on=on)
    assert [year for year in YEARS if counts(cast.office, year)] == in_years
    assert sum(counts(cast.office).values()) == 1


def test_what_nobody_dated_is_of_no_year(cast, tie):
    tells(cast, tie, donated(tie, ""), on="")
    assert not any(counts(cast.office, year) for year in YEARS)
    assert ledgers_of_office(cast.office)[0].count(Side.RECEIVED, is_donation=True) == 1


# Of each donation: when a source says that it was; whether a gift tells it, and the gift's own date, if it has one.
donations = st.lists(st.tuples(days | months | years, st.none() | st.just("") | days | months | years), max_size=4)


# Each example writes what it tells by the office's verbs: making a failure smaller would take minutes.
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(donations, st.lists(days | years, max_size=3), st.lists(days | years, max_size=3))
def test_years_add_up_to_the_undivided_ledger_where_all_is_dated(cast, tie, documented, visits, gifts):
    with transaction.atomic():
        for number, (on, gift_on) in enumerate(documented):
            known = donated(tie, on, f"Equipo {number}")
            if gift_on is not None:
                tells(cast, tie, known, on=gift_on)
        for on in visits:
            make.activity(tie, on)
        for on in gifts:
            a_gift(cast, tie, on=parse_partial(on))
        assert sum((counts(cast.office, year) for year in YEARS), Counter()) == counts(cast.office)
        transaction.set_rollback(True)
