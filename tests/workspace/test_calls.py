"""The pages of calls: told once, refused where it is wrong, shown to the public only when an office shows them."""

from __future__ import annotations

import csv
import io
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation.actions import calls as verbs
from hermanar.cooperation.models import Call
from hermanar.offices.models import Office
from hermanar.workspace.dossier.knowing import known_on
from tests.calls import DAY, CallingOffice

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(standing_cast, db):
    return standing_cast


@pytest.fixture
def office(cast):
    return CallingOffice(cast)


@pytest.fixture
def director(cast, everyone):
    return everyone[cast.office.slug, "director"]


@pytest.fixture
def analyst(cast, everyone):
    return everyone[cast.office.slug, "analyst"]


@pytest.fixture
def anyone(db):
    return Client()


def at(name, *arguments):
    return reverse(f"workspace:{name}", args=arguments)


def said(answer):
    return answer.content.decode()


def typed(**values):
    return {"key": uuid4(), "version": 0, "kind": "students", "title_es": "Un semestre en Ashland", **values}


def again(call, **values):
    """Return what the form of a call shows, with what is typed over it."""
    day = {name: getattr(call, name).isoformat() for name in ("opens_on", "closes_on", "starts_on", "ends_on")}
    names = ("kind", "title_es", "title_en", "description_es", "description_en", "host", "places", "requirements",
             "covers", "how_to_apply")  # fmt: skip
    shown = {name: getattr(call, name) for name in names}
    return {**shown, **day, "agreement": call.agreement_id or "", "version": call.version, **values}


# ── told in the office ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_call_sent_twice_is_kept_once_and_its_page_says_what_is_missing(director):
    given = typed()
    first, second = (director.post(at("record_call"), given) for _ in range(2))
    kept = Call.objects.get()
    assert first.url == second.url == at("call", kept.pk)
    page = said(director.get(first.url))
    assert f'href="{at("mend_call", kept.pk)}#id_how_to_apply"' in page
    assert "sin fechas todavía" in page
    fields = set(re.findall(rf'{at("mend_call", kept.pk)}#(\w+)"', page))
    assert len(fields) == 9
    form = said(director.get(at("mend_call", kept.pk)))
    assert all(f'id="{one}"' in form for one in fields)  # each leads to a field that is there


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"title_es": ""}, "title_es", "necesario"),
        ({"opens_on": "2026-05-31", "closes_on": "2026-05-01"}, "closes_on", "Cierra antes de abrir"),
        ({"opens_on": "2026-05-31"}, "closes_on", "Falta el otro día"),
        ({"starts_on": "2026-08-02", "ends_on": "2026-08-01"}, "ends_on", "termina antes de empezar"),
        (
            {"opens_on": "2026-05-01", "closes_on": "2026-05-31", "starts_on": "2026-05-31"},
            "starts_on",
            "antes de que cierre",
        ),
        ({"places": "-2"}, "places", "uno o más"),
        ({"places": "99999999999999"}, "places", "demasiado grande"),
        ({"kind": "trip"}, "kind", ""),
        ({"agreement": str(uuid4())}, "agreement", ""),
        ({"opens_on": "el lunes"}, "opens_on", ""),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_kept_as_typed(director, wrong, field, words):
    answer = director.post(at("record_call"), typed(host="Una universidad", **wrong))
    assert answer.status_code == 200
    assert words in " ".join(answer.context["form"].errors[field])
    assert "Una universidad" in said(answer)
    assert not Call.objects.exists()


def test_the_second_of_two_sees_what_the_first_wrote(office, director, analyst):
    call = office.recorded()
    director.post(at("mend_call", call.pk), again(call, host="Otra universidad"))
    answer = analyst.post(at("mend_call", call.pk), again(call, places=7))
    assert answer.status_code == 200
    assert "Otra universidad" in said(answer)
    assert answer.context["form"]["places"].value() == "7"
    assert analyst.post(at("mend_call", call.pk), again(call, places=7, version=2, host="Otra universidad")).url
    call.refresh_from_db()
    assert (call.host, call.places, call.version) == ("Otra universidad", 7, 3)
    assert analyst.post(at("mend_call", call.pk), again(call, version=2)).url == at("call", call.pk)  # pressed twice
    call.refresh_from_db()
    assert call.version == 3


