"""What the tests of visitors' voices share: a city with an office, forms filled in, envelopes in every state."""

from __future__ import annotations

import re
from uuid import uuid4

from hermanar.foundation import intake
from hermanar.foundation.access import CONSOLE, Actor, Role
from hermanar.foundation.intake import Kind, Sending, State
from hermanar.foundation.models import uuid7
from hermanar.museum.actions.dialogue import ProblemDraft, load_problems
from hermanar.offices.actions import OfficeDraft, found_office
from hermanar.offices.vocabulary import Level
from tests.cast import make_calendar

TICKET = re.compile(r'name="ticket" value="([^"]+)"')
PROBLEM = ProblemDraft(
    slug="la-basura", city="guanajuato", title="¿Adónde va la basura?", title_en="Where does the waste go?",
    text="Se dice.", asker="source", source="Un artículo", as_of="2018",
)  # fmt: skip


class Voices:
    """Guanajuato has an office and asks a question; Ashland is its sister."""

    def __init__(self, world):
        make_calendar("mx-federal", by=CONSOLE, name_es="Días")
        place = world.places["guanajuato"]
        draft = OfficeDraft("guanajuato", "Oficina de Guanajuato", Level.MUNICIPALITY, place.pk)
        self.office = found_office(draft, by=CONSOLE)
        self.by = Actor("director:1", Role.DIRECTOR, self.office.pk, uuid7())
        load_problems([PROBLEM], by=CONSOLE)
        self.home, self.sister = place.slug, world.places["ashland"].slug

    def content(self, kind, text):
        return {
            Kind.HELLO: {
                "sender": self.sister, "receiver": self.home, "scene": "path", "wall": "rose", "stamps": ["sun"],
                "text": text,
            },
            Kind.ANSWER: {"problem": PROBLEM.slug, "city": self.sister, "voice": "resident", "text": text},
            Kind.PROPOSAL: {"city": self.home, "title": "Un banco", "text": text},
        }[kind]  # fmt: skip

    def send(self, kind, text="Hola, vecinos", **more):
        about = PROBLEM.slug if kind is Kind.ANSWER else ""
        values = {
            "office": self.office.pk,
            "place": self.home,
            "about": about,
            "key": uuid4(),
            "language": "es",
            **more,
        }
        return intake.receive(Sending(kind=kind, content=self.content(kind, text), **values))

    def in_state(self, kind, state, text="Hola, vecinos"):
        kept = self.send(kind, text)
        if state in {State.PUBLISHED, State.REPORTED, State.HIDDEN}:
            kept = intake.publish(kept.pk, by=self.by, version=kept.version)
        if state is State.REPORTED:
            kept = intake.report(kept.pk, intake.Complaint.HARM, note="", key=uuid4())
        if state is State.HIDDEN:
            kept = intake.hide(kept.pk, by=self.by, version=kept.version, reason="x")
        if state is State.REFUSED:
            kept = intake.refuse(kept.pk, by=self.by, version=kept.version, reason="x")
        if state is State.REMOVED:
            kept = intake.remove(kept.pk, by=self.by, version=kept.version, reason="x")
        return kept

    def publish(self, kept):
        return intake.publish(kept.pk, by=self.by, version=kept.version)

    def form(self, kind, **more):
        """Return where a form is, and what a person who fills it in sends."""
        given = {
            Kind.HELLO: {
                "city": self.home, "pair": f"{self.sister}/{self.home}", "scene": "path", "wall": "rose",
                "stamps": ["sun", "bird"], "text": "Hola, vecinos",
            },
            Kind.ANSWER: {"text": "Se separa en casa.", "city": self.sister, "voice": "resident"},
            Kind.PROPOSAL: {"title": "Un banco", "text": "En cada plaza.", "city": self.home},
        }[kind]  # fmt: skip
        return FORMS[kind], {**given, "language": "es", "consent": "on", "web": "", **more}


FORMS = {
    Kind.HELLO: "/saludos/escribir/",
    Kind.ANSWER: "/dialogo/la-basura/responder/",
    Kind.PROPOSAL: "/propuestas/escribir/",
}
# Every public address that could tell what was sent; each kind's own page comes with its key.
ADDRESSES = [
    "/", "/saludos/", "/dialogo/", "/dialogo/la-basura/", "/propuestas/", "/sitemap.xml", "/sitemap-paginas.xml",
    "/en/saludos/", "/en/dialogo/la-basura/", "/en/propuestas/",
]  # fmt: skip


def ticket_of(client, address):
    return TICKET.search(client.get(address).content.decode())[1]
