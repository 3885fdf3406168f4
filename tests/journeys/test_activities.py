"""An event is noted on a telephone: in few taps, without a network, without scripts, and in nobody else's name."""

from __future__ import annotations

import io
import os
import re
import shutil

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Watched
from tests.browser.test_accounts import DIRECTOR, enter
from tests.conftest import served
from tests.journeys.people import run

ANALYST = "analisis@guanajuato.example"
NOTE = "/oficina/actividades/anotar/"
SHOTS = os.environ.get("SHOTS", "")
TIES = """
from hermanar.agreements.actions import PartyDraft, PastDraft, enter_past
from hermanar.agreements.vocabulary import Kind, Role
from hermanar.directory.models import Place
from hermanar.foundation.access import Actor
from hermanar.foundation.access import Role as Post
from hermanar.offices.models import Office
from hermanar.workspace.due import today_of

office = Office.objects.get(slug="guanajuato-demo")
by = Actor("ensayo", Post.DIRECTOR, office.pk)
abroad = Place.objects.filter(parties__isnull=False).exclude(country="MX").distinct()
first = [abroad.get(name=name) for name in ("Ashland", "Spoleto")]
for place in [*first, *abroad.exclude(pk__in=[one.pk for one in first]).order_by("slug")[:8]]:
    parties = [PartyDraft(office.place_id, Role.DECLARING), PartyDraft(place.pk, Role.COUNTERPART)]
    enter_past(PastDraft(parties, Kind.TWINNING, "Archivo"), office=office.pk, by=by, today=today_of(office))
"""
COUNT = """
import json
from hermanar.cooperation.models import Activity
print(json.dumps([[one.description_es, one.files.count(), str(one.recorded_by)] for one in Activity.objects.filter(
    office__slug="guanajuato-demo").order_by("pk")]))
"""


@pytest.fixture(scope="module")
def folder(untouched_folder, tmp_path_factory):
    """Return a house of its own, whose demonstration office keeps ten ties: more than a telephone shows at once."""
    own = tmp_path_factory.mktemp("activities") / "var"
    shutil.copytree(untouched_folder, own)
    run(own, TIES)
    return own


@pytest.fixture(scope="module")
def site(folder):
    with served(folder, HERMANAR_WORKERS="1") as address:
        yield address


@pytest.fixture(scope="module")
def cookies(chromium, site, folder):
    """Return what the browsers of two people of the office hold once they are signed in."""
    found = {}
    for email in (DIRECTOR, ANALYST):
        context = chromium.new_context(viewport=DESKTOP, locale="es-MX")
        enter(Watched(context.new_page(), site), folder, email)
        found[email] = context.storage_state()
        context.close()
    return found


@pytest.fixture
def telephone(chromium, site, cookies):
    """Return a function that opens a telephone of a person; the site's own policy of scripts holds on it."""
    contexts = []

    def take(email=ANALYST, **options):
        context = chromium.new_context(
            viewport=PHONE, locale="es-MX", has_touch=True, storage_state=cookies[email], **options
        )
        contexts.append(context)
        return Person(context.new_page(), site)

    yield take
    for context in contexts:
        context.close()


class Person(Watched):
    """Somebody with a telephone; counts what is touched besides the text that is typed."""

    def __init__(self, page, site):
        super().__init__(page, site)
        self.taps = 0

    def tap(self, found):
        self.taps += 1
        found.tap()

    def choose(self, label, text):
        """Open a list and choose in it: two taps."""
        self.taps += 2
        field = self.page.get_by_label(label)
        chosen = field.locator("option", has_text=text).first.get_attribute("value")
        field.select_option(chosen)

    def photograph(self, number, colour):
        """Open the telephone's pictures and choose one: one dialogue."""
        self.taps += 1
        stream = io.BytesIO()
        Image.new("RGB", (1200, 800), colour).save(stream, "JPEG")
        sent = {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}
        self.page.locator(f"[name=photograph_{number}]").set_input_files(sent)
        self.page.locator(f"[name=alternative_{number}]").fill(f"El coro en la plaza, {colour}")

    def fill_in(self, what, kind):
        self.choose("¿Con qué ciudad?", "Ashland")
        self.tap(self.page.get_by_text(kind, exact=True))
        self.tap(self.page.get_by_text("ayer,"))
        self.page.get_by_label("Qué se hizo", exact=True).fill(what)
        self.photograph(1, "red")
        self.photograph(2, "blue")

    def note(self, what, tie, kind="proyecto"):
        """Enter the least that is asked; of another tie, so that nothing here is like what stands."""
        self.page.get_by_label("¿Con qué ciudad?").select_option(index=tie)
        self.page.get_by_text(kind, exact=True).tap()
        self.page.get_by_text("ayer,").tap()
        self.write(what)

    def write(self, what):
        self.page.get_by_label("Qué se hizo", exact=True).fill(what)

    def written(self):
        return self.page.locator("[name=description_es]").input_value()

    def save(self):
        self.tap(self.page.get_by_role("button", name="Guardar la actividad"))

    def waiting(self):
        return self.page.locator("[data-outbox]")

    def save_without_a_network(self, what, tie, kind="proyecto"):
        self.note(what, tie, kind)
        self.save()
        self.waiting().get_by_text("No se ha podido enviar").wait_for()
        self.waiting().locator("[data-outbox-what]", has_text=what).wait_for()

    def answer_press(self, name):
        self.page.get_by_role("dialog").get_by_role("button", name=name).tap()


