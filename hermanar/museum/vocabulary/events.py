"""What stands on the calendar, and why something may not stand there so."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What sort of thing it is: a festival has a programme of parts, a feast comes again."""

    EVENT = "event", _("actividad")
    FESTIVAL = "festival", _("festival")
    FEAST = "feast", _("fiesta de la ciudad")


class EventState(models.TextChoices):
    """How sure it is."""

    PLANNED = "planned", _("en pie")
    PROPOSED = "proposed", _("propuesta; nadie la ha convocado todavía")
    MOVED = "moved", _("cambió de fecha")
    CANCELLED = "cancelled", _("cancelada")


class EventRefusal(models.TextChoices):
    """Why an event cannot be kept, or shown, so."""

    NO_TITLE = "no_title", _("Falta el título.")
    NO_START = "no_start", _("Dice hasta cuándo o a qué hora, y no dice qué día empieza.")
    ENDS_FIRST = "ends_first", _("Termina antes de empezar. Si pasa de la medianoche, escriba el día siguiente.")
    NO_START_TIME = "no_start_time", _("Dice a qué hora termina y no a qué hora empieza.")
    OUT_OF_REACH = "out_of_reach", _("El año no puede ser ese: se admite de 1900 a 2199.")
    UNKNOWN_ZONE = "unknown_zone", _("No existe esa zona horaria: se escribe como America/Mexico_City.")
    NO_SUCH_HOUR = "no_such_hour", _("Esa hora no existe ese día en ese lugar: se adelantan los relojes.")
    BAD_LINK = "bad_link", _("La dirección para saber más se escribe completa y empieza por https:// o http://.")
    BAD_INTERVAL = "bad_interval", _("Cada cuántos años: un número de 1 a 100, y solo de lo que se repite.")
    UNFIT_PARENT = (
        "unfit_parent",
        _("Una actividad es parte de un festival o de una fiesta, y un festival de una fiesta."),
    )
    HAS_PARTS = "has_parts", _("Tiene partes: no puede volverse una actividad suelta.")
    TOO_MANY_CITIES = "too_many_cities", _("Son demasiadas ciudades: se admiten 60.")
    TOO_LONG = "too_long", _("Un texto es más largo de lo que se admite.")
    NOT_TEXT = "not_text", _("Hay signos que no son texto.")
    UNKNOWN_CITY = "unknown_city", _("Una de las ciudades no está en el directorio.")
    DEMONSTRATION = "demonstration", _("Lo de la oficina de demostración no se publica.")
    NO_PLACE = "no_place", _("Para publicarla falta decir dónde es: la ciudad o el lugar.")
    NO_DAY = "no_day", _("Para publicarla falta el día: sin fecha solo se muestran fiestas y lo que se propone.")
    NO_SOURCE = "no_source", _("Para publicarla sin fecha hace falta decir de dónde se sabe.")
    NO_REASON = "no_reason", _("Diga por qué.")
    IS_PUBLIC = "is_public", _("Ya es pública: la cambia quien puede publicarla.")
    ALREADY_SO = "already_so", _("Ya está así.")
