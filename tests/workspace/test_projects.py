"""The pages of projects: what an officer tells is kept, what is wrong is said where, and no work is lost."""

from __future__ import annotations

import dataclasses
import datetime as dt
from contextlib import contextmanager
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from hermanar.agreements.models import Agreement
from hermanar.cooperation import actions
from hermanar.cooperation.actions import project_said
from hermanar.cooperation.models import Contribution, Indicator, IndicatorValue, Partner, Project
from hermanar.cooperation.queries import budget_of, missing_of
from hermanar.cooperation.vocabulary import ProjectRefusal as R
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import public_day
from hermanar.foundation.tables import read_table
from hermanar.workspace.dossier import known_on
from hermanar.workspace.projects import lacks
from hermanar.workspace.trend import trend_of
from tests import factories as make
from tests.cooperation_acts import TODAY, a_tie
from tests.project_acts import (
    JANUARY,
    a_full_project,
    a_project,
    add_indicator,
    add_partner,
    add_risk,
    measure,
    money,
    put_in,
)
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tie(cast):
    return a_tie(cast)


@pytest.fixture
def analyst(cast):
    return client_of(cast.of(Role.ANALYST))


@pytest.fixture
def director(cast):
    return client_of(cast.of(Role.DIRECTOR))


def at(name, project, *more):
    return reverse(f"workspace:{name}", args=[project.pk, *more])


def version_of(project):
    return Project.objects.values_list("version", flat=True).get(pk=project.pk)


def test_project_begins_with_a_name_and_a_day_and_its_page_says_what_is_missing(analyst, tie):
    told = {"key": uuid4(), "title_es": "Agua limpia", "agreement": tie.pk, "conceived_on": "2026-01-12"}
    address = reverse("workspace:record_project")
    sent = analyst.post(address, told)
    assert analyst.post(address, told)["Location"] == sent["Location"]
    kept = Project.objects.get()
    assert sent["Location"] == at("project", kept)
    page = analyst.get(sent["Location"]).text
    assert "Agua limpia" in page
    assert len(missing_of(kept)) > 8
    for lack in lacks(kept):
        assert f'href="{lack.address}"' in page
        assert analyst.get(lack.address).status_code == 200


@pytest.mark.parametrize("path", ["?acuerdo=no", "?q=agua&etapa=x&modalidad=y&acuerdo=z&pagina=9", "?cancelados=1"])
def test_list_bears_any_address(analyst, tie, cast, path):
    a_project(cast, tie)
    assert analyst.get(reverse("workspace:projects") + path).status_code == 200


def test_list_is_found_by_words_without_accents_stage_modality_and_tie(cast, analyst, tie):
    a_project(cast, tie, title_es="Músicos de intercambio")
    a_project(cast, None, title_es="Agua")
    address = reverse("workspace:projects")
    for query, title in {"q": "MUSICOS", "acuerdo": tie.pk}.items():
        page = analyst.get(address, {query: title}).text
        assert "Músicos de intercambio" in page
        assert ">Agua<" not in page
    assert "2 proyectos" in analyst.get(address, {"etapa": "conception", "modalidad": "technical"}).text
    assert "Ningún proyecto así" in analyst.get(address, {"etapa": "evaluation"}).text


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_every_number_taken_away_is_the_one_on_the_page(cast, analyst, tie, format_):
    kept = a_full_project(cast, tie)
    page = analyst.get(at("project", kept)).text

    def column(name, heading):
        data = analyst.get(reverse("workspace:projects_table", args=[name, format_])).content
        table = read_table(data, name=f"x.{format_}")
        place = list(table.header).index(heading)
        return [row[place] for _number, row in table.rows]

    assert [Decimal(one) for one in column("proyectos", "aportado en dinero")] == [budget_of(kept).total]
    assert column("proyectos", "ODS y metas") == ["3, 3.1, 17.16"]
    assert sum(Decimal(one) for one in column("aportaciones", "cantidad")) == Decimal(300000)
    assert column("indicadores", "valor") == ["12"]
    for told in ("300,000.00\N{NO-BREAK SPACE}MXN", "12 personas", "30 % del camino", "Meta 3.1"):
        assert told in page, told
    assert analyst.get(reverse("workspace:projects_table", args=["otra", format_])).status_code == 404


