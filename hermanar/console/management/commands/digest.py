"""`hermanar digest`: a letter a day to who works in an office, with what is due."""

from __future__ import annotations

import json
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.core.management.base import CommandError, CommandParser
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hermanar.console.verb import Verb
from hermanar.foundation.access import GRANTED, Role
from hermanar.foundation.access import Verb as Right
from hermanar.foundation.trail.checkpoints import make_checkpoint
from hermanar.offices.models import Office
from hermanar.offices.queries import members_of
from hermanar.workspace.due import DueLine, due_lines, grouped, today_of


class Command(Verb):
    help = gettext_lazy("Manda a quienes trabajan en cada oficina lo que vence; prográmelo una vez al día.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--office", metavar="CLAVE", help=_("solo la oficina de esta clave"))
        parser.add_argument("--show", action="store_true", help=_("escribe las cartas aquí y no manda ninguna"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write one letter to each person who reads files, where anything is due; fail when one could not leave."""
        offices = Office.objects.order_by("slug")
        if options["office"]:
            offices = offices.filter(slug=options["office"])
            if not offices:
                raise CommandError(_("No hay ninguna oficina con la clave %s.") % options["office"])
        letters = [letter for office in offices for letter in letters_of(office)]
        failed = []
        for letter in letters:
            if options["show"]:
                self.stdout.write(f"{', '.join(letter.to)}\n{letter.subject}\n\n{letter.body}\n")
                continue
            try:
                letter.send()
            except (OSError, SMTPException) as problem:
                failed.append(f"{', '.join(letter.to)}: {problem}")
        if failed:
            raise CommandError(_("No se pudo mandar el correo:\n%s") % "\n".join(failed))
        count = len(letters)
        self.stdout.write(ngettext("%(count)s carta.", "%(count)s cartas.", count) % {"count": count})


def letters_of(office: Office) -> list[EmailMessage]:
    """Return the letters of an office for today; none where nothing is due."""
    lines = due_lines(office)
    if not lines:
        return []
    return [
        _letter(office, one.user.email, lines, keeps_checkpoint=Right.HAND_OVER in GRANTED[Role(one.role)])
        for one in members_of(office.pk)
        if Right.READ_FILES in GRANTED[Role(one.role)] and one.user.email
    ]


def _letter(office: Office, email: str, lines: list[DueLine], *, keeps_checkpoint: bool) -> EmailMessage:
    count = len(lines)
    subject = ngettext("%(count)s asunto pendiente · %(office)s", "%(count)s asuntos pendientes · %(office)s", count)
    context = {
        "office": office,
        "today": today_of(office),
        "groups": grouped(lines),
        # A head of every chain in somebody's mailbox is out of reach of whoever holds the database.
        "checkpoint": json.dumps(make_checkpoint(), sort_keys=True) if keeps_checkpoint else "",
    }
    body = render_to_string("workspace/mail/digest.txt", context)
    return EmailMessage(subject % {"count": count, "office": office.name}, body, to=[email])
