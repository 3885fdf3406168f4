"""The pages of work plans: what is missing leads to its field, what is refused says where, files are read back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import openpyxl
import pytest
from django.urls import reverse
from icalendar import Calendar

from hermanar.agreements.models import Agreement, PaperFilling
from hermanar.console.proving import flaws
from hermanar.cooperation import actions
from hermanar.cooperation.models import Activity, AnnualProgramme, PlannedActivity, PlannedDone, WorkPlan
from hermanar.cooperation.vocabulary import Demand, PlanContent
from hermanar.foundation.calendar import public_day
from hermanar.foundation.papers import text_of
from hermanar.foundation.papers.reading import PDF, WORD
from hermanar.workspace.dossier import known_on
from hermanar.workspace.due import due_lines
from hermanar.workspace.plans import view_of
from tests.plans import HUMAN, MATERIAL, MONEY, STAFF, DrivenPlan
from tests.workspace.signing_in import client_of
from tests.workspace.test_committees import Desk, at, faults

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def desk(cast):
    return Desk(cast)


@pytest.fixture
def past():
    """Return a day of which the whole programme's year is known: a month ago."""
    return public_day() - dt.timedelta(days=30)


@pytest.fixture
def plan(cast, past):
    today = public_day()
    return DrivenPlan(cast, today=today, starts_on=past - 300 * DAY, ends_on=past + 700 * DAY)


@pytest.fixture
def programme(plan, past):
    return plan.programme(past.year)


@pytest.fixture
def over(plan, programme, past):
    """Return something planned whose days are over."""
    return plan.plans(programme, starts_on=past, ends_on=past)


# ── making, and what is missing ──────────────────────────────────────────────────────────────────────────────────────


def test_a_newcomer_is_led_from_the_file_to_a_plan_and_its_first_programme(cast, desk):
    first = desk.see("plans")
    assert "Ver los expedientes" in first.text, "a plan is of a tie"
    file = DrivenPlan(cast).file
    WorkPlan.objects.all().delete()
    assert "Hacer el primero" in desk.see("plans").text
    page = desk.see("life", file.pk)
    assert f"{at('make_plan')}?expediente={file.pk}" in page.text
    form = desk.form("make_plan", query=f"?expediente={file.pk}")
    starts, ends = form["starts_on"], form["ends_on"]
    assert (ends + DAY).replace(year=starts.year) == starts, "three years are offered"
    made = desk.does("make_plan", form={**form, "starts_on": starts.isoformat(), "ends_on": ends.isoformat()})
    assert "Agregar el primer programa" in made.text
    assert at("plan", WorkPlan.objects.get().pk) in desk.see("life", file.pk).text


def test_everything_that_a_programme_lacks_is_a_link_to_its_very_field(desk, plan, programme, over):
    PlannedActivity.objects.update(responsible_own="", responsible_counterpart="")
    page = desk.see("programme", programme.pk)
    told = {one.words: one.address for one in page.context["view"].missing}
    assert len(told) == len(PlanContent) - 1, "there is an activity"
    for words, address in told.items():
        assert f'href="{address.replace("&", "&amp;")}"' in page.text, words
        where, _mark, field = address.partition("#")
        assert f'id="{field}"' in desk.client.get(where).text, words
    plan.says(programme)
    plan.staffed(programme, STAFF)
    plan.funded(programme, HUMAN, MATERIAL, MONEY)
    plan.mends(over, starts_on=over.starts_on, ends_on=over.ends_on)
    assert "Para estar completo le falta" not in desk.see("programme", programme.pk).text


def test_the_kind_of_the_resource_that_is_missing_is_chosen_already(desk, plan, programme):
    plan.funded(programme, HUMAN)
    form = desk.form("programme_resources", programme.pk, query="?clase=financial")
    assert form["kind_1"] == "financial"
    assert form["what_0"] == HUMAN.what


