"""The words of the procedure: its steps, what refuses one and what mends it, who sent a text, how a council voted."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Step(TextChoices):
    """What a person does to a file (D2 and DECISIONS)."""

    DRAFT = "draft", _("abrir el expediente")
    INFORM_MINISTRY = "inform_ministry", _("informar a la Cancillería")
    REQUEST_OPINION = "request_opinion", _("solicitar el dictamen")
    RECORD_OBSERVATIONS = "record_observations", _("asentar observaciones")
    RECORD_OPINION = "record_opinion", _("asentar el dictamen")
    SIGN = "sign", _("asentar la firma")
    SEND_SIGNED_COPIES = "send_signed_copies", _("enviar las copias firmadas")
    RECORD_REGISTRATION = "record_registration", _("inscribir en el registro")
    RENEW = "renew", _("prorrogar")
    SUSPEND = "suspend", _("suspender")
    RESUME = "resume", _("reanudar")
    TERMINATE = "terminate", _("dar por terminado")
    REAFFIRM = "reaffirm", _("refrendar")
    ABANDON = "abandon", _("abandonar el expediente")
    PUBLISH = "publish", _("publicar")
    UNPUBLISH = "unpublish", _("retirar de la vista pública")


class Refusal(TextChoices):
    """Why a step is not open; each says the rule and, after the colon, what mends it."""

    WRONG_STAGE = "wrong_stage", _("El expediente no está en el paso que esto pide: siga la guía del expediente.")
    PRIVATE_COUNTERPART = (
        "private_counterpart",
        _(
            "La contraparte tiene personalidad privada: la Ley sobre la Celebración de Tratados (art. 2, fracción II) "
            "solo cubre órganos gubernamentales y organismos internacionales. No hay dictamen ni inscripción; "
            "fírmelo, si procede, según su propia área jurídica."
        ),
    )
    BETWEEN_MEXICAN = (
        "between_mexican",
        _(
            "Entre ciudades mexicanas no hay dictamen ni inscripción de la Cancillería "
            "(Ley sobre la Celebración de Tratados, art. 2, fracción II): puede firmarse sin ellos."
        ),
    )
    NOT_FILED = (
        "not_filed",
        _("Este acuerdo entre ciudades mexicanas no se lleva ante la Cancillería: márquelo en el expediente si quiere"),
    )
    DEMONSTRATION = (
        "demonstration",
        _("Es un expediente de demostración: nunca se mezcla con los hechos que ve el público."),
    )
    DEMONSTRATION_HOLDS_NO_FACTS = (
        "demonstration_holds_no_facts",
        _("Esta oficina es de demostración: no lleva acuerdos reales, que son hechos. Los lleva la oficina verdadera."),
    )
    NO_AREAS = "no_areas", _("Faltan las áreas de cooperación: agréguelas a los datos del expediente.")
    NO_TEXT = "no_text", _("Falta el texto negociado: agregue al menos una versión en cada idioma del acuerdo.")
    MISSING_LANGUAGES = (
        "missing_languages",
        _("Falta el texto en un idioma en que el acuerdo se firma: agréguelo, o quite ese idioma."),
    )
    MISSING_SIGNED_TEXTS = (
        "missing_signed_texts",
        _("Falta la copia firmada en un idioma: la Cancillería pide una en cada idioma en que se firmó (D2.5)."),
    )
    NO_PLANNED_SIGNATURE = "no_planned_signature", _("Falta la fecha prevista de firma: escríbala.")
    PLANNED_IN_THE_PAST = (
        "planned_in_the_past",
        _(
            "La fecha prevista de firma ya pasó: escriba una por venir. Si ya se firmó, deje el campo vacío, abra el "
            "expediente y asiente la firma con su fecha."
        ),
    )
    TOO_LATE_FOR_OPINION = (
        "too_late_for_opinion",
        _("El dictamen se pide al menos dos semanas antes de la firma: mueva la fecha prevista."),
    )
    PLANNED_TOO_SOON = (
        "planned_too_soon",
        _(
            "El dictamen se pidió para firmar al menos dos semanas después de pedirlo: escriba una fecha prevista "
            "posterior, o espere el dictamen antes de moverla."
        ),
    )
    NO_OPINION = (
        "no_opinion",
        _(
            "No hay dictamen favorable: un documento firmado sin él carece de validez y de respaldo de la Cancillería. "
            "Espere el dictamen, o asiente que se firmó sin él."
        ),
    )
    TEXT_CHANGED = "text_changed", _("El texto cambió después del dictamen: pídalo otra vez.")
    NOT_WITHOUT_OPINION = (
        "not_without_opinion",
        _("Este expediente ya tiene dictamen favorable o no lo necesita: asiente la firma sin esa mención."),
    )
    LACKS_BACKING = (
        "lacks_backing",
        _("Se firmó sin dictamen favorable: pida el dictamen y asiéntelo antes de seguir."),
    )
    NO_LETTER = "no_letter", _("Falta el número del oficio: escríbalo.")
    NO_NUMBER = "no_number", _("Falta el número de inscripción: escríbalo.")
    SETTLED = "settled", _("La Cancillería ya dio esta observación por resuelta: no falta atenderla.")
    NO_REASON = "no_reason", _("Falta el motivo: escríbalo.")
    NO_SOURCE = "no_source", _("Falta la fuente: escriba en qué papel consta y dónde se guarda.")
    NO_SIGNATORIES = "no_signatories", _("Faltan las personas que firmaron: escríbalas.")
    FUTURE_DATE = "future_date", _("La fecha está por venir: asiente lo que ya ocurrió.")
    BEFORE_PREVIOUS_STEP = (
        "before_previous_step",
        _("La fecha es anterior a la del paso que precede: revise las dos."),
    )
    BEFORE_SIGNATURE = "before_signature", _("La fecha es anterior a la firma del acuerdo: revise las dos.")
    ENDS_BEFORE_START = "ends_before_start", _("La nueva fecha de término debe ser posterior a la vigente.")
    NOT_SIGNED = "not_signed", _("El acuerdo no está firmado.")
    ALREADY_SIGNED = "already_signed", _("El acuerdo ya está firmado: dé por terminado lo firmado, no lo abandone.")
    LANGUAGES_SETTLED = (
        "languages_settled",
        _(
            "Los idiomas quedaron fijos con la firma, pues la Cancillería pide copia firmada en cada uno: no se quita "
            "ninguno, y enviadas las copias tampoco se agrega. Suba la copia firmada que falte."
        ),
    )
    COPY_BEFORE_SIGNATURE = (
        "copy_before_signature",
        _("La copia firmada no puede ser anterior a la firma del acuerdo: revise la fecha."),
    )
    IS_TERMINATED = "is_terminated", _("El acuerdo está terminado: un acuerdo nuevo puede derivar de él.")
    IS_SUSPENDED = "is_suspended", _("El acuerdo está suspendido: reanúdelo antes.")
    NOT_SUSPENDED = "not_suspended", _("El acuerdo no está suspendido.")
    IS_OPEN_ENDED = "is_open_ended", _("El acuerdo no tiene término: no hay qué prorrogar.")
    SIGNED_AFTER_ACT = (
        "signed_after_act",
        _(
            "Con esa fecha se habría firmado después de una inscripción, prórroga, suspensión, reanudación, "
            "terminación o refrendo que ya consta: revise las dos."
        ),
    )
    TERM_WAS_RENEWED = (
        "term_was_renewed",
        _("Consta una prórroga: con esa firma y esa vigencia no habría hecho falta. Revise las dos."),
    )
    IS_PUBLIC = (
        "is_public",
        _("El público ya lo ve: lo corrige quien puede publicarlo, la dirección o la administración de la oficina."),
    )
    IS_PUBLISHED = "is_published", _("El acuerdo ya es público.")
    NOT_PUBLISHED = "not_published", _("El acuerdo no es público.")
    OWN_OFFICE = (
        "own_office",
        _("Quien firma no inscribe: lo inscribe otra oficina, la que lleva el registro."),
    )
    REVIEWED_BY_SAME = "reviewed_by_same", _("Quien revisó el texto no lo inscribe: lo hace otra persona.")
    NOT_ITS_REVIEWER = "not_its_reviewer", _("Este expediente no se envió a esta oficina para revisión.")
    SECOND_PERSON = (
        "second_person",
        _("Esto lo deciden dos personas: quien lo propuso no lo confirma."),
    )
    FOREIGN_ONLY = "foreign_only", _("Ninguna parte es mexicana: la oficina debe ser parte del acuerdo.")
    NOT_A_PARTY = "not_a_party", _("La oficina debe ser parte del acuerdo: agregue su ciudad o su estado.")
    UNKNOWN_ORIGIN = (
        "unknown_origin",
        _("El acuerdo del que este deriva no está entre los de la oficina ni entre los públicos: elija otro."),
    )
    SAME_PARTY_TWICE = "same_party_twice", _("Una misma ciudad aparece dos veces entre las partes.")


class Covered(TextChoices):
    """What the ministry gives its opinion on."""

    TEXT = "text", _("el texto")
    KIND = "kind", _("el tipo de acuerdo")
    AREAS = "areas", _("las áreas de cooperación")
    TERM = "term", _("la vigencia")
    LANGUAGES = "languages", _("los idiomas")


class Side(TextChoices):
    """Who sent a version of a text."""

    OFFICE = "office", _("esta oficina")
    COUNTERPART = "counterpart", _("la contraparte")
    MINISTRY = "ministry", _("la Cancillería")


class Choice(TextChoices):
    """How a member of a council voted."""

    FOR = "for", _("a favor")
    AGAINST = "against", _("en contra")
    ABSTAINED = "abstained", _("abstención")
    ABSENT = "absent", _("ausente")


class ObservationState(TextChoices):
    """What became of an observation."""

    OPEN = "open", _("por atender")
    ANSWERED = "answered", _("atendida")
    SETTLED = "settled", _("resuelta")


class PassageState(TextChoices):
    """What became of the passage of an observation in the newest version."""

    SAME = "same", _("sigue igual")
    CHANGED = "changed", _("cambió")
    VANISHED = "vanished", _("ya no está")


class Answer(TextChoices):
    """What a sister city says of the tie."""

    CONFIRMS = "confirms", _("confirma el acuerdo")
    CORRECTS = "corrects", _("lo corrige")
    KNOWS_OTHER = "knows_other", _("conoce otro instrumento")
    DOES_NOT_KNOW = "does_not_know", _("no lo conoce")


class DueKind(TextChoices):
    """What an office has to do, or must not forget."""

    INFORM_MINISTRY = "inform_ministry", _("informar a la Cancillería")
    REQUEST_OPINION = "request_opinion", _("solicitar el dictamen")
    ANSWER_OBSERVATIONS = "answer_observations", _("atender las observaciones y solicitar de nuevo el dictamen")
    OPINION_AWAITED = "opinion_awaited", _("se espera el dictamen")
    SIGN = "sign", _("firmar")
    CURE = "cure", _("pedir el dictamen que faltó al firmar")
    SEND_SIGNED_COPIES = "send_signed_copies", _("enviar las copias firmadas")
    REGISTRATION_AWAITED = "registration_awaited", _("se espera la inscripción")
    FIRST_PROGRAMME = "first_programme", _("acordar el primer programa anual")
    EXPIRY = "expiry", _("decidir si se prorroga, se refrenda o se da por terminado")
    ANNIVERSARY = "anniversary", _("aniversario de la firma")
    SECOND_PERSON = "second_person", _("confirmar o rechazar lo que propuso otra persona")


class Urgency(TextChoices):
    """How near a day is."""

    OVERDUE = "overdue", _("vencido")
    WEEK = "week", _("en los próximos siete días")
    MONTH = "month", _("en los próximos treinta días")
    LATER = "later", _("más adelante")
    UNDATED = "undated", _("sin fecha límite")
