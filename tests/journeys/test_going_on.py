"""What goes on: an event shown, read, put in a calendar; the newsletter asked for, confirmed, received and ended."""

from __future__ import annotations

import email
import re
from email.policy import default as modern

from icalendar import Calendar

from tests.journeys.people import run

SHOWN = """
import datetime as dt
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.models import uuid7
from hermanar.museum.actions.events import EventDraft, publish_event, record_event
from hermanar.museum.views.day import today
made = record_event(EventDraft(title="Concierto de la Banda de Ashland", city="guanajuato", place="Teatro Juárez",
    starts_on=today() + dt.timedelta(days=9), starts_at=dt.time(18), ends_at=dt.time(20)),
    office=None, by=CONSOLE, key=uuid7())
publish_event(made.pk, by=CONSOLE, version=made.version)
"""
ADDRESS = "lectora@example.org"


def letter(folder, *, saying):
    """Return the newest letter to the reader that says this."""
    letters = sorted((folder / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime)
    for path in reversed(letters):
        for part in path.read_bytes().split(b"-" * 79):
            read = email.message_from_bytes(part.lstrip(), policy=modern)
            if read["To"] == ADDRESS and saying in read.get_content():
                return read
    raise AssertionError(saying)


def path_in(text, page):
    return re.search(rf"/boletin/{page}/[^\s>]+", text)[0]


def test_an_event_is_read_and_the_newsletter_followed_to_its_end(house, look):
    run(house.folder, SHOWN)
    visitor = house.come()
    visitor.open("/")
    visitor.page.get_by_role("contentinfo").get_by_role("link", name="Agenda").click()
    visitor.settle()
    assert "Semana Medieval" in visitor.said()
    look(visitor, "agenda")
    visitor.page.get_by_role("main").get_by_role("heading", level=3).get_by_role("link").first.click()
    visitor.settle()
    assert "De 18:00 a 20:00, hora del lugar (UTC−6)" in visitor.said()
    look(visitor, "event")
    with visitor.page.expect_download() as given:
        visitor.page.get_by_role("link", name="Ponerla en mi calendario").click()
    (one,) = Calendar.from_ical(given.value.path().read_bytes()).walk("VEVENT")
    assert str(one["summary"]) == "Concierto de la Banda de Ashland"

    visitor.open("/boletin/")
    look(visitor, "newsletter")
    visitor.page.get_by_label("Correo electrónico").fill("lectora")
    visitor.press("Recibirlo")
    look(visitor, "newsletter-refused")
    visitor.problems[:] = [one for one in visitor.problems if "422" not in one]
    visitor.page.get_by_label("Correo electrónico").fill(ADDRESS)
    visitor.press("Recibirlo")
    assert "Mire su correo" in visitor.said()
    visitor.open(path_in(letter(house.folder, saying="confirme").get_content(), "confirmar"))
    look(visitor, "newsletter-confirm")
    visitor.press("Sí, quiero el boletín")
    assert "Listo" in visitor.said()

    run(
        house.folder,
        f"from django.core.management import call_command\ncall_command('newsletter', base='{house.site}')",
    )
    sent = letter(house.folder, saying="Concierto de la Banda de Ashland")
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    visitor.open(path_in(sent["List-Unsubscribe"], "baja"))
    look(visitor, "newsletter-leave")
    visitor.press("Dejar de recibirlo")
    assert "Ya no lo recibirá" in visitor.said()

    visitor.open("/apoyar/")
    look(visitor, "support")
    visitor.follow("Traiga a su grupo")
    look(visitor, "visit")
    visitor.open("/negocios/")
    look(visitor, "business")