def test_what_the_counterpart_cannot_read_yet_is_told_with_its_field(desk, plan, programme, over):
    plan.says(programme)
    plan.staffed(programme, STAFF)
    plan.funded(programme, HUMAN)
    plan.mends(over, starts_on=over.starts_on, ends_on=over.ends_on)
    assert desk.see("programme", programme.pk).context["view"].untold == []
    AnnualProgramme.objects.update(evaluation_en="")
    PlannedActivity.objects.update(title_en="")
    programme.staff.update(stay_en="")
    programme.resources.update(what_en="")
    untold = desk.see("programme", programme.pk).context["view"].untold
    fields = [one.address.partition("#")[2] for one in untold]
    assert fields == ["id_evaluation_en", "id_title_en", "id_stay_en_0", "id_what_en_0"]
    for one in untold:
        where, _mark, field = one.address.partition("#")
        assert f'id="{field}"' in desk.client.get(where).text


def test_advice_is_told_with_its_reason_and_leads_to_the_activity(desk, plan, programme, past):
    large = plan.plans(programme, title="Un puente", demand=Demand.HIGH, starts_on=past, ends_on=past)
    page = desk.see("plan", plan.key)
    assert "Empiece por algo pequeño" in page.text
    assert "Esto exige mucho y llega antes de que haya confianza" in page.text
    assert "«Un puente»" in page.text
    assert at("planned", large.pk) in page.text


# ── bad input ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_days_outside_the_programme_are_refused_beside_the_field_with_where_and_why(desk, programme, past):
    words = {"title": "Taller", "kind": "culture", "area": "culture", "demand": "low", "times": "1"}
    beyond = dt.date(past.year + 1, 1, 1)
    days = {"starts_on": past.isoformat(), "ends_on": beyond.isoformat()}
    found = faults(desk.send("plan_activity", programme.pk, **words, **days))
    assert list(found) == ["ends_on"]
    assert f"El programa de {past.year} va del" in found["ends_on"][0]
    assert str(beyond.year) in found["ends_on"][0]
    before = {"starts_on": "2001-01-01", "ends_on": past.isoformat()}
    assert list(faults(desk.send("plan_activity", programme.pk, **words, **before))) == ["starts_on"]
    assert not PlannedActivity.objects.exists()


def test_a_percentage_over_a_hundred_is_refused_and_says_so(desk, over):
    found = faults(desk.send("state_progress", over.pk, percent="101"))
    assert "101 % no puede ser" in found["percent"][0]
    page = desk.does("state_progress", over.pk, percent="60", note="Va bien")
    assert "60 %" in page.text
    assert "Se dice más de lo que consta" in page.text


def test_what_is_cancelled_asks_for_its_reason(desk, over):
    assert list(faults(desk.send("cancel_planned", over.pk, reason=" "))) == ["reason"]
    assert "Se canceló el" in desk.does("cancel_planned", over.pk, reason="Lluvia").text


def test_totals_that_do_not_add_up_are_refused_with_both_figures(desk, programme):
    rows = {"kind_0": "financial", "side_0": "own", "what_0": "Pasajes", "amount_0": "120,000.50", "currency_0": "MXN"}
    found = faults(desk.send("programme_resources", programme.pk, **rows, totals="100000 MXN"))
    assert "120,000.50" in found["totals"][0]
    assert "100,000.00" in found["totals"][0]
    assert faults(desk.send("programme_resources", programme.pk, **rows, totals="mucho")).keys() == {"totals"}
    old = {**rows, "currency_0": "DEM"}
    assert faults(desk.send("programme_resources", programme.pk, **old)).keys() == {"currency_0"}
    page = desk.does("programme_resources", programme.pk, **rows, totals="120000.50 MXN")
    assert "comprobado con los totales escritos" in page.text


