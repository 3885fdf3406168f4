# ruff: noqa: N999  the command is named so
"""`hermanar import FILE`: a city's own agreements enter the registry; looked at first, all or nothing."""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from tqdm import tqdm

from hermanar.agreements.actions import ImportPlan, SourceFile, import_agreements, plan_import
from hermanar.catalogue import read
from hermanar.catalogue.template import SHEET, template_csv, template_xlsx
from hermanar.console.verb import Verb
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.calendar import parse_partial, public_day, public_day_of
from hermanar.foundation.tables import Fault, RefusedTableError, read_table

_SHOWN = 50
_PATIENCE = 2  # seconds before a bar is worth its line


class _Bar:
    """A progress bar that appears only when the work takes a while and somebody watches."""

    def __init__(self, total: int) -> None:
        self._total, self._began = total, time.monotonic()
        self._bar: tqdm[None] | None = None

    def step(self, stage: str, done: int) -> None:
        """Show how far a stage is."""
        if self._bar is None and time.monotonic() - self._began > _PATIENCE and sys.stderr.isatty():
            self._bar = tqdm(total=self._total, unit=" filas", leave=False)
        if self._bar is not None:
            self._bar.set_description({"read": _("leyendo"), "write": _("asentando")}.get(stage, ""))
            self._bar.n = min(done, self._total)
            self._bar.refresh()

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()


