"""Pictures: decoded, and written anew from their pixels alone; where and with what they were taken does not stay."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

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
_MODES = {"JPEG": {"RGB", "L"}, "PNG": {"RGB", "RGBA", "L", "LA", "1"}, "WEBP": {"RGB", "RGBA"}}


def write_anew(stream: IO[bytes], into: IO[bytes]) -> str:
    """Write a picture's pixels to another file and return its media type. Raises RefusedDocumentError."""
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
            upright = ImageOps.exif_transpose(picture)
            bare = _bare(upright, kind)
            bare.save(into, format=kind, **_OPTIONS[kind])
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
    """Return a copy that has pixels and nothing else: no EXIF, GPS, XMP, comments or colour profile."""
    from PIL import Image  # noqa: PLC0415

    if picture.mode not in _MODES[kind]:
        has_alpha = "A" in picture.getbands() or "transparency" in picture.info
        picture = picture.convert("RGBA" if has_alpha and kind != "JPEG" else "RGB")
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare
