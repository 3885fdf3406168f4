"""What the desk asks of a picture, and how a recording is recognised."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL.Image import DecompressionBombError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from hermanar.foundation.documents import RefusedDocumentError
from hermanar.museum.models.bare import bare


class PictureField(WagtailImageField):
    """The file of a picture; one so large that nobody opens it is refused in words, which Wagtail's own does not."""

    def check_image_pixel_size(self, given: Any) -> None:
        """Refuse a picture with too many points, by what its head says."""
        try:
            super().check_image_pixel_size(given)
        except DecompressionBombError as error:
            raise ValidationError(_("La imagen tiene demasiados puntos: hasta 40 millones.")) from error


class PictureForm(BaseImageForm):
    """A picture with its rights; the file is written anew before anything else looks at it."""

    file = PictureField(label=_("archivo"), widget=BaseImageForm.Meta.widgets["file"])
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
