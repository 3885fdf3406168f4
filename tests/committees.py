"""A committee of Guanajuato's office, driven verb by verb, each on the version it has."""

from __future__ import annotations

import datetime as dt
import io

from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation import actions
from hermanar.cooperation.actions import (
    AttendanceDraft,
    CommitteeDraft,
    DecisionDraft,
    MemberDraft,
    SessionDraft,
    TaskDraft,
)
from hermanar.cooperation.models import Committee, Session, Task
from hermanar.cooperation.vocabulary import Quorum, Sector
from hermanar.foundation.calendar import public_day
from hermanar.foundation.documents import store_upload
from hermanar.foundation.models import uuid7
from tests.foundation.samples import pdf


class DrivenCommittee:
    """A committee and the verbs done to it by name; founded sixty days ago, its members there since."""

    def __init__(self, cast, name="Comité de Ciudades Hermanas", today=None, **values):
        self.cast, self.by = cast, cast.of("director")
        self.today = today or public_day()
        self.founded = self.today - dt.timedelta(days=60)
        draft = self.draft(name=name, **values)
        common = {"office": cast.office.pk, "by": self.by, "today": self.today, "key": uuid7()}
        self.key = actions.found_committee(draft, **common).pk

    @classmethod
    def of_area(cls, cast, agreement, area=AreaOfCooperation.CULTURE, **values):
        return cls(cast, **{"name": "Comité de cultura", "agreement": agreement, "area": area, **values})

    @property
    def now(self):
        return Committee.objects.get(pk=self.key)

    def draft(self, **values):
        known = {"founded_on": self.founded, "source": "Gaceta municipal 12", "quorum": Quorum.MAJORITY}
        return CommitteeDraft(**{"name": "Comité de Ciudades Hermanas", **known, **values})

    def change(self, **values):
        common = {"by": self.by, "version": self.now.version, "today": self.today}
        return actions.change_committee(self.key, self.draft(**values), **common)

    def end(self, reason="Terminó la administración", **values):
        common = {"by": self.by, "version": self.now.version, "today": self.today, "ended_on": self.today}
        return actions.end_committee(self.key, **{**common, "reason": reason, **values})

    def member(self, name, key=None, **values):
        draft = MemberDraft(**{"name": name, "sector": Sector.ACADEMIA, "began_on": self.founded, **values})
        return actions.add_committee_member(self.key, draft, by=self.by, key=key or uuid7())

    def members(self, *names):
        return [self.member(name) for name in names]

    def mend(self, member, **values):
        draft = MemberDraft(**{"name": member.name, "sector": Sector.ACADEMIA, "began_on": self.founded, **values})
        return actions.change_committee_member(member.pk, draft, by=self.by, version=self.now.version)

    def leaves(self, member, on=None, reason="Cambió de trabajo"):
        common = {"by": self.by, "version": self.now.version, "today": self.today}
        return actions.end_committee_membership(member.pk, ended_on=on or self.today, reason=reason, **common)

    def takes_over(self, substitute, on=None):
        common = {"by": self.by, "version": self.now.version, "today": self.today}
        return actions.take_over(substitute.pk, on=on or self.today, **common)

    def called(self, days=0, items=("Lista de asistencia", "Plan de trabajo"), key=None, **values):
        draft = SessionDraft(**{"on": self.today + dt.timedelta(days=days), "items": items, **values})
        return actions.call_session(self.key, draft, by=self.by, key=key or uuid7())

    def attended(self, session, *present, **values):
        draft = AttendanceDraft([one.pk for one in present], **values)
        version = Session.objects.get(pk=session.pk).version
        return actions.keep_attendance(session.pk, draft, by=self.by, version=version, today=self.today)

    def held(self, *present, days=0, **values):
        return self.attended(self.called(days), *present, **values)

    def decides(self, session, text="Se aprueba el plan", key=None, **values):
        draft = DecisionDraft(text, **values)
        return actions.decide(session.pk, draft, by=self.by, key=key or uuid7(), today=self.today)

    def signed(self, session, data=None, **values):
        about = {"name": "acta.pdf", "by": self.by, "office": self.cast.office.pk}
        document = store_upload(io.BytesIO(data or pdf()), **about)
        version = Session.objects.get(pk=session.pk).version
        return actions.keep_minutes(session.pk, document.pk, by=self.by, version=version, **values)

    def task(self, owner, what="Traducir el plan", key=None, **values):
        draft = TaskDraft(what, owner.pk, **values)
        return actions.give_task(self.key, draft, by=self.by, key=key or uuid7(), today=self.today)

    def done(self, task, by=None, note="", **values):
        version = Task.objects.get(pk=task.pk).version
        common = {"by": by or self.by, "version": version, "today": self.today, "done_on": self.today}
        return actions.finish_task(task.pk, **{**common, "note": note, **values})
