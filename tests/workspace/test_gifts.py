"""The pages of gifts: what an officer tells is kept, what is wrong is said where, and no work is lost."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image

from hermanar.cooperation.actions import mend_gift, note_whereabouts, publish_gift, withdraw_gift
from hermanar.cooperation.models import Activity, Gift, Whereabouts
from hermanar.cooperation.rules import PlaceFacts
from hermanar.cooperation.vocabulary import ActivityKind, GiftKind, GiftSide, Keeping, Purpose
from hermanar.foundation.access import Role
from hermanar.foundation.documents import path_of
from hermanar.foundation.models import Document
from hermanar.foundation.tables import read_table
from tests import factories as make
from tests.cooperation_acts import TODAY, a_gift, a_tie, gift_draft
from tests.foundation.samples import CANARY, pdf, photograph, picture
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db
NEW = "workspace:record_gift"


@pytest.fixture
def tie(cast):
    return a_tie(cast)


@pytest.fixture
def analyst(cast):
    return client_of(cast.of(Role.ANALYST))


@pytest.fixture
def director(cast):
    return client_of(cast.of(Role.DIRECTOR))


def sending(tie, **values):
    first = {
        "key": uuid4(), "version": 0, "agreement": tie.pk, "side": "received", "title_es": "Óleo de la plaza",
        "kind": "artwork", "on": "2005-06", "source": "Inventario", "state": "kept", "place": "Sala de cabildo",
        "since": "2006",
    }  # fmt: skip
    return {**first, **values}


def at(gift, name="gift"):
    return reverse(f"workspace:{name}", args=[gift.pk])


def photo(name="foto.jpg"):
    """Return a picture that says where it was taken."""
    return SimpleUploadedFile(name, photograph(), content_type="image/jpeg")


def test_gift_is_written_down_and_read_back(analyst, tie):
    told = {"is_donation": "on", "purpose": "cultural", "value": "15,000.50", "currency": "USD", "giver": "La Mayor",
            "words": "Con cariño", "story_es": "Vino en tren.", "story_en": "It came by train."}  # fmt: skip
    sent = analyst.post(reverse(NEW), sending(tie, **told))
    kept = Gift.objects.get()
    assert sent["Location"] == at(kept)
    page = analyst.get(at(kept)).text
    for words in ("Óleo de la plaza", "Ashland", "junio\N{NO-BREAK SPACE}de 2005", "15,000.50", "USD", "La Mayor",
                  "«Con cariño»", "Vino en tren.", "It came by train.", "Sala de cabildo",
                  "cooperación cultural"):  # fmt: skip
        assert words in page, words
    assert kept.value == Decimal("15000.50")


@pytest.mark.parametrize(
    ("written", "value"),
    [("15,000.50", "15000.50"), ("$1,500,000", "1500000"), ("1 500.5", "1500.50"), ("15000.50", "15000.50")],
)
def test_amount_is_read_as_it_is_written(analyst, tie, written, value):
    analyst.post(reverse(NEW), sending(tie, value=written, currency="MXN"))
    assert Gift.objects.get().value == Decimal(value)


def test_form_sent_twice_is_one_gift(analyst, tie):
    data = sending(tie)
    first, second = analyst.post(reverse(NEW), data), analyst.post(reverse(NEW), data)
    assert first["Location"] == second["Location"]
    assert (Gift.objects.count(), Whereabouts.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"on": "2999"}, "on", "por venir"),
        ({"on": "ayer"}, "on", "No es una fecha"),
        ({"on": "2005-02-30"}, "on", "No es una fecha"),
        ({"value": "-5", "currency": "MXN"}, "value", "mayor que cero"),
        ({"value": "mucho", "currency": "MXN"}, "value", "No es una cantidad"),
        ({"value": "NaN", "currency": "MXN"}, "value", "No es una cantidad"),
        ({"value": "15000,50", "currency": "MXN"}, "value", "escriba 15,000.50"),
        ({"value": "15.000,50", "currency": "MXN"}, "value", "escriba 15,000.50"),
        ({"value": "1,50", "currency": "MXN"}, "value", "escriba 15,000.50"),
        ({"value": "1500,000", "currency": "MXN"}, "value", "escriba 15,000.50"),
        ({"value": "1,000,00", "currency": "MXN"}, "value", "escriba 15,000.50"),
        ({"value": "1e30", "currency": "MXN"}, "value", ""),
        ({"value": "5"}, "currency", "Falta la moneda"),
        ({"currency": "MXN"}, "value", "Falta el valor"),
        ({"value": "5", "currency": "XYZ"}, "currency", "No hay moneda con ese código"),
        ({"is_donation": "on"}, "purpose", "Falta para qué"),
        ({"purpose": "peace"}, "purpose", "es de las donaciones"),
        ({"place": ""}, "place", "Falta el lugar"),
        ({"state": "lost"}, "place", "deje uno de los dos"),
        ({"since": "2001"}, "since", "Es anterior"),
        ({"agreement": str(uuid4())}, "agreement", ""),
        ({"agreement": "nada"}, "agreement", ""),
        ({"title_es": ""}, "title_es", ""),
        ({"side": "mutual"}, "side", ""),
        ({"key": "x"}, "key", ""),
        ({"title_es": "a\x00b"}, "title_es", ""),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(analyst, tie, values, field, words):
    answer = analyst.post(reverse(NEW), sending(tie, story_es="Mi historia", **values))
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert words in str(answer.context["form"].errors[field])
    assert "Mi historia" in answer.text
    assert not Gift.objects.exists()


def test_currency_of_another_year_is_refused_with_the_one_of_that_year(analyst, tie):
    for on, code, words in (
        ("1985", "MXN", ("Peso mexicano (MXN) no era moneda en 1985: lo es desde 1993", "México: MXP", "USD")),
        ("1998", "EUR", ("lo es desde 1999", "México: MXN")),
        ("2010", "ESP", ("lo fue hasta 2002",)),
    ):
        answer = analyst.post(reverse(NEW), sending(tie, on=on, since="", value="5", currency=code))
        told = str(answer.context["form"].errors["currency"])
        assert all(one in told for one in words), told
    assert analyst.post(reverse(NEW), sending(tie, on="1985", since="", value="5", currency="MXP")).status_code == 302


def test_date_before_the_signature_is_asked_about_once(cast, analyst):
    tie = a_tie(cast, signed="2010-05-01")
    data = sending(tie)
    page = analyst.post(reverse(NEW), data)
    assert "Es anterior a la firma" in page.text
    assert 'name="is_early"' in page.text
    assert 'name="is_early"' not in analyst.get(reverse(NEW)).text
    sent = analyst.post(reverse(NEW), {**data, "is_early": "on"})
    assert sent["Location"] == at(Gift.objects.get())
    mended = analyst.post(at(Gift.objects.get(), "mend_gift"), {**data, "is_early": "on", "version": 1, "kind": "book"})
    assert mended.status_code == 302


def test_photograph_is_kept_without_where_it_was_taken(analyst, tie):
    told = {"photograph_alternative": "Un óleo rojo", "photograph_rights": "Foto: la oficina"}
    analyst.post(reverse(NEW), sending(tie, photograph=photo(), **told))
    kept = Gift.objects.get()
    data = path_of(kept.photograph.digest).read_bytes()
    assert CANARY.encode() in photograph()
    assert CANARY.encode() not in data
    assert not Image.open(io.BytesIO(data)).getexif()
    page = analyst.get(at(kept)).text
    assert 'alt="Un óleo rojo"' in page
    assert "Foto: la oficina" in page
    shown = analyst.get(reverse("workspace:document", args=[kept.photograph_id]))
    assert shown["Content-Type"] == "image/jpeg"
    assert b"".join(shown.streaming_content) == data


def test_photograph_is_asked_what_it_shows_and_stays_sent(analyst, tie):
    data = sending(tie, photograph=photo())
    page = analyst.post(reverse(NEW), data)
    errors = page.context["form"].errors
    assert {"photograph_alternative", "photograph_rights"} == set(errors)
    assert "Ya recibida:" in page.text
    del data["photograph"]
    told = {"sent": page.context["form"].data["sent"], "photograph_alternative": "Un óleo", "photograph_rights": "Mía"}
    analyst.post(reverse(NEW), {**data, **told})
    assert Gift.objects.get().photograph.name == "foto.jpg"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("foto.pdf", pdf(), "no es una fotografía"),
        ("foto.jpg", b"MZ no es una foto", "por dentro es otra cosa"),
        ("foto.exe", b"MZ", "no es un tipo de archivo"),
        ("foto.jpg", b"\xff\xd8\xff", "no se puede leer como imagen"),
    ],
)
def test_file_that_is_no_picture_is_refused_and_not_kept(analyst, tie, name, content, words):
    told = {"photograph_alternative": "Un óleo", "photograph_rights": "Mía"}
    sent = SimpleUploadedFile(name, content)
    answer = analyst.post(reverse(NEW), sending(tie, photograph=sent, **told))
    assert words in str(answer.context["form"].errors["photograph"])
    assert not Document.objects.exists()
    assert not Gift.objects.exists()


def test_photograph_of_another_office_is_none(cast, analyst, tie):
    other = Document.objects.create(
        office=cast.other_office.pk, digest="0" * 64, size=1, media_type="image/jpeg", name="f.jpg",
        uploaded_at=make.PUBLISHED,
    )  # fmt: skip
    analyst.post(reverse(NEW), sending(tie, sent=str(other.pk)))
    assert Gift.objects.get().photograph is None


def mending(gift, **values):
    form = {"version": gift.version, "agreement": gift.agreement_id, "side": gift.side, "title_es": gift.title_es,
            "kind": gift.kind, "on": str(gift.given), "source": gift.source}  # fmt: skip
    return {**form, **values}


def test_gift_is_mended_and_its_page_says_what_it_was(cast, analyst, tie):
    kept = a_gift(cast, tie)
    data = mending(kept, title_es="Dos placas", value="10", currency="MXN", on="2006")
    assert analyst.post(at(kept, "mend_gift"), data)["Location"] == at(kept)
    page = analyst.get(at(kept)).text
    assert "Decía «Una placa de plata»; ahora, «Dos placas»." in page
    assert "Decía «2005»; ahora, «2006»." in page
    assert "Decía «nada»; ahora, «MXN»." in page
    assert analyst.post(at(kept, "mend_gift"), data)["Location"] == at(kept)  # the button was pressed twice
    assert Gift.objects.get().version == 2


def test_mending_without_a_change_writes_nothing(cast, analyst, tie):
    kept = a_gift(cast, tie)
    assert analyst.post(at(kept, "mend_gift"), mending(kept)).status_code == 302
    assert Gift.objects.get().version == 1


def test_second_editor_sees_what_the_first_did_and_loses_nothing(cast, analyst, tie):
    kept = a_gift(cast, tie)
    fresh = gift_draft(tie, title_es="De otra", source="De otra fuente")
    mend_gift(kept.pk, by=cast.of(Role.DIRECTOR), version=1, mended=fresh, today=TODAY)
    page = analyst.post(at(kept, "mend_gift"), mending(kept, title_es="Mía", giver="La Mayor"))
    assert "Otra persona cambió" in page.text
    assert "ahora dice «De otra»" in page.text
    form = page.context["form"]
    assert (form["title_es"].value(), form["giver"].value(), form["source"].value(), str(form["version"].value())) == (
        "Mía", "La Mayor", "De otra fuente", "2",
    )  # fmt: skip
    assert Gift.objects.get().title_es == "De otra"
    data = {field.name: field.value() or "" for field in form if field.name != "photograph"}
    data = {name: value for name, value in data.items() if value is not False}
    assert analyst.post(at(kept, "mend_gift"), data).status_code == 302
    now = Gift.objects.get()
    assert (now.title_es, now.giver, now.source, now.version) == ("Mía", "La Mayor", "De otra fuente", 3)


def test_photograph_stays_is_replaced_and_is_taken_away(analyst, tie):
    told = {"photograph_alternative": "Un óleo", "photograph_rights": "Mía"}
    analyst.post(reverse(NEW), sending(tie, photograph=photo(), **told))
    kept = Gift.objects.get()
    first = kept.photograph_id
    analyst.post(at(kept, "mend_gift"), mending(kept, title_es="Otro", **told))
    kept.refresh_from_db()
    assert (kept.title_es, kept.photograph_id) == ("Otro", first)
    analyst.post(
        at(kept, "mend_gift"), mending(kept, photograph=SimpleUploadedFile("otra.jpg", picture("JPEG")), **told)
    )
    kept.refresh_from_db()
    assert kept.photograph.name == "otra.jpg"
    again = mending(kept, photograph=SimpleUploadedFile("otra.jpg", picture("JPEG")), **told)
    assert analyst.post(at(kept, "mend_gift"), {**again, "version": 2, "title_es": "Otro"})["Location"] == at(kept)
    assert Document.objects.count() == 2, "pressed twice, kept once"
    analyst.post(at(kept, "mend_gift"), mending(kept, drops_photograph="on", **told))
    kept.refresh_from_db()
    assert (kept.photograph_id, kept.photograph_alternative) == (None, "")


def test_where_it_is_is_noted_once_and_what_was_stays(cast, analyst, tie):
    kept = a_gift(cast, tie)
    data = {"version": 1, "state": "lost", "place": "", "since": "2019", "note": "La mudanza"}
    assert analyst.post(at(kept, "whereabouts"), data)["Location"] == at(kept)
    assert analyst.post(at(kept, "whereabouts"), data)["Location"] == at(kept)
    assert Whereabouts.objects.count() == 2
    page = analyst.get(at(kept)).text
    assert page.index("se perdió o ya no existe") < page.index("Sala de cabildo")
    stale = analyst.post(at(kept, "whereabouts"), {**data, "state": "kept", "place": "Bodega"})
    assert "Otra persona cambió" in stale.text
    assert "Bodega" in stale.text
    wrong = analyst.post(at(kept, "whereabouts"), {**data, "version": 2, "since": "1999"})
    assert "Es anterior" in str(wrong.context["form"].errors["since"])


def test_gift_is_withdrawn_with_a_reason_and_is_no_longer_listed(cast, director, tie):
    kept = a_gift(cast, tie)
    assert "reason" in director.post(at(kept, "withdraw_gift"), {"version": 1, "reason": " "}).context["form"].errors
    data = {"version": 1, "reason": "Está dos veces"}
    assert director.post(at(kept, "withdraw_gift"), data)["Location"] == at(kept)
    assert director.post(at(kept, "withdraw_gift"), data)["Location"] == at(kept)
    page = director.get(at(kept)).text
    assert "Está dos veces" in page
    assert at(kept, "mend_gift") not in page
    assert at(kept) not in director.get(reverse("workspace:gifts")).text
    assert at(kept) in director.get(reverse("workspace:gifts"), {"retirados": "1"}).text


def test_gift_is_published_and_hidden_again(cast, director, tie):
    kept = a_gift(cast, tie)
    refused = director.post(at(kept, "publish_gift"), {"version": 1})
    assert "El acuerdo no es público" in refused.text
    type(tie).objects.filter(pk=tie.pk).update(published_at=make.PUBLISHED)
    assert director.post(at(kept, "publish_gift"), {"version": 1})["Location"] == at(kept)
    assert director.post(at(kept, "publish_gift"), {"version": 1})["Location"] == at(kept)
    kept.refresh_from_db()
    assert (kept.version, kept.published_at is None) == (2, False)
    assert "Dejar de mostrarlo" in director.get(at(kept, "publish_gift")).text
    assert director.post(at(kept, "publish_gift"), {"version": 2, "hides": "1"})["Location"] == at(kept)
    kept.refresh_from_db()
    assert kept.published_at is None


def test_who_publishes_reads_first_what_the_public_will_read(cast, director, tie):
    type(tie).objects.update(published_at=make.PUBLISHED)
    told = {"title_en": "A silver plate", "story_es": "Vino en tren.", "story_en": "It came by train."}
    kept = a_gift(cast, tie, giver="La Mayor", **told)
    page = director.get(at(kept, "publish_gift")).text
    for words in ("Una placa de plata", "Vino en tren.", "Inventario de la oficina, 2006", *told.values()):
        assert words in page, words
    assert page.count("La Mayor") == 1, "only where it is asked whether the names may be seen"
    assert " checked" not in page, "nothing is shown unless somebody says so"
    assert page.count("Sala de cabildo") == 1
    publish_gift(kept.pk, by=cast.of(Role.DIRECTOR), version=1)
    assert "Vino en tren." not in director.get(at(kept, "publish_gift")).text, "to hide it needs no reading"


def test_how_it_is_known_is_asked_for_a_paper_and_not_for_a_person(analyst, tie):
    page = analyst.get(reverse(NEW)).text
    assert "quién lo cuenta" not in page
    assert "El papel en que consta y su fecha" in page


def test_public_gift_says_who_mends_it_and_stops_being_public_with_another_tie(cast, analyst, director, tie):
    other = a_tie(cast)
    type(tie).objects.update(published_at=make.PUBLISHED)
    kept = a_gift(cast, tie)
    kept = publish_gift(kept.pk, by=cast.of(Role.DIRECTOR), version=1)
    page = analyst.get(at(kept)).text
    assert "lo corrige quien puede publicarlo" in page
    assert at(kept, "mend_gift") not in page
    assert at(kept, "whereabouts") in page
    assert analyst.get(at(kept, "mend_gift"))["Location"] == at(kept)
    refused = analyst.post(at(kept, "mend_gift"), mending(kept, title_es="Lo que escribí"))
    assert "lo corrige quien puede publicarlo" in refused.text
    assert "Lo que escribí" in refused.text
    assert at(kept, "mend_gift") in director.get(at(kept)).text
    sent = mending(kept, agreement=other.pk)
    assert "Es ahora de otro acuerdo" in director.post(at(kept, "mend_gift"), sent, follow=True).text
    assert Gift.objects.get().published_at is None


def test_list_is_narrowed_and_taken_away_with_what_it_shows(cast, analyst, tie):
    other = a_tie(cast)
    one = a_gift(cast, tie, title_es="=Óleo", value=Decimal("3.5"), currency="MXN")
    two = a_gift(cast, other, title_es="Ambulancia", side=GiftSide.GIVEN, kind=GiftKind.VEHICLE, is_donation=True,
                 purpose=Purpose.HUMANITARIAN)  # fmt: skip
    foreign = a_gift(cast, a_tie(cast, office=cast.other_office), office=cast.other_office)
    for query, wanted in (
        ({}, {one, two}), ({"q": "oleo"}, {one}), ({"q": "ÓLEO ashland"}, {one}),
        ({"q": "Ashland"}, {one, two}), ({"lado": "given"}, {two}),
        ({"clase": "plaque"}, {one}), ({"tipo": "donacion"}, {two}), ({"acuerdo": str(tie.pk)}, {one}),
        ({"acuerdo": "nada", "lado": "x"}, {one, two}), ({"q": "nada de nada"}, set()),
    ):  # fmt: skip
        page = analyst.get(reverse("workspace:gifts"), query).text
        assert {gift for gift in (one, two, foreign) if at(gift) in page} == wanted, query
        taken = analyst.get(reverse("workspace:gifts_table", args=["csv"]), query)
        rows = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig"))))[1:]
        assert {row[0] for row in rows} == {("'" if "=" in gift.title_es else "") + gift.title_es for gift in wanted}
    sheet = analyst.get(reverse("workspace:gifts_table", args=["xlsx"]))
    table = read_table(sheet.content, name="r.xlsx")
    assert len(table.rows) == 2
    assert analyst.get(reverse("workspace:gifts_table", args=["exe"])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_a_fixed_number_of_queries(cast, analyst, tie, count, django_assert_num_queries):
    for number in range(count):
        kept = a_gift(cast, tie, title_es=f"Placa {number}")
        bodega = PlaceFacts(Keeping.KEPT, "Bodega")
        note_whereabouts(kept.pk, by=cast.of(Role.DIRECTOR), version=1, said=bodega, today=TODAY)
    with django_assert_num_queries(9):
        assert "Bodega" in analyst.get(reverse("workspace:gifts")).text


def test_ledger_page_file_page_and_table_say_the_same(cast, analyst, tie):
    a_gift(cast, tie, kind=GiftKind.MONEY, value=Decimal("1500.25"), currency="MXN")
    a_gift(cast, tie, side=GiftSide.GIVEN)
    make.activity(tie, "2020")
    make.activity(tie, "2008", kind=ActivityKind.DONATION, description="Equipo dental")
    Activity.objects.filter(kind="donation").update(direction="received")
    page = analyst.get(reverse("workspace:ledger"))
    told = page.context["told"][0]
    assert told.cells == [1, 1, 1, 0, 1]
    assert "De ida y vuelta." in page.text
    assert "1,500.25\N{NO-BREAK SPACE}MXN" in page.text
    file = analyst.get(reverse("workspace:life", args=[tie.pk])).text
    assert "Lo que se dio y se recibió" in file
    assert "Guanajuato dio" in file
    assert "1,500.25\N{NO-BREAK SPACE}MXN" in file
    taken = analyst.get(reverse("workspace:ledger_table", args=["csv"])).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(taken)))[1:]
    assert sum(int(row[5]) for row in rows) == sum(told.cells)
    assert [row[6] for row in rows if row[3] == "dinero"] == ["1500.25 MXN"]
    drawn = [row for group in page.context["ledger"]["groups"] for row in group["rows"]]
    assert sum(row[name] for row in drawn for name in ("left", "right", "both", "unsided")) == sum(told.cells)


@pytest.mark.parametrize("address", ["ledger", "ledger_table"])
def test_ledger_asks_as_often_for_three_ties_as_for_one(cast, analyst, tie, address, django_assert_max_num_queries):
    a_gift(cast, tie)
    asked = reverse(f"workspace:{address}", args=["csv"] if address == "ledger_table" else [])
    with django_assert_max_num_queries(25) as one:
        analyst.get(asked)
    for _time in range(2):
        a_gift(cast, a_tie(cast))
    with django_assert_max_num_queries(len(one.captured_queries)):
        analyst.get(asked)


def test_pages_without_anything_say_what_to_do(cast, analyst):
    assert "abra o tome primero su expediente" in analyst.get(reverse("workspace:gifts")).text
    assert "abra o tome primero su expediente" in analyst.get(reverse(NEW)).text
    assert "Todavía no hay nada que comparar" in analyst.get(reverse("workspace:ledger")).text
    tie = a_tie(cast)
    assert "Asentar el primero" in analyst.get(reverse("workspace:gifts")).text
    assert "Todavía no hay nada asentado" in analyst.get(reverse("workspace:life", args=[tie.pk])).text
    reader = client_of(cast.of(Role.READER))
    assert reverse(NEW) not in reader.get(reverse("workspace:gifts")).text


def test_documented_donation_is_offered_and_counted_once(cast, analyst, tie):
    make.activity(tie, "2008", kind=ActivityKind.DONATION, description="Equipo dental")
    Activity.objects.update(direction="received")
    assert "Equipo dental" in analyst.get(reverse(NEW)).text
    told = {"is_donation": "on", "purpose": "technical", "documented_as": Activity.objects.get().pk}
    analyst.post(reverse(NEW), sending(tie, **told))
    assert analyst.get(reverse("workspace:ledger")).context["told"][0].cells == [0, 0, 0, 0, 1]
    page = analyst.get(at(Gift.objects.get())).text
    assert "Equipo dental" in page
    assert "Equipo dental" not in analyst.get(reverse(NEW)).text
    again = analyst.post(reverse(NEW), sending(tie, **told))
    assert "ya la cuenta otro regalo" in str(again.context["form"].errors["documented_as"])
    assert Gift.objects.count() == 1
    assert "Equipo dental" in analyst.get(at(Gift.objects.get(), "mend_gift")).text
    Gift.objects.all().update(documented_as=None)
    wrong = analyst.post(reverse(NEW), sending(tie, **{**told, "side": "given"}))
    assert "documented_as" in wrong.context["form"].errors


def test_pages_of_a_gift_are_in_english_too(cast, tie):
    kept = a_gift(cast, tie)
    director = client_of(cast.of(Role.DIRECTOR))
    for name in ("gift", "mend_gift", "whereabouts", "publish_gift", "withdraw_gift"):
        with translation.override("en"):
            assert director.get(at(kept, name)).status_code == 200
    withdraw_gift(kept.pk, by=cast.of(Role.DIRECTOR), version=1, reason="dos veces")
    with translation.override("en"):
        assert director.get(at(kept)).status_code == 200


def test_words_of_who_gave_it_are_read_before_they_are_public(cast, director, tie):
    type(tie).objects.update(published_at=make.PUBLISHED)
    kept = a_gift(cast, tie, giver="La Mayor", words="Con cariño y un secreto")
    assert director.get(at(kept, "publish_gift")).text.count("Con cariño y un secreto") == 1
    director.post(at(kept, "publish_gift"), {"version": 1, "names": "on"})
    assert "El público ve también: los nombres, lo que se dijo al darlo." in director.get(at(kept)).text
    alone = a_gift(cast, tie, words="Sin firma")
    assert "Sin firma" in director.get(at(alone, "publish_gift")).text


def test_two_cities_of_one_name_are_told_apart(cast, analyst, tie):
    tie.parties.filter(role="counterpart").update(place=make.place("Guanajuato", code="ES"))
    a_gift(cast, tie)
    page = analyst.get(reverse("workspace:life", args=[tie.pk])).text
    assert "Guanajuato, México dio" in page
    assert "Guanajuato, España dio" in page


def test_published_gift_leads_to_its_exhibit(cast, director, tie):
    type(tie).objects.update(published_at=make.PUBLISHED)
    kept = a_gift(cast, tie, giver="La Mayor")
    assert "/coleccion/" not in director.get(at(kept)).text.partition("<footer")[0]
    director.post(at(kept, "publish_gift"), {"version": 1, "names": "on", "photograph": "on"})
    kept.refresh_from_db()
    assert (kept.shows_names, kept.shows_photograph, kept.shows_place) == (True, False, False)
    page = director.get(at(kept)).text
    address = f"/coleccion/una-placa-de-plata-{kept.pk.hex[-10:]}/"
    assert f'href="{address}"' in page
    assert "El público ve también: los nombres." in page
    assert "La Mayor" in Client().get(address).text
    director.post(at(kept, "publish_gift"), {"version": 2, "hides": "1"})
    assert Client().get(address).status_code == 404
