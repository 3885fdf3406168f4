"""What tests of planning share: the cast, the shipped outlines, and a person who fills one in."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from hermanar.agreements.actions import draft as open_file
from hermanar.console.shipped import rows_of
from hermanar.foundation.access import CONSOLE
from hermanar.planning.actions import AnswerDraft, load_outlines, save_section
from hermanar.planning.actions.assessing import AssessmentDraft, begin, close
from hermanar.planning.models import AssessedSection, Assessment
from hermanar.planning.queries import asked_in
from tests import factories as make
from tests.cast import gather

TODAY = dt.date(2026, 5, 4)


def shipped():
    """Return the shipped outlines as rows that a test may change."""
    return {name: [dict(row) for row in rows_of(name, "planning")] for name in ("outlines", "sections", "questions")}


def load(files=None):
    files = files or shipped()
    for row in files["outlines"]:
        make.source(row["source"])
    return load_outlines(files["outlines"], files["sections"], questions=files["questions"], by=CONSOLE)


@pytest.fixture(scope="module")
def standing_cast(django_db_setup, django_db_blocker):
    """Gather the cast once for a file of tests, with the shipped outlines."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield gather()
        transaction.set_rollback(True)


class Desk:
    """Who fills in assessments of Guanajuato's office, with a file of its own."""

    def __init__(self, cast):
        self.cast = cast
        self.by = cast.of("director")
        self.file = open_file(cast.file(), office=cast.office.pk, by=self.by, today=TODAY)

    def begin(self, outline="sustainability", on=TODAY, by=None, **values):
        if outline == "sustainability":
            values.setdefault("agreement", self.file.pk)
        draft = AssessmentDraft(outline, on, **values)
        return begin(draft, office=self.cast.office.pk, by=by or self.by, today=TODAY)

    def questions(self, kept, section="igualdad"):
        return [one for one in asked_in(kept) if one.section.slug == section]

    def version(self, kept, section="igualdad"):
        return AssessedSection.objects.get(assessment=kept, section__slug=section).version

    def save(self, kept, *answers, section="igualdad", version=None, by=None):
        """Answer the questions of a section in their order; a word is a degree with a reason."""
        drafts = [AnswerDraft(one, "Así consta.") if isinstance(one, str) else one for one in answers]
        keys = [one.pk for one in self.questions(kept, section)]
        return save_section(
            kept.pk, section, answers=dict(zip(keys, drafts, strict=False)), by=by or self.by,
            version=version or self.version(kept, section),
        )  # fmt: skip

    def closed(self, *answers, **values):
        kept = self.begin(**values)
        self.save(kept, *answers)
        return self.close(kept)

    def close(self, kept):
        return close(kept.pk, by=self.by, version=Assessment.objects.get(pk=kept.pk).version)


@pytest.fixture
def desk(cast):
    return Desk(cast)
