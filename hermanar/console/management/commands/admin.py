"""`hermanar admin ADDRESS --office WHICH`: the first person of a real installation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.console import verb
from hermanar.directory.models import Place
from hermanar.directory.queries import distinction, exact_places, place_by_identifier
from hermanar.directory.vocabulary import PlaceKind
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.calendar import day_in
from hermanar.offices.actions import OfficeDraft, found_office, invite
from hermanar.offices.models import Office
from hermanar.offices.rules import INVITATION_LASTS
from hermanar.offices.vocabulary import Level, MemberRole

MINISTRY = "sre"
_LEVELS = {PlaceKind.MUNICIPALITY: Level.MUNICIPALITY, PlaceKind.STATE: Level.STATE}


class Command(verb.Verb):
    """Found the office where it does not exist, and make a link that is good once."""

    help = (
        "Funda la oficina si no existe y hace un enlace de un solo uso con que quien la administra pone contraseña y"
        " segundo factor. Repetirlo hace otro enlace."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address of the person and the office."""
        parser.add_argument("email", metavar="CORREO", help=_("Correo de quien administrará."))
        parser.add_argument(
            "--office",
            required=True,
            metavar="OFICINA",
            help=_("inegi:11015, el nombre del municipio o estado, o «sre»."),
        )
        parser.add_argument(
            "--base", default="", metavar="DIRECCIÓN", help=_("Dirección pública: https://sitio.gob.mx/")
        )

    @transaction.atomic
    def handle(self, *args: Any, email: str, office: str, base: str, **options: Any) -> None:  # noqa: ARG002
        """Found, invite, tell."""
        try:
            validate_email(email)
        except ValidationError as problem:
            raise CommandError(_("CORREO=%(email)s: no es una dirección de correo") % {"email": email}) from problem
        kept = _office(office, say=self.stdout.write)
        sent = invite(email, office=kept.pk, role=MemberRole.ADMINISTRATOR, by=CONSOLE)
        path = reverse("account_invitation", args=[sent.token])
        until = day_in(kept.time_zone, sent.invitation.expires_at).isoformat()
        told = _("Enlace para %(email)s (vale %(days)d días, hasta el %(until)s, una sola vez):")
        days = INVITATION_LASTS.days
        self.stdout.write(told % {"email": sent.invitation.email, "days": days, "until": until})
        self.stdout.write(f"{(base or _base()).rstrip('/')}{path}")


def _base() -> str:
    """Return the address this installation is served under, as the settings know it."""
    host = settings.ALLOWED_HOSTS[0]
    return f"https://{host}" if settings.SECURE_SSL_REDIRECT else f"http://{host}:8000"


def _office(wanted: str, *, say: Any) -> Office:
    """Return the office that is meant, founded now if it was not there."""
    if wanted.casefold() == MINISTRY:
        kept = Office.objects.filter(level=Level.MINISTRY, is_demonstration=False).first()
        draft = OfficeDraft(MINISTRY, str(Level.MINISTRY.label), Level.MINISTRY)
    else:
        place = _place(wanted)
        kept = Office.objects.filter(place=place, is_demonstration=False).first()
        level = _LEVELS[PlaceKind(place.kind)]
        zone = place.time_zone or "America/Mexico_City"
        name = _("Oficina de ciudades hermanas de %(place)s") % {"place": place.name}
        draft = OfficeDraft(place.slug[:40], name, level, place.pk, time_zone=zone)
    if kept is None:
        kept = found_office(draft, by=CONSOLE)
        say(_("Oficina fundada: %(name)s") % {"name": kept.name})
    return kept


def _place(wanted: str) -> Place:
    named = [place_by_identifier(wanted)] if ":" in wanted else exact_places(wanted, country="MX")
    found = [place for place in named if place is not None and place.kind in _LEVELS]
    if len(found) == 1:
        return found[0]
    if not found:
        raise CommandError(
            _("--office %(wanted)s: ningún municipio o estado se llama así; escriba su clave, como inegi:11015")
            % {"wanted": wanted}
        )
    lines = [
        f"  {next((str(one) for one in place.identifiers.filter(scheme='inegi')), '')}  {place.name},"
        f" {distinction(place, language='es')}"
        for place in found
    ]
    raise CommandError(
        "\n".join([_("--office %(wanted)s: son varios; escriba la clave:") % {"wanted": wanted}, *lines])
    )
