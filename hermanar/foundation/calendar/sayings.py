"""A count told in words, in the language of whoever reads it: what was counted, what was left out, what is doubtful."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.foundation.calendar.working_days import (
    MOST,
    ClosedSpan,
    CountError,
    Explanation,
    Fault,
    LeftOut,
    Unit,
    Way,
)

_LOCALES = {"es": Locale("es", "MX"), "en": Locale("en", "GB")}
_WITHOUT_YEAR = {"es": "d 'de' MMMM", "en": "d MMMM"}
_WITH_YEAR = {"es": "d 'de' MMMM 'de' y", "en": "d MMMM y"}


def say(explanation: Explanation) -> str:
    """Tell a count in sentences: «10 días hábiles desde el 28 de abril de 2026: 14 de mayo de 2026. No cuentan…»."""
    parts = (_result(explanation), _move(explanation), _omissions(explanation), _doubt(explanation))
    return " ".join(part for part in parts if part)


def refusal(error: CountError) -> str:
    """Tell why a count was refused."""
    return {
        Fault.AMOUNT: _("El plazo debe ser un número entero de 1 a %(most)d en una sola unidad.") % {"most": MOST},
        Fault.ORDER: _("El último día de la cuenta es anterior al primero."),
        Fault.RANGE: _("La cuenta sale de los años que admite el calendario."),
    }[error.fault]


def _language() -> str:
    return "en" if translation.get_language() == "en" else "es"


def _locale() -> Locale:
    return _LOCALES[_language()]


def _day(day: dt.date) -> str:
    return format_date(day, "long", locale=_locale())


def _result(explanation: Explanation) -> str:
    told = {"start": _day(explanation.start), "end": _day(explanation.end), "term": _term(explanation)}
    match explanation.way:
        case Way.WITHIN:
            return _("%(term)s desde el %(start)s: %(end)s.") % told
        case Way.BEFORE:
            return _("%(term)s antes del %(start)s: %(end)s a más tardar.") % told
        case Way.BETWEEN:
            return _("Del %(start)s, que no se cuenta, al %(end)s: %(term)s.") % told
        case Way.ON_OR_BEFORE | Way.ON_OR_AFTER:
            return _("Día hábil: %(end)s.") % told


def _term(explanation: Explanation) -> str:
    number = explanation.number
    text = {
        Unit.WORKING_DAYS: ngettext("%(n)d día hábil", "%(n)d días hábiles", number),
        Unit.DAYS: ngettext("%(n)d día natural", "%(n)d días naturales", number),
        Unit.WEEKS: ngettext("%(n)d semana", "%(n)d semanas", number),
        Unit.MONTHS: ngettext("%(n)d mes", "%(n)d meses", number),
        Unit.YEARS: ngettext("%(n)d año", "%(n)d años", number),
    }[explanation.unit]
    return text % {"n": number}


def _move(explanation: Explanation) -> str:
    if explanation.moved_from is None:
        return ""
    day = {"day": _day(explanation.moved_from)}
    if explanation.way in {Way.BEFORE, Way.ON_OR_BEFORE}:
        return _("El %(day)s es inhábil y el siguiente sería tarde: vale el día hábil anterior.") % day
    return _("El %(day)s es inhábil: pasa al día hábil siguiente (LFPA, art. 29).") % day


def _omissions(explanation: Explanation) -> str:
    """Tell the closed days, each with its reason, and the weekly rest days as such."""
    if not explanation.left_out:
        return ""
    years = {explanation.start.year, explanation.end.year, *(one.on.year for one in explanation.left_out)}
    closures = [f"{_run(run, has_year=len(years) > 1)} ({_name(closure)})" for closure, run in _runs(explanation)]
    resting = sorted({one.on.isoweekday() for one in explanation.left_out if one.closure is None})
    rest = [format_list([_weekday(day) for day in resting], locale=_locale())] if resting else []
    return _("No cuentan: %(days)s.") % {"days": "; ".join(closures + rest)}


def _runs(explanation: Explanation) -> Iterator[tuple[ClosedSpan, list[LeftOut]]]:
    """Yield each closure with its days; a rest day in between parts them."""
    for closure, run in groupby(explanation.left_out, key=lambda one: one.closure):
        if closure is not None:
            yield closure, list(run)


def _run(run: Sequence[LeftOut], *, has_year: bool) -> str:
    """Write the days of one closure: 5 de mayo; 2–3 de abril; 28 de diciembre de 2026 – 1 de enero de 2027."""
    first, last = run[0].on, run[-1].on
    pattern = _WITH_YEAR[_language()] if has_year else _WITHOUT_YEAR[_language()]
    end = format_date(last, pattern, locale=_locale())
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{format_date(first, pattern, locale=_locale())} – {end}"


def _name(closure: ClosedSpan) -> str:
    return (_language() == "en" and closure.name_en) or closure.name_es


def _weekday(day: int) -> str:
    return (
        _("lunes"),
        _("martes"),
        _("miércoles"),
        _("jueves"),
        _("viernes"),
        _("sábados"),
        _("domingos"),
    )[day - 1]


def _doubt(explanation: Explanation) -> str:
    if not explanation.uncharted:
        return ""
    years = format_list([str(year) for year in explanation.uncharted], locale=_locale())
    return _("El calendario no tiene días inhábiles asentados de %(years)s: confirme con la autoridad.") % {
        "years": years
    }
