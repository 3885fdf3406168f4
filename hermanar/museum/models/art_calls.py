"""Open calls for a work to give to a sister city: rules, jury, votes. The entries are contributions of the intake."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.models import uuid7


class ArtCall(models.Model):
    """A city asks for a work to give to a sister city."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("dirección"), max_length=100, unique=True)
    city = models.CharField(_("ciudad que convoca"), max_length=100)  # slugs of the catalogue
    receiver = models.CharField(_("ciudad a la que se regala"), max_length=100)
    title = models.CharField(_("título"), max_length=160)
    title_en = models.CharField(_("título en inglés"), max_length=160, blank=True)
    rules = models.TextField(_("bases"), max_length=6_000)
    rules_en = models.TextField(_("bases en inglés"), max_length=6_000, blank=True)
    jury = models.TextField(_("jurado: un cargo por línea, nunca un nombre"), max_length=1_000)
    opens_on = models.DateField(_("se reciben obras desde"))
    closes_on = models.DateField(_("se reciben obras hasta"))
    vote_opens_on = models.DateField(_("se vota desde"))
    vote_closes_on = models.DateField(_("se vota hasta"))
    winner = models.UUIDField(_("obra elegida"), null=True, blank=True)  # a contribution
    result = models.TextField(_("fallo"), max_length=2_000, blank=True)
    result_en = models.TextField(_("fallo en inglés"), max_length=2_000, blank=True)
    result_on = models.DateField(_("fecha del fallo"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("convocatoria de una obra")
        verbose_name_plural = _("convocatorias de obras")
        ordering = ["-opens_on", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on"))
                & Q(vote_opens_on__gt=F("closes_on"))
                & Q(vote_closes_on__gte=F("vote_opens_on")),
                name="art_call_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(winner__isnull=True) | Q(result_on__isnull=False), name="art_call_winner_dated"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class JuryVote(models.Model):
    """The work that one post of the jury chose."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(ArtCall, on_delete=models.PROTECT, related_name="jury_votes")
    post = models.CharField(max_length=160)
    entry = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "post"], name="jury_post_votes_once")]

    def __str__(self) -> str:
        return self.post


class PublicVote(models.Model):
    """What one browser voted; nothing is known of it but a digest made when it voted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(ArtCall, on_delete=models.PROTECT, related_name="public_votes")
    browser = models.CharField(max_length=64)
    entry = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "browser"], name="browser_votes_once")]
        indexes = [models.Index(fields=["call", "entry"], name="public_votes_of_entry")]

    def __str__(self) -> str:
        return str(self.entry)
