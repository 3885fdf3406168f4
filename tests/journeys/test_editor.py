"""An editor makes a room with every kind of piece: reviewed, published, translated; its records stay the office's."""

from __future__ import annotations

import io
import re
import zlib

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_accounts import DIRECTOR, password_of
from tests.journeys.people import run

EDITOR, SISTER, LEON = "museo@guanajuato.example", "editora@kanazawa.example", "direccion@leon.example"
ROOM, GIFT = "/salas/kanazawa/", "Un farol de piedra"
SHORTEST = 6  # what a new room from its template asks of an editor, from the desk to the reviewer
# A real office of the museum's own city, its public tie and gift; the sister city's guest; León's office.
PEOPLE = """
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone
from hermanar.agreements.actions import PartyDraft, PastDraft, ask_guest, come_in, enter_past, publish
from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Kind, Role
from hermanar.cooperation.actions import GiftDraft, publish_gift, record_gift
from hermanar.cooperation.rules import PlaceFacts
from hermanar.cooperation.vocabulary import GiftKind, GiftSide, Keeping
from hermanar.directory.models import Place
from hermanar.directory.queries import place_by_identifier
from hermanar.foundation.access import CONSOLE
from hermanar.offices.actions import AccountDraft, OfficeDraft, add_member, found_office, make_account
from hermanar.offices.models import Membership, Office
from hermanar.offices.queries import acting
from hermanar.offices.vocabulary import Level, MemberRole
from hermanar.workspace.due import today_of

def account(email):
    made = make_account(AccountDraft(email, email, {passwords!r}[email], is_demonstration=True))
    TOTP.activate(made, generate_totp_secret())
    return made

Office.objects.filter(slug="guanajuato-demo").update(is_demonstration=False)
office = Office.objects.get(slug="guanajuato-demo")
today, director = today_of(office), acting(Membership.objects.get(user__email="direccion@guanajuato.example"))
add_member(account("{editor}"), office=office.pk, role=MemberRole.MUSEUM_EDITOR, by=CONSOLE)
leon = OfficeDraft("leon", "Oficina de León", Level.MUNICIPALITY, place_by_identifier("inegi:11020").pk)
add_member(account("{leon}"), office=found_office(leon, by=CONSOLE).pk, role=MemberRole.DIRECTOR, by=CONSOLE)
parties = [PartyDraft(office.place_id, Role.DECLARING)]
parties.append(PartyDraft(Place.objects.get(slug="kanazawa").pk, Role.COUNTERPART))
past = PastDraft(parties, Kind.TWINNING, "Archivo municipal")
tie = enter_past(past, office=office.pk, by=director, today=today).pk
publish(tie, by=director, version=Agreement.objects.get(pk=tie).version, at=timezone.now())
sister = Agreement.objects.get(pk=tie).parties.get(role=Role.COUNTERPART)
come_in(ask_guest(sister.pk, by=director, email="{sister}", language="en").token, user=account("{sister}"))
gift = GiftDraft(tie, GiftSide.RECEIVED, GiftKind.ARTWORK, "{gift}", "Inventario, 2006")
gift = record_gift(gift, office=office.pk, by=director, today=today, where=PlaceFacts(Keeping.KEPT, "Museo"))
publish_gift(gift.pk, by=director, version=gift.version)
print(gift.pk)
"""


def prepared(house):
    """Make the people and the records of the story; return the key of the gift."""
    passwords = {one: password_of(house.folder, one) for one in (EDITOR, SISTER, LEON)}
    return run(
        house.folder, PEOPLE.format(passwords=passwords, editor=EDITOR, sister=SISTER, leon=LEON, gift=GIFT)
    )  # fmt: skip


