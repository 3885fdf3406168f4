"""`hermanar check`: whether this installation is sound, and what it stands on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.management.base import CommandError, CommandParser
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hermanar.catalogue import read
from hermanar.catalogue.read import soundness
from hermanar.console import standby, walls
from hermanar.console.verb import Verb
from hermanar.foundation import jobs, trail
from hermanar.foundation.calendar import public_day
from hermanar.foundation.documents import damaged, orphans, path_of
from hermanar.foundation.models import Document, TrailEntry

SHOWN = 20


class Command(Verb):
    """Look at everything an answer depends on, tell it line by line, and fail when any of it is not sound."""

    help = gettext_lazy(
        "Revisa la instalación: ajustes, disco, base de datos, archivos, trabajos, bitácora, registro e índice."
        " Termina con 0 solo si todo está en orden; /salud/ dice una parte a quien vigila."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether files are read, which lasts as long as reading all of them."""
        parser.add_argument(
            "--files",
            action="store_true",
            help=_("lee cada archivo contra su resumen y enumera los que no son de ningún documento"),
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Tell each part; what is not sound is told again at the end."""
        self.faults: list[str] = []
        self.is_reading = bool(options["files"])
        self.check()
        parts = (self._settings, self._disk, self._database, self._standby, self._walls, self._files, self._jobs)
        for part in (*parts, self._trail, self._index):
            part()
        if self.faults:
            raise CommandError("\n".join(self.faults))
        self.stdout.write(self.style.SUCCESS(_("Todo en orden.")))

    def _tell(self, title: str, *facts: str) -> None:
        self.stdout.write(f"{title:<15} {'; '.join(fact for fact in facts if fact)}")

    def _settings(self) -> None:
        https = _("con HTTPS") if getattr(settings, "SECURE_SSL_REDIRECT", False) else _("sin HTTPS")
        self._tell(_("Ajustes"), f"HERMANAR_MODE={settings.MODE}", ", ".join(settings.ALLOWED_HOSTS), https)

    def _disk(self) -> None:
        free = soundness.free_bytes()
        self._tell(_("Datos"), str(settings.VAR), _("%s libres") % filesizeformat(free))
        if free < soundness.LEAST_FREE:
            self.faults.append(_("Queda poco espacio en el disco: %s. Haga lugar.") % filesizeformat(free))

    def _database(self) -> None:
        facts = soundness.database()
        journal = _("diario %s (WAL solo desde SQLite 3.51.3)") % facts.journal.upper() if facts.journal else ""
        self._tell(_("Base de datos"), f"{facts.name} {facts.version}", facts.file, filesizeformat(facts.size), journal)
        if not facts.is_journal_safe:
            self.faults.append(
                _("SQLite %s puede dañar la base de datos con el diario WAL: reinicie con «hermanar run».")
                % facts.version
            )
        if facts.loose:
            told = _("PostgreSQL puede perder lo que ya confirmó si se va la luz: %(names)s debe ser «on».")
            self.faults.append(told % {"names": ", ".join(facts.loose)})
        if damage := soundness.damage():
            self.faults.append(_("La base de datos está dañada; ponga una copia en su lugar: %s") % damage)

    def _standby(self) -> None:
        if not settings.STANDBY:
            return
        behind = standby.octets_behind()
        self._tell(_("Réplica"), _("no responde") if behind is None else _("%s atrás") % filesizeformat(behind))
        if behind is None:
            self.faults.append(
                _("La réplica no responde, o no sigue a nadie: las páginas públicas se leen del principal.")
            )

    def _walls(self) -> None:
        if connection.vendor != "postgresql":
            return
        stands = walls.stand(connection)
        self._tell(_("Muros"), _("entre oficinas, en %d tablas") % len(walls.walls()) if stands else _("ninguno"))
        if not stands:
            self.faults.append(
                _("Entre las oficinas no hay segundo muro: cree el rol como superusuario y ejecute hermanar migrate.")
                + f" CREATE ROLE {walls.ROLE} NOLOGIN; GRANT {walls.ROLE} TO {connection.settings_dict['USER']};"
            )

    def _files(self) -> None:
        rows, lost, alone = Document.objects.count(), damaged(is_read=self.is_reading), orphans()
        told = ngettext("%(count)s documento", "%(count)s documentos", rows) % {"count": intcomma(rows)}
        loose = ngettext("%(count)s archivo de ningún documento", "%(count)s archivos de ningún documento", len(alone))
        self._tell(_("Archivos"), told, loose % {"count": intcomma(len(alone))} if alone else "")
        for path in alone if self.is_reading else ():
            self.stdout.write(f"  {path}")
        if lost:
            fault = ngettext(
                "El archivo de un documento falta o no es el que se guardó; tráigalo de una copia:",
                "Los archivos de %(count)s documentos faltan o no son los que se guardaron; tráigalos de una copia:",
                len(lost),
            )
            paths = list(dict.fromkeys(str(path_of(row.digest)) for row in lost))
            rest = ["…"] if len(paths) > SHOWN else []
            self.faults.append("\n".join([fault % {"count": intcomma(len(lost))}, *paths[:SHOWN], *rest]))

    def _jobs(self) -> None:
        waiting = jobs.unended()
        if not waiting:
            return
        self._tell(_("Trabajos"), _("%d sin terminar") % len(waiting))
        if alone := sum(map(jobs.is_alone, waiting)):
            fault = ngettext(
                "Un trabajo largo espera y nadie lo hace: ejecute hermanar work.",
                "%(count)s trabajos largos esperan y nadie los hace: ejecute hermanar work.",
                alone,
            )
            self.faults.append(fault % {"count": alone})

    def _trail(self) -> None:
        count, broken = TrailEntry.objects.filter(chain=trail.REGISTRY).count(), trail.first_break()
        entries = ngettext("%(count)s entrada", "%(count)s entradas", count) % {"count": intcomma(count)}
        self._tell(_("Bitácora"), entries, _("sin romper") if broken is None else _("rota"))
        if broken is not None:
            self.faults.append(_("La bitácora está rota en la entrada %s.") % broken)

    def _index(self) -> None:
        state = read.state(today=public_day())
        published = state["published"]
        agreements = ngettext("%(count)s acuerdo publicado", "%(count)s acuerdos publicados", published)
        self._tell(_("Registro"), agreements % {"count": intcomma(published)}, _("revisión %d") % state["revision"])
        documents = ngettext("%(count)s documento", "%(count)s documentos", state["indexed"])
        where = str(settings.INDEX_DIR) if state["on_disk"] else _("en la memoria")
        self._tell(_("Índice"), documents % {"count": intcomma(state["indexed"])}, where)
        if state["indexed"] != published:
            self.faults.append(_("El índice no coincide con los acuerdos publicados: bórrelo, se hace de nuevo."))
        if not state["on_disk"]:
            self.faults.append(
                _("No se puede usar la carpeta del índice, %s: revise permisos y espacio.") % settings.INDEX_DIR
            )
