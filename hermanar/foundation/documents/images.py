"""Pictures: decoded, and written anew from their pixels alone; where and with what they were taken does not stay."""

from __future__ import annotations

import fcntl
import os
import struct
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from hermanar.foundation.documents.places import Made, made
from hermanar.foundation.documents.refusals import RefusedDocumentError, refused

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000
_MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 90, "method": 4},
}
_MOST_SECONDS, _ASKS_AGAIN = 20, 0.02  # as long as a writer waits for another
_turn = threading.Lock()
_MODES = {"JPEG": {"RGB", "L"}, "PNG": {"RGB", "RGBA", "L", "LA", "1"}, "WEBP": {"RGB", "RGBA"}}


class BusyError(Exception):
    """Others decode pictures for so long that waiting for one's turn has an end."""


@contextmanager
def alone() -> Iterator[None]:
    """Let one thread of one process decode at a time: a picture takes hundreds of megabytes. Raises BusyError.

    Never within a transaction: who waits for a turn would keep waiting whoever writes.
    """
    until = time.monotonic() + _MOST_SECONDS
    if not _turn.acquire(timeout=_MOST_SECONDS):
        raise BusyError
    try:
        with _of_all_processes(until):
            yield
    finally:
        _turn.release()


@contextmanager
def _of_all_processes(until: float) -> Iterator[None]:
    folder = made(Made.CUTS)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        while not _is_locked(descriptor):
            if time.monotonic() > until:
                raise BusyError
            time.sleep(_ASKS_AGAIN)
        yield
    finally:
        os.close(descriptor)


def _is_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def write_anew(stream: IO[bytes], into: IO[bytes]) -> str:
    """Write a picture's pixels to another file and return its media type, when it is its turn.

    Raises RefusedDocumentError, BusyError.
    """
    with alone():
        return _write_anew(stream, into)


def _write_anew(stream: IO[bytes], into: IO[bytes]) -> str:
    from PIL import Image, ImageOps  # noqa: PLC0415  only uploads pay for it

    stream.seek(0)
    try:
        with _without_warnings(), Image.open(stream, formats=tuple(_MEDIA_TYPES)) as picture:
            kind = picture.format or ""
            _check_size(*picture.size)
            if getattr(picture, "n_frames", 1) > 1:
                raise refused(
                    "animated",
                    wrong=_("es una imagen con movimiento"),
                    right=_("Guarde un solo cuadro como PNG o JPEG"),
                )
            ImageOps.exif_transpose(picture, in_place=True)
            _bare(picture, kind).save(into, format=kind, **_OPTIONS[kind])
    except RefusedDocumentError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, struct.error) as error:
        raise refused(
            "damaged",
            wrong=_("no se puede leer como imagen: está dañada o incompleta"),
            right=_("Ábrala, guárdela de nuevo como PNG o JPEG y vuelva a subirla"),
        ) from error
    return _MEDIA_TYPES[kind]


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Pillow warns of sizes, which are judged here, and of faulty notes beside the picture, which do not stay."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise _too_large()


def _too_large() -> RefusedDocumentError:
    return refused(
        "pixels",
        wrong=_("la imagen pasa de %(limit)d millones de puntos"),
        right=_("Redúzcala y vuelva a subirla"),
        values={"limit": MOST_PIXELS // 1_000_000},
    )


def _bare(picture: Image, kind: str) -> Image:
    """Return a picture that has these pixels and nothing else: no EXIF, GPS, XMP, comments or colour profile."""
    from PIL import Image  # noqa: PLC0415

    if picture.mode not in _MODES[kind]:
        has_alpha = "A" in picture.getbands() or "transparency" in picture.info
        picture = picture.convert("RGBA" if has_alpha and kind != "JPEG" else "RGB")
    picture.load()
    return Image.Image()._new(picture.im)  # noqa: SLF001  a copy would take a hundred and sixty megabytes more
