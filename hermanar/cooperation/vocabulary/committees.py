"""The words of committees: whom members stand for, when a quorum is there, why something is refused."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sector(TextChoices):
    """Whom a member stands for: those of a regulation's committee (D6.1) and the other actors of a twinning (D3.3)."""

    AUTHORITIES = "authorities", _("autoridades")
    CIVIL_SOCIETY = "civil_society", _("sociedad civil")
    PRIVATE = "private", _("sector privado")
    ACADEMIA = "academia", _("academia")
    FRIENDS = "friends", _("asociaciones de amistad")
    SUPRANATIONAL = "supranational", _("organismos supranacionales")
    AGENCIES = "agencies", _("agencias, programas y fondos internacionales")
    OTHER = "other", _("otros: medios, transporte, centros de conocimiento")


class Quorum(TextChoices):
    """How many a regulation asks for; it is not guessed."""

    UNKNOWN = "unknown", _("no se sabe")
    MAJORITY = "majority", _("más de la mitad")
    SHARE = "share", _("una parte, al menos")
    NUMBER = "number", _("un número, al menos")
    PRESENT = "present", _("quienes asistan")  # of a second call only
    NONE = "none", _("no hay segunda convocatoria")  # of a second call only


class SessionState(TextChoices):
    """What became of a session."""

    CALLED = "called", _("convocada")
    HELD = "held", _("celebrada con quórum")
    MEETING = "meeting", _("reunión sin quórum, sin acuerdos")
    CANCELLED = "cancelled", _("cancelada")


class CommitteeRefusal(TextChoices):
    """Why something of a committee is refused, and what to do about it."""

    FUTURE_DATE = "future_date", _("La fecha está por venir: asiente lo que ya ocurrió.")
    NO_REASON = "no_reason", _("Falta el motivo: escríbalo.")
    NO_NAME = "no_name", _("Falta el nombre: escríbalo.")
    NO_WORDS = "no_words", _("Falta decir qué: escríbalo.")
    NO_SOURCE = "no_source", _("Hay fecha o instrumento de creación: diga en qué papel consta.")
    AREA_WITHOUT_TIE = "area_without_tie", _("Un comité de área es de un hermanamiento: elija ambos, o ninguno.")
    AREA_TAKEN = "area_taken", _("Esa área del hermanamiento ya tiene su comité: ábralo, o termínelo antes.")
    OFFICE_TAKEN = "office_taken", _("La oficina ya tiene un comité con ese nombre.")
    TIE_ABANDONED = "tie_abandoned", _("Ese expediente se abandonó: no se le crean comités.")
    BAD_FIGURE = "bad_figure", _("Escriba la parte como «2/3» o «60 %», y el número como «5».")
    BAD_SECOND_FIGURE = (
        "bad_second_figure",
        _("En segunda convocatoria, escriba la parte como «2/3» o «60 %», y el número como «5»."),
    )
    MORE_THAN_SEATS = "more_than_seats", _("El quórum es mayor que el número de integrantes que dice la regla.")
    COMMITTEE_ENDED = "committee_ended", _("El comité ya terminó: lo asentado no cambia.")
    BEFORE_FOUNDING = "before_founding", _("La fecha es anterior a la creación del comité: revise las dos.")
    TERM_ENDS_FIRST = "term_ends_first", _("El periodo termina antes de empezar: revise las dos fechas.")
    ALREADY_MEMBER = "already_member", _("Esa persona ya está en este comité en esas fechas, como titular o suplente.")
    IN_ANOTHER = "in_another", _("Esa persona está en otro comité en esas fechas, y la regla lo prohíbe.")
    SUBSTITUTE_OF_OTHER = "substitute_of_other", _("El titular no es de este comité, es suplente, o ya no está en él.")
    SUBSTITUTE_TAKEN = "substitute_taken", _("Ese titular ya tiene suplente en esas fechas.")
    MEMBER_GONE = "member_gone", _("Esa persona ya no es integrante: lo asentado no cambia.")
    NOT_A_SUBSTITUTE = "not_a_substitute", _("Esa persona no es suplente de nadie en este comité.")
    STILL_THERE = "still_there", _("El titular sigue en su lugar: asiente antes su salida.")
    ATTENDED_LATER = "attended_later", _("Esa persona asistió a una sesión posterior a esa fecha: revise la fecha.")
    NO_AGENDA = "no_agenda", _("Falta el orden del día: un asunto por renglón.")
    CALLED_AFTER = "called_after", _("La convocatoria es posterior a la sesión: revise las dos fechas.")
    NOT_YET = "not_yet", _("La sesión está por venir: la asistencia y el acta se asientan cuando ocurra.")
    NOT_HELD = "not_held", _("Falta asentar la asistencia de la sesión.")
    SESSION_CLOSED = "session_closed", _("La sesión ya se celebró o se canceló: lo asentado no cambia.")
    NOT_A_MEMBER_THEN = "not_a_member_then", _("Asistió alguien que no era integrante ni suplente ese día.")
    NOBODY_CAME = "nobody_came", _("Marque a quienes asistieron; si no vino nadie, cancele la sesión.")
    NO_SECOND_CALL = "no_second_call", _("La regla de este comité no prevé segunda convocatoria.")
    SECOND_CALL_UNKNOWN = (
        "second_call_unknown",
        _("No se sabe qué dice la regla de la segunda convocatoria: escríbalo en los datos del comité."),
    )
    SAY_QUORUM = "say_quorum", _("No se conoce la regla del quórum: diga usted si lo hubo, según su reglamento.")
    NO_QUORUM = (
        "no_quorum",
        _(
            "Sin quórum no se toman acuerdos. Puede sesionar en segunda convocatoria si la regla la prevé, convocar a "
            "otra sesión, o dejarla como reunión sin acuerdos."
        ),
    )
    HAS_DECISIONS = "has_decisions", _("La sesión ya tomó acuerdos: su asistencia no puede quedar sin quórum.")
    VOTES_DO_NOT_ADD_UP = "votes_do_not_add_up", _("Hay más votos que asistentes con voto: revise las cuentas.")
    HELD_LATER = "held_later", _("El comité sesionó después de esa fecha: revise la fecha.")
    SAME_MINUTES = "same_minutes", _("Esa es el acta que ya está guardada.")
    MINUTES_SIGNED = "minutes_signed", _("El acta ya está firmada: lo asentado no cambia.")
    NO_SUCH_ITEM = "no_such_item", _("Ese asunto no está en el orden del día de la sesión.")
    OWNER_GONE = "owner_gone", _("Quien se encarga ya no es integrante: elija a otra persona.")
    DUE_BEFORE = "due_before", _("El plazo es anterior al acuerdo del que nace: revise la fecha.")
    DONE_BEFORE = "done_before", _("Se cumplió antes de encargarse: revise la fecha.")
