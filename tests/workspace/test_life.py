"""The life of a tie on one page and in one menu: what was done, given, decided in committees and judged."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from hermanar.agreements.actions import draft
from hermanar.foundation.calendar import parse_partial, today_in
from hermanar.workspace.dossier.knowing import SECTIONS, known_on
from hermanar.workspace.dossier.writing import headings
from hermanar.workspace.due import due_lines, grouped
from tests.committees import DrivenCommittee
from tests.cooperation_acts import a_gift
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db
MENU = [
    "Qué vence", "Expedientes", "Actividades", "Regalos", "Comités", "Evaluación", "Calendario", "Personas",
    "Entrega",
]  # fmt: skip


@pytest.fixture
def tie(cast):
    today = today_in("America/Mexico_City")
    return draft(cast.file(), office=cast.office.pk, by=cast.of("director"), today=today)


def ids_in(page):
    return re.findall(r'<h2 id="([a-z]+)"', page)


def test_life_of_a_tie_stands_on_its_page_after_its_papers_each_part_once(cast, tie):
    a_gift(cast, tie)
    page = client_of(cast.of("director")).get(reverse("workspace:file", args=[tie.pk])).content.decode()
    parts = [one for one in ids_in(page) if one in {"textos", "papeles", "hecho", "dado", "comites", "evaluacion"}]
    assert parts[-4:] == ["hecho", "dado", "comites", "evaluacion"]
    assert len(set(parts)) == len(parts)


def test_menu_has_every_room_of_the_office_in_order(cast):
    page = client_of(cast.of("director")).get(reverse("workspace:home")).content.decode()
    menu = re.findall(r"<a [^>]*>([^<]+)</a>", page[page.index("<nav") : page.index("<main")])
    assert [one.strip() for one in menu if one.strip() in MENU] == MENU


def test_what_is_due_comes_from_files_committees_and_ties_together(cast, tie):
    committee = DrivenCommittee(cast)
    committee.task(committee.member("Ana"))
    lines = due_lines(cast.office)
    assert {one.number for one in lines} >= {tie.number}
    assert sum(len(found) for _urgency, found in grouped(lines)) == len(lines)
    assert len({one.key for one in lines}) == len(lines)


def test_dossier_has_a_heading_for_each_section_and_fills_them_from_every_room(cast, tie):
    a_gift(cast, tie, on=parse_partial("2005"))
    DrivenCommittee(cast).member("Ana")
    known = known_on(cast.office, today_in(cast.office.time_zone))
    assert tuple(headings()) == SECTIONS
    assert len(known.rows["gifts"]) == 1
    assert "Ana" in {row["name"] for row in known.rows["members"]}
