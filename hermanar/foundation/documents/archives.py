"""Look at a ZIP of XML parts (Word, Excel) before any library opens it: size, shape, entities, links to elsewhere."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import IO, Any
from xml.parsers import expat

MOST_UNPACKED = 50_000_000
MOST_RATIO = 100
MOST_PARTS = 2_000
MOST_ELEMENTS = 3_000_000  # of one part; a full sheet has them
_HYPERLINK = "/hyperlink"
_DEPTH = 256
Start = Callable[[str, dict[str, str]], None]


class ArchiveError(ValueError):
    """What is wrong with an archive: a code, the part it stands in, the figures of the sentence."""

    def __init__(self, code: str, *, part: str = "", **values: object) -> None:
        self.code = code
        self.values: Mapping[str, Any] = {"name": part[:120], **values}
        super().__init__(f"{code} {part}")


def check_sizes(archive: zipfile.ZipFile) -> None:
    """Refuse what may explode or is locked, from the archive's directory alone."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise ArchiveError("zip_parts", count=len(parts))
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise ArchiveError("zip_size", limit=MOST_UNPACKED // 1_000_000)
    for part in parts:
        if part.flag_bits & 0x1:
            raise ArchiveError("encrypted")
        if part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise ArchiveError("zip_ratio", part=part.filename)


def check_frame(stream: IO[bytes], archive: zipfile.ZipFile) -> None:
    """Refuse bytes before, between the directory and the end, or after: that is how one file is also another."""
    parts = archive.infolist()
    stream.seek(0)
    head = stream.read(4)
    end = stream.seek(0, 2)
    ends_here = archive.start_dir + sum(_directory_size(part) for part in parts) + 22 == end
    if head != b"PK\x03\x04" or not ends_here or min(part.header_offset for part in parts) != 0:
        raise ArchiveError("polyglot")
    names = [part.filename.casefold() for part in parts]
    if len(set(names)) != len(names):  # two readers may open two different ones
        raise ArchiveError("damaged", part=next(name for name in names if names.count(name) > 1))


def _directory_size(part: zipfile.ZipInfo) -> int:
    name = part.orig_filename.encode("utf-8" if part.flag_bits & 0x800 else "cp437")
    return 46 + len(name) + len(part.extra) + len(part.comment)


def check_relationships(archive: zipfile.ZipFile, name: str, *, most: int = MOST_ELEMENTS) -> int:
    """Refuse a part that makes the reader fetch something else, says that macros come along, or has no end of elements.

    Return how many elements the part has.
    """
    count = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > most:
            raise ArchiveError("zip_parts", part=name, count=count)
        local = tag.rpartition(":")[2]
        outside = local == "Relationship" and attributes.get("TargetMode") == "External"
        if outside and not attributes.get("Type", "").endswith(_HYPERLINK):
            raise ArchiveError("external", part=name)
        if local in {"Override", "Default"} and "macroEnabled" in attributes.get("ContentType", ""):
            raise ArchiveError("active_content", part=name)

    with archive.open(name) as stream:
        parse(stream, start, part=name)
    return count


def parse(
    stream: IO[bytes],
    start: Start,
    *,
    part: str,
    text: Callable[[str], None] | None = None,
    end: Callable[[str], None] | None = None,
) -> None:
    """Walk XML in bounded memory; entities and document types are refused before they can do anything."""
    parser = expat.ParserCreate()
    parser.buffer_text = True  # else each end of a line would be told by itself
    depth = 0

    def enter(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise ArchiveError("damaged", part=part)
        start(tag, attributes)

    def leave(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(tag)

    def doctype(*_arguments: object) -> None:
        raise ArchiveError("entities", part=part)

    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    try:
        parser.ParseFile(stream)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, LookupError, NotImplementedError) as error:
        raise ArchiveError("damaged", part=part) from error
    except ValueError as error:
        if type(error) is not ValueError:  # what `start` found wrong, in its own words
            raise
        raise ArchiveError("damaged", part=part) from error
