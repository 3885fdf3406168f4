"""Files that are something else: what keeps them out, in their folder, and from being run by who gets them back."""

from tests.defences import Defence

DOCUMENTS = "tests/foundation/test_documents.py"
KEPT = f"{DOCUMENTS}::test_sound_file_is_kept_under_its_digest"
REFUSED = f"{DOCUMENTS}::test_other_file_is_refused_and_leaves_nothing"
SAVED = f"{DOCUMENTS}::test_attachment_is_saved_and_never_run"
RECORDINGS = "tests/museum/test_upload_doors.py"
ANSWERING = "hermanar/foundation/documents/answering.py"
NAMES = "hermanar/foundation/documents/names.py"

DEFENCES = [
    Defence(
        row=13,
        what="a file lies under its digest and nowhere else",
        file="hermanar/foundation/documents/places.py",
        stands='    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):',
        falls="    if False:",
        tests=(f"{DOCUMENTS}::test_path_of_anything_but_a_digest_is_refused",),
    ),
    Defence(
        row=13,
        what="a name keeps no folder",
        file=NAMES,
        stands='    last = re.split(r"[/\\\\]", name.replace("\\0", ""))[-1]\n',
        falls='    last = name.replace("\\0", "")\n',
        tests=(f"{KEPT}[traversal]", f"{KEPT}[traversal_windows]"),
    ),
    Defence(
        row=13,
        what="no second ending of a name runs",
        file=NAMES,
        stands='_RUNNABLE.sub(r"_\\1", stem)',
        falls="stem",
        tests=(f"{KEPT}[double_extension]",),
    ),
    Defence(
        row=13,
        what="a file begins as its name says",
        file="hermanar/foundation/documents/kinds.py",
        stands="    if not (head.startswith(kind.starts) and is_webp):\n",
        falls="    if False:\n",
        tests=(f"{REFUSED}[svg_as_pdf]", f"{REFUSED}[svg_as_png]"),
    ),
    Defence(
        row=13,
        what="nothing stands before or after an archive",
        file="hermanar/foundation/documents/office_files.py",
        stands="            check_frame(stream, archive)\n",
        falls="",
        tests=(f"{REFUSED}[word_before_page]",),
    ),
    Defence(
        row=13,
        what="nothing stands after the end of a PDF",
        file="hermanar/foundation/documents/pdf_files.py",
        stands='    if rest or (data.find(b"PK',
        falls='    if False and (data.find(b"PK',
        tests=(f"{REFUSED}[pdf_and_page]",),
    ),
    Defence(
        row=13,
        what="no object of a PDF runs",
        file="hermanar/foundation/documents/pdf_files.py",
        stands="        _check_objects(reader)\n",
        falls="",
        tests=(f"{REFUSED}[pdf_hidden]", f"{REFUSED}[pdf_film]"),
    ),
    Defence(
        row=13,
        what="no part of an office file runs",
        file="hermanar/foundation/documents/office_files.py",
        stands="        if _ACTIVE.search(name) and not _HARMLESS_BINARY.search(name):\n",
        falls="        if False:\n",
        tests=(f"{REFUSED}[word_macros]", f"{REFUSED}[word_page_inside]"),
    ),
    Defence(
        row=13,
        what="a picture is written anew from its points",
        file="hermanar/foundation/documents/taking.py",
        stands="            final = rewritten\n",
        falls="            final = sent\n",
        tests=(f"{KEPT}[picture_and_page]", f"{KEPT}[picture_and_archive]"),
    ),
    Defence(
        row=13,
        what="a file is given back to be saved",
        file=ANSWERING,
        stands='    response.headers["Content-Disposition"] = disposition(document.name)\n',
        falls='    response.headers["Content-Disposition"] = "inline"\n',
        tests=(SAVED,),
    ),
    Defence(
        row=13,
        what="a browser does not guess what a file is",
        file=ANSWERING,
        stands='    response.headers["X-Content-Type-Options"] = "nosniff"\n',
        falls="",
        tests=(SAVED,),
    ),
    Defence(
        row=13,
        what="a file that is opened all the same may do nothing",
        file=ANSWERING,
        stands='response.headers["Content-Security-Policy"] = _POLICY',
        falls='response.headers["X-Nothing"] = _POLICY',
        tests=(SAVED,),
    ),
    Defence(
        row=13,
        what="a recording begins as one",
        file="hermanar/museum/models/media.py",
        stands="ending in endings and head[at : at + len(sign)] == sign for",
        falls="True for",
        tests=(f"{RECORDINGS}::test_what_is_no_recording_is_refused",),
    ),
    Defence(
        row=13,
        what="a recording is given as the sound its name says",
        file="hermanar/museum/views/media.py",
        stands='    answer["Content-Type"] = TYPES[given[2]]\n',
        falls='    answer["Content-Type"] = "text/html"\n',
        tests=(f"{RECORDINGS}::test_a_page_within_a_recording_is_given_as_a_sound_and_never_run",),
    ),
    Defence(
        row=13,
        what="originals of pictures are given to nobody",
        file="hermanar/museum/views/media.py",
        stands="(imagenes|grabaciones)/",
        falls="(imagenes|grabaciones|originales)/",
        tests=("tests/museum/test_desk.py::test_a_picture_keeps_only_its_pixels",),
    ),
    Defence(
        row=13,
        what="the name of a recording is not its sender's",
        file="hermanar/museum/models/media.py",
        stands='    return f"{folder}/{uuid7().hex}{PurePath(filename).suffix.lower()}"\n',
        falls='    return f"{folder}/{filename}"\n',
        tests=(f"{RECORDINGS}::test_a_page_within_a_recording_is_given_as_a_sound_and_never_run",),
    ),
]
