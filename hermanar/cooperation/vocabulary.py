"""The words of cooperation."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivityKind(TextChoices):
    """What was done; acts of law are kept with the agreement and are not activities."""

    DONATION = "donation", _("donación")
    VISIT = "visit", _("visita")
    ACADEMIC_COOPERATION = "academic_cooperation", _("cooperación académica")
    STUDENT_EXCHANGE = "student_exchange", _("intercambio estudiantil")
    ANNIVERSARY = "anniversary", _("aniversario")
    CULTURE = "culture", _("actividad cultural")
    TRAINING = "training", _("capacitación")
    PROJECT = "project", _("proyecto")
    OTHER = "other", _("otra actividad")


class Direction(TextChoices):
    """Who gives and who receives, seen from the declaring side."""

    GIVEN = "given", _("dada")
    RECEIVED = "received", _("recibida")
    OUTBOUND = "outbound", _("saliente")
    INBOUND = "inbound", _("entrante")
    MUTUAL = "mutual", _("de ambas partes")
    UNKNOWN = "unknown", _("sin dirección conocida")


class Precision(TextChoices):
    """How much of a date is known; `reported` is the day of the report, not of the deed."""

    DAY = "day", _("día")
    MONTH = "month", _("mes")
    YEAR = "year", _("año")
    REPORTED = "reported", _("fecha de la noticia")
    UNKNOWN = "unknown", _("sin fecha")
