"""Which version of the coder made which events: old codings kept, new ones put in their place, the two compared."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from comity.errors import StoreError, UsageError
from comity.model import Document, Event, event_from_dict
from comity.records import catalogue, engine, segments
from comity.records.catalogue import Segment
from comity.records.folder import Folder, advance_by
from comity.records.rows import EVENTS, document_of, event_rows, versions_id

OLD = "codings"
"""The kind of segments that hold events of versions that no longer count."""
LISTED = """
SELECT versions, count(DISTINCT document_id) AS documents, count(*) AS events FROM {table} GROUP BY versions
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of documents that other versions coded than today's; read and coded as a whole."""

    number: int
    documents: Path
    events: Path
    stale: frozenset[str]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one event: `new`, `gone`, or `changed`, with the fields that differ (before, after)."""

    change: str
    document: str
    before: Event | None
    after: Event | None
    fields: Mapping[str, tuple[str, str]]

    def to_dict(self) -> dict[str, object]:
        """One JSON-ready line of `comity recode`."""
        shown = self.after or self.before
        return {
            "change": self.change,
            "document": self.document,
            "fields": {name: list(values) for name, values in self.fields.items()},
            "evidence": shown.evidence.text if shown else "",
            "before": self.before.to_dict() if self.before else None,
            "after": self.after.to_dict() if self.after else None,
        }


def parts(store: Folder, versions: Mapping[str, str]) -> list[Part]:
    """The segments with documents that other versions coded, in the order in which they were added."""
    today = versions_id(versions)
    with store.catalogue.reading() as db:
        live = {(s.number, s.kind): s for s in catalogue.segments(db)}
        anew = catalogue.recoded(db)
    found = []
    with engine.connect() as db:
        for (number, kind), segment in sorted(live.items()):
            if kind != "documents":
                continue
            path = store.segments / segment.name
            rows = db.execute(f"SELECT id, versions FROM {engine.scan([path])}").fetchall()
            stale = frozenset(name for name, made_by in rows if anew.get(name, made_by) != today)
            if stale:
                found.append(Part(number, path, store.segments / live[number, "events"].name, stale))
    return found


def documents_of(part: Part) -> Iterator[Document]:
    """The documents of a part that are to be coded anew."""
    with engine.connect(threads=1) as db:
        found = db.execute(f"SELECT * FROM {engine.scan([part.documents])}")
        names = [column[0] for column in found.description or ()]
        while rows := found.fetchmany(500):
            for row in rows:
                one = dict(zip(names, row, strict=True))
                if one["id"] in part.stale:
                    yield document_of(one)


def coded_before(part: Part) -> dict[str, list[Event]]:
    """The events of a part's documents as they are stored, by document."""
    found: dict[str, list[Event]] = {}
    with engine.connect() as db:
        sql = f"SELECT document_id, json FROM {engine.scan([part.events])} ORDER BY document_id, evidence_start, id"
        for name, text in db.execute(sql).fetchall():
            if name in part.stale:
                found.setdefault(name, []).append(event_from_dict(json.loads(text)))
    return found


def keep(
    store: Folder, part: Part, coded: Sequence[tuple[Document, Sequence[Event]]], versions: Mapping[str, str]
) -> None:
    """Let a new coding of a part's documents count; the old one stays under its version. All or nothing.

    Raises StoreError when somebody else changed the segment meanwhile.
    """
    made_by = versions_id(versions)
    names = [document.id for document, _ in coded]
    rows = [row for document, events in coded for row in event_rows(events, document, made_by)]
    with store.catalogue.writing() as db:
        catalogue.make_later(db)
        old = [s for s in catalogue.segments(db, "events") if s.number == part.number]
        if not old or old[0].name != part.events.name:
            raise StoreError(f"the store {store.path} was changed while it was coded anew; run this again")
        db.execute(
            "INSERT INTO versions VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
            (made_by, json.dumps(dict(versions), sort_keys=True)),
        )
        written = _write(store, db, part, rows, names)
        db.execute("DELETE FROM segments WHERE number = ? AND kind = 'events'", (part.number,))
        catalogue.insert_segments(db, written)
        sql = "INSERT INTO recoded VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET versions = excluded.versions"
        db.executemany(sql, [(name, made_by) for name in names])
        advance_by(db, [made_by, *(segment.sha256 for segment in written)])


def _write(
    store: Folder,
    db: sqlite3.Connection,
    part: Part,
    rows: Sequence[Mapping[str, object]],
    names: Sequence[str],
) -> list[Segment]:
    """The part's new file of events, under the part's number, and what it replaces as an old coding."""
    with engine.connect(threads=1) as loaded:
        engine.load_rows(loaded, "fresh", EVENTS, rows)
        engine.load_rows(
            loaded, "anew", {"document_id": "VARCHAR"}, [{"document_id": name} for name in names]
        )
        before = engine.scan([part.events])
        stays = f"SELECT * FROM {before} WHERE document_id NOT IN (FROM anew)"
        goes = f"SELECT * FROM {before} WHERE document_id IN (FROM anew)"
        total = _count(loaded, f"({stays})") + len(rows)
        columns = ", ".join(EVENTS)
        new = segments.publish(
            store.segments,
            (catalogue.next_number(db), "events", total),
            lambda file: engine.copy_to(
                loaded, f"SELECT {columns} FROM ({stays}) UNION ALL SELECT {columns} FROM fresh", file
            ),
        )
        written = [replace(new, number=part.number)]
        replaced = _count(loaded, f"({goes})")
        if replaced:
            number = catalogue.next_number(db)
            written.append(
                segments.publish(
                    store.segments, (number, OLD, replaced), lambda file: engine.copy_to(loaded, goes, file)
                )
            )
    return written


