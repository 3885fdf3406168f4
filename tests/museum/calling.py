"""What the tests of open calls share: a call by the verbs a real one goes by, works sent to it, days that pass."""

from __future__ import annotations

import io
from dataclasses import replace
from uuid import uuid4

from hermanar.foundation import intake
from hermanar.foundation.access import Actor, Role
from hermanar.foundation.intake import Kind, Sending
from hermanar.foundation.models import uuid7
from hermanar.museum.actions.judging import send_entry
from hermanar.museum.actions.open_calls import OpenCallDraft, publish_call, record_call
from hermanar.museum.models import OpenCall
from hermanar.museum.vocabulary.open_calls import Decider
from tests.foundation.samples import picture
from tests.museum.going import in_days


class Calling:
    """An office that asks for a work of art, and those who send one."""

    def __init__(self, voices):
        self.voices = voices
        self.by = voices.by
        self.editor = Actor("editor:1", Role.MUSEUM_EDITOR, voices.office.pk, uuid7())

    def draft(self, **values):
        told = OpenCallDraft(
            title="Una obra para Ashland", title_en="A work for Ashland", receiver=self.voices.sister,
            rules="Quien viva en la ciudad.\n\nHasta un metro.", opens_on=in_days(-1), closes_on=in_days(10),
            votes_until=in_days(20),
        )  # fmt: skip
        return replace(told, **values)

    def record(self, *, by=None, key=None, **values):
        office, city = self.voices.office.pk, self.voices.home
        return record_call(self.draft(**values), office=office, city=city, by=by or self.by, key=key or uuid7())

    def shown(self, **values):
        made = self.record(**values)
        return publish_call(made.pk, by=self.by, version=made.version)

    def sent(self, call, title="Dos ríos", *, author="Ana Pérez", contact="ana@example.org"):
        content = {
            "title": title, "author": author, "contact": contact, "seen": f"Se ve {title}", "text": "Por el agua.",
            "technique": "Óleo",
        }  # fmt: skip
        sending = Sending(Kind.ENTRY, content, "es", uuid4())
        file = io.BytesIO(picture(size=(60 + len(title), 40)))
        return send_entry(sending, call=call.pk, picture=file, name="dsc0001.png", today=call.closes_on)

    def hung(self, call, title="Dos ríos", **more):
        kept = self.sent(call, title, **more)
        return intake.publish(kept.pk, by=self.by, version=kept.version)

    def fresh(self, call):
        return OpenCall.objects.get(pk=call.pk)

    def voting(self, call, **values):
        """Let the days pass until works are voted on."""
        OpenCall.objects.filter(pk=call.pk).update(
            opens_on=in_days(-9), closes_on=in_days(-1), votes_until=in_days(5), **values
        )
        return self.fresh(call)

    def ended(self, call):
        """Let the days pass until nobody votes any more."""
        OpenCall.objects.filter(pk=call.pk).update(opens_on=in_days(-9), closes_on=in_days(-5), votes_until=in_days(-1))
        return self.fresh(call)


PUBLIC_VOTE = {"decider": Decider.PUBLIC}
