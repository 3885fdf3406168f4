"""What the desk asks of a picture, and how a recording is recognised."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from hermanar.foundation.documents import RefusedDocumentError
from hermanar.museum.models.bare import bare


class PictureForm(BaseImageForm):
    """A picture with its rights; the file is written anew before anything else looks at it."""

    description = forms.CharField(
        label=_("qué se ve en ella"),
        max_length=255,
        help_text=_("Para quien no la ve: lo que muestra, en una frase."),
    )

    origin = forms.URLField(label=_("de dónde viene"), max_length=500, required=False, assume_scheme="https")

    def clean_file(self) -> Any:
        """Refuse what is no picture, and keep of one only its pixels."""
        given = self.cleaned_data["file"]
        if not isinstance(given, UploadedFile):
            return given
        try:
            return bare(given, given.name or "imagen")
        except RefusedDocumentError as refused:
            raise ValidationError(str(refused)) from refused
