"""The shipped directory: loaded once, searched, resolved, added to."""

import csv
import datetime as dt
import shutil
import uuid

import pytest

from hermanar.directory.actions import NewPlace, add_place, load_directory
from hermanar.directory.models import Identifier, Place
from hermanar.directory.queries import distinction, exact_places, find_places, place_by_identifier, resolve_party
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.models import Revision, Source
from hermanar.site.settings import PACKAGE

pytestmark = pytest.mark.usefixtures("directory")  # those that only read keep its places at hand, in no transaction

PARTIES = PACKAGE / "data" / "registry" / "agreements.csv"
# The place of every party of the documented agreements, by the name, region and country the sources write.
MEANT = {
    ("Acapulco", "MX"): "inegi:12001", ("Alcalá de Henares", "ES"): "geonames:3130616",
    ("Alcázar de San Juan", "ES"): "geonames:2522131",
    ("Antigua", "GT"): "geonames:3599699",
    ("Arequipa", "PE"): "geonames:3947322", ("Ashland", "US"): "geonames:5711789",
    ("Avignon", "FR"): "geonames:3035681",
    ("Benito Juárez", "MX"): "inegi:23005", ("Campeche", "MX"): "inegi:04002", ("Ciudad de México", "MX"): "inegi:09",
    ("Cuenca", "EC"): "geonames:3658666", ("Dolores Hidalgo", "MX"): "inegi:11014", ("Ensenada", "MX"): "inegi:02001",
    ("Granadilla de Abona", "ES"): "geonames:2517111", ("Guanajuato", "MX"): "inegi:11015",
    ("Hangzhou", "CN"): "geonames:1808926", ("La Antigua", "GT"): "geonames:3599699",
    ("La Habana", "CU"): "geonames:3553478", ("Laredo", "US"): "geonames:4705349",
    ("Mar del Plata", "AR"): "geonames:3430863", ("Mission", "US"): "geonames:4711725",
    ("Morelia", "MX"): "inegi:16053",
    ("Morgantown", "US"): "geonames:4815352", ("Mérida", "MX"): "inegi:31050", ("Oaxaca", "MX"): "inegi:20067",
    ("Oaxaca de Juárez", "MX"): "inegi:20067", ("Pharr", "US"): "geonames:4718721", ("Puebla", "MX"): "inegi:21114",
    ("Puebla de los Ángeles", "MX"): "inegi:21114", ("Punta del Este", "UY"): "geonames:3440939",
    ("Quebec", "CA"): "geonames:6325494", ("Querétaro", "MX"): "inegi:22014",
    ("Quetzaltenango", "GT"): "geonames:3590979",
    ("Salinas Valley", "US"): "geonames:5391295", ("Salvador de Bahía", "BR"): "geonames:3450554",
    ("San Fernando", "ES"): "geonames:2511388", ("San Miguel de Allende", "MX"): "inegi:11003",
    ("San Pedro Tlaquepaque", "MX"): "inegi:14098", ("San Salvador", "SV"): "geonames:3583361",
    ("Santa Ana", "SV"): "geonames:3583334", ("Santa Fe", "ES"): "geonames:2511160",
    ("Santa Tecla", "SV"): "geonames:3584257", ("Santiago de Querétaro", "MX"): "inegi:22014",
    ("Sanya", "CN"): "geonames:1796556", ("Segovia", "ES"): "geonames:3109256", ("Sevilla", "ES"): "geonames:2510911",
    ("South Bend", "US"): "geonames:4926563", ("Spoleto", "IT"): "geonames:3166236", ("Tapachula", "MX"): "inegi:07089",
    ("Taxco", "MX"): "inegi:12055", ("Tegucigalpa", "HN"): "geonames:3600949",
    ("Tepatitlán de Morelos", "MX"): "inegi:14093", ("Tijuana", "MX"): "inegi:02004",
    ("Tlacotalpan", "MX"): "inegi:30178", ("Toledo", "ES"): "geonames:2510409",
    ("Tuxtla Gutiérrez", "MX"): "inegi:07101", ("Tyler", "US"): "geonames:4738214", ("Umeå", "SE"): "geonames:602150",
    ("Valle de Bravo", "MX"): "inegi:15110", ("Valparaíso", "CL"): "geonames:3868626",
    ("Wichita", "US"): "geonames:4281730", ("Zacatecas", "MX"): "inegi:32056",
}  # fmt: skip


