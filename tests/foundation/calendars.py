"""Calendars to count with, made of the shipped rules without a database."""

from __future__ import annotations

import datetime as dt

from hermanar.console.shipped import rows_of
from hermanar.foundation.calendar import WorkingDays
from hermanar.foundation.calendar.statutory import StatutoryRule
from hermanar.foundation.calendar.working_days import ClosedSpan

WEEKEND = frozenset({6, 7})


def day(text):
    return dt.date.fromisoformat(text)


def span(first, last="", name="Cierre", calendar="prueba"):
    return ClosedSpan(day(first), day(last or first), name, calendar=calendar)


def shipped(key, rest_days):
    rules = [StatutoryRule.parse(row) for row in rows_of("statutory_days", "calendars")]
    spans = {
        ClosedSpan(on, on, rule.name_es, rule.name_en, key)
        for rule in rules
        if rule.calendar == key
        for on in rule.days()
    }
    return WorkingDays(key, rest_days, frozenset(spans))


FEDERAL = shipped("mx-federal", WEEKEND)
LABOUR = shipped("mx-labour", frozenset({7}))
