"""The words of work plans: what a programme must say, what it is made of, what is refused and what is advised."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlanSide(TextChoices):
    """Who answers for something of a plan."""

    OWN = "own", _("nuestra ciudad")
    COUNTERPART = "counterpart", _("la contraparte")
    BOTH = "both", _("ambas")
    OTHER = "other", _("un tercero")


class ResourceKind(TextChoices):
    """The three sorts of resources that an annual programme assigns (D2.8)."""

    HUMAN = "human", _("humano")
    MATERIAL = "material", _("material")
    FINANCIAL = "financial", _("financiero")


class Demand(TextChoices):
    """How much a planned activity asks of the two cities: what a gradual start (D3.2) is measured by."""

    LOW = "low", _("poco: conversar, conocerse, intercambiar información")
    MEDIUM = "medium", _("algo: un viaje, un taller, un intercambio")
    HIGH = "high", _("mucho: obra, equipo, dinero o gente durante meses")


class PlanContent(TextChoices):
    """What a programme must say (D2.8), in the order of the source, and what makes it readable on both sides."""

    OBJECTIVES = "objectives", _("los objetivos")
    ACTIVITIES = "activities", _("las actividades, con su calendario")
    RESPONSIBLE_OWN = "responsible_own", _("quién responde de nuestra parte")
    RESPONSIBLE_COUNTERPART = "responsible_counterpart", _("quién responde de la contraparte")
    STAFF = "staff", _("el perfil, el número y la estadía del personal asignado")
    DUTIES_OWN = "duties_own", _("las responsabilidades de nuestra ciudad")
    DUTIES_COUNTERPART = "duties_counterpart", _("las responsabilidades de la contraparte")
    HUMAN = "human", _("los recursos humanos")
    MATERIAL = "material", _("los recursos materiales")
    FINANCIAL = "financial", _("los recursos financieros, con su moneda")
    EVALUATION = "evaluation", _("las formas de evaluación")


class Advice(TextChoices):
    """What the method advises about the order of a plan; each is given with its reason and refuses nothing."""

    NOTHING_SMALL_FIRST = "nothing_small_first", _("Empiece por algo pequeño")
    LARGE_TOO_EARLY = "large_too_early", _("Esto exige mucho y llega antes de que haya confianza")
    LARGE_WITHOUT_EVIDENCE = "large_without_evidence", _("Antes de lo que exige mucho, todavía no se ha hecho nada")
    ONE_AREA = "one_area", _("Todo el plan es de una sola área")
    ONE_SIDED = "one_sided", _("Solo responde una de las dos ciudades")
    LONGER_THAN_FIRST = "longer_than_first", _("El plan dura más de tres años")
    RENEW = "renew", _("Prepare la segunda etapa")


class PlanRefusal(TextChoices):
    """Why something of a plan is refused: where, and what to do; the figures stand in the sentence."""

    TIE_ABANDONED = "tie_abandoned", _("Ese expediente se abandonó: no se le hacen planes.")
    OUT_OF_TIME = "out_of_time", _("Un plan es de los años %(first)s a %(last)s: revise las fechas.")
    ENDS_FIRST = "ends_first", _("El plan termina el %(last)s, antes de empezar el %(first)s: revise las dos fechas.")
    TOO_LONG = (
        "too_long",
        _("Del %(first)s al %(last)s son más de cinco años. La primera etapa dura tres: haga otro plan para lo demás."),
    )
    OVERLAPS = (
        "overlaps",
        _("Ese acuerdo ya tiene un plan del %(first)s al %(last)s: corríjalo, o empiece este cuando aquel termine."),
    )
    AGREED_IN_FUTURE = "agreed_in_future", _("Se acordó en una fecha que está por venir: revísela.")
    LEAVES_OUT_YEAR = (
        "leaves_out_year",
        _("Con esas fechas, el programa de %(year)s quedaría fuera del plan: va del %(first)s al %(last)s."),
    )
    LEAVES_OUT_ACTIVITY = (
        "leaves_out_activity",
        _("Con esas fechas, «%(title)s» (del %(begins)s al %(ends)s) quedaría fuera del plan: muévala antes."),
    )
    YEAR_OUTSIDE = "year_outside", _("El plan va del %(first)s al %(last)s: %(year)s no está en él.")
    YEAR_TAKEN = "year_taken", _("El plan ya tiene el programa de %(year)s: ábralo.")
    NO_TITLE = "no_title", _("Falta qué se hará: dígalo en una frase.")
    ENDS_BEFORE = "ends_before", _("Termina el %(ends)s, antes de empezar el %(begins)s: revise las dos fechas.")
    OUTSIDE_PROGRAMME = (
        "outside_programme",
        _(
            "El programa de %(year)s va del %(first)s al %(last)s, y el %(day)s no está en él: cambie la fecha, o "
            "planéela en el programa del año que le toca."
        ),
    )
    AREA_UNKNOWN = "area_unknown", _("Esa área no existe: elija una de la lista.")
    TIMES_OUT_OF_RANGE = "times_out_of_range", _("Se hará de 1 a 366 veces: escriba cuántas.")
    PERCENT_OUT_OF_RANGE = (
        "percent_out_of_range",
        _("El avance va de 0 a 100: %(percent)s %% no puede ser. Si se hizo más de lo planeado, cuéntelo en la nota."),
    )
    ACTIVITY_CANCELLED = "activity_cancelled", _("Esa actividad se canceló: ya no se cambia. Planéela de nuevo.")
    HAS_DONE = "has_done", _("Ya hay algo hecho enlazado a ella: suéltelo antes, si de verdad no es suyo.")
    NO_REASON = "no_reason", _("Falta la razón: dígala en una frase, para quien la lea después.")
    OTHER_TIE = "other_tie", _("«%(title)s» se hizo bajo otro acuerdo: enlace una de este.")
    WITHDRAWN = "withdrawn", _("«%(title)s» se retiró: no prueba que se haya hecho.")
    DONE_BEFORE_PLAN = (
        "done_before_plan",
        _("«%(title)s» terminó el %(day)s, antes de que el plan empezara el %(first)s: no lo cumple."),
    )
    NO_PROFILE = "no_profile", _("Falta el perfil de estas personas.")
    COUNT_OUT_OF_RANGE = "count_out_of_range", _("Las personas se cuentan de 1 a 100 000.")
    NO_STAY = "no_stay", _("Falta cuánto tiempo estarán.")
    NO_RESOURCE = "no_resource", _("Falta qué es: por ejemplo, «dos intérpretes» o «pasajes».")
    NO_AMOUNT = "no_amount", _("Un recurso financiero lleva su monto.")
    AMOUNT_OF_OTHER = "amount_of_other", _("El monto es de los recursos financieros: cambie el tipo, o bórrelo.")
    NOT_ABOVE_ZERO = "not_above_zero", _("El monto es mayor que cero.")
    AMOUNT_TOO_LARGE = "amount_too_large", _("El monto tiene más de doce cifras: revíselo.")
    NO_CURRENCY = "no_currency", _("Falta la moneda: un monto sin moneda no dice cuánto es.")
    UNKNOWN_CURRENCY = "unknown_currency", _("«%(currency)s» no es una moneda: use su código de tres letras, como MXN.")
    CURRENCY_OF_OTHER_YEAR = (
        "currency_of_other_year",
        _("La moneda %(currency)s no circulaba en %(year)s: revise la moneda."),
    )
    BAD_TOTAL = "bad_total", _("No se entiende el total «%(line)s»: escriba un monto y su moneda, como «120000 MXN».")
    TOTAL_TWICE = "total_twice", _("Hay dos totales en %(currency)s: deje uno.")
    TOTAL_DIFFERS = (
        "total_differs",
        _("Los recursos en %(currency)s suman %(sum)s, y el total dice %(total)s: corrija el que esté mal."),
    )
    TOTAL_WITHOUT_LINES = (
        "total_without_lines",
        _("Hay un total en %(currency)s, pero ningún recurso financiero en esa moneda."),
    )
