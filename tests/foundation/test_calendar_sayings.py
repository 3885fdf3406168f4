"""Counts told in words, Spanish and English."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from hermanar.foundation.calendar import CountError, WorkingDays
from hermanar.foundation.calendar.sayings import refusal, say
from hermanar.foundation.calendar.working_days import ClosedSpan, Fault
from tests.foundation.calendars import FEDERAL, LABOUR, WEEKEND, day, span


def both(explanation):
    spanish = say(explanation)
    with translation.override("en"):
        return spanish, say(explanation)


def test_ten_working_days_from_the_28_of_april():
    assert both(FEDERAL.add_working_days(day("2026-04-28"), 10).explanation) == (
        (
            "10 días hábiles desde el 28 de abril de 2026: 14 de mayo de 2026. "
            "No cuentan: 1 de mayo (Día del Trabajo); 5 de mayo (Batalla de Puebla); sábados y domingos."
        ),
        (
            "10 working days from 28 April 2026: 14 May 2026. "
            "Not counted: 1 May (Labour Day); 5 May (Battle of Puebla); Saturdays and Sundays."
        ),
    )


def test_one_working_day_with_nothing_left_out():
    assert both(FEDERAL.add_working_days(day("2026-05-06"), 1).explanation) == (
        "1 día hábil desde el 6 de mayo de 2026: 7 de mayo de 2026.",
        "1 working day from 6 May 2026: 7 May 2026.",
    )


def test_notice_of_working_days_across_the_end_of_a_year():
    assert both(FEDERAL.subtract_working_days(day("2026-01-05"), 2).explanation) == (
        (
            "2 días hábiles antes del 5 de enero de 2026: 31 de diciembre de 2025 a más tardar. "
            "No cuentan: 1 de enero de 2026 (Año Nuevo); sábados y domingos."
        ),
        (
            "2 working days before 5 January 2026: 31 December 2025 at the latest. "
            "Not counted: 1 January 2026 (New Year's Day); Saturdays and Sundays."
        ),
    )


def test_two_weeks_before_a_closed_day():
    assert both(FEDERAL.latest_date(day("2026-05-15"), weeks=2).explanation) == (
        (
            "2 semanas antes del 15 de mayo de 2026: 30 de abril de 2026 a más tardar. "
            "El 1 de mayo de 2026 es inhábil y el siguiente sería tarde: vale el día hábil anterior. "
            "No cuentan: 1 de mayo (Día del Trabajo)."
        ),
        (
            "2 weeks before 15 May 2026: 30 April 2026 at the latest. "
            "1 May 2026 is not a working day and the next one would be late: the working day before it holds. "
            "Not counted: 1 May (Labour Day)."
        ),
    )


def test_term_that_runs_out_on_a_closed_day():
    assert both(FEDERAL.term_end(day("2026-04-01"), months=1).explanation) == (
        (
            "1 mes desde el 1 de abril de 2026: 4 de mayo de 2026. "
            "El 1 de mayo de 2026 es inhábil: pasa al día hábil siguiente (LFPA, art. 29). "
            "No cuentan: 1 de mayo (Día del Trabajo); sábados y domingos."
        ),
        (
            "1 month from 1 April 2026: 4 May 2026. "
            "1 May 2026 is not a working day: it moves to the next working day (LFPA, art. 29). "
            "Not counted: 1 May (Labour Day); Saturdays and Sundays."
        ),
    )


def test_days_between():
    assert both(FEDERAL.count_between(day("2026-09-14"), day("2026-09-18")).explanation) == (
        (
            "Del 14 de septiembre de 2026, que no se cuenta, al 18 de septiembre de 2026: 3 días hábiles. "
            "No cuentan: 16 de septiembre (Día de la Independencia)."
        ),
        (
            "From 14 September 2026, which is not counted, to 18 September 2026: 3 working days. "
            "Not counted: 16 September (Independence Day)."
        ),
    )


def test_fixed_date():
    assert both(FEDERAL.on_or_after(day("2026-05-05")).explanation) == (
        (
            "Día hábil: 6 de mayo de 2026. El 5 de mayo de 2026 es inhábil: "
            "pasa al día hábil siguiente (LFPA, art. 29). No cuentan: 5 de mayo (Batalla de Puebla)."
        ),
        (
            "Working day: 6 May 2026. 5 May 2026 is not a working day: "
            "it moves to the next working day (LFPA, art. 29). Not counted: 5 May (Battle of Puebla)."
        ),
    )
    assert say(FEDERAL.on_or_before(day("2026-05-06")).explanation) == "Día hábil: 6 de mayo de 2026."


def test_only_the_rest_days_there_were_are_told():
    assert "No cuentan: domingos." in say(LABOUR.add_working_days(day("2026-07-03"), 2).explanation)
    none = WorkingDays("a diario", frozenset(), frozenset({span("2026-07-06")}))
    assert say(none.add_working_days(day("2026-07-03"), 3).explanation).endswith("No cuentan: 6 de julio (Cierre).")
    every = WorkingDays("lunes", frozenset(range(2, 8)), frozenset({span("2026-07-06")}))
    assert both(every.add_working_days(day("2026-06-29"), 1).explanation)[1].endswith(
        "Not counted: 6 July (Cierre); Tuesdays, Wednesdays, Thursdays, Fridays, Saturdays and Sundays."
    )


def test_recess_is_told_as_a_run_of_days():
    recess = ClosedSpan(day("2026-12-21"), day("2027-01-04"), "Receso", "Recess")
    calendar = WorkingDays("prueba", WEEKEND, frozenset({recess}))
    assert both(calendar.add_working_days(day("2026-12-18"), 1).explanation) == (
        (
            "1 día hábil desde el 18 de diciembre de 2026: 5 de enero de 2027. No cuentan: "
            "21–25 de diciembre de 2026 (Receso); 28 de diciembre de 2026 – 1 de enero de 2027 (Receso); "
            "4 de enero de 2027 (Receso); sábados y domingos."
        ),
        (
            "1 working day from 18 December 2026: 5 January 2027. Not counted: "
            "21–25 December 2026 (Recess); 28 December 2026 – 1 January 2027 (Recess); "
            "4 January 2027 (Recess); Saturdays and Sundays."
        ),
    )


def test_recess_across_two_months_names_both():
    calendar = WorkingDays("prueba", WEEKEND, frozenset({span("2026-04-29", "2026-05-01", "Feria")}))
    assert both(calendar.add_working_days(day("2026-04-28"), 1).explanation) == (
        (
            "1 día hábil desde el 28 de abril de 2026: 4 de mayo de 2026. "
            "No cuentan: 29 de abril – 1 de mayo (Feria); sábados y domingos."
        ),
        "1 working day from 28 April 2026: 4 May 2026. Not counted: 29 April – 1 May (Feria); Saturdays and Sundays.",
    )


def test_years_nobody_has_charted_are_doubted():
    spanish, english = both(FEDERAL.add_working_days(day("2036-12-29"), 300).explanation)
    assert spanish.endswith(
        "El calendario no tiene días inhábiles asentados de 2037 y 2038: confirme con la autoridad."
    )
    assert english.endswith("The calendar holds no closures for 2037 and 2038: ask the authority.")


@pytest.mark.parametrize("fault", Fault)
def test_every_refusal_has_words(fault):
    spanish = refusal(CountError(fault))
    with translation.override("en"):
        english = refusal(CountError(fault))
    assert spanish != english
    assert "%" not in spanish + english


def test_leap_day_is_written():
    assert say(FEDERAL.add_working_days(dt.date(2024, 2, 28), 1).explanation).endswith("29 de febrero de 2024.")
