"""A person is erased, and whoever asked is told what went, what stays and why."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.actions import forget_guest
from hermanar.foundation import trail
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.intake.erasing import erase_of
from hermanar.foundation.models import User
from hermanar.museum.actions.judging import forget_votes
from hermanar.museum.actions.letters import forget_address
from hermanar.museum.actions.portraits import forget_portraits
from hermanar.offices.actions import erase_account

_OFFICIAL = _("es del expediente o de la historia de una oficina, que la ley de archivos manda conservar")
_PUBLISHED = _("es del museo publicado o de sus versiones: lo cambia quien lo edita, en /cms/")
_CONTACT = _("es el contacto que la oficina publica de sí misma: se cambia en sus datos")
_SOURCE = _("lo dice una fuente publicada, que se cita como es")
# Why what still names an address stays where it is, by the room its table is in.
_REASONS: dict[str, Promise] = {
    "offices.Office": _CONTACT,
    "foundation.Source": _SOURCE,
    "foundation.Statement": _SOURCE,
    "museum": _PUBLISHED,
    "wagtailcore": _PUBLISHED,
}
# What no table tells of.
ELSEWHERE: tuple[Promise, ...] = (
    _("Bitácora: dice qué se hizo con identificadores y resúmenes con llave, nunca un nombre ni un correo."),
    _("Actos de la oficina: conservan el número de la cuenta, que ya no dice de quién era."),
    _("Documentos, actas y cartas: son del expediente; lo que dicen por dentro no se busca ni se cambia."),
    _("Respaldos anteriores: conservan lo que había hasta que se reemplacen; si restaura uno, repita esta orden."),
    _("Cartas que ya salieron: están en el correo de quien las recibió."),
)
_LINE = b"-" * 79 + b"\n"  # Django ends each letter of a file with it


@dataclass(slots=True)
class Erased:
    """What went, by table; what stays, by field, with why; how many contributions no key opens."""

    gone: dict[str, int] = field(default_factory=dict)
    stays: list[tuple[str, int, str]] = field(default_factory=list)
    unopened: int = 0


def erase(address: str) -> Erased:
    """Erase a person by the address, everywhere it is kept for the person's own sake. Raises OfficeError."""
    done = _forget(address)
    done.gone["mail"] = _forget_letters(address)
    # Every text of every table is read for this: nobody waits for it, for what went is committed.
    done.stays = [(where, count, str(_why(where))) for where, count in still_named(address)]
    return done


@transaction.atomic
def _forget(address: str) -> Erased:
    done = Erased()
    done.gone["foundation.Contribution"], done.unopened = erase_of(address, by=CONSOLE)
    done.gone["museum.Subscription"] = forget_address(address)
    done.gone["museum.Ballot"] = forget_votes(address)
    done.gone["agreements.Guest"] = forget_guest(address, by=CONSOLE)
    theirs = User.objects.filter(models.Q(email__iexact=address.strip()) | models.Q(username__iexact=address.strip()))
    done.gone["wagtailusers.UserProfile"] = forget_portraits(list(theirs.values_list("pk", flat=True)))
    done.gone |= erase_account(address, by=CONSOLE)
    trail.record("person.erased", by=CONSOLE, content=dict(sorted(done.gone.items())))
    return done


def letters_naming(address: str) -> int:
    """Return how many of the letters that no mail server took (`hermanar.site.mail`) name an address."""
    return sum(len(theirs) for _file, theirs, _others in _kept_letters(address))


def _forget_letters(address: str) -> int:
    count = 0
    for file, theirs, others in _kept_letters(address):
        count += len(theirs)
        if others:
            file.write_bytes(b"".join(others))
        else:
            file.unlink()
    return count


def _kept_letters(address: str) -> Iterator[tuple[Path, list[bytes], list[bytes]]]:
    """Yield each file with a letter that names an address, with the letters that do and those that do not."""
    # Whole: what another address ends in, or begins with, is another person.
    named = re.compile(rb"(?<![\w.+-])%b(?![\w-]|\.\w)" % re.escape(address.strip().encode()), re.IGNORECASE)
    for file in sorted((Path(settings.VAR) / "mail").glob("*.log")):
        letters = [one + _LINE for one in file.read_bytes().split(_LINE) if one]
        theirs = [one for one in letters if named.search(one) or named.search(quopri.decodestring(one))]
        if theirs:
            yield file, theirs, [one for one in letters if one not in theirs]


def still_named(address: str) -> list[tuple[str, int]]:
    """Return every column of text that still tells an address, with how many rows of it do."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.concrete_fields:
            if isinstance(column, (models.CharField, models.TextField, models.JSONField)):
                told = models.QuerySet(model).annotate(told_text=Cast(column.name, models.TextField()))
                count = told.filter(told_text__icontains=address.strip()).count()
                found += [(f"{model._meta.label}.{column.name}", count)] if count else []
    return found


def _why(where: str) -> Promise:
    label = where.rpartition(".")[0]
    return _REASONS.get(label) or _REASONS.get(label.partition(".")[0]) or _OFFICIAL
