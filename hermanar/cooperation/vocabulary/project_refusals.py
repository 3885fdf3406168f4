"""Why something of a project is not kept as it was written, and what a project lacks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProjectRefusal(TextChoices):
    """Why something of a project is not kept as it was written, and what to do."""

    NO_TITLE = "no_title", _("Falta el nombre del proyecto: escríbalo en una línea.")
    NO_CONCEPTION = "no_conception", _("Falta cuándo se concibió: escriba el día, aunque sea el de hoy.")
    TIE_ABANDONED = "tie_abandoned", _("Ese expediente se abandonó: elija otro, o ninguno.")
    SCHEME_OF_OTHER = (
        "scheme_of_other",
        _("Ese esquema no es de esa vertiente: la recepción es bilateral o multilateral; la oferta, directa, "
          "horizontal o triangular."),
    )  # fmt: skip
    SCHEME_WITHOUT_DIRECTION = "scheme_without_direction", _("Elija primero la vertiente: recepción u oferta.")
    SUB_MODALITY_OF_OTHER = "sub_modality_of_other", _("Esa submodalidad es de otra modalidad: revise las dos.")
    ENDS_BEFORE_BEGIN = "ends_before_begin", _("Termina antes de empezar: revise las dos fechas.")
    NOT_ABOVE_ZERO = "not_above_zero", _("La cantidad es mayor que cero. Si no se conoce, déjela vacía.")
    AMOUNT_TOO_LARGE = "amount_too_large", _("La cantidad es mayor de lo que aquí cabe: revísela.")
    NO_CURRENCY = "no_currency", _("Falta la moneda: elíjala, o deje vacía la cantidad si no se conoce.")
    NO_AMOUNT = "no_amount", _("Falta la cantidad: escríbala, o deje vacía la moneda si no se conoce.")
    UNKNOWN_CURRENCY = "unknown_currency", _("No hay moneda con ese código: son tres letras, como MXN, USD o EUR.")
    CURRENCY_OF_OTHER_YEAR = "currency_of_other_year", _("Esa moneda no existía ese año.")
    MORE_THAN_BUDGET = (
        "more_than_budget",
        _("Las aportaciones en dinero suman más que el presupuesto: corrija una u otro. Si el presupuesto creció, "
          "cámbielo primero."),
    )  # fmt: skip
    BUDGET_NOT_REACHED = (
        "budget_not_reached",
        _("Las aportaciones en dinero no suman el presupuesto. Puede ser que falten por comprometer: si es así, "
          "confírmelo y guarde de nuevo."),
    )  # fmt: skip
    BUDGET_UNCERTAIN = (
        "budget_uncertain",
        _("Hay aportaciones en otra moneda sin tipo de cambio, y no se puede saber si suman el presupuesto: agregue el "
          "tipo de cambio, o confirme que así sigue."),
    )  # fmt: skip
    CURRENCY_IN_USE = (
        "currency_in_use",
        _("Hay aportaciones convertidas a la moneda del presupuesto: corríjalas antes de cambiarla o quitarla."),
    )
    RATE_INCOMPLETE = (
        "rate_incomplete",
        _("El tipo de cambio lleva tres cosas: cuánto, de qué día y de qué fuente. Complételo, o déjelo vacío."),
    )
    RATE_UNSOUGHT = "rate_unsought", _("El tipo de cambio solo va cuando la moneda es otra que la del presupuesto.")
    NO_DESCRIPTION = "no_description", _("Falta decir qué es: escríbalo en una línea.")
    NO_PEOPLE = "no_people", _("Falta cuántas personas: escriba un número del 1 en adelante.")
    AMOUNT_OF_PEOPLE = "amount_of_people", _("Las personas no llevan cantidad de dinero: quítela, o elija dinero.")
    PEOPLE_OF_THINGS = "people_of_things", _("El número de personas y de días solo va con personas.")
    MONEY_WITHOUT_AMOUNT = "money_without_amount", _("Falta cuánto dinero: escriba la cantidad y su moneda.")
    NO_TIE = "no_tie", _("El proyecto no tiene acuerdo: elija otra organización que participa.")
    NO_PARTNER_CHOSEN = "no_partner_chosen", _("Falta qué organización aporta: elíjala.")
    PARTNER_UNSOUGHT = "partner_unsought", _("La organización solo se elige cuando aporta otra que participa.")
    PARTNER_IN_USE = "partner_in_use", _("Esa organización aporta recursos al proyecto: quite o corrija eso primero.")
    PARTNER_TWICE = "partner_twice", _("Esa organización ya participa con ese papel.")
    BAD_IDENTIFIER = (
        "bad_identifier",
        _("Un identificador empieza con dos o tres letras y un guion, sin espacios ni los signos / & | ?"),
    )
    UNKNOWN_COUNTRY = "unknown_country", _("Ese país no existe: elija uno de la lista.")
    NO_SUCH_TARGET = "no_such_target", _("No hay objetivo ni meta con ese número: búsquelo por palabras.")
    ACTIVITY_OF_OTHER = "activity_of_other", _("Esa actividad es de otro acuerdo que el del proyecto.")
    ACTIVITY_OUTSIDE = (
        "activity_outside",
        _("Hay una actividad fuera de las fechas del proyecto. Puede ser: si es así, confírmelo y guarde de nuevo."),
    )
    NO_MEASURE_TITLE = "no_measure_title", _("Falta qué mide el indicador: escríbalo en una línea.")
    NO_UNIT = "no_unit", _("Falta la unidad: personas, talleres, toneladas…")
    TARGET_WITHOUT_BASELINE = (
        "target_without_baseline",
        _("Una meta sin línea de base no dice cuánto se avanzó: escriba el valor de partida y su fecha."),
    )
    BASELINE_WITHOUT_DATE = "baseline_without_date", _("Falta de cuándo es la línea de base.")
    TARGET_WITHOUT_DATE = "target_without_date", _("Falta para cuándo es la meta.")
    DATE_WITHOUT_FIGURE = "date_without_figure", _("Hay una fecha sin su valor: escriba el valor, o quite la fecha.")
    TARGET_BEFORE_BASELINE = "target_before_baseline", _("La meta es para antes que la línea de base: revise fechas.")
    TARGET_IS_BASELINE = "target_is_baseline", _("La meta es igual a la línea de base: así no hay qué lograr.")
    PERCENTAGE_OUT_OF_RANGE = "percentage_out_of_range", _("Un porcentaje va de 0 a 100.")
    FIGURE_TOO_LARGE = "figure_too_large", _("El valor es mayor de lo que aquí cabe: revíselo.")
    BASELINE_IN_FUTURE = "baseline_in_future", _("La línea de base es de una fecha por venir: es lo que hay antes.")
    VALUE_IN_FUTURE = "value_in_future", _("Esa fecha está por venir: un valor se anota cuando ya se midió.")
    VALUE_BEFORE_BASELINE = "value_before_baseline", _("Ese valor es anterior a la línea de base: revise la fecha.")
    VALUE_TWICE = "value_twice", _("Ya hay un valor de ese día: corríjalo en lugar de agregar otro.")
    NO_VERIFICATION = "no_verification", _("Falta el medio de verificación: diga en qué consta ese valor.")
    NO_RISK = "no_risk", _("Falta qué puede pasar: escríbalo en una línea.")
    NO_RESPONSE = "no_response", _("Falta qué se hará: escríbalo en una línea.")
    NO_LESSON = "no_lesson", _("Falta qué se aprendió: escríbalo en una o dos frases.")
    STAGE_OUT_OF_ORDER = "stage_out_of_order", _("El ciclo va en orden: esa no es la etapa que sigue.")
    STAGE_IN_FUTURE = "stage_in_future", _("Esa fecha está por venir: la etapa se anota cuando empieza.")
    STAGE_BEFORE_LAST = "stage_before_last", _("Es anterior a la etapa previa: revise la fecha.")
    STAGE_AFTER_NEXT = "stage_after_next", _("Es posterior a la etapa siguiente: revise la fecha.")
    NO_DATES = "no_dates", _("Para ejecutar faltan las fechas previstas del proyecto: complételas en sus datos.")
    NOT_MEASURED = "not_measured", _("Para evaluar falta un indicador con algún valor medido: agréguelo antes.")
    NOTHING_LEARNT = "nothing_learnt", _("Para asimilar la experiencia falta al menos una lección: agréguela antes.")
    FIRST_STAGE = "first_stage", _("La concepción es donde empieza el proyecto: corrija su fecha, no se quita.")
    NO_REASON = "no_reason", _("Falta el motivo: escríbalo.")
    CANCELLED = "cancelled", _("Este proyecto se canceló: ya no cambia.")
    IS_PUBLIC = (
        "is_public",
        _("Este proyecto es público: lo cambia quien puede publicarlo. Pídaselo, o que antes deje de mostrarlo."),
    )
    CANCELLED_IN_FUTURE = "cancelled_in_future", _("Esa fecha está por venir: anótelo cuando ocurra.")
    CANCELLED_BEFORE = "cancelled_before", _("Es anterior a la última etapa: revise la fecha.")
    DEMONSTRATION = "demonstration", _("Lo de una oficina de demostración no se publica.")
    NO_PUBLIC_TIE = "no_public_tie", _("Se muestra en la página de su acuerdo: antes, el acuerdo ha de ser público.")
    NO_SUMMARY = "no_summary", _("Falta el objetivo: el público ha de saber para qué es el proyecto.")


class Missing(TextChoices):
    """What a project does not say yet, in the order of its page."""

    SUMMARY = "summary", _("Para qué es el proyecto: el objetivo")
    DIRECTION = "direction", _("Si se recibe o se ofrece cooperación, y con qué esquema")
    MODALITY = "modality", _("La modalidad")
    DATES = "dates", _("De qué fecha a qué fecha")
    ENGLISH = "english", _("El nombre y el objetivo en inglés, para la contraparte")
    PARTNERS = "partners", _("Con quién se hace: no hay acuerdo ni otra organización")
    BUDGET = "budget", _("El presupuesto")
    CONTRIBUTIONS = "contributions", _("Qué aporta cada parte: dinero, personas o bienes")
    BUDGET_GAP = "budget_gap", _("Las aportaciones en dinero no suman el presupuesto")
    RATES = "rates", _("El tipo de cambio de las aportaciones en otra moneda")
    TARGETS = "targets", _("A qué objetivos y metas de desarrollo sostenible contribuye")
    INDICATORS = "indicators", _("Al menos un indicador")
    INDICATOR_TARGETS = "indicator_targets", _("Indicadores sin línea de base o sin meta")
    VALUES = "values", _("Valores medidos: hay indicadores que nadie ha medido en la ejecución")
    RISKS = "risks", _("Qué puede salir mal y qué se haría")
    ACTIVITIES = "activities", _("Lo que se ha hecho: ninguna actividad está enlazada")
    LESSONS = "lessons", _("Qué se aprendió")