def test_a_result_is_told_once_and_only_after_closing(office, director):
    call = office.recorded()
    page = said(director.get(at("call", call.pk)))
    assert f'href="{at("resolve_call", call.pk)}">El resultado: ya cerró' in page
    given = {"version": 1, "on": office.today.isoformat(), "applied": "", "placed": "", "text": ""}
    answer = director.post(at("resolve_call", call.pk), given)  # as the empty form came
    assert "cuántas personas fueron elegidas" in " ".join(answer.context["form"].errors["placed"])
    answer = director.post(at("resolve_call", call.pk), {**given, "placed": "4"})
    assert "más personas elegidas que lugares" in " ".join(answer.context["form"].errors["placed"])
    early = (call.closes_on - DAY).isoformat()
    answer = director.post(at("resolve_call", call.pk), {**given, "placed": "2", "on": early})
    assert "anterior al cierre" in " ".join(answer.context["form"].errors["on"])
    for _ in range(2):
        assert director.post(at("resolve_call", call.pk), {**given, "applied": "9", "placed": "2"}).status_code == 302
    call.refresh_from_db()
    assert (call.applied, call.placed, call.version) == (9, 2, 2)
    assert "con resultado" in said(director.get(at("call", call.pk)))


def test_a_call_still_open_offers_no_result(office, director):
    call = office.recorded(days=20)
    assert at("resolve_call", call.pk) not in said(director.get(at("call", call.pk)))


def test_withdrawn_with_its_reason_it_is_read_and_changes_no_more(office, director):
    call = office.recorded()
    for _ in range(2):
        done = director.post(at("withdraw_call", call.pk), {"version": 1, "reason": "Se canceló"})
        assert done.url == at("call", call.pk)
    page = said(director.get(at("call", call.pk)))
    assert "Se canceló" in page
    assert at("mend_call", call.pk) not in page
    assert call.title_es not in said(director.get(at("calls")))
    assert call.title_es in said(director.get(at("calls"), {"estado": "withdrawn"}))
    answer = director.post(at("mend_call", call.pk), again(call, version=2, places=9))
    assert "está retirada" in said(answer)


def test_the_list_is_narrowed_and_taken_away_as_it_is_seen(office, director, everyone, cast):
    file = office.file()
    office.recorded(agreement=file.pk, title_es="Música en Ashland")
    office.recorded(title_es="Prácticas en el hospital", kind="internship", days=20, description_es="")
    office.recorded(title_es="Sin fechas", opens_on=None, closes_on=None, starts_on=None, ends_on=None)
    for query, titles in (
        ({}, {"Música en Ashland", "Prácticas en el hospital", "Sin fechas"}),
        ({"q": "MUSICA"}, {"Música en Ashland"}),
        ({"clase": "internship"}, {"Prácticas en el hospital"}),
        ({"estado": "open"}, {"Prácticas en el hospital"}),
        ({"estado": "closed"}, {"Música en Ashland"}),
        ({"estado": "undated"}, {"Sin fechas"}),
        ({"acuerdo": file.pk}, {"Música en Ashland"}),
        (
            {"acuerdo": "x", "clase": "x", "estado": "x"},
            {"Música en Ashland", "Prácticas en el hospital", "Sin fechas"},
        ),
        ({"q": "nada así"}, set()),
    ):
        page = director.get(at("calls"), query)
        assert {row.call.title_es for row in page.context["page"].object_list} == titles
        table = director.get(at("calls_table", "csv"), query).content.decode("utf-8-sig")
        assert {row["convocatoria"] for row in csv.DictReader(io.StringIO(table))} == titles
    assert director.get(at("calls_table", "xlsx")).content[:2] == b"PK"
    assert director.get(at("calls_table", "pdf")).status_code == 404
    other = everyone[cast.other_office.slug, "director"]
    assert "Música en Ashland" not in said(other.get(at("calls")))


def test_a_tie_leads_to_its_calls_and_back(office, director, everyone, cast):
    file = office.file()
    life = at("life", file.pk)
    assert f"{at('record_call')}?acuerdo={file.pk}" in said(director.get(life))
    assert director.get(at("record_call"), {"acuerdo": file.pk}).context["form"]["agreement"].value() == str(file.pk)
    call = office.recorded(agreement=file.pk)
    assert at("call", call.pk) in said(director.get(life))
    assert life in said(director.get(at("call", call.pk)))
    assert at("record_call") not in said(everyone[cast.office.slug, "reader"].get(life))


