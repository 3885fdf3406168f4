"""The annual report: what it says on the page, in Word, in PDF and in the table; what it lacks leads to its field."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models import Activity, Project, ProjectStage
from hermanar.cooperation.vocabulary import ActivityKind, CycleStage, GiftSide, Purpose
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import parse_partial, public_day
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import long_date
from tests.committees import DrivenCommittee
from tests.cooperation_acts import a_gift, a_tie, noted
from tests.plans import DrivenPlan
from tests.workspace import read_back
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db
YEAR = 2025  # is over, whenever this runs
IN_IT = dt.date(YEAR, 12, 15)


def at(name, *arguments):
    return reverse(f"workspace:{name}", args=arguments)


@pytest.fixture
def tie(cast):
    made = a_tie(cast, signed="1987")
    Agreement.objects.filter(pk=made.pk).update(stage="signed")
    return Agreement.objects.get(pk=made.pk)


@pytest.fixture
def director(cast):
    return client_of(cast.of(Role.DIRECTOR))


def figures_of(client, year=YEAR):
    return dict(read_back.of_page(client.get(at("annual_report", year)).text)[0])


@pytest.mark.parametrize("term", [{"term_years": 5}, {"term_years": None}])
def test_an_expired_tie_and_one_of_no_known_term_are_not_told_as_in_force(tie, director, term):
    Agreement.objects.filter(pk=tie.pk).update(**term)
    assert figures_of(director)["Lazos firmados y no terminados"] == "1"
    assert "vigente" not in director.get(at("annual_report", YEAR)).text
    assert "Ties signed and not ended" in director.get(f"/en{at('annual_report', YEAR)}").text


def test_report_says_what_was_entered_and_nothing_of_another_year(cast, tie, director):
    noted(cast, tie, on=f"{YEAR}-01-15", participants={"MX": 30, "US": 12})
    noted(cast, tie, on=f"{YEAR}-01-20", participants={"US": 5}, kind=ActivityKind.CULTURE)
    noted(cast, tie, on=f"{YEAR - 1}-06-01", participants={"US": 700})
    a_gift(cast, tie, on=parse_partial(f"{YEAR}"), value=Decimal("1500.50"), currency="USD")
    a_gift(cast, tie, on=parse_partial("2005"), side=GiftSide.GIVEN, is_donation=True, purpose=Purpose.CULTURAL)
    found = figures_of(director)
    assert found["Actividades"] == "2"
    assert found["Participaciones"] == "47"
    assert found["Países de quienes participaron"] == "2"
    assert (found["Regalos recibidos"], found["Donaciones dadas"]) == ("1", "0")
    assert found["Valor conocido de lo recibido"] == "1,500.50 USD"
    assert (found["Lazos firmados y no terminados"], found["Lazos: activo"]) == ("1", "1")
    assert figures_of(director, 2005)["Donaciones dadas"] == "1"
    assert figures_of(director, YEAR - 1)["Participaciones"] == "700"


def test_committees_of_the_year_are_told(cast, tie, director):
    driven = DrivenCommittee(cast, today=IN_IT)
    people = driven.members("Ana", "Luis")
    session = driven.held(*people)
    driven.decides(session, text="Se aprueba el plan de 3 años")
    driven.done(driven.task(people[0]))
    found = figures_of(director)
    assert found["Comités en funciones"] == "1"
    assert found["Sesiones celebradas con quórum"] == "1"
    assert found["Acuerdos tomados"] == "1"
    assert (found["Encargos dados"], found["Encargos cumplidos"]) == ("1", "1")
    assert "Se aprueba el plan de 3 años" in director.get(at("annual_report", YEAR)).text


def test_year_that_was_tells_how_it_was_then(cast, tie, director):
    noted(cast, tie, on=f"{YEAR - 4}-06-01")
    assert figures_of(director, YEAR - 4)["Lazos: activo"] == "1"
    assert figures_of(director, YEAR)["Lazos: dormido"] == "1"
    assert figures_of(director, 1986)["Lazos firmados y no terminados"] == "0"


def test_of_the_year_that_runs_it_tells_what_has_been(cast, tie, director):
    today = public_day()
    page = director.get(at("annual_report", today.year)).text
    assert f"al {long_date(today)}" in page
    assert str(today.year) in director.get(at("reports")).text


def a_project(tie, *stages, **values):
    """Keep a project that came to each stage of the cycle, in order, on these days."""
    made = Project.objects.create(
        office=tie.office, agreement=tie, title_es="Obra", recorded_at=timezone.now(), budget=100, currency="MXN",
        **values,
    )  # fmt: skip
    for number, (stage, on) in enumerate(zip(CycleStage, stages, strict=False), start=1):
        ProjectStage.objects.create(project=made, number=number, stage=stage, began_on=on)
    return made


def test_project_that_is_late_goes_on_until_its_last_stage(tie, director):
    a_project(tie, "2020-01-01", "2020-02-01", ends_on=dt.date(2021, 12, 31))
    a_project(tie, *[f"2020-0{month}-01" for month in range(1, 6)], f"{YEAR - 1}-03-01", ends_on=dt.date(2099, 1, 1))
    assert figures_of(director)["Proyectos"] == "1"
    assert figures_of(director)["Proyectos en negociación"] == "1"
    assert figures_of(director, YEAR - 1)["Proyectos"] == "2"


def test_cancelled_project_has_no_stage_and_no_sum(tie, director):
    a_project(tie, f"{YEAR - 1}-01-01", cancelled_on=dt.date(YEAR, 5, 1), cancel_reason="Sin dinero")
    found = figures_of(director)
    assert (found["Proyectos"], found["Proyectos cancelados"]) == ("1", "1")
    assert "Proyectos en concepción" not in found
    assert "Presupuesto de los proyectos" not in found
    before = figures_of(director, YEAR - 1)
    assert (before["Proyectos en concepción"], before["Presupuesto de los proyectos"]) == ("1", "100.00 MXN")


def test_plan_of_a_past_year_is_told_as_it_then_stood(cast, tie, director):
    today = dt.date(YEAR + 1, 10, 20)
    days = {"starts_on": dt.date(YEAR, 3, 1), "ends_on": dt.date(YEAR, 3, 5)}
    plan = DrivenPlan(cast, tie, today=today, starts_on=dt.date(YEAR, 1, 1), ends_on=dt.date(YEAR + 2, 12, 31))
    programme = plan.programme(YEAR)
    late, dropped = plan.plans(programme, **days), plan.plans(programme, title="Otra", **days)
    plan.links(late, plan.did(on=f"{YEAR + 1}-10-02"))
    plan.cancels(dropped)
    found = figures_of(director)
    assert found["Actividades planeadas"] == "2"
    assert found["Actividades planeadas y cumplidas"] == "0"
    assert found["Actividades planeadas y canceladas"] == "0"
    assert found["Avance del año"] == "0 %"
    assert not [lack for lack in lacks_of(director) if "falta anotar lo hecho" in lack]


# ── read back ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["es", "en"])
def test_word_and_pdf_say_what_the_page_says(cast, tie, director, language):
    noted(cast, tie, on=f"{YEAR}-01-15", participants={"MX": 1234, "US": 12}, description_es="Taller de agua")
    prefix = "" if language == "es" else "/en"
    figures, grids = read_back.of_page(director.get(prefix + at("annual_report", YEAR)).text)
    word = director.get(at("annual_paper", YEAR, language, "docx"))
    assert word.headers["Content-Type"].endswith("wordprocessingml.document")
    told, tables = read_back.of_word(word.content)
    assert told == figures
    assert tables == grids
    pdf = read_back.text_of_pdf(director.get(at("annual_paper", YEAR, language, "pdf")).content)
    assert "1,246" in pdf
    assert "Taller de agua" in pdf


def test_tables_hold_every_number_of_the_page(cast, tie, director):
    noted(cast, tie, on=f"{YEAR}-01-15", participants={"MX": 30, "US": 12})
    figures, _grids = read_back.of_page(director.get(at("annual_report", YEAR)).text)
    rows = read_back.of_csv(director.get(at("annual_table", YEAR, "csv")).content)
    assert [(one[2], one[3]) for one in rows if not one[1]] == [
        (label, value.split(" ")[0].replace(",", "")) for label, value in figures
    ]
    assert read_back.of_xlsx(director.get(at("annual_table", YEAR, "xlsx")).content) == rows


# ── what is lacking ──────────────────────────────────────────────────────────────────────────────────────────────────


def lacks_of(client, year=YEAR):
    tree = html.fromstring(client.get(at("annual_report", year)).text)
    return {one.text_content(): one.get("href") for one in tree.xpath("//section[@aria-labelledby='falta']//a")}


def test_each_lack_opens_the_very_field(cast, tie, director):
    noted(cast, tie, on=f"{YEAR}-01-15", description_es="Sin contar")
    a_gift(cast, tie, on=parse_partial(""), title_es="Sin fecha")
    driven = DrivenCommittee(cast, today=IN_IT, founded_on=None)
    people = driven.members("Ana", "Luis")
    driven.called(-10)
    driven.held(*people)
    driven.task(people[0], what="Vencido", due_on=dt.date(YEAR, 12, 20))
    silent = a_tie(cast, signed="1990")
    Agreement.objects.filter(pk=silent.pk).update(stage="signed")
    lacks = lacks_of(director)
    for words in ("Sin contar", "Sin fecha", "falta la asistencia", "falta el acta firmada", "desde cuándo existe",
                  "Vencido", "ninguna actividad con fecha", "falta quién firma", "el domicilio"):  # fmt: skip
        assert any(words in lack for lack in lacks), words
    for words, address in lacks.items():
        path, field = address.split("#")
        answer = director.get(path)
        assert answer.status_code == 200, words
        assert f'id="{field}"' in answer.text or f'id="{field}_0"' in answer.text, (words, address)


def test_reader_is_not_sent_where_nothing_may_be_written(cast, tie):
    noted(cast, tie, on=f"{YEAR}-01-15")
    reader = client_of(cast.of(Role.READER))
    assert lacks_of(reader) == {}
    assert lacks_of(client_of(cast.of(Role.ANALYST)))


def test_whole_office_lacks_nothing(cast, tie, director):
    values = {"head_name": "Ana Ruiz", "head_post": "Directora", "address": "Plaza de la Paz 12"}
    Office.objects.filter(pk=cast.office.pk).update(**values)
    noted(cast, tie, on=f"{YEAR}-01-15", participants={"MX": 3})
    assert lacks_of(director) == {}


# ── who, which year ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("year", [public_day().year + 1, 1899, 10**6])
def test_year_that_cannot_be_reported_on_is_none(cast, director, year):
    assert director.get(f"/oficina/informes/anual/{year}/").status_code == 404


@pytest.mark.parametrize("rest", ["informe-fr.docx", "informe-es.odt", "cifras.ods"])
def test_paper_that_does_not_exist_is_none(cast, director, rest):
    assert director.get(f"/oficina/informes/anual/{YEAR}/{rest}").status_code == 404


def test_another_office_is_not_in_it(cast, tie, director):
    other = a_tie(cast, office=cast.other_office)
    noted(cast, other, on=f"{YEAR}-01-15", participants={"US": 99}, office=cast.other_office)
    assert figures_of(director)["Actividades"] == "0"
    assert figures_of(client_of(cast.at(cast.other_office, Role.DIRECTOR)))["Actividades"] == "1"


def test_what_was_withdrawn_or_is_told_twice_counts_not_at_all_or_once(cast, tie, director):
    first = noted(cast, tie, on=f"{YEAR}-01-15", participants={"US": 9})
    second = noted(cast, tie, on=f"{YEAR}-01-15", participants={"US": 9})
    Activity.objects.filter(pk=second.pk).update(same_as=first)
    gone = noted(cast, tie, on=f"{YEAR}-01-16", participants={"US": 9})
    Activity.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now(), withdrawal_reason="Error")
    assert figures_of(director)["Participaciones"] == "9"
