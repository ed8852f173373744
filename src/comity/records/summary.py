"""What a store holds, and whether it is whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from comity.errors import SourceError
from comity.records import catalogue, engine, locks
from comity.records.catalogue import Segment
from comity.records.corrections import word_from_dict
from comity.records.folder import Folder
from comity.records.rows import text_sha256
from comity.records.versions import OLD


def describe(store: Folder, *, verify: bool = False) -> dict[str, Any]:
    """Counts, spans of days (half-open, None when empty), sources, versions and size in bytes of a store.

    With `verify` also `damaged`: a list of `{"file", "reason"}`, empty when every checksum is right.
    """
    with locks.reading(store.lock), store.catalogue.reading() as db:
        live = catalogue.segments(db)
        damaged = _damaged(store, live, _checksums(db)) + _edited(db) if verify else []
        broken = {row["file"] for row in damaged}
        usable = [segment for segment in live if segment.name not in broken]
        counts = {
            kind: sum(s.rows for s in live if s.kind == kind) for kind in ("documents", "events", "impulses")
        }
        row: dict[str, Any] = {
            "path": str(store.path),
            "format": int(catalogue.meta(db, "version")),
            "revision": catalogue.meta(db, "revision"),
            **counts,
            "segments": len(live),
            "bytes": sum(path.stat().st_size for path in sorted(store.path.rglob("*")) if path.is_file()),
            **_spans(store.segments, usable),
            "sources": dict(
                db.execute(
                    "SELECT name, count(*) FROM documents JOIN sources ON sources.id = source "
                    "GROUP BY name ORDER BY name"
                ).fetchall()
            ),
            "imports": [
                {"format": f, "file": n, "sha256": s, "rows": r}
                for f, n, s, r in db.execute(
                    "SELECT format, name, sha256, rows FROM imports ORDER BY segment, format, sha256"
                )
            ],
            "versions": [json.loads(text) for (text,) in db.execute("SELECT json FROM versions ORDER BY id")],
            "old_events": sum(s.rows for s in live if s.kind == OLD),
            "corrections": len(catalogue.words(db)),
        }
    return row | {"damaged": damaged} if verify else row


def _checksums(db: Any) -> dict[str, str]:
    return dict(db.execute("SELECT id, text_sha256 FROM documents").fetchall())


def _spans(folder: Path, live: Sequence[Segment]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "published": None,
        "days": None,
        "undated": 0,
        "uncertain": 0,
        "types": {},
        "statuses": {},
    }
    row["publishers"] = 0
    events = [folder / s.name for s in live if s.kind == "events"]
    documents = [folder / s.name for s in live if s.kind == "documents"]
    with engine.connect() as db:
        if documents:
            first, last, publishers = _one(
                db,
                "SELECT min(published_on), max(published_on) + INTERVAL 1 DAY, count(DISTINCT publisher) "
                f"FROM {engine.scan(documents)}",
            )
            row |= {"published": _span(first, last), "publishers": publishers}
        if events:
            table = engine.scan(events)
            first, last, undated, uncertain = _one(
                db,
                "SELECT min(start_on), max(end_on), count(*) FILTER (start_on IS NULL), "
                "count(*) FILTER (uncertain) "
                f"FROM {table}",
            )
            row |= {"days": _span(first, last), "undated": undated, "uncertain": uncertain}
            for key, column in (("types", "type"), ("statuses", "status")):
                counts = db.execute(f"SELECT {column}, count(*) FROM {table} GROUP BY ALL ORDER BY 2 DESC, 1")
                row[key] = dict(counts.fetchall())
    return row


def _one(db: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    return db.execute(sql).fetchone() or ()


def _edited(db: Any) -> list[dict[str, str]]:
    """Corrections whose words aren't those that were kept."""
    found = []
    for text in catalogue.words(db):
        try:
            word_from_dict(json.loads(text))
        except (SourceError, ValueError) as error:
            found.append({"file": catalogue.FILE, "reason": str(error)})
    return found


def _span(first: Any, last: Any) -> dict[str, str] | None:
    return None if first is None else {"start": first.isoformat()[:10], "end": last.isoformat()[:10]}


def _damaged(store: Folder, live: Sequence[Segment], checksums: dict[str, str]) -> list[dict[str, str]]:
    found = []
    stored: set[str] = set()
    for segment in live:
        path = store.segments / segment.name
        reason = _wrong(path, segment)
        if not reason and segment.kind == "documents":
            reason = _wrong_texts(path, checksums, stored)
        if reason:
            found.append({"file": segment.name, "reason": reason})
    lost = len(checksums.keys() - stored)
    if lost and not found:
        found.append({"file": catalogue.FILE, "reason": f"{lost} documents stand in no segment"})
    return found


def _wrong(path: Path, segment: Segment) -> str:
    if not path.exists():
        return "the file is missing"
    size = path.stat().st_size
    if size != segment.bytes:
        return f"{size} bytes where {segment.bytes} were written"
    return "" if engine.sha256_of(path) == segment.sha256 else "the checksum differs from what was written"


def _wrong_texts(path: Path, checksums: dict[str, str], stored: set[str]) -> str:
    with engine.connect(threads=1) as db:
        found = db.execute(f"SELECT id, text FROM {engine.scan([path])}")
        while rows := found.fetchmany(500):
            for name, text in rows:
                if checksums.get(name) != text_sha256(text):
                    return f"the text of document {name} differs from what was added"
                stored.add(name)
    return ""
