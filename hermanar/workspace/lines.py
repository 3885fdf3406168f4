"""A file as a line of the office's list, on the page and in the tables that are taken away."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement, Party
from hermanar.agreements.queries import by_number, days_of, facts_of_files, for_office, regimes_of
from hermanar.agreements.vocabulary import Role, SignedPrecision
from hermanar.directory.models import PlaceName
from hermanar.foundation.access import Actor
from hermanar.foundation.tables import Column
from hermanar.foundation.words import fold
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
    if wanted.stage:
        found = found.filter(stage=wanted.stage)
    kept = list(saying(found, wanted.text).prefetch_related("parties__place__country"))
    if wanted.regime:
        regimes = regimes_of([one.pk for one in kept])
        kept = [one for one in kept if regimes.get(one.pk) == wanted.regime]
    return kept


def saying(found: QuerySet[Agreement], text: str) -> QuerySet[Agreement]:
    """Narrow files by words without case and accents: one database would tell them apart and the other not.

    A number is one word, and its parts stand together: «RAI-7» is «rai 7», which «7 del RAI» does not say.
    """
    words = [folded for word in text.split() if (folded := fold(word))]
    if not words:
        return found
    told = _told(found.order_by())
    return found.filter(pk__in=[key for key, said in told.items() if all(word in said for word in words)])


def _told(found: QuerySet[Agreement]) -> dict[UUID, str]:
    """Return what a search looks at, folded: title and numbers of each file, its parties and all their names."""
    titles = found.values_list("pk", "title_es", "reference", "file_number", "registration_number")
    told = {key: [fold(one) for one in said] for key, *said in titles}
    parties = Party.objects.filter(agreement__in=found.values("pk")).order_by()
    names = defaultdict[UUID, list[str]](list)
    borne = PlaceName.objects.filter(place__in=parties.values("place")).order_by()
    for place, folded in borne.values_list("place", "folded"):
        names[place].append(folded)
    for key, place, written in parties.values_list("agreement", "place", "name_as_written"):
        told[key] += [fold(written), *names[place]]
    return {key: "\n".join(said) for key, said in told.items()}


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
