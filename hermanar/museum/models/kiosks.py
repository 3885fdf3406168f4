"""A kiosk: the screen of a hall, which rooms stand in it, and how long it waits before it begins anew."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.models import uuid7
from hermanar.museum.rules.kiosks import IDLE_SECONDS


class Kiosk(models.Model):
    """The rooms are kept by their addresses: one that closes leaves the kiosk by itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    host = models.CharField(_("ciudad del museo"), max_length=120)
    slug = models.SlugField(_("dirección"), max_length=60, unique=True)
    title = models.CharField(_("nombre de la sala"), max_length=80)
    title_en = models.CharField(_("nombre en inglés"), max_length=80, blank=True)
    rooms = models.JSONField(_("salas"), default=list)
    idle_seconds = models.PositiveSmallIntegerField(_("segundos sin que nadie toque"), default=IDLE_SECONDS)
    published_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("quiosco")
        verbose_name_plural = _("quioscos")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title
