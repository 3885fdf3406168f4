"""A distance in human terms: on foot, by voice, by the sun."""

from __future__ import annotations

from math import ceil

from hermanar.ui.svg import number, picture

KM_ON_FOOT_A_DAY = 30
SOUND_KM_PER_HOUR = 343 * 3.6  # in dry air at 20 °C: 343 m/s
_MINUTES_PER_DEGREE = 4  # the earth turns once in 1,440 minutes
_HALF_TURN = 180
_IN_A_ROW, _STEP, _EDGE = 30, 20, 12


def days_on_foot(km: float) -> int:
    """Return the days a walker needs who covers thirty kilometres in each, with nothing in the way."""
    return ceil(km / KM_ON_FOOT_A_DAY)


def hours_of_sound(km: float) -> float:
    """Return how long a bell rung in one city would take to be heard in the other, if it could be."""
    return km / SOUND_KM_PER_HOUR


def minutes_of_sun(lng: float, other: float) -> int:
    """Return by how many minutes the sun stands over the other meridian later; below nought, earlier."""
    west = (lng - other + _HALF_TURN) % (2 * _HALF_TURN) - _HALF_TURN
    return round(west * _MINUTES_PER_DEGREE)


def walk(days: int, *, uid: str, label: str, description: str = "") -> str:
    """Draw a walk as one mark for each day, thirty in a row: a row is a month; the last day is the arrival."""
    rows = max(1, ceil(days / _IN_A_ROW))
    marks = []
    for day in range(days):
        x, y = _EDGE + day % _IN_A_ROW * _STEP, _EDGE + day // _IN_A_ROW * _STEP
        kind = "walk__end" if day == days - 1 else "walk__day"
        marks.append(f'<circle class="{kind}" cx="{number(x)}" cy="{number(y)}" r="{6 if day == days - 1 else 3}"/>')
    box = (2 * _EDGE + (_IN_A_ROW - 1) * _STEP, 2 * _EDGE + (rows - 1) * _STEP)
    return picture("".join(marks), kind="walk", box=box, uid=uid, label=label, description=description)
