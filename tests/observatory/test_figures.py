"""Figures that sources state enter by one verb, which tells the trail what changed and nothing else."""

from __future__ import annotations

import pytest

from hermanar.foundation.access import CONSOLE, Actor, NotAllowedError, Role
from hermanar.foundation.models import Source, TrailEntry
from hermanar.observatory.actions import record_reference_figures
from hermanar.observatory.models import ReferenceFigure
from tests.open_data.conftest import FIGURE_TEXTS

pytestmark = [pytest.mark.django_db, pytest.mark.row(19)]


def figure_of(value):
    return dict.fromkeys(FIGURE_TEXTS, "x") | {
        "key": "uno",
        "value": value,
        "place": "",
        "source": "prensa",
        "as_of": "2020",
    }


def test_what_changed_is_told_once():
    Source.objects.create(key="prensa", kind="press", title_es="Prensa")
    for value in ("34", "34", "34.00", "35"):
        assert record_reference_figures([figure_of(value)], by=CONSOLE) == 1
    assert str(ReferenceFigure.objects.get().value) == "35.00"
    assert list(TrailEntry.objects.values_list("code", flat=True)) == ["figures.recorded"] * 2


def test_a_visitor_states_no_figure():
    with pytest.raises(NotAllowedError):
        record_reference_figures([figure_of("34")], by=Actor("visitor", Role.PUBLIC))
    assert (ReferenceFigure.objects.count(), TrailEntry.objects.count()) == (0, 0)
