"""Happenings of a whole store, kept beside it; what is added later is joined without the rest.

The file's name holds what it was made from, so that a reader never sees a stale one. It is written under
another name and renamed; two readers that make it at once make the same. What the last file says of slices
of events that are as they were is taken over.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from comity.lexicons.publishers import publishers_version
from comity.model import Event, Happening, Interval, When, event_from_dict
from comity.records import engine
from comity.records.copies import Signature, signature
from comity.records.corrected import Corrected, corrected
from comity.records.folder import Folder, View
from comity.records.gathering import Group, gather_named
from comity.records.happenings import VERSION, reports_of_many
from comity.records.merging import SUREST, merged
from comity.records.query import EventQuery, where
from comity.records.rows import dumps
from comity.records.slices import cut

HAPPENINGS: Mapping[str, str] = {
    "id": "VARCHAR",
    "type": "VARCHAR",
    "actor": "VARCHAR[]",
    "recipient": "VARCHAR[]",
    "start_on": "DATE",
    "end_on": "DATE",
    "on_text": "VARCHAR",
    "on_from": "VARCHAR",
    "status": "VARCHAR",
    "confidence": "DOUBLE",
    "tellings": "INTEGER",
    "independent": "INTEGER",
    "disagreements": "VARCHAR",
    "events": "VARCHAR[]",
    "slice": "VARCHAR",
}
T = TypeVar("T")
SCALARS = ("id", "type", "status", "confidence", "tellings", "independent")
PREFIX = "happenings-"
ASKED = """
WITH hit AS (SELECT id AS event FROM {events} WHERE {condition}),
     told AS (SELECT id, unnest(events) AS event FROM {happenings})
SELECT * EXCLUDE (slice) FROM {happenings}
WHERE id IN (SELECT id FROM told SEMI JOIN hit USING (event)) AND {test}
ORDER BY start_on {direction} NULLS LAST, id {limit}
"""
ONE = "SELECT * EXCLUDE (slice) FROM {0} WHERE id = $id OR list_contains(events, $id)"
ALONE = f"""
SELECT substr(sha256('happening ' || id), 1, 16) AS id, type, actors AS actor, recipients AS recipient,
    start_on, end_on, (json->'on'->>'text') AS on_text, coalesce((json->'on'->>'from'), 'unknown') AS on_from,
    status, least({SUREST}, confidence) AS confidence, 1 AS tellings, 1 AS independent, '[]' AS disagreements,
    [id] AS events, slice
FROM {{events}} JOIN wanted USING (id) WHERE wanted.events = 1
"""
SEVERAL = """
SELECT slice, id, sentence, json FROM {events} JOIN wanted USING (id) WHERE wanted.events > 1
ORDER BY slice, id
"""


def join_all(store: Folder, *, include_uncertain: bool = False) -> Path | None:
    """Join what isn't joined yet, and keep it beside the store; the file, None for an empty store."""
    with store.reading("events", "documents") as view:
        kept = store.derived / _name(view.revision, include_uncertain)
        if not view.files("events"):
            return None
        query = EventQuery(include_uncertain=include_uncertain)
        return kept if kept.exists() else _keep(store, view, corrected(store, view), query, kept)


def happenings(store: Folder, query: EventQuery) -> tuple[Happening, ...]:
    """The happenings of which at least one event is what the query asks for, newest first."""
    return _of_kept(store, query, lambda said, kept: _asked(said, kept, query)) or ()


def happenings_after(
    store: Folder, query: EventQuery, after: tuple[str, str] | None, *, most: int
) -> tuple[Happening, ...]:
    """At most `most` happenings that the query asks for, newest first, after that with the first day (ISO, "" for
    none) and the id `after`; from the newest where it is None."""
    test, values = "true", dict[str, object]()
    if after is not None:
        day, values["after_id"] = after
        test = "start_on IS NULL AND id > $after_id"
        if day:
            values["after_day"] = day
            test = "(start_on < $after_day::DATE OR start_on = $after_day::DATE AND id > $after_id OR start_on IS NULL)"
    return (
        _of_kept(
            store, query, lambda said, kept: _asked(said, kept, replace(query, limit=most), test, values)
        )
        or ()
    )