def kept(folder, what):
    import json  # noqa: PLC0415

    return [(files, who) for said, files, who in json.loads(run(folder, COUNT)) if said == what]


def test_an_event_of_yesterday_takes_at_most_eight_taps(telephone, folder):
    who, what = telephone(), "El coro de Ashland cantó en el teatro"
    who.open("/oficina/")
    who.tap(who.page.get_by_role("link", name="Anotar una actividad"))
    who.fill_in(what, "actividad cultural")
    assert who.overflow() == 0
    who.save()
    who.page.get_by_role("heading", name=what).wait_for()
    assert who.taps <= 8, who.taps
    assert who.page.locator("figure img").count() == 2
    assert kept(folder, what) == [(2, ANALYST)]
    assert who.problems == []


def test_without_a_network_it_arrives_once_after_reconnecting(telephone, folder):
    who, what = telephone(), "Una delegación plantó un árbol"
    who.open(NOTE)
    who.page.context.set_offline(True)
    who.fill_in(what, "visita")
    for _press in range(2):
        who.save()
        who.waiting().get_by_text("No se ha podido enviar").wait_for()
    assert who.waiting().locator("li").count() == 1
    assert what in who.waiting().inner_text()
    assert "2 fotografías" in who.waiting().inner_text()
    assert who.page.locator("[name=description_es]").input_value() == what, "what was typed is still there"
    assert kept(folder, what) == []
    who.page.context.set_offline(False)
    who.page.get_by_role("heading", name=what).wait_for()
    assert kept(folder, what) == [(2, ANALYST)]
    for _reload in range(2):
        who.open(NOTE)
    assert who.waiting().is_hidden()
    assert kept(folder, what) == [(2, ANALYST)]


def test_what_waits_outlives_the_page(telephone, folder):
    """The page is closed without a network; the next one of the office that is opened sends what waited."""
    who, what = telephone(), "Llegaron los becarios"
    who.open(NOTE)
    who.page.context.set_offline(True)
    who.fill_in(what, "intercambio estudiantil")
    who.save()
    who.waiting().get_by_text("No se ha podido enviar").wait_for()
    who.page.goto("about:blank")
    who.page.context.set_offline(False)
    who.open("/oficina/")
    who.waiting().get_by_text("Enviada:").wait_for()
    assert kept(folder, what) == [(2, ANALYST)]
    who.open("/oficina/actividades/")
    assert who.waiting().is_hidden()
    assert kept(folder, what) == [(2, ANALYST)]


def test_another_person_s_outbox_is_not_sent_nor_shown(telephone, folder, cookies):
    who, what = telephone(), "Solo la analista lo envía"
    who.open(NOTE)
    who.page.context.set_offline(True)
    who.fill_in(what, "capacitación")
    who.save()
    who.waiting().get_by_text("No se ha podido enviar").wait_for()
    context = who.page.context
    context.clear_cookies()
    who.page.context.set_offline(False)
    who.waiting().get_by_text("La sesión terminó").wait_for()
    assert kept(folder, what) == [], "signed out"
    context.add_cookies(cookies[DIRECTOR]["cookies"])
    who.open(NOTE)
    who.waiting().get_by_text("anotó otra persona").wait_for()
    assert what not in who.page.content()
    assert kept(folder, what) == [], "another person"
    context.add_cookies(cookies[ANALYST]["cookies"])
    who.open(NOTE)
    who.waiting().get_by_text("Enviada:").wait_for()
    assert kept(folder, what) == [(2, ANALYST)]


