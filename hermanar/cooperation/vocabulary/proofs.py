"""The words of proof pages."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProofRefusal(TextChoices):
    """Why a proof page is not kept as it was written, and what to do."""

    NO_TITLE = "no_title", _("Falta el nombre del encuentro: escríbalo en una línea.")
    NO_PLACE = "no_place", _("Falta dónde fue: la ciudad y el país.")
    ENDS_BEFORE_BEGIN = "ends_before_begin", _("Termina antes de empezar: revise las dos fechas.")
    TOO_LONG = "too_long", _("Un encuentro cabe en 31 días: acorte las fechas o haga una constancia de cada parte.")
    TO_COME = "to_come", _("Todavía no termina: una constancia dice lo que ya pasó.")
    NO_ACTIVITY = "no_activity", _("Elija al menos una actividad: de ellas salen el programa y los participantes.")
    OF_OTHER_TIE = "of_other_tie", _("Hay una actividad que no es de este acuerdo o se retiró: elija otra vez.")
    OUTSIDE = "outside", _("Hay una actividad fuera de esas fechas: cambie las fechas o quítela.")
    NO_DAY = "no_day", _("Hay una actividad de la que no consta el día: no puede ir en un programa diario.")
    DEMONSTRATION = "demonstration", _("Lo de una oficina de demostración no se publica.")