class Desk:
    """The desk as its editor uses it; counts what is typed and pressed."""

    def __init__(self, who):
        self.who, self.page, self.steps = who, who.page, 0

    def press(self, name, role="button"):
        self.steps += 1
        self.page.get_by_role(role, name=name).last.click()

    def write(self, **values):
        """Fill fields by their names; `__` stands for a dash."""
        for name, value in values.items():
            self.steps += 1
            field = self.page.locator(f"[name='{name.replace('__', '-')}']")
            if value is True:
                field.check()
            elif field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def named(self, field, text):
        """Type a record's name and take what is suggested first."""
        self.write(**{field: text})
        option = self.page.locator(f"#registros-sugeridos option[value^='{text}']").first
        option.wait_for(state="attached")
        self.page.locator(f"[name='{field}']").fill(option.get_attribute("value"))

    def add(self, kind, **values):
        """Add a piece at the end and fill it; return the beginning of its fields' names."""
        number = int(self.page.locator("[name=body-count]").input_value())
        self.press("Insertar un bloque")
        self.page.get_by_role("option", name=kind, exact=True).click()
        prefix = f"body-{number}-value"
        self.write(**{f"{prefix}-{name.replace('__', '-')}": value for name, value in values.items()})
        return prefix

    def more(self, prefix):
        """Add another line to a list."""
        self.steps += 1
        panel = self.page.locator(f"[name='{prefix}-count']").locator("xpath=..")
        panel.get_by_role("button", name="Agregar").last.click()

    def picture(self, prefix, name):
        """Send a photograph from the piece that shows it."""
        field = self.page.locator(f"[name='{prefix}']").locator("xpath=ancestor::*[@data-contentpath][1]")
        field.get_by_role("button", name="Seleccionar una imagen").click()
        self.page.get_by_role("tab", name="Subir").click()
        form = "image-chooser-upload"
        self.page.locator(f"[name={form}-file]").set_input_files(photograph(name))
        sent = {"title": name, "description": f"Se ve {name}", "author": "Ana Ruiz", "licence": "cc_by"}
        self.write(**{f"{form}-{key}": value for key, value in sent.items()})
        with self.page.expect_response(lambda got: "/chooser/upload/" in got.url or "/chooser/create/" in got.url):
            self.page.locator(".modal").get_by_role("button", name="Subir").click()
        self.page.locator(".modal").wait_for(state="detached")

    def recording(self, prefix, name):
        field = self.page.locator(f"[name='{prefix}']").locator("xpath=ancestor::*[@data-contentpath][1]")
        field.get_by_role("button", name="Seleccionar grabación").click()
        self.page.locator(".modal").get_by_role("link", name=name).click()
        self.page.locator(".modal").wait_for(state="detached")

    def send(self):
        """Send the page to whoever reviews it."""
        self.press("Más acciones")
        self.press("Enviar a")
        expect(self.page.get_by_text("ha sido enviada para moderación")).to_be_visible()

    def forgive_drafts(self):
        """Forget the refusals of a draft that is kept by itself half written, and what a tab of Wagtail's own says."""
        wagtails = ("400", "Cannot find matching a matching panel")
        self.who.problems[:] = [one for one in self.who.problems if not any(said in one for said in wagtails)]


def photograph(name):
    colour = f"#{zlib.crc32(name.encode()) & 0xFFFFFF:06x}"  # the desk asks about pictures that are alike
    made, buffer = Image.new("RGB", (1600, 1000), colour), io.BytesIO()
    made.save(buffer, "JPEG")
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def recorded(desk, kind, title):
    """Keep a recording with the words that are heard in it."""
    desk.who.open("/cms/snippets/museum/recording/add/")
    head = b"ID3\x03\x00\x00\x00\x00\x00\x00" if kind == "sound" else b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00"
    ending, media = ("mp3", "audio/mpeg") if kind == "sound" else ("mp4", "video/mp4")
    file = {"name": f"voz.{ending}", "mimeType": media, "buffer": head + bytes(64)}
    desk.page.locator("[name=file]").set_input_files(file)
    desk.write(kind=kind, title=title, transcript=f"Se oye: {title}.", author="Ana Ruiz", licence="own")
    with desk.page.expect_navigation():
        desk.page.locator("button[type=submit]", has_text="Guardar").first.click()


