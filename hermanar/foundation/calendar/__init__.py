"""Days: as sources give them, as people count them, and which of them an authority works on.

What is named here asks no database; calendars are read and kept in `keeping`, told in words in `sayings`.
"""

from hermanar.foundation.calendar.dates import (
    FIRST_DAY,
    LAST_DAY,
    UNKNOWN_DATE,
    PartialDate,
    Precision,
    day_in,
    months_later,
    parse_partial,
    today_in,
)
from hermanar.foundation.calendar.public import public_day, public_day_of
from hermanar.foundation.calendar.working_days import Counted, CountedDays, CountError, Explanation, WorkingDays

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "UNKNOWN_DATE",
    "CountError",
    "Counted",
    "CountedDays",
    "Explanation",
    "PartialDate",
    "Precision",
    "WorkingDays",
    "day_in",
    "months_later",
    "parse_partial",
    "public_day",
    "public_day_of",
    "today_in",
]
