"""The hall at the desk: kiosks by who approves, stops by any editor, labels whose codes a real reader reads back."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from django.test import Client

from hermanar.foundation.access import Actor, NotAllowedError, Role
from hermanar.foundation.models import TrailEntry, User
from hermanar.museum.actions.audio import write_stop
from hermanar.museum.actions.kiosks import keep_kiosk, set_kiosk
from hermanar.museum.models import AudioStop, Kiosk
from hermanar.museum.queries.rooms import room_at
from hermanar.museum.rules.audio import FIRST_FREE, StopDraft, number_for
from hermanar.museum.rules.kiosks import KioskDraft, KioskRefusal, KioskRefusedError
from hermanar.museum.rules.languages import preferred
from tests.cast import gather
from tests.museum.rooms import published_room, recording
from tests.workspace.signing_in import client_of

HALL = "/cms/museo/en-la-sala/"


@pytest.fixture
def cast(db):
    return gather()


@pytest.fixture
def room(cast):
    """Return the room of León, opened by Guanajuato's editors: it does not ship, so it bears no number of its own."""
    editor = User.objects.get(pk=cast.of("coordinator").user)
    pieces = [("text", '<p>La feria. <a href="https://example.org/">Fuera</a></p>')]
    return published_room(cast.leon.slug, cast.guanajuato.slug, by=editor, pieces=pieces)


def person(cast, role):
    return client_of(cast.of(role))


def kiosk_of(cast, room, **values):
    return {"host": cast.guanajuato.slug, "slug": "norte", "title": "Sala norte", "title_en": "North hall",
            "rooms": [room.slug], "idle_seconds": "60"} | values  # fmt: skip


def stop_of(room, **values):
    return {"subject": f"room:{room.slug}", "title": "La feria", "title_en": "", "text": "<b>Suena</b>.\n\nY huele.",
            "text_en": "", "recording": "", "recording_en": ""} | values  # fmt: skip


def test_kiosk_is_set_by_who_approves_and_by_nobody_else(cast, room):
    editor, coordinator, anybody = person(cast, "museum_editor"), person(cast, "coordinator"), Client()
    assert "Etiquetas para imprimir" in editor.get(HALL).text
    assert editor.get(f"{HALL}quiosco/").status_code in {302, 403}
    empty = coordinator.post(f"{HALL}quiosco/", kiosk_of(cast, room, rooms=[], slug="Norte Á", idle_seconds="5"))
    assert not Kiosk.objects.exists()
    assert empty.status_code == 200
    bad = coordinator.post(f"{HALL}quiosco/", kiosk_of(cast, room, rooms=[], slug="Norte Á")).text
    assert "Elija al menos una sala" in bad
    assert "letras sin acento" in bad
    assert coordinator.post(f"{HALL}quiosco/", kiosk_of(cast, room))["Location"] == HALL
    kept = Kiosk.objects.get()
    assert (kept.rooms, kept.idle_seconds) == ([room.slug], 60)
    start = anybody.get("/kiosco/norte/")
    assert start.status_code == 200
    assert 'data-idle="60"' in start.text
    inside = anybody.get(f"/kiosco/norte/es/salas/{room.slug}/").text
    assert "<span>Fuera</span>" in inside
    assert "example.org" not in inside
    assert "North hall" in anybody.get("/kiosco/norte/en/").text
    own = f"{HALL}quiosco/{kept.pk}/"
    assert "Su copia sin internet pesa" in coordinator.get(own).text
    coordinator.post(own, kiosk_of(cast, room, version=kept.version, title="Otra"))
    stale = coordinator.post(own, kiosk_of(cast, room, version=kept.version, title="Tercera"))
    assert "Alguien lo cambió" in stale.text
    assert Kiosk.objects.get().title == "Otra"
    coordinator.post(own, {"take_down": "1"})
    assert anybody.get("/kiosco/norte/").status_code == 404
    codes = TrailEntry.objects.filter(subject=str(kept.pk)).values_list("code", flat=True)
    assert sorted(codes) == ["kiosk.kept", "kiosk.set", "kiosk.taken_down"]


def test_no_city_stands_at_the_address_of_another(cast, room):
    by = cast.at(cast.other_office, "coordinator")
    editor = User.objects.get(pk=by.user)
    own = published_room(cast.ashland.slug, cast.leon.slug, by=editor, pieces=[("text", "<p>El parque.</p>")])
    draft = KioskDraft(cast.leon.slug, cast.guanajuato.slug, "Sala", "", (own.slug,))
    with pytest.raises(KioskRefusedError) as new:
        set_kiosk(draft, by=by)
    kept = set_kiosk(replace(draft, slug=cast.leon.slug), by=by)
    with pytest.raises(KioskRefusedError) as moved:
        keep_kiosk(kept.pk, draft=draft, by=by, version=kept.version)
    assert new.value.refusals == moved.value.refusals == (KioskRefusal.SLUG_TAKEN,)
    page = person(cast, "coordinator").post(f"{HALL}quiosco/", kiosk_of(cast, room, slug=cast.leon.slug)).text
    assert "Esa dirección es de otro quiosco o de otra ciudad." in page
    assert set_kiosk(KioskDraft(cast.guanajuato.slug, cast.guanajuato.slug, "Sala", "", (room.slug,)), by=by).pk


