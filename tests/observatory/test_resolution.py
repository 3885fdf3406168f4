"""Which place a source means, and which rows tell one tie: tables of cases, no database."""

from uuid import UUID

import pytest

from hermanar.foundation.words import fold
from hermanar.observatory.rules import (
    Candidate,
    Geocode,
    NameParts,
    Reported,
    Surroundings,
    Verdict,
    are_namesakes,
    city_of,
    end_key,
    finding,
    is_extension,
    is_variant,
    name_parts,
    names_region,
    pair_key,
    resolved_place,
    tie_of,
    told_by_partner,
    told_by_writing,
    told_exactly,
)
from hermanar.observatory.vocabulary import Finding, Reason, Resolution


def place(key, *names, kind="city", size=0, at=(None, None), region=""):
    return Candidate(key, kind, frozenset(map(fold, names)), size, *at, region)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Umeå", NameParts("umea")),
        ("Cerro (Havana)", NameParts("cerro", "Havana")),
        ("Havana – Cerro", NameParts("cerro", "Havana")),
        ("Celle (district)", NameParts("celle", area_word="district")),
        ("Dębica (rural gmina)", NameParts("debica", area_word="rural gmina")),
        ("Doksy (Kladno District)", NameParts("doksy", "Kladno District")),
        ("Cuautla, Jalisco", NameParts("cuautla")),
        ("Newry, Mourne and Down", NameParts("newry mourne and down")),
        ("Volusia County", NameParts("volusia county", "", "county")),
        ("County Wexford", NameParts("county wexford", "", "county")),
        ("Eivissa municipality", NameParts("eivissa")),
    ],
)
def test_a_written_name_is_taken_apart(name, parts):
    assert name_parts(name) == parts


