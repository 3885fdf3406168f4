"""What the museum itself keeps, as an index in the memory of a process.

Many write it (verbs, the desk, a load, what Wagtail publishes by the hour), so nobody is asked to tell: at each request
every noun says what stands now and a stamp that changes with it, and only what is new to the index is read again.
What was withdrawn no longer stands, and is gone before the question is answered.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import tantivy
from django.db import connection

from hermanar.foundation.search import Reader, analyse, fold

_HEAP = 15_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """A page of the museum as a search finds it; titles and notes in Spanish and English, empty where there is none."""

    key: str
    kind: str
    path: str  # from the root, without language
    titles: tuple[str, str]
    notes: tuple[str, str] = ("", "")
    words: str = ""  # all else by which it is found
    drawing: str = ""  # path of its picture, where it has one


@dataclass(frozen=True, slots=True)
class Noun:
    """Something the museum keeps: what of it the public may see now, and what each of these tells."""

    stands: Callable[[], Mapping[str, Hashable]]  # key → a stamp that no two states share
    told: Callable[[Collection[str]], Iterable[Told]]


@dataclass(frozen=True, slots=True)
class Standing:
    """The index as it stood for one request."""

    schema: tantivy.Schema
    searcher: Reader
    told: Mapping[str, Told]
    numbered: Mapping[int, str]  # number in the index → key

    def told_at(self, addresses: Sequence[tantivy.DocAddress]) -> list[Told]:
        """Return what was hit, in its order."""
        numbers = self.searcher.fast_field_values("number", addresses) if addresses else []
        return [self.told[self.numbered[int(number)]] for number in numbers]


class MuseumIndex:
    """The index of some nouns, kept by this process and brought up to date by whoever asks."""

    def __init__(self, nouns: Iterable[Noun]) -> None:
        self.nouns = tuple(nouns)
        self.schema = _schema()
        self._guard = threading.Lock()
        self._index: tantivy.Index | None = None
        self._stamps: dict[str, Hashable] = {}
        self._standing: Standing | None = None

    def current(self) -> Standing:
        """Return the index as everything stands now; inside a transaction nothing is kept, it may be rolled back."""
        stands = [(noun, noun.stands()) for noun in self.nouns]
        stamps = {key: stamp for _noun, each in stands for key, stamp in each.items()}
        if connection.in_atomic_block:
            return _brought(tantivy.Index(self.schema), self.schema, _read(stands, stamps), None, ())
        standing = self._standing
        if standing is not None and stamps == self._stamps:
            return standing
        with self._guard:
            before = self._standing
            changed = {key for key, stamp in stamps.items() if self._stamps.get(key) != stamp}
            told, gone = _read(stands, changed), [*changed, *(self._stamps.keys() - stamps.keys())]
            index, self._index, self._stamps, self._standing = self._index, None, {}, None  # lost if anything fails
            if index is None or before is None:
                index, before = tantivy.Index(self.schema), None
            standing = _brought(index, self.schema, told, before, gone)
            self._index, self._stamps, self._standing = index, stamps, standing
            return standing


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", fast=True)
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("names", tokenizer_name="raw", index_option="basic")
    for name in ("title", "text"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def _read(stands: Iterable[tuple[Noun, Mapping[str, Hashable]]], wanted: Collection[str]) -> list[Told]:
    mine = [(noun, [key for key in each if key in wanted]) for noun, each in stands]
    return [one for noun, keys in mine if keys for one in noun.told(keys)]


def _brought(
    index: tantivy.Index, schema: tantivy.Schema, told: Sequence[Told], before: Standing | None, gone: Collection[str]
) -> Standing:
    """Take out of an index what is gone, put in what is told, and return it as it stands then."""
    lost = set(gone)
    kept = {key: one for key, one in (before.told if before else {}).items() if key not in lost}
    numbered = {number: key for number, key in (before.numbered if before else {}).items() if key in kept}
    new = dict(enumerate(told, max(numbered, default=0) + 1))
    writer = index.writer(_HEAP, 1)
    if lost:
        writer.delete_documents_by_query(tantivy.Query.term_set_query(schema, "key", sorted(lost)))
    for number, one in new.items():
        writer.add_document(tantivy.Document.from_dict(_document(number, one), schema))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    numbered |= {number: one.key for number, one in new.items()}
    reader = Reader(index.searcher(), on_harm=lambda: None)
    return Standing(schema, reader, kept | {one.key: one for one in told}, numbered)


def _document(number: int, one: Told) -> dict[str, object]:
    title = analyse(" ".join(one.titles))
    return {
        "number": number,
        "key": one.key,
        "kind": one.kind,
        "names": [name for name in {fold(title) for title in one.titles} if name],
        "title": title,
        "text": " ".join(dict.fromkeys(f"{title} {analyse(' '.join((*one.notes, one.words)))}".split())),
    }
