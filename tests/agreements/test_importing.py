"""A city's own file: looked at first, all or nothing, every fault by its place, duplicates proposed."""

# ruff: noqa: E501  tables of cases
from __future__ import annotations

import datetime as dt
import operator
import re
from collections import Counter

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hermanar.agreements.actions import SourceFile, import_agreements, plan_import
from hermanar.agreements.models import Agreement, AgreementArea, Listing, Party
from hermanar.agreements.vocabulary import Kind
from hermanar.agreements.vocabulary.import_fields import IMPORT_FIELDS
from hermanar.catalogue.template import template_csv, template_xlsx
from hermanar.directory.models import Place
from hermanar.foundation.access import CONSOLE, Actor, NotAllowedError, Role
from hermanar.foundation.models import Change, Source, Statement, TrailEntry
from hermanar.foundation.tables import Column, RefusedTableError, read_table, xlsx_chunks
from hermanar.foundation.trail import first_break
from tests.open_data import world
from tests.open_data.world import HEADINGS, ROW, csv_file, workbook

TODAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 1, 20, tzinfo=dt.UTC)
WATCHED = (Agreement, Party, AgreementArea, Statement, Listing, TrailEntry, Change, Source, Place)
pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return world.build()


def counts():
    return [model.objects.count() for model in WATCHED]


def source(data):
    return SourceFile.of(data, title="Registro de la ciudad", author="OFAI", as_of="2026-10")


def planned(data, name="a.csv"):
    return plan_import(read_table(data, name=name), source=source(data), today=TODAY)


def imported(data, name="a.csv", by=CONSOLE):
    table = read_table(data, name=name)
    return import_agreements(table, by=by, source=source(data), today=TODAY, published_at=NOW)


def row(**values):
    """Return headings and cells of one row, the usual one with some cells otherwise."""
    cells = dict(zip(HEADINGS, ROW, strict=True)) | values
    return list(cells), list(cells.values())


def test_what_a_row_cites_is_its_source_once_for_each_text(places):
    headings, cells = row(fuente="Acta de cabildo 12/1969", página=3)
    _same, again = row(
        fuente="Acta de cabildo 12/1969", ciudad_contraparte="Toledo", región_contraparte="", país_contraparte="ES"
    )
    again.append("")
    _none, bare = row(fuente="", ciudad_contraparte="Kioto", región_contraparte="", país_contraparte="JP")
    data = csv_file(cells, again, [*bare, ""], headings=headings)
    result = imported(data)
    acta = Source.objects.get(title_es="Acta de cabildo 12/1969")
    assert (acta.kind, acta.published) == ("office_file", "")
    said = {
        (one.subject, one.source.title_es, one.passage, one.as_of)
        for one in Statement.objects.filter(field="signed_on").select_related("source")
    }
    one, two, three = result.recorded.created
    assert said == {
        (one, acta.title_es, "3; Registro de la ciudad, fila 2", "2026-10"),
        (two, acta.title_es, "Registro de la ciudad, fila 3", "2026-10"),
        (three, "Registro de la ciudad", "fila 4", "2026-10"),
    }
    assert Listing.objects.get(pk=one).sources == acta.key
    before = counts()
    assert imported(data).recorded.unchanged == 3
    assert counts() == before


# How a row names its counterpart, and the place it means.
NAMED = [
    (("geonames:5711146", "", ""), "ashland"),
    (("GeoNames: 5711146", "", "US"), "ashland"),
    (("inegi:14094", "", "MX"), "tequila-jalisco"),
    (("Tequila, Veracruz", "", "MX"), "tequila-veracruz"),
    (("Tequila, Veracruz, México", "", "MX"), "tequila-veracruz"),
    (("Tequila", "Jalisco", "MX"), "tequila-jalisco"),
    (("Ashland, Oregon", "", "US"), "ashland"),
    (("Ashland, Ohio, US", "", "US"), "ashland-ohio"),
    (("León, Guanajuato", "Guanajuato", "MX"), "leon"),
]


@pytest.mark.parametrize(("cells", "slug"), NAMED, ids=[f"{case[0][0]}-{n}" for n, case in enumerate(NAMED)])
def test_a_place_can_be_told_from_its_homonyms_in_the_file(places, cells, slug):
    result = imported(csv_file([*ROW[:3], *cells, "", ""]))
    party = Party.objects.get(agreement=result.recorded.created[0], role="counterpart")
    assert party.place == places[slug]
    written = "" if ":" in cells[0] else cells[0].split(",")[0]
    assert party.name_as_written == written  # an identifier is not a name, and the region is not part of it


def test_the_declaring_city_may_be_an_identifier_too(places):
    result = imported(csv_file(["geonames:2510409", "", "", *ROW[:3], "", ""]))
    assert Party.objects.get(agreement=result.recorded.created[0], role="declaring").place == places["toledo"]


def test_what_an_ambiguous_fault_lists_can_be_written_as_it_stands(places):
    (fault,) = planned(csv_file([*ROW[:3], "Tequila", "", "MX", "", ""])).faults
    offered = re.findall(r"«([^»]+)» \(([^)]+)\)", str(fault.right))
    assert offered == [("inegi:14094", "Tequila, Jalisco"), ("inegi:30168", "Tequila, Veracruz")]
    for pair in offered:
        for text in pair:
            assert planned(csv_file([*ROW[:3], text, "", "MX", "", ""])).faults == []


# Not written as they look: a text that turns around, one that a sender's device reads, one with a lost letter.
UNSEEN = [
    ("Ash\u202eland", "unseen", "U+202E"),
    ("Ash\u2066land", "unseen", "«Ashland»"),
    ("Ashland\x7f", "unseen", "U+007F"),
    ("Ashland\x9b31m", "unseen", "U+009B"),
    ("Ash\ue000land", "unseen", "U+E000"),
    ("Ashl\ufffdnd", "lost_letter", "U+FFFD"),
]


@pytest.mark.parametrize(("text", "code", "told"), UNSEEN, ids=[case[2] for case in UNSEEN])
@pytest.mark.parametrize("heading", ["ciudad_contraparte", "título_oficial", "nota", "fuente", "áreas", "tipo"])
def test_characters_that_deceive_are_refused_by_their_cell(places, heading, text, code, told):
    headings, cells = row(**{heading: text})
    (fault,) = planned(csv_file(cells, headings=headings)).faults
    assert (fault.code, fault.heading, fault.row) == (code, heading, 2)
    assert told in str(fault)
    assert code == "lost_letter" or text not in str(fault)


def test_characters_that_only_get_in_the_way_are_taken_out_and_told(places):
    headings, cells = row(
        ciudad_contraparte="Ash\u200bland\ufeff", nota="co\u00adope\u200eración", fecha_firma="1969\u2060"
    )
    data = csv_file(cells, headings=headings)
    assert "celdas: 3" in str(planned(data).notices[0])
    assert "fila 2, columna «ciudad_contraparte»" in str(planned(data).notices[0])
    result = imported(data)
    assert Party.objects.get(agreement=result.recorded.created[0], role="counterpart").name_as_written == "Ashland"
    assert Statement.objects.get(field="note").value == "cooperación"


def test_letters_that_need_joiners_keep_them(places):
    headings, cells = row(nota="می\u200cخواهم")
    plan = planned(csv_file(cells, headings=headings))
    assert (plan.faults, plan.notices) == ([], [])


def test_faults_and_duplicates_are_found_in_one_look(places):
    imported(csv_file(ROW))
    plan = planned(
        csv_file([*ROW[:6], "", "1969-09"], [*ROW[:7], "1969-02-30"], [*ROW[:3], "Toledo", "", "ES", "", ""])
    )
    assert [fault.row for fault in plan.faults] == [3]
    assert [one.row for one in plan.duplicates] == [2]  # what the faulty row is like cannot be told yet
    assert [one.number for one in plan.new] == [4]


def test_two_sheets_of_one_book_are_two_lists(places):
    def second(book, _sheet):
        other = book.create_sheet("antiguos")
        other.append(HEADINGS)
        other.append([*ROW[:3], "Toledo", "", "ES", "", ""])

    data = workbook(ROW, change=second)
    for sheet in ("acuerdos", "antiguos"):
        table = read_table(data, name="a.xlsx", sheet=sheet)
        imported_ = import_agreements(table, by=CONSOLE, source=source(data), today=TODAY, published_at=NOW)
        assert len(imported_.recorded.created) == 1
    assert Agreement.objects.count() == 2


def test_publication_is_never_to_come(places):
    before = counts()
    later = timezone.now() + dt.timedelta(minutes=1)
    data = csv_file(ROW)
    with pytest.raises(ValueError, match="por venir"):
        import_agreements(
            read_table(data, name="a.csv"), by=CONSOLE, source=source(data), today=TODAY, published_at=later
        )
    assert counts() == before


@pytest.mark.row(8)
def test_a_plan_writes_nothing(places):
    before = counts()
    plan = planned(csv_file(ROW))
    assert (len(plan.rows), plan.faults, plan.duplicates) == (1, [], [])
    assert counts() == before


@pytest.mark.row(19)
def test_what_a_row_says_is_recorded_with_the_file_as_its_source(places):
    headings, cells = row(
        vigencia_años="5", renovable="sí", áreas="cultura; tranvías", inscrito="sí", fecha_inscripción="2019-05",
        número_inscripción="77", nota="Una nota", página=3, título_oficial="Acuerdo",
    )  # fmt: skip
    result = imported(workbook(cells, headings=headings), "a.xlsx")
    record = Agreement.objects.get(pk=result.recorded.created[0])
    assert (record.kind, record.term_years, record.is_renewable, record.registered) == ("twinning", 5, True, "yes")
    assert (record.registered_on, record.registration_number, str(record.signed_on)) == ("2019-05", "77", "1969-01-01")
    assert (record.signed_precision, record.title_es, record.published_at) == ("year", "Acuerdo", NOW)
    assert [party.place.slug for party in record.parties.all()] == ["guanajuato", "ashland"]
    assert sorted(record.areas.values_list("area", "as_written")) == [("culture", "cultura"), ("other", "tranvías")]
    said = Statement.objects.filter(subject=record.pk).select_related("source")
    values = {one.field: one.value for one in said}
    assert values == {
        "kind": "twinning",
        "note": "Una nota",
        "registered": "yes",
        "signed_on": "1969",
        "term_years": "5",
    }
    assert {(one.source.kind, one.source.title_es, one.as_of) for one in said} == {
        ("office_file", "Registro de la ciudad", "2026-10")
    }
    assert {one.passage for one in said} == {"acuerdos: 2, 3"}
    listing = Listing.objects.get(pk=record.pk)
    assert (listing.regime, listing.scope, listing.areas, listing.attached) == (
        "treaties_law",
        "international",
        "culture other",
        "areas",
    )
    entry = TrailEntry.objects.get(code="agreement.imported")
    assert len(entry.content_digest) == 64
    assert first_break() is None