def test_a_call_of_a_tie_abandoned_since_is_mended_and_stays_of_it(office, director):
    call = office.recorded(agreement=office.file().pk)
    Agreement.objects.filter(pk=call.agreement_id).update(stage=Stage.ABANDONED)
    assert director.post(at("mend_call", call.pk), again(call, places=2)).url == at("call", call.pk)
    assert Call.objects.get().agreement_id == call.agreement_id


def test_every_page_is_told_in_english(office, director):
    call = office.recorded()
    names = ("call", "mend_call", "publish_call", "resolve_call", "withdraw_call")
    with translation.override("en"):
        addresses = [at("calls"), at("record_call"), *(at(name, call.pk) for name in names)]
    assert all(one.startswith("/en/") for one in addresses)
    assert [director.get(one).status_code for one in addresses] == [200] * len(addresses)


def test_spoilt_fields_break_nothing(office, director):
    call = office.recorded()
    spoilt = {"key": "x", "version": "y", "places": "\x00", "on": "\x00", "kind": "\x00", "reason": "\x00"}
    for name, arguments in (
        ("record_call", ()), ("mend_call", (call.pk,)), ("resolve_call", (call.pk,)), ("withdraw_call", (call.pk,)),
    ):  # fmt: skip
        assert director.post(at(name, *arguments), spoilt).status_code == 200
    assert Call.objects.get().version == 1


def test_the_dossier_tells_calls_and_the_results_that_wait(office):
    waiting = office.recorded(title_es="Sin resultado")
    office.resolved(office.recorded(title_es="Con resultado"))
    gone = office.recorded(title_es="Retirada")
    verbs.withdraw_call(gone.pk, by=office.by, version=1, reason="x")
    known = known_on(office.cast.office, office.today)
    told = {row["title"]: (row["applied"], row["placed"]) for row in known.rows["calls"]}
    assert told == {"Sin resultado": ("", ""), "Con resultado": (12, 2)}
    assert [row["detail"] for row in known.rows["open_matters"]] == [waiting.title_es]
    assert known_on(office.cast.office, office.today - DAY).rows["calls"] == []


# ── shown to the public ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_public_reads_a_call_when_it_is_published_and_not_before(office, director, anyone):
    file = office.file()
    call = office.recorded(agreement=file.pk, days=20)
    address = reverse("museum:call", args=[call.pk])
    assert anyone.get(address).status_code == 404
    assert call.title_es not in said(anyone.get("/convocatorias/"))
    before = said(director.get(at("publish_call", call.pk)))
    assert "Escriba a la oficina con su motivo." in before  # whoever publishes reads it first
    for _ in range(2):
        assert director.post(at("publish_call", call.pk), {"version": 1, "wanted": "show"}).status_code == 302
    page = said(anyone.get(address))
    assert "Escriba a la oficina con su motivo." in page
    assert "abierta" in page
    assert file.title_es not in page  # its file is not public
    assert call.title_es in said(anyone.get("/convocatorias/"))
    assert not anyone.cookies
    director.post(at("publish_call", call.pk), {"version": 2, "wanted": "hide"})
    assert anyone.get(address).status_code == 404


def test_the_public_page_names_the_tie_once_that_is_public(office, anyone):
    file = office.file()
    call = office.published(office.recorded(agreement=file.pk))
    Agreement.objects.filter(pk=file.pk).update(published_at=timezone.now())
    page = said(anyone.get(reverse("museum:call", args=[call.pk])))
    assert reverse("museum:agreement", args=[file.slug]) in page


def test_a_past_call_tells_its_numbers_and_takes_nobody_more(office, anyone):
    call = office.resolved(office.published(office.recorded()))
    page = said(anyone.get(reverse("museum:call", args=[call.pk])))
    assert "Dos van a Ashland" in page
    assert "<dd>12</dd>" in page
    assert "Escriba a la oficina" not in page
    assert "Ya cerradas" in said(anyone.get("/convocatorias/"))


def test_in_english_what_is_spanish_is_marked_so(office, anyone):
    whole, bare = office.published(office.recorded()), office.published(office.recorded(title_en="", description_en=""))
    page = said(anyone.get(f"/en/convocatorias/{whole.pk}/"))
    assert "<h1>A semester in Ashland</h1>" in page
    assert '<span lang="es">Promedio de ocho</span>' in page
    assert '<h1 lang="es">Un semestre en Ashland</h1>' in said(anyone.get(f"/en/convocatorias/{bare.pk}/"))