HINT = place("hint", "Laredo", size=256_000, at=(27.5, -99.5))
SMALL = place("small", "Kvam", size=844, at=(61.7, 9.7))
CASES = {
    "a name at its position": (
        Reported("Laredo", "US", Geocode.NEAR), Surroundings(HINT), (Resolution.IDENTIFIER, "hint", Reason.NEAR),
    ),
    "a district is not its town": (
        Reported("Laredo (district)", "US", Geocode.NEAR), Surroundings(HINT),
        (Resolution.NOT_A_CITY, None, Reason.AREA_WORD),
    ),
    "a region is not a town near by": (
        Reported("Alagoas", "BR", Geocode.NEAR), Surroundings(place("x", "Marechal Deodoro"), is_region_name=True),
        (Resolution.NOT_A_CITY, None, Reason.REGION_NAME),
    ),
    "no country": (Reported("Tōmi", ""), Surroundings(), (Resolution.NOT_FOUND, None, Reason.COUNTRY_UNKNOWN)),
    "no country, but a position and its name there": (
        Reported("Stanley", "", latitude=-51.7, longitude=-57.9),
        Surroundings(near=(place("s", "Stanley", at=(-51.7, -57.85)),)),
        (Resolution.NAME_AND_POSITION, "s", Reason.SAME_NAME_NEAR),
    ),
    "no country, and another name at the position": (
        Reported("Stanley", "", latitude=-51.7, longitude=-57.9),
        Surroundings(near=(place("x", "Darwin", at=(-51.7, -57.85)),)),
        (Resolution.NOT_FOUND, None, Reason.COUNTRY_UNKNOWN),
    ),
    "vouched for": (
        Reported("Campeche", "MX", is_vouched=True), Surroundings(HINT),
        (Resolution.IDENTIFIER, "hint", Reason.OWN_IDENTIFIER),
    ),
    "close": (
        Reported("Laredo", "US", Geocode.FAR, 33, 1), Surroundings(HINT), (Resolution.IDENTIFIER, "hint", Reason.CLOSE),
    ),
    "the position is another country's": (
        Reported("Laredo", "US", Geocode.FAR, 7_000, 1), Surroundings(HINT, country_km=5_000),
        (Resolution.NAME_ONLY, "hint", Reason.ONLY_ONE),
    ),
    "a town wins over a wrong position": (
        Reported("Laredo", "US", Geocode.FAR, 900, 1), Surroundings(HINT, country_km=5_000),
        (Resolution.NAME_ONLY, "hint", Reason.ONLY_ONE_FAR),
    ),
    "a village does not": (
        Reported("Kvam", "NO", Geocode.FAR, 294, 1), Surroundings(SMALL, country_km=1_700),
        (Resolution.NOT_FOUND, None, Reason.POSITION_CONTRADICTS),
    ),
    "a part of a city elsewhere": (
        Reported("Laredo (Lima)", "US", Geocode.FAR, 900, 1), Surroundings(HINT, country_km=5_000),
        (Resolution.NOT_A_CITY, None, Reason.PART_OF_CITY),
    ),
    "a province of the name is not the town elsewhere": (
        Reported("Ibaraki", "JP", Geocode.FAR, 472, 1),
        Surroundings(place("o", "Ibaraki", size=280_000, region="osaka"), country_km=2_500, is_region_name=True),
        (Resolution.NOT_A_CITY, None, Reason.REGION_NAME),
    ),
    "homonyms of like size": (
        Reported("Woodstock", "US", Geocode.NONE, None, 10),
        Surroundings(place("il", "Woodstock", size=25_000), (place("ga", "Woodstock", size=30_000),)),
        (Resolution.HOMONYMS, None, Reason.SEVERAL),
    ),
    "one far larger": (
        Reported("Riverside", "US", Geocode.NONE, None, 20),
        Surroundings(place("ca", "Riverside", size=317_000), (place("oh", "Riverside", size=25_000),)),
        (Resolution.NAME_ONLY, "ca", Reason.FAR_LARGER),
    ),
    "a suggestion of another name": (
        Reported("Patuca", "HN", Geocode.FAR, 100, 1), Surroundings(place("x", "Barra Patuca")),
        (Resolution.NOT_FOUND, None, Reason.NAME_CONTRADICTS),
    ),
    "a name at the source's position": (
        Reported("Mark", "SE", latitude=57.5, longitude=12.7),
        Surroundings(near=(place("m", "Mark", at=(57.5, 12.8)),)),
        (Resolution.NAME_AND_POSITION, "m", Reason.SAME_NAME_NEAR),
    ),
    "a variant at the source's position": (
        Reported("Orange Walk Town", "BZ", latitude=18.1, longitude=-88.6),
        Surroundings(near=(place("o", "Orange Walk", at=(18.1, -88.6)),)),
        (Resolution.NAME_AND_POSITION, "o", Reason.VARIANT_NEAR),
    ),
    "nobody of the name near": (
        Reported("Aishō", "JP", latitude=35.1, longitude=136.2),
        Surroundings(near=(place("h", "Hikone", at=(35.2, 136.2)),)),
        (Resolution.NOT_FOUND, None, Reason.NOBODY_NEAR),
    ),
    "a borough the directory lacks": (
        Reported("Mapo (Seoul)", "KR", latitude=37.5, longitude=126.9),
        Surroundings(near=(place("s", "Seoul", at=(37.5, 127.0)),)), (Resolution.NOT_A_CITY, None, Reason.PART_OF_CITY),
    ),
    "the municipality of the name": (
        Reported("Centro", "MX", Geocode.FAR, 790, 1),
        Surroundings(None, (place("27004", "Centro", kind="municipality"), place("x", "Centro", kind="locality"))),
        (Resolution.HEAD_TOWN, "27004", Reason.MUNICIPALITY),
    ),
    "several municipalities": (
        Reported("Allende", "MX"),
        Surroundings(None, (place("a", "Allende", kind="municipality"), place("b", "Allende", kind="municipality"))),
        (Resolution.HOMONYMS, None, Reason.SEVERAL),
    ),
    "a state where no municipality bears the name": (
        Reported("Jalisco", "MX"), Surroundings(None, (place("14", "Jalisco", kind="state"),)),
        (Resolution.NAME_ONLY, "14", Reason.STATE),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("reported", "around", "expected"), CASES.values(), ids=CASES)
def test_a_reported_place_is_resolved_or_left_open_with_a_reason(reported, around, expected):
    verdict = resolved_place(reported, around)
    assert (verdict.resolution, verdict.place, verdict.reason) == expected


def test_every_reason_makes_a_sentence():
    values = {"km": "3", "word": "county", "within": "Seoul", "name": "Umeå", "es": "x"}
    assert [reason for reason in Reason if "%" in str(reason.label) % values] == []


@pytest.mark.parametrize(
    ("one", "other", "is_one_name"),
    [
        ("de witt", "dewitt", True), ("st anthony", "saint anthony", True), ("anyang", "anyang si", True),
        ("mizhhiria", "mizhhirya", True), ("wells", "wells", True), ("kvam", "kvan", False), ("of the", "de la", False),
        ("viana do alentejo", "viana do castelo", False),
    ],
)  # fmt: skip
def test_spellings_of_one_name(one, other, is_one_name):
    assert is_variant(one, other) is is_one_name


def test_a_name_with_its_surname():
    assert is_extension("caravaca", "caravaca de la cruz")
    assert not is_extension("welwyn", "welwyn hatfield")


SEVERAL = Verdict(Resolution.HOMONYMS, None, Reason.SEVERAL)
NOWHERE = Verdict(Resolution.NOT_FOUND, None, Reason.NO_POSITION)
AREA = Verdict(Resolution.NOT_A_CITY, None, Reason.AREA_WORD)
PART = Verdict(Resolution.NOT_A_CITY, None, Reason.PART_OF_CITY)
NEAR = Verdict(Resolution.IDENTIFIER, "a", Reason.NEAR)


def test_open_places_hear_their_partners_only_when_these_agree():
    assert told_by_partner(SEVERAL, {"a"}) == Verdict(Resolution.NAME_ONLY, "a", Reason.SAME_PARTNER)
    assert told_by_partner(SEVERAL, {"a", "b"}) == SEVERAL
    assert told_by_partner(SEVERAL, ()) == SEVERAL
    assert told_by_partner(AREA, {"a"}) == AREA


def test_a_country_is_a_slip_only_where_it_has_no_place_of_the_name():
    slip = Verdict(Resolution.NAME_ONLY, "a", Reason.COUNTRY_SLIP)
    assert told_by_partner(NOWHERE, (), abroad={"a"}, is_known_here=False) == slip
    assert told_by_partner(NOWHERE, (), abroad={"a"}, is_known_here=True) == NOWHERE
    assert told_by_partner(NOWHERE, (), abroad={"a", "b"}, is_known_here=False) == NOWHERE
    assert told_by_partner(NOWHERE, {"b"}, abroad={"a"}, is_known_here=False).place == "b"
    assert told_by_partner(NOWHERE, {"b", "c"}, abroad={"a"}, is_known_here=False) == NOWHERE
    assert told_by_partner(AREA, (), abroad={"a"}, is_known_here=False) == AREA


def test_what_the_other_page_says_exactly_corrects_a_plain_name():
    assert told_exactly(NEAR, {"b"}) == Verdict(Resolution.NAME_ONLY, "b", Reason.NAMED_EXACTLY)
    assert told_exactly(NEAR, {"a"}) == told_exactly(NEAR, {"b", "c"}) == told_exactly(NEAR, ()) == NEAR
    for reason in (Reason.CORRECTED, Reason.OWN_IDENTIFIER):
        given = Verdict(Resolution.CORRECTED, "a", reason)
        assert told_exactly(given, {"b"}) == given


def test_a_part_of_a_city_is_the_same_however_it_is_written():
    assert told_by_writing(PART, {"a"}) == Verdict(Resolution.NAME_ONLY, "a", Reason.SAME_PART)
    assert told_by_writing(PART, {"a", "b"}) == told_by_writing(PART, ()) == PART
    assert told_by_writing(NEAR, {"b"}) == NEAR
    assert told_by_writing(AREA, {"a"}) == AREA
    names = ("Csepel (Budapest)", "Budapest XXI – Csepel", "Liesing (Vienna)", "Vienna 23 – Liesing")
    assert [city_of(name_parts(name)) for name in names] == ["budapest", "budapest", "vienna", "vienna"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("kety", "ket", True), ("beringen", "behringen", True), ("beaufort", "beaufort", True),
        ("kufstein", "frauenfeld", False), ("leon", "chartres", False),
    ],
)  # fmt: skip
def test_namesakes(one, other, expected):
    assert are_namesakes(one, other) is expected


def test_a_region_after_the_name():
    assert names_region("Taizhou, Jiangsu")
    assert not any(map(names_region, ("Taizhou", "Newry, Mourne and Down", "Friedland (Brandenburg, Germany)")))


ONE, TWO = UUID(int=1), UUID(int=2)


def test_two_ends_make_a_tie_in_order():
    assert tie_of(TWO, ONE) == tie_of(ONE, TWO) == (ONE, TWO)
    assert tie_of(ONE, None) is tie_of(ONE, ONE) is None


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Windsor and Maidenhead", "Windsor and Maidenhead", True), ("Huishan (Wuxi)", "Wuxi – Huishan", True),
        ("Celle", "Celle (district)", False), ("Pendle", "Copeland", False),
    ],
)  # fmt: skip
def test_open_ends_written_alike_tell_one_tie(one, other, is_same):
    keys = [
        pair_key(end_key(None, name=name, country="XX"), end_key(ONE, name="", country="")) for name in (one, other)
    ]
    assert (keys[0] == keys[1]) is is_same


def test_a_place_is_not_tied_to_itself():
    assert pair_key("a", "a") == ""


@pytest.mark.parametrize(
    ("agreed", "reported", "covered", "expected"),
    [
        (True, True, True, Finding.BOTH), (True, True, False, Finding.BOTH),
        (True, False, True, Finding.ONLY_AGREEMENT),
        (True, False, False, Finding.OUT_OF_COVERAGE), (False, True, True, Finding.ONLY_REPORTED),
    ],
)  # fmt: skip
def test_what_a_source_did_not_set_out_to_list_is_not_missing(agreed, reported, covered, expected):
    assert finding(has_agreement=agreed, is_reported=reported, is_covered=covered) == expected
