"""A picture's file is written anew when it is kept, by whichever way it comes: only its pixels stay."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from hermanar.foundation.documents.images import write_anew

_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}


class BareFile(ContentFile):
    """A picture that was written anew already."""


def bare(content: Any, name: str) -> BareFile:
    """Return a picture without what a camera writes beside it. Raises RefusedDocumentError."""
    written = BytesIO()
    media_type = write_anew(content, written)
    return BareFile(written.getvalue(), name=f"{PurePath(name).stem[:80]}{_ENDINGS[media_type]}")


class BareImageFieldFile(WagtailImageFieldFile):
    """The file of a picture."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Keep the pixels alone."""
        kept = content if isinstance(content, BareFile) else bare(content, name)
        super().save(kept.name or name, kept, save)


class BareImageField(WagtailImageField):
    """A column for pictures that keeps nothing but pixels."""

    attr_class = BareImageFieldFile
