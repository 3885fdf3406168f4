"""What tables that come and go are kept from."""

from tests.defences import Defence

WRITING = "hermanar/foundation/tables/writing.py"
INERT = "tests/foundation/test_tables.py::test_ten_thousand_texts_that_would_run_are_inert"

DEFENCES = [
    Defence(
        row=14,
        what="texts of exports are made inert",
        file="hermanar/foundation/tables/writing.py",
        stands="return inert(value.replace(",
        falls="return (value.replace(",
        tests=("tests/foundation/test_tables.py::test_no_cell_written_ever_runs",),
    ),
    Defence(
        row=14,
        what="texts of a workbook stay texts when somebody edits them",
        file=WRITING,
        stands="    marked = style or (1 if text.startswith(_RUNS) else 0)\n",
        falls="    marked = style\n",
        tests=(INERT,),
    ),
    Defence(
        row=14,
        what="texts of a workbook are written as texts",
        file=WRITING,
        stands="""    return f'<c t="inlineStr" s="{marked}"><is><t xml:space="preserve">{text}</t></is></c>'\n""",
        falls="""    return f'<c s="{marked}"><f>{text}</f></c>'\n""",
        tests=(INERT,),
    ),
    Defence(
        row=14,
        what="a column that is written at once is looked through",
        file=WRITING,
        stands="    if _may_need_more(text, len(cells)):\n",
        falls="    if False:\n",
        tests=(INERT,),
    ),
    Defence(
        row=14,
        what="a cell of such a column is made inert",
        file=WRITING,
        stands="""|^[{re.escape("".join(_RUNS))}]')""",
        falls="""')""",
        tests=(INERT,),
    ),
    Defence(
        row=14,
        what="nobody else writes a table",
        file="hermanar/open_data/plain.py",
        stands="from __future__ import annotations\n",
        falls="from __future__ import annotations\n\nimport csv\n\nWRITER = csv.writer\n",
        tests=("tests/foundation/test_tables.py::test_nobody_else_writes_a_table",),
    ),
]