def test_a_fault_stands_in_the_row_that_has_it(desk, programme):
    rows = {"profile_2": "Intérprete", "count_2": "2", "stay_2": "Cinco días", "profile_4": "", "count_4": "1"}
    assert set(faults(desk.send("programme_staff", programme.pk, **rows))) == {"profile_4", "stay_4"}
    good = {"profile_2": "Intérprete", "count_2": "2", "stay_2": "Cinco días"}
    desk.does("programme_staff", programme.pk, **good)
    kept = programme.staff.get()
    assert (kept.position, kept.profile, kept.count) == (1, "Intérprete", 2)
    desk.does("programme_staff", programme.pk, profile_0="", count_0="", stay_0="")
    assert not programme.staff.exists(), "an empty row is nobody"


# ── two at once, and pressed twice ───────────────────────────────────────────────────────────────────────────────────


def test_forms_that_make_something_make_it_once(desk, plan, programme, past):
    day = past.isoformat()
    words = {"title": "Taller", "kind": "culture", "area": "culture", "demand": "low", "times": "1"}
    for name, key, values, table in (
        ("add_programme", (plan.key,), {"year": str(past.year + 1)}, AnnualProgramme),
        ("plan_activity", (programme.pk,), {**words, "starts_on": day, "ends_on": day}, PlannedActivity),
    ):
        form, before = desk.form(name, *key, **values), table.objects.count()
        for _time in range(2):
            answer = desk.send(name, *key, form=form)
            assert answer.status_code == 302, answer.context["form"].errors
        assert table.objects.count() == before + 1, name


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("edit_plan", {"purpose": "Otro"}),
        ("edit_programme", {"objectives": "Otro"}),
        ("programme_staff", {"profile_0": "Guía", "count_0": "1", "stay_0": "Un día"}),
        ("programme_resources", {"kind_0": "financial", "what_0": "Viáticos", "amount_0": "5", "currency_0": "MXN",
                                 "totals": "5 MXN"}),
        ("edit_planned", {"title": "Otro"}),
        ("state_progress", {"percent": "40"}),
        ("cancel_planned", {"reason": "Lluvia"}),
    ],
)  # fmt: skip
def test_a_button_pressed_twice_does_one_thing_and_a_stale_form_keeps_what_was_typed(
    desk, plan, programme, over, name, values
):
    key = {"edit_plan": plan.key, "edit_planned": over.pk, "state_progress": over.pk, "cancel_planned": over.pk}
    about = key.get(name, programme.pk)
    form = desk.form(name, about, **values)
    for _time in range(2):
        assert desk.send(name, about, form=form).status_code == 302
    if name == "cancel_planned":
        return
    column = next(iter(values))
    typed = {**form, column: "7" if column == "percent" else "Tercero"}
    if name == "programme_resources":
        typed = {**form, "what_0": "Tercero"}
    answer = desk.send(name, about, form=typed)
    assert answer.status_code == 200
    assert "Otra persona lo cambió mientras usted escribía" in answer.text
    assert answer.context["changed"], "what it says now is told"
    assert ("Tercero" in answer.text) or ('value="7"' in answer.text)


# ── done ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_planned_opens_the_form_filled_in_and_is_linked_when_it_is_kept(desk, plan, over, past):
    assert at("cancel_planned", over.pk) in desk.see("planned", over.pk).text
    [line] = [one for one in due_lines(plan.cast.office) if one.key.startswith("plan-")]
    assert line.title == "Lo planeado pasó y no se anotó: Taller de música"
    assert line.address == at("planned", over.pk)
    page = desk.see("planned", over.pk)
    assert f"{at('note_activity')}?planeada={over.pk}" in page.text
    form = desk.form("note_activity", query=f"?planeada={over.pk}")
    assert form["description_es"] == "Taller de música"
    assert form["description_en"] == "Music workshop"
    assert form["kind"] == "culture"
    assert str(form["agreement"]) == str(plan.file.pk)
    assert (form["from_on"], form["until_on"]) == (past, past)
    for _time in range(2):
        answer = desk.send("note_activity", form=form)
        assert answer.status_code == 302, answer.context["form"].errors
    assert Activity.objects.filter(office=plan.cast.office).count() == PlannedDone.objects.count() == 1
    assert PlannedDone.objects.get().planned == over
    page = desk.see("planned", over.pk)
    assert "100 %" in page.text
    assert at("cancel_planned", over.pk) not in page.text, "what was done is not cancelled"
    assert not [one for one in due_lines(plan.cast.office) if one.key.startswith("plan-")]
    assert flaws([]) == []