def test_what_another_person_left_can_be_taken_away_unseen(telephone, cookies):
    who, what = telephone(), "Quien lo anotó ya no está"
    who.open(NOTE)
    who.page.context.set_offline(True)
    who.save_without_a_network(what, 8, "donación")
    who.page.goto("about:blank")
    context = who.page.context
    context.clear_cookies()
    context.set_offline(False)
    context.add_cookies(cookies[DIRECTOR]["cookies"])
    who.open("/oficina/")
    who.page.once("dialog", lambda asked: asked.dismiss())
    take = who.waiting().get_by_role("button", name="lo que no es suyo")
    take.tap()
    assert take.is_visible()
    assert what not in who.page.content()
    who.page.once("dialog", lambda asked: asked.accept())
    take.tap()
    who.waiting().wait_for(state="hidden")
    sent = []
    who.page.on("request", lambda asked: asked.method == "POST" and sent.append(asked.url))
    context.add_cookies(cookies[ANALYST]["cookies"])
    who.open("/oficina/")
    assert (who.waiting().is_hidden(), sent) == (True, [])


def test_what_the_office_refuses_comes_back_with_its_photographs(telephone, folder):
    """Noted without a network with a fault in it: it is told, corrected where it lies, and sent once."""
    who, what = telephone(), "Con una falta"
    who.open(NOTE)
    who.page.context.set_offline(True)
    who.fill_in(what, "cooperación académica")
    who.page.locator("[name=alternative_2]").fill("")
    who.save()
    who.waiting().get_by_text("No se ha podido enviar").wait_for()
    who.page.goto("about:blank")
    who.page.context.set_offline(False)
    who.open("/oficina/")
    who.waiting().get_by_text("Falta decir qué se ve").wait_for()
    assert kept(folder, what) == []
    who.waiting().get_by_role("link", name="Revisarla").click()
    who.settle()
    assert who.page.locator("[name=description_es]").input_value() == what
    who.page.locator("[name=alternative_2]").fill("El público")
    who.save()
    who.page.get_by_role("heading", name=what).wait_for()
    assert kept(folder, what) == [(2, ANALYST)]
    who.open("/oficina/")
    assert who.waiting().is_hidden()


def test_another_event_noted_without_a_network_has_its_own_place(telephone, folder):
    who = telephone()
    who.open(NOTE)
    who.page.context.set_offline(True)
    who.save_without_a_network("Primera de la tarde", 2)
    who.waiting().get_by_role("button", name="Anotar otra").tap()
    expect(who.page.locator("[name=description_es]")).to_have_value("")
    who.save_without_a_network("Segunda de la tarde", 3)
    expect(who.waiting().locator("li")).to_have_count(2)
    who.page.context.set_offline(False)
    who.page.get_by_role("heading", name="Segunda de la tarde").wait_for()
    assert [kept(folder, what) for what in ("Primera de la tarde", "Segunda de la tarde")] == [[(0, ANALYST)]] * 2


@pytest.mark.parametrize(
    ("answer", "stand", "tie"),
    [
        ("La misma, corregida", (0, 1), 6),
        pytest.param("Otra actividad", (1, 1), 4, marks=pytest.mark.nightly),  # by day it has a test of its own, above
    ],
)
def test_what_is_written_over_what_waits_is_asked_about(telephone, folder, answer, stand, tie):
    who, first, second = telephone(), f"Antes de {answer}", f"Después de {answer}"
    who.open(NOTE)
    who.page.route(f"**{NOTE}", lambda route: route.abort())  # nothing reaches the office, for certain
    who.save_without_a_network(first, tie)
    who.note(second, tie + 1)
    who.save()
    who.answer_press("Seguir escribiendo")
    assert who.waiting().get_by_text(first).is_visible()
    who.save()
    who.answer_press(answer)
    who.waiting().get_by_text(second).wait_for()
    expect(who.waiting().locator("li")).to_have_count(sum(stand))
    who.page.unroute(f"**{NOTE}")
    who.waiting().get_by_role("button", name="Enviar ahora").tap()
    who.page.get_by_role("heading", name=second).wait_for()
    assert tuple(len(kept(folder, what)) for what in (first, second)) == stand


