"""A work of art for a sister city: rules at the desk, works from telephones, a jury by its links, a result."""

from __future__ import annotations

import email
import re
from email.policy import default as modern

from tests.browser.conftest import PHONE
from tests.browser.test_accounts import DIRECTOR
from tests.foundation.samples import picture
from tests.journeys.people import day, run

# The demonstration's office becomes a real one: nothing of a demonstration is shown to the public.
REAL = """
from hermanar.offices.models import Office
Office.objects.filter(slug="guanajuato-demo").update(is_demonstration=False)
"""
# The days pass: the house has no other clock than the world's.
LATER = """
import datetime as dt
from hermanar.museum.models import OpenCall
from hermanar.museum.views.day import today
days = [today() + dt.timedelta(days=n) for n in {days}]
OpenCall.objects.filter(title="{title}").update(opens_on=days[0], closes_on=days[1], votes_until=days[2])
"""
MODERATED = """
from hermanar.foundation import intake
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.models import Contribution
for one in Contribution.objects.filter(kind="entry", state="waiting"):
    intake.publish(one.pk, by=CONSOLE, version=one.version)
"""
BY_VOTE = """
from hermanar.museum.actions.open_calls import OpenCallDraft, publish_call, record_call
from hermanar.museum.models import OpenCall
from hermanar.museum.vocabulary.open_calls import Decider
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.models import Contribution, uuid7
import datetime as dt
first = OpenCall.objects.get()
made = record_call(OpenCallDraft("Un mural para Ashland", receiver=first.receiver, decider=Decider.PUBLIC,
    rules="Bases.", opens_on=first.opens_on, closes_on=first.closes_on,
    votes_until=first.votes_until + dt.timedelta(days=30)),
    office=first.office, city=first.city, by=CONSOLE, key=uuid7())
publish_call(made.pk, by=CONSOLE, version=made.version)
Contribution.objects.filter(kind="entry", state="published").update(about=made.slug)
print(made.slug)
"""


def take_part(visitor, look, title, *, author, is_looked_at=False):
    visitor.open("/convocatorias/")
    visitor.follow("Una obra para Ashland")
    visitor.follow("Participar con una obra")
    if is_looked_at:
        look(visitor, "open-call-form")
    for name, value in {
        "title": title, "seen": f"Se ve {title}", "technique": "Óleo, 60 × 40 cm", "text": "Por los dos ríos.",
        "author": author, "contact": "ana@example.org",
    }.items():  # fmt: skip
        visitor.page.locator(f"[name={name}]").fill(value)
    sent = {"name": "obra.png", "mimeType": "image/png", "buffer": picture(size=(900, 600 + len(title)))}
    visitor.page.locator("[name=picture]").set_input_files(sent)
    visitor.page.locator("[name=consent]").check()
    visitor.press("Enviar")
    assert "Gracias. Llegó." in visitor.said()


def the_link(folder):
    """Return the link of the last letter to the voter."""
    letters = sorted((folder / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime)
    for path in reversed(letters):
        for part in path.read_bytes().split(b"-" * 79):
            read = email.message_from_bytes(part.lstrip(), policy=modern)
            if read["To"] == "vecina@example.org":
                return re.search(r"/convocatorias/voto/\S+", read.get_content())[0]
    raise AssertionError(letters)


def called(officer):
    """Write the rules at the desk, publish, ask a juror; return where the call is kept and the juror's link."""
    officer.open("/cms/museo/convocatorias/nueva/")
    officer.page.locator("[name=title]").fill("Una obra para Ashland")
    officer.page.locator("[name=receiver]").select_option(label="Ashland, US")
    officer.page.locator("[name=rules]").fill("Quien viva en la ciudad.\n\nHasta un metro.")
    for name, days in (("opens_on", 0), ("closes_on", 20), ("votes_until", 30)):
        officer.page.locator(f"[name={name}]").fill(day(days))
    officer.page.get_by_role("button", name="Guardar", exact=True).click()
    officer.page.get_by_role("button", name="Guardar y publicarla").click()
    officer.page.locator("#juror_name").fill("Rosa Pintora")
    officer.page.locator("#juror_post").fill("directora del museo")
    officer.page.get_by_role("button", name="Invitar al jurado").click()
    link = officer.page.locator("[data-juror='Rosa Pintora']").inner_text()
    return officer.page.url, link


def judged(juror, look, link):
    """Accept, wait for the day, give points to one work and tell an interest in the other."""
    juror.page.goto(link)
    look(juror, "jury-asked")
    juror.press("Acepto")
    run(juror.folder, LATER.format(days=(-20, -1, 9), title="Una obra para Ashland"))
    juror.page.reload()
    look(juror, "jury")
    juror.page.get_by_label("Puntos, de 1 a 5").nth(0).select_option("5")
    juror.page.get_by_label("Tengo un interés en ella: cuál").nth(1).fill("Luz es mi hija")
    juror.press("Guardar")
    assert "Guardado." in juror.said()
    assert juror.page.context.cookies() == []


def voted(visitor, look):
    """Vote for one of the same works in a call that the public decides, by the link of a letter."""
    run(visitor.folder, LATER.format(days=(-30, -11, 9), title="Una obra para Ashland"))
    slug = run(visitor.folder, BY_VOTE)
    visitor.open(f"/convocatorias/obra/{slug}/")
    visitor.follow("Votar")
    visitor.page.get_by_label("Dos ríos").check(force=True)
    visitor.page.locator("[name=email]").fill("vecina@example.org")
    look(visitor, "vote")
    visitor.press("Enviar")
    assert "Mire su correo" in visitor.said()
    visitor.open(the_link(visitor.folder))
    look(visitor, "vote-confirm")
    visitor.press("Sí, contar mi voto")
    assert "Su voto está contado" in visitor.said()
    assert visitor.page.context.cookies() == []


def test_from_the_rules_to_the_result(house, look):
    run(house.folder, REAL)
    officer = house.come(DIRECTOR)
    its_address, link = called(officer)
    visitor = house.come(size=PHONE)
    take_part(visitor, look, "Dos ríos", author="Ana Pérez", is_looked_at=True)
    officer.open("/oficina/moderacion/")
    assert "Dos ríos" in officer.said()
    look(officer, "open-call-queue")
    officer.page.get_by_role("button", name="Publicar", exact=True).press("Enter")  # by keyboard alone
    officer.page.get_by_text("Deshacer").wait_for()
    take_part(visitor, look, "La sierra y la costa", author="Luz Mora")
    run(house.folder, MODERATED)
    visitor.open("/convocatorias/")
    look(visitor, "calls")
    visitor.follow("Una obra para Ashland")
    assert "Ana Pérez" not in visitor.said()
    look(visitor, "open-call")

    judged(house.come(), look, link)
    run(house.folder, LATER.format(days=(-30, -11, -1), title="Una obra para Ashland"))
    officer.page.goto(its_address)
    assert "Luz es mi hija" in officer.page.locator("main").inner_text()
    officer.page.locator("#result_winner").select_option(index=1)
    officer.page.locator("#result_reasons").fill("Por la luz con que cuenta los dos ríos.")
    officer.page.get_by_role("button", name="Dar el resultado").click()
    visitor.open("/convocatorias/")
    visitor.follow("Una obra para Ashland")
    for words in ("La obra elegida", "Ana Pérez", "Por la luz con que cuenta los dos ríos.", "5 de 5"):
        assert words in visitor.said(), words
    look(visitor, "open-call-result")
    visitor.follow("La sierra y la costa")
    look(visitor, "open-call-work")
    voted(visitor, look)
