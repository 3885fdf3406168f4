"""The words of who takes part in a tie (D3.3): six classes, two sides, what each brings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActorClass(TextChoices):
    """The six classes of actors of co-development [002, tabla 1]."""

    SUPRANATIONAL = "supranational", _("órganos supranacionales y de integración")
    INTERNATIONAL = "international", _("organismos, agencias, programas y fondos internacionales")
    PUBLIC = "public", _("administraciones públicas")
    CIVIL_SOCIETY = "civil_society", _("sociedad civil, migrantes, fundaciones, colectivos")
    PRIVATE = "private", _("sector privado y banca")
    OTHER = "other", _("universidades, medios, transporte y otros")


class TieSide(TextChoices):
    """On which side somebody takes part."""

    OWN = "own", _("de nuestro lado")
    OTHER = "other", _("del otro lado")


class Resource(TextChoices):
    """What kind of resource somebody brings [002, paso 4]."""

    MATERIAL = "material", _("materiales")
    HUMAN = "human", _("humanos")
    ECONOMIC = "economic", _("económicos")
    SOCIAL = "social", _("capital social: contactos, confianza, voluntariado")
