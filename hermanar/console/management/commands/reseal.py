"""`hermanar reseal`: change the key under which what is kept of people is sealed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hermanar.console.verb import Verb
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.intake.resealing import reseal_contributions
from hermanar.foundation.trail import keyring, record
from hermanar.foundation.trail.keyring import Key
from hermanar.foundation.trail.sealing import Resealed
from hermanar.museum.actions.letters import reseal_addresses
from hermanar.offices.actions import reseal_factors

# Everything that is sealed; each seals what is behind, some rows in a transaction.
SEALED: tuple[Callable[[Sequence[Key]], Iterator[Resealed]], ...] = (
    reseal_contributions,
    reseal_addresses,
    reseal_factors,
)
# Longer than any writer waits for a lock (SQLite: 20 s) and works from there to its commit.
WAIT_SECONDS = 60


class Command(Verb):
    help = gettext_lazy(
        "Cambia la llave con que se sella lo que se guarda de personas, y vuelve a sellarlo todo. Puede repetirse: si"
        " se interrumpe, sigue donde iba; al terminar, la llave anterior ya no abre nada."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how long to wait for whoever may still be writing under the former key."""
        parser.add_argument(
            "--wait",
            type=int,
            default=WAIT_SECONDS,
            metavar=_("SEGUNDOS"),
            help=_("lo que se espera a quien empezó a escribir con la llave anterior; 0 con el servidor detenido"),
        )

    def handle(self, *_args: Any, wait: int = WAIT_SECONDS, **_options: Any) -> None:
        """Begin a change or go on with it; retire the former key once nothing is left that it sealed."""
        if settings.SEAL_KEYS:
            self._in_the_environment()
            return
        try:
            with keyring.alone():
                self._change(wait)
        except BlockingIOError as taken:
            raise CommandError(_("Otro cambio de llave está en curso: espere a que termine.")) from taken

    def _change(self, wait: int) -> None:
        began = keyring.begin_change()
        self.stdout.write(_("Llave nueva en %s.") % keyring.path() if began else _("Sigue un cambio ya empezado."))
        keys = keyring.ring()
        first = resealed(keys)
        # Who sealed under the former key before there was a new one may still wait for a lock, and commits only then.
        left = math.ceil(min(wait, keyring.changed_at() + wait - time.time()))
        if left > 0:
            self.stdout.write(_("Se espera %(count)s s a quien aún escriba con la llave anterior.") % {"count": left})
            time.sleep(left)
        last = resealed(keys)
        keyring.end_change()
        count = Resealed(first.done + last.done, last.unopened)
        record("seal.key_changed", by=CONSOLE, content={"values": count.done})
        self._tell(count)
        self.stdout.write(_("La llave anterior ya no abre nada; los respaldos de antes guardan la suya."))

    def _in_the_environment(self) -> None:
        keys = keyring.ring()
        if len(keys) == 1:
            raise CommandError(
                _(
                    "HERMANAR_SEAL_KEYS tiene una sola llave: ponga la nueva delante de ella y reinicie antes de"
                    " repetir."
                )
            )
        self._tell(resealed(keys))
        self.stdout.write(_("Deje en HERMANAR_SEAL_KEYS solo la primera llave, y reinicie."))

    def _tell(self, count: Resealed) -> None:
        told = ngettext("%(count)s valor sellado de nuevo.", "%(count)s valores sellados de nuevo.", count.done)
        self.stdout.write(told % {"count": count.done})
        if count.unopened:
            told = ngettext(
                "%(count)s valor no lo abre ninguna llave de esta instalación; quedó como estaba.",
                "%(count)s valores no los abre ninguna llave de esta instalación; quedaron como estaban.",
                count.unopened,
            )
            self.stderr.write(told % {"count": count.unopened})


def resealed(keys: Sequence[Key]) -> Resealed:
    """Seal anew whatever is not under the newest key; return how many rows that were and how many nothing opens."""
    told = [some for reseal in SEALED for some in reseal(keys)]
    return Resealed(sum(one.done for one in told), sum(one.unopened for one in told))
