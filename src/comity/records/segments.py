"""Writing, merging and clearing away a store's Parquet files, under the catalogue's write lock."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from comity.records import catalogue, engine, locks
from comity.records.catalogue import Segment
from comity.records.rows import DOCUMENTS, EVENTS

MERGED_AT_ONCE = 8
"""So many segments of one size class become one of the next."""
LARGEST_DOCUMENTS = 100_000
"""A segment with so many documents isn't merged any more."""
TEMPORARY = ".part"


def publish(folder: Path, what: tuple[int, str, int], write: Callable[[Path], None]) -> Segment:
    """Let `write` make the file of a segment (number, kind, rows), safe on the disk; the catalogue's row for
    it.

    It isn't live until the catalogue says so.
    """
    number, kind, rows = what
    final = folder / name_of(number, kind)
    temporary = final.with_suffix(final.suffix + TEMPORARY)
    write(temporary)
    engine.keep(temporary, final)
    return Segment(number, kind, final.name, rows, final.stat().st_size, engine.sha256_of(final))


def name_of(number: int, kind: str) -> str:
    """The file name of a segment."""
    return f"{number:08d}-{kind}.parquet"


def remove(stale: Sequence[Path], lock: Path) -> bool:
    """Remove files that nothing names any more: leftovers of killed writers, segments that were merged.

    Puts it off to a later writer (returns False) while somebody reads.
    """
    if not stale:
        return True
    with locks.deleting(lock) as alone:
        for path in stale if alone else ():
            try:
                path.unlink()
            except PermissionError:  # pragma: no cover - Windows, where an open file can't be removed
                alone = False
        return alone


def compact(folder: Path, db: sqlite3.Connection) -> bool:
    """Merge small segments, smallest first, until no size class is full; whether anything was merged."""
    merged = False
    while group := _full_class(catalogue.segments(db, "documents")):
        _merge(folder, db, group)
        merged = True
    return merged


def _full_class(documents: Sequence[Segment]) -> list[int]:
    classes: dict[int, list[int]] = {}
    for segment in documents:
        if segment.rows < LARGEST_DOCUMENTS:
            classes.setdefault(_size_class(segment.rows), []).append(segment.number)
    for _, numbers in sorted(classes.items()):
        if len(numbers) >= MERGED_AT_ONCE:
            return numbers
    return []


def _size_class(rows: int) -> int:
    size = 0
    while rows >= MERGED_AT_ONCE:
        rows //= MERGED_AT_ONCE
        size += 1
    return size


def _merge(folder: Path, db: sqlite3.Connection, numbers: Sequence[int]) -> None:
    new = catalogue.next_number(db)
    marks = ",".join("?" * len(numbers))
    for kind in ("documents", "events"):
        parts = [s for s in catalogue.segments(db, kind) if s.number in set(numbers)]
        files = [folder / part.name for part in parts]
        rows = sum(part.rows for part in parts)
        merged = publish(folder, (new, kind, rows), partial(engine.merge, parts=files))
        catalogue.insert_segments(db, [merged])
    db.execute(f"DELETE FROM segments WHERE number IN ({marks})", list(numbers))
    db.execute(f"UPDATE documents SET segment = ? WHERE segment IN ({marks})", [new, *numbers])


def write_reports(
    folder: Path,
    number: int,
    documents: Sequence[Mapping[str, object]],
    events: Sequence[Mapping[str, object]],
) -> list[Segment]:
    """Write the two files of one batch of reports."""
    return [
        publish(
            folder,
            (number, "documents", len(documents)),
            lambda file: engine.write_rows(file, DOCUMENTS, documents),
        ),
        publish(
            folder, (number, "events", len(events)), lambda file: engine.write_rows(file, EVENTS, events)
        ),
    ]
