"""Write projects as an IATI 2.03 activity file: the order of the elements is the schema's."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from xml.etree import ElementTree as ET

from hermanar.foundation.papers.structure import clean
from hermanar.offices.rules import is_iati_identifier
from hermanar.workspace.iati.currencies import CURRENCIES
from hermanar.workspace.iati.facts import Budget, Indicator, Organisation, Period, ProjectFacts, Publisher, Told
from hermanar.workspace.iati.lacking import publisher_lacks, stays_out, told_dates

VERSION = "2.03"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_OWN_VOCABULARY = "99"
_GOALS, _TARGETS = "2", "3"  # TagVocabulary
_GENERAL, _OBJECTIVES = "1", "2"  # DescriptionType
_TRIANGULAR = "8"  # CollaborationType
_INDICATIVE, _COMMITTED = "1", "2"  # BudgetStatus
_UNWRITABLE = re.compile(r"[^A-Za-z0-9._-]+")


class NothingToPublishError(ValueError):
    """The standard knows no file without a publisher, nor one without an activity."""


def write_activities(
    publisher: Publisher, projects: Iterable[ProjectFacts], *, at: dt.datetime, today: dt.date
) -> bytes:
    """Return the file; a project that lacks what it cannot go without stays out.

    `at` is the moment it is made, with a zone; `today` the day it is where the publisher is.
    Raises NothingToPublishError.
    """
    told = [one for one in projects if not stays_out(one, today=today)]
    if (lacks := publisher_lacks(publisher)) or not told:
        raise NothingToPublishError(", ".join(lacks))
    moment = at.astimezone(dt.UTC).replace(microsecond=0).isoformat()
    root = ET.Element("iati-activities", {"version": VERSION, "generated-datetime": moment})
    root.extend(_activity(publisher, project, today=today) for project in told)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def activity_identifier(publisher: Publisher, project: ProjectFacts) -> str:
    """Return the name of a project in the standard: the publisher's and the project's own number."""
    return f"{publisher.identifier}-{_UNWRITABLE.sub('-', project.number).strip('-')}"


def _activity(publisher: Publisher, project: ProjectFacts, *, today: dt.date) -> ET.Element:
    root = ET.Element("iati-activity", {_LANGUAGE: "es", "humanitarian": str(project.is_humanitarian).lower()})
    if project.changed_at:
        root.set("last-updated-datetime", project.changed_at.astimezone(dt.UTC).replace(microsecond=0).isoformat())
    ET.SubElement(root, "iati-identifier").text = activity_identifier(publisher, project)
    assert publisher.kind is not None  # `publisher_lacks` said so
    _told(root, "reporting-org", publisher.name, ref=publisher.identifier, type=publisher.kind.value)
    _told(root, "title", project.title)
    _told(root, "description", project.description, type=_GENERAL)
    if clean(project.objectives.es):
        _told(root, "description", project.objectives, type=_OBJECTIVES)
    for organisation in project.organisations:
        _organisation(root, organisation)
    ET.SubElement(root, "activity-status", code=str(project.stage))
    for kind, on in told_dates(project, today=today).items():
        ET.SubElement(root, "activity-date", {"type": kind.value, "iso-date": on.isoformat()})
    _contact(root, publisher)
    _subject(root, project)
    for budget in project.budgets:
        if budget.currency in CURRENCIES:
            _budget(root, budget)
    for indicator in project.indicators:
        _result(root, indicator)
    return root


def _subject(root: ET.Element, project: ProjectFacts) -> None:
    """Add whom it is for and what it is about."""
    if len(project.countries) == 1:  # of several nobody told the shares, which would have to add up to a hundred
        ET.SubElement(root, "recipient-country", code=project.countries[0])
    _told(root, "sector", project.sector, vocabulary=_OWN_VOCABULARY, code=clean(project.sector_code))
    for vocabulary, codes in ((_GOALS, project.goals), (_TARGETS, project.targets)):
        for code in codes:
            ET.SubElement(root, "tag", vocabulary=vocabulary, code=code)
    if project.is_triangular:
        ET.SubElement(root, "collaboration-type", code=_TRIANGULAR)


def _told(parent: ET.Element, name: str, text: Told, **attributes: str) -> ET.Element:
    """Add an element with a narrative in each language that it is told in; Spanish is the language of the activity."""
    made = ET.SubElement(parent, name, attributes)
    ET.SubElement(made, "narrative").text = clean(text.es)
    if clean(text.en):
        ET.SubElement(made, "narrative", {_LANGUAGE: "en"}).text = clean(text.en)
    return made


def _organisation(root: ET.Element, organisation: Organisation) -> None:
    if not clean(organisation.name.es):
        return
    attributes = {"role": organisation.part.value}
    if organisation.kind:
        attributes["type"] = organisation.kind.value
    if is_iati_identifier(organisation.identifier):
        attributes["ref"] = organisation.identifier
    _told(root, "participating-org", organisation.name, **attributes)


def _contact(root: ET.Element, publisher: Publisher) -> None:
    if not (publisher.email or publisher.telephone or publisher.address):
        return
    made = ET.SubElement(root, "contact-info", type="1")
    _told(made, "organisation", publisher.name)
    for name, text in (("telephone", publisher.telephone), ("email", publisher.email)):
        if clean(text):
            ET.SubElement(made, name).text = clean(text)
    if clean(publisher.address):
        _told(made, "mailing-address", Told(publisher.address))


def _budget(root: ET.Element, budget: Budget) -> None:
    status = _COMMITTED if budget.is_committed else _INDICATIVE
    made = ET.SubElement(root, "budget", type="1", status=status)
    _period(made, budget.starts_on, budget.ends_on)
    value = {"currency": budget.currency, "value-date": budget.valued_on.isoformat()}
    ET.SubElement(made, "value", value).text = _number(budget.amount)


def _period(parent: ET.Element, starts_on: dt.date, ends_on: dt.date) -> None:
    ET.SubElement(parent, "period-start", {"iso-date": starts_on.isoformat()})
    ET.SubElement(parent, "period-end", {"iso-date": ends_on.isoformat()})


def _result(root: ET.Element, indicator: Indicator) -> None:
    made = ET.SubElement(root, "result", type=indicator.level.value)
    _told(made, "title", indicator.title)
    own = ET.SubElement(made, "indicator", measure=indicator.measure.value)
    _told(own, "title", indicator.title)
    if indicator.baseline is not None and indicator.baseline_on:
        on = indicator.baseline_on
        value = {"year": f"{on.year:04}", "iso-date": on.isoformat(), "value": _number(indicator.baseline)}
        ET.SubElement(own, "baseline", value)
    for period in indicator.periods:
        _measured(own, period)


def _measured(parent: ET.Element, period: Period) -> None:
    made = ET.SubElement(parent, "period")
    _period(made, period.starts_on, period.ends_on)
    if period.target is not None:
        ET.SubElement(made, "target", value=_number(period.target))
    if period.actual is not None:
        actual = ET.SubElement(made, "actual", value=_number(period.actual))
        if clean(period.comment):
            _told(actual, "comment", Told(period.comment))


def _number(value: Decimal) -> str:
    return f"{value:f}"
