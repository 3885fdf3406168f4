"""Pages made of many records ask the database as often for three of each as for one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models import Committee, WorkPlan
from hermanar.cooperation.rules.plans import ResourceLine, StaffLine
from hermanar.cooperation.vocabulary import PlanSide, ResourceKind
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import parse_partial
from tests.cooperation_acts import a_gift, a_tie, noted
from tests.guests import DrivenGuest
from tests.plans import DrivenPlan
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db
YEAR = 2025
STAFF = StaffLine(PlanSide.OWN, "Intérprete", 1, "Cinco días")
HALL = ResourceLine(ResourceKind.MATERIAL, PlanSide.OWN, "Una sala")


def grown(cast):
    """Add a tie with what was planned, done, given and decided under it, and one of which nobody noted anything."""
    tie, silent = a_tie(cast, signed="1987"), a_tie(cast, signed="1990")
    Agreement.objects.filter(pk__in=[tie.pk, silent.pk]).update(stage="signed")
    noted(cast, tie, on=f"{YEAR}-01-15", participants={"MX": 30})
    a_gift(cast, tie, on=parse_partial(f"{YEAR}-02-01"))
    named = {"office": cast.office, "agreement": tie, "name": f"Comité {tie.pk}", "area": "culture"}
    Committee.objects.create(**named, founded_on=dt.date(2020, 1, 1))
    plan = DrivenPlan(
        cast, tie, today=dt.date(YEAR, 6, 1), starts_on=dt.date(YEAR, 1, 1), ends_on=dt.date(YEAR + 2, 12, 31)
    )
    programme = plan.programme(YEAR)
    plan.staffed(programme, STAFF)
    plan.funded(programme, HALL)
    for _time in range(2):
        plan.plans(programme, starts_on=dt.date(YEAR, 3, 1), ends_on=dt.date(YEAR, 3, 2))
    return tie


@pytest.mark.parametrize(
    ("name", "arguments"), [("annual_report", [YEAR]), ("plans", []), ("prepare_proof", [])], ids=str
)
def test_page_asks_as_often_for_three_as_for_one(cast, django_assert_max_num_queries, name, arguments):
    director, address = client_of(cast.of(Role.DIRECTOR)), reverse(f"workspace:{name}", args=arguments)
    grown(cast)
    director.get(address)  # what is asked once for all is asked now
    with django_assert_max_num_queries(90) as one:
        assert director.get(address).status_code == 200
    for _time in range(2):
        grown(cast)
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert director.get(address).status_code == 200


def test_room_asks_as_often_for_three_plans_as_for_one(cast, django_assert_max_num_queries):
    guest = DrivenGuest(cast)

    def shared(first):
        days = {"starts_on": dt.date(first, 1, 1), "ends_on": dt.date(first + 1, 12, 31)}
        plan = DrivenPlan(guest.cast, guest.file.now, **days)
        plan.plans(plan.programme(first), starts_on=days["starts_on"], ends_on=days["starts_on"])
        WorkPlan.objects.filter(pk=plan.key).update(agreed_on=dt.date(2026, 1, 15))

    browser, address = client_of(guest.by), reverse("guest:room", args=[guest.file.key])
    shared(2026)
    browser.get(address)
    with django_assert_max_num_queries(60) as one:
        assert browser.get(address).status_code == 200
    for year in (2028, 2030):
        shared(year)
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert browser.get(address).status_code == 200