def opened_from_its_template(desk):
    """Open a room and send it to the reviewer, with no more than its template asks."""
    desk.who.open("/cms/")
    desk.steps = 0
    desk.press("Nueva sala", role="link")
    desk.named("place", "Kanazawa")
    with desk.page.expect_navigation():
        desk.press("Hacer la sala")
    room = desk.page.url.removeprefix(desk.who.site)
    desk.write(lede="Nieve, oro y un farol que cruzó el mar.")
    return room


def filled(desk):
    """Add a piece of every kind to those of the template: the record of the city, the map, the record of the tie."""
    text = desk.add("texto")
    desk.page.locator(f"[name='{text}']").locator("xpath=..").locator("[contenteditable=true]").click()
    desk.page.keyboard.type("En Kanazawa nieva; en Guanajuato, casi nunca.")
    desk.add("cita", words="La nieve calla.", who="Hana Mori", source="Carta, 2024")
    quiz = desk.add("pregunta", question="¿Qué cruzó el mar?", answers__0__value__text="Un farol",
                    answers__0__value__is_right=True, answers__0__value__why="Pesa cuarenta kilos.")  # fmt: skip
    desk.more(f"{quiz}-answers")
    desk.write(**{f"{quiz}-answers-1-value-text": "Un puente"})
    picture = desk.add("imagen", alt="Un jardín con nieve")
    desk.picture(f"{picture}-picture", "Un jardín")
    gallery = desk.add("galería", title="Cuatro estaciones", pictures__0__value__alt="Cerezos")
    desk.picture(f"{gallery}-pictures-0-value-picture", "Primavera")
    desk.more(f"{gallery}-pictures")
    desk.write(**{f"{gallery}-pictures-1-value-alt": "Arces"})
    desk.picture(f"{gallery}-pictures-1-value-picture", "Otoño")
    desk.recording(f"{desk.add('sonido')}-recording", "Las campanas")
    desk.recording(f"{desk.add('video')}-recording", "La nevada")
    desk.add("cifra", value="10893", unit="km", label="De puerta a puerta", source="Cálculo propio", as_of="2026")
    desk.add("línea del tiempo", title="Lo que pasó", events__0__value__when="2006",
                        events__0__value__text="Llega el farol", events__0__value__source="Inventario")  # fmt: skip
    desk.add("comparación", pair="el-nombre-de-la-otra")
    desk.add("tabla de dos ciudades", title="El invierno", left="Guanajuato", right="Kanazawa", source="Quien mide",
             as_of="2025", rows__0__value__label="Días con nieve", rows__0__value__left="0",
             rows__0__value__right="58")  # fmt: skip
    places = desk.add("mapa", title="Las dos", origin="Guanajuato (Guanajuato, México) · guanajuato")
    desk.named(f"{places}-places-0-value", "Kanazawa")
    desk.named(f"{desk.add('registro')}-record", GIFT)


def approved(director, room):
    """Look for what waits on the desk's first page, read it and approve it."""
    director.open("/cms/")
    expect(director.page.get_by_role("main")).to_contain_text("Kanazawa")
    director.open(room)
    director.page.get_by_role("button", name="Más acciones").click()
    with director.page.expect_navigation():
        director.page.locator("[data-workflow-action-name=approve]").first.click()


def seen(visitor, look):
    """Read the room as a citizen does: every kind of piece is there."""
    visitor.open(ROOM)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Kanazawa")
    for piece in (".prose", "blockquote", ".piece--quiz", ".piece__picture", ".piece__gallery", "audio", "video",
                  ".worldmap", ".piece--record", ".piece--figure", ".timeline", ".facing", ".compare"):  # fmt: skip
        assert visitor.page.locator(f".story {piece}").count(), piece
    assert GIFT in visitor.said()
    look(visitor, "editor-room")


def changed_and_withdrawn(officer, visitor, gift):
    """Mend a record in the office, then withdraw it: the room says so at the next visit, and never its name again."""
    officer.open(f"/oficina/regalos/{gift}/")
    officer.follow("Corregir")
    officer.fill("¿Qué es?", "Un farol de granito")
    officer.press("Guardar la corrección")
    visitor.open(ROOM)
    assert "Un farol de granito" in visitor.said()
    assert GIFT not in visitor.said()
    officer.open(f"/oficina/regalos/{gift}/")
    officer.follow("Dejar de mostrarlo")
    officer.press("Dejar de mostrarlo")
    visitor.open(ROOM)
    assert "Un farol de granito" not in visitor.said()
    assert "Lo que estaba aquí ya no se muestra." in visitor.said()


