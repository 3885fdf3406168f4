"""One box for all: accents, slips, both languages; an edit is found at the next request, what was withdrawn no more."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hermanar.catalogue import read
from hermanar.cooperation.actions import mend_gift, unpublish_gift
from hermanar.cooperation.models import Gift
from hermanar.directory.models import Place
from hermanar.foundation.access import CONSOLE
from hermanar.museum.actions import exhibits, pairs
from hermanar.museum.finding.index import MuseumIndex, Noun, Told
from hermanar.museum.models import Exhibit, Pair
from hermanar.museum.queries.pairs import as_drafted
from hermanar.museum.rules.exhibits import ExhibitDraft
from tests.cooperation_acts import TODAY, gift_draft
from tests.museum.going import event
from tests.museum.planted import Museum, pair_draft

pytestmark = pytest.mark.django_db
TITLE = re.compile(r'<p class="hits__title"><a href="([^"]+)"[^>]*>([^<]+)</a>')


@pytest.fixture
def museum(cast):
    """A public gift with a story, a comparison and an event, beside a room, a question and an agreement."""
    made = Museum(cast)
    made.gift = made.shown_gift(title_es="Un cántaro vidriado", story_es="Lo tornearon en Dolores")
    draft = ExhibitDraft(slug="el-cantaro", story="Cantera y barro", story_en="Quarry and clay")
    kept = exhibits.keep_exhibit(made.gift.pk, by=made.of(), draft=draft)
    exhibits.publish_exhibit(made.gift.pk, by=made.of(), version=kept.version)
    pair_draft(made, "panaderia")()
    event(title="Noche de luciérnagas", title_en="Night of the fireflies", city=made.home.slug)
    return made


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def found(client, text, language=""):
    groups = client.get(f"{language}/buscar/datos.json", {"q": text}).json()["groups"]
    return {group["kind"]: [item["title"] for item in group["items"]] for group in groups}


WRITTEN = [
    ("cántaro vidriado", "works", "Un cántaro vidriado"),
    ("CANTARO", "works", "Un cántaro vidriado"),
    ("cantaros", "works", "Un cántaro vidriado"),
    ("cantraro", "works", "Un cántaro vidriado"),
    ("vidri", "works", "Un cántaro vidriado"),
    ("tornearon", "works", "Un cántaro vidriado"),
    ("quarry", "works", "Un cántaro vidriado"),
    ("luciernaga", "events", "Noche de luciérnagas"),
    ("fireflies", "events", "Noche de luciérnagas"),
    ("basura", "board", "¿Adónde va la basura?"),
    ("waste", "board", "¿Adónde va la basura?"),
    ("ashland", "rooms", "Ashland"),
    ("ashlnad", "rooms", "Ashland"),
    ("ashland", "cities", "Ashland"),
    ("ashland guanajuato", "agreements", None),
    ("census", "pairs", "¿panaderia secretísimo?"),
]


def test_everything_is_found_as_people_write(museum, visitor):
    for text, kind, title in WRITTEN:
        met = found(visitor, text)
        assert kind in met, text
        assert title is None or title in met[kind], text


def test_page_groups_counts_and_keeps_what_was_asked(museum, visitor):
    nothing = visitor.get("/buscar/", {"q": "zzzzqqqq"}).content.decode()
    assert "Nada aquí responde a «zzzzqqqq»" in nothing
    assert 'href="/coleccion/"' in nothing
    page = visitor.get("/en/buscar/", {"q": "ashland"})
    text = page.content.decode()
    assert [href for href, _title in TITLE.findall(text) if not href.startswith("/en/")] == []
    assert 'value="ashland"' in text
    assert 'hreflang="es" href="http://testserver/buscar/?q=ashland"' in text
    assert page["X-Robots-Tag"] == "noindex"
    assert not page.cookies
    assert "Set-Cookie" not in page.headers
    rooms = visitor.get("/buscar/", {"q": "ashland", "clase": "salas"}).content.decode()
    assert [title for _href, title in TITLE.findall(rooms)] == ["Ashland"]
    assert visitor.get("/buscar/").content.decode().count('class="wings__n"') >= 5


ASKED = [
    ({"q": "x" * 201}, 422),
    ({"q": "a\x00b"}, 422),
    ({"q": ["a", "b"]}, 422),
    ({"q": "ashland", "clase": "secretos"}, 422),
    ({"q": "ashland", "clase": "acuerdos"}, 422),
    ({"q": "ashland", "pagina": "0"}, 422),
    ({"q": "ashland", "pagina": "000001" + "9" * 4_300}, 422),
    ({"q": "ashland", "clase": "salas", "pagina": "0000019"}, 422),
    ({"q": "ashland", "pagina": "301"}, 422),
    ({"q": "ashland", "clase": "salas", "pagina": "2"}, 404),
    ({"que": "ashland"}, 422),
    ({"q": "<script>alert(1)</script>"}, 200),
    ({"q": "'\" OR 1=1; ) AND (title:*"}, 200),
    ({"q": "的 🦜 ¿?"}, 200),
    ({"q": " " * 90}, 200),
]


def test_nothing_a_stranger_asks_breaks_it(museum, visitor):
    for query, status in ASKED:
        answers = [visitor.get(path, query) for path in ("/buscar/", "/en/buscar/", "/buscar/datos.json")]
        wanted = [status, status, 200 if status == 404 else status]  # a program meets an empty list
        assert [answer.status_code for answer in answers] == wanted, query
        assert "<script>alert" not in answers[0].content.decode()


def test_the_desk_is_offered_records_without_case_and_accents(museum):
    for asked in ("cántaro", "CÁNTARO", "cantaro"):
        [found] = read.suggested("gift", asked, today=TODAY, language="es")
        assert found.identifier == str(museum.gift.pk), asked
    assert not read.suggested("gift", "¿?", today=TODAY, language="es")


def test_what_the_office_changes_is_changed_at_the_next_visit(museum, visitor):
    """Over exhibit, room, comparison, search and card: nothing of a record is kept by the museum."""
    pages = ("/coleccion/el-cantaro/", museum.address, "/comparar/panaderia/", "/tarjetas/obra/el-cantaro.png")
    before = [visitor.get(page).content for page in pages]
    gift = Gift.objects.get(pk=museum.gift.pk)
    draft = gift_draft(museum.tie, title_es="Una tinaja azul", story_es="Lo tornearon en Dolores")
    mend_gift(gift.pk, by=museum.of(), version=gift.version, mended=draft, today=TODAY)
    Place.objects.filter(pk=museum.sister.pk).update(name="Ashlandia", name_es="Ashlandia", name_en="Ashlandia")
    after = [visitor.get(page).content for page in pages]
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert "Una tinaja azul" in after[0].decode()
    assert "Ashlandia" in after[2].decode()
    assert found(visitor, "tinaja")["works"] == ["Una tinaja azul"]
    assert "works" not in found(visitor, "vidriado")
    unpublish_gift(gift.pk, by=museum.of(), version=Gift.objects.get(pk=gift.pk).version)
    assert found(visitor, "tinaja") == {}
    assert [visitor.get(page).status_code for page in (pages[0], pages[3])] == [404, 404]


def test_search_asks_the_database_as_often_whatever_there_is(museum, visitor):
    visitor.get("/buscar/", {"q": "cantaro"})
    with CaptureQueriesContext(connection) as few:
        visitor.get("/buscar/", {"q": "ashland"})
    for number in range(6):
        museum.shown_gift(title_es=f"Un plato {number}")
        event(title=f"Feria {number}", city=museum.home.slug)
    with CaptureQueriesContext(connection) as many:
        visitor.get("/buscar/", {"q": "ashland"})
    assert len(many) == len(few)


# ── the index by itself ──────────────────────────────────────────────────────────────────────────────────────────────


class Shelf:
    """A noun in a dictionary that counts how often it was read."""

    def __init__(self):
        self.kept, self.reads = {}, []

    def stands(self):
        return {key: stamp for key, (stamp, _title) in self.kept.items()}

    def told(self, keys):
        self.reads.append(sorted(keys))
        return [Told(key, "works", f"/{key}/", (self.kept[key][1], "")) for key in keys]


@pytest.fixture
def shelf(monkeypatch):
    monkeypatch.setattr("hermanar.museum.finding.index.connection", SimpleNamespace(in_atomic_block=False))
    made = Shelf()
    made.index = MuseumIndex([Noun(made.stands, made.told)])
    return made


def titles(shelf):
    return sorted(one.titles[0] for one in shelf.index.current().told.values())


def test_index_reads_only_what_changed(shelf):
    shelf.kept = {"a": (1, "Uno"), "b": (1, "Dos")}
    assert titles(shelf) == ["Dos", "Uno"]
    assert titles(shelf) == ["Dos", "Uno"]
    shelf.kept["b"] = (2, "Otro")
    assert titles(shelf) == ["Otro", "Uno"]
    del shelf.kept["a"]
    standing = shelf.index.current()
    assert shelf.reads == [["a", "b"], ["b"]]
    assert standing.searcher.num_docs == 1
    assert [one.titles[0] for one in standing.told.values()] == ["Otro"]


def test_index_that_failed_midway_is_derived_again(shelf, monkeypatch):
    shelf.kept = {"a": (1, "Uno")}
    titles(shelf)
    shelf.kept["b"] = (1, "Dos")
    with monkeypatch.context() as broken:
        broken.setattr("hermanar.museum.finding.index._document", None)
        with pytest.raises(TypeError):
            shelf.index.current()
    assert titles(shelf) == ["Dos", "Uno"]
    assert shelf.index.current().searcher.num_docs == 2


def test_pair_that_was_mended_is_found_by_its_new_words(museum, visitor):
    kept = Pair.objects.get(slug="panaderia")
    said = as_drafted(kept)
    pairs.mend(
        kept.pk, said=said.__class__(**{**_fields(said), "note": "Tortillería"}), by=CONSOLE, version=kept.version
    )
    assert "pairs" in found(visitor, "tortilleria")
    pairs.withdraw(kept.pk, by=CONSOLE, version=Pair.objects.get(pk=kept.pk).version)
    assert found(visitor, "tortilleria") == {}


def _fields(said):
    return {name: getattr(said, name) for name in said.__dataclass_fields__}


def test_hidden_exhibit_says_nothing_to_the_search(museum, visitor):
    kept = Exhibit.objects.get(gift=museum.gift.pk)
    exhibits.unpublish_exhibit(museum.gift.pk, by=museum.of(), version=kept.version)
    assert found(visitor, "quarry") == {}
    assert "works" in found(visitor, "cantaro")
