"""What the museum says of a gift: its address, its story, its rights. The gift itself stays in its office."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.models import uuid7
from hermanar.museum.rules.exhibits import STATEMENTS, UNEVALUATED


class Exhibit(models.Model):
    """Words of the museum beside a record, which is read from the catalogue whenever it is shown."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    gift = models.UUIDField(_("identificador del regalo"), unique=True)  # or of a documented donation
    slug = models.SlugField(_("dirección"), max_length=80, unique=True)
    story = models.TextField(_("historia"), blank=True)
    story_en = models.TextField(_("historia en inglés"), blank=True)
    rights = models.CharField(
        _("derechos"), max_length=12, choices=[(code, said) for code, (_uri, said) in STATEMENTS.items()],
        default=UNEVALUATED,
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1)
    first_published_at = models.DateTimeField(null=True, editable=False)  # from then on its address stays
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("obra de la colección")
        verbose_name_plural = _("obras de la colección")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug
