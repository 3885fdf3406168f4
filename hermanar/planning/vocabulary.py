"""The words of planning: what is assessed, on which scale, on what evidence, and why something is refused."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

REACH = "prior"  # the outline of what is assessed before signing, area by area (D3.1, phase 5)


class Subject(TextChoices):
    """What an outline is about."""

    TIE = "tie", _("un lazo")
    CITY = "city", _("la ciudad")


class Degree(TextChoices):
    """How far something has come. The scale is ours (docs/decisions/0024); what is not known is no degree of it."""

    NOT_BEGUN = "not_begun", _("no iniciado")
    BEGUN = "begun", _("iniciado")
    IN_PART = "in_part", _("en parte")
    DONE = "done", _("logrado")
    UNKNOWN = "unknown", _("se desconoce")


class AssessmentStage(TextChoices):
    """Where an assessment is; a closed one does not change."""

    DRAFT = "draft", _("en curso")
    CLOSED = "closed", _("cerrada")
    ABANDONED = "abandoned", _("abandonada")


class EvidenceKind(TextChoices):
    """What an answer rests on."""

    DOCUMENT = "document", _("documento")
    ACTIVITY = "activity", _("actividad")
    LINK = "link", _("enlace")
    WORDS = "words", _("palabras con su fuente")


class Movement(TextChoices):
    """What became of an answer between two assessments."""

    BETTER = "better", _("mejoró")
    WORSE = "worse", _("empeoró")
    SAME = "same", _("sigue igual")
    NOW_KNOWN = "now_known", _("ahora se sabe")
    NO_LONGER_KNOWN = "no_longer_known", _("ya no se sabe")
    STILL_UNKNOWN = "still_unknown", _("sigue sin saberse")
    NOT_ASKED = "not_asked", _("no se preguntó en ambas")


class SizeClass(TextChoices):
    """How large a city is, by its inhabitants; the limits are in `rules.SIZES`."""

    VERY_SMALL = "very_small", _("menos de 50 mil habitantes")
    SMALL = "small", _("de 50 mil a menos de 100 mil")
    MEDIUM = "medium", _("de 100 mil a menos de 250 mil")
    LARGE = "large", _("de 250 mil a menos de 500 mil")
    VERY_LARGE = "very_large", _("de 500 mil a menos de un millón")
    HUGE = "huge", _("un millón o más")
    UNKNOWN = "unknown", _("población desconocida")


class Refusal(TextChoices):
    """Why an assessment refuses something; each says the rule and, after the colon, what mends it."""

    FUTURE_DATE = "future_date", _("La fecha todavía no llega: escriba hoy o un día anterior.")
    BEFORE_LAST = (
        "before_last",
        _("Ya hay una evaluación cerrada con fecha posterior: escriba ese día o uno más reciente."),
    )
    ALREADY_OPEN = "already_open", _("Ya hay una evaluación en curso de lo mismo: ábrala de la lista y sígala.")
    NO_SUBJECT = "no_subject", _("Falta decir qué lazo se evalúa: elíjalo de la lista.")
    NO_PLACE = "no_place", _("Esta oficina no es de una ciudad ni de un estado: no tiene capacidad que evaluar aquí.")
    NOT_OPEN = "not_open", _("Esta evaluación ya no está en curso y no cambia: comience una nueva.")
    NOTHING_KNOWN = "nothing_known", _("Ninguna respuesta tiene un valor: responda al menos una antes de cerrar.")
    NO_REASON = "no_reason", _("Falta el porqué: escriba una frase.")
    UNKNOWN_QUESTION = (
        "unknown_question",
        _("Esta pregunta ya no existe o no es de esta sección: abra la sección otra vez."),
    )
    OUT_OF_SCALE = "out_of_scale", _("Ese valor no está en la escala: elija uno de la lista.")
    NOTHING_BEFORE = "nothing_before", _("No hay una respuesta anterior a la misma pregunta: elija un valor.")
    FOREIGN_DOCUMENT = "foreign_document", _("Ese documento no es de esta oficina: súbalo o elija otro.")
    FOREIGN_ACTIVITY = (
        "foreign_activity",
        _("Esa actividad no es de un lazo de esta oficina, o no es del que se evalúa: elija otra."),
    )
    BAD_LINK = "bad_link", _("El enlace debe empezar con https:// o http://: cópielo completo.")
    WORDS_WITHOUT_SOURCE = (
        "words_without_source",
        _("Falta quién lo dice o dónde consta: las palabras valen como evidencia con su fuente."),
    )
    EVIDENCE_WITHOUT_ANSWER = (
        "evidence_without_answer",
        _("Hay evidencia o porqué sin respuesta: elija un valor, o «se desconoce»."),
    )
