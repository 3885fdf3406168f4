"""`hermanar refresh`: ask Wikidata today's ties and keep the answer as a new capture."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hermanar.console.verb import Verb
from hermanar.console.wikidata import NoAnswerError, ask, endpoint
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.calendar import public_day
from hermanar.observatory.actions import load_wikidata_ties

_SHOWN = 30


class Command(Verb):
    """Ask, keep, tell what appeared and what vanished; where there is no internet, say so and change nothing."""

    help = gettext_lazy(
        "Pregunta a Wikidata qué hermanamientos conoce hoy. Guarda la respuesta como una captura nueva y dice qué"
        " apareció y qué desapareció. Nada se olvida. Sin internet lo dice, no cambia nada y termina con 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take no argument beyond the common ones; HERMANAR_SPARQL names another endpoint."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Ask and store."""
        address = endpoint()
        self.stdout.write(_("Preguntando a %(address)s …") % {"address": address})
        try:
            bindings = ask(address)
        except NoAnswerError as error:
            raise CommandError(f"{error} " + _("Nada cambió.")) from error
        day = public_day().isoformat()
        report = load_wikidata_ties(bindings, captured_on=day, by=CONSOLE)
        if report.is_unchanged:
            self.stdout.write(_("La captura %(key)s ya tenía esto mismo.") % {"key": report.key})
            return
        told = ngettext(
            "Captura %(key)s: %(rows)d lazo reportado, %(known)d con las dos ciudades reconocidas.",
            "Captura %(key)s: %(rows)d lazos reportados, %(known)d con las dos ciudades reconocidas.",
            report.rows,
        )
        self.stdout.write(told % {"key": report.key, "rows": report.rows, "known": report.recognised})
        if report.difference is None:
            self.stdout.write(_("Es la primera captura de esta fuente: no hay con qué compararla."))
            return
        self._list(_("Aparecieron"), report.difference.appeared)
        self._list(_("Desaparecieron"), report.difference.vanished)

    def _list(self, title: str, labels: tuple[str, ...]) -> None:
        self.stdout.write(f"{title}: {len(labels)}")
        for label in labels[:_SHOWN]:
            self.stdout.write(f"  {label}")
        if len(labels) > _SHOWN:
            self.stdout.write(_("  … y %(count)d más") % {"count": len(labels) - _SHOWN})