def test_stop_is_written_shown_heard_and_taken_away(cast, room):
    editor, coordinator, anybody = person(cast, "museum_editor"), person(cast, "coordinator"), Client()
    sound, film = recording(), recording(kind="film")
    assert "Elija ante qué se oye" not in editor.get(f"{HALL}parada/").text
    assert editor.post(f"{HALL}parada/", stop_of(room, recording=str(film.pk))).status_code == 200
    editor.post(f"{HALL}parada/", stop_of(room, recording=str(sound.pk), is_shown="on"))
    kept = AudioStop.objects.get()
    assert (kept.number, kept.published_at) == (FIRST_FREE, None)  # an editor writes, who approves shows
    assert "Ya tiene su parada" in editor.post(f"{HALL}parada/", stop_of(room)).text
    assert anybody.get(f"/audioguia/{kept.number}/").status_code == 404
    own = f"{HALL}parada/{kept.pk}/"
    told = stop_of(room, recording=str(sound.pk), version=kept.version, is_shown="on")
    coordinator.post(own, told)
    page = anybody.get(f"/audioguia/{kept.number}/").text
    assert "&lt;b&gt;Suena&lt;/b&gt;" in page
    assert sound.file.url in page
    assert sound.transcript in page
    assert f"/audioguia/{kept.number}/" in anybody.get(f"/audioguia/?numero={kept.number}").headers["Location"]
    assert "No hay una parada" in anybody.get("/audioguia/?numero=<script>").text
    coordinator.post(f"{HALL}quiosco/", kiosk_of(cast, room))
    worker = anybody.get("/kiosco/norte/sw.js").text
    assert sound.file.url in worker
    assert film.file.url not in worker
    assert f"/kiosco/norte/es/audio/{kept.number}/" in worker
    sound.delete()
    assert "todavía no tiene voz" in anybody.get(f"/audioguia/{kept.number}/").text
    kept.refresh_from_db()
    coordinator.post(own, {name: value for name, value in told.items() if name not in {"is_shown", "recording"}}
                     | {"version": kept.version})  # fmt: skip
    assert anybody.get(f"/audioguia/{kept.number}/").status_code == 404
    room.unpublish()
    assert anybody.get("/kiosco/norte/").status_code == 404


def test_labels_are_read_back_and_open_the_page_in_the_readers_language(cast, room):
    editor = person(cast, "museum_editor")
    printed = editor.get(f"{HALL}etiquetas.pdf?sala={room.slug}&sala=nada&obra=nada")
    assert printed["Content-Type"] == "application/pdf"
    assert "no-store" in printed["Cache-Control"]
    paper = pypdfium2.PdfDocument(printed.content)
    read = zxingcpp.read_barcodes(paper[0].render(scale=2).to_pil())
    assert [code.text for code in read] == [f"http://testserver/q/s/{room.slug}/"]
    assert "Ábrala en su teléfono" in paper[0].get_textpage().get_text_bounded()
    paper.close()
    short = read[0].text.removeprefix("http://testserver")
    for wish, to in (("en-US,en;q=0.9,es;q=0.8", "/en"), ("es-MX", ""), ("", ""), ("fr-CA, fr;q=0.9", "/en")):
        answer = Client().get(short, headers={"accept-language": wish})
        assert (answer.status_code, answer["Location"]) == (302, f"{to}/salas/{room.slug}/")
        assert "Accept-Language" in answer["Vary"]
        assert not answer.cookies
        assert Client().get(answer["Location"]).status_code == 200
    assert editor.get(f"{HALL}etiquetas.pdf")["Location"] == HALL


def test_only_editors_reach_the_hall_and_only_their_verbs_write(cast):
    assert Client().get(HALL).status_code == 302
    for role in ("reader", "analyst"):
        assert client_of(cast.of(role)).get(HALL).status_code in {302, 403, 404}
    for role in (Role.READER, Role.ANALYST, Role.PUBLIC):
        with pytest.raises(NotAllowedError):
            set_kiosk(KioskDraft("guanajuato", "x", "x", "", ()), by=Actor("x", role))
        with pytest.raises(NotAllowedError):
            write_stop(StopDraft("guanajuato", "x", "", "x", "", "x", ""), by=Actor("x", role))


def test_numbers_never_move_and_languages_are_read_off_the_header():
    assert room_at("ashland") is not None
    assert number_for("b", shipped=["a", "b"], taken={2}) == 2
    assert number_for("x", shipped=["a"], taken={1, FIRST_FREE + 4}) == FIRST_FREE + 5
    assert number_for("x", shipped=[], taken={999}) == 0
    assert preferred("es;q=0, en") == "en"
    assert preferred("*") == "es"
    assert preferred("\x00,;;q=9,en-GB;q=0.4" + ",a" * 5000) == "en"
