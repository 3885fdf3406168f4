"""The words of the path of a tie: seven phases and nine steps of the method (D3.1, D3.2)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Phase(TextChoices):
    """The seven phases, in their order [002:173-193]."""

    SELECTION = "selection", _("Diagnóstico y selección de la ciudad")
    CONTACT = "contact", _("Primer contacto e intención formal")
    ACTORS = "actors", _("Convocatoria de actores y comités")
    PLAN = "plan", _("Plan de trabajo")
    EX_ANTE = "ex_ante", _("Evaluación previa de alcances y límites")
    SIGNATURE = "signature", _("Firma del acuerdo")
    EXECUTION = "execution", _("Puesta en marcha y evaluación continua")


class PathStep(TextChoices):
    """The nine steps of a twinning that lasts and can be repeated [002:243-265]."""

    SELECT = "select", _("Elegir la ciudad: algo las une")
    INVOLVE = "involve", _("Involucrar a los actores sociales")
    AREAS = "areas", _("Identificar las áreas comunes")
    RESOURCES = "resources", _("Valorar los recursos disponibles")
    PLAN = "plan", _("Diseñar el plan de trabajo")
    AWARENESS = "awareness", _("Sensibilizar a quienes participan")
    STRENGTHEN = "strengthen", _("Fortalecer la cooperación y el capital social")
    START = "start", _("Poner en marcha los proyectos, poco a poco")
    EVALUATE = "evaluate", _("Evaluar los impactos y alimentar lo que sigue")


class PathState(TextChoices):
    """Where a phase is; read from what is recorded, never ticked."""

    DONE = "done", _("consta")
    GOING = "going", _("en marcha")
    IN_PART = "in_part", _("en parte")
    OPEN = "open", _("abierta")
    MISSING = "missing", _("falta")
    PASSED_OVER = "passed_over", _("no consta")
    CLOSED = "closed", _("aún no se abre")


class Need(TextChoices):
    """What a phase or a step rests on: recorded evidence of one kind, as it is said when it is there."""

    CITY_CHOSEN = "city_chosen", _("Se decidió con qué ciudad, con sus motivos")
    INTENT_AGREED = "intent_agreed", _("Una parte lo pidió y la otra aceptó")
    OWN_ACTORS = "own_actors", _("Actores de nuestro lado")
    OTHER_ACTORS = "other_actors", _("Actores del otro lado")
    AREAS_NAMED = "areas_named", _("Áreas de cooperación acordadas")
    COMMITTEES = "committees", _("Un comité con integrantes en cada área")
    PLAN_MADE = "plan_made", _("Plan de trabajo")
    ACTIVITIES_PLANNED = "activities_planned", _("Actividades en el plan")
    ASSESSED_BEFORE = "assessed_before", _("Evaluación cerrada antes de la firma")
    SIGNED = "signed", _("Acuerdo firmado")
    BACKED = "backed", _("Dictamen favorable de la Cancillería")
    REGISTERED = "registered", _("Inscripción en el registro de la Cancillería")
    ACTIVITIES_DONE = "activities_done", _("Actividades hechas después de la firma")
    ASSESSED_DURING = "assessed_during", _("Evaluación cerrada después de la firma")
    BEYOND_GOVERNMENT = "beyond_government", _("Actores de fuera del gobierno, en los dos lados")
    OWN_RESOURCES = "own_resources", _("Recursos que aporta nuestro lado")
    OTHER_RESOURCES = "other_resources", _("Recursos que aporta el otro lado")
    SESSIONS_HELD = "sessions_held", _("Sesiones celebradas por los comités del lazo")
    BOTH_WAYS = "both_ways", _("Actividades en los dos sentidos, o hechas juntas")