def happening_of(store: Folder, id: str) -> Happening | None:
    """The happening with this id, or that in which the event with this id stands; None where there is none."""
    found = _of_kept(
        store, EventQuery(), lambda said, kept: _filled(said, ONE.format(engine.scan([kept])), {"id": id})
    )
    return found[0] if found else None


def _of_kept(store: Folder, query: EventQuery, ask: Callable[[Corrected, Path], T]) -> T | None:
    """What is asked of the file of joined happenings, which is made where it is missing; None for an empty store."""
    with store.reading("events", "documents") as view:
        if not view.files("events"):
            return None
        said = corrected(store, view)
        kept = store.derived / _name(view.revision, query.include_uncertain)
        if not kept.exists():
            if not os.access(store.derived, os.W_OK):
                with tempfile.TemporaryDirectory() as elsewhere:
                    return ask(said, _keep(store, view, said, query, Path(elsewhere) / kept.name))
            _keep(store, view, said, query, kept)
        return ask(said, kept)


def _name(revision: str, uncertain: bool) -> str:
    return f"{PREFIX}{_maker(uncertain)}-{_digest(revision)}.parquet"


def _maker(uncertain: bool) -> str:
    """What makes happenings of events: another maker's can't be taken over."""
    return _digest([uncertain, VERSION, publishers_version()])[:8]


def _digest(value: object) -> str:
    return hashlib.sha256(dumps(value).encode()).hexdigest()[:16]


def is_current(name: str, revision: str) -> bool:
    """Whether a file beside the store was made from what the store holds now."""
    return any(name == _name(revision, uncertain) for uncertain in (False, True))


def stale(folder: Path, revision: str) -> list[Path]:
    """The files that nothing will be taken from any more: all but today's or, without one, the newest of a kind."""
    found = [path for path in sorted(folder.iterdir()) if path.name.startswith(PREFIX)]
    keep: set[Path] = set()
    for uncertain in (False, True):
        own = _of_maker(folder, uncertain)
        today = folder / _name(revision, uncertain)
        keep.update([today] if today in own else own[-1:])
    return [path for path in found if path not in keep]


def _of_maker(folder: Path, uncertain: bool) -> list[Path]:
    """Kept files that can be taken over, the newest last."""
    found = folder.glob(f"{PREFIX}{_maker(uncertain)}-*.parquet")
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name))


