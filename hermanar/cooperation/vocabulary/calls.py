"""The words of calls: exchanges, internships and research stays (D5.3, D5.4)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CallKind(TextChoices):
    """What a call is for (D5.3: internships, stays, research with the university; D5.4: exchanges)."""

    STUDENTS = "students", _("intercambio de estudiantes")
    PROFESSIONALS = "professionals", _("intercambio de profesionales")
    INTERNSHIP = "internship", _("prácticas profesionales")
    RESEARCH = "research", _("estancia de investigación")


class CallState(TextChoices):
    """How a call stands on a day: follows from its dates and its result, never kept."""

    UNDATED = "undated", _("sin fechas todavía")
    UPCOMING = "upcoming", _("próxima")
    OPEN = "open", _("abierta")
    CLOSED = "closed", _("cerrada, en espera del resultado")
    RESOLVED = "resolved", _("con resultado")
    WITHDRAWN = "withdrawn", _("retirada")


class MissingOfCall(TextChoices):
    """What a call does not say yet."""

    DESCRIPTION = "description", _("De qué se trata: nadie lo ha escrito.")
    HOST = "host", _("Qué institución recibe.")
    REQUIREMENTS = "requirements", _("Qué se pide a quien quiera ir.")
    COVERS = "covers", _("Qué cubre, y qué paga cada persona.")
    PLACES = "places", _("Cuántos lugares hay.")
    WINDOW = "window", _("Desde cuándo y hasta cuándo se recibe a quien quiera ir.")
    STAY = "stay", _("De cuándo a cuándo es la estancia.")
    HOW_TO_APPLY = "how_to_apply", _("Cómo se participa: a dónde se escribe y qué se envía.")
    ENGLISH = "english", _("El título y la descripción en inglés: quien lee en inglés la verá en español.")
    RESULT = "result", _("El resultado: ya cerró y no se ha dicho cuántas personas fueron elegidas.")


class CallRefusal(TextChoices):
    """Why something of a call is refused, and what to do about it."""

    NO_TITLE = "no_title", _("Falta el título: diga en una línea a qué se convoca.")
    CLOSES_BEFORE_OPENS = "closes_before_opens", _("Cierra antes de abrir: revise las dos fechas.")
    OPENS_WITHOUT_CLOSING = "opens_without_closing", _("Falta el otro día: diga cuándo abre y cuándo cierra.")
    ENDS_FIRST = "ends_first", _("La estancia termina antes de empezar: revise las dos fechas.")
    STAY_BEFORE_CLOSING = (
        "stay_before_closing",
        _("La estancia empieza antes de que cierre la convocatoria: nadie sabría todavía quién va."),
    )
    NO_PLACES = "no_places", _("Los lugares son uno o más; si no se sabe cuántos, déjelo vacío.")
    TOO_MANY = "too_many", _("El número es demasiado grande: revíselo.")
    TIE_ABANDONED = "tie_abandoned", _("Ese expediente se abandonó: no se le agrega nada.")
    # results
    BELOW_ZERO = "below_zero", _("El número no puede ser menor que cero.")
    NOTHING_TOLD = "nothing_told", _("Escriba cuántas personas fueron elegidas, o en palabras qué resultó.")
    NOT_CLOSED = "not_closed", _("La convocatoria no tiene día de cierre: escríbalo antes de dar el resultado.")
    RESULT_BEFORE_CLOSING = (
        "result_before_closing",
        _("El resultado es anterior al cierre de la convocatoria: revise las dos fechas."),
    )
    RESULT_IN_FUTURE = "result_in_future", _("La fecha está por venir: asiente lo que ya ocurrió.")
    MORE_THAN_PLACES = "more_than_places", _("Son más personas elegidas que lugares: corrija uno de los dos números.")
    MORE_THAN_APPLIED = (
        "more_than_applied",
        _("Son más personas elegidas que las que participaron: corrija uno de los dos números."),
    )
    # publishing, withdrawing
    DEMONSTRATION = "demonstration", _("Lo de la oficina de demostración no se publica.")
    NOT_READY = (
        "not_ready",
        _("Para publicarla faltan la descripción, las fechas en que se recibe o cómo se participa."),
    )
    IS_PUBLIC = "is_public", _("Ya es pública: la cambia quien puede publicarla.")
    WITHDRAWN = "withdrawn", _("La convocatoria está retirada: lo asentado no cambia.")
    NO_REASON = "no_reason", _("Falta el porqué: escríbalo, para que se sepa dentro de diez años.")