def _count(db: Any, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def versions(store: Folder) -> list[dict[str, object]]:
    """What coded the store, by id: `{"id", "versions", "documents", "events", "old_events"}`.

    `documents` and `events` are those that count under it now; `old_events` those kept of it that don't any more.
    """
    with store.reading("documents", "events", OLD) as view, store.catalogue.reading() as catalogued:
        known = dict(catalogued.execute("SELECT id, json FROM versions ORDER BY id").fetchall())
        anew = catalogue.recoded(catalogued)
        now = _by_version(view.files("events"))
        old = _by_version(view.files(OLD))
        documents: dict[str, int] = {}
        if view.files("documents"):
            with engine.connect() as db:
                rows = db.execute(
                    f"SELECT id, versions FROM {engine.scan(view.files('documents'))}"
                ).fetchall()
            for name, made_by in rows:
                used = anew.get(name, made_by)
                documents[used] = documents.get(used, 0) + 1
    return [
        {
            "id": name,
            "versions": json.loads(text),
            "documents": documents.get(name, 0),
            "events": now.get(name, 0),
            "old_events": old.get(name, 0),
        }
        for name, text in known.items()
    ]


def _by_version(files: Sequence[Path]) -> dict[str, int]:
    if not files:
        return {}
    with engine.connect() as db:
        return {row[0]: row[2] for row in db.execute(LISTED.format(table=engine.scan(files))).fetchall()}


def events_of(store: Folder, version: str) -> list[Event]:
    """All events that a version made, whether they count now or not; `version` may be the start of its id.

    Raises UsageError for one that isn't known, or a start that several ids have.
    """
    full = resolved(store, version)
    with store.reading("events", OLD) as view:
        files = [*view.files("events"), *view.files(OLD)]
        if not files:
            return []
        with engine.connect() as db:
            sql = f"SELECT DISTINCT json FROM {engine.scan(files)} WHERE versions = ? ORDER BY json"
            return [event_from_dict(json.loads(row[0])) for row in db.execute(sql, [full]).fetchall()]


def resolved(store: Folder, version: str) -> str:
    """The whole id of a version that is named by its start."""
    with store.catalogue.reading() as db:
        known = [row[0] for row in db.execute("SELECT id FROM versions ORDER BY id")]
    found = [name for name in known if name.startswith(version)] if version else []
    if len(found) != 1:
        raise UsageError(
            f"no single version {version!r} in the store {store.path}; there are {', '.join(known)}"
        )
    return str(found[0])


def made_by(store: Folder, events: Sequence[str]) -> dict[str, dict[str, str]]:
    """Which versions made these events, by event id; one that isn't stored is left out."""
    with store.reading("events", OLD) as view, store.catalogue.reading() as catalogued:
        known = dict(catalogued.execute("SELECT id, json FROM versions").fetchall())
        files = [*view.files(OLD), *view.files("events")]
        if not files:
            return {}
        with engine.connect() as db:
            sql = f"SELECT id, versions FROM {engine.scan(files)} WHERE id IN (SELECT unnest(?::VARCHAR[]))"
            rows = dict(db.execute(sql, [sorted(events)]).fetchall())
    return {name: json.loads(known[rows[name]]) for name in events if name in rows}


def compare(document: str, before: Iterable[Event], after: Iterable[Event]) -> list[Change]:
    """How two codings of one report differ, event by event; events uncertain in both are passed over.

    An event is the same one where its parties are, on words that overlap.
    """
    old, new = list(before), list(after)
    changes = []
    for one in _ordered(old):
        other = _counterpart(one, new)
        if other is not None:
            new.remove(other)
            fields = _differing(one, other)
            if fields and not (one.uncertain and other.uncertain):
                changes.append(Change("changed", document, one, other, fields))
        elif not one.uncertain:
            changes.append(Change("gone", document, one, None, {}))
    changes += [Change("new", document, None, one, {}) for one in _ordered(new) if not one.uncertain]
    return changes


def _ordered(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda event: (event.evidence.start, event.evidence.end, event.id))


def _counterpart(event: Event, others: Sequence[Event]) -> Event | None:
    best: tuple[tuple[bool, bool, int, str], Event] | None = None
    for other in others:
        common = min(event.evidence.end, other.evidence.end) - max(event.evidence.start, other.evidence.start)
        implied = (event.implied_by is None) == (other.implied_by is None)
        if common <= 0 or not implied or _parties(event) != _parties(other):
            continue
        rank = (other.id == event.id, other.type == event.type, common, other.id)
        if best is None or rank > best[0]:
            best = (rank, other)
    return best[1] if best else None


def _parties(event: Event) -> set[str]:
    return {party.id for party in event.actor + event.recipient}


def _differing(one: Event, other: Event) -> dict[str, tuple[str, str]]:
    shown = [_shown(one), _shown(other)]
    return {name: (shown[0][name], shown[1][name]) for name in shown[0] if shown[0][name] != shown[1][name]}


def _shown(event: Event) -> dict[str, str]:
    return {
        "type": event.type,
        "mode": event.mode or "",
        "status": event.status,
        "actor": "+".join(sorted(f"{p.id}/{p.sector or ''}" for p in event.actor)),
        "recipient": "+".join(sorted(f"{p.id}/{p.sector or ''}" for p in event.recipient)),
        "on": str(event.on.interval) if event.on.interval else "",
        "by": "+".join(p.id for p in event.by),
        "evidence": event.evidence.text,
        "certain": "no" if event.uncertain else "yes",
    }
