"""A small world with everything that could go wrong in it; one agreement the public may not see is always there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from hermanar.agreements.vocabulary import Kind, Registered
from tests import factories as make

TODAY = dt.date(2026, 11, 20)


@dataclass
class World:
    places: dict[str, Any]
    agreements: dict[str, Any]


def build_world():
    gto, qroo, oax = (
        make.state("Guanajuato", "inegi:11"),
        make.state("Quintana Roo", "inegi:23"),
        make.state("Oaxaca", "inegi:20"),
    )
    places = {
        "guanajuato": make.place("Guanajuato", state=gto, identifier="inegi:11015", slug="guanajuato"),
        "leon": make.place("León", state=gto, identifier="inegi:11020", slug="leon"),
        "cancun": make.place(
            "Benito Juárez",
            state=qroo,
            identifier="inegi:23005",
            head_town="Cancún",
            other_names=["Cancún"],
            slug="benito-juarez",
        ),
        "other_juarez": make.place("Benito Juárez", state=oax, identifier="inegi:20001"),
        "alcala": make.place("Alcalá de Henares", code="ES", region="Madrid", name_en="Alcala de Henares"),
        "leon_es": make.place("León", code="ES", region="Castilla y León"),
        "umea": make.place("Umeå", code="SE"),
        "mar_del_plata": make.place("Mar del Plata", code="AR"),
        "ashland": make.place("Ashland", code="US", region="Oregon"),
    }
    own, found = places["guanajuato"], {}
    found["hidden"] = make.agreement(
        own, places["umea"], is_published=False, signed="1999", title_es="Acuerdo oculto Umeå"
    )
    drafts = {
        "alcala": make.draft(
            own, places["alcala"], signed="1987-12-21", registered=Registered.NO, areas=[("culture", "cultura")]
        ),
        "leon": make.draft(own, places["leon"], kind=Kind.UNKNOWN),
        "ashland": make.draft(
            own,
            places["ashland"],
            signed="1969-09",
            registered=Registered.YES,
            areas=[("culture", "artes"), ("education", "becas")],
            acts=[make.act("ratification", "2019")],
            documents=[make.document("Texto")],
            said=[("signed_on", "1969-09"), ("signed_on", "1970"), ("listed", "sí")],
        ),
        "umea": make.draft(
            places["cancun"], places["umea"], signed="2001-02-03", term_years=26, source_key="otra-fuente"
        ),
        "mar_del_plata": make.draft(places["cancun"], places["mar_del_plata"], signed="2010", is_open_ended=True),
        "leon_es": make.draft(places["leon"], places["leon_es"], signed="2020-01-01", kind=Kind.SPECIFIC_COOPERATION),
    }
    found |= dict(zip(drafts, make.agreements(*drafts.values()), strict=True))
    make.activity(found["ashland"], "2024-11-20")
    make.activity(found["ashland"], "2010", description="Ambulancia")
    make.activity(found["alcala"], "2015-01-01")
    return World(places, found)


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def own_index(settings, tmp_path):
    """Give a test that commits an index of its own on disk."""
    settings.INDEX_DIR = tmp_path / "index"
    return settings.INDEX_DIR


@pytest.fixture
def kept_world(transactional_db, own_index):
    return build_world()
