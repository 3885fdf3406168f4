"""The vitality of the shipped agreements, tie by tie: what the sources' dated activities support, and no more."""

from __future__ import annotations

import datetime as dt

import pytest

from hermanar.agreements.models import Agreement, Listing
from hermanar.observatory.queries import lives
from hermanar.observatory.rules import turn_ahead, vitality
from hermanar.observatory.vocabulary import Vitality
from hermanar.workspace.due import reason_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("facts")]
# The reference of each tie that has a dated activity, with the newest of them; of the other ties no source dates any.
ASHLAND, SOUTH_BEND, SALINAS = "gto-19", "gto-21", "gto-24"
EVIDENCE = {
    ASHLAND: (dt.date(2024, 6, 22), "Celebración de los 55 años del hermanamiento."),
    SOUTH_BEND: (dt.date(2010, 12, 31), "Tanques de agua y equipo dental de South Bend."),
    SALINAS: (dt.date(2008, 12, 31), "Equipos de mamografía y ultrasonido y tanques de agua de Salinas Valley."),
}
ON = [
    (dt.date(2009, 6, 1), {SOUTH_BEND: "active", SALINAS: "active"}),
    (dt.date(2011, 6, 1), {SOUTH_BEND: "active", SALINAS: "dormant"}),
    (dt.date(2014, 6, 1), {SOUTH_BEND: "dormant", SALINAS: "silent"}),
    (dt.date(2020, 6, 1), {SOUTH_BEND: "silent", SALINAS: "silent"}),
    (dt.date(2022, 8, 1), {ASHLAND: "active", SOUTH_BEND: "silent", SALINAS: "silent"}),
    (dt.date(2024, 6, 22), {ASHLAND: "active", SOUTH_BEND: "silent", SALINAS: "silent"}),
    (dt.date(2026, 6, 22), {ASHLAND: "active", SOUTH_BEND: "silent", SALINAS: "silent"}),
    (dt.date(2026, 6, 23), {ASHLAND: "dormant", SOUTH_BEND: "silent", SALINAS: "silent"}),
    (dt.date(2029, 6, 22), {ASHLAND: "dormant", SOUTH_BEND: "silent", SALINAS: "silent"}),
    (dt.date(2029, 6, 23), {ASHLAND: "silent", SOUTH_BEND: "silent", SALINAS: "silent"}),
    (dt.date(2050, 1, 1), {ASHLAND: "silent", SOUTH_BEND: "silent", SALINAS: "silent"}),
]


@pytest.mark.parametrize(("today", "told"), ON)
def test_each_tie_is_as_alive_as_its_dated_activities_say(today, told):
    found = {one.agreement.reference: one.vitality.value for one in lives(Agreement.objects.all(), today=today)}
    assert len(found) == 60
    assert {reference: life for reference, life in found.items() if life != "unknown"} == told


def test_each_tie_gives_its_reason():
    reasons = {
        one.agreement.reference: reason_of(one) for one in lives(Agreement.objects.all(), today=dt.date(2026, 11, 21))
    }
    for reference, reason in reasons.items():
        _day, what = EVIDENCE.get(reference, (None, "Ninguna actividad con fecha"))
        assert what in reason, reference
    assert "22\xa0de junio de 2024" in reasons[ASHLAND]
    assert "23\xa0de junio de 2029" in reasons[ASHLAND], "the day it turns silent unless something is done"


def test_the_public_s_lists_rest_on_the_same_days():
    rows = Listing.objects.filter(evidence_on__isnull=False).values_list("agreement__reference", "evidence_on")
    assert dict(rows) == {reference: day for reference, (day, _what) in EVIDENCE.items()}


@pytest.mark.parametrize(
    ("evidence", "today", "becomes", "on"),
    [
        (None, dt.date(2026, 1, 1), None, None),
        (dt.date(2024, 6, 22), dt.date(2025, 12, 22), None, None),
        (dt.date(2024, 6, 22), dt.date(2025, 12, 23), Vitality.DORMANT, dt.date(2026, 6, 23)),
        (dt.date(2024, 6, 22), dt.date(2026, 6, 22), Vitality.DORMANT, dt.date(2026, 6, 23)),
        (dt.date(2024, 6, 22), dt.date(2026, 6, 23), None, None),
        (dt.date(2024, 6, 22), dt.date(2028, 12, 22), None, None),
        (dt.date(2024, 6, 22), dt.date(2028, 12, 23), Vitality.SILENT, dt.date(2029, 6, 23)),
        (dt.date(2024, 6, 22), dt.date(2029, 6, 23), None, None),
        (dt.date(2024, 2, 29), dt.date(2025, 9, 1), Vitality.DORMANT, dt.date(2026, 3, 1)),
    ],
)
def test_a_change_is_told_of_half_a_year_ahead(evidence, today, becomes, on):
    turn = turn_ahead(evidence, today)
    assert (turn and turn.becomes, turn and turn.on) == (becomes, on)
    if turn:
        assert vitality(evidence, turn.on) == becomes
