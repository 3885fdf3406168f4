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


class Reason(TextChoices):
    """Why a reported place was taken for a place of the directory, or for none; the values come with it."""

    NEAR = "near", _("El nombre es el suyo y la posición que da la fuente queda a menos de 25 km.")
    OWN_IDENTIFIER = "own_identifier", _("La fuente da su identificador.")
    CLOSE = "close", _("El nombre es el suyo y la posición que da la fuente queda a %(km)s km, dentro de lo usual.")
    ONLY_ONE = "only_one", _("Es el único lugar de ese nombre en el país que dice la fuente.")
    ONLY_ONE_FAR = (
        "only_one_far",
        _("Es el único lugar de ese nombre en el país; la posición que da la fuente (a %(km)s km) es de otro."),
    )
    FAR_LARGER = "far_larger", _("De los lugares de ese nombre en el país, es el mayor con mucho.")
    MUNICIPALITY = "municipality", _("Es el único municipio mexicano que lleva ese nombre o cuya cabecera lo lleva.")
    STATE = "state", _("Es la entidad federativa de ese nombre.")
    SAME_NAME_NEAR = "same_name_near", _("Un lugar de ese nombre está a %(km)s km de la posición que da la fuente.")
    VARIANT_NEAR = (
        "variant_near",
        _("«%(name)s» se escribe casi igual y está a %(km)s km de la posición que da la fuente."),
    )
    SAME_PARTNER = (
        "same_partner",
        _("Otra fila de la misma fuente, con ese nombre o casi y la misma contraparte, dice qué lugar es."),
    )
    SAME_PART = "same_part", _("La fuente escribe esta parte de una ciudad también de otro modo, y así se reconoce.")
    COUNTRY_SLIP = (
        "country_slip",
        _("En el país que escribe la fuente no hay lugar de ese nombre; otra fila con la misma contraparte dice cuál."),
    )
    NAMED_EXACTLY = (
        "named_exactly",
        _("La página de la contraparte dice con su región cuál de los lugares de ese nombre es."),
    )
    CORRECTED = "corrected", _("Corregido: %(es)s")
    AREA_WORD = "area_word", _("La fuente nombra un territorio («%(word)s»), no la ciudad del mismo nombre.")
    REGION_NAME = "region_name", _("Es el nombre de una región o provincia, y ninguna ciudad de ese nombre está ahí.")
    PART_OF_CITY = "part_of_city", _("La fuente nombra una parte de %(within)s que el directorio no tiene.")
    SEVERAL = "several", _("Varios lugares del país llevan ese nombre y la fuente no dice cuál.")
    POSITION_CONTRADICTS = (
        "position_contradicts",
        _("El lugar de ese nombre está a %(km)s km de la posición que da la fuente: puede ser otro."),
    )
    NAME_CONTRADICTS = "name_contradicts", _("El identificador sugerido es de «%(name)s», un lugar de otro nombre.")
    COUNTRY_UNKNOWN = "country_unknown", _("No se reconoce el país que escribe la fuente.")
    NOBODY_NEAR = "nobody_near", _("Ningún lugar de ese nombre está cerca de la posición que da la fuente.")
    NO_POSITION = "no_position", _("La fuente no da posición y el nombre no basta.")
