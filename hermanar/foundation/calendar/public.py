"""The day the public lives in: the one place where the product reads it off the clock."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from hermanar.foundation.calendar.dates import day_in, today_in


def public_day() -> dt.date:
    """Return the public's day, whatever the server's clock keeps: in Mexico's evenings UTC is ahead."""
    return today_in(settings.PUBLIC_TIME_ZONE)


def public_day_of(moment: dt.datetime) -> dt.date:
    """Return the public's day at a moment that knows its time zone."""
    return day_in(settings.PUBLIC_TIME_ZONE, moment)