# What is written, the heading of the fault, its code, and words of what would be right.
FAULTS = [
    ({"ciudad": "Guanajato"}, "ciudad", "unknown_place", "¿Guanajuato, Guanajuato?"),
    ({"ciudad": ""}, "ciudad", "required", ""),
    ({"país_contraparte": "Japn"}, "país_contraparte", "unknown_word", "¿Japón?"),
    ({"tipo": "hermanamento"}, "tipo", "unknown_word", "¿hermanamiento?"),
    ({"fecha_firma": "2023-02-30"}, "fecha_firma", "bad_date", "AAAA-MM-DD"),
    ({"fecha_firma": "3/4/2020"}, "fecha_firma", "date_form", "2020-04-03"),
    ({"fecha_firma": "2027"}, "fecha_firma", "future", ""),
    ({"fecha_firma": "0900"}, "fecha_firma", "too_old", ""),
    ({"vigencia_años": "cinco"}, "vigencia_años", "bad_years", "1 a 99"),
    ({"vigencia_años": "0099999"}, "vigencia_años", "bad_years", "1 a 99"),
    ({"vigencia_años": "0001" + "9" * 4_300}, "vigencia_años", "bad_years", "1 a 99"),
    ({"vigencia_años": "5", "indefinida": "sí"}, "vigencia_años", "two_terms", ""),
    ({"indefinida": "quizá"}, "indefinida", "not_yes_no", "«sí» o «no»"),
    ({"inscrito": "no", "número_inscripción": "7"}, "inscrito", "not_registered", ""),
    ({"fecha_firma": "1999", "fecha_inscripción": "1998"}, "fecha_inscripción", "registered_before_signed", ""),
    ({"personalidad_contraparte": "pirata"}, "personalidad_contraparte", "unknown_word", ""),
    ({"título_oficial": "x" * 301}, "título_oficial", "too_long", "300"),
    ({"áreas": "x" * 201}, "áreas", "too_long", ""),
    ({"ciudad_contraparte": "Guanajuato", "región_contraparte": "Guanajuato", "país_contraparte": "MX"}, "ciudad_contraparte", "same_parties", ""),
    ({"ciudad_contraparte": "Tequila", "región_contraparte": "", "país_contraparte": "MX"}, "ciudad_contraparte", "ambiguous_place", "Tequila, Jalisco"),
    ({"ciudad_contraparte": "Atlantis", "región_contraparte": ""}, "ciudad_contraparte", "unknown_place", "agregar_lugar"),
    ({"ciudad_contraparte": "geonames:1", "agregar_lugar": "sí"}, "ciudad_contraparte", "unknown_identifier", "identificador"),
    ({"ciudad_contraparte": "inegi:11020"}, "ciudad_contraparte", "elsewhere", "León, Guanajuato, MX"),
    ({"ciudad_contraparte": "Ashland, Utah", "región_contraparte": ""}, "ciudad_contraparte", "unknown_place", "¿Ashland, Oregon, US? ¿Ashland, Ohio, US?"),
    ({"latitud_contraparte": "95"}, "latitud_contraparte", "bad_degrees", "90"),
    ({"latitud_contraparte": "1"}, "latitud_contraparte", "one_coordinate", ""),
]  # fmt: skip


@pytest.mark.row(8)
@pytest.mark.parametrize(
    ("values", "heading", "code", "right"), FAULTS, ids=[f"{case[2]}-{n}" for n, case in enumerate(FAULTS)]
)
def test_a_fault_names_row_column_and_what_would_be_right(places, values, heading, code, right):
    headings, cells = row(**values)
    before = counts()
    with pytest.raises(RefusedTableError) as caught:
        imported(csv_file(ROW, headings=HEADINGS) if not values else csv_file(cells, headings=headings))
    (fault,) = caught.value.faults
    assert (fault.code, fault.heading, fault.row) == (code, heading, 2)
    assert right in str(fault)
    assert counts() == before


@pytest.mark.row(8)
def test_numbers_where_text_belongs_are_told(places):
    headings, cells = row(ciudad=12)
    (fault,) = planned(workbook(cells, headings=headings), "a.xlsx").faults
    assert (fault.code, fault.sheet, fault.row, fault.letter) == ("number_for_text", "acuerdos", 2, "A")


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        (["ciudad", "ciudad_contraparte", "paiss_contraparte"], "unknown_heading"),
        (["ciudad", "ciudad_contraparte"], "missing_column"),
        (["ciudad", "city", "ciudad_contraparte", "país_contraparte"], "repeated_heading"),
    ],
)
def test_headings_that_are_not_the_templates_are_told(places, headings, code):
    assert code in {fault.code for fault in planned(csv_file(["x"] * len(headings), headings=headings)).faults}


def test_headings_are_known_in_english_and_without_accents(places):
    data = csv_file(
        ["Guanajuato", "Toledo", "Spain", "1978"],
        headings=["CITY", "counterpart city", "pais contraparte", "signed_on"],
    )
    assert len(planned(data).rows) == 1


