"""The projects the public reads: only those a real office shows, and never their money nor their risks."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from hermanar.agreements.models import Agreement
from hermanar.catalogue import read
from hermanar.cooperation.actions import publish_project, unpublish_project
from hermanar.foundation.access import Role
from hermanar.offices.models import Office
from tests import factories as make
from tests.project_acts import a_full_project, version_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def tie(cast):
    made = make.agreement(cast.guanajuato, cast.ashland)
    Agreement.objects.filter(pk=made.pk).update(office=cast.office)
    return Agreement.objects.get(pk=made.pk)


@pytest.fixture
def shown(cast, tie):
    kept = a_full_project(cast, tie)
    return publish_project(kept.pk, by=cast.of(Role.DIRECTOR), version=version_of(kept))


def projects_of(tie, language="es"):
    return read.agreement(tie.slug, today=TODAY, language=language).projects


def test_shown_project_is_in_the_sheet_in_the_readers_language(tie, shown):
    (one,) = projects_of(tie)
    assert (one.title, one.stage, one.goals) == ("Enfermeras que se forman juntas", "execution", ("3", "3.1", "17.16"))
    (measured,) = one.indicators
    assert (measured.baseline, measured.target, measured.newest, measured.newest_on) == ("0", "40", "12", "2026-09-01")
    (english,) = projects_of(tie, "en")
    assert (english.title, english.title_language) == ("Nurses who train together", "en")
    assert english.indicators[0].title_language == "es"


def test_project_nobody_shows_is_nowhere(cast, tie):
    a_full_project(cast, tie)
    assert projects_of(tie) == ()
    page = Client().get(f"/acuerdos/{tie.slug}/").content.decode()
    assert "Enfermeras" not in page


def test_hidden_again_or_of_a_demonstration_it_is_gone(cast, tie, shown):
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    assert projects_of(tie) == ()
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=False)
    assert len(projects_of(tie)) == 1
    unpublish_project(shown.pk, by=cast.of(Role.DIRECTOR), version=shown.version)
    assert projects_of(tie) == ()


@pytest.mark.parametrize("address", ["/acuerdos/{}/", "/en/acuerdos/{}/", "/api/v1/agreements/{}"])
def test_page_and_api_tell_what_is_measured_and_keep_money_and_risks_inside(tie, shown, address):
    answer = Client().get(address.format(tie.slug))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Lista de asistencia" in text
    for inside in ("300000", "300,000", "Partida 4411", "Que cambie el gobierno"):
        assert inside not in text
    if address.startswith("/api"):
        assert json.loads(text)["projects"][0]["indicators"][0]["newest"] == "12"
