"""Lists, their facets and their cursors."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from hermanar.agreements import actions
from hermanar.agreements.models import Listing
from hermanar.catalogue import read
from hermanar.catalogue.search import (
    FACETS,
    AmbiguousPlaceError,
    BadCursorError,
    BadFilterError,
    Filters,
    UnknownPlaceError,
)
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.tables import inert
from tests import factories as make
from tests.catalogue.conftest import TODAY


def page(filters=None, **values):
    return read.agreements(filters or Filters(), today=TODAY, language=values.pop("language", "es"), **values)


def slugs(**asked):
    return [line.slug for line in page(Filters.parse({name: [value] for name, value in asked.items()})).items]


def slug(world, *names):
    return [world.agreements[name].slug for name in names]


def test_list_is_newest_first_and_hides_what_is_not_published(world):
    assert slugs() == slug(world, "leon_es", "mar_del_plata", "umea", "alcala", "ashland", "leon")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("alcala", ["alcala"]),
        ("Alcalá", ["alcala"]),
        ("umea", ["umea"]),
        ("cancun", ["mar_del_plata", "umea"]),
        ("mar del plata", ["mar_del_plata"]),
        ("guanajato", ["alcala", "ashland", "leon", "leon_es"]),
        ("suecia", ["umea"]),
        ("Sweden", ["umea"]),
        ("hermanamientos culturales", []),
        ("hermanamiento cultura", ["alcala", "ashland"]),
        ("guanajuato y ashland", ["ashland"]),
        ("oculto", []),
        ("quintana roo", ["mar_del_plata", "umea"]),
        ('"', []),
        ("東京", []),
        ("ashlan", ["ashland"]),
    ],
)
def test_text_finds_what_a_person_means(world, text, found):
    assert slugs(q=text) == slug(world, *found)


def test_exact_name_stands_first(world):
    make.agreement(
        world.places["cancun"],
        world.places["ashland"],
        signed="2025",
        title_es="Hermanamiento por León y otras ciudades",
    )
    assert [line.signed_on for line in page(Filters(q="león")).items] == ["2020-01-01", None, "2025"]


def test_exact_name_stands_first_across_pages(world):
    make.agreement(world.places["cancun"], world.places["ashland"], signed="2025", title_es="Hermanamiento por León")
    seen, cursor = [], None
    for _number in range(3):
        got = page(Filters(q="león"), limit=1, cursor=cursor)
        seen += [line.signed_on for line in got.items]
        cursor = got.next
    assert (seen, cursor) == (["2020-01-01", None, "2025"], None)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"host": "Guanajuato"}, ["alcala", "ashland", "leon"]),
        ({"host": "inegi:11015"}, ["alcala", "ashland", "leon"]),
        ({"host": "guanajuato"}, ["alcala", "ashland", "leon"]),
        ({"host": "Benito Juárez"}, ["mar_del_plata", "umea"]),
        ({"host": "CANCUN"}, ["mar_del_plata", "umea"]),
        ({"place": "Umeå"}, ["umea"]),
        ({"host": "Umeå"}, []),
        ({"country": "ES"}, ["leon_es", "alcala"]),
        ({"country": "MX"}, ["leon"]),
        ({"state": "guanajuato-1"}, []),
        ({"kind": "unknown"}, ["leon"]),
        ({"regime": "between_mexican"}, ["leon"]),
        ({"scope": "in_state"}, ["leon"]),
        ({"force": "in_force"}, ["mar_del_plata", "umea"]),
        ({"vitality": "active"}, ["ashland"]),
        ({"vitality": "silent"}, ["alcala"]),
        ({"registered": "yes"}, ["ashland"]),
        ({"area": "culture"}, ["alcala", "ashland"]),
        ({"source": "otra-fuente"}, ["umea"]),
        ({"decade": "unknown"}, ["leon"]),
        ({"decade": "1980"}, ["alcala"]),
        ({"stage": "recorded", "country": "SE"}, ["umea"]),
        ({"signed_from": "1987-12-21", "signed_to": "2001"}, ["umea", "alcala"]),
        ({"signed_to": "1969-08"}, []),
    ],
)
def test_filters(world, asked, found):
    assert slugs(**asked) == slug(world, *found)


def test_several_values_mean_any_of_them(world):
    got = page(Filters.parse({"country": ["SE", "AR"], "force": ["in_force", "unknown"]}))
    assert [line.slug for line in got.items] == slug(world, "mar_del_plata", "umea")


def test_name_of_several_places_with_agreements_lists_them(world):
    with pytest.raises(AmbiguousPlaceError) as refusal:
        page(Filters(place=("León",)))
    told = [(place.id, place.distinction, place.agreement_count) for place in refusal.value.candidates]
    assert sorted(told) == [
        (told_id, distinction, count)
        for told_id, distinction, count in sorted(
            [("inegi:11020", "Guanajuato, México", 2), (told[1][0], "Castilla y León, España", 1)]
        )
    ]


def test_host_means_the_one_that_hosts(world):
    assert slugs(host="León") == slug(world, "leon_es", "leon")


@pytest.mark.parametrize("text", ["Nadie", "inegi:99999", "wikidata:Q1", "geonames:x"])
def test_unknown_place_is_refused(world, text):
    with pytest.raises(UnknownPlaceError):
        page(Filters(host=(text,)))


def test_unpublished_agreement_does_not_help_a_name(world):
    twin = make.place("Umeå", code="US")
    with pytest.raises(AmbiguousPlaceError):
        page(Filters(host=("Umeå",), place=("leon",)))
    assert twin.pk


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"color": ["red"]}, "unknown_parameter"),
        ({"kind": ["love"]}, "unknown_value"),
        ({"country": ["Spain"]}, "unknown_value"),
        ({"decade": ["1987"]}, "unknown_value"),
        ({"signed_from": ["1987-13"]}, "bad_date"),
        ({"signed_to": ["1987-02-30"]}, "bad_date"),
        ({"signed_to": ["0000"]}, "bad_date"),
        ({"q": ["x" * 10_000]}, "too_long"),
        ({"q": ["a\x00b"]}, "not_text"),
        ({"q": ["a", "b"]}, "repeated"),
        ({"kind": ["twinning"] * 30}, "repeated"),
    ],
)
def test_what_cannot_be_asked_is_refused(parameters, reason):
    with pytest.raises(BadFilterError) as refusal:
        Filters.parse(parameters)
    assert (refusal.value.reason, refusal.value.parameter) == (reason, next(iter(parameters)))
    assert refusal.value.parameter in str(refusal.value)


def test_empty_parameters_ask_nothing():
    assert Filters.parse({"q": [" "], "kind": [""]}) == Filters()


@pytest.mark.parametrize("limit", [0, -1, 501])
def test_limit_is_bounded(world, limit):
    with pytest.raises(BadFilterError):
        page(limit=limit)


def test_cursor_walks_through_all_without_a_gap(world):
    own, partner = world.places["guanajuato"], world.places["alcala"]
    make.agreements(*[make.draft(own, partner, signed="1990") for _number in range(90)])
    seen, cursor = [], None
    while True:
        got = page(limit=7, cursor=cursor)
        seen += [line.slug for line in got.items]
        cursor = got.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == got.count == 96


@pytest.mark.parametrize("tampered", ["", "x", "e30:x", None])
def test_cursor_of_another_list_is_refused(world, tampered):
    cursor = page(limit=2).next
    assert cursor
    other = Filters(country=("ES",)) if tampered is None else Filters()
    with pytest.raises(BadCursorError):
        page(other, limit=2, cursor=cursor if tampered is None else (tampered or "-") + cursor)


def counts(got):
    return {facet.name: {option.value: option.count for option in facet.options} for facet in got.facets}


def test_facets_count_what_matches(world):
    got = counts(page(Filters(host=("inegi:11015",))))
    assert {name: got[name] for name in ("country", "kind", "registered", "vitality", "decade", "area")} == {
        "country": {"ES": 1, "MX": 1, "US": 1},
        "kind": {"twinning": 2, "unknown": 1},
        "registered": {"no": 1, "unknown": 1, "yes": 1},
        "vitality": {"active": 1, "silent": 1, "unknown": 1},
        "decade": {"1960": 1, "1980": 1, "unknown": 1},
        "area": {"culture": 2, "education": 1},
    }
    assert [facet.name for facet in page().facets] == list(FACETS)


def test_chosen_facet_offers_its_alternatives(world):
    facet = next(facet for facet in page(Filters(country=("SE",), kind=("other",))).facets if facet.name == "kind")
    assert [(option.value, option.count, option.is_chosen) for option in facet.options] == [
        ("twinning", 1, False),
        ("other", 0, True),
    ]


def test_labels_are_in_the_language_asked_for(world):
    facets = {facet.name: facet for facet in page(language="en").facets}
    labels = {option.value: option.label for option in facets["country"].options}
    assert labels == {"ES": "Spain", "US": "United States", "SE": "Sweden", "AR": "Argentina", "MX": "Mexico"}
    assert {option.label for option in facets["host"].options} == {"Guanajuato", "Benito Juárez", "León"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_index")
@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_a_fixed_number_of_queries(count):
    own, partner = make.place("Guanajuato"), make.place("Ashland", code="US")
    make.agreements(*[make.draft(own, partner) for _number in range(count)])
    page()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        got = page()
    # revision, listings, names of hosts and states and sources
    assert (len(got.items), len(queries)) == (count, 4)


def test_streams_hold_what_lists_hold(world):
    lines = list(read.agreement_lines(Filters(), today=TODAY, language="es"))
    assert sorted(lines, key=lambda line: line.slug) == sorted(page().items, key=lambda line: line.slug)
    chosen = Filters(host=("guanajuato",))
    assert tuple(read.agreement_lines(chosen, today=TODAY, language="es")) == page(chosen).items


@pytest.mark.parametrize("filters", [Filters(), Filters(host=("guanajuato",)), Filters(q="suecia")])
@pytest.mark.parametrize("language", ["es", "en"])
def test_rows_say_what_lines_say(world, filters, language):
    rows = [row for batch in read.agreement_rows(filters, today=TODAY, language=language) for row in batch]
    told = [dict(zip(read.ROW_FIELDS, row, strict=True)) for row in rows]
    worded = [{name: told_row.pop(name) for name in read.ROW_FIELDS if name.endswith("_words")} for told_row in told]
    with translation.override(language):
        for row, words in zip(told, worded, strict=True):
            for name in ("kind", "regime", "scope", "stage", "force", "vitality", "registered"):
                assert words[f"{name}_words"] == read.word(name, row[name])
            assert words["areas_words"] == "; ".join(read.word("area", one) for one in row["areas"].split("; ") if one)
    lines = list(read.agreement_lines(filters, today=TODAY, language=language))
    assert told == [
        {
            **{name: getattr(line, name) or "" for name in read.ROW_FIELDS if hasattr(line, name)},
            "parties": "; ".join(party.name for party in line.parties),
            "party_ids": "; ".join(party.id for party in line.parties),
            "party_countries": "; ".join(party.country for party in line.parties),
            "areas": "; ".join(line.areas),
            "sources": "; ".join(line.sources),
        }
        for line in lines
    ]
    assert len(read.row_headings(language)) == len(read.ROW_FIELDS)
    assert csv_of(filters, language) == rows


def csv_of(filters, language):
    batches = read.agreement_csv_rows(filters, today=TODAY, language=language)
    lines = "\r\n".join(line for batch in batches for line in batch)
    return [tuple(row) for row in csv.reader(io.StringIO(lines, newline=""))]


def test_no_text_of_a_row_runs_or_moves_its_neighbours(world):
    told = {"title_es": '=1+1, "dos"', "party_names_es": "León,\r\nAlcalá", "party_ids": "-1", "areas": "@x \ty"}
    Listing.objects.filter(agreement=world.agreements["leon"].pk).update(**told, signed_precision="=y", sources='"')
    rows = [row for batch in read.agreement_rows(Filters(), today=TODAY, language="es") for row in batch]
    assert any("=y" in row and told["title_es"] in row for row in rows)
    assert csv_of(Filters(), "es") == [tuple(inert(cell) for cell in row) for row in rows]


def test_correction_is_seen_at_once(world):
    record = world.agreements["leon"]
    actions.correct(record.pk, by=CONSOLE, version=record.version, values={"kind": "other"}, source_key="fuente")
    assert slugs(kind="other") == [record.slug]


def test_unpublished_is_gone_at_once(world):
    record = world.agreements["leon"]
    actions.unpublish(record.pk, by=CONSOLE, version=record.version)
    assert record.slug not in slugs()
    assert read.agreement(record.slug, today=TODAY, language="es") is None


def test_party_in_the_language_asked_for(world):
    line = read.agreement(world.agreements["alcala"].slug, today=TODAY, language="en").line
    assert [(party.name, party.country_name) for party in line.parties] == [
        ("Guanajuato", "Mexico"),
        ("Alcala de Henares", "Spain"),
    ]
    assert dataclasses.asdict(line)["signed_on"] == "1987-12-21"


def test_state_for_whoever_watches(world):
    assert read.state(today=dt.date(2026, 1, 1)) == {"published": 6, "indexed": 6, "revision": 5, "on_disk": True}
