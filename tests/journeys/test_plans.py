"""A work plan from the file of a tie to something done, in a real browser; its papers read back in both languages."""

from __future__ import annotations

import datetime as dt
import re

from tests.browser.conftest import PHONE
from tests.browser.test_accounts import DIRECTOR
from tests.journeys.people import day, run

TIE = """
from hermanar.agreements.actions import PartyDraft, PastDraft, enter_past
from hermanar.agreements.vocabulary import Kind, Role
from hermanar.directory.models import Place
from hermanar.foundation.access import Actor
from hermanar.foundation.access import Role as Post
from hermanar.offices.models import Office
from hermanar.workspace.due import today_of

office = Office.objects.get(slug="guanajuato-demo")
by = Actor("ensayo", Post.DIRECTOR, office.pk)
place = Place.objects.filter(parties__isnull=False, name="Tomsk").first() or Place.objects.exclude(
    country="MX").filter(parties__isnull=False).order_by("-slug").first()
parties = [PartyDraft(office.place_id, Role.DECLARING), PartyDraft(place.pk, Role.COUNTERPART)]
print(enter_past(PastDraft(parties, Kind.TWINNING, "Archivo"), office=office.pk, by=by, today=today_of(office)).pk)
"""
PAST = day(-12)
YEAR = PAST[:4]
EN = {"title": "Music workshop", "objective": "Get to know each other"}


def writes(who, **values):
    """Write in the fields of a form by their names, as they are: a list is chosen from."""
    for name, value in values.items():
        field = who.page.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def plans(who, title, **values):
    who.follow("Planear una actividad")
    known = {"kind": "culture", "area": "culture", "starts_on": PAST, "ends_on": PAST}
    writes(who, title=title, **{**known, **values})
    who.press("Planearla")


def fills(who, look):
    """Write everything that the law asks of a programme, by the links that say what it lacks."""
    who.follow("los objetivos")
    assert who.page.url.endswith("#id_objectives")
    for name in ("objectives", "duties_own", "duties_counterpart", "evaluation"):
        writes(who, **{name: f"Texto de {name}", f"{name}_en": f"Text of {name}"})
    look(who, "plans-contents")
    who.press("Guardar")
    who.follow("el perfil, el número y la estadía del personal asignado")
    writes(
        who, profile_0="Intérprete", profile_en_0="Interpreter", count_0="2", stay_0="Una semana", stay_en_0="A week"
    )
    look(who, "plans-staff")
    who.press("Guardar")
    who.follow("los recursos humanos")
    writes(who, what_0="Dos intérpretes", what_en_0="Two interpreters")
    writes(who, kind_1="material", side_1="counterpart", what_1="Una sala", what_en_1="A room")
    money = {
        "kind_2": "financial",
        "what_2": "Pasajes",
        "what_en_2": "Air fares",
        "amount_2": "120000",
        "currency_2": "MXN",
    }
    writes(who, **money, totals="100000 MXN")
    who.press("Guardar")
    assert "suman 120,000.00, y el total dice 100,000.00" in who.said()
    look(who, "plans-resources")
    writes(who, totals="120000 MXN")
    who.press("Guardar")


def test_a_plan_is_made_shared_and_done(people, officer, look, storied_folder):  # noqa: PLR0915  one story, told whole
    file = run(storied_folder, TIE).splitlines()[-1]
    officer.open(f"/oficina/expedientes/{file}/vida/")
    officer.follow("Hacer el plan")
    starts = (dt.date.fromisoformat(PAST) - dt.timedelta(days=40)).isoformat()
    writes(officer, starts_on=starts, ends_on=day(1000), purpose="Que las dos ciudades se conozcan")
    look(officer, "plans-make")
    officer.press("Hacer el plan")
    look(officer, "plans-empty")
    officer.follow(re.compile("Agregar el primer programa"))
    officer.page.locator("[name=year]").select_option(YEAR)
    officer.press("Agregar")
    assert "Para estar completo le falta" in officer.said()

    officer.follow("Planear una actividad")
    writes(officer, title="Un centro cultural", kind="project", area="culture", demand="high", starts_on=PAST)
    writes(officer, ends_on=f"{int(YEAR) + 1}-01-01")
    look(officer, "plans-planned")
    officer.press("Planearla")
    assert f"El programa de {YEAR} va del" in officer.said(), "it says where and why"
    writes(officer, ends_on=PAST)
    officer.press("Planearla")
    plans(officer, "Taller de música", title_en=EN["title"], objective="Conocerse", objective_en=EN["objective"],
          responsible_own="Casa de la Cultura", responsible_counterpart="Philharmonic")  # fmt: skip
    fills(officer, look)
    assert "quién responde de nuestra parte: Un centro cultural" in officer.said()
    look(officer, "plans-programme")

    officer.open(f"/oficina/expedientes/{file}/vida/")
    officer.page.locator("section[aria-labelledby=planes] dt a").click()
    assert "Esto exige mucho y llega antes de que haya confianza" in officer.said()
    look(officer, "plans-page")
    officer.page.get_by_role("link", name="Un centro cultural", exact=True).click()
    officer.follow("Cancelarla")
    officer.press("Cancelarla")
    assert "necesario" in officer.said()
    writes(officer, reason="Se deja para la segunda etapa")
    officer.press("Cancelarla")
    officer.page.get_by_role("navigation", name="Ruta").get_by_role("link", name=re.compile(", 20")).click()
    assert "llega antes de que haya confianza" not in officer.said()
    for name, shot in (("Calendario", "plans-months"), ("Gantt", "plans-gantt"), ("Para compartir", "plans-shared")):
        officer.follow(name)
        if name == "Calendario":
            officer.page.get_by_role("navigation", name="Años del plan").get_by_role("link", name=YEAR).click()
        assert "Taller de música" in officer.said(), name
        look(officer, shot)
    said = officer.said()
    assert "Music workshop" in said, "both languages beside each other"
    for language, words in (
        ("es", ("Taller de música", "Una semana", "120,000.00")),
        ("en", ("Music workshop", "A week")),
    ):
        for number in (0, 1):  # Word, PDF
            with officer.page.expect_download():
                officer.page.locator(f"ul[aria-labelledby=llevar-{language}] a").nth(number).click()
        text = officer.take(re.compile("^Word$" if language == "es" else "^Word en inglés$"))
        assert all("".join(one.split()) in "".join(text.split()) for one in words), language

    phone = people(DIRECTOR, size=PHONE, java_script_enabled=False)
    phone.open("/oficina/")
    phone.follow("Lo planeado pasó y no se anotó: Taller de música")
    phone.follow("Ya se hizo: anotarla")
    assert phone.page.locator("[name=description_es]").input_value() == "Taller de música"
    phone.press("Guardar")
    assert "Se enlazó con lo planeado." in phone.page.locator("body").inner_text()
    phone.open("/oficina/")
    assert "no se anotó: Taller de música" not in phone.said()
    officer.open("/oficina/planes/")
    assert "100 %" in officer.said()
    look(officer, "plans-list")