def test_an_agreement_that_is_there_is_proposed_and_not_created(places):
    imported(csv_file(ROW))
    slug = Agreement.objects.get().slug
    again = csv_file([*ROW[:6], "", "1969-09"])
    result = imported(again)
    assert [(one.row, one.slug) for one in result.plan.duplicates] == [(2, slug)]
    assert Agreement.objects.count() == 1


def test_rows_that_repeat_each_other_are_proposed(places):
    turned = ["Ashland", "Oregon", "US", "Guanajuato", "Guanajuato", "MX", "hermanamiento", ""]
    result = imported(csv_file(ROW, turned))
    assert [(one.row, one.other_row) for one in result.plan.duplicates] == [(3, 2)]


def test_another_kind_of_another_year_is_another_agreement(places):
    result = imported(csv_file(ROW, [*ROW[:6], "cooperación específica", "1999"]))
    assert len(result.recorded.created) == 2


def test_a_person_may_say_that_it_is_another(places):
    imported(csv_file(ROW))
    headings, cells = row(confirmar_nuevo="sí", fecha_firma="1970")
    assert len(imported(csv_file(cells, headings=headings)).recorded.created) == 1


@pytest.mark.row(8)
def test_the_same_file_twice_changes_nothing(places):
    data = csv_file(ROW, [*ROW[:3], "Toledo", "", "ES", "", ""])
    imported(data)
    before = counts()
    result = imported(data)
    assert (result.recorded.created, result.recorded.unchanged, len(result.plan.entered)) == ([], 2, 2)
    assert counts() == before


def test_a_place_that_is_not_there_can_be_added(places):
    headings, cells = row(
        ciudad_contraparte="Atlantis",
        región_contraparte="Mar",
        agregar_lugar="sí",
        latitud_contraparte="1.5",
        longitud_contraparte="-30",
    )
    result = imported(csv_file(cells, headings=headings))
    place = Place.objects.get(name="Atlantis")
    assert (place.latitude, place.longitude, place.region, place.source.kind) == (1.5, -30.0, "Mar", "office_file")
    assert Party.objects.filter(agreement=result.recorded.created[0], place=place).exists()


def test_only_who_may_record_imports(places):
    before = counts()
    with pytest.raises(NotAllowedError):
        imported(csv_file(ROW), by=Actor("nadie", Role.PUBLIC))
    assert counts() == before


@pytest.mark.row(8)
def test_a_failure_in_the_middle_leaves_nothing(places):
    before = counts()
    with connection.cursor() as cursor:
        cursor.execute(
            "DROP TABLE agreements_listing"
            if connection.vendor == "sqlite"
            else "ALTER TABLE agreements_listing RENAME TO gone"
        )
    headings, cells = row(ciudad_contraparte="Atlantis", región_contraparte="Mar", agregar_lugar="sí")
    with pytest.raises(DatabaseError):
        imported(csv_file(cells, headings=headings))
    # What was written first, the source and the place, is gone as well.
    assert [model.objects.count() for model in (Agreement, Source, Place)] == [before[0], before[7], before[8]]


def test_the_template_is_read_by_the_import_it_describes(places):
    for data, name in ((template_csv(), "a.csv"), (template_xlsx(), "a.xlsx")):
        table = read_table(data, name=name, preferred_sheet="acuerdos")
        assert table.header == [field.es for field in IMPORT_FIELDS]
    example = [field.example for field in IMPORT_FIELDS]
    plan = planned(csv_file(example, headings=[field.es for field in IMPORT_FIELDS]))
    assert {fault.code for fault in plan.faults} <= {"two_terms"}
    assert len(plan.table.rows) == 1
    assert Kind.TWINNING in {row.values[6] for row in plan.rows}


SOUND = [
    ["Guanajuato", "Toledo", "España", "1969", "hermanamiento"],
    ["León", "Kioto", "JP", "1969-09", ""],
    ["guanajuato", "Kioto", "Japan", "", "cooperación específica"],
    ["León, Guanajuato", "Toledo", "ES", "1978-05-02", "twinning"],
    ["León", "Guanajuato", "México", "", "otro instrumento"],
    ["inegi:11015", "geonames:1857910", "JP", "2001", ""],
]
WRONG = ["", "Guanajato", "Tequila", "Japn", "1969-02-30", "16/9/1969", "2999", "x", "x" * 400, "\u202e1969"]
ASKED = ["ciudad", "ciudad_contraparte", "país_contraparte", "fecha_firma", "tipo"]
# What is wrong with the file as a whole, or with a row of it before it has columns.
OF_NO_CELL = {"empty", "binary", "quotes", "no_rows", "missing_column"}
EVERY, BY_NIGHT = 300, 10_000  # made-up tables of each form


