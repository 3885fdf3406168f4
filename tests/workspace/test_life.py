"""The life of a tie on one page and in one menu: what was done, given, decided in committees and judged."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from hermanar.agreements.actions import draft
from hermanar.foundation.calendar import parse_partial, today_in
from hermanar.workspace.dossier.knowing import SECTIONS, known_on
from hermanar.workspace.dossier.writing import headings
from hermanar.workspace.due import due_lines, grouped, own_lines
from tests.committees import DrivenCommittee
from tests.cooperation_acts import a_gift
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db
SECTIONS_OF_A_DIRECTOR = [
    "Qué vence", "Expedientes", "Vida de los lazos", "Moderación", "Informes", "Calendario", "Oficina",
]  # fmt: skip
PAGES_OF_LIFE = [
    "Planes", "Proyectos", "Actividades", "Convocatorias", "Regalos", "Comités", "Evaluación", "Por reactivar",
]  # fmt: skip


@pytest.fixture
def tie(cast):
    today = today_in("America/Mexico_City")
    return draft(cast.file(), office=cast.office.pk, by=cast.of("director"), today=today)


def ids_in(page):
    return re.findall(r'<h2 id="([a-z]+)"', page)


def test_life_of_a_tie_stands_on_a_page_of_its_own_each_part_once(cast, tie):
    a_gift(cast, tie)
    director = client_of(cast.of("director"))
    procedure, life = (director.get(reverse(f"workspace:{name}", args=[tie.pk])).text for name in ("file", "life"))
    parts = ["planes", "hecho", "proyectos", "convocatorias", "contraparte", "dado", "comites", "evaluacion"]
    assert ids_in(life) == parts
    assert not set(ids_in(life)) & set(ids_in(procedure))
    assert reverse("workspace:life", args=[tie.pk]) in procedure
    assert reverse("workspace:file", args=[tie.pk]) in life


def menu_of(page):
    return re.findall(r"<a [^>]*>([^<]+)</a>", page[page.index("<nav") : page.index("</nav")])


@pytest.mark.parametrize(
    ("here", "pages"),
    [("home", []), ("gifts", PAGES_OF_LIFE), ("ledger", PAGES_OF_LIFE), ("people", ["Personas", "Entrega"])],
)
def test_menu_shows_the_sections_and_the_pages_of_the_one_that_is_open(cast, here, pages):
    page = client_of(cast.of("director")).get(reverse(f"workspace:{here}")).text
    assert menu_of(page) == SECTIONS_OF_A_DIRECTOR + pages


def test_menu_leads_nobody_to_a_page_that_refuses(cast):
    member = client_of(cast.of("committee_member"))
    page = member.get(reverse("workspace:committees")).text
    found = re.findall(r'<a href="([^"]+)"', page[page.index("<nav") : page.index("</nav")])
    assert found
    assert {member.get(one).status_code for one in found} == {200}


def test_what_is_due_comes_from_files_committees_and_ties_together(cast, tie):
    committee = DrivenCommittee(cast)
    committee.task(committee.member("Ana"))
    lines = due_lines(cast.office)
    assert {one.number for one in lines} >= {tie.number}
    assert sum(len(found) for _urgency, found in grouped(lines)) == len(lines)
    assert len({one.key for one in lines}) == len(lines)


def test_somebody_of_a_committee_is_told_of_own_tasks_and_sessions_and_of_nobody_else_s(cast, tie):
    who = cast.of("committee_member")
    own, other = DrivenCommittee(cast), DrivenCommittee(cast, name="Patronato")
    mine, stranger = own.member("Ana", user=who.user), other.member("Iris")
    own.task(mine, "Escribir a Ashland", due_on=own.today)
    own.task(own.member("Luis"), "Tarea de Luis", due_on=own.today)
    other.task(stranger, "Tarea de Iris", due_on=own.today)
    shown = client_of(who).get(reverse("workspace:home")).text
    assert "Escribir a Ashland" in shown
    assert "Tarea de Luis" not in shown
    assert "Tarea de Iris" not in shown
    assert tie.number not in shown
    assert own_lines(cast.office, user=None) == []


def test_dossier_has_a_heading_for_each_section_and_fills_them_from_every_room(cast, tie):
    a_gift(cast, tie, on=parse_partial("2005"))
    DrivenCommittee(cast).member("Ana")
    known = known_on(cast.office, today_in(cast.office.time_zone))
    assert tuple(headings()) == SECTIONS
    assert len(known.rows["gifts"]) == 1
    assert "Ana" in {row["name"] for row in known.rows["members"]}
