"""The words of requests to twin: who asks, what links the two, what was answered (D3.10)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RequestSide(TextChoices):
    """Who asks whom; most twinnings began at the counterpart's request [000:310-312]."""

    RECEIVED = "received", _("la otra ciudad nos lo pide")
    SENT = "sent", _("nosotros lo proponemos")


class Answer(TextChoices):
    """What became of a request."""

    ACCEPTED = "accepted", _("aceptada")
    DECLINED = "declined", _("declinada")
    WITHDRAWN = "withdrawn", _("retirada, o asentada por error")


class Incentive(TextChoices):
    """What moves two cities to twin (Luna and Ballesteros 2005, D4 [000:323])."""

    ECONOMIC = "economic", _("económico")
    HISTORICAL_CULTURAL = "historical_cultural", _("histórico y cultural")
    SOCIAL_MIGRATORY = "social_migratory", _("social y migratorio")
    STRATEGIC = "strategic", _("estratégico o de conveniencia")
