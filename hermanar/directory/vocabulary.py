"""The words of the directory."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlaceKind(TextChoices):
    """What a place is as a party."""

    MUNICIPALITY = "municipality", _("municipio")
    STATE = "state", _("entidad federativa")
    CITY = "city", _("ciudad")
    LOCALITY = "locality", _("localidad")
    REGION = "region", _("región o provincia")
    ORGANISATION = "organisation", _("organización")


class NameKind(TextChoices):
    """Why a place bears a name."""

    OFFICIAL = "official", _("oficial")
    HEAD_TOWN = "head_town", _("cabecera")
    TRANSLATION = "translation", _("traducción")
    ALTERNATIVE = "alternative", _("alternativo")
    FORMER = "former", _("anterior")


class Scheme(TextChoices):
    """Who gives the identifier."""

    INEGI = "inegi", "INEGI"
    GEONAMES = "geonames", "GeoNames"
    WIKIDATA = "wikidata", "Wikidata"
    HERMANAR = "hermanar", "Hermanar"


class Continent(TextChoices):
    """Continents as GeoNames codes them."""

    AFRICA = "AF", _("África")
    ANTARCTICA = "AN", _("Antártida")
    ASIA = "AS", _("Asia")
    EUROPE = "EU", _("Europa")
    NORTH_AMERICA = "NA", _("América del Norte y Central")
    OCEANIA = "OC", _("Oceanía")
    SOUTH_AMERICA = "SA", _("América del Sur")
