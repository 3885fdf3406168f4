"""`hermanar digest`: a letter a day to who works in an office, with what is due."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from smtplib import SMTPException
from typing import Any

from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.management.base import CommandError, CommandParser
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hermanar.agreements.actions import forget_past_guests
from hermanar.console.proving import Flaw, count_of, flaws, kept_heads
from hermanar.console.verb import Verb
from hermanar.foundation.access import GRANTED, Role
from hermanar.foundation.access import Verb as Right
from hermanar.foundation.calendar import public_day
from hermanar.foundation.intake import forget
from hermanar.foundation.trail import keyed_digest
from hermanar.foundation.trail.checkpoints import make_checkpoint
from hermanar.museum.actions.judging import forget_contacts
from hermanar.museum.actions.letters import forget_unconfirmed
from hermanar.offices.actions import forget_invitations
from hermanar.offices.models import Office
from hermanar.offices.queries import members_of
from hermanar.workspace.due import DueLine, due_lines, grouped, today_of

SHOWN = 20
_log = logging.getLogger(__name__)
_CLAIM_SECONDS = 2 * 24 * 60 * 60  # longer than any zone's day, and than a clock set back by one


class Command(Verb):
    help = gettext_lazy("Manda a quienes trabajan en cada oficina lo que vence; prográmelo una vez al día.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--office", metavar="CLAVE", help=_("solo la oficina de esta clave"))
        parser.add_argument("--show", action="store_true", help=_("escribe las cartas aquí y no manda ninguna"))
        parser.add_argument("--again", action="store_true", help=_("manda también a quienes ya la recibieron hoy"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write one letter to each person who reads files, where anything is due; fail when one could not leave.

        Repeated on the same day it writes only to those whom it could not reach before.
        """
        offices = Office.objects.order_by("slug")
        if options["office"]:
            offices = offices.filter(slug=options["office"])
            if not offices:
                raise CommandError(_("No hay ninguna oficina con la clave %s.") % options["office"])
        if not options["show"]:
            forget_contacts(today=public_day())
            forget_unconfirmed()  # seven days are told to who asks for the newsletter, which goes out seldom
            forget_invitations(now=timezone.now())
            forget_past_guests(now=timezone.now())
            forget()  # what the public sent and may be kept no longer goes with the day's letters
        found = _flaws()
        failed, count = [], 0
        unwritten: list[str] = []
        for office, letter in self._letters_of_each(offices, found=found, unwritten=unwritten):
            if options["show"]:
                self.stdout.write(f"{', '.join(letter.to)}\n{letter.subject}\n\n{letter.body}\n")
                count += 1
                continue
            if not (_claimed(letter, office) or options["again"]):
                continue
            try:
                letter.send()
                count += 1
            except (OSError, SMTPException, ValueError) as problem:  # ValueError: an address that no letter can bear
                cache.delete(_claim(letter, office))
                failed.append(f"{', '.join(letter.to)}: {problem}")
        wrong = [_("No se pudo mandar el correo:\n%s") % "\n".join(failed)] if failed else []
        wrong += unwritten
        if found:
            sentences = "\n".join(flaw.sentence for flaw in found[:SHOWN])
            wrong.append(_("La bitácora no concuerda: %(count)s\n%(flaws)s") % {
                "count": count_of(found), "flaws": sentences,
            })  # fmt: skip
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write(ngettext("%(count)s carta.", "%(count)s cartas.", count) % {"count": count})

    def _letters_of_each(
        self, offices: Iterable[Office], *, found: Sequence[Flaw], unwritten: list[str]
    ) -> Iterator[tuple[Office, EmailMessage]]:
        """Yield the letters of one office after another; where they cannot be written, that is told at the end."""
        for office in offices:
            try:
                letters = letters_of(office, found=found)
            except Exception as error:  # noqa: BLE001 - what is wrong in one office keeps no other from its letters
                _log.exception("the letters of %s could not be written", office.slug)
                told = _("No se pudieron escribir las cartas de %(office)s (%(problem)s): vea los avisos.")
                unwritten.append(told % {"office": office.slug, "problem": type(error).__name__})
                continue
            yield from ((office, letter) for letter in letters)


def _claim(letter: EmailMessage, office: Office) -> str:
    """Return under what it is kept that a person got the day's letter; the address itself is not."""
    return f"digest:{today_of(office).isoformat()}:{office.pk}:{keyed_digest(letter.to)}"


def _claimed(letter: EmailMessage, office: Office) -> bool:
    """Claim a letter before it leaves, so that neither a second run nor one that was killed sends it twice.

    Raises CommandError when it cannot be noted: the cache says the same of that as of a letter that was sent.
    """
    claim = _claim(letter, office)
    if cache.add(claim, value=True, timeout=_CLAIM_SECONDS):
        return True
    if not cache.get(claim):
        raise CommandError(_("No se pudo anotar qué cartas salen: no salió ninguna más. Repita la orden."))
    return False


def _flaws() -> list[Flaw]:
    """Return what is wrong with the trail; a file of checkpoints that cannot be read is wrong too."""
    try:
        return flaws(kept_heads())
    except CommandError as error:
        return [Flaw("", str(error)), *flaws([])]


def letters_of(office: Office, *, found: Sequence[Flaw] = ()) -> list[EmailMessage]:
    """Return the letters of an office for today; where nothing is due only what is wrong with the trail is told."""
    with timezone.override(office.time_zone):
        return list(_letters(office, due_lines(office), found=found))


def _letters(office: Office, lines: list[DueLine], *, found: Sequence[Flaw]) -> Iterator[EmailMessage]:
    for one in members_of(office.pk):
        rights = GRANTED[Role(one.role)]
        keeps = Right.HAND_OVER in rights
        if one.user.email and Right.READ_FILES in rights and (lines or (found and keeps)):
            yield _letter(office, one.user.email, lines, keeps_checkpoint=keeps, found=found)


def _letter(
    office: Office, email: str, lines: list[DueLine], *, keeps_checkpoint: bool, found: Sequence[Flaw]
) -> EmailMessage:
    count = len(lines)
    subject = ngettext("%(count)s asunto pendiente · %(office)s", "%(count)s asuntos pendientes · %(office)s", count)
    subject %= {"count": count, "office": office.name}
    context = {
        "office": office,
        "today": today_of(office),
        "groups": grouped(lines),
        "flaws": count_of(found) if found else "",
        "own": [flaw.sentence for flaw in found if flaw.chain == str(office.pk)][:SHOWN],
        # A head of every chain in somebody's mailbox is out of reach of whoever holds the database. Of a trail that
        # is not whole none is sent: it would vouch for what was altered.
        "checkpoint": json.dumps(make_checkpoint(), sort_keys=True) if keeps_checkpoint and not found else "",
    }
    body = render_to_string("workspace/mail/digest.txt", context)
    if found:
        subject = _("LA BITÁCORA NO CONCUERDA · %s") % subject
    return EmailMessage(subject, body, to=[email])
