"""Happenings of a whole store, kept beside it as long as nothing is added.

The file's name holds what it was made from, so that a reader never sees a stale one. It is written under
another name and renamed; two readers that make it at once make the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from comity.model import Event, Happening, Interval, When, event_from_dict
from comity.records import engine
from comity.records.copies import Signature, signature
from comity.records.folder import Folder, View
from comity.records.gathering import gather
from comity.records.happenings import VERSION, reports_of_many, told
from comity.records.query import EventQuery, where
from comity.records.rows import dumps

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
}
SCALARS = ("id", "type", "status", "confidence", "tellings", "independent")
ASKED = """
WITH hit AS (SELECT id AS event FROM {events} WHERE {condition}),
     told AS (SELECT id, unnest(events) AS event FROM {happenings})
SELECT * FROM {happenings}
WHERE id IN (SELECT id FROM told SEMI JOIN hit USING (event))
ORDER BY start_on {direction} NULLS LAST, id {limit}
"""


def happenings(store: Folder, query: EventQuery) -> tuple[Happening, ...]:
    """The happenings of which at least one event is what the query asks for, newest first."""
    with store.reading("events", "documents") as view:
        if not view.files("events"):
            return ()
        kept = store.derived / _name(view.revision, query.include_uncertain)
        if not kept.exists():
            found = _joined(view, query.include_uncertain)
            if not os.access(store.derived, os.W_OK):
                with tempfile.TemporaryDirectory() as elsewhere:
                    return _asked(view, _keep(Path(elsewhere) / kept.name, found), query)
            _keep(kept, found)
        return _asked(view, kept, query)


def is_current(name: str, revision: str) -> bool:
    """Whether a file beside the store was made from what the store holds now."""
    return any(name == _name(revision, uncertain) for uncertain in (False, True))


def _name(revision: str, uncertain: bool) -> str:
    made_from = hashlib.sha256(dumps([revision, uncertain, VERSION]).encode()).hexdigest()[:16]
    return f"happenings-{made_from}.parquet"


def _keep(final: Path, found: Sequence[Happening]) -> Path:
    """Write happenings to a file, whole or not at all."""
    handle, name = tempfile.mkstemp(prefix="happenings-", suffix=".part", dir=final.parent)
    os.close(handle)
    engine.write_rows(Path(name), HAPPENINGS, [_row(happening) for happening in found])
    engine.keep(Path(name), final)
    return final


def _joined(view: View, uncertain: bool) -> tuple[Happening, ...]:
    condition, values = where(EventQuery(include_uncertain=uncertain))
    sentences: dict[str, str] = {}
    with engine.connect() as db:
        sql = f"SELECT id, sentence, json FROM {engine.scan(view.files('events'))} WHERE {condition}"
        found = db.execute(sql, values)
        groups = gather(_events(found, sentences), sentences=sentences)
        signatures = _signatures(db, view.files("documents"), reports_of_many(groups))
    return told(groups, signatures=signatures, sentences=sentences)


def _events(found: duckdb.DuckDBPyConnection, sentences: dict[str, str]) -> Iterator[Event]:
    while rows := found.fetchmany(5000):
        for name, sentence, text in rows:
            if sentence:
                sentences[name] = sentence
            yield event_from_dict(json.loads(text))


def _signatures(
    db: duckdb.DuckDBPyConnection, files: Sequence[Path], wanted: set[str]
) -> dict[str, Signature]:
    sql = f"SELECT id, text FROM {engine.scan(files)} WHERE id IN (SELECT unnest(?::VARCHAR[]))"
    found = db.execute(sql, [sorted(wanted)])
    signatures = {}
    while rows := found.fetchmany(500):
        signatures.update({name: signature(text) for name, text in rows})
    return signatures


def _asked(view: View, kept: Path, query: EventQuery) -> tuple[Happening, ...]:
    condition, values = where(query)
    events = engine.scan(view.files("events"))
    sql = ASKED.format(
        events=events,
        happenings=engine.scan([kept]),
        condition=condition,
        direction="DESC" if query.newest_first else "ASC",
        limit="" if query.limit is None else f"LIMIT {int(query.limit)}",
    )
    with engine.connect() as db:
        found = db.execute(sql, values)
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
