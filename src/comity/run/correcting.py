"""An analyst's word over the coder's: what the verbs correct, reject, join, split, undo and corrections do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from comity.errors import BadInterval, SourceError, UnknownActor, UsageError
from comity.lexicons.ontology import event_type
from comity.model import STATUSES
from comity.records import Store, saying
from comity.records.corrections import Word, standing, word_from_dict
from comity.records.saying import Said
from comity.run.known import actor_id, gazetteer

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What to set of an event, as a person writes it; None leaves a field as it is.

    `actor` and `recipient`: ids or names with a sector where wanted, joined by `+` (`RUS/MIL+BLR`), `-` for
    nobody. `on`: a day, `first..day-after-last`, or `-` for unknown. `mode`: `-` for none.
    """

    type: str | None = None
    mode: str | None = None
    status: str | None = None
    on: str | None = None
    actor: str | None = None
    recipient: str | None = None

    def read(self) -> Row:
        """The fields given, as they are kept. Raises UsageError, UnknownActor or BadInterval for what can't be."""
        row: Row = {}
        if self.type is not None:
            row["type"] = event_type(self.type).name
        if self.mode is not None:
            row["mode"] = None if self.mode == "-" else self.mode
        if self.status is not None:
            if self.status not in STATUSES:
                raise UsageError(f"no status {self.status!r}; there are {', '.join(STATUSES)}")
            row["status"] = self.status
        if self.on is not None:
            row["on"] = _days(self.on)
        if self.actor is not None:
            row["actor"] = _parties(self.actor)
            if not row["actor"]:
                raise UsageError(
                    "an event needs an actor: --actor takes ids joined by +, for example RUS/GOV+BLR"
                )
        if self.recipient is not None:
            row["recipient"] = _parties(self.recipient)
        return row


def _days(text: str) -> Row:
    if text == "-":
        return {"start": None, "end": None}
    first, dots, last = text.partition("..")
    try:
        start = date.fromisoformat(first)
        end = date.fromisoformat(last) if dots else start + timedelta(days=1)
    except ValueError as error:
        raise BadInterval(f"--on takes a day, first..day-after-last, or -, got {text!r}") from error
    if end <= start:
        raise BadInterval(f"--on takes days of which the last comes after the first, got {text!r}")
    return {"start": start.isoformat(), "end": end.isoformat()}


def _parties(text: str) -> list[Row]:
    if text == "-":
        return []
    parties = []
    for part in text.split("+"):
        name, _, sector = part.strip().partition("/")
        found = actor_id(name) or ""
        parties.append({"id": found, "sector": sector or None, "country": _country(found)})
    return sorted(parties, key=lambda row: (row["id"], row["sector"] or ""))


def _country(name: str) -> str | None:
    try:
        return gazetteer().state(name).id
    except UnknownActor:
        return None


def correct(store: Store, event: str, fields: Fields, said: Said) -> Word:
    """Sets fields of an event. Raises UsageError where nothing is to be set and nothing noted."""
    wanted = fields.read()
    if not wanted and not said.note:
        raise UsageError(
            "nothing to correct: give --type, --status, --actor, --recipient, --on, --mode or --note"
        )
    return saying.correct(store, event, wanted, said)


def split(store: Store, events: Sequence[str], said: Said) -> Word:
    """Parts events from the rest of the happening that they stand in now."""
    named = [event.id for event in saying.coded_events(store, events)]
    now = saying.counted_as(store)
    shown = {now.get(name, name) for name in named}
    rest: list[str] = []
    for happening in store.happenings():
        ids = [event.id for event in happening.events]
        if shown & set(ids):
            rest.extend(name for name in ids if name not in shown)
    return saying.split(store, sorted(set(named)), sorted(set(rest)), said)


def listed(store: Store) -> list[Row]:
    """All words, in the order in which they came, each with `stands` and what it is in conflict with."""
    every = saying.words(store)
    left = {word.id for word in standing(every)}
    fought: dict[str, set[str]] = {}
    for conflict in saying.conflicts(store):
        for word in conflict.words:
            fought.setdefault(word.id, set()).update(w.id for w in conflict.words if w is not word)
    return [
        {**w.to_dict(), "stands": w.id in left or w.kind == "undo", "conflicts": sorted(fought.get(w.id, ()))}
        for w in every
    ]


def write(store: Store, file: Path) -> int:
    """Writes all words to a file as JSON lines, for a colleague's store; how many."""
    words = saying.words(store)
    text = "".join(json.dumps(word.to_dict(), ensure_ascii=False) + "\n" for word in words)
    file.write_text(text, encoding="utf-8")
    return len(words)


def take(store: Store, file: Path) -> tuple[int, list[Row]]:
    """Merges a colleague's words, all or none: how many were new, and the conflicts there are now.

    Raises SourceError for a file that can't be read or isn't one of corrections.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: can't be read ({error}); check the path", code="unreadable") from error
    words = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            where = f"{file}:{number}"
            try:
                row = json.loads(line)
            except ValueError as error:
                raise SourceError(f"{where}: no JSON ({error})", code="json") from error
            if not isinstance(row, dict):
                raise SourceError(f"{where}: expected an object, got {type(row).__name__}", code="json")
            words.append(word_from_dict(row, where))
    return saying.merge(store, words), [conflict.to_dict() for conflict in saying.conflicts(store)]
