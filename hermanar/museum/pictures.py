"""Cuts of photographs the public may see: made when first asked for, kept under `var/`, swept when hidden."""

from __future__ import annotations

import functools
import shutil
import struct
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hermanar.foundation.documents.images import MOST_PIXELS, alone
from hermanar.foundation.documents.places import Made, made
from hermanar.foundation.models import uuid7
from hermanar.museum.rules.iiif import MOST_SIDE, Cut, scaled, tiles, within

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 88


class UnreadablePictureError(LookupError):
    """The file of a photograph is gone, or is no picture that may be opened."""


def root() -> Path:
    """Return the folder of all cuts; each picture has one by the digest of its file."""
    return made(Made.CUTS)


@functools.lru_cache(maxsize=2_000)
def dimensions(digest: str, path: Path) -> tuple[int, int]:
    """Return width and height of a photograph, from its head alone. Raises UnreadablePictureError."""
    with _opened(path) as picture:
        return picture.size


def cut_file(digest: str, path: Path, cut: Cut, *, shown: Callable[[], set[str]]) -> Path:
    """Return the file of a cut; all of the same factor are made together, by one process at a time.

    `shown` gives the digests of what the public may see: cuts of anything else are swept away when new ones are made.
    Raises UnreadablePictureError, BusyError.
    """
    folder = root() / digest / str(cut.factor)
    if not folder.is_dir():
        with alone():
            if not folder.is_dir():
                _sweep(shown() | {digest}, root())
                _make(path, folder, factor=cut.factor)
    return folder / cut.name


def small_file(digest: str, path: Path, side: int, *, shown: Callable[[], set[str]]) -> Path:
    """Return a picture no larger than a square of this side, made once; what the public may not see is swept away.

    Raises UnreadablePictureError, BusyError.
    """
    small = made(Made.SMALL)
    file = small / digest / f"{side}.jpg"
    if file.is_file():
        return file
    with alone():
        _sweep(shown() | {digest}, small)
        file.parent.mkdir(exist_ok=True, mode=0o700)  # before the original is opened: who lets go takes it from here
        partial = file.with_name(f"{uuid7()}.part")
        with _opened(path) as picture:
            _smaller(picture, within(picture.size, side)).save(partial, "JPEG", quality=_QUALITY, progressive=True)
        partial.rename(file)
    return file


def _sweep(kept: set[str], where: Path) -> None:
    where.mkdir(parents=True, exist_ok=True, mode=0o700)
    for folder in where.iterdir():
        if folder.is_dir() and folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _make(path: Path, folder: Path, *, factor: int) -> None:
    """Write all cuts of a factor, whole or not at all."""
    folder.parent.mkdir(exist_ok=True, mode=0o700)  # before the original is opened: who lets go takes it from here
    fresh = root() / f"{uuid7()}"
    fresh.mkdir(mode=0o700)
    try:
        with _opened(path) as picture:
            width, height = picture.size
            smaller = _smaller(picture, (scaled(width, factor), scaled(height, factor)))
        if max(smaller.size) <= MOST_SIDE:
            smaller.save(fresh / "whole.jpg", "JPEG", quality=_QUALITY, progressive=True)
        for cut in tiles(width, height, factor):
            x, y = cut.at or (0, 0)
            smaller.crop((x, y, x + cut.width, y + cut.height)).save(fresh / cut.name, "JPEG", quality=_QUALITY)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _smaller(picture: Image, size: tuple[int, int]) -> Image:
    """Return the pixels in a size, on white where they let something through."""
    from PIL import Image  # noqa: PLC0415

    picture.draft("RGB", size)  # a JPEG is decoded no larger than needed
    if "A" in picture.getbands() or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        flat = Image.new("RGB", clear.size, "white")
        flat.paste(clear, mask=clear.getchannel("A"))
    else:
        flat = picture.convert("RGB")
    return flat if flat.size == size else flat.resize(size, Image.Resampling.LANCZOS)


@contextmanager
def _opened(path: Path) -> Iterator[Image]:
    """Open a photograph that is not too large to be decoded."""
    from PIL import Image  # noqa: PLC0415  only pictures pay for it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=_FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise UnreadablePictureError(f"{picture.size}")
                yield picture
    except Image.DecompressionBombError as error:
        raise UnreadablePictureError(str(error)) from error
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, struct.error) as error:
        raise UnreadablePictureError(str(error)) from error
