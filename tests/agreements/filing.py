"""A file of an office and what tests do to it: verb by verb, each on the version it has."""

from __future__ import annotations

import datetime as dt

import pytest

from hermanar.agreements import actions
from hermanar.agreements.actions import (
    SignatureDraft,
    StepDraft,
    TextDraft,
)
from hermanar.agreements.models import Agreement
from hermanar.agreements.rules import StepRefusedError
from hermanar.agreements.vocabulary.procedure import Side
from tests import cast as people

TODAY = dt.date(2026, 5, 4)
SIGNATURE_ON = dt.date(2026, 6, 1)


def on(day=TODAY, **values):
    return StepDraft(on=day, **values)


class File:
    """A file and the verbs done to it by name, each on the version it has."""

    def __init__(self, cast, **values):
        self.cast = cast
        self.by = values.pop("by", cast.of("director"))
        self.key = actions.draft(cast.file(**values), office=cast.office.pk, by=self.by, today=TODAY).pk

    @property
    def now(self):
        return Agreement.objects.get(pk=self.key)

    def do(self, verb, by=None, **values):
        values = {"step": on(), "today": TODAY, **values}
        return getattr(actions, verb)(self.key, by=by or self.by, version=self.now.version, **values)

    def text(self, language, day=TODAY, *, is_signed=False):
        version = TextDraft(
            language,
            people.document(self.cast.office).pk,
            ["Las Partes…"],
            Side.OFFICE,
            day,
            is_signed=is_signed,
        )
        return actions.add_text_version(self.key, by=self.by, version=self.now.version, text=version, today=day)

    def texts(self, **values):
        return [self.text(language, **values) for language in ("es", "en")]

    def asked(self):
        self.texts()
        self.do("inform_ministry")
        self.do("request_opinion", planned_signature_on=SIGNATURE_ON)
        return self

    def cleared(self):
        self.asked()
        reviewer = self.cast.at(self.cast.ministry, "legal_reviewer")
        self.do("record_opinion", by=reviewer, step=on(letter="DGCP/1"), is_favourable=True)
        return self

    def signed(self, day=SIGNATURE_ON, **values):
        signature = SignatureDraft("Guanajuato", ("Alcaldesa", "Mayor"), **values)
        step = on(day, reason="urgía" if values else "")
        self.do("sign", step=step, today=day, signature=signature)
        return self


def refusals(call):
    with pytest.raises(StepRefusedError) as caught:
        call()
    return set(caught.value.refusals)


def edit(file, by=None, **values):
    return actions.edit_file(file.key, by=by or file.by, version=file.now.version, values=values)
