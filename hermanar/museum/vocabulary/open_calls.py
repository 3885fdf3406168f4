"""The words of a call for a work of art: who decides, in which phase it is, why something is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Decider(models.TextChoices):
    """Who chooses the work."""

    JURY = "jury", _("un jurado")
    PUBLIC = "public", _("el voto del público")


class Phase(models.TextChoices):
    """Where a call stands on a day; computed, never kept."""

    UPCOMING = "upcoming", _("por abrir")
    OPEN = "open", _("abierta")
    VOTING = "voting", _("en votación")
    DECIDING = "deciding", _("por decidir")
    DECIDED = "decided", _("con resultado")
    CANCELLED = "cancelled", _("cancelada")


class CallRefusal(models.TextChoices):
    """Why a verb on a call is refused; the sentence is what the person reads."""

    NO_TITLE = "no_title", _("Falta el título.")
    TOO_LONG = "too_long", _("Algo es demasiado largo.")
    NOT_TEXT = "not_text", _("Hay signos que no son texto.")
    NO_RULES = "no_rules", _("Faltan las bases: qué se pide, quién puede participar, qué recibe quien gane.")
    NO_DATES = "no_dates", _("Faltan las fechas: cuándo se abre, cuándo se cierra y hasta cuándo se vota.")
    DATES_OUT_OF_ORDER = "dates_out_of_order", _("Las fechas no van en orden: se abre, se cierra y después se vota.")
    NO_CITY = "no_city", _("Falta la ciudad hermana que recibirá la obra.")
    UNKNOWN_CITY = "unknown_city", _("Esa ciudad no es hermana de la suya en el directorio.")
    DEMONSTRATION = "demonstration", _("Lo de la oficina de demostración no se publica.")
    ALREADY_SO = "already_so", _("Ya estaba así.")
    FROZEN = "frozen", _("Ya se recibieron obras con estas bases: solo pueden alargarse las fechas.")
    OVER = "over", _("La convocatoria ya terminó.")
    NO_REASON = "no_reason", _("Escriba la razón: se publica con la decisión.")
    TOO_EARLY = "too_early", _("Todavía se vota: el resultado se da cuando termina el plazo.")
    NOT_AN_ENTRY = "not_an_entry", _("Esa obra no participa o no está publicada.")
    NO_JURY = "no_jury", _("Nadie del jurado ha dado su voto.")
    NO_NAME = "no_name", _("Falta el nombre de quien es jurado.")
    NOT_VOTING = "not_voting", _("Ahora no se vota.")
    NOT_BY_JURY = "not_by_jury", _("Aquí decide el voto del público: no hay jurado.")
    NOT_ACCEPTED = "not_accepted", _("Primero diga si acepta ser parte del jurado.")
    BAD_SCORE = "bad_score", _("Dé de 1 a 5, o diga qué interés tiene.")
    UNKNOWN_WORK = "unknown_work", _("Esa obra no está en la colección.")
    NOT_DECIDED = "not_decided", _("Todavía no hay resultado.")
