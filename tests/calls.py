"""Calls of Guanajuato's office, as tests of several floors need them."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

from hermanar.agreements.actions import draft
from hermanar.cooperation.actions import calls
from hermanar.cooperation.actions.calls import CallDraft
from hermanar.cooperation.models import Call
from hermanar.cooperation.rules.calls import ResultFacts
from hermanar.cooperation.vocabulary.calls import CallKind
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import public_day

DAY = dt.timedelta(days=1)


class CallingOffice:
    """Drives the verbs of Guanajuato's office, each on the version there is."""

    def __init__(self, cast, role=Role.DIRECTOR, today=None):
        self.cast, self.by = cast, cast.of(role)
        self.today = today or public_day()

    def file(self):
        return draft(self.cast.file(), office=self.cast.office.pk, by=self.by, today=self.today)

    def told(self, **values):
        """Tell a call that was open last month and whose stay is yet to come; `days` moves it."""
        by = values.pop("days", 0) * DAY
        first = {
            "kind": CallKind.STUDENTS,
            "title_es": "Un semestre en Ashland",
            "title_en": "A semester in Ashland",
            "description_es": "Un semestre de estudios.",
            "description_en": "A semester of studies.",
            "host": "Southern Oregon University",
            "places": 3,
            "requirements": "Promedio de ocho",
            "covers": "La colegiatura",
            "how_to_apply": "Escriba a la oficina con su motivo.",
            "opens_on": self.today - 30 * DAY + by,
            "closes_on": self.today - 10 * DAY + by,
            "starts_on": self.today + 60 * DAY + by,
            "ends_on": self.today + 180 * DAY + by,
        }
        return CallDraft(**{**first, **values})

    def recorded(self, key=None, **values):
        return calls.record_call(self.told(**values), office=self.cast.office.pk, by=self.by, key=key or uuid4())

    def mended(self, call, **values):
        version = values.pop("version", self.version(call))
        return calls.mend_call(call.pk, self.told(**values), by=self.by, version=version, today=self.today)

    def resolved(self, call, **values):
        version = values.pop("version", self.version(call))
        first = {"on": self.today - DAY, "applied": 12, "placed": 2, "text": "Dos van a Ashland"}
        told = ResultFacts(**{**first, **values})
        return calls.tell_result(call.pk, told, by=self.by, version=version, today=self.today)

    def published(self, call):
        return calls.publish_call(call.pk, by=self.by, version=self.version(call))

    def version(self, call):
        return Call.objects.get(pk=call.pk).version
