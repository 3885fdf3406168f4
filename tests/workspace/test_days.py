"""Days that people enter: of years that every count of days can bear, in every form of the office."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil

import pytest
from django import forms

import hermanar.workspace.forms
from hermanar.foundation.calendar import FIRST_DAY, LAST_DAY, months_later
from hermanar.workspace.forms.words import DayField, partial_day

MODULES = [
    importlib.import_module(f"{hermanar.workspace.forms.__name__}.{one.name}")
    for one in pkgutil.iter_modules(hermanar.workspace.forms.__path__)
]
FIELDS = {
    f"{form.__name__}.{name}": field
    for module in MODULES
    for _name, form in inspect.getmembers(module, inspect.isclass)
    if issubclass(form, forms.BaseForm)
    for name, field in getattr(form, "base_fields", {}).items()
    if isinstance(field, forms.DateField)
}


@pytest.mark.parametrize("text", ["0001-01-05", "0202-03-01", "0999-12-31", "3000-01-01", "9999-12-31"])
def test_a_slip_in_the_year_is_refused(text):
    with pytest.raises(forms.ValidationError, match="Revise el año: se entiende de 1000 a 2999"):
        DayField().clean(text)


@pytest.mark.parametrize("day", [FIRST_DAY, dt.date(1519, 4, 22), LAST_DAY])
def test_a_day_of_history_or_plans_is_taken(day):
    assert DayField().clean(day.isoformat()) == day
    assert months_later(day, 12 * 99)
    assert day - dt.timedelta(days=365)


def test_no_day_is_none():
    assert DayField(required=False).clean("") is None


def test_every_day_of_a_form_is_such_a_day():
    assert len(FIELDS) > 30
    assert [name for name, field in FIELDS.items() if not isinstance(field, DayField)] == []


@pytest.mark.parametrize("text", ["0001", "0202-03", "0999-12-31"])
def test_a_date_known_in_part_has_a_year_of_four_digits(text):
    with pytest.raises(ValueError, match=text):
        partial_day(text)