def _keep(store: Folder, view: View, said: Corrected, query: EventQuery, final: Path) -> Path:
    """Write the happenings of all events to a file, whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=".part", dir=final.parent)
    os.close(handle)
    condition, values = where(EventQuery(include_uncertain=query.include_uncertain))
    before = _of_maker(store.derived, query.include_uncertain)[-1:]
    with engine.connect() as db:
        cut(db, said.events, condition, values, said.links)
        taken = f"SELECT * FROM {engine.scan(before)}" if before else "SELECT * FROM told LIMIT 0"
        engine.load_rows(db, "told", HAPPENINGS, [])
        db.execute(f"CREATE TABLE known AS {taken}")
        db.execute("CREATE TABLE wanted AS SELECT * FROM member WHERE slice NOT IN (SELECT slice FROM known)")
        for at_once in _several(db, view, said):
            engine.load_rows(db, "told", HAPPENINGS, at_once)
        alone = ALONE.format(events=said.events)
        old = "SELECT * FROM known WHERE slice IN (SELECT slice FROM member)"
        columns = ", ".join(HAPPENINGS)
        every = (
            f"SELECT {columns} FROM ({old} UNION ALL BY NAME {alone} UNION ALL BY NAME SELECT * FROM told)"
        )
        engine.copy_to(db, f"{every} ORDER BY id", Path(name))
    engine.keep(Path(name), final)
    return final


def _several(db: duckdb.DuckDBPyConnection, view: View, said: Corrected) -> Iterator[list[dict[str, object]]]:
    """Rows of the happenings of new slices that hold several events."""
    sentences: dict[str, str] = {}
    groups: list[tuple[str, Group]] = []
    found = db.cursor().execute(SEVERAL.format(events=said.events))
    for slice_, rows in groupby(_rows(found), key=lambda row: str(row[0])):
        groups.extend((slice_, group) for group in gather_named(_events(rows, sentences), sentences=sentences,
                                                                links=said.links))  # fmt: skip
    signatures = _signatures(db, view.files("documents"), reports_of_many(group for _, group in groups))
    for at in range(0, len(groups), 5000):
        yield [
            _row(merged(group, signatures=signatures, sentences=sentences)) | {"slice": slice_}
            for slice_, group in groups[at : at + 5000]
        ]


def _rows(found: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := found.fetchmany(5000):
        yield from rows


def _events(rows: Iterator[tuple[Any, ...]], sentences: dict[str, str]) -> Iterator[tuple[str, Event]]:
    for _, name, sentence, text in rows:
        if sentence:
            sentences[name] = sentence
        yield name, event_from_dict(json.loads(text))


def _signatures(
    db: duckdb.DuckDBPyConnection, files: Sequence[Path], wanted: set[str]
) -> dict[str, Signature]:
    sql = f"SELECT id, text FROM {engine.scan(files)} WHERE id IN (SELECT unnest(?::VARCHAR[]))"
    found = db.execute(sql, [sorted(wanted)])
    signatures = {}
    while rows := found.fetchmany(500):
        signatures.update({name: signature(text) for name, text in rows})
    return signatures


def _asked(
    said: Corrected,
    kept: Path,
    query: EventQuery,
    test: str = "true",
    more: Mapping[str, object] | None = None,
) -> tuple[Happening, ...]:
    condition, values = where(query)
    sql = ASKED.format(
        events=said.events,
        happenings=engine.scan([kept]),
        condition=condition,
        test=test,
        direction="DESC" if query.newest_first else "ASC",
        limit="" if query.limit is None else f"LIMIT {int(query.limit)}",
    )
    return _filled(said, sql, {**values, **(more or {})})


def _filled(said: Corrected, sql: str, values: Mapping[str, object]) -> tuple[Happening, ...]:
    """The happenings of rows of the kept file, with their events."""
    events = said.events
    with engine.connect() as db:
        found = db.execute(sql, dict(values))
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        wanted = sorted(chain.from_iterable(row["events"] for row in rows))
        texts = dict(
            db.execute(
                f"SELECT id, json FROM {events} WHERE id IN (SELECT unnest(?::VARCHAR[]))", [wanted]
            ).fetchall()
        )
    return tuple(_happening(row, texts) for row in rows)


def _row(happening: Happening) -> dict[str, object]:
    on = happening.on
    return {
        **{name: getattr(happening, name) for name in SCALARS},
        "actor": list(happening.actor),
        "recipient": list(happening.recipient),
        "start_on": on.interval.start.isoformat() if on.interval else None,
        "end_on": on.interval.end.isoformat() if on.interval else None,
        "on_text": on.text,
        "on_from": on.source,
        "disagreements": dumps(list(happening.disagreements)),
        "events": [event.id for event in happening.events],
    }


def _happening(row: Mapping[str, Any], texts: Mapping[str, str]) -> Happening:
    days = Interval(row["start_on"], row["end_on"]) if row["start_on"] else None
    return Happening(
        **{name: row[name] for name in SCALARS},
        actor=tuple(row["actor"]),
        recipient=tuple(row["recipient"]),
        on=When(days, row["on_text"], row["on_from"]),
        disagreements=tuple(json.loads(row["disagreements"])),
        events=tuple(event_from_dict(json.loads(texts[name])) for name in row["events"]),
    )
