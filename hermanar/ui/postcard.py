"""A postcard between two places, drawn from what is known of them: the way, the sun, the years, the bearings.

Every text is escaped, every number is ours: nothing a stranger chooses but codes of closed lists.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from html import escape
from math import asin, cos, degrees, pi, radians, sin

from hermanar.ui.geometry import EARTH_RADIUS_KM, Point, bearing_and_distance, direction, kilometres
from hermanar.ui.globe import View, graticule, land_of, middle, shortest_way
from hermanar.ui.stamps import stamp

WIDTH, HEIGHT = 720, 480
_EDGE = 36
_LONG_NAME, _NAME = 15, 46
_MOST_YEARS = 140
_LAND = ("countries-110m.json", 3.4)  # many cards stand on one page: the coarse outlines, without the small islands
_GLOBE, _NEAREST, _SHORTEST_WAY = 262, 900, 96


@dataclass(frozen=True, slots=True)
class End:
    """One end of a postcard: a place by its name and position."""

    name: str
    at: Point  # latitude, longitude


@dataclass(frozen=True, slots=True)
class Card:
    """What a postcard shows: from where, to where, when it was sent, since which year the two know each other."""

    sender: End
    receiver: End
    sent_at: dt.datetime
    scene: str = "path"
    stamps: tuple[str, ...] = ()
    since: int | None = None
    words: tuple[str, str] = ("de", "para")
    label: str = ""
    said: str = ""  # the one figure of the scene, in the reader's language


def postcard(card: Card) -> str:
    """Draw a postcard; the wall it is painted on is the page's."""
    scene = _SCENES.get(card.scene, _path_scene)(card)
    chosen = enumerate(dict.fromkeys(card.stamps))
    stamps = "".join(stamp(code, x=WIDTH - _EDGE - 58 - number * 66, y=_EDGE) for number, code in chosen)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="card" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{escape(card.label)}">'
        f'<rect class="card__wall" width="{WIDTH}" height="{HEIGHT}"/>{scene}{stamps}{_names(card)}</svg>'
    )


def _names(card: Card) -> str:
    lines = []
    for number, (word, end) in enumerate(zip(card.words, (card.sender, card.receiver), strict=True)):
        size = _NAME if len(end.name) <= _LONG_NAME else max(20, round(_NAME * _LONG_NAME / len(end.name)))
        y = _EDGE + 30 + number * 52
        lines.append(
            f'<text class="card__word" x="{_EDGE}" y="{y}">{escape(word)}</text>'
            f'<text class="card__name" x="{_EDGE + 58}" y="{y}" font-size="{size}">{escape(end.name)}</text>'
        )
    said = f'<text class="card__said" x="{_EDGE}" y="{HEIGHT - 30}">{escape(card.said)}</text>' if card.said else ""
    return "".join(lines) + said


def _path_scene(card: Card) -> str:
    """Draw the shortest way over the globe."""
    arc = kilometres(card.sender.at, card.receiver.at) / EARTH_RADIUS_KM
    # Neighbours come closer, so that their way can be seen; the coast is too coarse for more.
    radius = min(_NEAREST, max(_GLOBE, _SHORTEST_WAY / max(arc, 0.01)))
    at = (WIDTH / 2 + 78, 352 - min(52.0, (radius - _GLOBE) / 4))
    view = View(middle(card.sender.at, card.receiver.at), radius, size=(WIDTH, HEIGHT), at=at)
    start, end = (view.place(direction(*place)) or at for place in (card.sender.at, card.receiver.at))
    return (
        f'<circle class="card__sea" cx="{at[0]:.0f}" cy="{at[1]:.0f}" r="{radius:.0f}"/>'
        f'<path class="card__grid" d="{graticule(view, 30)}"/><path class="card__land" d="{land_of(view, *_LAND)}"/>'
        f'<path class="card__way" d="{shortest_way(view, card.sender.at, card.receiver.at)}"/>'
        f"{_dot(start)}{_dot(end, is_open=True)}"
    )


def _dot(at: Point, *, is_open: bool = False) -> str:
    kind = "card__dot card__dot--open" if is_open else "card__dot"
    return f'<circle class="{kind}" cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="8"/>'


def sun_over(at: Point, moment: dt.datetime) -> tuple[float, int]:
    """Return how high the sun stands over a place, in degrees, and its solar time in minutes of the day.

    A drawing's accuracy: the declination by the day of the year, without the equation of time (up to 16 minutes).
    """
    utc = moment.astimezone(dt.UTC)
    minutes = utc.hour * 60 + utc.minute
    solar = (minutes + at[1] * 4) % 1440
    declination = radians(-23.44) * cos(2 * pi * (utc.timetuple().tm_yday + 10) / 365.25)
    turn, phi = radians(solar / 4 - 180), radians(at[0])
    height = asin(sin(phi) * sin(declination) + cos(phi) * cos(declination) * cos(turn))
    return degrees(height), round(solar) % 1440


def _sun_scene(card: Card) -> str:
    """Draw the sky over both places at the moment it was sent, side by side."""
    ends = enumerate((card.sender, card.receiver))
    return "".join(_sky(end, card.sent_at, left=number * WIDTH / 2) for number, end in ends)


