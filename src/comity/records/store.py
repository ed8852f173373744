"""The store: coded reports and their events in a folder.

An SQLite catalogue names immutable Parquet segments. A batch is written to files first and becomes part of
the store in one transaction, so that a writer killed anywhere leaves the store as it was before the batch.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from comity.errors import StoreError, UsageError
from comity.model import Document, Event, Happening, Impulse
from comity.records import catalogue, engine, segments
from comity.records.corrected import corrected
from comity.records.derived import happenings
from comity.records.derived import stale as stale_happenings
from comity.records.folder import Folder, advance
from comity.records.impulses import add_impulses, impulses
from comity.records.query import EventQuery, order, where
from comity.records.results import Events
from comity.records.rows import document_of, document_row, event_rows, text_sha256, versions_id
from comity.records.summary import describe


@dataclass(frozen=True, slots=True)
class Added:
    """What `Store.add` did; `passed_over` counts documents that were there before."""

    documents: int = 0
    events: int = 0
    passed_over: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            self.documents + other.documents, self.events + other.events, self.passed_over + other.passed_over
        )


class Store(Folder):
    """A store in a folder; `Store.open` opens or makes one. Threads and processes may share it."""

    @classmethod
    def open(cls, path: str | Path, create: bool = False) -> Store:
        """The store at `path`; with `create` it is made when nothing is there.

        Raises StoreError when there is none, NotAStore when something else is there, NewerStore when a newer
        comity wrote it.
        """
        store = cls(Path(path))
        store.expect(create=create)
        if create:
            store.make()
        store.catalogue.check()
        return store

    def unknown(self, ids: Iterable[str]) -> set[str]:
        """Those of `ids` that no stored document has."""
        wanted = list(ids)
        with self.catalogue.reading() as db:
            return set(wanted) - catalogue.known(db, wanted)

    def add(
        self,
        coded: Iterable[tuple[Document, Sequence[Event]]],
        *,
        versions: Mapping[str, str],
        batch_documents: int = 500,
    ) -> Added:
        """Store documents with their events, a batch at a time; a document whose id is stored is passed over.

        `versions` names what made the events (`{"coder": ..., "lexicons": ..., "weights": ...}`). Safe to
        kill at any time and to run again, and beside another writer: each batch is stored as a whole or not
        at all.
        """
        if batch_documents < 1:
            raise UsageError(f"a batch needs at least one document, got {batch_documents}")
        total = Added()
        source = iter(coded)
        while batch := list(islice(source, batch_documents)):
            total += self._commit(batch, versions)
        return total

    def _commit(
        self, batch: Sequence[tuple[Document, Sequence[Event]]], versions: Mapping[str, str]
    ) -> Added:
        try:
            with self.catalogue.writing() as db:
                self._sweep(db)
                fresh = self._fresh(db, batch)
                added = self._insert(db, fresh, versions) if fresh else Added()
                merged = segments.compact(self.segments, db)
        except (duckdb.Error, OSError) as error:
            raise StoreError(
                f"can't write to the store {self.path}: {error}. What was added before is safe; "
                "run this again when there is room and leave to write"
            ) from error
        if merged:
            with self.catalogue.writing() as db:
                self._sweep(db)
        return added + Added(passed_over=len(batch) - len(fresh))

    def _sweep(self, db: sqlite3.Connection) -> None:
        revision = catalogue.meta(db, "revision")
        live = {segment.name for segment in catalogue.segments(db)}
        stale = [path for path in self.segments.iterdir() if path.name not in live]
        segments.remove(sorted(stale) + stale_happenings(self.derived, revision), self.lock)

    @staticmethod
    def _fresh(
        db: sqlite3.Connection, batch: Sequence[tuple[Document, Sequence[Event]]]
    ) -> list[tuple[Document, Sequence[Event]]]:
        seen = catalogue.known(db, [document.id for document, _ in batch])
        fresh = []
        for document, events in batch:
            if document.id not in seen:
                seen.add(document.id)
                fresh.append((document, events))
        return fresh

    def _insert(
        self,
        db: sqlite3.Connection,
        fresh: Sequence[tuple[Document, Sequence[Event]]],
        versions: Mapping[str, str],
    ) -> Added:
        made_by = versions_id(versions)
        db.execute(
            "INSERT INTO versions VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
            (made_by, json.dumps(dict(versions), sort_keys=True)),
        )
        number = catalogue.next_number(db)
        documents = [document_row(document, made_by) for document, _ in fresh]
        events = [row for document, found in fresh for row in event_rows(found, document, made_by)]
        written = segments.write_reports(self.segments, number, documents, events)
        catalogue.insert_segments(db, written)
        sources = catalogue.source_ids(db, (document.source for document, _ in fresh))
        db.executemany(
            "INSERT INTO documents VALUES (?, ?, ?, ?)",
            [(d.id, number, text_sha256(d.text), sources[d.source]) for d, _ in fresh],
        )
        advance(db, written)
        return Added(documents=len(fresh), events=len(events))

    def add_impulses(self, impulses: Iterable[Impulse], *, format: str, name: str, sha256: str) -> int | None:
        """Store what an imported file says about pairs, all or nothing; None when it was imported before."""
        return add_impulses(self, impulses, format=format, name=name, sha256=sha256)

    def impulses(
        self, *, pair: Sequence[str] | None = None, from_: date | None = None, to: date | None = None
    ) -> list[Impulse]:
        """The imported impulses by day; of a pair, in either direction, and of half-open days on request."""
        return impulses(self, pair=pair, from_=from_, to=to)

    def info(self, verify: bool = False) -> dict[str, Any]:
        """Counts, spans of days, sources, versions, size; `verify` checks checksums and fills `damaged`."""
        return describe(self, verify=verify)

    def events(self, query: EventQuery | None = None) -> Events:
        """The events that a query asks for, as they are at this moment and as people corrected them.

        All certain ones without a query.
        """
        query = query or EventQuery()
        condition, values = where(query)
        with self.reading("events") as view:
            files = view.files("events")
            if not files:
                return Events(())
            table = corrected(self, view).events
            sql = f"SELECT json FROM {table} WHERE {condition} {order(query)}"
            with engine.connect() as db:
                return Events([row[0] for row in db.execute(sql, values).fetchall()])

    def coded_events(self) -> Events:
        """All events as the coder has them, whatever people said, the uncertain ones too."""
        with self.reading("events") as view:
            files = view.files("events")
            if not files:
                return Events(())
            sql = f"SELECT json FROM {engine.scan(files)} {order(EventQuery())}"
            with engine.connect() as db:
                return Events([row[0] for row in db.execute(sql).fetchall()])

    def sentences(self, query: EventQuery | None = None) -> dict[str, str]:
        """The text of the sentence that each event stands in, by event id."""
        query = query or EventQuery()
        condition, values = where(query)
        with self.reading("events") as view:
            files = view.files("events")
            if not files:
                return {}
            table = corrected(self, view).events
            sql = f"SELECT id, sentence FROM {table} WHERE {condition} {order(query)}"
            with engine.connect() as db:
                return dict(db.execute(sql, values).fetchall())

    def happenings(self, query: EventQuery | None = None) -> tuple[Happening, ...]:
        """The happenings of which at least one event is what a query asks for, newest first.

        All certain events of the store are joined, whatever the query; the result is kept until something is
        added. `limit` counts happenings.
        """
        return happenings(self, query or EventQuery())

    def document(self, id: str) -> Document:
        """The stored document with this id. Raises UsageError when there is none."""
        found = list(self.documents(ids=[id]))
        if not found:
            raise UsageError(f"no document {id!r} in the store {self.path}")
        return found[0]

    def documents(
        self,
        *,
        ids: Iterable[str] | None = None,
        publisher: str | None = None,
        from_: date | None = None,
        to: date | None = None,
    ) -> Iterator[Document]:
        """Stored documents in the order they were added; `from_`, `to` are half-open days of publication."""
        tests, values = ["true"], dict[str, Any]()
        for sql, name, value in (
            ("id IN (SELECT unnest($ids::VARCHAR[]))", "ids", None if ids is None else list(ids)),
            ("publisher = $publisher", "publisher", publisher),
            ("published_on >= $from_day", "from_day", from_),
            ("published_on < $to_day", "to_day", to),
        ):
            if value is not None:
                tests.append(sql)
                values[name] = value
        with self.reading("documents") as view:
            files = view.files("documents")
            if not files:
                return
            with engine.connect(threads=1) as db:
                found = db.execute(f"SELECT * FROM {engine.scan(files)} WHERE {' AND '.join(tests)}", values)
                names = [column[0] for column in found.description or ()]
                while rows := found.fetchmany(500):
                    yield from (document_of(dict(zip(names, row, strict=True))) for row in rows)