@st.composite
def row_of(draw, odd):
    """Return a sound row, of six one with a cell that is wrong, or whatever comes."""
    cells = list(draw(st.sampled_from(SOUND)))
    if draw(st.integers(0, 5)) == 0:
        cells[draw(st.integers(0, len(cells) - 1))] = draw(st.sampled_from(WRONG) | odd)
    return cells


CSV_ROWS = st.lists(row_of(st.text(max_size=12)), max_size=6)
BOOK_ROWS = st.lists(
    row_of(
        st.text(max_size=12) | st.integers(-9, 3_000) | st.floats(allow_nan=False, allow_infinity=False)
        | st.booleans() | st.dates() | st.none()
    ),
    max_size=6,
)  # fmt: skip
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "cp1252"])


def made_up(examples):
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@pytest.mark.alike
@pytest.mark.row(8)
class ImportsAreWholeOrNothing(TestCase):
    """Whatever the cells hold, either every row is entered or none is, and every fault has its place."""

    @classmethod
    def setUpTestData(cls):
        world.build()

    def setUp(self):
        self.seen = Counter()

    def enter(self, data, name):
        before = counts()
        try:
            result = imported(data, name)
        except RefusedTableError as refusal:
            assert counts() == before
            for fault in refusal.faults:
                assert str(fault)
                if fault.code not in OF_NO_CELL:
                    assert fault.row, fault
                    assert fault.letter or fault.heading, fault
                assert fault.sheet == ("acuerdos" if name.endswith("xlsx") else ""), fault
            self.seen["refused"] += 1
            return
        made = Agreement.objects.count() - before[0]
        assert made == len(result.recorded.created) == len(result.plan.rows)
        assert Listing.objects.count() - before[4] == made
        assert Party.objects.count() - before[1] == 2 * made
        self.seen["entered"] += 1

    def enter_csv(self, rows, encoding):
        try:
            data = csv_file(*rows, headings=ASKED, encoding=encoding)
        except UnicodeEncodeError:  # Windows' page has no such letter: nobody saved it so
            data = csv_file(*rows, headings=ASKED)
        self.enter(data, "a.csv")

    def enter_book(self, rows):
        columns = [Column(heading, operator.itemgetter(at)) for at, heading in enumerate(ASKED)]
        self.enter(b"".join(xlsx_chunks(columns, rows, sheet="acuerdos")), "a.xlsx")

    def tearDown(self):
        told = f"{self.seen.total()} tables, {self.seen['entered']} entered whole, {self.seen['refused']} refused whole"
        self.figure(told)
        assert min(self.seen["entered"], self.seen["refused"]) > self.seen.total() / 20, (
            "one of the two was hardly tried"
        )

    @pytest.fixture(autouse=True)
    def _told(self, figure):
        self.figure = figure

    @made_up(EVERY)
    @given(CSV_ROWS, ENCODINGS)
    def test_nothing_partial_is_written(self, rows, encoding):
        self.enter_csv(rows, encoding)

    @made_up(EVERY)
    @given(BOOK_ROWS)
    def test_nothing_partial_is_written_of_a_workbook(self, rows):
        self.enter_book(rows)

    @pytest.mark.nightly
    @made_up(BY_NIGHT)
    @given(CSV_ROWS, ENCODINGS)
    def test_nothing_partial_is_written_by_night(self, rows, encoding):
        self.enter_csv(rows, encoding)

    @pytest.mark.nightly
    @made_up(BY_NIGHT)
    @given(BOOK_ROWS)
    def test_nothing_partial_is_written_of_a_workbook_by_night(self, rows):
        self.enter_book(rows)
