"""A work plan of Guanajuato with Ashland, driven verb by verb, each on the version it has."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hermanar.agreements.actions import draft as open_file
from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation import actions
from hermanar.cooperation.actions import EntryDraft, PlanDraft, PlannedDraft, ProgrammeTexts
from hermanar.cooperation.models import AnnualProgramme, PlannedActivity, WorkPlan
from hermanar.cooperation.rules.plans import ResourceLine, StaffLine
from hermanar.cooperation.vocabulary import ActivityKind, Demand, PlanSide, ResourceKind
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.models import uuid7

STAFF = StaffLine(PlanSide.OWN, "Intérprete", 2, "Cinco días", "Interpreter", "Five days")
HUMAN = ResourceLine(ResourceKind.HUMAN, PlanSide.OWN, "Dos intérpretes", "Two interpreters")
MATERIAL = ResourceLine(ResourceKind.MATERIAL, PlanSide.COUNTERPART, "Una sala de ensayo", "A rehearsal room")
MONEY = ResourceLine(ResourceKind.FINANCIAL, PlanSide.OWN, "Pasajes", "Air fares", Decimal("120000.50"), "MXN")
WORDS = ProgrammeTexts(
    objectives="Conocerse\nFormar a diez músicos", objectives_en="Get to know each other\nTrain ten musicians",
    duties_own="Poner los intérpretes", duties_own_en="Provide interpreters",
    duties_counterpart="Poner la sala", duties_counterpart_en="Provide the room",
    evaluation="Encuesta a quienes participen", evaluation_en="Survey of the participants",
)  # fmt: skip


class DrivenPlan:
    """A plan and the verbs done to it by name; from the start of 2026 to the end of 2028, seen in May of 2026."""

    today = dt.date(2026, 5, 4)

    def __init__(self, cast, file=None, today=None, **values):
        self.cast, self.by, self.today = cast, cast.of("director"), today or self.today
        self.file = file or open_file(cast.file(), office=cast.office.pk, by=self.by, today=self.today)
        made = actions.make_plan(self.file.pk, self.draft(**values), by=self.by, today=self.today, key=uuid7())
        self.key = made.pk

    @staticmethod
    def draft(**values):
        days = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2028, 12, 31), "purpose": "Que se conozcan"}
        return PlanDraft(**{**days, **values})

    @property
    def now(self):
        return WorkPlan.objects.get(pk=self.key)

    def change(self, **values):
        common = {"by": self.by, "version": self.now.version, "today": self.today}
        return actions.change_plan(self.key, self.draft(**values), **common)

    def programme(self, year=2026, key=None):
        return actions.add_programme(self.key, year=year, by=self.by, key=key or uuid7())

    def says(self, programme, texts=WORDS):
        return actions.change_programme(programme.pk, texts, by=self.by, version=self.version(programme))

    def staffed(self, programme, *lines):
        return actions.keep_staff(programme.pk, lines, by=self.by, version=self.version(programme))

    def funded(self, programme, *lines, **totals):
        common = {"by": self.by, "version": self.version(programme)}
        said = {currency: Decimal(total) for currency, total in totals.items()}
        return actions.keep_resources(programme.pk, lines, totals=said, **common)

    def whole(self, year=2026):
        """Add a programme that lacks nothing."""
        made = self.programme(year)
        self.says(made)
        self.staffed(made, STAFF)
        self.plans(made)
        return self.funded(made, HUMAN, MATERIAL, MONEY, MXN="120000.50")

    @staticmethod
    def planned(**values):
        known = {
            "title": "Taller de música", "title_en": "Music workshop", "kind": ActivityKind.CULTURE,
            "area": AreaOfCooperation.CULTURE, "demand": Demand.LOW, "starts_on": dt.date(2026, 3, 1),
            "ends_on": dt.date(2026, 3, 5), "responsible_own": "Casa de la Cultura",
            "responsible_counterpart": "Ashland Arts", "objective": "Conocerse", "objective_en": "Meet",
        }  # fmt: skip
        return PlannedDraft(**{**known, **values})

    def plans(self, programme, key=None, **values):
        return actions.plan_activity(programme.pk, self.planned(**values), by=self.by, key=key or uuid7())

    def mends(self, one, **values):
        version = PlannedActivity.objects.get(pk=one.pk).version
        return actions.change_planned(one.pk, self.planned(**values), by=self.by, version=version)

    def says_of(self, one, percent, note=""):
        version = PlannedActivity.objects.get(pk=one.pk).version
        return actions.state_progress(one.pk, percent=percent, note=note, by=self.by, version=version)

    def cancels(self, one, reason="Cambió el calendario escolar"):
        version = PlannedActivity.objects.get(pk=one.pk).version
        return actions.cancel_planned(one.pk, reason=reason, by=self.by, version=version, today=self.today)

    def did(self, on="2026-03-05", file=None, what="Taller de música", **values):
        told = EntryDraft(ActivityKind.CULTURE, parse_partial(on), parse_partial(on), what, **values)
        file = file or self.file
        return actions.record_activity(file.pk, by=self.by, key=uuid7(), entry=told, today=self.today, is_other=True)

    def links(self, one, activity):
        return actions.link_done(one.pk, activity.pk, by=self.by)

    @staticmethod
    def version(programme):
        return AnnualProgramme.objects.get(pk=programme.pk).version