def translated(director, visitor, room):
    """Write the English beside the original and publish it; what its original says later shows as out of date."""
    number = int(re.search(r"/pages/(\d+)/", room)[1])
    english = f"/cms/pages/{number + 1}/edit/"
    director.open(english)
    page = director.page
    for words in ("Kanazawa, in snow", "Snow, gold and a lantern."):
        page.get_by_role("button", name="Traducir", exact=True).first.click()
        page.locator(".js-translation-editor textarea").fill(words)
        page.get_by_role("button", name="Guardar", exact=True).click()
        expect(page.get_by_text(words, exact=True)).to_be_visible()
    page.get_by_role("button", name=re.compile("Publicar en")).click()
    director.settle()
    visitor.open(f"/en{ROOM}")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Kanazawa, in snow")
    assert "Snow, gold and a lantern." in visitor.said()
    assert visitor.page.locator(".story-note").count() == 0
    director.open(room)
    page.locator("[name=lede]").fill("Nieve, oro y un farol.")
    page.get_by_role("button", name="Más acciones").click()
    page.get_by_role("button", name="Publicar", exact=True).click()
    page.wait_for_url(lambda url: "/edit/" not in url)
    visitor.open(f"/en{ROOM}")
    assert visitor.page.locator(".story-note").count() == 1
    director.open(english)
    expect(page.get_by_role("paragraph").filter(has_text="Kanazawa, in snow")).to_be_visible()
    expect(page.get_by_text("Nieve, oro y un farol.", exact=True)).to_be_visible()
    assert page.get_by_text("Snow, gold and a lantern.", exact=True).count() == 0


def kept_out(who, room):
    """Try to open a room that is not this person's."""
    who.open(room)
    assert "/edit/" not in who.page.url
    who.open("/cms/pages/")
    assert "Kanazawa" not in who.page.get_by_role("main").inner_text()


def invited(director, sister, room):
    """Ask the sister city's editor into this one room."""
    director.open(re.sub(r"/pages/(\d+)/edit/", r"/museo/sala/\1/editores/", room))
    director.page.locator("[name=email]").fill(SISTER)
    director.page.get_by_role("button", name="Invitar a editar").click()
    expect(director.page.get_by_role("main")).to_contain_text(SISTER)
    sister.problems.clear()  # to come in she was led through the office, where she has no part
    sister.open(room)
    assert sister.page.url.endswith(room)
    assert sister.page.locator("[name=action-publish]").count() == 0
    sister.open("/cms/")
    assert sister.page.get_by_role("link", name="Nueva sala").count() == 0
    sister.open("/cms/pages/")
    assert "Ashland" not in sister.page.get_by_role("main").inner_text()


@pytest.mark.nightly  # every kind of piece through Wagtail's own scripts: minutes, where another journey takes seconds
def test_a_room_is_made_reviewed_translated_and_kept_by_its_own(house, look):
    gift = prepared(house)
    editor, director, visitor = house.come(EDITOR), house.come(DIRECTOR), house.come()
    desk = Desk(editor)
    for kind, title in (("sound", "Las campanas"), ("film", "La nevada")):
        recorded(desk, kind, title)
    room = opened_from_its_template(desk)
    assert desk.steps + len(("Más acciones", "Enviar a")) == SHORTEST
    filled(desk)
    desk.send()
    assert visitor.page.request.get(visitor.site + ROOM).status == 404
    approved(director, room)
    seen(visitor, look)
    translated(director, visitor, room)
    changed_and_withdrawn(director, visitor, gift)
    kept_out(house.come(LEON), room)
    invited(director, house.come(SISTER), room)
    for who in (editor, director):
        Desk(who).forgive_drafts()
