"""`hermanar erase ADDRESS`: forget a person who asks for it, and report what remains and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hermanar.console.erasing import ELSEWHERE, Erased, erase, letters_naming, still_named
from hermanar.console.verb import Verb
from hermanar.offices.rules import OfficeError


class Command(Verb):
    help = gettext_lazy(
        "Borra a una persona que lo pide y dice qué queda de ella y por qué. Sin --yes solo dice dónde está su correo."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address, and where the report goes."""
        parser.add_argument("email", metavar="CORREO", help=_("Correo de la persona."))
        parser.add_argument("--yes", action="store_true", help=_("borra; no se puede deshacer"))
        parser.add_argument("--report", type=Path, metavar="ARCHIVO", help=_("escribe el informe también aquí"))

    def handle(self, *args: Any, email: str, **options: Any) -> None:  # noqa: ARG002
        """Say where the address is, or erase and report; a person alone in charge of an office is refused."""
        if "@" not in email.strip().strip("@"):
            raise CommandError(_("CORREO=%(email)s: no es un correo") % {"email": email})
        if not options["yes"]:
            self._look(email)
            return
        try:
            lines = report(erase(email))
        except OfficeError as refused:
            raise CommandError(
                _(
                    "No se borró nada: esta persona está sola a cargo de una oficina."
                    " Nombre antes a otra con «hermanar admin»."
                )
            ) from refused
        self.stdout.write("\n".join(lines))
        if options["report"]:
            options["report"].touch(mode=0o600)
            options["report"].write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _look(self, email: str) -> None:
        for where, count in still_named(email):
            self.stdout.write(f"{where}: {count}")
        if letters := letters_naming(email):
            self.stdout.write(f"mail: {letters}")
        self.stdout.write(_("Lo sellado no se enumera aquí. Con --yes se borra, y se informa qué queda y por qué."))


def report(done: Erased) -> list[str]:
    """Return the report that is given to whoever asked; it does not repeat the address."""
    lines = [
        _("Informe de supresión, %(at)s") % {"at": timezone.now().isoformat(timespec="seconds")},
        "",
        _("Se borró:"),
    ]
    lines += [f"- {table}: {count}" for table, count in sorted(done.gone.items()) if count] or ["- " + _("nada")]
    lines += ["", _("Aún dicen el correo:")]
    lines += [f"- {where}: {count}; {why}" for where, count, why in done.stays] or ["- " + _("ninguna tabla")]
    lines += ["", _("Además:"), *(f"- {line}" for line in ELSEWHERE)]
    if done.unopened:
        told = ngettext(
            "Un aporte está sellado con una llave que esta instalación no tiene: no se sabe de quién es y ahí sigue."
            " Cuando la llave vuelva, repita esta orden.",
            "%(count)s aportes están sellados con una llave que esta instalación no tiene: no se sabe de quién son y"
            " ahí siguen. Cuando la llave vuelva, repita esta orden.",
            done.unopened,
        )
        lines.append("- " + told % {"count": done.unopened})
    return lines
