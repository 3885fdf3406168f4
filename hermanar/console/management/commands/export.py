"""`hermanar export DIR`: every data set in every format, with what they are and how they may be used."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.console.progress import stepped
from hermanar.console.verb import Verb
from hermanar.foundation.calendar import public_day
from hermanar.open_data import dcat
from hermanar.open_data.datasets import DATASETS, FORMATS, Asked, Dataset
from hermanar.open_data.files import chunks


class Command(Verb):
    """Write the files into a folder; each appears whole or not at all."""

    help = gettext_lazy(
        "Escribe en una carpeta todos los conjuntos de datos en todos sus formatos, con un LÉAME y las licencias."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder, the language and the public address."""
        parser.add_argument("dir", type=Path, metavar=_("CARPETA"), help=_("Carpeta; se crea si no existe."))
        parser.add_argument(
            "--language", choices=["es", "en"], default="es", help=_("Idioma de encabezados y nombres.")
        )
        parser.add_argument(
            "--base", default="urn:hermanar:", metavar=_("DIRECCIÓN"), help=_("Dirección pública de esta casa.")
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Write everything and tell what was written."""
        folder: Path = options["dir"]
        base = options["base"] if options["base"].endswith(("/", ":")) else f"{options['base']}/"
        asked = Asked(public_day(), options["language"], base)
        files = [(one, format_) for one in DATASETS for format_ in one.formats]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with translation.override(options["language"]):
                for one, format_ in stepped(files, name=lambda file: f"{file[0].name}.{file[1]}"):
                    self._write(folder / f"{one.name}.{format_}", chunks(one, format_, asked))
                document = json.dumps(dcat.catalogue(base), ensure_ascii=False, indent=1)
                self._write(folder / "catalogo.jsonld", [document.encode()])
                self._write(folder / "README.md", [_readme(asked).encode()])
                self._write(folder / "NOTICE", [_notice().encode()])
        except OSError as error:
            raise CommandError(
                _("No se puede escribir en %(path)s: %(why)s") % {"path": folder, "why": error.strerror}
            ) from error
        self.stdout.write(
            self.style.SUCCESS(_("%(count)d archivos en %(path)s") % {"count": len(files) + 3, "path": folder})
        )

    def _write(self, path: Path, parts: Any) -> None:
        partial = path.with_name(f".{path.name}.part")
        try:
            with partial.open("wb") as file:
                for part in parts:
                    file.write(part)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)


def _readme(asked: Asked) -> str:
    lines = [
        "# " + _("Hermanar: datos abiertos"),
        "",
        _("Exportado el %(day)s.") % {"day": asked.today.isoformat()},
        "",
    ]
    for one in DATASETS:
        names = ", ".join(f"`{one.name}.{format_}`" for format_ in one.formats)
        lines += [f"## {one.title}", "", str(one.description), "", f"- {names}", f"- {_licence(one)}", ""]
    lines += [
        "`catalogo.jsonld`: "
        + _("catálogo DCAT")
        + ". "
        + _("Formatos: %(names)s.") % {"names": ", ".join(n for n, _m in FORMATS.values())},
        "",
    ]
    return "\n".join(lines)


def _licence(one: Dataset) -> str:
    return f"{one.licence[0]} <{one.licence[1]}>; {one.attribution}"


def _notice() -> str:
    return "\n".join([*(f"{one.name}: {_licence(one)}" for one in DATASETS), ""])
