"""`hermanar check`: whether this installation is sound."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.check import Command as DjangoCheck
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.foundation import trail
from hermanar.foundation.calendar import public_day


class Command(DjangoCheck):
    """Ask Django's own checks, then whether the trail is unbroken and the index agrees with the records."""

    help = "Revisa la instalación: ajustes, bitácora e índice."

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse with the first thing that is not sound."""
        super().handle(*args, **options)
        broken = trail.first_break()
        if broken is not None:
            raise CommandError(_("La bitácora está rota en la entrada %s.") % broken)
        state = read.state(today=public_day())
        if state["indexed"] != state["published"]:
            raise CommandError(_("El índice no coincide con los acuerdos publicados: %s") % state)
        self.stdout.write(self.style.SUCCESS(_("Todo en orden: %s") % state))
