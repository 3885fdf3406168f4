"""What tables that come and go are kept from."""

from tests.defences import Defence

DEFENCES = [
    Defence(
        row=14,
        what="texts of exports are made inert",
        file="hermanar/foundation/tables/writing.py",
        stands="return inert(value.replace(",
        falls="return (value.replace(",
        tests=("tests/foundation/test_tables.py::test_no_cell_written_ever_runs",),
    ),
]
