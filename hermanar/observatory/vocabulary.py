"""The words of the observatory."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Vitality(TextChoices):
    """Whether dated activities show a tie alive on a given day."""

    ACTIVE = "active", _("activo")
    DORMANT = "dormant", _("dormido")
    SILENT = "silent", _("en silencio")
    UNKNOWN = "unknown", _("sin evidencia fechada")


class Resolution(TextChoices):
    """How a place that a source names was found in the directory, or why it was not."""

    IDENTIFIER = "identifier", _("identificador de la fuente, comprobado")
    NAME_AND_POSITION = "name_and_position", _("mismo nombre y posición")
    NAME_ONLY = "name_only", _("único lugar de ese nombre")
    HEAD_TOWN = "head_town", _("cabecera o nombre conocido de un municipio")
    CORRECTED = "corrected", _("corregido a mano, con razón")
    AGREEMENT = "agreement", _("contraparte documentada de un acuerdo")
    ADDED = "added", _("agregado al directorio desde la fuente")
    HOMONYMS = "homonyms", _("sin resolver: varios lugares llevan ese nombre")
    NOT_A_CITY = "not_a_city", _("sin resolver: es una región, provincia o distrito")
    NOT_FOUND = "not_found", _("sin resolver: no se halló en el directorio")


class Finding(TextChoices):
    """Where a tie stands between what the city's agreements list and what a capture reports."""

    BOTH = "both", _("en ambos")
    ONLY_AGREEMENT = "only_agreement", _("solo en los acuerdos documentados")
    ONLY_REPORTED = "only_reported", _("solo en la fuente")
    OUT_OF_COVERAGE = "out_of_coverage", _("fuera de lo que la fuente abarca")