@pytest.mark.parametrize(
    ("title_en", "told"),
    [("Twinning with Ashland", ">Twinning with Ashland</a>"), ("", ' lang="es">Hermanamiento con Ashland</a>')],
)
def test_the_tie_is_named_in_the_readers_language(office, anyone, title_en, told):
    file = office.file()
    call = office.published(office.recorded(agreement=file.pk))
    title = {"title_es": "Hermanamiento con Ashland", "title_en": title_en}
    Agreement.objects.filter(pk=file.pk).update(published_at=timezone.now(), **title)
    assert told in said(anyone.get(f"/en/convocatorias/{call.pk}/"))
    assert ">Hermanamiento con Ashland</a>" in said(anyone.get(f"/convocatorias/{call.pk}/"))


def test_nothing_an_office_does_not_show_reaches_the_public(office, director, anyone, cast):
    """Look for a word put into every text of calls that are hidden, withdrawn or of a demonstration."""
    canary = "Quetzalcanario"
    texts = ("title_es", "title_en", "description_es", "description_en", "host", "requirements", "covers",
             "how_to_apply")  # fmt: skip
    marked = dict.fromkeys(texts, canary)
    hidden, gone, again_hidden = (office.recorded(**marked) for _ in range(3))
    office.published(gone)
    verbs.withdraw_call(gone.pk, by=office.by, version=2, reason=canary)
    office.published(again_hidden)
    verbs.unpublish_call(again_hidden.pk, by=office.by, version=2)
    shown = office.published(office.recorded(**marked))
    addresses = ["/convocatorias/", "/en/convocatorias/", "/sitemap-paginas.xml", "/"]
    for call in (hidden, gone, again_hidden):
        for prefix in ("", "/en"):
            assert anyone.get(f"{prefix}/convocatorias/{call.pk}/").status_code == 404
    assert canary in said(anyone.get("/convocatorias/"))  # the look finds what is shown
    assert said(anyone.get("/convocatorias/")).count(str(shown.pk)) == 1
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    assert anyone.get(f"/convocatorias/{shown.pk}/").status_code == 404
    for address in addresses:
        answer = anyone.get(address)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert canary not in text.decode()
    refused = director.post(at("publish_call", hidden.pk), {"version": 1, "wanted": "show"})
    assert "oficina de demostración no se publica" in said(refused)


def test_an_unready_call_is_not_published_and_it_is_said_why(office, director):
    call = office.recorded(how_to_apply="")
    answer = director.post(at("publish_call", call.pk), {"version": 1, "wanted": "show"})
    assert "cómo se participa" in " ".join(answer.context["form"].non_field_errors())
    assert Call.objects.get().published_at is None


def test_what_is_public_offers_its_changes_to_who_may_show_it(office, director, analyst):
    call = office.published(office.recorded())
    assert at("mend_call", call.pk) in said(director.get(at("call", call.pk)))
    assert at("mend_call", call.pk) not in said(analyst.get(at("call", call.pk)))
    answer = analyst.post(at("mend_call", call.pk), again(call, places=8))
    assert "la cambia quien puede publicarla" in said(answer)


def test_the_public_list_is_read_in_pages_and_its_work_does_not_grow(office, anyone, django_assert_max_num_queries):
    office.published(office.recorded(title_es="Convocatoria 00", days=0))
    anyone.get("/convocatorias/")
    with CaptureQueriesContext(connection) as few:
        anyone.get("/convocatorias/")
    for number in range(1, 35):
        office.published(office.recorded(title_es=f"Convocatoria {number:02}", days=number))
    with django_assert_max_num_queries(len(few)):
        first = said(anyone.get("/convocatorias/"))
    second = said(anyone.get("/convocatorias/?pagina=2"))
    found = [set(re.findall(r"Convocatoria \d\d", page)) for page in (first, second)]
    assert [len(one) for one in found] == [30, 5]
    assert not found[0] & found[1]
    assert first.index("Abiertas y por abrir") < first.index("Ya cerradas")
    assert anyone.get("/convocatorias/?otra=1").status_code == 422
    assert anyone.get("/convocatorias/?pagina=x").status_code == 200
    assert anyone.post("/convocatorias/").status_code == 405
