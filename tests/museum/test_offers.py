"""The business corner, the ways to support and the letters of groups: what is public, what reaches the office."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.cache import cache

from hermanar.foundation.access import CONSOLE, Actor, NotAllowedError, Role
from hermanar.foundation.calendar import public_day
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.intake import forget
from hermanar.foundation.intake.sealing import open_content
from hermanar.foundation.models import Contribution, TrailEntry, uuid7
from hermanar.museum.actions.offers import (
    OfferDraft,
    WayDraft,
    drop_way,
    mend_offer,
    publish_offer,
    record_offer,
    set_way,
    unpublish_offer,
)
from hermanar.museum.models import Offer, SupportWay
from hermanar.museum.rules.offers import OfferFacts, OfferRefusedError, refused_offer
from hermanar.museum.vocabulary.offers import OfferKind, Sector, WayKind
from hermanar.museum.vocabulary.offers import OfferRefusal as Why
from hermanar.offices.models import Office
from tests.museum.going import in_days

TICKET = re.compile(r'name="ticket" value="([^"]+)"')
SCRIPT = "<script>alert('☠')</script>"
CANARY = "CanarioZutano"


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


@pytest.fixture
def office(world):
    return Office.objects.create(slug="gto", name="Oficina de Guanajuato", level="municipality",
                                 place=world.places["guanajuato"])  # fmt: skip


def draft(**values):
    told = {"kind": OfferKind.INVESTMENT, "sector": Sector.TOURISM, "title": "Funicular", "city": "guanajuato",
            "description": "Segunda línea.", "amount": Decimal("1250000.50"), "currency": "MXN",
            "contact_post": "Dirección de Desarrollo Económico", "source": "Cartera municipal", **values}  # fmt: skip
    return OfferDraft(**told)


def offer(*, is_published=True, office=None, **values):
    made = record_offer(draft(**values), office=office, by=CONSOLE, key=uuid7())
    return publish_offer(made.pk, by=CONSOLE, version=made.version) if is_published else made


def text(visitor, path):
    response = visitor.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def sent(visitor, path, **fields):
    ticket = TICKET.search(text(visitor, path))[1]
    return visitor.post(path, {"ticket": ticket, "web": "", "language": "es", "consent": "on", **fields})


@pytest.mark.parametrize(
    ("values", "refusals"),
    [
        ({}, []),
        ({"title": " "}, [Why.NO_TITLE]),
        ({"amount": Decimal(1)}, [Why.NO_CURRENCY]),
        ({"currency": "MXN"}, [Why.NO_CURRENCY]),
        ({"amount": Decimal(1), "currency": "XQX"}, [Why.UNKNOWN_CURRENCY]),
        ({"amount": Decimal(0), "currency": "MXN"}, [Why.BAD_AMOUNT]),
        ({"amount": Decimal("NaN"), "currency": "MXN"}, [Why.BAD_AMOUNT]),
        ({"amount": Decimal("1e40"), "currency": "MXN"}, [Why.BAD_AMOUNT]),
        ({"contact_post": "ana@example.org"}, [Why.PERSONAL]),
        ({"contact_post": "Tel. 473 123 4567"}, [Why.PERSONAL]),
        ({"texts": ("\x00",)}, [Why.NOT_TEXT]),
        ({"links": ("javascript:alert(1)",)}, [Why.BAD_LINK]),
        ({"links": ('https://x.example/"><b>',)}, [Why.BAD_LINK]),
        ({"links": ("https://x.example/a?b=1",)}, []),
    ],
)
def test_what_may_be_told_of_an_offer(values, refusals):
    assert refused_offer(OfferFacts(**{"title": "Funicular", **values})) == refusals


def test_an_offer_is_read_and_an_unpublished_one_is_nowhere(visitor, world):
    shown = offer()
    hidden = offer(title=CANARY, is_published=False)
    page = text(visitor, "/negocios/")
    assert "1,250,000.50\xa0MXN" in page
    assert CANARY not in page
    assert "Dirección de Desarrollo Económico" in text(visitor, f"/negocios/{shown.slug}/")
    assert "Funicular" in text(visitor, "/novedades.atom")
    assert CANARY not in text(visitor, "/novedades.atom")
    for tail in ("", "preguntar/"):
        assert visitor.get(f"/negocios/{hidden.slug}/{tail}").status_code == 404
    unpublish_offer(shown.pk, by=CONSOLE, version=shown.version)
    assert "No hay ofertas publicadas" in text(visitor, "/negocios/")
    assert visitor.get(f"/negocios/{shown.slug}/").status_code == 404


def test_offers_are_kept_by_their_office_at_the_version_that_was_read(world, office):
    made = offer(office=office.pk, is_published=False)
    analyst = Actor("a", Role.ANALYST, office.pk)
    with pytest.raises(NotAllowedError):
        publish_offer(made.pk, by=analyst, version=1)
    with pytest.raises(Offer.DoesNotExist):
        mend_offer(made.pk, draft(), by=Actor("b", Role.DIRECTOR, uuid7()), version=1)
    mend_offer(made.pk, draft(title="Otro"), by=analyst, version=1)
    with pytest.raises(EditConflictError):
        mend_offer(made.pk, draft(), by=analyst, version=1)
    publish_offer(made.pk, by=CONSOLE, version=2)
    with pytest.raises(OfferRefusedError):
        mend_offer(made.pk, draft(), by=analyst, version=3)
    codes = TrailEntry.objects.filter(subject=str(made.pk)).order_by("number").values_list("code", flat=True)
    assert list(codes) == ["offer.recorded", "offer.mended", "offer.published"]


@pytest.mark.parametrize(
    ("values", "why"),
    [({"title": "a" * 201}, Why.TOO_LONG), ({"city": "nadie"}, Why.UNKNOWN_CITY), ({"source": "a" * 301}, Why.TOO_LONG),
     ({"source": ""}, Why.NOT_READY), ({"contact_post": ""}, Why.NOT_READY)],
)  # fmt: skip
def test_an_offer_that_does_not_fit_is_refused(world, values, why):
    with pytest.raises(OfferRefusedError) as refused:
        offer(**values)
    assert refused.value.refusals == (why,)


def test_scripts_are_text_in_an_offer(visitor, world):
    made = offer(title=SCRIPT, title_en=SCRIPT, description=SCRIPT, contact_post=SCRIPT, source=SCRIPT)
    for path in ("/negocios/", f"/negocios/{made.slug}/", f"/negocios/{made.slug}/preguntar/", "/en/negocios/"):
        assert "<script>alert" not in text(visitor, path)


def test_links_to_support_are_the_citys_and_without_them_the_page_says_how(visitor, world):
    assert "Se puede apoyar sin dinero." in text(visitor, "/apoyar/")
    key = uuid7()
    told = WayDraft(WayKind.DONATION, "Patronato", "https://donar.example/")
    for _ in range(2):
        way = set_way(told, office=None, by=CONSOLE, key=key)
    assert SupportWay.objects.count() == 1
    assert 'href="https://donar.example/"' in text(visitor, "/apoyar/")
    way = set_way(WayDraft(WayKind.SHOP, "Tienda", "https://tienda.example/"), office=None, by=CONSOLE, key=key,
                  version=way.version)  # fmt: skip
    with pytest.raises(EditConflictError):
        set_way(told, office=None, by=CONSOLE, key=key, version=1)
    for address in ("javascript:alert(1)", "http://x.example", "", "https://x.example/ a"):
        with pytest.raises(OfferRefusedError):
            set_way(WayDraft(WayKind.SHOP, "Tienda", address), office=None, by=CONSOLE, key=uuid7())
    with pytest.raises(NotAllowedError):
        set_way(told, office=uuid7(), by=Actor("a", Role.ANALYST, uuid7()), key=uuid7())
    drop_way(way.pk, by=CONSOLE, version=way.version)
    assert "tienda.example" not in text(visitor, "/apoyar/")


# ── letters ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def visit(**values):
    return {"wished_on": in_days(20).isoformat(), "other_on": "", "size": "28", "guided_in": "es", "group": "school",
            "institution": "Escuela Benito Juárez", "text": "Sexto de primaria", "contact": "maestra@example.org",
            **values}  # fmt: skip


def test_a_group_asks_for_a_visit_and_its_office_reads_it(visitor, office):
    answer = sent(visitor, "/apoyar/visitas/", **visit())
    assert answer.status_code == 303
    kept = Contribution.objects.get()
    assert (kept.kind, kept.state, kept.office) == ("visit", "waiting", office.pk)
    assert kept.content["size"] == 28
    assert open_content(kept)["contact"] == "maestra@example.org"
    assert "maestra" not in str(Contribution.objects.values().get()), "nobody reads it in the table"
    receipt = text(visitor, answer["Location"])
    assert "No se publica." in receipt
    assert "maestra@example.org" not in receipt
    assert kept.forget_on <= public_day() + dt.timedelta(days=180)
    Contribution.objects.update(forget_on=public_day())
    forget()
    kept.refresh_from_db()
    assert kept.content == {}


@pytest.mark.parametrize(
    "values",
    [{"wished_on": "2020-01-01"}, {"wished_on": "ayer"}, {"wished_on": "9999-12-31"}, {"size": "0"}, {"size": "301"},
     {"size": "1" * 500}, {"guided_in": "xx"}, {"group": "x"}, {"institution": ""}, {"institution": "a" * 200},
     {"contact": "nadie"}, {"contact": "a@b.org\r\nBcc: c@d.org"}, {"consent": ""}, {"ticket": "otro"},
     {"other_on": "2020-01-01"}, {"text": "a" * 1_001}, {"contact": "a@b.org\x00"}],
)  # fmt: skip
def test_a_wish_that_does_not_fit_is_shown_again_and_not_kept(visitor, office, values):
    answer = sent(visitor, "/apoyar/visitas/", **visit(**values))
    assert answer.status_code == 422
    assert not Contribution.objects.exists()


def test_a_wish_is_text_whatever_it_holds(visitor, office):
    answer = sent(visitor, "/apoyar/visitas/", **visit(institution=SCRIPT, text=f"{SCRIPT}\x00\x07", size="0"))
    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()


def test_a_question_about_an_offer_reaches_the_office_of_its_city(visitor, office):
    made = offer()
    path = f"/negocios/{made.slug}/preguntar/"
    fields = {"organisation": "Comercial del Bajío", "text": "¿Desde cuándo?", "contact": "ventas@example.org"}
    assert "Oficina de Guanajuato" in text(visitor, path)
    assert sent(visitor, path, **fields).status_code == 303
    kept = Contribution.objects.get()
    assert (kept.kind, kept.about, kept.office, kept.place) == ("inquiry", made.slug, office.pk, "guanajuato")
    assert sent(visitor, path, **{**fields, "text": ""}).status_code == 422


def test_pages_of_letters_set_no_cookie(visitor, office):
    made = offer()
    for path in ("/apoyar/", "/apoyar/visitas/", "/negocios/", f"/negocios/{made.slug}/preguntar/"):
        assert visitor.get(path).status_code == 200
        assert not visitor.cookies