def test_section_is_changed_and_the_rest_stays(cast, analyst, tie):
    kept = a_project(cast, tie)
    sent = {"version": 1, "scheme": "triangular", "modality": "cultural_11", "principles": ["gender", "co_financing"]}
    analyst.post(at("edit_project", kept, "clase"), sent)
    fresh = Project.objects.get()
    said = (fresh.direction, fresh.scheme, fresh.modality, fresh.sub_modality, fresh.principles)
    assert said == ("offer", "triangular", "cultural", "cultural_11", ["co_financing", "gender"])
    assert (fresh.title_es, fresh.budget) == (kept.title_es, kept.budget)
    page = analyst.get(at("edit_project", kept, "clase")).text
    assert '<option value="cultural_11" selected>' in page
    assert analyst.get(at("edit_project", kept, "otra")).status_code == 404


def test_stale_section_keeps_what_was_typed_and_tells_what_changed(cast, analyst, tie):
    kept = a_project(cast, tie)
    by = {"by": cast.of(Role.DIRECTOR), "version": 1}
    actions.mend_project(kept.pk, **by, mended=dataclasses.replace(project_said(kept), title_es="La otra"))
    told = {"version": 1, "title_es": "La mía", "agreement": tie.pk}
    page = analyst.post(at("edit_project", kept, "datos"), told).text
    assert "La mía" in page
    assert "ahora dice «La otra»" in page
    assert Project.objects.get().title_es == "La otra"
    analyst.post(at("edit_project", kept, "datos"), {**told, "version": 2})
    assert Project.objects.get().title_es == "La mía"


