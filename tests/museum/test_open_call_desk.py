"""Open calls at the desk: told, shown, judged and decided by those of the city alone."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import transaction

from hermanar.agreements.actions.listing import relist
from hermanar.agreements.models import Agreement
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import today_in
from hermanar.foundation.models import uuid7
from hermanar.museum.models import Juror, OpenCall
from hermanar.museum.vocabulary.open_calls import Phase
from hermanar.offices.models import Office
from tests import factories as make
from tests.cast import gather
from tests.cooperation_acts import a_tie
from tests.museum.going import in_days
from tests.workspace.signing_in import client_of

DESK = "/cms/museo/convocatorias/"


@pytest.fixture
def cast(db):
    cache.clear()
    cast = gather()
    tie = a_tie(cast, signed="1998-03-04")
    Agreement.objects.filter(pk=tie.pk).update(published_at=make.PUBLISHED, slug="guanajuato-ashland-prueba")
    with transaction.atomic():
        relist([tie.pk])
    return cast


@pytest.fixture
def director(cast):
    return client_of(cast.of(Role.DIRECTOR))


def told(cast, **values):
    return {
        "key": str(uuid7()), "version": "", "title": "Una obra para Ashland", "receiver": "", "decider": "jury",
        "rules": "Las bases", "opens_on": in_days(-1).isoformat(), "closes_on": in_days(5).isoformat(),
        "votes_until": in_days(9).isoformat(), **values,
    }  # fmt: skip


def do(client, call, step, **more):
    call.refresh_from_db()
    return client.post(f"{DESK}{call.pk}/{step}/", {"version": call.version, **more}, follow=True).content.decode()


def test_a_call_is_made_and_followed_by_its_office(cast, director):
    assert "Nueva convocatoria" in director.get(DESK).content.decode()
    assert director.get(f"{DESK}nueva/").status_code == 200
    wrong = director.post(f"{DESK}nueva/", told(cast, closes_on=in_days(-3).isoformat()))
    assert "Las fechas no van en orden" in wrong.content.decode()
    sent = told(cast)
    for _click in range(2):
        assert director.post(f"{DESK}nueva/", sent).status_code == 302
    call = OpenCall.objects.get()
    assert call.office == cast.office.pk
    assert "Falta la ciudad hermana" in do(director, call, "publish")
    assert "Hecho." in do(director, call, "ask", name="Rosa Pintora", post="pintora")
    assert "Falta el nombre" in do(director, call, "ask", name=" ")
    page = director.get(f"{DESK}{call.pk}/").content.decode()
    assert "/convocatorias/jurado/" in page
    assert "todavía no contesta" in page
    assert "Hecho." in do(director, call, "drop", juror=str(Juror.objects.get().pk))
    assert "Todavía nadie" in director.get(f"{DESK}{call.pk}/").content.decode()
    stale = director.post(f"{DESK}{call.pk}/", told(cast, version=0, title="Otra"))
    assert "Alguien la cambió" in stale.content.decode()
    for step in ("decide", "nada"):
        assert director.post(f"{DESK}{call.pk}/{step}/", {"version": "x"}).status_code == 404


def test_a_call_is_decided_once_its_last_day_ended_where_the_office_works(cast, director, settings):
    settings.PUBLIC_TIME_ZONE = "Etc/GMT+12"  # at any hour it is already another day where the office works
    Office.objects.filter(pk=cast.office.pk).update(time_zone="Pacific/Kiritimati")
    call = OpenCall.objects.create(
        slug="una", office=cast.office.pk, city=cast.guanajuato.slug, title="Una", rules="Las bases",
        opens_on=in_days(-9), closes_on=in_days(-5), votes_until=in_days(0), published_at=make.PUBLISHED,
        changed_at=make.PUBLISHED,
    )  # fmt: skip
    assert str(Phase.DECIDING.label) in director.get(DESK).content.decode()
    assert str(Phase.DECIDING.label) in director.get(f"{DESK}{call.pk}/").content.decode()
    assert "Hecho." in do(director, call, "decide", winner="", reasons="Ninguna cumplía.")
    call.refresh_from_db()
    assert call.decided_on == today_in("Pacific/Kiritimati")


def test_only_those_of_the_city(cast):
    call = OpenCall.objects.create(
        slug="una", office=cast.office.pk, city=cast.guanajuato.slug, title="Una", changed_at=make.PUBLISHED
    )
    editor = client_of(cast.of(Role.MUSEUM_EDITOR))
    assert editor.get(f"{DESK}{call.pk}/").status_code == 200
    assert "Guardar y publicarla" not in editor.get(f"{DESK}{call.pk}/").content.decode()
    do(editor, call, "publish")
    call.refresh_from_db()
    assert call.published_at is None
    other = client_of(cast.at(cast.other_office, Role.DIRECTOR))
    assert other.get(f"{DESK}{call.pk}/").status_code == 404
    assert other.post(f"{DESK}{call.pk}/publish/", {"version": 1}).status_code == 404
    assert client_of(cast.of(Role.READER)).get(DESK).status_code in {302, 403, 404}


def test_what_was_typed_of_a_refused_result_stays(cast, director):
    director.post(f"{DESK}nueva/", told(cast, receiver=cast.ashland.slug, closes_on=in_days(0).isoformat()))
    call = OpenCall.objects.get()
    do(director, call, "publish")
    OpenCall.objects.filter(pk=call.pk).update(opens_on=in_days(-9), closes_on=in_days(-5), votes_until=in_days(-1))
    reasons = "Porque ninguna obra habla del río. " * 40
    shown = do(director, call, "decide", winner="", reasons="", reasons_en=reasons)
    assert reasons.strip() in shown
    assert "Hecho." not in shown
    gone = do(director, call, "decide", winner=str(uuid7()), reasons=reasons)
    assert reasons.strip() in gone, "a work that was withdrawn meanwhile"
    stale = director.post(f"{DESK}{call.pk}/decide/", {"version": 0, "winner": "", "reasons": reasons}, follow=True)
    assert "Alguien la cambió" in stale.content.decode()
    version = OpenCall.objects.get().version
    assert f'name="version" value="{version}" id="result_version"' in stale.content.decode()
    assert reasons.strip() in stale.content.decode()


def test_a_long_reason_cancels_nothing_without_it(cast, director):
    director.post(f"{DESK}nueva/", told(cast, receiver=cast.ashland.slug))
    call = OpenCall.objects.get()
    do(director, call, "publish")
    shown = do(director, call, "cancel", note="Lluvia " * 100)
    assert "Lluvia" in shown
    call.refresh_from_db()
    assert call.cancelled_at is None


def test_publishing_keeps_what_was_just_typed(cast, director):
    director.post(f"{DESK}nueva/", told(cast, receiver=cast.ashland.slug))
    call = OpenCall.objects.get()
    page = f"{DESK}{call.pk}/"
    assert f'value="{call.closes_on.isoformat()}"' in director.get(page).content.decode()
    typed = told(cast, receiver=cast.ashland.slug, version=call.version, title="Otra obra", publish="1")
    assert "Guardada y publicada" in director.post(page, typed, follow=True).content.decode()
    call.refresh_from_db()
    assert (call.title, call.published_at is not None) == ("Otra obra", True)
