"""The fields that a browser draws itself: it reads a day or an hour in one writing, whatever a page's language."""

from __future__ import annotations

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar; written as ISO 8601, for a browser shows any other writing as nothing."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    """An hour of the day, with the browser's own clock; written as ISO 8601 to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")