def test_what_cannot_be_linked_is_kept_all_the_same_and_told(desk, plan, over):
    form = desk.form("note_activity", query=f"?planeada={over.pk}")
    plan.cancels(over)
    answer = desk.send("note_activity", form=form)
    assert "Esa actividad se canceló" in desk.client.get(answer["Location"]).text
    assert Activity.objects.filter(office=plan.cast.office).count() == 1
    assert not PlannedDone.objects.exists()


@pytest.mark.parametrize("asked", ["x", "00000000-0000-0000-0000-000000000000"])
def test_a_plan_that_is_not_there_fills_in_nothing(desk, plan, asked):
    assert "description_es" not in desk.form("note_activity", query=f"?planeada={asked}")


def test_something_noted_already_is_linked_and_let_go(desk, plan, over, past):
    activity = plan.did(past.isoformat())
    form = {"activity": str(activity.pk)}
    for _time in range(2):
        assert desk.send("link_done", over.pk, form=form).status_code == 302
    assert PlannedDone.objects.count() == 1
    assert desk.client.get(at("unlink_done", over.pk, activity.pk)).status_code == 302
    assert PlannedDone.objects.count() == 1, "an address that does something is not a page to open"
    for _time in range(2):
        desk.client.post(at("unlink_done", over.pk, activity.pk))
    assert not PlannedDone.objects.exists()
    plan.cancels(over)
    answer = desk.client.post(at("unlink_done", over.pk, activity.pk), follow=True)
    assert "Esa actividad se canceló" in answer.text


# ── seen in every way, and taken away ────────────────────────────────────────────────────────────────────────────────


def test_a_plan_is_read_as_list_months_and_chart(desk, plan, over, past):
    plan.did(past.isoformat(), what="Concierto de verdad")
    for name in ("plan", "plan_months", "plan_gantt", "planned"):
        key = over.pk if name == "planned" else plan.key
        page = desk.see(name, key, query=f"?ano={past.year}" if name == "plan_months" else "")
        assert "Taller de música" in page.text, name
    months = desk.see("plan_months", plan.key, query=f"?ano={past.year}").context["months"]
    [here] = [month for month in months if month.lines]
    assert [one.description_es for one in here.done] == ["Concierto de verdad"]
    assert desk.client.get(at("plan_months", plan.key) + "?ano=1999").status_code == 404
    [chart] = desk.see("plan_gantt", plan.key).context["charts"]
    [bar] = chart.bars
    assert abs(bar.x - (past - dt.date(past.year, 1, 1)).days) <= 4
    assert 0 <= bar.x <= chart.length - bar.width
    assert 'style="' not in desk.see("plan_gantt", plan.key).text


@pytest.mark.parametrize("view", ["plan", "plan_months", "plan_gantt", "plan_shared"])
def test_a_plan_that_changed_after_it_was_agreed_says_so(desk, plan, programme, past, view):
    again = "cambió después de acordarse: acuérdelo otra vez"
    current = plan.now
    draft = plan.draft(starts_on=current.starts_on, ends_on=current.ends_on, agreed_on=past)
    actions.change_plan(plan.key, draft, by=plan.by, version=current.version, today=plan.today)
    assert again not in desk.see(view, plan.key).text
    plan.plans(programme, starts_on=past, ends_on=past)
    assert again in desk.see(view, plan.key).text


