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


# ── Words of the search by name: folded, without accents ────────────────────────────────────────────────────────────

# Words a person leaves out or puts in without meaning another place.
_LEFT_OUT = "de del la las los el lo y e en da do das dos di du des d l le les of the and in"
STOP_WORDS = frozenset(_LEFT_OUT.split(" "))
# Words that say what kind of place a name is; left out only when nothing is found with them.
KIND_WORDS = frozenset({"municipio", "ciudad", "pueblo", "city", "town", "municipality"})
# What people write short.
SHORT_FORMS = {
    "cd": "ciudad",
    "sn": "san",
    "sta": "santa",
    "sto": "santo",
    "st": "saint",
    "gral": "general",
    "pto": "puerto",
    "dr": "doctor",
    "ft": "fort",
    "mt": "mount",
}
# Usual names of countries beside those of ISO 3166-1 and CLDR.
COUNTRY_WORDS = {
    "US": ("estados unidos de america", "eeuu", "ee uu", "eua", "usa", "united states of america", "america"),
    "GB": ("uk", "inglaterra", "england", "escocia", "scotland", "gales", "wales", "gran bretana", "great britain"),
    "MX": ("republica mexicana",),
    "CZ": ("republica checa", "czech republic"),
    "CI": ("costa de marfil", "ivory coast"),
    "NL": ("holanda", "holland"),
    "KR": ("corea", "korea", "south korea"),
    "KP": ("north korea",),
    "RU": ("federacion rusa",),
    "TR": ("turkey", "turquia"),
    "VA": ("vaticano", "vatican"),
    "MM": ("birmania", "burma"),
    "AE": ("eau", "uae"),
    "BY": ("bielorrusia",),
    "SZ": ("suazilandia", "swaziland"),
}
# Regions the directory names in English or Spanish only, by (country, folded name).
REGION_WORDS = {
    ("US", "new mexico"): ("nuevo mexico",),
    ("US", "new york"): ("nueva york",),
    ("US", "new jersey"): ("nueva jersey",),
    ("US", "north carolina"): ("carolina norte",),
    ("US", "south carolina"): ("carolina sur",),
    ("US", "west virginia"): ("virginia occidental",),
    ("US", "north dakota"): ("dakota norte",),
    ("US", "south dakota"): ("dakota sur",),
    ("US", "pennsylvania"): ("pensilvania",),
    ("US", "louisiana"): ("luisiana",),
    ("US", "mississippi"): ("misisipi",),
    ("US", "missouri"): ("misuri",),
    ("US", "texas"): ("tejas",),
    ("ES", "andalucia"): ("andalusia",),
    ("ES", "cataluna"): ("catalonia", "catalunya"),
    ("ES", "castilla y leon"): ("castile and leon",),
    ("ES", "pais vasco"): ("euskadi", "basque country"),
    ("ES", "islas baleares"): ("baleares", "balearic islands"),
}
