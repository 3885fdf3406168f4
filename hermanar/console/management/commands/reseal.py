"""`hermanar reseal`: change the key under which what is kept of people is sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
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


class Command(Verb):
    help = gettext_lazy(
        "Cambia la llave con que se sella lo que se guarda de personas, y vuelve a sellarlo todo. Puede repetirse: si"
        " se interrumpe, sigue donde iba; al terminar, la llave anterior ya no abre nada."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Begin a change or go on with it; retire the former key once nothing is left that it sealed."""
        if settings.SEAL_KEYS:
            self._in_the_environment()
            return
        try:
            with keyring.alone():
                self._change()
        except BlockingIOError as taken:
            raise CommandError(_("Otro cambio de llave está en curso: espere a que termine.")) from taken

    def _change(self) -> None:
        began = keyring.begin_change()
        self.stdout.write(_("Llave nueva en %s.") % keyring.path() if began else _("Sigue un cambio ya empezado."))
        keys = keyring.ring()
        first = resealed(keys)
        keyring.end_change()
        # Whoever sealed under the former key just before it was retired is met here: these keys still open it.
        last = resealed(keys)
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