class Command(Verb):
    """Look at a file, or with --yes write it."""

    help = gettext_lazy(
        "Importa los acuerdos de una ciudad de un archivo CSV o XLSX. Sin --yes solo dice qué haría: qué crearía,"
        " qué está mal y dónde, y qué parece estar ya. Con --yes lo asienta todo, o nada."
    )

    def needs_database(self, **options: Any) -> bool:
        """Only the template can be had without one."""
        return not options.get("template")

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, what it is as a source, and whether to write."""
        parser.add_argument("file", nargs="?", type=Path, metavar=_("ARCHIVO"), help=_("Archivo CSV o XLSX."))
        parser.add_argument(
            "--template", type=Path, metavar=_("RUTA"), help=_("Escribe la plantilla (.xlsx o .csv) y termina.")
        )
        parser.add_argument(
            "--sheet", default="", metavar=_("HOJA"), help=_("Hoja que se lee; si falta, «acuerdos» o la primera.")
        )
        parser.add_argument(
            "--source-title", default="", metavar=_("TÍTULO"), help=_("Título del documento; si falta, el nombre.")
        )
        parser.add_argument("--source-author", default="", metavar=_("QUIÉN"), help=_("Quién lo hizo."))
        parser.add_argument(
            "--source-date", default="", metavar=_("AAAA[-MM[-DD]]"), help=_("De cuándo es; si falta, el archivo.")
        )
        parser.add_argument("--unpublished", action="store_true", help=_("Asienta sin mostrarlo al público."))
        parser.add_argument("--yes", action="store_true", help=_("Escribe de verdad."))

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Run, and end in failure unless everything went well."""
        if options["template"]:
            self._write_template(options["template"])
            return
        if options["file"] is None:
            raise CommandError(_("Diga qué archivo, o --template RUTA para la plantilla."))
        try:
            self._import(options["file"], options)
        except RefusedTableError as refusal:
            self._show_faults(refusal.faults, len(refusal.faults))
            raise CommandError(_("Nada se escribió.")) from refusal

    def _write_template(self, path: Path) -> None:
        if path.suffix.lower() not in {".xlsx", ".csv"}:
            raise CommandError(_("La plantilla se escribe como .xlsx o .csv."))
        try:
            path.write_bytes(template_csv() if path.suffix.lower() == ".csv" else template_xlsx())
        except OSError as error:
            raise CommandError(
                _("No se puede escribir %(path)s: %(why)s") % {"path": path, "why": error.strerror}
            ) from error
        self.stdout.write(str(path))

    def _import(self, path: Path, options: dict[str, Any]) -> None:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(
                _("No se puede leer %(path)s: %(why)s") % {"path": path, "why": error.strerror}
            ) from error
        table = read_table(data, name=path.name, sheet=options["sheet"], preferred_sheet=SHEET)
        today = public_day()
        source = self._source(path, data, options, today=today)
        for notice in table.notices:
            self.stdout.write(str(notice))
        bar = _Bar(len(table.rows))
        try:
            if not options["yes"]:
                plan = plan_import(table, source=source, today=today, step=bar.step)
                bar.close()
                self._show_plan(plan)
                return
            published_at = None if options["unpublished"] else timezone.now()
            result = import_agreements(
                table, by=CONSOLE, source=source, today=today, published_at=published_at, step=bar.step
            )
        finally:
            bar.close()
        read.state(today=today)  # the index follows now, not at a visitor's expense
        self._show_notices(result.plan)
        self._show_duplicates(result.plan)
        done = _("%(new)d acuerdos asentados, %(same)d ya estaban, %(like)d parecidos que no se crearon.") % {
            "new": len(result.recorded.created),
            "same": result.recorded.unchanged,
            "like": len(result.plan.duplicates),
        }
        self.stdout.write(self.style.SUCCESS(done))

    def _source(self, path: Path, data: bytes, options: dict[str, Any], *, today: dt.date) -> SourceFile:
        as_of = options["source_date"]
        if not as_of:
            saved = public_day_of(dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC))
            as_of = min(saved, today).isoformat()  # a clock that ran ahead dates no source
        try:
            stated = parse_partial(as_of).on
        except ValueError as error:
            raise CommandError(_("--source-date se escribe AAAA, AAAA-MM o AAAA-MM-DD.")) from error
        if stated and stated > today:
            raise CommandError(_("--source-date está en el futuro."))
        return SourceFile.of(
            data, title=options["source_title"] or path.name, author=options["source_author"], as_of=as_of
        )

    def _show_plan(self, plan: ImportPlan) -> None:
        self._show_notices(plan)
        if plan.faults:
            self._show_duplicates(plan)
            self._show_faults(plan.faults, plan.fault_count)
            raise CommandError(_("Fue un ensayo: nada se escribió. Corrija las faltas y repítalo."))
        new = plan.new
        said = ngettext("Se asentaría %(count)d acuerdo:", "Se asentarían %(count)d acuerdos:", len(new))
        self.stdout.write(said % {"count": len(new)})
        for row in new[: _SHOWN // 5]:
            parties = {"one": row.one.label, "other": row.other.label or row.values[3]}
            self.stdout.write(_("  fila %(row)d: %(one)s – %(other)s") % {"row": row.number, **parties})
        if len(new) > _SHOWN // 5:
            self.stdout.write(_("  … y %(count)d más") % {"count": len(new) - _SHOWN // 5})
        for place in plan.added:
            self.stdout.write(
                _("Se agregaría el lugar: %(city)s, %(country)s") % {"city": place.city, "country": place.country}
            )
        if plan.entered:
            self.stdout.write(_("Ya asentados de este mismo archivo: %(count)d") % {"count": len(plan.entered)})
        self._show_duplicates(plan)
        self.stdout.write(_("Fue un ensayo: nada se escribió. Repita con --yes para asentarlo."))

    def _show_notices(self, plan: ImportPlan) -> None:
        for notice in plan.notices:
            self.stdout.write(str(notice))

    def _show_duplicates(self, plan: ImportPlan) -> None:
        if not plan.duplicates:
            return
        self.stdout.write(_("Probables duplicados, que no se crean; si alguno es otro, ponga «sí» en confirmar_nuevo:"))
        for one in plan.duplicates[:_SHOWN]:
            self.stdout.write(f"  {one}")
        if len(plan.duplicates) > _SHOWN:
            self.stdout.write(_("  … y %(count)d más") % {"count": len(plan.duplicates) - _SHOWN})

    def _show_faults(self, faults: tuple[Fault, ...] | list[Fault], count: int) -> None:
        for fault in faults[:_SHOWN]:
            self.stderr.write(str(fault))
        if count > _SHOWN:
            self.stderr.write(_("… y %(count)d más") % {"count": count - _SHOWN})
        self.stderr.write(ngettext("%(count)d falta.", "%(count)d faltas.", count) % {"count": count})
