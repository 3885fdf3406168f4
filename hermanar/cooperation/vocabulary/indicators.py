"""The words of what a project measures."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """What an indicator measures: products, effects or impacts [003:2440]."""

    OUTPUT = "output", _("producto: lo que el proyecto entrega")
    OUTCOME = "outcome", _("efecto: lo que cambia con ello")
    IMPACT = "impact", _("impacto: lo que cambia a la larga")


class Measure(TextChoices):
    """How an indicator counts."""

    NUMBER = "number", _("un número")
    PERCENTAGE = "percentage", _("un porcentaje, de 0 a 100")