def identifiers(place):
    return {str(item) for item in place.identifiers.all()}


def parties():
    with PARTIES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["host_city"], row["host_region"], row["host_country"]
            yield row["partner_city"], row["partner_region"], row["partner_country"]


def test_every_party_of_the_documented_agreements_is_its_place():
    ends = list(parties())
    found = {
        (city, country): resolve_party(city, region=region, country=country).place for city, region, country in ends
    }
    assert len(ends) == 120
    assert {key: MEANT[key] in identifiers(place) for key, place in found.items()} == dict.fromkeys(MEANT, True)


def test_kinds_are_counted_as_the_files_have_them():
    kinds = {kind: Place.objects.filter(kind=kind).count() for kind in ("state", "municipality", "city", "locality")}
    assert kinds == {"state": 32, "municipality": 2_478, "city": 67_645, "locality": 767}


def test_a_second_load_changes_nothing(directory):
    report = load_directory(PACKAGE / "data", by=CONSOLE)
    assert (report.is_unchanged, report.created, report.updated) == (True, 0, 0)
    assert (report.places, report.names, report.identifiers) == (
        directory.places,
        directory.names,
        directory.identifiers,
    )


def test_unknown_population_is_never_zero():
    assert Place.objects.filter(population=0).count() == 0


def test_a_head_town_is_its_municipality():
    by_key = place_by_identifier("inegi:11015")
    assert place_by_identifier("geonames:4005270") == by_key
    assert (by_key.slug, by_key.kind, by_key.head_town) == ("guanajuato", "municipality", "Guanajuato")
    assert place_by_identifier("inegi:00000") is None
    assert place_by_identifier("nonsense") is None


@pytest.mark.parametrize(
    ("identifier", "slug"),
    [
        ("inegi:11", "estado-de-guanajuato"), ("inegi:09", "ciudad-de-mexico"), ("inegi:21114", "puebla"),
        ("inegi:23005", "benito-juarez-quintana-roo"), ("inegi:30044", "cordoba-veracruz"),
        ("inegi:14039", "guadalajara-jalisco"), ("geonames:2519240", "cordoba-es"), ("geonames:3553478", "la-habana"),
        ("geonames:5711789", "ashland-us-oregon"), ("geonames:2511160", "santa-fe-es"), ("geonames:602150", "umea"),
    ],
)  # fmt: skip
def test_addresses_are_readable(identifier, slug):
    assert place_by_identifier(identifier).slug == slug


@pytest.mark.parametrize(
    ("text", "identifier", "at_most"),
    [
        ("alcala", "geonames:3130616", 3), ("umea", "geonames:602150", 1), ("cancun", "inegi:23005", 1),
        ("mar del plata", "geonames:3430863", 1), ("guanajato", "inegi:11015", 1), ("GUANAJUATO", "inegi:11015", 1),
        ("santafe", "geonames:2511160", 5), ("taxco", "inegi:12055", 1), ("nueva york", "geonames:5128581", 1),
        ("sevila", "geonames:2510911", 1), ("antigua guatemala", "geonames:3599699", 1),
        ("aviñon", "geonames:3035681", 1),
        ("henares", "geonames:3130616", 3), ("tlaquepaque", "inegi:14098", 1), ("distrito federal", "inegi:09", 1),
    ],
)  # fmt: skip
def test_search_finds_what_a_person_means(text, identifier, at_most):
    ranks = [identifier in identifiers(found.place) for found in find_places(text, limit=10)]
    assert ranks.index(True) + 1 <= at_most


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("guadalajara", ["guadalajara-jalisco", "guadalajara-es"]),
        ("cuautla", ["cuautla-morelos", "cuautla-jalisco"]),
        ("leon", ["leon-guanajuato", "leon-ni", "leon-es"]),
    ],
)
def test_homonyms_are_told_apart(text, slugs):
    found = find_places(text, limit=len(slugs))
    assert [item.place.slug for item in found] == slugs
    assert len({item.where_es for item in found}) == len(slugs)


def test_a_search_can_be_kept_to_one_country():
    spain = place_by_identifier("geonames:3121070")
    assert find_places("guadalajara", limit=1, country="ES")[0].place == spain


@pytest.mark.parametrize("text", ["", "   ", "¿?", "\x00", "zzqxjwv", "%", "a" * 5_000])
def test_what_means_nothing_finds_nothing(text):
    assert find_places(text) == []


def test_what_tells_a_place_apart_is_said_in_both_languages():
    puebla, state = place_by_identifier("inegi:21114"), place_by_identifier("inegi:21")
    assert distinction(puebla, language="es") == "Puebla, México"
    assert distinction(state, language="es") == "entidad federativa, México"
    assert distinction(state, language="en") == "state, Mexico"
    assert distinction(place_by_identifier("inegi:15106"), language="es") == "Estado de México, México"


def test_exact_places_tells_all_bearers_of_a_name():
    assert {place.slug for place in exact_places("cordoba", country="ES")} == {"cordoba-es"}
    assert [place.slug for place in exact_places("Benito Juárez", country="MX", state="Quintana Roo")] == [
        "benito-juarez-quintana-roo"
    ]
    assert [place.kind for place in exact_places("GUANAJUATO", country="MX")][:2] == ["municipality", "state"]


def test_a_name_several_bear_alike_is_told_with_its_candidates():
    answer = resolve_party("Springfield", country="US")
    assert answer.place is None
    assert len(answer.candidates) > 5
    assert resolve_party("Nowhere at all", country="US").candidates == ()


@pytest.mark.usefixtures("undone")
def test_a_place_not_listed_can_be_added_and_is_found_at_once():
    source = Source.objects.create(key="prueba", kind="office_file", title_es="Archivo de prueba")
    before = Revision.objects.get(name="places").number
    place = add_place(
        NewPlace("Villa Inventada", "ES", region="Galicia", other_names=("Vila Inventada",)), source=source, by=CONSOLE
    )
    assert Revision.objects.get(name="places").number == before + 1
    assert find_places("vila inventada")[0].place == place
    assert uuid.UUID(Identifier.objects.get(place=place).value).version == 7
    assert place.slug == "villa-inventada"


@pytest.mark.usefixtures("undone")
def test_adding_a_known_place_returns_it():
    source = Source.objects.get(key="geonames")
    known = place_by_identifier("geonames:602150")
    assert add_place(NewPlace("Umeå", "SE", identifier="geonames:602150"), source=source, by=CONSOLE) == known


@pytest.mark.usefixtures("undone")
def test_a_load_leaves_what_a_person_edited(tmp_path):
    shutil.copytree(PACKAGE / "data" / "places", tmp_path / "places")
    path = tmp_path / "places" / "municipalities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",194500,", ",200001,").replace(",911503,", ",920001,"))
    edited = place_by_identifier("inegi:11015")
    Place.objects.filter(pk=edited.pk).update(edited_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), population=195_000)
    report = load_directory(tmp_path, by=CONSOLE)
    assert (report.created, report.updated, report.kept) == (0, 1, ("inegi:11015",))
    assert place_by_identifier("inegi:11015").population == 195_000
    assert place_by_identifier("inegi:23005").population == 920_001
    changed = place_by_identifier("inegi:23005")
    assert report.touched == {changed.pk, *Place.objects.filter(part_of=changed).values_list("pk", flat=True)}
    countries = tmp_path / "places" / "countries.csv"
    countries.write_text(countries.read_text(encoding="utf-8").replace("España", "Las Españas", 1), encoding="utf-8")
    with (tmp_path / "places" / "alternative_names.csv").open("a", encoding="utf-8") as names:
        names.write("geonames:602150,Umeå del Norte,,alternative,prueba\n")
    again = load_directory(tmp_path, by=CONSOLE)
    assert again.touched is None
    assert (again.names - report.names, again.identifiers) == (1, report.identifiers)
    assert resolve_party("Umeå del Norte", country="SE").place == place_by_identifier("geonames:602150")
