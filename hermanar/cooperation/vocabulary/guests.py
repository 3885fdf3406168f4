"""The words of what the counterpart tells in the room of a tie."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EntryState(TextChoices):
    """How far the office is with what the counterpart told; until it is taken in, it counts for nothing."""

    SENT = "sent", _("por recibir")
    TAKEN_IN = "taken_in", _("recibida")
    RETURNED = "returned", _("devuelta")
    TAKEN_BACK = "taken_back", _("retirada por quien la contó")


class Likeness(TextChoices):
    """How like two tellings are; whether they are of the same thing is for a person to say."""

    SAME_DAYS = "same_days", _("la misma clase, en los mismos días")
    NEAR_DAYS = "near_days", _("la misma clase, en días cercanos")
    OTHER_KIND = "other_kind", _("otra clase, en los mismos días")


class Answered(TextChoices):
    """What the counterpart says of an activity that the office tells."""

    CONFIRMS = "confirms", _("así fue")
    CONTESTS = "contests", _("no fue así")


class GuestFault(TextChoices):
    """Why something between the office and its guest is not taken, and what to do."""

    ANSWERED = "answered", _("Ya tiene respuesta: lo que se recibió no cambia. Cuente lo nuevo como otra actividad.")
    OWN_WORD = "own_word", _("Usted lo contó como contraparte: lo recibe otra persona de la oficina.")
    NO_REASON = "no_reason", _("Falta la razón: dígala en una frase, para quien la contó.")
    NO_NOTE = "no_note", _("Falta qué no fue así: dígalo en una frase, para que la oficina pueda revisarlo.")
