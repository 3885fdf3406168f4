"""Search that every room can stand on: indexes derived from the database.

An index is a folder of this machine and holds nothing of its own. It follows the revision its writers bump in their
transactions, and the calendar: the next request of any process answers from what was committed before it began.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import os
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID, uuid4

import tantivy
from django.conf import settings
from django.db import connection, transaction

from hermanar.foundation.models import Change, Revision


class Content(Protocol):
    """What an index holds: the room that owns the records says it."""

    name: str  # of its Revision and Change rows, and of its folder
    version: str  # another one makes every machine rebuild

    def schema(self, builder: tantivy.SchemaBuilder) -> tantivy.SchemaBuilder:
        """Add the fields of a document; `id`, `id_high` and `id_low` are there already."""
        ...

    def documents(self, subjects: Sequence[UUID] | None, *, day: dt.date) -> Iterator[tuple[UUID, dict[str, Any]]]:
        """Read the documents of these records, or of all; a record that may not be found has none."""
        ...

    def turning(self, schema: tantivy.Schema, *, after: dt.date, until: dt.date) -> tantivy.Query:
        """Match the documents that say something else on the day `until` than on `after`."""
        ...


@dataclass(frozen=True, slots=True)
class Position:
    """The commit and the day an index stands at."""

    epoch: str  # the database it was derived from
    number: int
    day: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An index as it stood at one commit and one day; what is kept beside it lives exactly as long."""

    position: Position
    schema: tantivy.Schema
    searcher: tantivy.Searcher
    kept: dict[Any, Any] = field(default_factory=dict)

    def count(self, query: tantivy.Query) -> int:
        """Return how many documents match."""
        result: Any = self.searcher.search(query, limit=1)  # its type stub forgets `count`
        return int(result.count)

    def keys(self, hits: Sequence[tuple[Any, tantivy.DocAddress]]) -> list[UUID]:
        """Return the records that hits stand for, in their order."""
        addresses = [address for _order, address in hits]
        if not addresses:
            return []
        high = self.searcher.fast_field_values("id_high", addresses)
        low = self.searcher.fast_field_values("id_low", addresses)
        return [UUID(int=(int(one or 0) << 64) | int(other or 0)) for one, other in zip(high, low, strict=True)]


_LOW = (1 << 64) - 1
_HEAP = 64_000_000  # bytes a writer gathers before it writes a segment
_REREAD_SHARE = 4  # more changes than one document in four: reading all again is quicker
_REREAD_LEAST = 10_000
_PATIENCE = 5  # rounds before writers are made to wait


