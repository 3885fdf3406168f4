"""The shipped outlines: what they ask, and what a later file does to what was answered."""

from __future__ import annotations

import pytest
from django.db.models import Count

from hermanar.foundation.access import NotAllowedError
from hermanar.foundation.models import TrailEntry
from hermanar.planning.actions import load_outlines
from hermanar.planning.models import Outline, Question
from hermanar.planning.queries import asked_in, outlines
from hermanar.planning.vocabulary import REACH
from tests.planning.conftest import load, shipped

pytestmark = pytest.mark.django_db


def test_the_ten_points_and_the_indicators_are_shipped_each_with_its_passage():
    load()
    assert [one.key for one in outlines()] == ["prior", "sustainability", "results", "capacity"]
    points = Outline.objects.get(key="sustainability").sections.values_list("title_es", flat=True)
    assert list(points) == [
        "Proactividad", "Receptividad", "Igualdad", "Pragmatismo", "Voluntad política", "Formación técnica",
        "Coordinación", "Menos burocracia", "Aplicabilidad", "Innovación",
    ]  # fmt: skip
    assert Question.objects.filter(section__outline__key="capacity").count() == 27
    areas = Outline.objects.get(key=REACH).sections.annotate(asked=Count("questions"))
    assert [one.asked for one in areas] == [3] * 11  # the areas of D3.4
    kinds = Outline.objects.get(key="results").sections.annotate(asked=Count("questions"))
    assert [one.asked for one in kinds] == [4, 5]  # what is counted, what is not (D6.4)
    for row in shipped()["sections"] + shipped()["questions"]:
        assert row["passage"], row
        assert row.get("text_en") or row.get("title_en"), row


def test_loading_again_changes_nothing():
    load()
    entries = TrailEntry.objects.count()
    done = load()
    assert (done.entered, done.mended, done.withdrawn, done.told) == (0, 0, 0, [])
    assert done.unchanged == Question.objects.count()
    assert TrailEntry.objects.count() == entries


def test_a_reworded_question_is_another_one_and_a_mended_translation_is_not():
    load()
    files = shipped()
    first, second, third = files["questions"][:3]
    first["text_es"] = "¿Otra cosa?"
    second["text_en"] = "Something better said?"
    files["questions"].remove(third)
    files["sections"][0]["gist_es"] = "Otro resumen."
    done = load(files)
    assert (done.entered, done.mended, done.withdrawn) == (1, 1, 2)
    asked = {one.key: one for one in Question.objects.filter(withdrawn_at__isnull=True)}
    assert asked[first["key"]].text_es == "¿Otra cosa?"
    assert asked[second["key"]].text_en == "Something better said?"
    assert third["key"] not in asked
    assert Question.objects.filter(key=first["key"]).count() == 2


def test_membership_of_the_states_association_is_not_asked_of_a_city(desk):
    assert desk.cast.state.level == "state"
    asked = {one.key for one in asked_in(desk.begin("capacity"))}
    assert "area" in asked
    assert "association" not in asked


def test_only_who_keeps_the_registry_loads_outlines(cast):
    files = shipped()
    with pytest.raises(NotAllowedError):
        load_outlines(files["outlines"], files["sections"], questions=files["questions"], by=cast.of("director"))
