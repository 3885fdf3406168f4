"""The collection from outside: what is shown of gifts, what never is, and that what is withdrawn is nowhere."""

import csv
import io
import json
import re

import pytest
from django.test import Client
from PIL import Image

from hermanar.agreements.models import Agreement
from hermanar.catalogue.read.gifts import code_in
from hermanar.cooperation.actions import note_whereabouts, publish_gift, unpublish_gift, withdraw_gift
from hermanar.cooperation.actions.uploads import Sent
from hermanar.cooperation.models import Gift
from hermanar.cooperation.rules import NOTHING_MORE, PlaceFacts, Shown
from hermanar.cooperation.vocabulary import GiftKind, Keeping
from hermanar.directory.models import Identifier
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import parse_partial
from hermanar.museum import pictures
from hermanar.museum.actions.exhibits import keep_exhibit, publish_exhibit, unpublish_exhibit
from hermanar.museum.rules.exhibits import ExhibitDraft
from tests import cast as people
from tests import factories as make
from tests.cooperation_acts import TODAY, a_gift, a_tie

pytestmark = pytest.mark.django_db
CANARY = "CANARIO-9f1"
EVERYTHING = Shown(photograph=True, place=True, names=True)


@pytest.fixture
def cast(db):
    return people.gather()


@pytest.fixture
def tie(cast):
    made = a_tie(cast, signed="1998-03-04")
    Agreement.objects.filter(pk=made.pk).update(published_at=make.PUBLISHED, slug="guanajuato-ashland-prueba")
    return Agreement.objects.select_related("office").get(pk=made.pk)


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def photograph(size=(1400, 900), kind="JPEG"):
    """Return a photograph that says where it was taken, as a telephone makes it."""
    made, buffer, exif = Image.new("RGB", size, "#a5173a"), io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 7.0)})
    made.save(buffer, kind, exif=exif)
    buffer.seek(0)
    return Sent(buffer, f"foto.{kind.lower()}")


def kept(cast, tie, **values):
    first = {"kind": GiftKind.ARTWORK, "title_es": "Óleo de la plaza", "on": parse_partial("2005-06")}
    return a_gift(cast, tie, **{**first, **values})


def shown(cast, tie, *, besides=NOTHING_MORE, **values):
    made = kept(cast, tie, **values)
    return publish_gift(made.pk, by=cast.of(Role.DIRECTOR), version=made.version, shown=besides)


def pictured(cast, tie, **values):
    told = {"photograph": photograph(), "photograph_alternative": "Una plaza", "photograph_rights": "Ana Ruiz, cedida"}
    return shown(cast, tie, besides=values.pop("besides", EVERYTHING), **{**told, **values})


def code(gift):
    return gift.pk.hex[-10:]


def addresses(gift, size="1400,900"):
    """Return every address at which a pictured gift answers."""
    base = f"/iiif/{code(gift)}"
    return [
        f"/coleccion/oleo-de-la-plaza-{code(gift)}/",
        f"/en/coleccion/oleo-de-la-plaza-{code(gift)}/",
        f"/coleccion/oleo-de-la-plaza-{code(gift)}/dibujo.svg",
        f"{base}/manifest.json",
        f"{base}/imagen/info.json",
        f"{base}/imagen/full/{size}/0/default.jpg",
        f"{base}/imagen/0,0,512,512/512,512/0/default.jpg",
    ]


