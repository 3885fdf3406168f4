"""`hermanar verify`: whether the trail still is what was written, since which checkpoint."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.console import verb
from hermanar.console.proving import count_of, flaws, kept_heads
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail.checkpoints import keep_checkpoint, make_checkpoint

SHOWN = 20


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
        heads = kept_heads(options["checkpoint"])
        found = flaws(heads)
        for flaw in found[:SHOWN]:
            self.stderr.write(flaw.sentence)
        if found:
            raise CommandError(count_of(found))
        entries = TrailEntry.objects.count()
        told = {"entries": entries, "heads": len({head.made_at for head in heads})}
        self.stdout.write(_("Bitácora íntegra: %(entries)s entradas, %(heads)s puntos de control.") % told)
        if options["keep"]:
            made = keep_checkpoint(settings.CHECKPOINTS)
            self.stdout.write(_("Punto de control guardado en %(path)s: %(digest)s") % {
                "path": settings.CHECKPOINTS, "digest": made["digest"],
            })  # fmt: skip
