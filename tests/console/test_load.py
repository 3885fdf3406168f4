"""The shipped facts, loaded as a person's first `make run` loads them."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from hermanar.agreements.actions import take_over
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import documented_of
from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from hermanar.cooperation.models import Activity
from hermanar.directory.models import Place
from hermanar.foundation import trail
from hermanar.foundation.access import CONSOLE, Actor, Role
from hermanar.foundation.models import Statement, TrailEntry
from hermanar.offices.actions import OfficeDraft, found_office
from hermanar.offices.vocabulary import Level

pytestmark = pytest.mark.usefixtures("facts")

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def real_office(db):
    """Found the real office of Guanajuato, for one test."""
    place = Place.objects.get(identifiers__scheme="inegi", identifiers__value="11015")
    return found_office(OfficeDraft("guanajuato", "Guanajuato", Level.MUNICIPALITY, place.pk), by=CONSOLE)


def counted(**filters):
    return read.statistics(Filters.parse({name: [value] for name, value in filters.items()}), today=TODAY)


def test_guanajuato_has_its_thirty_four():
    counts = counted(host="Guanajuato")
    assert counts.total == 34
    assert counts.by_regime == {"treaties_law": 22, "between_mexican": 12}
    assert counts.by_scope == {"international": 22, "national": 10, "in_state": 2}
    assert (counts.by_country["ES"], counts.by_country["US"], counts.by_country["MX"]) == (7, 6, 12)
    assert counts.registered == {"yes": 1, "no": 0, "unknown": 33}


def test_benito_juarez_has_its_nineteen_by_any_name():
    for name in ("Benito Juárez", "Cancún", "cancun", "inegi:23005"):
        counts = counted(host=name)
        assert (counts.total, counts.by_regime["between_mexican"], counts.by_kind) == (19, 10, {"unknown": 19})


def test_everything_counts_sixty():
    counts = counted()
    assert counts.total == 60
    assert counts.by_regime == {"treaties_law": 35, "between_mexican": 22, "foreign_only": 3}
    assert counts.by_force == {"unknown": 58, "expired": 2}
    assert sum(counts.by_kind.values()) == sum(counts.by_vitality.values()) == 60


def test_life_rests_on_dated_evidence_beside_what_the_source_said():
    ashland = read.agreement("guanajuato-ashland", today=TODAY, language="es")
    assert (ashland.line.vitality, ashland.line.evidence_on) == ("dormant", "2024-06-22")
    assert [one.description for one in ashland.activities if one.is_newest_evidence] == [
        "Celebración de los 55 años del hermanamiento."
    ]
    assert [(said.value, said.as_of) for said in ashland.statements if said.field == "active"] == [("yes", "2020")]
    toledo = read.agreement("guanajuato-toledo", today=TODAY, language="es")
    assert (toledo.line.vitality, toledo.line.signed_on) == ("unknown", "1978")  # a ratification is no evidence


def test_a_real_office_takes_over_the_thirty_four_and_loading_again_leaves_them(real_office):
    office = real_office
    director = Actor("directora", Role.DIRECTOR, office.pk)
    keys = list(documented_of(office).values_list("pk", flat=True))
    assert len(take_over(keys, office=office.pk, by=director, today=TODAY)) == 34
    call_command("load", verbosity=0)
    assert (Agreement.objects.filter(office=office).count(), Agreement.objects.count()) == (34, 60)
    assert counted(host="Guanajuato").total == 34


def test_corrected_places_keep_the_reason():
    sheet = read.agreement("guanajuato-ashland", today=TODAY, language="es")
    assert {(one.resolution, "Oregón" in one.reason) for one in sheet.reports} == {("corrected", True)}
    santa_fe = next(
        line
        for line in read.place("guanajuato", today=TODAY, language="es").comparison
        if line.counterpart_id == "geonames:2511160"
    )
    assert (santa_fe.finding, "Mondújar" in santa_fe.reports[0].reason) == ("both", True)


def test_city_shows_documents_beside_reports():
    findings = [line.finding for line in read.place("guanajuato", today=TODAY, language="es").comparison]
    assert {name: findings.count(name) for name in set(findings)} == {
        "both": 11,
        "only_agreement": 11,
        "only_reported": 3,
        "out_of_coverage": 12,
    }


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("alcala", "Alcalá de Henares"),
        ("umea", "Umeå"),
        ("cancun", "Benito Juárez"),
        ("mar del plata", "Mar del Plata"),
        ("guanajato", "Guanajuato"),
    ],
)
def test_searching_finds_what_a_person_means(text, meant):
    assert meant in [line.name for line in read.places(text, language="es", limit=5)][:3]
    page = read.agreements(Filters(q=text), today=TODAY, language="es")
    assert page.count > 0
    assert any(party.name == meant for party in page.items[0].parties)


def test_loading_again_loses_and_adds_nothing():
    before = [
        Agreement.objects.count(),
        Activity.objects.count(),
        Statement.objects.count(),
        TrailEntry.objects.count(),
    ]
    call_command("load", verbosity=0)
    after = [Agreement.objects.count(), Activity.objects.count(), Statement.objects.count(), TrailEntry.objects.count()]
    assert after == before
    assert trail.first_break() is None


def test_installation_is_sound(capsys):
    # The PostgreSQL of the tests may lose what it confirmed, which is the one thing wrong with it.
    is_durable = connection.vendor == "sqlite"
    with nullcontext() if is_durable else pytest.raises(CommandError, match="fsync, full_page_writes"):
        call_command("check")
    assert "60" in capsys.readouterr().out
