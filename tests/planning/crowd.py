"""One of several processes at one assessment: does what a line asks and answers with a line."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
django.setup()


from hermanar.foundation import trail
from hermanar.offices.models import Membership
from hermanar.offices.queries import acting
from hermanar.planning.actions import AnswerDraft, EditConflictError, EvidenceDraft, save_section
from hermanar.planning.actions.answering import said_in
from hermanar.planning.models import AssessedSection, Assessment, Evidence
from hermanar.planning.queries import answers_of, asked_in
from hermanar.planning.vocabulary import EvidenceKind
from tests.cast import gather
from tests.planning.conftest import Desk, load


def build():
    load()
    return str(Desk(gather()).begin("capacity").pk)


def ready():
    return "ready"


def add_links(key, section, name, times):
    """Add a link to the first answer of a section, as often as asked; read again where another was first."""
    kept = Assessment.objects.select_related("office").get(pk=key)
    by, retried = _director(), 0
    question = next(one for one in asked_in(kept) if one.section.slug == section)
    for number in range(times):
        while True:
            version = AssessedSection.objects.get(assessment=kept, section=question.section).version
            answer = answers_of(kept).get(question.pk)
            there = said_in(answer).evidence if answer else ()
            added = EvidenceDraft(EvidenceKind.LINK, address=f"https://ejemplo.mx/{name}/{number}")
            draft = AnswerDraft("done", "Consta.", (*there, added))
            try:
                save_section(kept.pk, section, answers={question.pk: draft}, by=by, version=version)
                break
            except EditConflictError:
                retried += 1
    return retried


def state(key):
    links = Evidence.objects.filter(answer__assessment=key).values_list("address", flat=True)
    return [sorted(links), trail.first_break(chain=str(_director().office))]


def _director():
    return acting(Membership.objects.get(office__slug="guanajuato", role="director"))
