"""Tables in and out: CSV and XLSX that people keep, read with suspicion and written so that nothing in them runs."""

from hermanar.foundation.tables.faults import Fault, Message, RefusedTableError
from hermanar.foundation.tables.reading import Table, read_table
from hermanar.foundation.tables.unseen import deceiving, named, without_unseen
from hermanar.foundation.tables.writing import (
    Column,
    csv_cells,
    csv_chunks,
    csv_column,
    csv_lines,
    inert,
    xlsx_chunks,
)

__all__ = [
    "Column",
    "Fault",
    "Message",
    "RefusedTableError",
    "Table",
    "csv_cells",
    "csv_chunks",
    "csv_column",
    "csv_lines",
    "deceiving",
    "inert",
    "named",
    "read_table",
    "without_unseen",
    "xlsx_chunks",
]
