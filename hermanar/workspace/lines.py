"""A file as a line of the office's list, on the page and in the tables that are taken away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import by_number, days_of, facts_of_files, for_office, regimes_of
from hermanar.agreements.vocabulary import Role, SignedPrecision
from hermanar.foundation.access import Actor
from hermanar.foundation.tables import Column
from hermanar.offices.models import Office
from hermanar.workspace.guide import Guide, guide_of

_TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to."""

    text: str = ""
    stage: str = ""
    regime: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.stage or self.regime)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file in the list."""

    file: Agreement
    counterpart: str
    regime: str
    guide: Guide

    @property
    def next_step(self) -> str:
        """Return what comes next, in words."""
        return self.guide.now.label if self.guide.now else ""

    @property
    def due_on(self) -> dt.date | None:
        """Return the day by which it must be done, where there is one."""
        return self.guide.deadline.due.on if self.guide.deadline else None

    @property
    def due_what(self) -> str:
        """Return what is due, in words."""
        return str(self.guide.deadline.due.kind.label) if self.guide.deadline else ""


def columns() -> tuple[Column, ...]:
    """Return the columns of the list as a table, in the reader's language."""
    return (
        Column(_("número"), lambda line: line.file.number),
        Column(_("título"), lambda line: line.file.title_es),
        Column(_("contraparte"), lambda line: line.counterpart),
        Column(_("régimen"), lambda line: line.regime),
        Column(_("etapa"), lambda line: str(line.file.get_stage_display())),
        Column(_("carece de respaldo"), lambda line: line.guide.lacks_backing),
        Column(_("siguiente paso"), lambda line: line.next_step),
        Column(_("qué vence"), lambda line: line.due_what),
        Column(_("fecha límite"), lambda line: line.due_on),
        Column(_("fecha prevista de firma"), lambda line: line.file.planned_signature_on),
        Column(_("fecha de firma"), lambda line: signed_of(line.file)),
    )


def signed_of(kept: Agreement) -> dt.date | str:
    """Return the day of signature, or as much of it as is known."""
    if kept.signed_on and kept.signed_precision == SignedPrecision.DAY:
        return kept.signed_on
    return str(kept.signed)


def found_files(office: Office, wanted: Wanted) -> list[Agreement]:
    """Return the files of an office that are wanted, the newest first."""
    found = by_number(for_office(office.pk)).reverse()
    for word in wanted.text.split():
        found = found.filter(
            Q(title_es__icontains=word)
            | Q(reference__icontains=word)
            | Q(file_number__icontains=word)
            | Q(parties__place__names__name__icontains=word)
            | Q(parties__place__names__folded__icontains=word.casefold())
            | Q(parties__name_as_written__icontains=word)
        ).distinct()
    if wanted.stage:
        found = found.filter(stage=wanted.stage)
    kept = list(found.prefetch_related("parties__place__country"))
    if wanted.regime:
        regimes = regimes_of([one.pk for one in kept])
        kept = [one for one in kept if regimes.get(one.pk) == wanted.regime]
    return kept


def counterpart_of(kept: Agreement) -> str:
    """Return the other side of an agreement, with its country."""
    others = [party for party in kept.parties.all() if party.role == Role.COUNTERPART]
    return "; ".join(f"{one.name_as_written or one.place.name} ({one.place.country_id})" for one in others)


def lines_of(found: Iterable[Agreement], *, office: Office, actor: Actor, today: dt.date) -> Iterator[FileLine]:
    """Yield files as lines, each with its next step and what is due in it; asked for by hundreds, not one by one."""
    waiting, calendar = iter(found), days_of(office)
    while some := list(islice(waiting, _TOGETHER)):
        prefetch_related_objects(some, "steps", "proposals", "parties__place")
        facts = facts_of_files(for_office(office.pk).filter(pk__in=[one.pk for one in some]), today=today)
        for kept in some:
            kept.office = office
            of_file = facts[kept.pk]
            guide = guide_of(kept, facts=of_file, actor=actor, today=today, calendar=calendar)
            yield FileLine(kept, counterpart_of(kept), str(of_file.regime.label), guide)
