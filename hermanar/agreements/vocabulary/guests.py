"""The words of who takes part in a tie from its other side."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GuestRefusal(TextChoices):
    """Why the door of a tie's room does not open, or nobody can be asked in."""

    INVITATION_INVALID = (
        "invitation_invalid",
        _("Esta invitación ya no vale: se usó, se retiró o pasó su plazo. Pida otra a la oficina que se la envió."),
    )
    INVITATION_OF_ANOTHER = (
        "invitation_of_another",
        _("Esta invitación no es para la cuenta con la que entró. Salga y abra el enlace otra vez."),
    )
    ACCOUNT_EXISTS = (
        "account_exists",
        _("Ya hay una cuenta con esa dirección: entre con ella y abra el enlace otra vez."),
    )
    ALREADY_IN = "already_in", _("Esa persona ya participa en este lazo.")
    OF_THE_OFFICE = "of_the_office", _("Esa persona trabaja en la oficina: no es de la contraparte.")
    TIE_OVER = "tie_over", _("El lazo terminó o el expediente se abandonó: su sala está cerrada.")
