"""Every number of the annual report is the same on the page, in Word, PDF and both tables, and is the true one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import html

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation.models import (
    Activity,
    AnnualProgramme,
    Committee,
    CommitteeMember,
    Decision,
    Gift,
    PlannedActivity,
    PlannedDone,
    Project,
    ProjectStage,
    Session,
    Task,
    Whereabouts,
    WorkPlan,
)
from hermanar.cooperation.vocabulary import (
    ActivityKind,
    CycleStage,
    Demand,
    Direction,
    GiftKind,
    GiftSide,
    SessionState,
)
from hermanar.foundation.access import Role
from hermanar.observatory.rules import vitality
from hermanar.observatory.vocabulary import Vitality
from tests import factories as make
from tests.cooperation_acts import a_tie
from tests.workspace import read_back
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db
YEAR = 2025
FIRST, LAST = dt.date(YEAR, 1, 1), dt.date(YEAR, 12, 31)
days = st.dates(dt.date(2021, 1, 1), dt.date(2026, 3, 1)) | st.dates(FIRST, LAST)
people = st.dictionaries(st.sampled_from(["MX", "US", "ES"]), st.integers(1, 99_999), max_size=3)
amounts = st.none() | st.decimals(Decimal("0.01"), Decimal(10**8), places=2)


@st.composite
def activities(draw):
    first = draw(days)
    return {
        "started_on": first, "ended_on": first + dt.timedelta(days=draw(st.integers(0, 400))), "precision": "day",
        "participants": draw(people), "kind": draw(st.sampled_from(ActivityKind.values)),
        "direction": draw(st.sampled_from(Direction.values)), "is_withdrawn": draw(st.booleans()),
    }  # fmt: skip


gifts = st.fixed_dictionaries(
    {"on": st.none() | days, "side": st.sampled_from(GiftSide.values), "is_donation": st.booleans(), "value": amounts,
     "currency": st.sampled_from(["MXN", "USD"])}
)  # fmt: skip
sessions = st.fixed_dictionaries(
    {"on": days, "state": st.sampled_from(SessionState.values), "decided": st.integers(0, 3)}
)
tasks = st.tuples(
    days, st.none() | st.integers(0, 500), st.none() | st.integers(0, 500)
)  # given, due after, done after
projects = st.fixed_dictionaries(
    {"conceived": days, "stages": st.lists(st.integers(0, 400), max_size=len(CycleStage) - 1),
     "ends_on": st.none() | days, "cancelled_on": st.none() | days, "budget": amounts,
     "currency": st.sampled_from(["MXN", "USD"])}
)  # fmt: skip
planned = st.fixed_dictionaries(
    {"times": st.integers(1, 2), "fulfilled_by": st.sets(st.integers(0, 5), max_size=3),
     "cancelled_on": st.none() | days}
)  # fmt: skip
offices = st.fixed_dictionaries(
    {"activities": st.lists(activities(), max_size=6), "gifts": st.lists(gifts, max_size=5),
     "sessions": st.lists(sessions, max_size=4), "tasks": st.lists(tasks, max_size=4),
     "projects": st.lists(projects, max_size=3), "planned": st.lists(planned, max_size=3)}
)  # fmt: skip


@pytest.fixture
def tie(cast):
    made = a_tie(cast)
    Agreement.objects.filter(pk=made.pk).update(stage="signed", signed_on=dt.date(1990, 1, 1), signed_precision="day")
    make.country("ES")
    make.source()
    return Agreement.objects.select_related("office").get(pk=made.pk)


# An example writes two papers and reads them back: making a failure smaller would take minutes, and says no more.
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(offices)
def test_numbers_are_the_same_everywhere_and_true(cast, tie, told):
    director = client_of(cast.of(Role.DIRECTOR))
    with transaction.atomic():
        _keep(tie, told)
        address = reverse("workspace:annual_report", args=[YEAR])
        figures, grids = read_back.of_page(director.get(address).text)
        for label, value in _true(told).items():
            assert dict(figures).get(label, "0").split(" ")[0] == value, label
        assert [value for label, value in figures if label == "Presupuesto de los proyectos"] == _budgets(told)
        _same_in_files(director, figures, grids)
        _same_on_other_pages(director, address)
        transaction.set_rollback(True)


def _same_in_files(director, figures, grids):
    """The papers hold the same figures and grids; the tables every number of both."""
    paper = reverse("workspace:annual_paper", args=[YEAR, "es", "docx"])
    assert read_back.of_word(director.get(paper).content) == (figures, grids)
    pdf = read_back.text_of_pdf(director.get(paper.replace("docx", "pdf")).content)
    assert all(read_back.told(label) in pdf for label, _value in figures if len(label) < 25)
    assert all(value.split(" ")[0] in pdf for _label, value in figures)
    table = reverse("workspace:annual_table", args=[YEAR, "csv"])
    rows = read_back.of_csv(director.get(table).content)
    assert read_back.of_xlsx(director.get(table.replace("csv", "xlsx")).content) == rows
    assert [(row[2], row[3]) for row in rows if not row[1]] == [
        (label, value.split(" ")[0].replace(",", "")) for label, value in figures
    ]
    shown = Counter(cell.replace(",", "") for _heads, lines in grids.values() for line in lines for cell in line)
    taken = Counter(row[3] for row in rows if row[1])
    assert taken <= shown
    assert sum(taken.values()) >= sum(len(lines) for title, (_heads, lines) in grids.items() if title == "Por país")


def _same_on_other_pages(director, address):
    """A figure that leads to a list is the number that the list says; none leads to a list of something else."""
    tree = html.fromstring(director.get(address).text)
    linked = {
        read_back.told(one.findtext("dt")): (one.find("dd/a").get("href"), read_back.told(one.find("dd/a").text))
        for one in tree.xpath("//dl[contains(@class, 'facts--figures')]/div[dd/a]")
    }
    listed, count = linked.pop("Actividades")
    page = director.get(listed)
    assert page.context["page"].paginator.count == int(count)
    ledger, _value = linked["Balance: dimos"]
    told = director.get(ledger).context["told"]
    for at, label in enumerate(("dimos", "nos dieron", "en común", "donaciones dadas", "donaciones recibidas")):
        assert sum(line.cells[at] for line in told) == int(linked.pop(f"Balance: {label}")[1]), label
    assert not linked


def _keep(tie, told):
    source = make.source()
    office, now = tie.office, timezone.now()
    kept = []
    for one in told["activities"]:
        gone = {"withdrawn_at": now, "withdrawal_reason": "Error"} if one["is_withdrawn"] else {}
        values = {name: value for name, value in one.items() if name != "is_withdrawn"}
        common = {"agreement": tie, "office": office, "source": source, "description_es": "Algo"}
        kept.append(Activity.objects.create(**common, **values, **gone))
    for one in told["gifts"]:
        priced = {"value": one["value"], "currency": one["currency"] if one["value"] else ""}
        purpose = "cultural" if one["is_donation"] else ""
        dated = {"on": one["on"], "precision": "day" if one["on"] else "unknown"}
        gift = Gift.objects.create(
            office=office, agreement=tie, side=one["side"], kind=GiftKind.PLAQUE, title_es="Placa", source="Lista",
            is_donation=one["is_donation"], purpose=purpose, recorded_at=now, **priced, **dated,
        )  # fmt: skip
        Whereabouts.objects.create(gift=gift, number=1, state="kept", place="Sala", at=now)
    committee = Committee.objects.create(office=office, name="Comité", founded_on=dt.date(2020, 1, 1))
    owner = CommitteeMember.objects.create(
        committee=committee, name="Ana", sector="academia", began_on=dt.date(2020, 1, 1)
    )
    for at, one in enumerate(told["sessions"]):
        session = Session.objects.create(committee=committee, on=one["on"], state=one["state"])
        for number in range(one["decided"]):
            Decision.objects.create(
                committee=committee, session=session, year=one["on"].year, number=10 * at + number + 1, text="Se acordó"
            )
    for given_on, due, done in told["tasks"]:
        after = {"due_on": due, "done_on": done}
        dates = {name: None if many is None else given_on + dt.timedelta(days=many) for name, many in after.items()}
        Task.objects.create(committee=committee, what="Algo", owner=owner, given_on=given_on, **dates)
    for one in told["projects"]:
        priced = {"budget": one["budget"], "currency": one["currency"] if one["budget"] else ""}
        gone = {"cancelled_on": one["cancelled_on"], "cancel_reason": "Sin dinero" if one["cancelled_on"] else ""}
        named = {"office": office, "agreement": tie, "title_es": "Obra", "recorded_at": now}
        project = Project.objects.create(**named, **priced, **gone, ends_on=one["ends_on"], stage=_stages(one)[-1][0])
        for number, (stage, began_on) in enumerate(_stages(one), start=1):
            ProjectStage.objects.create(project=project, number=number, stage=stage, began_on=began_on)
    _plan(tie, told["planned"], kept)


def _plan(tie, told, done):
    plan = WorkPlan.objects.create(office=tie.office, agreement=tie, starts_on=dt.date(2020, 1, 1), ends_on=LAST)
    programme = AnnualProgramme.objects.create(plan=plan, year=YEAR)
    for one in told:
        gone = {"cancelled_on": one["cancelled_on"], "cancel_reason": "Huelga" if one["cancelled_on"] else ""}
        kept = PlannedActivity.objects.create(
            programme=programme, title="Taller", kind=ActivityKind.CULTURE, area=AreaOfCooperation.CULTURE,
            demand=Demand.LOW, starts_on=FIRST, ends_on=LAST, times=one["times"], **gone,
        )  # fmt: skip
        for at in one["fulfilled_by"]:
            if at < len(done):
                PlannedDone.objects.create(planned=kept, activity=done[at])


def _stages(told):
    """Return the stages of a project with the day each began."""
    began = [told["conceived"]]
    for many in told["stages"]:
        began.append(began[-1] + dt.timedelta(days=many))
    return list(zip(CycleStage, began, strict=False))


def _went_on(told):
    """Return the projects that went on in the year: each began, none was over or cancelled before."""
    return [
        one for one in told["projects"]
        if one["conceived"] <= LAST
        and not any(stage == "assimilation" and on < FIRST for stage, on in _stages(one))
        and not (one["cancelled_on"] and one["cancelled_on"] < FIRST)
    ]  # fmt: skip


def _standing(found):
    """Leave out what was cancelled by the end of the year."""
    return [one for one in found if not (one["cancelled_on"] and one["cancelled_on"] <= LAST)]


def _budgets(told):
    going = _standing(_went_on(told))
    totals = {
        code: sum(one["budget"] for one in going if one["budget"] and one["currency"] == code)
        for code in ("MXN", "USD")
    }
    return [f"{total:,} {code}" for code, total in totals.items() if total]


def _fulfilled(told):
    """Return what was planned and was done as often by the end of the year."""
    valid = {at for at, one in enumerate(told["activities"]) if not one["is_withdrawn"] and one["started_on"] <= LAST}
    return [one for one in _standing(told["planned"]) if len(one["fulfilled_by"] & valid) >= one["times"]]


def _true(told):
    """Count what was told, by other means than the program's."""
    done = [
        one for one in told["activities"]
        if not one["is_withdrawn"] and one["started_on"] <= LAST and one["ended_on"] >= FIRST
    ]  # fmt: skip
    given = [one for one in told["gifts"] if one["on"] and one["on"].year == YEAR]
    held = [one for one in told["sessions"] if one["on"].year == YEAR]
    begun = _went_on(told)
    reached = Counter(next(stage for stage, on in reversed(_stages(one)) if on <= LAST) for one in _standing(begun))
    ends = [min(one["ended_on"], LAST) for one in told["activities"]
            if not one["is_withdrawn"] and one["started_on"] <= LAST]  # fmt: skip
    alive = vitality(max(ends, default=None), LAST)
    dates = [
        (
            on,
            due if due is None else on + dt.timedelta(days=due),
            done_ if done_ is None else on + dt.timedelta(days=done_),
        )
        for on, due, done_ in told["tasks"]
    ]
    found = {
        "Lazos firmados y no terminados": 1,
        **{f"Lazos: {state.label}": int(state is alive) for state in Vitality},
        "Actividades": len(done),
        "Actividades con las personas contadas": sum(bool(one["participants"]) for one in done),
        "Participaciones": sum(sum(one["participants"].values()) for one in done),
        "Países de quienes participaron": len({code for one in done for code in one["participants"]}),
        "Regalos recibidos": sum(one["side"] == "received" and not one["is_donation"] for one in given),
        "Regalos dados": sum(one["side"] == "given" and not one["is_donation"] for one in given),
        "Donaciones recibidas": sum(one["side"] == "received" and one["is_donation"] for one in given),
        "Donaciones dadas": sum(one["side"] == "given" and one["is_donation"] for one in given),
        "Sesiones celebradas con quórum": sum(one["state"] == "held" for one in held),
        "Reuniones sin quórum": sum(one["state"] == "meeting" for one in held),
        "Sesiones canceladas": sum(one["state"] == "cancelled" for one in held),
        "Acuerdos tomados": sum(one["decided"] for one in held),
        "Encargos dados": sum(on.year == YEAR for on, _due, _done in dates),
        "Encargos cumplidos": sum(bool(ended) and ended.year == YEAR for _on, _due, ended in dates),
        "Encargos vencidos sin cumplir": sum(
            bool(due) and on <= LAST and due < LAST and (ended is None or ended > LAST) for on, due, ended in dates
        ),
        "Actividades planeadas": len(_standing(told["planned"])),
        "Actividades planeadas y cumplidas": len(_fulfilled(told)),
        "Actividades planeadas y canceladas": len(told["planned"]) - len(_standing(told["planned"])),
        "Proyectos": len(begun),
        "Proyectos cancelados": len(begun) - len(_standing(begun)),
        **{f"Proyectos en {stage.label}": reached[stage] for stage in CycleStage},
        "Evaluaciones cerradas": 0,
    }
    return {label: f"{value:,}" for label, value in found.items()}
