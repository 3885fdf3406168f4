"""Pictures, sounds and films of the museum: each says what is seen or heard, who made it and under which rights."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.images import ImageFile
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, get_upload_to

from hermanar.foundation.models import uuid7
from hermanar.museum.models.bare import BareImageField


class Licence(models.TextChoices):
    """Why the museum may show a work."""

    OWN = "own", _("es de la ciudad")
    PERMISSION = "permission", _("con permiso de quien la hizo")
    PUBLIC_DOMAIN = "public_domain", _("dominio público")
    CC0 = "cc0", "CC0 1.0"
    CC_BY = "cc_by", "CC BY 4.0"
    CC_BY_SA = "cc_by_sa", "CC BY-SA 4.0"


def unguessable(folder: str, filename: str) -> str:
    """Return where a file is kept: a name that tells nothing, so that only a page that shows it leads to it."""
    return f"{folder}/{uuid7().hex}{PurePath(filename).suffix.lower()}"


def check_recording(file: Any) -> None:
    """Refuse what is no sound or film that browsers play, whatever it is called."""
    if file.size > settings.UPLOAD_MOST_BYTES:
        raise ValidationError(_("Pasa de %(limit)d MB.") % {"limit": settings.UPLOAD_MOST_BYTES // 1_000_000})
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    ending = PurePath(file.name).suffix.lower()
    if not any(ending in endings and head[at : at + len(sign)] == sign for endings, at, sign in _SIGNS):
        raise ValidationError(
            _("No es un sonido ni un video que se pueda mostrar: use MP3, OGG, M4A, WAV, MP4 o WebM.")
        )


_SIGNS = (
    ((".mp3",), 0, b"ID3"), ((".mp3",), 0, b"\xff\xfb"), ((".mp3",), 0, b"\xff\xf3"), ((".mp3",), 0, b"\xff\xf2"),
    ((".ogg",), 0, b"OggS"), ((".wav",), 8, b"WAVE"), ((".mp4", ".m4a"), 4, b"ftyp"),
    ((".webm",), 0, b"\x1a\x45\xdf\xa3"),
)  # fmt: skip


class Picture(AbstractImage):
    """A photograph or drawing, with its rights; what is seen in it stands in `description`."""

    file = BareImageField(
        _("archivo"), upload_to=get_upload_to, width_field="width", height_field="height"
    )  # fmt: skip
    author = models.CharField(_("quién la hizo"), max_length=160)
    licence = models.CharField(_("derechos"), max_length=20, choices=Licence.choices)
    origin = models.URLField(_("de dónde viene"), max_length=500, blank=True)

    admin_form_fields = ("title", "file", "description", "author", "licence", "origin", "collection")

    class Meta(AbstractImage.Meta):
        verbose_name = _("imagen")
        verbose_name_plural = _("imágenes")

    def generate_rendition_file(self, filter: Filter, *, source: Any = None) -> File:  # noqa: A002 (Wagtail's own)
        """Return a size of it; Wagtail would leave the file it wrote open."""
        made = super().generate_rendition_file(filter, source=source)
        with made:
            made.seek(0)
            return ImageFile(BytesIO(made.read()), name=made.name)

    def get_upload_to(self, filename: str) -> str:
        """Keep the original where no visitor reaches it."""
        return unguessable("originales", filename)


class PictureRendition(AbstractRendition):
    """A picture in one of the sizes that pages ask for."""

    image = models.ForeignKey(Picture, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    def get_upload_to(self, filename: str) -> str:
        """Keep it where visitors read."""
        return f"imagenes/{PurePath(filename).name}"


class RecordingKind(models.TextChoices):
    """What a recording is."""

    SOUND = "sound", _("sonido")
    FILM = "film", _("video")


def _recording_place(_recording: Any, filename: str) -> str:
    return unguessable("grabaciones", filename)


class Recording(models.Model):
    """A sound or a film of the museum; never without the words that are heard in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("qué es"), max_length=8, choices=RecordingKind.choices)
    title = models.CharField(_("título"), max_length=200)
    file = models.FileField(_("archivo"), upload_to=_recording_place, validators=[check_recording])
    language = models.CharField(_("idioma en que se habla"), max_length=12, blank=True)
    transcript = models.TextField(_("transcripción: lo que se oye, con palabras"))
    author = models.CharField(_("quién la hizo"), max_length=160)
    licence = models.CharField(_("derechos"), max_length=20, choices=Licence.choices)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("grabación")
        verbose_name_plural = _("grabaciones")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.title


@receiver(post_delete, sender=Recording)
def forget_its_file(instance: Recording, **_more: Any) -> None:
    """Take the file away too, once the recording is gone for good: its address would still give it."""
    name, storage = str(instance.file.name), instance.file.storage
    transaction.on_commit(lambda: storage.delete(name))
