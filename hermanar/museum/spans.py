"""When something is, in words: days with their weekday, hours with the offset of the clocks of its place."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date, format_skeleton
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hermanar.museum.rules.events import Span, moments

_HOUR = dt.timedelta(hours=1)


def said_days(span: Span) -> str:
    """Return the days: «sábado 21 de noviembre de 2026», «del 9 al 25 de octubre de 2026»; nothing if unknown."""
    first, last = span.starts_on, span.last_on
    if first is None or last is None:
        return ""
    if first == last:
        return _day(first, "EEEE d 'de' MMMM 'de' y", "EEEE d MMMM y")
    if (first.year, first.month) == (last.year, last.month):
        begin = str(first.day)
    elif first.year == last.year:
        begin = _day(first, "d 'de' MMMM", "d MMMM")
    else:
        begin = _long(first)
    return _("del %(first)s al %(last)s") % {"first": begin, "last": _long(last)}


def said_hours(span: Span) -> str:
    """Return the hours, with how far the clocks there are from universal time; nothing for whole days."""
    known = moments(span)
    if known is None or span.starts_at is None:
        return ""
    begin = span.starts_at.strftime("%H:%M")
    if span.ends_at is None:
        text = _("a las %(begin)s") % {"begin": begin}
    else:
        text = _("de %(begin)s a %(end)s") % {"begin": begin, "end": span.ends_at.strftime("%H:%M")}
    return _("%(hours)s, hora del lugar (%(offset)s)") % {"hours": text, "offset": _offset(known[0])}


def said_span(span: Span) -> str:
    """Return days and hours in one phrase; nothing if unknown."""
    return ", ".join(part for part in (said_days(span), said_hours(span)) if part)


def month_name(first: dt.date) -> str:
    """Return a month with its year: «octubre de 2026»."""
    return _day(first, "MMMM 'de' y", "MMMM y")


def short_month(first: dt.date) -> str:
    """Return a month as narrow places name it."""
    return format_skeleton("MMM", first, locale=_language())


def short_weekday(day: dt.date) -> str:
    """Return the weekday as narrow places name it."""
    return format_date(day, "EEE", locale=_language())


def _long(day: dt.date) -> str:
    return _day(day, "d 'de' MMMM 'de' y", "d MMMM y")


def _day(day: dt.date, spanish: str, english: str) -> str:
    return format_date(day, english if _language() == "en" else spanish, locale=_language())


def _offset(moment: dt.datetime) -> str:
    """Write an offset as people read it: UTC−6, UTC+5:30."""
    offset = moment.utcoffset() or dt.timedelta()
    hours, rest = divmod(abs(offset), _HOUR)
    minutes = f":{rest // dt.timedelta(minutes=1):02d}" if rest else ""
    return f"UTC{'−' if offset < dt.timedelta() else '+'}{hours}{minutes}"


def _language() -> str:
    return "en" if get_language() == "en" else "es"
