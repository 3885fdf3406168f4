"""`hermanar newsletter`: the newsletter, when there is something new; once to each, however often it is repeated."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hermanar.console.verb import Verb
from hermanar.foundation.calendar import public_day_of
from hermanar.museum.actions.issues import Sent, compose_issue, next_issue, send_issue
from hermanar.museum.actions.letters import forget_unconfirmed
from hermanar.museum.mails import Letters
from hermanar.museum.queries.news import news

_BATCH = 500


class Command(Verb):
    help = gettext_lazy("Manda el boletín a quienes lo confirmaron, si hay algo nuevo; prográmelo una vez por semana.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--base", metavar="DIRECCIÓN", help=_("Dirección pública: https://sitio.gob.mx/"))
        parser.add_argument("--most", type=int, default=_BATCH, metavar="CUÁNTOS", help=_("cartas de una vez"))
        parser.add_argument("--show", action="store_true", help=_("dice qué diría y a cuántos, y no manda nada"))

    def handle(self, *_args: Any, base: str | None, most: int, show: bool, **_options: Any) -> None:
        """Forget who never confirmed, compose what is new, send a batch; fail when it could not all be sent."""
        if show:
            self._show()
            return
        parts = urlsplit(base or "")
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise CommandError(_("--base: escriba la dirección pública, como https://sitio.gob.mx/"))
        if most < 1:
            raise CommandError(_("--most: escriba un número mayor que cero"))
        gone = forget_unconfirmed()
        self.stdout.write(_forgotten(gone))
        issue = compose_issue(base=str(base))
        if issue is None:
            self.stdout.write(_("No hay nada nuevo desde el último boletín."))
            return
        done = send_issue(issue, letter=Letters(), most=most)
        self.stdout.write(_("Boletín %(number)d:") % {"number": issue.number} + " " + _told(done))
        if wrong := _wrong(done):
            raise CommandError(wrong)

    def _show(self) -> None:
        since, until, count = next_issue()
        for language in ("es", "en"):
            with translation.override(language):
                for line in news(since=since, until=until, language=language):
                    self.stdout.write(f"{language} {public_day_of(line.published_at)} {line.title}")
        text = ngettext("Iría a %(count)d persona.", "Iría a %(count)d personas.", count)
        self.stdout.write(text % {"count": count})


def _forgotten(count: int) -> str:
    text = ngettext(
        "%(count)d dirección sin confirmar, borrada.", "%(count)d direcciones sin confirmar, borradas.", count
    )
    return text % {"count": count}


def _told(done: Sent) -> str:
    told = [ngettext("%(count)d carta", "%(count)d cartas", done.sent) % {"count": done.sent}]
    if done.left:
        told.append(ngettext("falta %(count)d", "faltan %(count)d", done.left) % {"count": done.left})
    if done.doubtful:
        text = ngettext(
            "%(count)d quedó en duda y no se repite", "%(count)d quedaron en duda y no se repiten", done.doubtful
        )
        told.append(text % {"count": done.doubtful})
    return "; ".join(told) + "."


def _wrong(done: Sent) -> str:
    wrong = [_("No se pudo mandar el correo: %s") % done.broken] if done.broken else []
    if done.refused:
        text = ngettext("El servidor rechazó %(count)d carta.", "El servidor rechazó %(count)d cartas.", done.refused)
        wrong.append(text % {"count": done.refused})
    if done.unopened:
        text = _("La llave de esta instalación (trail.key) no abre %(count)d direcciones: ¿se cambió?")
        wrong.append(text % {"count": done.unopened})
    return "\n".join(wrong)