class DerivedIndex:
    """An index of one content on this machine, shared by its processes."""

    def __init__(self, content: Content) -> None:
        self.content = content
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("id_high", fast=True).add_unsigned_field("id_low", fast=True)
        self.schema = content.schema(builder).build()
        self._guard = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._index: tuple[str, tantivy.Index] | None = None

    @property
    def root(self) -> Path:
        """Return the folder of this index."""
        return Path(settings.INDEX_DIR) / self.content.name

    def current(self, *, day: dt.date) -> Snapshot:
        """Return the index as the last commit and this day make it, bringing it there first when it lags."""
        if connection.in_atomic_block:
            return self._private(day)
        snapshot = self._snapshot
        if snapshot is not None and snapshot.position == self._wanted(day):
            return snapshot
        with self._guard, self._locked():
            return self._catch_up(day)

    def rebuild(self, *, day: dt.date) -> Snapshot:
        """Derive the whole index again, whatever it holds; readers wait."""
        with self._guard, self._locked():
            return self._rebuild(day)

    def _wanted(self, day: dt.date) -> Position:
        row = Revision.objects.filter(name=self.content.name).values_list("epoch", "number")[:1]
        epoch, number = next(iter(row), ("", 0))
        return Position(str(epoch), number, day.isoformat())

    def _private(self, day: dt.date) -> Snapshot:
        """Answer inside an open transaction, whose writes must be seen but may still be rolled back: keep nothing."""
        index = tantivy.Index(self.schema)
        self._add(index, self.content.documents(None, day=day), heap=15_000_000)
        index.reload()
        return Snapshot(self._wanted(day), self.schema, index.searcher())

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the folder against the other processes; the system lets go of it when its holder dies."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "lock").open("a") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _catch_up(self, day: dt.date) -> Snapshot:
        wanted, state = self._wanted(day), self._read_state()
        known = self._snapshot
        if known is not None and known.position == wanted:
            return known
        if state is None or state[1].epoch != wanted.epoch or state[1].number > wanted.number:
            return self._rebuild(day)
        folder, position = state
        try:
            index = self._open(folder)
            if position == wanted or self._advance(index, folder, position, day):
                return self._adopt(index, self._position_in_state())
        except (ValueError, OSError):  # what tantivy raises for files that are missing or broken
            self._index = None
        return self._rebuild(day)

    def _open(self, folder: str) -> tantivy.Index:
        if self._index is None or self._index[0] != folder:
            index = tantivy.Index.open(str(self.root / folder))
            index.config_reader("manual")
            self._index = (folder, index)
        index = self._index[1]
        index.reload()
        return index

    def _adopt(self, index: tantivy.Index, position: Position) -> Snapshot:
        index.reload()
        self._snapshot = Snapshot(position, self.schema, index.searcher())
        return self._snapshot

    def _advance(self, index: tantivy.Index, folder: str, position: Position, day: dt.date) -> bool:
        """Apply the missing changes and turn the day; answer False when reading everything again is due."""
        subjects = self._turned(index, position, day)
        for round_ in count():
            with self._writers_held() if round_ == _PATIENCE else contextlib.nullcontext():
                wanted = self._wanted(day)
                changed = self._changed_between(position, wanted)
                if changed is None:
                    return False
                subjects |= changed
                if len(subjects) > max(_REREAD_LEAST, index.searcher().num_docs // _REREAD_SHARE):
                    return False
                documents = list(self.content.documents(sorted(subjects), day=day))
                is_one_commit = self._wanted(day) == wanted  # nobody wrote while the records were read
            if is_one_commit:
                self._replace(index, subjects, documents)
                self._write_state(folder, wanted)
                return True
            position = wanted
        raise AssertionError

    @contextlib.contextmanager
    def _writers_held(self) -> Iterator[None]:
        """Make those who write faster than can be read wait until it is read."""
        with transaction.atomic():
            list(Revision.objects.select_for_update().filter(name=self.content.name))
            yield

    def _turned(self, index: tantivy.Index, position: Position, day: dt.date) -> set[UUID]:
        stands = dt.date.fromisoformat(position.day)
        if stands == day:
            return set()
        searcher = index.searcher()
        query = self.content.turning(self.schema, after=min(stands, day), until=max(stands, day))
        hits = searcher.search(query, limit=max(1, searcher.num_docs), count=False).hits
        return set(Snapshot(position, self.schema, searcher).keys(hits))

    def _changed_between(self, position: Position, wanted: Position) -> set[UUID] | None:
        """Return the records changed since a position; None when they are all of them or no longer known."""
        if position.epoch != wanted.epoch:
            return None
        rows = Change.objects.filter(index=self.content.name, number__gt=position.number, number__lte=wanted.number)
        numbers: set[int] = set()
        subjects: set[UUID] = set()
        for revision, subject in rows.values_list("number", "subject"):
            if subject is None:
                return None
            numbers.add(revision)
            subjects.add(subject)
        return subjects if len(numbers) == wanted.number - position.number else None

    def _replace(
        self, index: tantivy.Index, subjects: Iterable[UUID], documents: Iterable[tuple[UUID, dict[str, Any]]]
    ) -> None:
        subjects = list(subjects)
        if subjects:
            keys = [subject.hex for subject in subjects]
            stale = tantivy.Query.term_set_query(self.schema, "id", keys)
            self._add(index, documents, heap=15_000_000, stale=stale)

    def _add(
        self,
        index: tantivy.Index,
        documents: Iterable[tuple[UUID, dict[str, Any]]],
        *,
        heap: int,
        stale: tantivy.Query | None = None,
    ) -> None:
        writer = index.writer(heap, 1)
        if stale is not None:
            writer.delete_documents_by_query(stale)
        for key, document in documents:
            document.update(id=key.hex, id_high=key.int >> 64, id_low=key.int & _LOW)
            writer.add_document(tantivy.Document.from_dict(document, self.schema))
        writer.commit()
        writer.wait_merging_threads()

    def _rebuild(self, day: dt.date) -> Snapshot:
        """Derive the index in a new folder and name it the current one only when it is whole."""
        self._index = self._snapshot = None
        for leftover in self.root.glob("build-*"):
            if leftover.name != (self._read_state() or ("",))[0]:
                shutil.rmtree(leftover, ignore_errors=True)
        folder = f"build-{uuid4().hex}"
        (self.root / folder).mkdir()
        wanted = self._wanted(day)
        index = tantivy.Index(self.schema, str(self.root / folder), reuse=False)
        self._add(index, self.content.documents(None, day=day), heap=_HEAP)
        index.reload()
        # Whatever was committed while everything was read is applied before the folder is shown to anyone.
        if not self._settle(index, folder, wanted, day):
            return self._rebuild(day)
        previous = [path for path in self.root.glob("build-*") if path.name != folder]
        snapshot = self._adopt(self._open(folder), self._position_in_state())
        for path in previous:
            shutil.rmtree(path, ignore_errors=True)
        return snapshot

    def _settle(self, index: tantivy.Index, folder: str, position: Position, day: dt.date) -> bool:
        if self._wanted(day) == position:
            self._write_state(folder, position)
            return True
        return self._advance(index, folder, position, day)

    def _read_state(self) -> tuple[str, Position] | None:
        try:
            state = json.loads((self.root / "state.json").read_text(encoding="utf-8"))
            if state.pop("version") != self.content.version:
                return None
            return state.pop("folder"), Position(**state)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def _position_in_state(self) -> Position:
        state = self._read_state()
        if state is None:
            raise OSError(self.root / "state.json")
        return state[1]

    def _write_state(self, folder: str, position: Position) -> None:
        """Say what the index reflects; a crash before this only means that the same changes are applied again."""
        path = self.root / "state.json"
        draft = path.with_suffix(".new")
        with draft.open("w", encoding="utf-8") as handle:
            json.dump({"folder": folder, "version": self.content.version, **asdict(position)}, handle)
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(path)
