"""`hermanar unlock ADDRESS`: let a person who lost the second factor make another."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from hermanar.console import verb
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.models import User
from hermanar.offices.actions import forget_second_factor


class Command(verb.Verb):
    """Forget the factor, end the sessions, say what comes next."""

    help = (
        "Olvida el segundo factor de quien lo perdió junto con sus códigos de recuperación, y cierra sus sesiones."
        " Al entrar con su contraseña configura otro. Asegúrese antes de quién lo pide."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address of the person."""
        parser.add_argument("email", metavar="CORREO", help=_("Correo de la cuenta."))

    def handle(self, *args: Any, email: str, **options: Any) -> None:  # noqa: ARG002
        """Forget and tell."""
        try:
            forget_second_factor(email, by=CONSOLE)
        except User.DoesNotExist as unknown:
            raise CommandError(_("CORREO=%(email)s: no hay cuenta con esa dirección") % {"email": email}) from unknown
        self.stdout.write(
            _("Segundo factor olvidado. Al entrar con su contraseña, %(email)s configura otro.") % {"email": email}
        )
