"""A person of an office at the pages of one file, as tests drive them."""

from __future__ import annotations

import datetime as dt
import io
import re
import uuid

import docx
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hermanar.agreements.models import Agreement
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import today_in
from tests.workspace.signing_in import client_of

AREAS = ["culture", "tourism"]


def word(*paragraphs, name="propia.docx"):
    """Return a Word file as a person sends it."""
    made, buffer = docx.Document(), io.BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(buffer)
    return SimpleUploadedFile(name, buffer.getvalue())


class Desk:
    """A person of Guanajuato's office at the pages of one file."""

    def __init__(self, cast, role=Role.DIRECTOR):
        self.cast = cast
        self.today = today_in(cast.office.time_zone)
        self.client = client_of(cast.of(role))
        self.key = None

    def day(self, days=0):
        return (self.today + dt.timedelta(days=days)).isoformat()

    @property
    def now(self):
        return Agreement.objects.get(pk=self.key)

    def open(self, **values):
        form = {
            "key": str(uuid.uuid4()),
            "counterpart": "Ashland",
            "standing": "government",
            "kind": "twinning",
            "areas": AREAS,
            "languages": ["es", "en"],
            "planned_signature_on": self.day(40),
            **values,
        }
        answer = self.client.post(reverse("workspace:open"), form)
        if answer.status_code == 302:
            self.key = uuid.UUID(form["key"])
        return answer

    def address(self, name, *args):
        return reverse(f"workspace:{name}", args=[self.key, *args])

    def page(self):
        return self.client.get(self.address("file")).text

    def text(self, language, words="Las Partes convienen lo siguiente.", **values):
        sent = word(words, name=f"texto-{language}.docx")
        form = {
            "language": language,
            "document": sent,
            "sent_by": "office",
            "sent_on": self.day(),
            "is_authentic": "on",
        }
        return self.client.post(self.address("text"), {**self.shown("text"), **form, **values})

    def shown(self, name, *args):
        """Return the hidden fields of a form as the page shows them."""
        page = self.client.get(self.address(name, *args)).text
        found = re.findall(r'<input type="hidden" name="(version|seen_at)" value="([^"]*)"', page)
        return dict(found)

    def do(self, step, **values):
        form = {**self.shown("step", step), "on": self.day(), **values}
        return self.client.post(self.address("step", step), form)


def is_done(answer):
    return answer.status_code == 302


def whole_letter(desk, slug="aviso", **values):
    """Write a letter without gaps."""
    desk.cast.office.__class__.objects.filter(pk=desk.cast.office.pk).update(
        letter_place="León",
        head_name="Ana Prueba",
        head_post="Alcaldesa",
        email="oficina@ciudad.example",
        address="Calle 1",
    )
    form = {"version": "0", "number": "OF/123", "dated_on": "2026-05-04", "planned_place": "León", **values}
    asked = re.findall(
        r'<input type="text" name="([a-z_]+)" value="([^"]*)"', desk.client.get(desk.address("paper", slug)).text
    )
    assert is_done(desk.client.post(desk.address("paper", slug), {**dict(asked), **form}))
