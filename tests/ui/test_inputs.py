"""A day and an hour that a browser draws are written in the one way it reads, in every language of the pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from hermanar.ui.inputs import DayInput, HourInput


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    ("field", "value", "written"),
    [
        (DayInput(), dt.date(2027, 10, 9), 'type="date" name="it" value="2027-10-09"'),
        (HourInput(), dt.time(18, 5), 'type="time" name="it" value="18:05"'),
    ],
)
def test_it_is_written_as_a_browser_reads_it(field, value, written, language):
    with translation.override(language):
        assert written in field.render("it", value)