# By day `tests/workspace/test_activities.py` asks what the server answers to such a form.
@pytest.mark.nightly
def test_a_correction_of_what_had_arrived_already_is_not_dropped(telephone, folder):
    """Only the answer was lost on the way: the office has the first words, and the others are asked about."""
    who = telephone()
    who.open(NOTE)
    who.page.route(f"**{NOTE}", lambda route: (route.fetch(), route.abort()))
    who.save_without_a_network("Llegó sin que se supiera", 8)
    who.page.unroute(f"**{NOTE}")
    who.write("Llegó sin que se supiera, y se corrigió")
    who.save()
    who.answer_press("La misma, corregida")
    who.waiting().get_by_text("con otras palabras").wait_for()
    who.save()
    who.tap(who.page.get_by_text("No: es otra, guárdela aparte"))
    who.save()
    who.page.get_by_role("heading", name="y se corrigió").wait_for()
    assert len(kept(folder, "Llegó sin que se supiera")) == 1
    assert len(kept(folder, "Llegó sin que se supiera, y se corrigió")) == 1
    who.open("/oficina/")
    assert who.waiting().is_hidden()


def test_what_is_typed_while_the_network_returns_stays(telephone, folder):
    who, what = telephone(), "Se sembraron jacarandas"
    who.open(NOTE)
    who.page.context.set_offline(True)
    who.save_without_a_network(what, 9)
    who.write("A medio escr")
    who.page.context.set_offline(False)
    who.settle()
    assert (who.written(), kept(folder, "A medio escr")) == ("A medio escr", [])
    who.write(what)
    with who.page.expect_request(lambda asked: asked.method == "POST"):
        who.page.route(f"**{NOTE}", lambda route: (who.write("Y algo más"), route.continue_()))
        who.save()
    who.waiting().get_by_text("Enviada:").wait_for()
    assert (who.written(), len(kept(folder, what))) == ("Y algo más", 1)
    who.page.unroute(f"**{NOTE}")
    who.note("Y algo más", 10)
    who.save()
    who.page.get_by_role("heading", name="Y algo más").wait_for()
    assert len(kept(folder, "Y algo más")) == 1


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (413, "Pesa demasiado"),
        # By day one that has its own words; by night two that are told by their number.
        *(pytest.param(code, f"no la recibió (error {code})", marks=pytest.mark.nightly) for code in (404, 400)),
    ],
)
def test_what_a_server_in_front_turns_away_is_told(telephone, folder, status, reason):
    """Its page is not ours and has no form: what was typed stands, and the panel says why."""
    who, what = telephone(), f"No cabe {status}"
    who.open(NOTE)
    who.page.route(f"**{NOTE}", lambda route: route.fulfill(status=status, body="<h1>nginx</h1>"))
    who.note(what, 2)
    who.save()
    who.waiting().get_by_text(reason).wait_for()
    assert who.waiting().get_by_text(what).is_visible()
    assert who.written() == what
    who.open("/oficina/")
    who.waiting().get_by_text(reason).wait_for()
    who.waiting().get_by_role("link", name="Revisarla").click()
    who.waiting().get_by_text(reason).wait_for()
    assert (who.written(), kept(folder, what)) == (what, [])


def test_what_is_cut_off_does_not_hold_up_what_waits_behind_it(telephone, folder):
    who, heavy, light = telephone(), "Demasiado pesada", "Ligera y detrás"
    who.open(NOTE)
    who.page.context.set_offline(True)
    who.save_without_a_network(heavy, 3, "donación")
    who.waiting().get_by_role("button", name="Anotar otra").tap()
    expect(who.page.locator("[name=description_es]")).to_have_value("")
    who.save_without_a_network(light, 4, "donación")
    who.page.goto("about:blank")
    who.page.context.set_offline(False)
    who.page.route(f"**{NOTE}", lambda route: route.abort("connectionreset"), times=1)
    who.open("/oficina/")
    who.waiting().get_by_text("Enviada:").wait_for()
    assert [len(kept(folder, what)) for what in (heavy, light)] == [0, 1]
    assert who.waiting().get_by_text(heavy).is_visible()


# By day `tests/workspace/test_activities.py` asks which days a form that comes late offers.
@pytest.mark.nightly
def test_what_comes_back_days_later_keeps_its_day(telephone, folder):
    who, what = telephone(), "Hoy, pero hace días"
    who.open(NOTE)
    noted = who.page.locator("[name=on]").nth(1).get_attribute("value")
    who.page.context.set_offline(True)
    who.page.locator("[name=alternative_1]").fill("Una fotografía que falta")
    who.save_without_a_network(what, 7, "donación")
    who.page.goto("about:blank")
    who.page.context.set_offline(False)
    who.open("/oficina/")
    who.waiting().get_by_text("Falta la fotografía").wait_for()
    # Days later the page offers other days.
    who.page.route(f"**{NOTE}?*", lambda route: route.fulfill(response=(got := route.fetch()), body=later(got.text())))
    who.waiting().get_by_role("link", name="Revisarla").click()
    who.settle()
    assert who.page.locator("[name=on]:checked").get_attribute("value") == "other"
    assert who.page.get_by_label("Primer día").input_value() == noted
    who.page.locator("[name=alternative_1]").fill("")
    who.save()
    who.page.get_by_role("heading", name=what).wait_for()
    assert kept(folder, what) == [(0, ANALYST)]


