"""The words of the ledger of reciprocity: who gave, what sort of thing, and what it adds up to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Side(TextChoices):
    """Which way something went, seen from one of the two sides."""

    GIVEN = "given", _("dado")
    RECEIVED = "received", _("recibido")
    TOGETHER = "together", _("hecho en común")
    UNKNOWN = "unknown", _("sin sentido conocido")


class Asset(TextChoices):
    """What a tie moves; what no source sorts stays apart."""

    MONEY = "money", _("dinero")
    GOODS = "goods", _("bienes")
    PEOPLE = "people", _("personas")
    KNOWLEDGE = "knowledge", _("saber")
    OTHER = "other", _("sin clasificar")


class Balance(TextChoices):
    """Whether a tie goes both ways; donations alone never make it so (D5.11)."""

    BOTH_WAYS = "both_ways", _("De ida y vuelta")
    LEANS_GIVEN = "leans_given", _("Se da mucho más de lo que se recibe")
    LEANS_RECEIVED = "leans_received", _("Se recibe mucho más de lo que se da")
    ONLY_GIVEN = "only_given", _("En un solo sentido: solo se ha dado")
    ONLY_RECEIVED = "only_received", _("En un solo sentido: solo se ha recibido")
    DONATIONS_ONLY = "donations_only", _("Solo donaciones: no consta trabajo de ida y vuelta")
    UNTOLD = "untold", _("No consta en qué sentido")
    EMPTY = "empty", _("Todavía no hay nada asentado")
