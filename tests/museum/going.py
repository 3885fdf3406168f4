"""Builders for what goes on: events through the verbs that real ones go through."""

from __future__ import annotations

import datetime as dt
import itertools
from uuid import UUID

from hermanar.foundation.access import CONSOLE
from hermanar.foundation.models import uuid7
from hermanar.museum.actions.events import EventDraft, publish_event, record_event
from hermanar.museum.views.day import today

_numbers = itertools.count(1)


def in_days(count):
    return today() + dt.timedelta(days=count)


def draft(**values):
    told = {"title": f"Actividad {next(_numbers)}", "city": "guanajuato", "starts_on": in_days(10), **values}
    return EventDraft(**told)


def event(*, is_published=True, office=None, by=CONSOLE, **values):
    made = record_event(draft(**values), office=office, by=by, key=uuid7())
    return publish_event(made.pk, by=by, version=made.version) if is_published else made


def key(number):
    return UUID(int=number)