def later(page):
    """Return a page as it is some years on: its days are others."""
    return re.sub(r'(name="on" value=")\d{4}-', r"\g<1>2099-", page)


BROKEN_STORE = "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }"
NO_STORE = "IDBFactory.prototype.open = () => { throw new DOMException('private', 'SecurityError') }"


# By day a device without room; by night also a window that keeps nothing.
@pytest.mark.parametrize(
    ("broken", "tie"),
    [(BROKEN_STORE, 5), pytest.param(NO_STORE, 6, marks=pytest.mark.nightly)],
    ids=["full", "private"],
)
def test_what_a_device_cannot_keep_stays_in_the_form_until_it_is_sent(telephone, folder, broken, tie):
    who, what = telephone(), f"Sin lugar donde guardar {tie}"
    who.page.add_init_script(broken)
    who.open(NOTE)
    who.page.context.set_offline(True)
    who.note(what, tie, "donación")
    who.save()
    who.waiting().get_by_text("no pudo guardarlo").wait_for()
    assert who.waiting().get_by_text("Está guardado aquí, con").is_hidden()
    assert who.written() == what
    who.page.context.set_offline(False)
    who.page.get_by_label("Qué se hizo", exact=True).fill("")
    who.save()
    who.page.get_by_role("heading", name="No se guardó todavía").wait_for()
    who.write(what)
    who.save()
    who.page.get_by_role("heading", name=what).wait_for()
    assert kept(folder, what) == [(0, ANALYST)]


def test_what_is_told_twice_is_asked_about_where_it_is_written(telephone, folder):
    for _time in range(2):
        who, what = telephone(), "Concierto en el atrio"
        who.open(NOTE)
        who.choose("¿Con qué ciudad?", "Spoleto")
        who.tap(who.page.get_by_text("visita", exact=True))
        who.tap(who.page.get_by_text("ayer,"))
        who.page.get_by_label("Qué se hizo", exact=True).fill(what)
        who.photograph(1, "green")
        who.save()
    who.page.get_by_text("¿Es la misma?").first.wait_for()
    assert kept(folder, what) == [(1, ANALYST)]
    who.tap(who.page.get_by_text("No: es otra, guárdela aparte"))
    who.save()
    who.page.get_by_role("heading", name=what).wait_for()
    assert kept(folder, what) == [(1, ANALYST), (1, ANALYST)], "its photograph was not asked for again"


def test_without_scripts_it_is_a_form_like_any_other(telephone, folder):
    who, what = telephone(java_script_enabled=False), "Sin guiones"
    who.open(NOTE)
    who.fill_in(what, "aniversario")
    who.save()
    who.page.get_by_role("heading", name=what).wait_for()
    assert kept(folder, what) == [(2, ANALYST)]


def test_its_pages_are_sound_at_both_widths(chromium, site, cookies, axe):
    context = chromium.new_context(viewport=PHONE, locale="es-MX", storage_state=cookies[DIRECTOR], bypass_csp=True)
    who = Person(context.new_page(), site)
    who.open(NOTE)
    who.page.get_by_label("¿Con qué ciudad?").select_option(index=1)
    who.page.get_by_text("donación", exact=True).click()
    who.page.get_by_text("hoy,").click()
    who.page.get_by_label("Qué se hizo", exact=True).fill("Donaron un camión de bomberos")
    who.photograph(1, "orange")
    who.page.get_by_role("button", name="Guardar la actividad").click()
    who.page.get_by_role("heading", name="Donaron un camión").wait_for()
    activity = who.page.url.removeprefix(site)
    pages = {"note": NOTE, "activities": "/oficina/actividades/", "activity": activity, "mend": f"{activity}corregir/",
             "withdraw": f"{activity}retirar/", "reactivation": "/oficina/reactivar/", "home": "/oficina/"}  # fmt: skip
    for name, address in pages.items():
        for size in (PHONE, DESKTOP):
            who.page.set_viewport_size(size)
            assert who.open(address).status == 200
            if SHOTS:
                who.page.screenshot(path=f"{SHOTS}/{name}-{size['width']}.png", full_page=True)
            assert who.overflow() == 0, f"{name} {size}"
            assert axe(who) == [], f"{name} {size}"
    assert who.problems == []
    context.close()
