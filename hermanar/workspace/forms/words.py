"""Words that several forms of the office offer: languages, areas, days."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hermanar.foundation.calendar import FIRST_DAY, LAST_DAY, PartialDate, parse_partial
from hermanar.ui.inputs import DayInput

# Those of agreements seen in the sources first, then the other large ones; a code outside the list is kept as it is.
LANGUAGE_CODES = (
    *("es", "en", "fr", "pt", "de", "it", "zh", "ja", "ko", "ru"),
    *("ar", "he", "tr", "pl", "sv", "ca", "el", "hi", "nl", "cs"),
)


def language_name(code: str) -> str:
    """Return the name of a language in the reader's."""
    reader = Locale("en" if (get_language() or "es").startswith("en") else "es")
    return str(reader.languages.get(code, code))


def language_choices(*more: str, most: int = len(LANGUAGE_CODES)) -> list[tuple[str, str]]:
    """Return the languages to choose from, with those a record already has."""
    offered = LANGUAGE_CODES[:most]
    codes = [*offered, *(code for code in more if code not in offered)]
    return [(code, language_name(code)) for code in codes]


class DayField(forms.DateField):
    """A day, of years that every count of days can bear."""

    widget = DayInput

    def clean(self, value: Any) -> Any:
        """Return the day. Raises ValidationError for a year that is a slip of the hand, or stands for "without end"."""
        day = super().clean(value)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(
                _("Revise el año: se entiende de %(first)s a %(last)s."),
                code="year",
                params={"first": FIRST_DAY.year, "last": LAST_DAY.year},
            )
        return day


def partial_day(text: str) -> PartialDate:
    """Read a day, a month or a year that a person wrote. Raises ValueError, also for a year too early (`DayField`)."""
    found = parse_partial(text)
    if found.on and found.on < FIRST_DAY:
        raise ValueError(text)
    return found


class SheetField(forms.FileField):
    """A file to add; browsers are told what we take, `store_upload` looks into it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.jpg,.jpeg,.png"}))
        super().__init__(**kwargs)
