"""Projects reported: the chapter of the year, the agency's sheet, the IATI file; read back, and what they lack."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import etree, html

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models import (
    Indicator,
    IndicatorValue,
    Partner,
    Project,
    ProjectStage,
    ProjectTarget,
)
from hermanar.cooperation.queries import newest_value, published_projects
from hermanar.cooperation.queries.goals import goals
from hermanar.cooperation.vocabulary import (
    SCHEMES_OF,
    CycleStage,
    Level,
    Measure,
    Modality,
    PartnerKind,
    PartnerRole,
    ProjectDirection,
    Scheme,
)
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import public_day
from hermanar.offices.models import Office
from hermanar.workspace import iati
from hermanar.workspace.reports.published import KINDS, LEVELS, PARTS, STAGES, facts_of
from tests.cooperation_acts import a_tie
from tests.project_acts import (
    a_full_project,
    a_project,
    add_indicator,
    add_lesson,
    add_partner,
    measure,
)
from tests.workspace import read_back
from tests.workspace.signing_in import client_of
from tests.workspace.standard import flaws

pytestmark = pytest.mark.django_db
YEAR = 2026
IDENTIFIER = "MX-INEGI-11015"


def at(name, *arguments):
    return reverse(f"workspace:{name}", args=arguments)


@pytest.fixture
def tie(cast):
    return a_tie(cast)


@pytest.fixture
def director(cast):
    return client_of(cast.of(Role.DIRECTOR))


@pytest.fixture
def named(cast):
    Office.objects.filter(pk=cast.office.pk).update(iati_identifier=IDENTIFIER, email="o@example.org")


def figures_of(client, address):
    return dict(read_back.of_page(client.get(address).text)[0])


# ── the chapter ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_year_tells_its_projects_and_what_they_measured(cast, tie, director):
    a_full_project(cast, tie)
    found = figures_of(director, at("annual_report", YEAR))
    assert (found["Proyectos"], found["Proyectos en ejecución"]) == ("1", "1")
    assert found["Presupuesto de los proyectos"] == "300,000.00 MXN"
    assert (found["Indicadores"], found["Valores medidos en el año"]) == ("1", "1")
    _figures, grids = read_back.of_page(director.get(at("annual_report", YEAR)).text)
    assert grids["Cada indicador"][1] == [
        ["Enfermeras formadas", "Enfermeras que se forman juntas", "personas", "0", "40", "12", "30"]
    ]


def test_project_of_another_time_is_not_of_the_year(cast, tie, director):
    a_project(cast, tie, starts_on=dt.date(2026, 2, 1), ends_on=dt.date(2026, 3, 1))
    assert figures_of(director, at("annual_report", 2026))["Proyectos"] == "1"
    assert figures_of(director, at("annual_report", 2025))["Proyectos"] == "0"


# ── the agency's sheet ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["es", "en"])
def test_sheet_reads_the_same_on_the_page_in_word_and_in_the_table(cast, tie, director, language):
    project = a_full_project(cast, tie)
    add_partner(cast, project)
    add_lesson(cast, project)
    prefix = "" if language == "es" else "/en"
    figures, grids = read_back.of_page(director.get(prefix + at("project_sheet", project.pk)).text)
    told, tables = read_back.of_word(director.get(at("project_sheet_file", project.pk, language, "docx")).content)
    assert told == figures
    assert tables == grids
    rows = read_back.of_csv(director.get(at("project_sheet_file", project.pk, language, "csv")).content)
    assert [row[3] for row in rows if not row[1]] == [_number(value) for _label, value in figures]
    assert read_back.of_xlsx(director.get(at("project_sheet_file", project.pk, language, "xlsx")).content) == rows
    pdf = read_back.text_of_pdf(director.get(at("project_sheet_file", project.pk, language, "pdf")).content)
    assert "300,000.00" in pdf


def _number(told):
    return told.split(" ")[0].replace(",", "")


def test_sheet_says_what_the_agency_asks(cast, tie, director):
    project = a_full_project(cast, tie)
    page = director.get(at("project_sheet", project.pk)).text
    for words in ("lo asigna la AMEXCID", "oferta", "horizontal", "cooperación técnica", "cofinanciamiento",
                  "Partida 4411", "100,000.00", "Hospital de Ashland", "Enfermeras formadas", "ejecución",
                  "Que cambie el gobierno"):  # fmt: skip
        assert words in page, words


def lacks_of(client, address):
    tree = html.fromstring(client.get(address).text)
    return {one.text_content(): one.get("href") for one in tree.xpath("//section[@aria-labelledby='falta']//a")}


def test_each_lack_of_a_sheet_opens_where_it_is_written(cast, director):
    bare = a_project(cast, None, title_es=" ".join(["palabra"] * 21), summary_es="", direction=None, scheme=None,
                     modality=None, sub_modality=None, principles=(), starts_on=None, ends_on=None, budget=None,
                     currency="")  # fmt: skip
    lacks = lacks_of(director, at("project_sheet", bare.pk))
    assert any("palabras" in words for words in lacks)
    assert any("beneficia" in words for words in lacks)
    for words, address in lacks.items():
        path, _hash, field = address.partition("#")
        answer = director.get(path)
        assert answer.status_code == 200, words
        assert not field or f'id="{field}' in answer.text, (words, address)


def test_sheet_of_another_office_is_none(cast, director):
    other = a_project(cast, office=cast.other_office)
    for name, more in (("project_sheet", ()), ("project_sheet_file", ("es", "docx"))):
        assert director.get(at(name, other.pk, *more)).status_code == 404
    own = a_project(cast)
    for more in (("fr", "docx"), ("es", "odt")):
        assert director.get(at("project_sheet_file", own.pk, *more)).status_code == 404


# ── the file of the standard ─────────────────────────────────────────────────────────────────────────────────────────


def shown(*projects):
    """Let the public see projects, as their publication does."""
    keys = [one.pk for one in projects]
    Project.objects.filter(pk__in=keys).update(published_at=timezone.now())
    Agreement.objects.filter(projects__in=keys).update(published_at=timezone.now())


def test_file_is_valid_and_says_the_numbers_of_the_project(cast, tie, director, named):
    project = a_full_project(cast, tie)
    Project.objects.filter(pk=project.pk).update(ends_on=dt.date(2026, 12, 31))
    add_partner(cast, project, kind=PartnerKind.ACADEMIA, role=PartnerRole.FUNDING, identifier="US-EIN-93-0386858")
    shown(project)
    answer = director.get(at("iati_file"))
    assert answer.headers["Content-Type"] == "application/xml"
    assert flaws(answer.content) == []
    said = etree.fromstring(answer.content)
    assert said.xpath("string(//iati-identifier)") == f"{IDENTIFIER}-{project.pk}"
    assert said.xpath("//activity-status/@code") == ["2"]
    assert said.xpath("//activity-date/@type") == ["1", "2", "3"]
    assert said.xpath("//participating-org/@role") == ["2", "4", "1"]
    assert said.xpath("//tag/@code") == ["3", "3.1", "17.16"]
    assert said.xpath("//budget/value/text()") == ["300000.00"]
    assert [Decimal(one) for one in said.xpath("//actual/@value | //target/@value")] == [Decimal(40), Decimal(12)]
    assert said.xpath("//iati-activity/title/narrative/text()") == [
        "Enfermeras que se forman juntas",
        "Nurses who train together",
    ]


def names_in(director):
    return etree.fromstring(director.get(at("iati_file")).content).xpath("//iati-activity/title/narrative[1]/text()")


def test_only_what_the_public_sees_is_in_the_file_and_the_page_says_why_not(cast, tie, director, named):
    one, two = a_full_project(cast, tie), a_project(cast, tie, title_es="Aún en la oficina")
    alone = a_project(cast, None, title_es="Sin acuerdo")
    gone = a_project(cast, tie, title_es="El que se canceló")
    Project.objects.filter(pk=gone.pk).update(cancelled_on=dt.date(2026, 3, 1), cancel_reason="Sin fondos")
    assert director.get(at("iati_file"))["Location"] == at("iati")
    assert at("iati_file") not in director.get(at("iati")).text
    shown(one)
    assert names_in(director) == [one.title_es]
    page = director.get(at("iati")).text
    assert f'<a href="{at("publish_project", two.pk)}">no se ha publicado</a>' in page
    assert "no tiene un acuerdo que sea público" in page
    assert "se canceló" in page
    assert "1 proyecto de 4 entra" in page
    assert at("publish_project", two.pk) not in client_of(cast.of(Role.ANALYST)).get(at("iati")).text
    Project.objects.filter(pk=alone.pk).update(published_at=timezone.now())
    assert names_in(director) == [one.title_es]
    Agreement.objects.filter(pk=tie.pk).update(published_at=None)
    assert director.get(at("iati_file"))["Location"] == at("iati")


def test_demonstration_gives_no_file_and_says_so(cast, tie, director, named):
    shown(a_full_project(cast, tie))
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    page = director.get(at("iati")).text
    assert "Esta oficina es de demostración: no hay archivo" in page
    assert at("iati_file") not in page
    assert director.get(at("iati_file"))["Location"] == at("iati")


def test_more_projects_ask_no_more_questions(cast, tie, director, named):
    first = a_full_project(cast, tie)
    add_partner(cast, first)
    shown(first)
    addresses = (at("iati"), at("iati_file"), at("projects_table", "proyectos", "csv"), at("projects"))
    asked = [questions(director, address) for address in addresses]
    for _ in range(2):
        more = a_full_project(cast, a_tie(cast))
        add_partner(cast, more)
        shown(more)
    assert [questions(director, address) for address in addresses] == asked


def questions(client, address):
    client.get(address)  # what is asked only once is asked
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_office_without_an_identifier_is_told_so_and_led_to_the_field(cast, tie, director):
    shown(a_full_project(cast, tie))
    page = director.get(at("iati")).text
    assert "#id_iati_identifier" in page
    assert at("iati_file") not in page
    assert director.get(at("iati_file"))["Location"] == at("iati")
    sent = director.post(at("particulars"), {**particulars(cast), "iati_identifier": "no vale"})
    assert "empieza con dos o tres letras" in sent.text
    director.post(at("particulars"), {**particulars(cast), "iati_identifier": IDENTIFIER})
    assert Office.objects.get(pk=cast.office.pk).iati_identifier == IDENTIFIER
    assert at("iati_file") in director.get(at("iati")).text


def particulars(cast):
    kept = Office.objects.get(pk=cast.office.pk)
    return {"name": kept.name, "time_zone": kept.time_zone, "version": kept.version}


def test_project_that_lacks_what_is_needed_stays_out_and_each_lack_opens_its_field(cast, tie, director, named):
    a_project(cast, None, summary_es="", modality=None, sub_modality=None, starts_on=None, ends_on=None)
    tree = html.fromstring(director.get(at("iati")).text)
    assert "no entra todavía" in tree.text_content()
    links = [one.get("href") for one in tree.xpath("//details//a")]
    assert len(links) > 5
    for address in links:
        path, _hash, field = address.partition("#")
        assert f'id="{field}' in director.get(path).text, address
    assert director.get(at("iati_file"))["Location"] == at("iati")


def test_nothing_of_another_office_is_in_the_file(cast, tie, director, named):
    shown(a_full_project(cast, tie), a_project(cast, office=cast.other_office, title_es="El de León"))
    assert "Enfermeras" in director.get(at("iati_file")).text
    assert "El de León" not in director.get(at("iati_file")).text


@pytest.mark.parametrize(
    ("direction", "scheme", "countries"),
    [
        (ProjectDirection.RECEPTION, Scheme.BILATERAL, ("MX",)),
        (ProjectDirection.OFFER, Scheme.DIRECT, ("US",)),
        (ProjectDirection.OFFER, Scheme.TRIANGULAR, ("US",)),
        (ProjectDirection.OFFER, Scheme.HORIZONTAL, ("MX", "US")),
        (None, None, ()),
    ],
)
def test_whom_a_project_is_for_follows_from_its_direction(cast, tie, direction, scheme, countries):
    project = a_project(cast, tie, direction=direction, scheme=scheme)
    facts = facts_of(project)
    assert facts.countries == countries
    assert facts.is_triangular is (scheme is Scheme.TRIANGULAR)


@pytest.mark.parametrize(("ends_on", "is_told"), [("2027-01-31", True), ("2027-02-01", False), ("2027-02-02", False)])
def test_budget_of_a_year_ends_the_day_before_the_next(cast, tie, ends_on, is_told):
    project = a_project(cast, tie, starts_on=dt.date(2026, 2, 1), ends_on=dt.date.fromisoformat(ends_on))
    assert bool(facts_of(project).budgets) is is_told


def test_what_is_measured_after_the_target_is_told_in_a_time_of_its_own(cast, tie):
    project = a_project(cast, tie)
    indicator = add_indicator(cast, project, target=Decimal(9), target_on=dt.date(2026, 3, 15))
    for value, on in ((5, dt.date(2026, 3, 1)), (8, dt.date(2026, 4, 1)), (12, dt.date(2026, 5, 1))):
        measure(cast, indicator, value, on=on)
    [told] = facts_of(project).indicators
    assert [(one.starts_on, one.ends_on, one.target, one.actual) for one in told.periods] == [
        (indicator.baseline_on, dt.date(2026, 3, 15), Decimal(9), Decimal(5)),
        (dt.date(2026, 3, 16), dt.date(2026, 5, 1), None, Decimal(12)),
    ]
    assert told.periods[-1].actual == newest_value(Indicator.objects.get()).value  # as the sheet and the page say


def test_indicator_without_a_baseline_is_lacking_and_leads_to_it(cast, tie, director, named):
    project = a_project(cast, tie)
    bare = add_indicator(cast, project, baseline=None, baseline_on=None, target=None, target_on=None)
    measure(cast, bare, 5, on=dt.date(2026, 3, 1))
    assert facts_of(project).indicators[0].periods == ()
    page = director.get(at("iati")).text
    assert str(iati.Lacking.BASELINE.label) in page
    assert f"{at('project', project.pk)}#indicadores" in page


def test_budget_of_more_than_a_year_is_not_told_as_one_of_a_year(cast, tie):
    long, short = a_project(cast, tie), a_project(cast, tie, ends_on=dt.date(2026, 12, 1))
    assert facts_of(long).budgets == ()
    assert iati.Lacking.BUDGET in iati.lacking(facts_of(long), today=dt.date(2026, 11, 21))
    assert [one.amount for one in facts_of(short).budgets] == [Decimal(300000)]


def test_every_word_of_a_project_has_its_code():
    assert set(STAGES) == set(CycleStage)
    assert set(KINDS) == set(PartnerKind)
    assert set(PARTS) == set(PartnerRole)
    assert set(LEVELS) == set(Level)


def test_cancelled_project_is_told_as_such(cast, tie):
    project = a_project(cast, tie)
    Project.objects.filter(pk=project.pk).update(cancelled_on=dt.date(2026, 3, 1), cancel_reason="Sin fondos")
    assert facts_of(Project.objects.get(pk=project.pk)).stage is iati.Stage.CANCELLED


def test_what_was_measured_is_told_with_how_it_is_verified(cast, tie):
    project = a_project(cast, tie)
    indicator = add_indicator(cast, project, target=None, target_on=None)
    measure(cast, indicator, 5, on=dt.date(2026, 3, 1))
    measure(cast, indicator, 7, on=dt.date(2026, 4, 1))
    [told] = facts_of(project).indicators
    assert [(one.target, one.actual, one.comment) for one in told.periods] == [
        (None, Decimal(7), "2026-04-01: Lista de asistencia")
    ]
    assert facts_of(a_project(cast, tie)).indicators == ()


# ── two hundred of them ──────────────────────────────────────────────────────────────────────────────────────────────


def test_two_hundred_projects_of_an_office_leave_a_valid_file(cast, tie, director, named):
    dice = random.Random(20303)  # noqa: S311 — cases, not secrets
    _many(cast.office, tie, dice)
    assert Project.objects.count() == 200
    answer = director.get(at("iati_file"))
    assert flaws(answer.content) == []
    facts = [facts_of(one) for one in published_projects()]
    assert 100 < len(facts) < 200
    told = [one for one in facts if not iati.stays_out(one, today=public_day())]
    assert 50 < len(told) < 200  # some lack what is needed, many do not
    assert len(etree.fromstring(answer.content).xpath("//iati-activity")) == len(told)
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    assert director.get(at("iati_file"))["Location"] == at("iati")


def _many(office, tie, dice):
    """Keep two hundred projects with anything the tables can hold, whatever a verb would say to it."""
    Agreement.objects.filter(pk=tie.pk).update(published_at=timezone.now())
    codes = [code for code in goals() if dice.random() < 0.3]
    for number in range(200):
        starts_on = dt.date(2015, 1, 1) + dt.timedelta(days=dice.randrange(5000))
        has_days, has_money = dice.random() < 0.8, dice.random() < 0.7
        schemes = dice.choice(list(SCHEMES_OF.items()))
        project = Project.objects.create(
            office=office, agreement=tie if dice.random() < 0.9 else None,
            title_es=f"Proyecto {number} <&> \u0007\u202e",
            title_en=dice.choice(["", "Project"]), summary_es=dice.choice(["", "Para el agua", "Para la escuela"]),
            direction=schemes[0], scheme=dice.choice(schemes[1]), modality=dice.choice(["", *Modality.values]),
            stage=dice.choice(CycleStage.values), starts_on=starts_on if has_days else None,
            ends_on=starts_on + dt.timedelta(days=dice.randrange(900)) if has_days else None,
            budget=Decimal(dice.randrange(1, 10**9)) / 100 if has_money else None,
            currency=dice.choice(["MXN", "USD", "EUR", "ZMW", "VES"]) if has_money else "", recorded_at=timezone.now(),
            published_at=timezone.now() if dice.random() < 0.8 else None,
        )  # fmt: skip
        for at_, stage in enumerate(list(CycleStage)[: dice.randrange(7)], start=1):
            began = starts_on + dt.timedelta(days=30 * at_)
            ProjectStage.objects.create(project=project, number=at_, stage=stage, began_on=began)
        for code in dice.sample(codes, dice.randrange(4)):
            ProjectTarget.objects.create(project=project, code=code)
        if dice.random() < 0.5:
            Partner.objects.create(
                project=project, name="Universidad de Guanajuato", kind=dice.choice(PartnerKind.values),
                role=dice.choice(PartnerRole.values), identifier=dice.choice(["", "MX-1/2", "MX-RFC-X", "MX\x0bA\x01"]),
            )  # fmt: skip
        if dice.random() < 0.6:
            _measured(project, starts_on, dice)


def _measured(project, starts_on, dice):
    has_target = dice.random() < 0.5
    one = Indicator.objects.create(
        project=project, title_es="Personas", level=dice.choice(Level.values), measure=dice.choice(Measure.values),
        unit="personas", baseline=Decimal(dice.randrange(100)), baseline_on=starts_on,
        target=Decimal("40.5") if has_target else None,
        target_on=starts_on + dt.timedelta(days=dice.randrange(400)) if has_target else None,
    )  # fmt: skip
    for day in range(dice.randrange(4)):
        on = starts_on + dt.timedelta(days=100 * day)
        IndicatorValue.objects.create(indicator=one, on=on, value=Decimal(dice.randrange(100)), verification="Lista")
