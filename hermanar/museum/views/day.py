"""The reader's day and language."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils.translation import get_language

from hermanar.foundation.calendar import today_in


def today() -> dt.date:
    """Return the public's calendar day."""
    return today_in(settings.PUBLIC_TIME_ZONE)


def language() -> str:
    """Return the language of the page: `es` or `en`."""
    return "en" if get_language() == "en" else "es"
