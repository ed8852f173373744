"""Imported data as impulses: what files made elsewhere say about pairs of states, kept beside the reports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from comity.model import Impulse
from comity.records import catalogue, engine, segments
from comity.records.folder import Folder, advance
from comity.records.live import live_impulses
from comity.records.rows import IMPULSES, impulse_row

AT_ONCE = 20_000
WEIGHT = """
CASE WHEN told IS NULL THEN weight ELSE weight * (1 + ln(count(*) OVER same)) / count(*) OVER same END
"""
"""Rows that tell one happening weigh together as its tellings do: their mean weight times 1 + ln n."""


def add_impulses(
    store: Folder, impulses: Iterable[Impulse], *, format: str, name: str, sha256: str
) -> int | None:
    """Store all impulses of one file, or none when reading them fails; returns how many.

    `sha256` is the file's checksum: a file that was imported in this format before is passed over (None).
    """
    if _imported(store, format, sha256):
        return None
    with engine.connect(threads=1) as loaded:
        rows = 0
        source = iter(impulses)
        while batch := [impulse_row(impulse) for impulse in islice(source, AT_ONCE)]:
            engine.load_rows(loaded, "impulses", IMPULSES, batch)
            rows += len(batch)
        if not rows:
            return 0
        with store.catalogue.writing() as db:
            if _seen(db, format, sha256):
                return None
            number = catalogue.next_number(db)
            written = segments.publish(
                store.segments,
                (number, "impulses", rows),
                lambda file: engine.copy_to(loaded, "SELECT * FROM impulses ORDER BY day, a, b", file),
            )
            catalogue.insert_segments(db, [written])
            db.execute("INSERT INTO imports VALUES (?, ?, ?, ?, ?)", (format, sha256, name, rows, number))
            advance(db, [written])
    return rows


def _imported(store: Folder, format: str, sha256: str) -> bool:
    with store.catalogue.reading() as db:
        return _seen(db, format, sha256)


def _seen(db: sqlite3.Connection, format: str, sha256: str) -> bool:
    row = db.execute("SELECT 1 FROM imports WHERE format = ? AND sha256 = ?", (format, sha256)).fetchone()
    return row is not None


def impulses(
    store: Folder, *, pair: Sequence[str] | None = None, from_: date | None = None, to: date | None = None
) -> list[Impulse]:
    """The imported impulses by day, then pair; of a pair (either direction) and half-open days on request."""
    tests, values = ["true"], dict[str, object]()
    if pair is not None:
        tests.append("((a = $a AND b = $b) OR (a = $b AND b = $a))")
        values |= {"a": pair[0], "b": pair[1]}
    if from_ is not None:
        tests.append("day >= $from_day")
        values["from_day"] = from_
    if to is not None:
        tests.append("day < $to_day")
        values["to_day"] = to
    with store.reading("impulses", "retired") as view:
        files = view.files("impulses")
        if not files:
            return []
        columns = ", ".join(f"{WEIGHT} AS weight" if name == "weight" else name for name in IMPULSES)
        found = f"SELECT {columns} FROM {live_impulses(view)} WHERE {' AND '.join(tests)}"
        same = "WINDOW same AS (PARTITION BY told, least(a, b), greatest(a, b))"
        sql = f"SELECT * FROM ({found} {same}) ORDER BY day, a, b, score, weight"
        with engine.connect() as db:
            return [Impulse(*row) for row in db.execute(sql, values).fetchall()]
