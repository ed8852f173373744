"""Imported rows in a store: kept whole beside what they say about pairs, revised and taken back.

An import is one number of segments: `entries` (the rows in common columns), `impulses` (what they say about two
states on a day) and, where it revises earlier imports, `retired` (the ids of rows that count no more). A row of an
import counts unless a later import retired its id, so that taking an import back brings back what it retired.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from shutil import copyfile
from typing import Any

import duckdb

from comity.errors import UsageError
from comity.records import catalogue, engine, segments
from comity.records.arrival import Arrived, shape, tell, untold
from comity.records.catalogue import Segment
from comity.records.folder import Folder, View, advance, advance_by
from comity.records.lines import LINE
from comity.records.live import live

KINDS = ("entries", "impulses", "retired")
MEMORY = "500MB"
SHOWN = 1000
"""So many changes are listed."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a later import changed in a row: `kind` is `new`, `revised` or `deleted`; `fields` old and new."""

    kind: str
    id: str
    key: str | None
    fields: dict[str, tuple[object, object]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """The change as a JSON-ready dict."""
        fields = {name: [_plain(old), _plain(new)] for name, (old, new) in self.fields.items()}
        return {"change": self.kind, "id": self.id, "key": self.key, "fields": fields}


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the rows of an import."""

    stored: int = 0
    telling: int = 0
    untold: dict[str, int] = field(default_factory=dict)
    doubled: int = 0
    fresh: int = 0
    revised: int = 0
    same: int = 0
    deleted: int = 0
    number: int | None = None


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def is_known(store: Folder, origin: str, sha256: str) -> bool:
    """Whether a file with this checksum was imported in this form."""
    with store.catalogue.reading() as db:
        return _seen(db, origin, sha256)


def _seen(db: sqlite3.Connection, origin: str, sha256: str) -> bool:
    found = db.execute("SELECT 1 FROM imports WHERE format = ? AND sha256 = ?", (origin, sha256))
    return found.fetchone() is not None


def imports(store: Folder) -> list[dict[str, Any]]:
    """The imports of a store, in their order: number, format, file, rows, sha256."""
    with store.catalogue.reading() as db:
        rows = db.execute(
            "SELECT segment, format, name, rows, sha256 FROM imports ORDER BY segment"
        ).fetchall()
    return [dict(zip(("number", "format", "file", "rows", "sha256"), row, strict=True)) for row in rows]


def add_entries(
    store: Folder,
    arrived: Arrived,
    *,
    release: bool = False,
    dry_run: bool = False,
    changes: list[Change] | None = None,
) -> Kept:
    """Store the rows of one file, all or none, and retire what they revise; with `dry_run` only say what would be.

    With `release` rows of the same form on the file's days that it lacks are retired too.
    """
    with tempfile.TemporaryDirectory() as folder, engine.connect(threads=1) as db:
        db.execute(f"SET memory_limit = '{MEMORY}'")
        made = Path(folder)
        doubled = shape(db, arrived, made / "entries")
        stored = _count(db, made / "entries")
        if not stored:
            return Kept()
        tell(db, made / "entries", made / "impulses")
        silent = untold(db, made / "entries", made / "impulses")
        telling = _count(db, made / "impulses")
        with store.reading(*KINDS) as view:
            compared = _compare(db, view, arrived.origin, made, release)
            if changes is not None:
                changes += _changes(db, live(view), made / "entries", made / "retired")
        kept = Kept(stored, telling, silent, doubled, *compared)
        return kept if dry_run else _commit(store, arrived, made, kept)


def _commit(store: Folder, arrived: Arrived, made: Path, kept: Kept) -> Kept:
    with store.catalogue.writing() as db:
        if _seen(db, arrived.origin, arrived.sha256):
            return Kept(same=kept.stored)
        catalogue.raise_format(db)
        number = catalogue.next_number(db)
        rows = {
            "entries": kept.stored,
            "impulses": kept.telling,
            "retired": kept.revised + kept.same + kept.deleted,
        }
        written = [
            segments.publish(store.segments, (number, kind, rows[kind]), partial(_copy, made / kind))
            for kind in KINDS
            if rows[kind]
        ]
        catalogue.insert_segments(db, written)
        db.execute(
            "INSERT INTO imports VALUES (?, ?, ?, ?, ?)",
            (arrived.origin, arrived.sha256, arrived.name, kept.stored, number),
        )
        advance(db, written)
    values = {name: getattr(kept, name) for name in kept.__slots__}
    return Kept(**{**values, "number": number})


def _copy(source: Path, to: Path) -> None:
    copyfile(source, to)


def _count(db: duckdb.DuckDBPyConnection, file: Path) -> int:
    return int((db.execute(f"SELECT count(*) FROM {engine.scan([file])}").fetchone() or (0,))[0])


def _any(db: duckdb.DuckDBPyConnection, table: str) -> bool:
    return db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None


def _compare(
    db: duckdb.DuckDBPyConnection, view: View, origin: str, made: Path, release: bool
) -> tuple[int, int, int, int]:
    """Write the ids that the rows retire; how many rows are fresh, revised, the same, deleted."""
    new = engine.scan([made / "entries"])
    db.execute(f"CREATE TEMP TABLE before AS SELECT id, content, start, came_as FROM {live(view)}")
    if not _any(db, "before"):
        return _count(db, made / "entries"), 0, 0, 0
    gone = (
        f"before.came_as = {engine.quoted(origin)} AND before.start >= (SELECT min(start) FROM new) "
        "AND before.start <= (SELECT max(start) FROM new)"
        if release
        else "false"
    )
    engine.copy_to(
        db,
        f"WITH new AS (SELECT id, content, start FROM {new}) "
        "SELECT id, CASE WHEN new.id IS NULL THEN 'deleted' WHEN new.content IS NOT DISTINCT FROM before.content "
        "THEN 'same' ELSE 'revised' END AS change FROM before LEFT JOIN new USING (id) "
        f"WHERE new.id IS NOT NULL OR ({gone}) ORDER BY id",
        made / "retired",
    )
    counts = dict(
        db.execute(f"SELECT change, count(*) FROM {engine.scan([made / 'retired'])} GROUP BY 1").fetchall()
    )
    revised, same = counts.get("revised", 0), counts.get("same", 0)
    return _count(db, made / "entries") - revised - same, revised, same, counts.get("deleted", 0)


def _changes(db: duckdb.DuckDBPyConnection, before: str, entries: Path, retired: Path) -> list[Change]:
    """What rows change against those that counted before, the first thousand; new rows aren't listed."""
    if not retired.exists():
        return []
    names = [name for name in LINE if name not in ("id", "weight")]
    old = ", ".join(f'b."{name}"' for name in names)
    new = ", ".join(f'n."{name}"' for name in names)
    rows = db.execute(
        f"SELECT r.change, r.id, {old}, {new} FROM {engine.scan([retired])} AS r "
        f"JOIN {before} AS b USING (id) LEFT JOIN {engine.scan([entries])} AS n USING (id) "
        f"WHERE r.change <> 'same' ORDER BY r.change, r.id LIMIT {SHOWN}"
    ).fetchall()
    return [_change(row, names) for row in rows]


def _change(row: Sequence[Any], names: Sequence[str]) -> Change:
    old, new = row[2 : 2 + len(names)], row[2 + len(names) :]
    key = old[names.index("key")]
    if row[0] == "deleted":
        return Change("deleted", row[1], key)
    differ = {name: (a, b) for name, a, b in zip(names, old, new, strict=True) if a != b}
    return Change("revised", row[1], key, differ)


def changes_of(store: Folder, number: int) -> list[Change]:
    """What an import changed in those before it, the first thousand changes. Raises UsageError for no such import."""
    with store.reading(*KINDS) as view, engine.connect() as db:
        _expect(store, number)
        folder = view.folder
        earlier = View(folder, tuple(s for s in view.live if s.number < number), view.revision)
        return _changes(
            db,
            live(earlier),
            folder / segments.name_of(number, "entries"),
            folder / segments.name_of(number, "retired"),
        )


def _expect(store: Folder, number: int) -> None:
    known = [row["number"] for row in imports(store)]
    if number not in known:
        listed = ", ".join(map(str, known)) or "none"
        raise UsageError(f"no import {number} in the store {store.path}; there are {listed}")


def undo(store: Folder, number: int) -> list[Segment]:
    """Take an import back: its rows are gone, what it retired counts again. Raises UsageError for no such import."""
    with store.catalogue.writing() as db:
        _expect(store, number)
        gone = [s for s in catalogue.segments(db) if s.number == number]
        db.execute("DELETE FROM segments WHERE number = ?", (number,))
        db.execute("DELETE FROM imports WHERE segment = ?", (number,))
        advance_by(db, ["undo", *(segment.sha256 for segment in gone)])
    return gone


def entries(
    store: Folder, condition: str = "true", values: Mapping[str, object] | None = None
) -> Iterator[dict[str, Any]]:
    """The imported rows that count and meet an SQL condition, by day and id, with LINE's columns; days as `date`."""
    with store.reading(*KINDS) as view:
        if not view.files("entries"):
            return
        columns = ", ".join(f'"{name}"' for name in LINE)
        sql = f"SELECT {columns} FROM {live(view)} WHERE {condition} ORDER BY start NULLS LAST, id"
        with engine.connect() as db:
            found = db.execute(sql, dict(values or {}))
            while rows := found.fetchmany(5000):
                for row in rows:
                    yield dict(zip(LINE, row, strict=True))