def _sky(end: End, moment: dt.datetime, *, left: float) -> str:
    height, solar = sun_over(end.at, moment)
    horizon, width = 372, WIDTH / 2

    def at(minute: int) -> Point:
        then = moment + dt.timedelta(minutes=minute - solar)
        return left + width * minute / 1440, horizon - sun_over(end.at, then)[0] * 2.1

    up = [(x, y) for x, y in map(at, range(0, 1441, 40)) if y < horizon - 4]
    track = " ".join(f"{x:.0f},{y:.0f}" for x, y in up)
    x, y = at(solar)
    if height > 0:
        sky = f'<circle class="card__sun" cx="{x:.0f}" cy="{y:.0f}" r="28"/>'
    else:
        sky = _night(left, width, horizon)
    name = end.name if len(end.name) <= _LONG_NAME + 4 else f"{end.name[: _LONG_NAME + 3]}…"
    time = f"{solar // 60:02d}:{solar % 60:02d}"
    return (
        f'{sky}<polyline class="card__track" points="{track}"/>'
        f'<path class="card__horizon" d="M{left + 18:.0f} {horizon}h{width - 36:.0f}"/>'
        f'<text class="card__said" x="{left + 18:.0f}" y="{horizon + 32}">{escape(name)}</text>'
        f'<text class="card__time" x="{left + width - 18:.0f}" y="{horizon + 34}" text-anchor="end">{time}</text>'
    )


def _night(left: float, width: float, horizon: float) -> str:
    stars = "".join(
        f'<circle class="card__star" cx="{left + width * share:.0f}" cy="{160 + drop}" r="{size}"/>'
        for share, drop, size in ((0.14, 40, 2.5), (0.3, 92, 2), (0.46, 22, 3), (0.78, 122, 2), (0.9, 46, 2.5))
    )
    moon = f'<path class="card__moon" d="M{left + width * 0.64:.0f} 200a34 34 0 1 0 34 52 30 30 0 0 1-34-52z"/>'
    box = f'x="{left:.0f}" y="136" width="{width:.0f}" height="{horizon - 136:.0f}"'
    return f'<rect class="card__night" {box}/>{stars}{moon}'


def _years_scene(card: Card) -> str:
    """Draw a stroke for each year the two have known each other, one row for each decade."""
    if card.since is None:
        return _compass_scene(card)
    years = list(range(card.since, card.sent_at.year + 1))[-_MOST_YEARS:]
    first = years[0] - years[0] % 10
    rows = (years[-1] - first) // 10 + 1
    step = min(46.0, 268 / rows)
    found = []
    for year in years:
        row, place = divmod(year - first, 10)
        x, y = WIDTH - _EDGE - 10 * 30 + place * 30, 150 + row * step
        kind = "card__year card__year--first" if year == card.since else "card__year"
        found.append(f'<path class="{kind}" d="M{x:.0f} {y:.0f}v{step * 0.66:.0f}"/>')
    decades = "".join(
        f'<text class="card__decade" x="{WIDTH - _EDGE - 10 * 30 - 22}" y="{150 + row * step + step * 0.5:.0f}" '
        f'text-anchor="end">{first + row * 10}</text>'
        for row in range(rows)
    )
    return "".join(found) + decades


def _compass_scene(card: Card) -> str:
    """Draw in which direction each place has the other: two dials, one needle each."""
    there, _distance = bearing_and_distance(*card.sender.at, *card.receiver.at)
    back, _distance = bearing_and_distance(*card.receiver.at, *card.sender.at)
    return _dial((WIDTH * 0.3, 290), 118, there) + _dial((WIDTH * 0.72, 290), 118, back, is_open=True)


def _dial(at: Point, radius: float, bearing: float, *, is_open: bool = False) -> str:
    angle = radians(bearing)
    tip = (at[0] + sin(angle) * radius * 0.9, at[1] - cos(angle) * radius * 0.9)
    side = (cos(angle) * 9, sin(angle) * 9)
    ticks = "".join(
        f"M{at[0] + sin(radians(mark)) * radius:.1f} {at[1] - cos(radians(mark)) * radius:.1f}"
        f"L{at[0] + sin(radians(mark)) * radius * (0.9 if mark % 45 else 0.84):.1f} "
        f"{at[1] - cos(radians(mark)) * radius * (0.9 if mark % 45 else 0.84):.1f}"
        for mark in range(0, 360, 15)
    )
    left, right = (at[0] - side[0], at[1] - side[1]), (at[0] + side[0], at[1] + side[1])
    needle = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (left, tip, right)) + "Z"
    return (
        f'<circle class="card__dial" cx="{at[0]:.0f}" cy="{at[1]:.0f}" r="{radius:.0f}"/>'
        f'<path class="card__ticks" d="{ticks}"/>'
        f'<path class="card__needle" d="{needle}"/>{_dot(at, is_open=is_open)}'
    )


_SCENES = {"path": _path_scene, "sun": _sun_scene, "years": _years_scene, "rosettes": _compass_scene}
