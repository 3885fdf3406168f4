"""A stop of the audio guide: its number, what it stands before, its words, and a recording where there is one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.models import uuid7
from hermanar.museum.models.media import Recording


class AudioStop(models.Model):
    """What is heard before a room or a work; the words always stand, with or without a recording."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveSmallIntegerField(_("número"), unique=True)
    host = models.CharField(_("ciudad del museo"), max_length=120)
    room = models.CharField(_("sala"), max_length=120, blank=True)
    work = models.CharField(_("obra"), max_length=20, blank=True)  # its code, which never changes
    title = models.CharField(_("título"), max_length=120)
    title_en = models.CharField(_("título en inglés"), max_length=120, blank=True)
    text = models.TextField(_("lo que se oye, con palabras"))
    text_en = models.TextField(_("en inglés"), blank=True)
    recording = models.ForeignKey(
        Recording, verbose_name=_("grabación"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    recording_en = models.ForeignKey(
        Recording, verbose_name=_("grabación en inglés"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    published_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("parada de la audioguía")
        verbose_name_plural = _("paradas de la audioguía")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(name="stop_stands_before_one", condition=Q(room="") ^ Q(work="")),
            models.UniqueConstraint(name="one_stop_for_a_room", fields=["room"], condition=~Q(room="")),
            models.UniqueConstraint(name="one_stop_for_a_work", fields=["work"], condition=~Q(work="")),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
