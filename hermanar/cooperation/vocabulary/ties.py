"""Why something before or around a tie is refused: of requests, of the choice of a city, of who takes part."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TieRefusal(TextChoices):
    """Why it is refused, and what to do about it."""

    FUTURE_DATE = "future_date", _("La fecha está por venir: asiente lo que ya ocurrió.")
    NO_REASON = "no_reason", _("Falta el porqué: escríbalo, para que se sepa dentro de diez años.")
    NO_NAME = "no_name", _("Falta el nombre: escríbalo.")
    # requests
    NO_REQUESTER = "no_requester", _("Falta quién la pide: escriba la persona con su cargo, o el gobierno que escribe.")
    NO_WORDS = "no_words", _("Falta lo que se pide o se propone: escríbalo en pocas palabras.")
    DUE_BEFORE = "due_before", _("Ese día es anterior a la llegada de la solicitud: revise las dos fechas.")
    ANSWERED_BEFORE = "answered_before", _("La respuesta es anterior a la solicitud: revise las dos fechas.")
    ANSWERED = "answered", _("La solicitud ya tiene respuesta: lo asentado no cambia.")
    NOT_ACCEPTED = "not_accepted", _("Solo una solicitud aceptada lleva a un expediente.")
    NO_PLACE = (
        "no_place",
        _("Falta saber qué lugar del directorio es esa ciudad: sin eso no tiene expediente. Elíjalo primero."),
    )
    OWN_PLACE = "own_place", _("Ese lugar es el de su propia oficina: elija la otra ciudad.")
    NO_LINK = "no_link", _("Diga qué une a las dos ciudades: sin algo que las una el lazo no dura.")
    OTHER_PLACE = "other_place", _("Ese expediente no es con esa ciudad: elija otro, o abra uno nuevo.")
    NO_FILE_OF_OWN = "no_file_of_own", _("Su oficina no es de una ciudad ni de un estado: no abre expedientes.")
    # the choice of a city
    ALREADY_DECIDED = (
        "already_decided",
        _("Esta selección ya está decidida. Para cambiar algo, reábrala con su motivo."),
    )
    NOT_DECIDED = "not_decided", _("Esta selección todavía no se ha decidido.")
    WEIGHT_OUT_OF_RANGE = "weight_out_of_range", _("El peso va de 0 a 10; con 0 el criterio no cuenta.")
    VALUE_OUT_OF_RANGE = "value_out_of_range", _("La calificación va de 0 a 5.")
    MARK_WITHOUT_REASON = (
        "mark_without_reason",
        _("Falta el porqué de esa calificación: escríbalo, o déjela sin calificar."),
    )
    REASON_WITHOUT_MARK = "reason_without_mark", _("Hay un porqué sin calificación: elija una, o bórrelo.")
    SAME_CRITERION = "same_criterion", _("Ya hay un criterio con ese nombre.")
    SAME_CANDIDATE = "same_candidate", _("Esa ciudad ya es candidata en esta selección.")
    NOTHING_WEIGHED = "nothing_weighed", _("Todavía no se ha dado peso a ningún criterio: hágalo antes de decidir.")
    NOTHING_MARKED = "nothing_marked", _("Esa candidata no tiene ninguna calificación: califíquela antes de decidir.")
    LEFT_OUT = "left_out", _("Esa candidata está descartada: vuelva a admitirla antes de elegirla.")
    NO_DECIDER = "no_decider", _("Falta quién lo decidió: el Ayuntamiento, la presidencia, un comité…")
    # who takes part
    NO_PART = "no_part", _("Falta en qué participa: escríbalo en pocas palabras.")
    SAME_STAKEHOLDER = "same_stakeholder", _("Ese actor ya está de ese lado: ábralo y corríjalo.")
    ENDS_FIRST = "ends_first", _("Dejó de participar antes de empezar: revise las dos fechas.")
    GONE = "gone", _("Ese actor ya no participa: lo asentado no cambia.")
    TIE_ABANDONED = "tie_abandoned", _("Ese expediente se abandonó: no se le agrega nada.")