def test_a_list_of_plans_asks_no_more_for_more_activities(plan, programme, past, django_assert_max_num_queries):
    for _one in range(12):
        plan.plans(programme, starts_on=past, ends_on=past)
    with django_assert_max_num_queries(10):
        view_of(plan.now, today=plan.today)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_paper_says_all_of_the_plan_in_its_language(desk, plan, past, language):
    programme = plan.programme(past.year)
    plan.says(programme)
    plan.staffed(programme, STAFF)
    plan.plans(programme, starts_on=past, ends_on=past)
    plan.plans(programme, title="Cancelada", title_en="Cancelled", starts_on=past, ends_on=past)
    plan.cancels(PlannedActivity.objects.get(title="Cancelada"))
    plan.funded(programme, HUMAN, MATERIAL, MONEY)
    said = {
        "es": ("Taller de música", "Intérprete", "Cinco días", "Poner la sala", "Pasajes", "Dos intérpretes",
               "Encuesta a quienes participen", "Que se conozcan", "Casa de la Cultura", "Ninguna otra"),
        "en": ("Music workshop", "Interpreter", "Five days", "Provide the room", "Air fares", "Two interpreters",
               "Survey of the participants", "Ashland Arts", "None other"),
    }  # fmt: skip
    for format_, media in (("docx", WORD), ("pdf", PDF)):
        answer = desk.see("plan_file", plan.key, language, format_)
        text = "".join("".join(text_of(answer.content, media)).split())
        for words in (*said[language], "120,000.50 MXN", str(past.year)):
            assert "".join(words.split()) in text, (format_, words)
        assert "Cancel" not in text
    page = desk.see("plan_shared", plan.key)
    for words in (*said["es"], *said["en"]):
        assert words in page.text, words
    assert "general purpose]" in page.text, "what has no English is shown as missing"
    only = desk.see("plan_shared", plan.key, query=f"?idioma={language}")
    assert [paper.language for paper, _pieces in only.context["papers"]] == [language]
    for wrong in (("fr", "pdf"), ("es", "odt")):
        assert desk.client.get(at("plan_file", plan.key, *wrong)).status_code == 404


def test_the_annual_programme_of_the_file_is_written_from_the_plan_and_not_twice(desk, plan, past):
    programme = plan.programme(past.year)
    plan.plans(programme, starts_on=past, ends_on=past)
    plan.says(programme)
    plan.staffed(programme, STAFF)
    form = desk.form("paper", plan.file.pk, "programa-es")
    assert form["objectives"] == "Conocerse\nFormar a diez músicos"
    assert form["staff"] == "Guanajuato: Intérprete | 2 | Cinco días"
    browser = {name: str(value).replace("\n", "\r\n") for name, value in form.items()}
    written = {**browser, "version": "0", "counterpart.signatory": "Mayor Julie"}
    assert desk.send("paper", plan.file.pk, "programa-es", form=written).status_code == 302
    assert set(PaperFilling.objects.get().values) == {"counterpart.signatory"}, "the rest follows the plan"
    assert desk.form("paper", plan.file.pk, "programa-en")["objectives"].startswith("Get to know")
    assert "Mayor Julie" in desk.see("plan_shared", plan.key).text, "who signs is written once too"


def test_what_is_planned_goes_to_calendars(desk, cast, plan, over, past):
    plan.cancels(plan.plans(over.programme, title="Cancelada", starts_on=past, ends_on=past))
    for query, title in (("", "Taller de música"), ("?idioma=en", "Music workshop")):
        [event] = Calendar.from_ical(desk.see("plan_feed", plan.key, query=query).content).walk("VEVENT")
        assert (event.decoded("dtstart"), event.decoded("dtend")) == (past, past + DAY)
        assert str(event["summary"]).startswith(title)
    page = desk.client.post(at("subscribe"), follow=True)
    address = re.search(r"http://testserver(/[^\"<\s]+\.ics)", page.text)[1]
    events = Calendar.from_ical(desk.client.get(address).content).walk("VEVENT")
    assert f"{over.pk}@hermanar" in {str(one["uid"]) for one in events}


