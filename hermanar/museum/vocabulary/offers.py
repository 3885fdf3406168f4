"""The business corner and the ways to support the museum: kinds, sectors, refusals (D5.7, D5.10)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfferKind(models.TextChoices):
    """What a city offers: a project that looks for investment, or goods and services for buyers elsewhere."""

    INVESTMENT = "investment", _("proyecto que busca inversión")
    EXPORT = "export", _("oferta exportable")


class Sector(models.TextChoices):
    """The part of the economy it belongs to."""

    TOURISM = "tourism", _("turismo")
    CULTURE = "culture", _("cultura e industrias creativas")
    CRAFTS = "crafts", _("artesanía")
    FOOD = "food", _("alimentos y bebidas")
    FARMING = "farming", _("campo")
    MANUFACTURE = "manufacture", _("manufactura")
    MINING = "mining", _("minería")
    TECHNOLOGY = "technology", _("tecnología")
    EDUCATION = "education", _("educación y ciencia")
    HEALTH = "health", _("salud")
    WATER_ENERGY = "water_energy", _("agua y energía")
    MOBILITY = "mobility", _("movilidad y obra pública")
    OTHER = "other", _("otro")


class WayKind(models.TextChoices):
    """How somebody supports the museum."""

    TICKETS = "tickets", _("boletos")
    DONATION = "donation", _("donativos")
    SHOP = "shop", _("tienda")


class OfferRefusal(models.TextChoices):
    """Why an offer, or a way to support, cannot be kept so."""

    NO_TITLE = "no_title", _("Falta el título.")
    NOT_TEXT = "not_text", _("Hay signos que no son texto.")
    TOO_LONG = "too_long", _("Un texto es más largo de lo que se admite.")
    NO_CURRENCY = "no_currency", _("Un monto se dice con su moneda, y una moneda con su monto.")
    UNKNOWN_CURRENCY = "unknown_currency", _("Esa moneda no existe: se escribe con tres letras, como MXN o USD.")
    BAD_AMOUNT = "bad_amount", _("El monto es un número mayor que cero, de trece cifras cuando mucho.")
    BAD_LINK = "bad_link", _("La dirección se escribe completa y empieza por https://.")
    PERSONAL = "personal", _("Diga un cargo o un área, nunca un correo ni un teléfono: a quien escriba se le contesta.")
    UNKNOWN_CITY = "unknown_city", _("Esa ciudad no está en el directorio.")
    NOT_READY = "not_ready", _("Para publicarla faltan la descripción, la ciudad, el cargo que atiende o la fuente.")
    DEMONSTRATION = "demonstration", _("Lo de la oficina de demostración no se publica.")
    IS_PUBLIC = "is_public", _("Ya es pública: la cambia quien puede publicarla.")