def content(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


# ── what is shown, and what never is ─────────────────────────────────────────────────────────────────────────────────


def test_work_is_told_with_its_provenance_in_both_languages(cast, tie, visitor):
    gift = shown(
        cast, tie, title_en="Oil of the square", story_es="Cruzó la frontera.", story_en="It crossed the border.",
        source="Acta de cabildo 12",
    )  # fmt: skip
    page = visitor.get(addresses(gift)[0])
    assert page.status_code == 200
    for said in ("Óleo de la plaza", "Cruzó la frontera.", "It crossed the border.", "Acta de cabildo 12",
                 "junio de 2005", "De Ashland para Guanajuato", "creativecommons.org/licenses/by/4.0/"):  # fmt: skip
        assert said in page.text, said
    assert '<svg class="voyage' in page.text
    assert "zoom.js" not in page.text, "nothing to come close to"
    english = visitor.get(addresses(gift)[1]).text
    assert "Oil of the square" in english
    assert english.index("It crossed the border.") < english.index("Cruzó la frontera.")


def test_what_nobody_let_be_seen_is_nowhere(cast, tie, visitor):
    """The photograph, the names, the place, the notes: told by nothing the public can ask for."""
    gift = pictured(
        cast, tie, besides=NOTHING_MORE, giver=f"{CANARY} persona", receiver=f"{CANARY} otra",
        words=f"{CANARY} palabras", photograph_alternative=f"{CANARY} plaza", photograph_rights=f"{CANARY} derechos",
        where=PlaceFacts(Keeping.KEPT, f"{CANARY} vitrina"),
    )  # fmt: skip
    hidden = kept(cast, tie, title_es=f"{CANARY} sin publicar", story_es=CANARY)
    document = str(gift.photograph_id)
    answers = [
        *addresses(gift)[:4], "/coleccion/", "/en/coleccion/", "/iiif/coleccion.json", "/datos/coleccion.csv",
        "/datos/coleccion.json", "/sitemap-coleccion.xml", f"/coleccion/seleccion/?obra={code(gift)}",
    ]  # fmt: skip
    for address in answers:
        response = visitor.get(address)
        said = content(response).decode()
        assert response.status_code == 200, address
        assert CANARY not in said, address
        assert document not in said, address
        assert gift.photograph.digest not in said, address
        assert code(hidden) not in said, address
    for address in addresses(gift)[4:]:
        assert visitor.get(address).status_code == 404, address
    for address in addresses(hidden):
        assert visitor.get(address).status_code == 404, address


def test_what_was_let_be_seen_is_shown_without_its_notes(cast, tie, visitor):
    gift = pictured(cast, tie, giver="Club de Leones", words="Para la ciudad hermana")
    note_whereabouts(
        gift.pk, by=cast.of(Role.DIRECTOR), version=gift.version, today=TODAY, note=CANARY,
        said=PlaceFacts(Keeping.KEPT, "Museo de la Ciudad", parse_partial("2010")),
    )  # fmt: skip
    page = visitor.get(addresses(gift)[0]).text
    for said in ("Club de Leones", "Para la ciudad hermana", "Museo de la Ciudad", "desde 2010", "Ana Ruiz, cedida",
                 'alt="Una plaza"', "rightsstatements.org/vocab/CNE/1.0/"):  # fmt: skip
        assert said in page, said
    assert CANARY not in page
    assert CANARY not in visitor.get(addresses(gift)[3]).text
    assert "/oficina/documentos" not in page
    assert str(gift.photograph_id) not in page, "the office's own address of the file is told to nobody"


def test_documented_donation_is_a_work_until_a_gift_tells_it(cast, tie, visitor):
    from hermanar.cooperation.models import Activity  # noqa: PLC0415
    from hermanar.cooperation.vocabulary import ActivityKind, Purpose  # noqa: PLC0415

    make.activity(tie, "2008", kind=ActivityKind.DONATION, description="Equipo dental.")
    Activity.objects.update(direction="received")
    told = Activity.objects.get()
    assert "Equipo dental" in visitor.get("/coleccion/").text
    page = visitor.get(f"/coleccion/equipo-dental-{told.pk.hex[-10:]}/")
    assert "De Ashland para Guanajuato" in page.text
    assert "Fuente fuente" in page.text
    shown(cast, tie, title_es="Un sillón dental", is_donation=True, purpose=Purpose.TECHNICAL, documented_as=told.pk)
    listed = visitor.get("/coleccion/").text
    assert "Un sillón dental" in listed
    assert "Equipo dental" not in listed


def test_fields_with_scripts_are_texts(cast, tie, visitor):
    bad = "<script>alert(1)</script>"
    gift = pictured(
        cast, tie, title_es=f"{bad}Óleo", story_es=bad, giver=bad, words=bad, source=bad, photograph_rights=bad,
        photograph_alternative=f'"><{bad}', where=PlaceFacts(Keeping.KEPT, bad),
    )  # fmt: skip
    for address in ("/coleccion/", f"/coleccion/x-{code(gift)}/", f"/coleccion/seleccion/?obra={code(gift)}"):
        page = visitor.get(address, follow=True)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
    alone = visitor.get(f"/coleccion/x-{code(gift)}/dibujo.svg", follow=True).text
    assert "<script" not in alone


def test_no_cookie_is_set_and_nothing_but_reading_is_taken(cast, tie, visitor):
    gift = pictured(cast, tie)
    for address in [*addresses(gift), "/coleccion/", "/iiif/coleccion.json", "/coleccion/seleccion/"]:
        assert not visitor.get(address).cookies, address
        assert visitor.post(address).status_code == 405, address


# ── withdrawn is gone ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("way", ["unpublish", "withdraw", "tie", "demonstration", "photograph"])
def test_what_is_withdrawn_stops_answering_at_once(cast, tie, visitor, way):
    gift = pictured(cast, tie)
    seen = {address: visitor.get(address) for address in addresses(gift)}
    assert {response.status_code for response in seen.values()} == {200}
    for response in seen.values():
        content(response)
    etag = seen[addresses(gift)[5]]["ETag"]
    if way == "unpublish":
        unpublish_gift(gift.pk, by=cast.of(Role.DIRECTOR), version=gift.version)
    elif way == "withdraw":
        withdraw_gift(gift.pk, by=cast.of(Role.DIRECTOR), version=gift.version, reason="Era de otra ciudad")
    elif way == "tie":
        Agreement.objects.filter(pk=tie.pk).update(published_at=None)
    elif way == "demonstration":
        type(cast.office).objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    else:  # only the photograph is hidden
        Gift.objects.filter(pk=gift.pk).update(shows_photograph=False)
    gone = addresses(gift)[4:] if way == "photograph" else addresses(gift)
    for address in gone:
        assert visitor.get(address, HTTP_IF_NONE_MATCH=etag).status_code == 404, address
    if way == "photograph":
        return
    assert code(gift) not in visitor.get("/iiif/coleccion.json").text
    assert code(gift) not in visitor.get("/coleccion/").text
    assert code(gift) not in content(visitor.get("/sitemap-coleccion.xml")).decode()
    wall = visitor.get(f"/coleccion/seleccion/?obra={code(gift)}")
    assert wall.status_code == 200
    assert "Una ya no se muestra." in wall.text
    assert "Óleo" not in wall.text


def test_never_there_and_withdrawn_get_the_same_answer(cast, tie, visitor):
    gift = pictured(cast, tie)
    unpublish_gift(gift.pk, by=cast.of(Role.DIRECTOR), version=gift.version)
    for address in addresses(gift)[3:]:
        never = visitor.get(address.replace(code(gift), "0" * 10))
        assert (never.status_code, never.content) == (404, visitor.get(address).content), address


def test_caches_are_told_to_ask_again(cast, tie, visitor):
    gift = pictured(cast, tie)
    for address in [*addresses(gift), "/iiif/coleccion.json", "/coleccion/"]:
        assert visitor.get(address)["Cache-Control"] == "no-cache", address
    picture = visitor.get(addresses(gift)[5])
    again = visitor.get(addresses(gift)[5], HTTP_IF_NONE_MATCH=picture["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_cuts_of_what_is_hidden_are_swept_away(cast, tie, visitor):
    gone, other = pictured(cast, tie), pictured(cast, tie, photograph=photograph((700, 400)))
    content(visitor.get(addresses(gone)[5]))
    assert (pictures.root() / gone.photograph.digest).is_dir()
    unpublish_gift(gone.pk, by=cast.of(Role.DIRECTOR), version=gone.version)
    content(visitor.get(addresses(other, "700,400")[5]))
    kept_folders = {one.name for one in pictures.root().iterdir() if one.is_dir()}
    assert kept_folders == {other.photograph.digest}


# ── lists, filters, files, selections ────────────────────────────────────────────────────────────────────────────────


def test_collection_is_narrowed_and_counted(cast, tie, visitor):
    shown(cast, tie)
    shown(cast, tie, title_es="Placa", kind=GiftKind.PLAQUE, on=parse_partial("1999"))
    shown(cast, tie, title_es="Libro", kind=GiftKind.BOOK, on=parse_partial(""))
    whole = visitor.get("/coleccion/").text
    assert "3 obras" in whole
    assert whole.index("Óleo") < whole.index("Placa") < whole.index("Libro"), "the newest first, the undated last"
    few = visitor.get("/coleccion/?clase=plaque&decada=1990").text
    assert "1 obra<" in few
    assert "Óleo de la plaza" not in few
    assert "3 obras" in visitor.get(f"/coleccion/?ciudad={cast.ashland.slug}").text
    assert "Nada con esos filtros" in visitor.get("/coleccion/?clase=nada").text
    assert visitor.get("/coleccion/?orden=x").status_code == 422
    for page in ("2", "0", "-1", "x", "9" * 50, "²"):
        assert visitor.get("/coleccion/", {"pagina": page}).status_code == 404, page
    rows = list(csv.DictReader(io.StringIO(content(visitor.get("/datos/coleccion.csv")).decode("utf-8-sig"))))
    assert [row["título"] for row in rows] == ["Óleo de la plaza", "Placa", "Libro"]
    narrowed = content(visitor.get(f"/datos/coleccion.json?gift=plaque&place={cast.ashland.slug}&decade=1990"))
    assert [row["title"] for row in json.loads(narrowed)] == ["Placa"]
    assert content(visitor.get("/datos/coleccion.xlsx"))[:2] == b"PK"


def test_a_file_takes_every_place_and_decade_that_is_asked_for(cast, tie, visitor):
    shown(cast, tie)
    shown(cast, tie, title_es="Placa", kind=GiftKind.PLAQUE, on=parse_partial("1999"))
    shown(cast, tie, title_es="Libro", kind=GiftKind.BOOK, on=parse_partial(""))
    Identifier.objects.create(place=cast.ashland, scheme="geonames", value="5711146")
    every, leon, ashland = {"Óleo de la plaza", "Placa", "Libro"}, cast.leon.slug, cast.ashland.slug
    for asked, titles in {
        f"place={leon}&place={ashland}": every,
        "place=geonames:5711146": every,
        "place=Ashland": every,
        f"place={leon}": set(),
        "decade=1990&decade=unknown": {"Placa", "Libro"},
        f"place={ashland}&decade=2000&gift=artwork": {"Óleo de la plaza"},
    }.items():
        assert {row["title"] for row in json.loads(content(visitor.get(f"/datos/coleccion.json?{asked}")))} == titles
    refused = visitor.get("/datos/coleccion.csv?place=Atlantis")
    assert (refused.status_code, refused["Content-Type"]) == (404, "application/problem+json")
    make.place("Ashland", code="US")
    Agreement.objects.update(published_at=None)
    assert visitor.get("/datos/coleccion.csv?place=Ashland").status_code == 409


def test_selection_is_its_address(cast, tie, visitor):
    one, other = shown(cast, tie), shown(cast, tie, title_es="Placa", kind=GiftKind.PLAQUE)
    asked = f"/coleccion/seleccion/?obra={code(other)}&obra={code(one)}"
    page = visitor.get(asked)
    assert page.text.index("Placa") < page.text.index("Óleo"), "in the order they were chosen"
    assert "2 obras elegidas." in page.text
    for same in (
        f"{asked}&obra={code(one)}", f"{asked}&obra=", f"{asked}&obra=%3Cscript%3E", f"{asked}&utm_source=x&obra=ZZ",
    ):  # fmt: skip
        assert visitor.get(same)["Location"] == asked, same
    many = "&".join(f"obra={number:010x}" for number in range(60))
    bounded = visitor.get(f"/coleccion/seleccion/?{many}")["Location"]
    assert bounded.count("obra=") == 24
    assert "24 ya no se muestran." in visitor.get(bounded).text
    assert "Todavía no hay nada elegido" in visitor.get("/coleccion/seleccion/").text
    listed = visitor.get(f"/coleccion/?clase=plaque&obra={code(one)}&obra={code(other)}").text
    assert re.search(f'type="hidden" name="obra" value="{code(one)}"', listed), "chosen on another page, still chosen"
    assert re.search(f'value="{code(other)}" checked', listed)


@pytest.mark.parametrize("slug", ["x", "0" * 10, "a-0123456789", "oleo-de-la-plaza", "A" * 300, "-" * 20])
def test_addresses_of_nothing_are_not_found(cast, tie, visitor, slug):
    shown(cast, tie)
    assert visitor.get(f"/coleccion/{slug}/").status_code == 404


def test_slug_leads_to_the_one_address(cast, tie, visitor):
    gift = shown(cast, tie)
    moved = visitor.get(f"/coleccion/otro-nombre-{code(gift)}/")
    assert (moved.status_code, moved["Location"]) == (302, addresses(gift)[0])
    assert code_in("a\nb") == ""


# ── what the museum says of it ───────────────────────────────────────────────────────────────────────────────────────


def test_museum_tells_its_own_story_at_its_own_address(cast, tie, visitor):
    gift = pictured(cast, tie, story_es="Lo que dice la oficina.")
    by = cast.of(Role.MUSEUM_EDITOR)
    draft = ExhibitDraft("oleo-de-ashland", story="Lo que cuenta el museo.", rights="cc_by_sa")
    keep_exhibit(gift.pk, by=by, draft=draft)
    assert visitor.get("/coleccion/oleo-de-ashland/").status_code == 404, "not before it is shown"
    publish_exhibit(gift.pk, by=by, version=1)
    assert visitor.get(addresses(gift)[0])["Location"] == "/coleccion/oleo-de-ashland/"
    page = visitor.get("/coleccion/oleo-de-ashland/").text
    assert "Lo que cuenta el museo." in page
    assert "Lo que dice la oficina." not in page
    assert "creativecommons.org/licenses/by-sa/4.0/" in page
    told = visitor.get(addresses(gift)[3]).json()
    assert told["rights"] == "http://creativecommons.org/licenses/by-sa/4.0/"
    assert told["homepage"][0]["id"].endswith("/coleccion/oleo-de-ashland/")
    unpublish_exhibit(gift.pk, by=by, version=2)
    assert "Lo que dice la oficina." in visitor.get(addresses(gift)[0]).text
    publish_exhibit(gift.pk, by=by, version=3)
    unpublish_gift(gift.pk, by=cast.of(Role.DIRECTOR), version=gift.version)
    assert visitor.get("/coleccion/oleo-de-ashland/").status_code == 404, "the gift is the office's"