def test_tables_say_what_the_pages_say(desk, plan, over, programme, cast):
    plan.funded(programme, HUMAN, MONEY)
    plan.staffed(programme, STAFF)
    plan.says_of(over, 40)
    other = DrivenPlan(cast)
    other.plans(other.programme())
    sizes = {"actividades": 2, "recursos": 2, "personal": 1}
    for table, size in sizes.items():
        answer = desk.see("plans_table", table, "csv")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        book = openpyxl.load_workbook(io.BytesIO(desk.see("plans_table", table, "xlsx").content))
        assert len(rows) - 1 == book.active.max_row - 1 == size, table
    answer = desk.see("plans_table", "actividades", "csv", query=f"?plan={plan.key}")
    [row] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["actividad"], row["avance (%)"], row["veces anotadas"]) == ("Taller de música", "40", "0")
    for wrong in (("x", "csv"), ("recursos", "pdf")):
        assert desk.client.get(at("plans_table", *wrong)).status_code == 404
    stranger = client_of(cast.at(cast.other_office, "director"))
    assert stranger.get(at("plans_table", "recursos", "csv") + f"?plan={plan.key}").status_code == 404
    assert b"Pasajes" not in stranger.get(at("plans_table", "recursos", "csv")).content


def test_a_reader_sees_all_and_is_offered_nothing_to_write(cast, plan, over):
    reader = Desk(cast, "reader")
    for name, key in (
        ("plan", plan.key),
        ("programme", over.programme_id),
        ("planned", over.pk),
        ("file", plan.file.pk),
    ):
        text = reader.see(name, key).text
        for verb in (
            "planear/",
            f"planes/actividades/{over.pk}/datos/",
            "/recursos/",
            "/avance/",
            "planes/hacer/",
            "planeada=",
        ):
            assert verb not in text, (name, verb)


def test_the_first_period_that_ends_is_due_and_leads_to_the_next_plan(cast, desk):
    today = public_day()
    ending = DrivenPlan(cast, today=today, starts_on=today - 1000 * DAY, ends_on=today + 90 * DAY)
    [line] = [one for one in due_lines(cast.office) if one.key.startswith("plan-")]
    assert line.title == "Termina la primera etapa: evalúela y acuerde la segunda"
    assert "Prepare la segunda etapa" in desk.see("plan", ending.key).text
    form = desk.form("make_plan", query=line.address.partition("make")[2] or "?" + line.address.partition("?")[2])
    assert form["starts_on"] > ending.now.ends_on, "the next begins when this one is over"
    form |= {name: form[name].isoformat() for name in ("starts_on", "ends_on")}
    desk.does("make_plan", form=form)
    assert not [one for one in due_lines(cast.office) if one.key.startswith("plan-")]


def test_a_plan_changed_behind_the_verbs_is_told_by_verify(plan):
    WorkPlan.objects.filter(pk=plan.key).update(purpose="x")
    [flaw] = flaws([])
    assert str(plan.key) in flaw.sentence


def test_the_dossier_hands_over_what_is_planned_and_not_done(cast, plan, over, past):
    def open_matters(as_of=None):
        known = known_on(cast.office, as_of or plan.today)
        return [row["what"] for row in known.rows["open_matters"]], known.limits

    plan.cancels(plan.plans(over.programme, title="Cancelada", starts_on=past, ends_on=past))
    matters, limits = open_matters()
    assert matters == ["Del plan de trabajo: Taller de música"]
    assert any("planes de trabajo" in limit for limit in limits)
    assert open_matters(plan.today - 40 * DAY)[0] == [], "the plan was not there yet"
    plan.links(over, plan.did(past.isoformat()))
    matters, limits = open_matters()
    assert matters == []
    assert not any("planes de trabajo" in limit for limit in limits)


def test_an_abandoned_file_is_offered_no_plan(desk, plan):
    WorkPlan.objects.all().delete()
    Agreement.objects.filter(pk=plan.file.pk).update(stage="abandoned")
    assert reverse("workspace:make_plan") not in desk.see("life", plan.file.pk).text
