"""Look at a file: what it would create, what is wrong and where, what is probably there already."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from hermanar.agreements.actions.importing import reading as at
from hermanar.agreements.actions.importing.cells import BadCell
from hermanar.agreements.actions.importing.drafting import SourceFile
from hermanar.agreements.actions.importing.duplicates import KnownAgreement, known_between, pair_of
from hermanar.agreements.actions.importing.places import Found, Miss, Wanted, find_all
from hermanar.agreements.rules import LikenessFacts, may_be_same
from hermanar.agreements.vocabulary.import_fields import IMPORT_FIELDS
from hermanar.foundation.tables import Fault, Message, Table

Step = Callable[[str, int], None]


def silent(_stage: str, _done: int) -> None:
    """Take no notice of progress."""


class PlannedRow(NamedTuple):
    """A row whose cells could be read, with the places it means; the counterpart may be still to be added."""

    number: int
    values: at.Values
    one: Found
    other: Found


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
    rows: list[PlannedRow] = field(default_factory=list)  # without fault, new or entered from this very file before
    added: list[Wanted] = field(default_factory=list)  # places to add to the directory
    duplicates: list[ProbableDuplicate] = field(default_factory=list)
    entered: set[int] = field(default_factory=set)  # numbers of rows this very file has entered before
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    notices: list[Message] = field(default_factory=list)  # what was changed in reading, for the person to see

    @property
    def new(self) -> list[PlannedRow]:
        """Return the rows that would become agreements."""
        return [row for row in self.rows if row.number not in self.entered]


def plan_import(table: Table, *, source: SourceFile, today: dt.date, step: Step = silent) -> ImportPlan:
    """Look at a file: what it would create, what is wrong and where, what is probably there already."""
    read = at.read_rows(table, today=today, tick=lambda done: step("read", done))
    plan = ImportPlan(table)
    if not read.columns or not table.rows:
        if not table.rows and not read.faults:
            wrong = Message(_("no hay ninguna fila bajo los encabezados"))
            read.faults.append(Fault("no_rows", wrong, Message(_("Escriba un acuerdo por fila")), table.sheet))
            read.fault_count += 1
        plan.faults, plan.fault_count = read.faults, read.fault_count
        return plan
    plan.notices = _cleared(read)
    rows = _check_places(plan, read, step)
    # A row with a fault may be like any other once it is mended, so only whole ones are compared.
    _separate_duplicates(plan, [row for row in rows if row.number not in read.faulty], source)
    plan.faults = sorted(read.faults, key=lambda fault: (fault.row, len(fault.letter), fault.letter))
    plan.fault_count = read.fault_count
    return plan


def _cleared(read: at.ReadRows) -> list[Message]:
    if not read.unseen:
        return []
    row, field_at = read.unseen[0]
    said = _("Se quitaron caracteres que no se ven; celdas: %(count)d; la primera, fila %(row)d, columna «%(name)s»")
    return [Message(said, {"count": len(read.unseen), "row": row, "name": IMPORT_FIELDS[field_at].es})]


def ends_of(values: at.Values) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """Return both places of a row as its cells name them."""
    return (
        (values[at.CITY], values[at.STATE], values[at.COUNTRY]),
        (values[at.OTHER_CITY], values[at.OTHER_REGION], values[at.OTHER_COUNTRY]),
    )


def _check_places(plan: ImportPlan, read: at.ReadRows, step: Step) -> list[PlannedRow]:
    ends = [ends_of(values) for _number, values in read.rows]
    wanted = {words for pair in ends for words in pair}
    found = {(one.city, one.region, one.country): place for one, place in find_all(Wanted(*w) for w in wanted).items()}
    step("places", len(wanted))
    added = {}
    rows = []
    for (number, values), (words, other_words) in zip(read.rows, ends, strict=True):
        one, other = found[words], found[other_words]
        if one.place is None:
            read.add(number, at.CITY, bad=_not_found(one), value=values[at.CITY])
        if other.place is None:
            if values[at.ADD_PLACE] and other.miss is Miss.UNKNOWN:
                added[other_words] = Wanted(*other_words)
            else:
                read.add(number, at.OTHER_CITY, bad=_not_found(other, may_add=True), value=values[at.OTHER_CITY])
        elif one.key == other.key:
            read.add(number, at.OTHER_CITY, bad=at.SAME_PARTIES, value=values[at.OTHER_CITY])
        rows.append(PlannedRow(number, values, one, other))
    plan.added = list(added.values())
    return rows


def _not_found(found: Found, *, may_add: bool = False) -> BadCell:
    if found.miss is Miss.AMBIGUOUS:
        options = {"options": ", ".join(found.options), "more": found.more}
        which = _("Escriba aquí uno de estos: %(options)s") if not found.more else _(
            "Escriba aquí uno de estos: %(options)s; hay %(more)d más, que su estado o región distingue"
        )  # fmt: skip
        return BadCell("ambiguous_place", Message(_("varios lugares se llaman así")), Message(which, options))
    if found.miss is Miss.UNKNOWN_IDENTIFIER:
        right = Message(_("Copie el identificador de la página de la ciudad, o escriba su nombre"))
        return BadCell("unknown_identifier", Message(_("ningún lugar tiene este identificador")), right)
    if found.miss is Miss.ELSEWHERE:
        wrong = Message(_("es %(place)s, y la columna del país dice otro"), {"place": found.options[0]})
        return BadCell("elsewhere", wrong, Message(_("Corrija el identificador o el país")))
    return _unknown(found, may_add=may_add)


def _unknown(found: Found, *, may_add: bool) -> BadCell:
    if may_add and found.options:
        words = _("¿%(options)s? Si es otro, escriba «sí» en agregar_lugar")
    elif may_add:
        words = _("Escriba «sí» en agregar_lugar para agregarlo")
    elif found.options:
        words = _("¿%(options)s?")
    else:
        words = _("Revise el nombre, el estado y el país")
    options = {"options": "? ¿".join(found.options)}
    return BadCell("unknown_place", Message(_("no está en el directorio")), Message(words, options))


def _separate_duplicates(plan: ImportPlan, rows: Iterable[PlannedRow], source: SourceFile) -> None:
    """Keep the rows that are new; propose the others, each with the agreement or the row it is like."""
    listed = list(rows)
    pairs = [pair_of(row.one.key, row.other.key) if row.other.key else None for row in listed]
    known = known_between({pair for pair in pairs if pair}, {row.one.place for row in listed if row.one.place})
    here: dict[object, list[PlannedRow]] = defaultdict(list)
    sheet = plan.table.sheet
    for row, pair in zip(listed, pairs, strict=True):
        there = known.get(pair, ()) if pair else ()
        if any(one.reference == source.reference(row.number, sheet) for one in there):
            plan.entered.add(row.number)
            plan.rows.append(row)
            continue
        # Two rows of a place that is still to be added are alike by their words.
        rivals = here[pair or (row.one.key, *ends_of(row.values)[1])]
        like = None if row.values[at.IS_NEW] else _like(row, there, rivals, own=source.stem(sheet))
        if like:
            plan.duplicates.append(like)
        else:
            plan.rows.append(row)
            rivals.append(row)


def _like(
    row: PlannedRow, there: Iterable[KnownAgreement], rivals: Iterable[PlannedRow], *, own: str
) -> ProbableDuplicate | None:
    parties = (row.values[at.CITY], row.values[at.OTHER_CITY])
    for one in there:
        # Two rows of one file that look alike were told apart when it was entered.
        if one.reference.rpartition("-")[0] != own and may_be_same(_facts(row), one.facts):
            return ProbableDuplicate(row.number, parties, one.slug)
    for rival in rivals:
        if may_be_same(_facts(row), _facts(rival)):
            return ProbableDuplicate(row.number, parties, "", rival.number)
    return None


def _facts(row: PlannedRow) -> LikenessFacts:
    signed = row.values[at.SIGNED].on
    return LikenessFacts(row.values[at.KIND], signed.year if signed else None)


__all__ = ["ImportPlan", "PlannedRow", "ProbableDuplicate", "plan_import"]
