"""Pieces to see and hear. A picture says here what is seen in it; its rights are asked for when it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class RecordingChoice(SnippetChooserBlock):
    """A recording, whose key is no number: the page's form takes it as text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("museum.Recording", **kwargs)

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """Return the recordings of stored keys, which are text there."""
        keys = [str(value) if value else None for value in values]
        found = {str(key): one for key, one in self.model_class.objects.in_bulk([key for key in keys if key]).items()}
        return [found.get(key) if key else None for key in keys]

    def get_prep_value(self, value: Any) -> str | None:
        """Return what is stored: text, also before it is written."""
        kept = super().get_prep_value(value)
        return str(kept) if kept else None

    def get_form_state(self, value: Any) -> Any:
        """Return what the form shows of the recording chosen."""
        state = super().get_form_state(value)
        return state | {"id": str(state["id"])} if state else state


class PictureBlock(blocks.StructBlock):
    """A picture."""

    picture = ImageChooserBlock(label=_("imagen"))
    alt = blocks.CharBlock(
        label=_("qué se ve en ella"),
        max_length=300,
        help_text=_("Para quien no la ve: lo que muestra, en una frase."),
    )
    caption = blocks.CharBlock(label=_("pie"), max_length=300, required=False)

    class Meta:
        icon = "image"
        label = _("imagen")


class GalleryBlock(blocks.StructBlock):
    """Several pictures, one after the other."""

    title = blocks.CharBlock(label=_("título"), max_length=120)
    pictures = blocks.ListBlock(PictureBlock(), label=_("imágenes"), min_num=2, max_num=24)

    class Meta:
        icon = "image"
        label = _("galería")


class SoundBlock(blocks.StructBlock):
    """Something to hear, with its words below."""

    recording = RecordingChoice(label=_("sonido"))
    caption = blocks.CharBlock(label=_("pie"), max_length=300, required=False)

    class Meta:
        icon = "media"
        label = _("sonido")


class FilmBlock(blocks.StructBlock):
    """A film, with its words below."""

    recording = RecordingChoice(label=_("video"))
    caption = blocks.CharBlock(label=_("pie"), max_length=300, required=False)

    class Meta:
        icon = "media"
        label = _("video")
