"""Which cuts of a picture are given (IIIF Image API 3.0, level 0): a grid of tiles and a few whole sizes, no others.

What is given is thereby bounded for every picture, whatever a stranger asks for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TILE = 512
MOST_SIDE = 2048  # of a whole picture
_NUMBER = r"(0|[1-9]\d{0,5})"
_BOX = re.compile(rf"{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}", re.ASCII)
_SIZE = re.compile(rf"{_NUMBER},(?:{_NUMBER})?", re.ASCII)
_GIVEN_AS = "default.jpg"
Box = tuple[int, int, int, int]


class NoSuchCutError(ValueError):
    """What is asked of a picture is not among what is given of it."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a picture that was made smaller: by which factor, and where in it; the whole has no place."""

    factor: int
    width: int
    height: int
    at: tuple[int, int] | None = None  # in the smaller picture

    @property
    def name(self) -> str:
        """Return what its file is called among those of its factor."""
        return "whole.jpg" if self.at is None else f"{self.at[0]}-{self.at[1]}.jpg"


def factors(width: int, height: int) -> list[int]:
    """Return by which factors a picture is made smaller: until it fits into one tile."""
    found = [1]
    while max(width, height) > TILE * found[-1]:
        found.append(found[-1] * 2)
    return found


def scaled(length: int, factor: int) -> int:
    """Return a length made smaller, whole pixels that cover it."""
    return -(-length // factor)


def wholes(width: int, height: int) -> list[Cut]:
    """Return the sizes a whole picture is given in, the largest first."""
    cuts = [Cut(one, scaled(width, one), scaled(height, one)) for one in factors(width, height)]
    return [cut for cut in cuts if max(cut.width, cut.height) <= MOST_SIDE]


def tiles(width: int, height: int, factor: int) -> list[Cut]:
    """Return the tiles of a picture made smaller by a factor."""
    wide, high = scaled(width, factor), scaled(height, factor)
    return [
        Cut(factor, min(TILE, wide - x), min(TILE, high - y), (x, y))
        for y in range(0, high, TILE)
        for x in range(0, wide, TILE)
    ]


def asked_cut(width: int, height: int, *, region: str, size: str, rotation: str, given_as: str) -> Cut:
    """Return the cut that an address asks for. Raises NoSuchCutError for any that is not given."""
    if rotation != "0" or given_as != _GIVEN_AS:
        raise NoSuchCutError(f"{rotation}/{given_as}")
    box = _box(region, width, height)
    if box == (0, 0, width, height):
        return _whole(width, height, size)
    return _tile(width, height, box, size)


def _box(region: str, width: int, height: int) -> Box:
    if region == "full":
        return (0, 0, width, height)
    found = _BOX.fullmatch(region)
    if found is None:
        raise NoSuchCutError(region)
    x, y, wide, high = (int(one) for one in found.groups())
    return x, y, wide, high


def _wanted(size: str) -> tuple[int, int | None]:
    found = _SIZE.fullmatch(size)
    if found is None:
        raise NoSuchCutError(size)
    return int(found[1]), int(found[2]) if found[2] else None


def _fits(cut: Cut, size: str) -> bool:
    wide, high = _wanted(size)
    return cut.width == wide and high in {None, cut.height}


def _whole(width: int, height: int, size: str) -> Cut:
    given = wholes(width, height)
    if size == "max":
        return given[0]
    for cut in given:
        if _fits(cut, size):
            return cut
    raise NoSuchCutError(size)


def _tile(width: int, height: int, box: Box, size: str) -> Cut:
    x, y, wide, high = box
    for factor in factors(width, height):
        step = TILE * factor
        is_here = x % step == y % step == 0 and x < width and y < height
        if is_here and (wide, high) == (min(step, width - x), min(step, height - y)):
            cut = Cut(factor, scaled(wide, factor), scaled(high, factor), (x // factor, y // factor))
            if (size == "max" and factor == 1) or (size != "max" and _fits(cut, size)):
                return cut
    raise NoSuchCutError(f"{box} {size}")


def described(identifier: str, *, width: int, height: int) -> dict[str, object]:
    """Return what an image service says of itself (info.json)."""
    given = wholes(width, height)
    limits = {} if given[0].factor == 1 else {"maxWidth": given[0].width, "maxHeight": given[0].height}
    return {
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": identifier,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level0",
        "width": width,
        "height": height,
        **limits,
        "sizes": [{"width": cut.width, "height": cut.height} for cut in reversed(given)],
        "tiles": [{"width": TILE, "height": TILE, "scaleFactors": factors(width, height)}],
    }


def within(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Return the size of a picture in a square of this side, never larger than it is."""
    width, height = size
    share = min(1.0, side / max(width, height))
    return max(1, round(width * share)), max(1, round(height * share))
