"""What is sent in is kept from doing harm: workbooks, documents, archives, pictures, texts of papers and of tables."""

from tests.defences import Defence

ARCHIVES = "hermanar/foundation/documents/archives.py"
DOCUMENTS = "tests/foundation/test_documents.py"
ENTITIES = ("tests/foundation/test_entities.py",)
TABLES = "tests/foundation/test_tables.py"
REFUSED = f"{DOCUMENTS}::test_other_file_is_refused_and_leaves_nothing"
UNTRUSTED = f"{TABLES}::test_what_cannot_be_trusted_is_refused_by_its_place"
TYPESET = "tests/foundation/test_typesetting.py"

DEFENCES = [
    Defence(
        row=10,
        what="no part of an archive may declare a type of its own",
        file=ARCHIVES,
        stands="    parser.StartDoctypeDeclHandler = doctype\n",
        falls="",
        tests=ENTITIES,
    ),
    Defence(
        row=10,
        what="each part of a workbook is walked before it is opened",
        file="hermanar/foundation/tables/xlsx_guard.py",
        stands="                check_relationships(archive, name)\n",
        falls="                pass\n",
        tests=(f"{TABLES}::test_what_cannot_be_trusted_is_refused_by_its_place[an entity bomb]",),
    ),
    Defence(
        row=10,
        what="each part of a document is walked before it is kept",
        file="hermanar/foundation/documents/office_files.py",
        stands="        left -= check_relationships(archive, part.filename, most=left)\n",
        falls="",
        tests=ENTITIES,
    ),
    Defence(
        row=10,
        what="a template is looked into as a document is",
        file="hermanar/foundation/papers/templates.py",
        stands="    check_word(io.BytesIO(template))\n",
        falls="",
        tests=(*ENTITIES, "tests/foundation/test_templates.py::test_unsafe_template_is_refused_before_it_is_read"),
    ),
    Defence(
        row=11,
        what="the bound of what an archive unfolds to",
        file=ARCHIVES,
        stands="    if sum(part.file_size for part in parts) > MOST_UNPACKED:\n",
        falls="    if False:\n",
        tests=(f"{UNTRUSTED}[a zip bomb by size]",),
    ),
    Defence(
        row=11,
        what="the bound of how much a part is packed",
        file=ARCHIVES,
        stands="        if part.file_size > MOST_RATIO * max(part.compress_size, 1):\n",
        falls="        if False:\n",
        tests=(f"{UNTRUSTED}[a zip bomb by ratio]",),
    ),
    Defence(
        row=11,
        what="the bound of how many parts an archive has",
        file=ARCHIVES,
        stands="    if len(parts) > MOST_PARTS:\n",
        falls="    if False:\n",
        tests=(f"{UNTRUSTED}[a zip of many parts]",),
    ),
    Defence(
        row=11,
        what="workbooks pass the guard of archives",
        file="hermanar/foundation/tables/xlsx_files.py",
        stands="            check_archive(archive)\n",
        falls="",
        tests=("tests/foundation/test_swelling.py",),
    ),
    Defence(
        row=11,
        what="documents pass the guard of archives",
        file="hermanar/foundation/documents/office_files.py",
        stands="            check_sizes(archive)\n",
        falls="",
        tests=("tests/foundation/test_swelling.py",),
    ),
    Defence(
        row=12,
        what="the office's pictures are bounded by their points",
        file="hermanar/foundation/documents/images.py",
        stands="    if width * height > MOST_PIXELS:\n",
        falls="    if False:\n",
        tests=(f"{REFUSED}[picture_49_mp]",),
    ),
    Defence(
        row=12,
        what="the desk's pictures are bounded before they are read",
        file="hermanar/site/settings.py",
        stands="WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000\n",
        falls="WAGTAILIMAGES_MAX_IMAGE_PIXELS = 128_000_000\n",
        tests=(f"{DOCUMENTS}::test_forty_million_points_are_taken_and_one_row_more_is_not",),
    ),
    Defence(
        row=12,
        what="pictures are decoded one at a time",
        file="hermanar/foundation/documents/images.py",
        stands="    with alone():\n        return _write_anew(",
        falls="    if True:\n        return _write_anew(",
        tests=(
            "tests/foundation/test_turns.py::test_pictures_are_read_one_at_a_time",
            "tests/foundation/test_turns.py::test_a_turn_that_does_not_come_is_refused_and_keeps_nothing",
        ),
    ),
    Defence(
        row=12,
        what="the desk takes no portrait",
        file="hermanar/museum/desk_urls.py",
        stands='    path("account/", account, name="wagtailadmin_account"),\n',
        falls="",
        tests=("tests/museum/test_desk.py::test_a_portrait_is_not_taken",),
    ),
    Defence(
        row=15,
        what="a template can read an empty folder alone",
        file="hermanar/foundation/papers/typesetting.py",
        stands="                root=empty,  # all that a template could read\n",
        falls='                root="/",\n',
        tests=(f"{TYPESET}::test_even_a_template_reads_nothing_outside_its_empty_folder",),
    ),
    Defence(
        row=15,
        what="a value is shown as text, never read as markup",
        file="hermanar/foundation/papers/paper.typ",
        stands="else { span.text }",
        falls='else { eval(span.text, mode: "markup") }',
        tests=("tests/foundation/test_papers.py::test_pdf_and_word_show_hostile_values_as_text",),
    ),
    Defence(
        row=15,
        what="the template of papers names no file and no package",
        file="hermanar/foundation/papers/paper.typ",
        stands="// nothing here evaluates, reads a file or asks the network.\n",
        falls="\n#let cited(name) = read(name)\n",
        tests=(f"{TYPESET}::test_the_template_of_papers_evaluates_imports_and_reads_nothing",),
    ),
    Defence(
        row=15,
        what="an office's own template says fields and conditions, and nothing that runs",
        file="hermanar/foundation/papers/template_language.py",
        stands="        _check_nodes(tree)\n",
        falls="",
        tests=("tests/foundation/test_templates.py::test_language_itself_refuses_what_the_check_would_miss",),
    ),
]
