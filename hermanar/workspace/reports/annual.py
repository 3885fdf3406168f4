"""The annual report of an office to its council: every chapter read from what was entered in the year."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hermanar.agreements.models import ProcedureStep
from hermanar.agreements.queries import for_office
from hermanar.cooperation.models import Activity, Gift, ProjectStage, Session
from hermanar.foundation.access import Verb
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.reports.decided import assessments, committees
from hermanar.workspace.reports.done import activities, gifts
from hermanar.workspace.reports.shape import Lack, Report, Section, Year
from hermanar.workspace.reports.ties import procedure, ties
from hermanar.workspace.reports.working import plans, projects

_CHAPTERS = (ties, activities, plans, projects, gifts, committees, procedure, assessments)
FIRST_YEAR = 1900


def annual_report(office: Office, year: Year) -> Report:
    """Return the report of a year, in the reader's language."""
    language = "en" if (get_language() or "es").startswith("en") else "es"
    subtitle = _("Del 1 de enero al %(day)s") % {"day": long_date(year.until)}
    return Report(
        title=_("Informe anual %(year)s") % {"year": year.number},
        subtitle=subtitle,
        language=language,
        letterhead=tuple(row for row in (office.name, office.address) if row),
        sections=(*(chapter(office, year) for chapter in _CHAPTERS), _signed(office)),
        signs=tuple(row for row in (office.head_name, office.head_post, office.name) if row),
    )


def _signed(office: Office) -> Section:
    """Return what the office does not say of itself."""
    asked = (
        ("head_name", _("De la oficina: falta quién firma")),
        ("head_post", _("De la oficina: falta el cargo de quien firma")),
        ("address", _("De la oficina: falta el domicilio")),
    )
    lacks = (
        Lack.at(words, "particulars", field=f"id_{name}", verb=Verb.CHANGE_OFFICE)
        for name, words in asked
        if not getattr(office, name)
    )
    return Section("office", _("Quién informa"), lacks=tuple(lacks))


def years_of(office: Office, *, today: dt.date) -> list[int]:
    """Return the years an office may report on, the newest first: those in which something is dated, and this one."""
    files = for_office(office.pk).order_by().values("pk")
    days = (
        Activity.objects.filter(agreement__in=files, withdrawn_at__isnull=True).dates("started_on", "year"),
        Gift.objects.filter(office=office, withdrawn_at__isnull=True).dates("on", "year"),
        Session.objects.filter(committee__office=office).dates("on", "year"),
        ProjectStage.objects.filter(project__office=office).dates("began_on", "year"),
        ProcedureStep.objects.filter(agreement__in=files).dates("on", "year"),
    )
    found = {day.year for some in days for day in some if day and FIRST_YEAR <= day.year <= today.year}
    return sorted(found | {today.year}, reverse=True)
