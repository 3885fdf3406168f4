"""A city's own file of agreements enters the registry: looked at first, all or nothing, duplicates proposed."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.actions.drafts import AgreementDraft
from hermanar.agreements.actions.importing import reading as at
from hermanar.agreements.actions.importing.cells import BadCell
from hermanar.agreements.actions.importing.drafting import SourceFile, add_counterpart, draft_row
from hermanar.agreements.actions.importing.duplicates import (
    KnownAgreement,
    Pair,
    known_between,
    pair_of,
)
from hermanar.agreements.actions.importing.places import Found, Wanted, find_all
from hermanar.agreements.actions.recording import Recorded, record_past_agreements
from hermanar.agreements.queries import AGREEMENT_INDEX
from hermanar.agreements.rules import LikenessFacts, may_be_same
from hermanar.directory.actions.adding import PLACES
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.tables import Fault, Message, RefusedTableError, Table

__all__ = [
    "ImportPlan",
    "ImportResult",
    "ProbableDuplicate",
    "SourceFile",
    "import_agreements",
    "plan_import",
]

Step = Callable[[str, int], None]


def _silent(_stage: str, _done: int) -> None:
    """Take no notice of progress."""


@dataclass(frozen=True, slots=True)
class ProbableDuplicate:
    """A row that is probably an agreement the registry, or the file, already has."""

    row: int
    parties: tuple[str, str]
    slug: str  # of the agreement in the registry; empty when it is another row
    other_row: int = 0

    def __str__(self) -> str:
        same = _("se parece a la fila %(row)d") if self.other_row else _("se parece a /acuerdos/%(slug)s/")
        text = str(same) % {"row": self.other_row, "slug": self.slug}
        start = str(_("fila %(row)d")) % {"row": self.row}
        return f"{start}, {' – '.join(self.parties)}: {text}"


@dataclass(slots=True)
class ImportPlan:
    """What an import would do; nothing has been written."""

    table: Table
    rows: list[tuple[int, at.Values]] = field(default_factory=list)  # to be created
    places: Mapping[Wanted, Found] = field(default_factory=dict)
    added: list[Wanted] = field(default_factory=list)  # places to add to the directory
    duplicates: list[ProbableDuplicate] = field(default_factory=list)
    already: int = 0  # rows this very file has entered before
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did."""

    plan: ImportPlan
    recorded: Recorded


def plan_import(table: Table, *, source: SourceFile, today: dt.date, step: Step = _silent) -> ImportPlan:
    """Look at a file: what it would create, what is wrong and where, what is probably there already."""
    read = at.read_rows(table, today=today, tick=lambda done: step("read", done))
    plan = ImportPlan(table)
    if not read.columns or not table.rows:
        if not table.rows and not read.faults:
            wrong, right = (
                Message(_("no hay ninguna fila bajo los encabezados")),
                Message(_("Escriba un acuerdo por fila")),
            )
            read.faults.append(Fault("no_rows", wrong, right, table.sheet))
            read.fault_count += 1
        plan.faults, plan.fault_count = read.faults, read.fault_count
        return plan
    wanted = {(v[at.CITY], v[at.STATE], v[at.COUNTRY]) for _n, v in read.rows}
    wanted |= {(v[at.OTHER_CITY], v[at.OTHER_REGION], v[at.OTHER_COUNTRY]) for _n, v in read.rows}
    plan.places = find_all(Wanted(*one) for one in wanted)
    step("places", len(wanted))
    _check_places(plan, read)
    if not read.fault_count:
        _separate_duplicates(plan, read, source)
    plan.faults, plan.fault_count = (
        sorted(read.faults, key=lambda fault: (fault.row, len(fault.letter), fault.letter)),
        read.fault_count,
    )
    return plan


def _check_places(plan: ImportPlan, read: at.ReadRows) -> None:
    by_words = {(one.city, one.region, one.country): found for one, found in plan.places.items()}
    added = {}
    kept = []
    for number, values in read.rows:
        one = by_words[values[at.CITY], values[at.STATE], values[at.COUNTRY]]
        words = (
            values[at.OTHER_CITY],
            values[at.OTHER_REGION],
            values[at.OTHER_COUNTRY],
        )
        other = by_words[words]
        if one.place is None:
            read.add(number, at.CITY, bad=_not_found(one), value=values[at.CITY])
        if other.place is None:
            if values[at.ADD_PLACE] and not other.is_ambiguous:
                added[words] = Wanted(*words)
            else:
                read.add(
                    number,
                    at.OTHER_CITY,
                    bad=_not_found(other, may_add=True),
                    value=values[at.OTHER_CITY],
                )
        elif one.place == other.place:
            read.add(number, at.OTHER_CITY, bad=at.SAME_PARTIES, value=values[at.OTHER_CITY])
        kept.append((number, values))
    plan.rows = kept
    plan.added = list(added.values())


def _not_found(found: Found, *, may_add: bool = False) -> BadCell:
    options = {"options": "? ¿".join(found.options)}
    if found.is_ambiguous:
        which = Message(_("Diga cuál en la columna de su estado o región: ¿%(options)s?"), options)
        return BadCell("ambiguous_place", Message(_("varios lugares se llaman así")), which)
    if may_add and found.options:
        words = _("¿%(options)s? Si es otro, escriba «sí» en agregar_lugar")
    elif may_add:
        words = _("Escriba «sí» en agregar_lugar para agregarlo")
    elif found.options:
        words = _("¿%(options)s?")
    else:
        words = _("Revise el nombre, el estado y el país")
    return BadCell("unknown_place", Message(_("no está en el directorio")), Message(words, options))


