"""How a tie of Guanajuato's office begins, verb by verb: a request, a selection, who takes part."""

from __future__ import annotations

import datetime as dt

from hermanar.agreements.actions import draft
from hermanar.cooperation.actions import requests, selection, stakeholders
from hermanar.cooperation.actions.files_of_ties import WhichFile
from hermanar.cooperation.actions.requests import AnswerDraft, RequestDraft
from hermanar.cooperation.actions.selection import CandidateDraft, ChoiceDraft, CriterionDraft, MarkDraft
from hermanar.cooperation.actions.stakeholders import StakeholderDraft
from hermanar.cooperation.models import Selection, TwinningRequest
from hermanar.cooperation.vocabulary.requests import Answer, Incentive, RequestSide
from hermanar.cooperation.vocabulary.selection import SuggestedCriterion
from hermanar.cooperation.vocabulary.stakeholders import ActorClass, Resource, TieSide
from hermanar.foundation.calendar import public_day
from hermanar.foundation.models import uuid7

DAY = dt.timedelta(days=1)


class Beginning:
    """Drives the verbs of Guanajuato's office, each on the version there is."""

    def __init__(self, cast, role="director", today=None):
        self.cast, self.by = cast, cast.of(role)
        self.today = today or public_day()

    def file(self):
        return draft(self.cast.file(), office=self.cast.office.pk, by=self.by, today=self.today)

    # requests

    def request_draft(self, **values):
        told = {
            "side": RequestSide.RECEIVED,
            "city": "Ashland",
            **({} if "place" in values else {"place": self.cast.ashland.pk}),
            "requester": "Dana Reed",
            "asks": "Hermanarse con Guanajuato",
            "on": self.today - 10 * DAY,
            "incentives": [Incentive.HISTORICAL_CULTURAL],
        }
        return RequestDraft(**{**told, **values})

    def received(self, key=None, **values):
        common = {"office": self.cast.office.pk, "by": self.by, "today": self.today, "key": key or uuid7()}
        return requests.receive_request(self.request_draft(**values), **common)

    def mended(self, request, **values):
        version = values.pop("version", request.version)
        common = {"by": self.by, "version": version, "today": self.today}
        return requests.mend_request(request.pk, self.request_draft(**values), **common)

    def answered(self, request, answer=Answer.ACCEPTED, **values):
        version = values.pop("version", TwinningRequest.objects.get(pk=request.pk).version)
        told = {"on": self.today, "reason": "Las universidades ya colaboran", "file": WhichFile(opens=True)}
        said = AnswerDraft(answer, **{**told, **values})
        return requests.answer_request(request.pk, said, by=self.by, version=version, today=self.today)

    # selections

    def begun(self, key=None, title="Una ciudad de Japón", suggested=(SuggestedCriterion.LINK,)):
        common = {"office": self.cast.office.pk, "by": self.by, "key": key or uuid7()}
        return selection.begin_selection(title, suggested=suggested, **common)

    def weighed(self, kept, *weights, **values):
        """Give the criteria there are these weights, in their order."""
        drafts = [
            CriterionDraft(one.name, weight, one.looks_at, one.pk)
            for one, weight in zip(kept.criteria.all(), weights, strict=True)
        ]
        version = values.get("version", self.version(kept))
        return selection.weigh_criteria(kept.pk, drafts, by=self.by, version=version)

    def candidate(self, kept, name="Ashland", key=None, **values):
        return selection.add_candidate(kept.pk, CandidateDraft(name, **values), by=self.by, key=key or uuid7())

    def marked(self, candidate, *values, **more):
        """Mark a candidate by the criteria in their order; None leaves one out."""
        criteria = candidate.selection.criteria.all()
        marks = {
            one.pk: MarkDraft(value, "Consta en el acta" if value is not None else "")
            for one, value in zip(criteria, values, strict=True)
        }
        version = more.get("version", self.version(candidate.selection))
        return selection.mark_candidate(candidate.pk, marks, by=self.by, version=version)

    def chosen(self, candidate, **values):
        version = values.pop("version", self.version(candidate.selection))
        told = {"on": self.today, "decider": "Ayuntamiento, acta 12", "reason": "Es la que más nos complementa"}
        said = ChoiceDraft(candidate.pk, **{**told, **values})
        return selection.decide_city(candidate.selection_id, said, by=self.by, version=version, today=self.today)

    def compared(self, place=None):
        """Return a selection of two criteria with one candidate, marked in full."""
        kept = self.begun(suggested=(SuggestedCriterion.LINK, SuggestedCriterion.ACADEMIC))
        self.weighed(kept, 10, 5)
        one = self.candidate(kept, place=place or self.cast.ashland.pk)
        self.marked(one, 4, 5)
        return one

    def version(self, kept):
        return Selection.objects.get(pk=kept.pk).version

    # who takes part

    def actor_draft(self, **values):
        told = {
            "side": TieSide.OWN,
            "kind": ActorClass.OTHER,
            "name": "Universidad de Guanajuato",
            "part": "Recibe estudiantes",
            "resources": [Resource.HUMAN],
        }
        return StakeholderDraft(**{**told, **values})

    def named(self, file, key=None, **values):
        common = {"by": self.by, "today": self.today, "key": key or uuid7()}
        return stakeholders.name_stakeholder(file.pk, self.actor_draft(**values), **common)
