"""Where files lie, and where what is made of them lies: each under the digest of a file's content."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from django.conf import settings


class Made(StrEnum):
    """What is made of a picture to be shown, by the name of its folder; it goes when the picture goes."""

    CUTS = "iiif"
    SMALL = "obras"


def root() -> Path:
    """Return the folder of all files; it is never served as it is."""
    return Path(settings.VAR) / "files"


def path_of(digest: str) -> Path:
    """Return where the content of a digest is, whether it is there or not."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):  # noqa: PLR2004  SHA-256 in hexadecimal
        raise ValueError(digest)
    return root() / digest[:2] / digest[2:4] / digest


def made(what: Made) -> Path:
    """Return the folder of all that was made of pictures in one way; each picture has one in it by its digest."""
    return Path(settings.VAR) / what.value