def _separate_duplicates(plan: ImportPlan, read: at.ReadRows, source: SourceFile) -> None:
    """Keep the rows that are new; propose the others, each with the agreement or the row it is like."""
    by_words = {(one.city, one.region, one.country): found.place for one, found in plan.places.items()}
    keyed: list[tuple[int, at.Values, Pair | None]] = []
    for number, values in read.rows:
        one = by_words[values[at.CITY], values[at.STATE], values[at.COUNTRY]]
        other = by_words[values[at.OTHER_CITY], values[at.OTHER_REGION], values[at.OTHER_COUNTRY]]
        keyed.append((number, values, pair_of(one, other) if one and other else None))
    hosts = {one for one in (by_words[v[at.CITY], v[at.STATE], v[at.COUNTRY]] for _n, v, _p in keyed) if one}
    known = known_between({pair for _n, _v, pair in keyed if pair}, hosts)
    own = f"{source.key}-"
    here: dict[object, list[tuple[int, LikenessFacts]]] = defaultdict(list)
    new = []
    for number, values, pair in keyed:
        signed = values[at.SIGNED].on
        facts = LikenessFacts(values[at.KIND], signed.year if signed else None)
        # Two rows of a place that is still to be added are alike by their words.
        key = pair or (
            values[at.CITY],
            values[at.OTHER_CITY],
            values[at.OTHER_REGION],
            values[at.OTHER_COUNTRY],
        )
        there = known.get(pair, []) if pair else []
        if any(one.reference == source.reference(number) for one in there):
            plan.already += 1
            new.append((number, values))
            continue
        like = None if values[at.IS_NEW] else _like(number, values, facts, there, here[key], own=own)
        if like:
            plan.duplicates.append(like)
        else:
            new.append((number, values))
            here[key].append((number, facts))
    plan.rows = new


def _like(
    number: int,
    values: at.Values,
    facts: LikenessFacts,
    there: list[KnownAgreement],
    here: list[tuple[int, LikenessFacts]],
    *,
    own: str,
) -> ProbableDuplicate | None:
    for one in there:
        if not one.reference.startswith(own) and may_be_same(facts, one.facts):
            return ProbableDuplicate(number, (values[at.CITY], values[at.OTHER_CITY]), one.slug)
    for row, others in here:
        if may_be_same(facts, others):
            return ProbableDuplicate(number, (values[at.CITY], values[at.OTHER_CITY]), "", row)
    return None


@transaction.atomic
def import_agreements(
    table: Table,
    *,
    by: Actor,
    source: SourceFile,
    today: dt.date,
    published_at: dt.datetime | None,
    step: Step = _silent,
) -> ImportResult:
    """Enter the new agreements of a file, all or nothing; probable duplicates are left out and told.

    The file becomes their source; the same file entered again changes nothing. Raises NotAllowedError, and
    RefusedTableError with every fault.
    """
    require(by, Verb.RECORD_AGREEMENT)
    trail.hold(AGREEMENT_INDEX, PLACES)
    with _collector_paused():
        return _entered(table, by=by, source=source, today=today, published_at=published_at, step=step)


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """Leave millions of small rows, none in a cycle, alone: looking through them took a quarter of an import."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _entered(
    table: Table, *, by: Actor, source: SourceFile, today: dt.date, published_at: dt.datetime | None, step: Step
) -> ImportResult:
    plan = plan_import(table, source=source, today=today, step=step)
    if plan.faults:
        raise RefusedTableError(plan.faults)
    places = {(one.city, one.region, one.country): found.place for one, found in plan.places.items()}
    if plan.rows:
        source.keep()
    if plan.added:
        require(by, Verb.ADD_PLACE)
        positions = {
            (v[at.OTHER_CITY], v[at.OTHER_REGION], v[at.OTHER_COUNTRY]): (
                v[at.LATITUDE],
                v[at.LONGITUDE],
            )
            for _number, v in reversed(plan.rows)
        }
        for one in plan.added:
            words = (one.city, one.region, one.country)
            places[words] = add_counterpart(one, source=source, by=by, position=positions.get(words, (None, None)))
    drafts = _drafts(plan, places, source, step)
    recorded = record_past_agreements(drafts, by=by, published_at=published_at, code="agreement.imported")
    return ImportResult(plan, recorded)


def _drafts(
    plan: ImportPlan,
    places: Mapping[tuple[str, str, str], UUID | None],
    source: SourceFile,
    step: Step,
) -> Iterator[AgreementDraft]:
    for done, (number, values) in enumerate(plan.rows):
        if not done % 1000:
            step("write", done)
        one = places[values[at.CITY], values[at.STATE], values[at.COUNTRY]]
        other = places[values[at.OTHER_CITY], values[at.OTHER_REGION], values[at.OTHER_COUNTRY]]
        if one is None or other is None:
            raise KeyError(number)
        yield draft_row(number, values, one=one, other=other, source=source, sheet=plan.table.sheet)
