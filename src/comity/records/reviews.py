"""What people answered when they reviewed events, each for himself, until they let it count.

An answer isn't a correction yet: it changes nothing that is asked of the store, and nobody else sees it in between.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comity.errors import UsageError
from comity.records import catalogue
from comity.records.folder import Folder
from comity.records.rows import dumps

ANSWERS = ("accept", "correct", "reject")
MADE = (
    "CREATE TABLE IF NOT EXISTS reviews (who TEXT NOT NULL, event TEXT NOT NULL, json TEXT NOT NULL, "
    "PRIMARY KEY (who, event)) WITHOUT ROWID"
)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One person's answer about one event (its id as it counted): `fields` are those that a correction sets."""

    who: str
    event: str
    answer: str
    at: str
    fields: Mapping[str, Any]
    note: str = ""

    def __post_init__(self) -> None:
        if self.answer not in ANSWERS:
            raise UsageError(f"an answer is one of {', '.join(ANSWERS)}, got {self.answer!r}")


def answered(store: Folder, who: str | None = None) -> list[Reviewed]:
    """The answers of one person, or of all, by person and event."""
    with store.catalogue.reading() as db:
        if not catalogue.has_table(db, "reviews"):
            return []
        where, values = ("WHERE who = ?", (who,)) if who is not None else ("", ())
        rows = db.execute(
            f"SELECT who, event, json FROM reviews {where} ORDER BY who, event", values
        ).fetchall()
    return [Reviewed(name, event, **json.loads(text)) for name, event, text in rows]


def answer(store: Folder, given: Reviewed) -> None:
    """Keep an answer; it replaces what the same person answered before."""
    text = dumps({"answer": given.answer, "at": given.at, "fields": dict(given.fields), "note": given.note})
    with store.catalogue.writing() as db:
        db.execute(MADE)
        db.execute(
            "INSERT INTO reviews VALUES (?, ?, ?) ON CONFLICT (who, event) DO UPDATE SET json = excluded.json",
            (given.who, given.event, text),
        )


def forget(store: Folder, who: str, event: str) -> None:
    """Take back an answer; nothing where there is none."""
    with store.catalogue.writing() as db:
        db.execute(MADE)
        db.execute("DELETE FROM reviews WHERE who = ? AND event = ?", (who, event))
