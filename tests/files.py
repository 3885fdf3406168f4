"""A file of Guanajuato's office, driven along its procedure verb by verb, with texts that can be read."""

from __future__ import annotations

import datetime as dt

from hermanar.agreements import actions
from hermanar.agreements.actions import ObservationDraft, SignatureDraft, StepDraft, TextDraft
from hermanar.agreements.models import Agreement, Party
from hermanar.agreements.vocabulary.procedure import Side
from hermanar.foundation.calendar import public_day
from tests import cast as people

SPANISH = (
    "Acuerdo de hermanamiento entre Guanajuato y Ashland.",
    "Las áreas de cooperación son la cultura y el turismo.",
    "Cada Parte sufragará los gastos de su participación con los recursos de su propio presupuesto.",
    "Este Acuerdo surte efectos desde su firma y dura tres años.",
)
ENGLISH = (
    "Twinning agreement between Guanajuato and Ashland.",
    "The areas of cooperation are culture and tourism.",
    "Each Party shall bear the cost of its participation from its own budget.",
    "This Agreement takes effect on signature and lasts three years.",
)


class DrivenFile:
    """A file and the verbs done to it by name, each on the version it has."""

    def __init__(self, cast, today=None, **values):
        self.cast = cast
        self.today = today or public_day()
        self.by = cast.of("director")
        self.reviewer = cast.at(cast.ministry, "legal_reviewer")
        self.steward = cast.at(cast.ministry, "registry_steward")
        self.key = actions.draft(cast.file(**values), office=cast.office.pk, by=self.by, today=self.today).pk

    @property
    def now(self):
        return Agreement.objects.get(pk=self.key)

    @property
    def counterpart(self):
        return Party.objects.get(agreement=self.key, role="counterpart")

    def do(self, verb, by=None, **values):
        step = StepDraft(on=self.today, **values.pop("said", {}))
        values = {"step": step, "today": self.today, **values}
        return getattr(actions, verb)(self.key, by=by or self.by, version=self.now.version, **values)

    def text(self, language, paragraphs, **values):
        document = people.document(self.cast.office).pk
        version = TextDraft(language, document, list(paragraphs), Side.OFFICE, self.today, **values)
        return actions.add_text_version(self.key, by=self.by, version=self.now.version, text=version, today=self.today)

    def asked(self, days=30):
        self.text("es", SPANISH)
        self.text("en", ENGLISH)
        self.do("inform_ministry")
        self.do("request_opinion", planned_signature_on=self.today + dt.timedelta(days=days))
        return self

    def observed(self, paragraph=4, quote="dura tres años", comment="Falta la prórroga."):
        version = self.now.texts.get(language="es").versions.last()
        said = ObservationDraft(comment, quote, version.pk, paragraph)
        self.do("record_observations", by=self.reviewer, observations=[said])
        return self

    def cleared(self):
        self.asked()
        self.do("record_opinion", by=self.reviewer, said={"letter": "DGCP/1"}, is_favourable=True)
        return self

    def signed(self, **values):
        signature = SignatureDraft("Guanajuato", ("Alcaldesa", "Mayor"), **values)
        self.do("sign", said={"reason": "urgía"} if values else {}, signature=signature)
        return self

    def sent(self):
        self.cleared().signed()
        self.text("es", SPANISH, is_signed=True)
        self.text("en", ENGLISH, is_signed=True)
        self.do("send_signed_copies", said={"letter": "OF/9"})
        return self

    def registered(self, number="RAI-7"):
        self.sent()
        self.do("record_registration", by=self.steward, said={"letter": "DGCP/2"}, number=number)
        return self
