"""The text of a file as paragraphs, so that two versions can be compared whatever program wrote them."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from hermanar.foundation.documents.archives import parse
from hermanar.foundation.documents.office_files import check_word
from hermanar.foundation.documents.pdf_files import check_pdf, damaged
from hermanar.foundation.papers.comparing import MOST_LETTERS, MOST_PARAGRAPHS, TooLongError
from hermanar.foundation.papers.pdf_lines import TOO_LONG

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
PLAIN = "text/plain"
_MOST_PAGES = 300
_MOST_PAGE_BYTES = 400_000  # of what draws a page, unpacked; a full page of text is ten or twenty thousand
_MOST_BYTES = 4_000_000
_MOST_SECONDS = 8  # of work; sixty pages take two
_PATIENCE = 60  # seconds for a machine that is busy: the process ends itself long before
_PDF_LINES = Path(__file__).with_name("pdf_lines.py")
_SOFT_HYPHEN = "\u00ad"
_ENDS = re.compile(r"[.;:!?»”)\]]$")
_BEGINS = re.compile(r"^(?:\d{1,3}[.)]|[a-z]\)|[IVXLC]+\.|[-–•·])\s")
_FULL_LINE = 0.75


def text_of(data: bytes, media_type: str) -> list[str]:
    """Return the paragraphs of a Word, PDF or plain text file.

    Raises RefusedDocumentError for a file that is not sound, TooLongError for one beyond the bounds, ValueError for
    another kind of file.
    """
    if media_type == WORD:
        check_word(io.BytesIO(data))
        found = _word(data)
    elif media_type == PDF:
        check_pdf(io.BytesIO(data))
        found = _pdf(data)
    elif media_type == PLAIN:
        if len(data) > 4 * MOST_LETTERS:  # no letter takes more bytes
            raise TooLongError(len(data))
        found = _lines(data.decode("utf-8-sig", "replace").splitlines())
    else:
        raise ValueError(media_type)
    if len(found) > MOST_PARAGRAPHS or sum(map(len, found)) > MOST_LETTERS:
        raise TooLongError(len(found))
    return found


def _word(data: bytes) -> list[str]:
    """Read the body as it stands with all tracked changes accepted: deleted words are not `w:t`."""
    found: list[str] = []
    open_paragraphs: list[list[str]] = []
    inside = False
    letters = 0

    def start(tag: str, _attributes: dict[str, str]) -> None:
        nonlocal inside
        local = tag.rpartition(":")[2]
        inside = local == "t"
        if local == "p":
            open_paragraphs.append([])
        elif local in {"tab", "br"} and open_paragraphs:
            open_paragraphs[-1].append(" ")

    def text(characters: str) -> None:
        nonlocal letters
        if inside and open_paragraphs:
            letters += len(characters)
            if letters > MOST_LETTERS:
                raise TooLongError(letters)
            open_paragraphs[-1].append(characters)

    def end(tag: str) -> None:
        nonlocal inside
        inside = False
        if tag.rpartition(":")[2] == "p" and open_paragraphs:
            whole = " ".join("".join(open_paragraphs.pop()).split())
            if whole:
                found.append(whole)

    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("word/document.xml") as stream:
        parse(stream, start, part="word/document.xml", text=text, end=end)
    return found


def _pdf(data: bytes) -> list[str]:
    """Read the pages in a process of its own: the text of a small file may take any time and memory to draw."""
    bounds = (_MOST_SECONDS, _MOST_PAGES, _MOST_PAGE_BYTES, _MOST_BYTES, MOST_LETTERS)
    try:
        done = subprocess.run(  # noqa: S603  our own program, by its path, with numbers for arguments
            [sys.executable, "-I", str(_PDF_LINES), *map(str, bounds)],
            input=data,
            capture_output=True,
            env={},
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TooLongError(len(data)) from late
    if done.returncode == TOO_LONG or done.returncode < 0:  # or ended at its limit of time
        raise TooLongError(len(data))
    if done.returncode:
        raise damaged()
    return _lines(done.stdout.decode().splitlines())


def _lines(lines: list[str]) -> list[str]:
    """Join lines into paragraphs: a full line that does not end a sentence goes on in the next."""
    width = max((len(line.strip()) for line in lines), default=0)
    found: list[list[str]] = []
    goes_on = False
    for raw in lines:
        line = " ".join(raw.split())
        if not line:
            goes_on = False
            continue
        if goes_on and not _BEGINS.match(line):
            last = found[-1]
            if last[-1].endswith(_SOFT_HYPHEN):
                last[-1] = last[-1][:-1]
            else:
                last.append(" ")
            last.append(line)
        else:
            found.append([line])
        goes_on = len(line) >= width * _FULL_LINE and not _ENDS.search(line)
    return ["".join(pieces) for pieces in found]
