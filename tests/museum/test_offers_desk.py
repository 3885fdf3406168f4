"""The business corner and the ways to support, at the desk."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from hermanar.foundation.access import Role
from hermanar.foundation.models import uuid7
from hermanar.museum.models import Offer, SupportWay
from tests.cast import gather
from tests.workspace.signing_in import client_of

ADDRESS = "/cms/museo/negocios/"


@pytest.fixture
def cast(db):
    cache.clear()
    return gather()


@pytest.fixture
def editor(cast):
    return client_of(cast.of(Role.MUSEUM_EDITOR))


def told(cast, **values):
    return {
        "key": str(uuid7()), "kind": "investment", "sector": "tourism", "title": "Funicular", "description": "Segunda.",
        "city": cast.guanajuato.slug, "amount": "1250000", "currency": "MXN", "contact_post": "Dirección de Economía",
        "source": "Cartera", **values,
    }  # fmt: skip


def test_an_offer_is_told_shown_mended_and_hidden(cast, editor):
    sent = told(cast)
    for _ in range(2):
        assert editor.post(f"{ADDRESS}nueva/", sent).status_code == 302
    made = Offer.objects.get()
    assert made.office == cast.office.pk
    editor.post(f"{ADDRESS}{made.pk}/publish/", {"version": made.version})
    assert "1,250,000\xa0MXN" in Client().get("/negocios/").content.decode()
    made.refresh_from_db()
    stale = made.version
    editor.post(f"{ADDRESS}{made.pk}/", told(cast, version=stale, title="Funicular nuevo"))
    answer = editor.post(f"{ADDRESS}{made.pk}/", told(cast, version=stale, title="Otro"))
    assert "Alguien lo cambió" in answer.content.decode()
    made.refresh_from_db()
    assert made.title == "Funicular nuevo"
    editor.post(f"{ADDRESS}{made.pk}/unpublish/", {"version": made.version})
    assert "Funicular" not in Client().get("/negocios/").content.decode()
    assert "Funicular nuevo" in editor.get(ADDRESS).content.decode()


def test_an_offer_or_a_link_sent_again_with_another_text_is_not_called_kept(cast, editor):
    offer = told(cast)
    link = {"key": str(uuid7()), "kind": "donation", "title": "Patronato", "url": "https://donar.example/"}
    for address, sent in ((f"{ADDRESS}nueva/", offer), ("/cms/museo/apoyar/nuevo/", link)):
        assert editor.post(address, sent).status_code == 302
        answer = editor.post(address, sent | {"title": "Otra cosa"})
        assert answer.status_code == 200
        assert "ya se guardó otro texto" in answer.content.decode()
        assert sent["key"] not in answer.content.decode()


@pytest.mark.parametrize(
    "values", [{"title": ""}, {"currency": "XQX"}, {"contact_post": "ana@example.org"}, {"amount": "-1"}]
)
def test_an_offer_that_cannot_be_kept_is_shown_again(cast, editor, values):
    answer = editor.post(f"{ADDRESS}nueva/", told(cast, **values))
    assert answer.status_code == 200
    assert "Segunda." in answer.content.decode()
    assert not Offer.objects.exists()


def test_a_link_to_support_is_set_and_taken_away(cast, editor):
    sent = {"key": str(uuid7()), "kind": "donation", "title": "Patronato", "url": "https://donar.example/"}
    assert editor.post("/cms/museo/apoyar/nuevo/", sent).status_code == 302
    kept = SupportWay.objects.get()
    assert "https://donar.example/" in Client().get("/apoyar/").content.decode()
    page = f"/cms/museo/apoyar/{kept.pk}/"
    assert editor.get(page).status_code == 200
    wrong = {**sent, "version": kept.version, "url": "javascript:alert(1)"}
    assert editor.post(page, wrong).status_code == 200
    assert editor.post(page, {**sent, "version": kept.version, "drop": "1"}).status_code == 302
    assert not SupportWay.objects.exists()


def test_offers_of_another_city_do_not_exist(cast, editor):
    editor.post(f"{ADDRESS}nueva/", told(cast))
    made = Offer.objects.get()
    stranger = client_of(cast.at(cast.other_office, Role.DIRECTOR))
    assert stranger.get(f"{ADDRESS}{made.pk}/").status_code == 404
    assert stranger.post(f"{ADDRESS}{made.pk}/publish/", {"version": 1}).status_code == 404
    assert "Funicular" not in stranger.get(ADDRESS).content.decode()
    assert Client().get(ADDRESS).status_code == 302


def test_the_day_of_an_offer_is_shown_as_a_browser_reads_it_and_publishing_keeps_what_was_typed(cast, editor):
    editor.post(f"{ADDRESS}nueva/", told(cast, as_of="2026-03-09"))
    made = Offer.objects.get()
    page = f"{ADDRESS}{made.pk}/"
    assert 'value="2026-03-09"' in editor.get(page).content.decode()
    typed = told(cast, version=made.version, as_of="2026-03-09", title="Teleférico", publish="1")
    assert "Guardada y publicada" in editor.post(page, typed, follow=True).content.decode()
    assert "Teleférico" in Client().get("/negocios/").content.decode()
