"""The board: problems that cities pose, and the good practices that editors gather from what others answer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.models import uuid7


class Asker(models.TextChoices):
    """Who poses a problem."""

    SOURCE = "source", _("lo dice una fuente; la oficina de la ciudad todavía no habla")
    OFFICE = "office", _("lo plantea la oficina de la ciudad")


class Problem(models.Model):
    """What a city wants to solve, and asks its sisters about."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("dirección"), max_length=100, unique=True)
    city = models.CharField(_("ciudad"), max_length=100)  # slug of the catalogue
    asker = models.CharField(_("quién pregunta"), max_length=10, choices=Asker.choices, default=Asker.OFFICE)
    title = models.CharField(_("pregunta"), max_length=160)
    title_en = models.CharField(_("pregunta en inglés"), max_length=160, blank=True)
    text = models.TextField(_("qué ocurre"), max_length=2_000)
    text_en = models.TextField(_("qué ocurre, en inglés"), max_length=2_000, blank=True)
    source = models.CharField(_("fuente"), max_length=300, blank=True)
    passage = models.CharField(_("en qué parte"), max_length=200, blank=True)
    as_of = models.CharField(_("fecha de la fuente"), max_length=10, blank=True)  # partial ISO date
    position = models.PositiveSmallIntegerField(_("lugar en el tablero"), default=100)
    published_at = models.DateTimeField(null=True, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)  # by a person: what is shipped no longer changes it
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("pregunta del tablero")
        verbose_name_plural = _("preguntas del tablero")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(asker=Asker.SOURCE) | ~models.Q(source=""), name="problem_of_a_source_names_it"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Practice(models.Model):
    """What editors learnt from answers to a problem, with the answers it is gathered from."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="practices", verbose_name=_("pregunta"))
    title = models.CharField(_("título"), max_length=160)
    title_en = models.CharField(_("título en inglés"), max_length=160, blank=True)
    text = models.TextField(_("qué se aprende"), max_length=3_000)
    text_en = models.TextField(_("qué se aprende, en inglés"), max_length=3_000, blank=True)
    answers = models.JSONField(default=list)  # identifiers of the contributions it is gathered from
    published_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("buena práctica")
        verbose_name_plural = _("buenas prácticas")
        ordering = ["-published_at", "title"]

    def __str__(self) -> str:
        return self.title
