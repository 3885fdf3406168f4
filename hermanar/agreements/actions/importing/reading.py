"""Read the rows of a city's own file in one pass: every fault is kept with its place, none stops the reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from hermanar.agreements.actions.importing.cells import BadCell, Read, nearest, readers, understood
from hermanar.agreements.actions.importing.places import is_identifier
from hermanar.agreements.vocabulary import Kind, Standing
from hermanar.agreements.vocabulary.import_fields import IMPORT_FIELDS
from hermanar.foundation.calendar import UNKNOWN_DATE
from hermanar.foundation.tables import Fault, Message, Table, without_unseen
from hermanar.foundation.tables.faults import MOST_FAULTS, letter_of
from hermanar.foundation.words import fold

AT = {one.name: position for position, one in enumerate(IMPORT_FIELDS)}
(
    CITY, STATE, COUNTRY, OTHER_CITY, OTHER_REGION, OTHER_COUNTRY, KIND, SIGNED, TERM_YEARS, IS_OPEN_ENDED,
    IS_RENEWABLE, AREAS, REGISTERED, REGISTERED_ON, REGISTRATION_NUMBER, STANDING, TITLE, NOTE, SOURCE, PAGE, IS_NEW,
    ADD_PLACE, LATITUDE, LONGITUDE,
) = range(len(IMPORT_FIELDS))  # fmt: skip
_DEFAULTS: dict[int, Any] = {
    KIND: Kind.UNKNOWN, SIGNED: UNKNOWN_DATE, TERM_YEARS: None, IS_OPEN_ENDED: None, IS_RENEWABLE: None,
    AREAS: (), REGISTERED: None, REGISTERED_ON: UNKNOWN_DATE, STANDING: Standing.GOVERNMENT, IS_NEW: False,
    ADD_PLACE: False, LATITUDE: None, LONGITUDE: None,
}  # fmt: skip

_PLACE_CELLS = (CITY, STATE, COUNTRY, OTHER_CITY, OTHER_REGION, OTHER_COUNTRY)
Values = list[Any]  # in the order of IMPORT_FIELDS
Step = Callable[[int], None]


@dataclass(slots=True)
class ReadRows:
    """The rows that could be read, with their number, and everything that is wrong."""

    rows: list[tuple[int, Values]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    faulty: set[int] = field(default_factory=set)  # numbers of the rows with a fault
    unseen: list[tuple[int, int]] = field(default_factory=list)  # row and field of texts cleared of what nobody sees
    columns: dict[int, int] = field(default_factory=dict)  # field to column of the file
    table: Table | None = None

    def add(self, row: int, at: int, *, bad: BadCell, value: Any = "") -> None:
        """Keep a fault of a field at a row; beyond a number that a person reads, only count it."""
        self.fault_count += 1
        self.faulty.add(row)
        if len(self.faults) < MOST_FAULTS:
            column = self.columns.get(at, -1)
            letter = letter_of(column) if column >= 0 else ""
            sheet = self.table.sheet if self.table else ""
            heading = IMPORT_FIELDS[at].es if column < 0 or self.table is None else self.table.header[column]
            self.faults.append(
                Fault(
                    bad.code,
                    bad.wrong,
                    bad.right,
                    sheet,
                    row,
                    letter,
                    heading,
                    str(value),
                )
            )


def read_rows(table: Table, *, today: dt.date, tick: Step) -> ReadRows:
    """Read every row of a table; `tick` is called with the number of rows read."""
    result = ReadRows(table=table)
    _match_headings(table, result)
    if result.faults:
        return result
    reads = readers(IMPORT_FIELDS, today=today)
    plan: list[tuple[int, int, Read, dict[str, Any]]] = [
        (column, at, reads[IMPORT_FIELDS[at].name], {}) for at, column in sorted(result.columns.items())
    ]
    blank = [_DEFAULTS.get(at, "") for at in range(len(IMPORT_FIELDS))]
    for done, (number, cells) in enumerate(table.rows):
        values = blank.copy()
        _read_cells(result, number, cells, plan, values)
        _check_row(result, number, values)
        # Places are looked for in faulty rows too, so that one reading tells everything.
        if (
            all(values[at] is not None for at in _PLACE_CELLS)
            and values[CITY]
            and values[OTHER_CITY]
            and (values[OTHER_COUNTRY] or is_identifier(values[OTHER_CITY]))
        ):
            result.rows.append((number, values))
        if not done % 1000:
            tick(done)
    return result


def _match_headings(table: Table, result: ReadRows) -> None:
    names = {fold(word): AT[one.name] for one in IMPORT_FIELDS for word in (one.name, one.en, one.es)}
    headings = {fold(one.es): one.es for one in IMPORT_FIELDS}
    for column, heading in enumerate(table.header):
        at = names.get(fold(heading))
        letter = letter_of(column)
        if at is None and heading:
            near = [headings[word] for word in nearest(fold(heading), headings)]
            right = Message(
                _("¿%(options)s? Use los encabezados de la plantilla"),
                {"options": ", ".join(near) or IMPORT_FIELDS[0].es},
            )
            wrong = Message(_("no es un encabezado de la plantilla"))
            result.faults.append(
                Fault(
                    "unknown_heading",
                    wrong,
                    right,
                    table.sheet,
                    table.header_row,
                    letter,
                    "",
                    heading,
                )
            )
        elif at is not None and at in result.columns:
            wrong = Message(_("hay dos columnas para «%(name)s»"), {"name": IMPORT_FIELDS[at].es})
            result.faults.append(
                Fault(
                    "repeated_heading",
                    wrong,
                    Message(_("Deje una sola")),
                    table.sheet,
                    table.header_row,
                    letter,
                    heading,
                )
            )
        elif at is not None:
            result.columns[at] = column
    for at, one in enumerate(IMPORT_FIELDS):
        if one.is_required and at not in result.columns:
            wrong = Message(_("falta la columna «%(name)s»"), {"name": one.es})
            right = Message(_("Agréguela; la plantilla en /datos/plantilla.xlsx la trae"))
            result.faults.append(Fault("missing_column", wrong, right, table.sheet, table.header_row))
    result.fault_count = len(result.faults)


def _read_cells(
    result: ReadRows,
    number: int,
    cells: Sequence[Any],
    plan: Sequence[tuple[int, int, Read, dict[str, Any]]],
    values: Values,
) -> None:
    for column, at, read, seen in plan:
        raw = cells[column]
        if raw is None or raw == "":
            continue
        if raw.__class__ is str:
            if not raw.isprintable() and raw != without_unseen(raw):
                result.unseen.append((number, at))
            # Few different words fill most columns, so each is understood once.
            value = seen.get(raw)
            if value is None:
                value = seen[raw] = understood(raw, read, blank=values[at])
        else:
            value = read(raw)
        if value.__class__ is BadCell:
            result.add(number, at, bad=value, value=raw)
            if at in _PLACE_CELLS:
                values[at] = None
        else:
            values[at] = value


_EMPTY = BadCell(
    "required",
    Message(_("falta este dato")),
    Message(_("Escríbalo: sin él no se sabe entre quiénes es el acuerdo")),
)
_SAME = BadCell(
    "same_parties",
    Message(_("las dos partes son la misma")),
    Message(_("Escriba la ciudad contraparte")),
)
_TWO_TERMS = BadCell(
    "two_terms",
    Message(_("tiene años de vigencia y también es indefinida")),
    Message(_("Deje una de las dos cosas")),
)
_NOT_REGISTERED = BadCell(
    "not_registered",
    Message(_("dice que no está inscrito, pero trae fecha o número de inscripción")),
    Message(_("Escriba «sí» en inscrito o borre la fecha y el número")),
)
_TOO_EARLY = BadCell(
    "registered_before_signed",
    Message(_("la inscripción es anterior a la firma")),
    Message(_("Revise las dos fechas")),
)
_ONE_DEGREE = BadCell(
    "one_coordinate",
    Message(_("hay una sola coordenada")),
    Message(_("Escriba latitud y longitud, o ninguna")),
)


def _check_row(result: ReadRows, number: int, values: Values) -> None:
    for at in (CITY, OTHER_CITY, OTHER_COUNTRY):
        # An identifier tells the country too.
        if values[at] == "" and not (at == OTHER_COUNTRY and is_identifier(values[OTHER_CITY] or "")):
            result.add(number, at, bad=_EMPTY)
    if values[TERM_YEARS] and values[IS_OPEN_ENDED]:
        result.add(number, TERM_YEARS, bad=_TWO_TERMS, value=values[TERM_YEARS])
    registered_on = values[REGISTERED_ON].on
    if registered_on or values[REGISTRATION_NUMBER]:
        if values[REGISTERED] is False:
            result.add(number, REGISTERED, bad=_NOT_REGISTERED)
        signed_on = values[SIGNED].on
        if registered_on and signed_on and values[REGISTERED_ON].last < signed_on:
            result.add(number, REGISTERED_ON, bad=_TOO_EARLY, value=values[REGISTERED_ON])
    if (values[LATITUDE] is None) != (values[LONGITUDE] is None):
        result.add(number, LATITUDE, bad=_ONE_DEGREE)


SAME_PARTIES = _SAME
