"""Indexes derived from the database.

An index is a folder of this machine and holds nothing of its own. It follows the revision its writers bump in their
transactions, and the calendar: the next request of any process answers from what was committed before it began. Where
the folder cannot be used, the process keeps the index in its memory and says so.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import os
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID, uuid4

import tantivy
from django.conf import settings
from django.db import connection, transaction

from hermanar.foundation.models import Revision
from hermanar.foundation.search.files import (
    PATIENCE,
    BrokenIndexError,
    IndexUnavailableError,
    Reader,
    Watch,
    held,
    panics_told,
)
from hermanar.foundation.search.revisions import Position, changed_between, standing
from hermanar.foundation.walls import seeing_all

_log = logging.getLogger(__name__)


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
class Snapshot:
    """An index as it stood at one commit and one day; what is kept beside it lives exactly as long."""

    position: Position
    schema: tantivy.Schema
    searcher: Reader
    kept: dict[Any, Any] = field(default_factory=dict)

    def count(self, query: tantivy.Query) -> int:
        """Return how many documents match."""
        return int(self.searcher.search(query, limit=1).count)

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
_SMALL_HEAP = 15_000_000
_REREAD_SHARE = 4  # more changes than one document in four: reading all again is quicker
_REREAD_LEAST = 10_000
_PATIENCE = 5  # rounds before writers are made to wait
_LOOK_EVERY = 1.0  # seconds between two looks at the files
_DISK_AGAIN = 60.0  # seconds before a folder that could not be used is tried once more
_UNUSABLE = (ValueError, OSError, BrokenIndexError)  # what files that are missing, broken or full make the library say


class DerivedIndex:
    """An index of one content on this machine, shared by its processes."""

    def __init__(self, content: Content, *, of_standby: bool = False) -> None:
        """Derive from the primary, or from a standby, where nothing can be held and each has its own folder."""
        self.content, self._is_of_standby = content, of_standby
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("id_high", fast=True).add_unsigned_field("id_low", fast=True)
        self.schema = content.schema(builder).build()
        self._guard = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._last_private: Snapshot | None = None
        self._index: tuple[str, tantivy.Index] | None = None
        self._watch = Watch()
        self._look_at = 0.0
        self._memory: tuple[tantivy.Index, Position] | None = None
        self._disk_at = 0.0

    @property
    def root(self) -> Path:
        """Return the folder of this index."""
        return Path(settings.INDEX_DIR) / (f"{self.content.name}-standby" if self._is_of_standby else self.content.name)

    @property
    def is_in_memory(self) -> bool:
        """Tell whether this process could not use the folder and keeps the index itself."""
        return self._memory is not None

    def current(self, *, day: dt.date) -> Snapshot:
        """Return the index as the last commit and this day make it, bringing it there first when it lags.

        Raises IndexUnavailableError when another process or thread is still at it.
        """
        with seeing_all():  # it is everyone's, whoever asks for it first
            if connection.in_atomic_block:
                return self._private(day)
            snapshot = self._snapshot
            if snapshot is not None and self._is_trusted() and snapshot.position == self._wanted(day):
                return snapshot
            with self._turn():
                return self._here_or_in_memory(day)

    def rebuild(self, *, day: dt.date) -> Snapshot:
        """Derive the whole index again, whatever it holds; readers wait."""
        with seeing_all(), self._turn(), held(self.root):
            return self._rebuild(day)

    def doubt(self) -> None:
        """Read the files again before the next answer."""
        self._watch.forget()
        self._index = self._snapshot = None

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._guard.acquire(timeout=PATIENCE):
            raise IndexUnavailableError(f"{self.root}: being derived again")
        try:
            yield
        finally:
            self._guard.release()

    def _wanted(self, day: dt.date) -> Position:
        return standing(self.content.name, day=day)

    def _is_trusted(self) -> bool:
        """Look from time to time whether the files were touched, and whether the folder can be used again."""
        now = time.monotonic()
        if self._memory is not None:
            return now < self._disk_at
        if now < self._look_at:
            return True
        self._look_at = now + _LOOK_EVERY
        return self._watch.is_untouched()

    def _private(self, day: dt.date) -> Snapshot:
        """Answer inside an open transaction, whose writes must be seen but may still be rolled back: keep none as ours.

        The last one is at hand as long as the revision bears its mark: no other history, rolled back or not, has that.
        """
        wanted, last = self._wanted(day), self._last_private
        if last is not None and wanted.number and last.position == wanted:
            return last
        index = tantivy.Index(self.schema)
        self._add(index, self.content.documents(None, day=day), heap=_SMALL_HEAP)
        self._last_private = self._shown(index, wanted)
        return self._last_private

    def _here_or_in_memory(self, day: dt.date) -> Snapshot:
        if self._memory is not None and time.monotonic() < self._disk_at:
            return self._catch_up_in_memory(day)
        try:
            with held(self.root):
                snapshot = self._catch_up(day)
        except _UNUSABLE as error:
            if self._memory is None:
                _log.warning("%s cannot be used, the index is kept in memory: %s", self.root, error)
            self.doubt()
            self._disk_at = time.monotonic() + _DISK_AGAIN
            return self._catch_up_in_memory(day)
        self._memory = None
        return snapshot

    def _catch_up_in_memory(self, day: dt.date) -> Snapshot:
        index, position = self._memory or (None, None)
        reached = self._advance(index, position, day) if index is not None and position is not None else None
        while index is None or reached is None:
            index, position = tantivy.Index(self.schema), self._wanted(day)
            self._add(index, self.content.documents(None, day=day), heap=_HEAP)
            index.reload()
            reached = self._advance(index, position, day)
        self._memory = (index, reached)
        self._snapshot = self._shown(index, reached)
        return self._snapshot

    def _catch_up(self, day: dt.date) -> Snapshot:
        if not self._watch.is_untouched():
            self._index = self._snapshot = None
        wanted, state, known = self._wanted(day), self._read_state(), self._snapshot
        if known is not None and known.position == wanted and self._memory is None:
            return known
        if state is None:
            return self._rebuild(day)
        folder, position = state
        try:
            index = self._open(folder)
            reached = self._advance(index, position, day)
            if reached is not None:
                return self._adopt(index, folder, reached, written=position)
        except _UNUSABLE as error:
            _log.warning("%s is derived again: %s", self.root, error)
        return self._rebuild(day)

    def _open(self, folder: str) -> tantivy.Index:
        self._watch.check(self.root / folder)
        opened = self._index
        with panics_told():
            if opened is None or opened[0] != folder:
                opened = (folder, tantivy.Index.open(str(self.root / folder)))
                opened[1].config_reader("manual")
            opened[1].reload()
        self._index = opened
        return opened[1]

    def _adopt(
        self, index: tantivy.Index, folder: str, position: Position, *, written: Position | None = None
    ) -> Snapshot:
        """Say what the index reflects now and answer from it."""
        if position != written:
            self._write_state(folder, position)
        self._watch.check(self.root / folder)
        self._snapshot = self._shown(index, position)
        return self._snapshot

    def _shown(self, index: tantivy.Index, position: Position) -> Snapshot:
        with panics_told():
            index.reload()
            return Snapshot(position, self.schema, Reader(index.searcher(), on_harm=self.doubt))

    def _advance(self, index: tantivy.Index, position: Position, day: dt.date) -> Position | None:
        """Apply the missing changes and turn the day; answer None when reading everything again is due."""
        if position == self._wanted(day):
            return position
        subjects = self._turned(index, position, day)
        for round_ in count():
            with self._writers_held() if round_ == _PATIENCE else contextlib.nullcontext():
                wanted = self._wanted(day)
                changed = changed_between(self.content.name, position, wanted)
                if changed is None:
                    return None
                subjects |= changed
                if len(subjects) > max(_REREAD_LEAST, index.searcher().num_docs // _REREAD_SHARE):
                    return None
                documents = list(self.content.documents(sorted(subjects), day=day))
                is_one_commit = self._wanted(day) == wanted  # nobody wrote while the records were read
            if is_one_commit:
                self._replace(index, subjects, documents)
                return wanted
            position = wanted
        raise AssertionError

    @contextlib.contextmanager
    def _writers_held(self) -> Iterator[None]:
        """Make those who write faster than can be read wait until it is read; of a standby, read one moment of it."""
        with transaction.atomic():
            if self._is_of_standby:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                yield
                return
            list(Revision.objects.select_for_update().filter(name=self.content.name))
            yield

    def _turned(self, index: tantivy.Index, position: Position, day: dt.date) -> set[UUID]:
        stands = dt.date.fromisoformat(position.day)
        if stands == day:
            return set()
        shown = self._shown(index, position)
        query = self.content.turning(self.schema, after=min(stands, day), until=max(stands, day))
        hits = shown.searcher.search(query, limit=max(1, shown.searcher.num_docs), count=False).hits
        return set(shown.keys(hits))

    def _replace(
        self, index: tantivy.Index, subjects: Iterable[UUID], documents: Iterable[tuple[UUID, dict[str, Any]]]
    ) -> None:
        subjects = list(subjects)
        if subjects:
            keys = [subject.hex for subject in subjects]
            stale = tantivy.Query.term_set_query(self.schema, "id", keys)
            self._add(index, documents, heap=_SMALL_HEAP, stale=stale)

    def _add(
        self,
        index: tantivy.Index,
        documents: Iterable[tuple[UUID, dict[str, Any]]],
        *,
        heap: int,
        stale: tantivy.Query | None = None,
    ) -> None:
        with panics_told():
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
        self.doubt()
        for leftover in self.root.glob("build-*"):
            if leftover.name != (self._read_state() or ("",))[0]:
                shutil.rmtree(leftover, ignore_errors=True)
        folder = f"build-{uuid4().hex}"
        try:
            (self.root / folder).mkdir()
            wanted = self._wanted(day)
            index = tantivy.Index(self.schema, str(self.root / folder), reuse=False)
            self._add(index, self.content.documents(None, day=day), heap=_HEAP)
            index.reload()
            # Whatever was committed while everything was read is applied before the folder is shown to anyone.
            reached = self._advance(index, wanted, day)
            if reached is None:
                return self._rebuild(day)
            snapshot = self._adopt(self._open(folder), folder, reached)
        except _UNUSABLE:
            shutil.rmtree(self.root / folder, ignore_errors=True)
            raise
        for previous in self.root.glob("build-*"):
            if previous.name != folder:
                shutil.rmtree(previous, ignore_errors=True)
        return snapshot

    def _read_state(self) -> tuple[str, Position] | None:
        try:
            state = json.loads((self.root / "state.json").read_text(encoding="utf-8"))
            if state.pop("version") != self.content.version:
                return None
            return state.pop("folder"), Position(**state)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def _write_state(self, folder: str, position: Position) -> None:
        """Say what the index reflects; a crash before this only means that the same changes are applied again."""
        path = self.root / "state.json"
        draft = path.with_suffix(".new")
        with draft.open("w", encoding="utf-8") as handle:
            json.dump({"folder": folder, "version": self.content.version, **asdict(position)}, handle)
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(path)