@pytest.mark.parametrize(
    ("part", "values", "refusal"),
    [
        ("aportaciones", {"side": "office", "resource": "money", "description": "x", "amount": "300,000.01",
                          "currency": "MXN"}, R.MORE_THAN_BUDGET),
        ("aportaciones", {"side": "office", "resource": "money", "description": "x", "amount": "5", "currency": "MXN",
                          "on": "1990-01-01"}, R.CURRENCY_OF_OTHER_YEAR),
        ("aportaciones", {"side": "office", "resource": "money", "description": "x"}, R.MONEY_WITHOUT_AMOUNT),
        ("indicadores", {"title_es": "x", "measure": "percentage", "level": "output", "baseline": "0",
                         "baseline_on": "2026-01-01", "target": "101", "target_on": "2027-01-01"},
         R.PERCENTAGE_OUT_OF_RANGE),
        ("indicadores", {"title_es": "x", "measure": "number", "unit": "y", "level": "output", "target": "9",
                         "target_on": "2027-01-01"}, R.TARGET_WITHOUT_BASELINE),
        ("organizaciones", {"name": "Hospital General", "kind": "academia", "role": "implementing"}, R.PARTNER_TWICE),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(cast, analyst, tie, part, values, refusal):
    kept = a_project(cast, tie)
    add_partner(cast, kept)
    page = analyst.post(at("add_project_part", kept, part), {"key": uuid4(), **values}).text
    assert str(refusal.label) in page
    assert 'aria-invalid="true"' in page
    assert (Contribution.objects.count(), Indicator.objects.count(), Partner.objects.count()) == (0, 0, 1)


def test_decimal_comma_is_asked_about_and_thousands_are_read(cast, analyst):
    kept = a_project(cast)
    told = {"key": uuid4(), "side": "office", "resource": "money", "description": "x", "currency": "MXN"}
    page = analyst.post(at("add_project_part", kept, "aportaciones"), {**told, "amount": "12,5"}).text
    assert "Los decimales van con punto" in page
    analyst.post(at("add_project_part", kept, "aportaciones"), {**told, "amount": "$ 12,500.50"})
    assert Contribution.objects.get().amount == Decimal("12500.50")


def test_parts_are_added_once_changed_and_taken_out(cast, analyst, tie):
    kept = a_project(cast, tie)
    key = uuid4()
    told = {"key": key, "name": "Universidad", "kind": "academia", "role": "funding", "country": "MX"}
    for _ in range(2):
        assert analyst.post(at("add_project_part", kept, "organizaciones"), told).status_code == 302
    assert Partner.objects.count() == 1
    put = {"key": uuid4(), "side": str(key), "resource": "people", "description": "Dos docentes", "people": "2",
           "days": "5"}  # fmt: skip
    analyst.post(at("add_project_part", kept, "aportaciones"), put)
    one = Contribution.objects.get()
    assert (one.partner_id, one.people, one.days) == (key, 2, 5)
    page = analyst.get(at("project", kept)).text
    assert "2 personas, 5 días" in page
    abroad = {"key": uuid4(), "side": str(key), "resource": "money", "description": "Becas", "amount": "1000",
              "currency": "EUR", "rate": "1.085", "rate_source": "Banco", "rate_on": "2026-01-05"}  # fmt: skip
    analyst.post(at("add_project_part", kept, "aportaciones"), abroad)
    assert "× 1.085 (Banco" in analyst.get(at("project", kept)).text, "a comma parts thousands here"
    Contribution.objects.filter(description="Becas").delete()
    taken = analyst.post(at("take_out_part", kept, "organizaciones", key), {"version": version_of(kept)}).text
    assert str(R.PARTNER_IN_USE.label) in taken
    shown = analyst.get(at("project_part", kept, "aportaciones", one.pk)).text
    assert f'<option value="{key}" selected>' in shown
    version = version_of(kept)
    for _ in range(2):
        gone = analyst.post(at("take_out_part", kept, "aportaciones", one.pk), {"version": version})
        assert gone.status_code == 302
    assert not Contribution.objects.exists()


@contextmanager
def meanwhile(act):
    """Do something just before a verb takes its lock: what another person's request did while this one waited."""
    waiting = [act]

    def before_the_lock(execute, sql, params, many, context):
        if waiting and "foundation_revision" in sql:
            waiting.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(before_the_lock):
        yield
    assert not waiting


def test_two_who_add_at_the_same_time_both_add(cast, analyst):
    kept = a_project(cast)
    one = add_indicator(cast, kept)
    told = {"key": uuid4(), "name": "Universidad", "kind": "academia", "role": "funding", "country": "MX"}
    with meanwhile(lambda: add_partner(cast, kept)):
        assert analyst.post(at("add_project_part", kept, "organizaciones"), told).status_code == 302
    assert Partner.objects.count() == 2
    told = {"key": uuid4(), "on": "2026-06-01", "value": "20", "verification": "Constancias"}
    with meanwhile(lambda: measure(cast, one, 5, on=dt.date(2026, 3, 1))):
        assert analyst.post(at("add_value", kept, one.pk), told).status_code == 302
    assert [value.value for value in one.values.all()] == [5, 20]


def test_button_pressed_twice_at_the_same_time_adds_once(cast, analyst):
    kept = a_project(cast)
    key = uuid4()
    told = {"key": key, "name": "Universidad", "kind": "academia", "role": "funding", "country": "MX"}
    with meanwhile(lambda: add_partner(cast, kept, "Universidad", role="funding", kind="academia", key=key)):
        assert analyst.post(at("add_project_part", kept, "organizaciones"), told).status_code == 302
    one = add_indicator(cast, kept)
    value = {"key": uuid4(), "on": "2026-06-01", "value": "20", "verification": "Constancias"}
    with meanwhile(lambda: measure(cast, one, 20, on=dt.date(2026, 6, 1), key=value["key"])):
        assert analyst.post(at("add_value", kept, one.pk), value).status_code == 302
    assert (Partner.objects.count(), IndicatorValue.objects.count()) == (1, 1)
    assert version_of(kept) == 4  # recorded, and three things added


def test_cycle_goes_on_from_the_page_and_asks_about_money(cast, analyst, tie):
    kept = a_project(cast, tie)
    put_in(cast, kept, money(1000))
    for stage in ("negotiation", "pre_feasibility"):
        told = {"version": version_of(kept), "on": "2026-03-01", "stage": stage}
        for _ in range(2):
            assert analyst.post(at("advance_project", kept), told).status_code == 302
    assert Project.objects.get().stage == "pre_feasibility"
    page = analyst.get(at("advance_project", kept)).text
    assert "1,000.00" in page
    told = {"version": version_of(kept), "on": "2026-04-01", "stage": "execution"}
    assert str(R.BUDGET_NOT_REACHED.label) in analyst.post(at("advance_project", kept), told).text
    analyst.post(at("advance_project", kept), {**told, "is_gap_known": "on"})
    assert Project.objects.get().stage == "execution"
    version = version_of(kept)
    for _ in range(2):
        sent = analyst.post(at("take_project_stage_back", kept), {"version": version, "wanted": "4"})
        assert sent.status_code == 302
    assert Project.objects.get().stage == "pre_feasibility"
    analyst.post(at("take_project_stage_back", kept), {"version": version_of(kept), "wanted": "0019999"})
    assert Project.objects.get().stage == "pre_feasibility", "no such stage"
    analyst.post(at("mend_project_stage", kept, 1), {"version": version_of(kept), "on": "2025-12-01", "note": "Acta"})
    assert str(kept.stages.get(number=1).began_on) == "2025-12-01"
    assert analyst.get(at("mend_project_stage", kept, 9)).status_code == 404


def test_goals_are_searched_without_losing_what_is_chosen(cast, analyst):
    kept = a_project(cast)
    page = analyst.post(at("project_goals", kept), {"version": 1, "buscar": "1", "q": "tourism", "codes": ["4"]}).text
    assert 'value="8.9" id="meta-8.9">' in page
    assert 'value="4" id="meta-4" checked>' in page
    assert not kept.targets.exists()
    told = {"version": 1, "codes": ["4", "8.9", "99"]}
    for _ in range(2):
        assert analyst.post(at("project_goals", kept), told).status_code == 302
    assert sorted(one.code for one in kept.targets.all()) == ["4", "8.9"]
    stale = analyst.post(at("project_goals", kept), {"version": 1, "codes": ["5"]}).text
    assert "Otra persona lo cambió" in stale
    assert 'id="meta-5" checked>' in stale
    assert "Ninguno tiene esas palabras" in analyst.get(at("project_goals", kept), {"q": "xilófono"}).text


def test_values_are_noted_drawn_and_read_in_a_table(cast, analyst):
    kept = a_project(cast)
    one = add_indicator(cast, kept)
    assert trend_of(one) is None
    told = {"key": uuid4(), "on": "2026-06-01", "value": "20", "verification": "Constancias"}
    for _ in range(2):
        assert analyst.post(at("add_value", kept, one.pk), told).status_code == 302
    value = IndicatorValue.objects.get()
    page = analyst.get(at("project", kept)).text
    for words in ("20 personas", "50 % del camino", "Constancias", "<polyline"):
        assert words in page, words
    again = {**told, "key": uuid4(), "value": ""}
    assert "Falta el valor" in analyst.post(at("add_value", kept, one.pk), again).text
    analyst.post(at("change_value", kept, value.pk), {**told, "version": version_of(kept), "value": "21"})
    assert IndicatorValue.objects.get().value == 21
    version = version_of(kept)
    for _ in range(2):
        assert analyst.post(at("take_out_value", kept, value.pk), {"version": version}).status_code == 302
    assert not IndicatorValue.objects.exists()


@pytest.mark.parametrize("sign", ["", "-"])
def test_largest_figure_is_kept_whole_and_a_larger_one_is_told(cast, analyst, sign):
    kept = a_project(cast)
    one = add_indicator(cast, kept, baseline=None, baseline_on=None, target=None, target_on=None)
    told = {"key": uuid4(), "on": "2026-06-01", "value": f"{sign}99999999999.9999", "verification": "Padrón"}
    assert analyst.post(at("add_value", kept, one.pk), told).status_code == 302
    assert IndicatorValue.objects.get().value == Decimal(told["value"])
    assert "99,999,999,999.9999" in analyst.get(at("project", kept)).text
    for value in ("999999999999.9999", "100000000000"):
        larger = {**told, "key": uuid4(), "on": "2026-06-02", "value": sign + value}
        assert analyst.post(at("add_value", kept, one.pk), larger).status_code == 200
    assert IndicatorValue.objects.count() == 1


def test_drawing_goes_from_the_baseline_to_the_target(cast):
    one = add_indicator(cast, a_project(cast), target_on=dt.date(2027, 1, 12))
    measure(cast, one, 20, on=dt.date(2026, 7, 13))
    drawn = trend_of(Indicator.objects.get())
    assert (drawn.begins, drawn.target) == (("8.0", "82.0"), ("292.0", "8.0"))
    assert drawn.points[0][1] == "45.0"
    assert one.baseline_on == JANUARY


def test_activities_are_chosen_from_those_of_the_tie(cast, analyst, tie):
    kept = a_project(cast, tie)
    make.activity(tie, "2026-05-03", description="Curso de parto")
    activity = tie.activities.get()
    page = analyst.get(at("project_activities", kept)).text
    assert "Curso de parto" in page
    told = {"version": 1, "activities": [activity.pk]}
    for _ in range(2):
        assert analyst.post(at("project_activities", kept), told).status_code == 302
    assert "Curso de parto" in analyst.get(at("project", kept)).text


def test_project_is_shown_and_cancelled_by_who_may(cast, analyst, director, tie):
    kept = a_project(cast, tie)
    show = {"version": 1, "wanted": "show"}
    assert analyst.post(at("publish_project", kept), show).status_code == 403
    assert str(R.NO_PUBLIC_TIE.label) in director.post(at("publish_project", kept), show).text
    Agreement.objects.filter(pk=tie.pk).update(published_at=timezone.now())
    for _ in range(2):
        assert director.post(at("publish_project", kept), show).status_code == 302
    assert Project.objects.get().published_at is not None
    told = {"version": 2, "cancelled_on": "2026-06-01", "reason": "Sin socio"}
    for _ in range(2):
        assert director.post(at("cancel_project", kept), told).status_code == 302
    page = director.get(at("project", kept)).text
    assert "Sin socio" in page
    assert "Cambiar" not in page
    assert Project.objects.get().published_at is None


def test_public_project_tells_who_may_change_it_and_keeps_what_the_public_reads(cast, analyst, director, tie):
    kept = a_project(cast, tie)
    Agreement.objects.filter(pk=tie.pk).update(published_at=timezone.now())
    actions.publish_project(kept.pk, by=cast.of(Role.DIRECTOR), version=1)
    page = analyst.get(at("project", kept)).text
    assert str(R.IS_PUBLIC.label) in page
    assert at("edit_project", kept, "datos") not in page
    told = {"version": 2, "title_es": "Otro nombre", "summary_es": "Otro fin", "agreement": tie.pk}
    assert str(R.IS_PUBLIC.label) in analyst.post(at("edit_project", kept, "datos"), told).text
    assert str(R.IS_PUBLIC.label) in analyst.post(at("project_goals", kept), {"version": 2, "codes": ["4"]}).text
    assert Project.objects.get().title_es == "Enfermeras que se forman juntas"
    assert str(R.IS_PUBLIC.label) not in director.get(at("project", kept)).text
    assert "con otro acuerdo, o sin él" in director.get(at("edit_project", kept, "datos")).text
    assert director.post(at("edit_project", kept, "datos"), told).status_code == 302


def test_version_of_a_form_that_is_no_number_is_an_old_one(cast, analyst):
    kept = a_project(cast)
    for version in ("9" * 5000, "x", "", "²"):
        page = analyst.post(at("project_goals", kept), {"version": version, "codes": ["4"]})
        assert "Otra persona lo cambió" in page.text, version[:5]
    assert not kept.targets.exists()


def test_reader_reads_and_changes_nothing(cast, tie):
    kept = a_full_project(cast, tie)
    reader = client_of(cast.of(Role.READER))
    page = reader.get(at("project", kept)).text
    assert "Corregir" not in page
    assert "Agregar" not in page
    assert reader.post(at("edit_project", kept, "datos"), {"version": 1, "title_es": "x"}).status_code == 403


def test_file_leads_to_its_projects_and_back(cast, analyst, tie):
    kept = a_project(cast, tie)
    page = analyst.get(reverse("workspace:life", args=[tie.pk])).text
    assert at("project", kept) in page
    assert reverse("workspace:record_project") + f"?acuerdo={tie.pk}" in page
    assert reverse("workspace:file", args=[tie.pk]) in analyst.get(at("project", kept)).text


def test_button_on_what_changed_meanwhile_tells_it_and_does_nothing(cast, director, tie):
    kept = a_project(cast, tie)
    Agreement.objects.filter(pk=tie.pk).update(published_at=timezone.now())
    add_risk(cast, kept)
    for name, wanted in (("publish_project", "show"), ("take_project_stage_back", "1")):
        page = director.post(at(name, kept), {"version": 1, "wanted": wanted}).text
        assert "Otra persona lo cambió" in page, name
    told = {"version": 1, "stage": "negotiation", "on": TODAY.isoformat(), "note": ""}
    assert "Otra persona lo cambió" in director.post(at("advance_project", kept), told).text
    assert (Project.objects.get().published_at, Project.objects.get().stage) == (None, "conception")


def test_goals_are_told_in_the_readers_language(cast, analyst):
    kept = a_project(cast)
    actions.set_targets(kept.pk, by=cast.of(Role.ANALYST), version=1, codes=["8.9"])
    assert "turismo sostenible" in analyst.get(at("project", kept)).text
    page = analyst.get("/en" + at("project", kept)).text
    assert "sustainable tourism" in page
    assert "turismo sostenible" not in page


def test_dossier_tells_a_project_as_it_was_known_that_day(cast, tie):
    kept = a_full_project(cast, tie)
    today = public_day()
    (row,) = known_on(cast.office, today).rows["projects"]
    assert (row["title"], row["stage"], row["goals"]) == (
        "Enfermeras que se forman juntas",
        "execution",
        "3, 3.1, 17.16",
    )
    kept.versions.filter(code="project.stage_begun").update(at=timezone.now() + dt.timedelta(days=3))
    assert known_on(cast.office, today).rows["projects"][0]["title"] == row["title"]
    assert known_on(cast.office, today - dt.timedelta(days=2)).rows["projects"] == []
