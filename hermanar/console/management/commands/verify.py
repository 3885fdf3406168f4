"""`hermanar verify`: whether the trail still is what was written, since which checkpoint."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hermanar.agreements.queries import steps_unlike_their_trail
from hermanar.console import verb
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail.checkpoints import (
    CheckpointError,
    keep_checkpoint,
    make_checkpoint,
    read_checkpoints,
    verify,
)
from hermanar.foundation.trail.verifying import Fault, Finding, Head

SHOWN = 20


def sentences() -> dict[Fault, str]:
    """Return what each fault means, in the reader's language."""
    return {
        Fault.ALTERED: _("la entrada %(number)s fue alterada"),
        Fault.MISSING: _("falta la entrada %(number)s"),
        Fault.UNLINKED: _("la entrada %(number)s no sigue a la anterior: se quitó, se insertó o se movió algo"),
        Fault.CUT_OFF: _("falta el final: el punto de control conoce la entrada %(number)s"),
        Fault.REWRITTEN: _("la cadena se escribió de nuevo: la entrada %(number)s era otra"),
    }


class Command(verb.Verb):
    help = gettext_lazy(
        "Verifica la bitácora contra sí misma y contra los puntos de control guardados fuera de la base de datos."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checkpoint",
            action="append",
            type=Path,
            default=[],
            metavar="ARCHIVO",
            help=_("un punto de control guardado aparte; puede repetirse"),
        )
        parser.add_argument(
            "--keep", action="store_true", help=_("agrega un punto de control nuevo si todo está en orden")
        )
        parser.add_argument(
            "--print", action="store_true", help=_("escribe el punto de control de este momento y termina")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Refuse with all that is wrong; end well only when nothing is."""
        if options["print"]:
            self.stdout.write(json.dumps(make_checkpoint(), sort_keys=True))
            return
        heads = self._heads(options["checkpoint"])
        findings = verify(heads)
        wrong_steps = steps_unlike_their_trail()
        for finding in findings[:SHOWN]:
            self.stderr.write(self._sentence(finding))
        for agreement, number in wrong_steps[:SHOWN]:
            self.stderr.write(_("%(file)s: el paso %(number)s no dice lo que la bitácora guardó de él") % {
                "file": agreement, "number": number,
            })  # fmt: skip
        count = len(findings) + len(wrong_steps)
        if count:
            raise CommandError(
                ngettext("Se encontró %(count)s falta.", "Se encontraron %(count)s faltas.", count) % {"count": count}
            )
        entries = TrailEntry.objects.count()
        told = {"entries": entries, "heads": len({head.made_at for head in heads})}
        self.stdout.write(_("Bitácora íntegra: %(entries)s entradas, %(heads)s puntos de control.") % told)
        if options["keep"]:
            made = keep_checkpoint(settings.CHECKPOINTS)
            self.stdout.write(_("Punto de control guardado en %(path)s: %(digest)s") % {
                "path": settings.CHECKPOINTS, "digest": made["digest"],
            })  # fmt: skip

    def _heads(self, files: list[Path]) -> list[Head]:
        """Read the checkpoints kept here and those given; refuse a file that is none."""
        kept = [settings.CHECKPOINTS] if settings.CHECKPOINTS.exists() else []
        heads: list[Head] = []
        for path in [*kept, *files]:
            try:
                heads += read_checkpoints(path.read_text(encoding="utf-8"), name=path.name)
            except OSError as error:
                raise CommandError(_("No se puede leer %(path)s: %(why)s") % {
                    "path": path, "why": error.strerror,
                }) from error  # fmt: skip
            except (CheckpointError, UnicodeDecodeError) as error:
                raise CommandError(
                    _("No es un punto de control, o fue cambiado después de hecho: %(where)s") % {"where": error}
                ) from error
        return heads

    def _sentence(self, finding: Finding) -> str:
        said = sentences()[finding.fault] % {"number": finding.number}
        since = _(" (desde el punto de control de %(since)s)") % {"since": finding.since} if finding.since else ""
        return f"{finding.chain}: {said}{since}"
