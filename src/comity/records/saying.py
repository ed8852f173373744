"""People's words kept in a store: said, taken back, listed, merged with a colleague's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from comity.errors import UsageError
from comity.model import Event, event_from_dict
from comity.records import catalogue, engine
from comity.records.corrected import Corrected, corrected
from comity.records.corrections import Anchor, Conflict, Word, standing, taken_back, word_from_dict
from comity.records.folder import Folder, advance_by
from comity.records.rows import dumps


@dataclass(frozen=True, slots=True)
class Said:
    """A person's words for a store: who says it, when (an instant, UTC, ISO), and why."""

    who: str
    at: str
    note: str = ""


def words(store: Folder) -> tuple[Word, ...]:
    """All that was ever said, in the order in which it came to this store."""
    with store.catalogue.reading() as db:
        return tuple(word_from_dict(json.loads(text)) for text in catalogue.words(db))


def conflicts(store: Folder) -> tuple[Conflict, ...]:
    """What people disagree about: for each event and field, who said what."""
    with store.reading("events") as view:
        return corrected(store, view).conflicts if view.files("events") else ()


def correct(store: Folder, event: str, fields: Mapping[str, Any], said: Said) -> Word:
    """Set fields of an event; over what was said of these fields before."""
    (coded,) = coded_events(store, [event])
    before = _about(store, coded, set(fields) | {"rejected"})
    return _say(store, Word("correct", said.who, said.at, (Anchor.of(coded),), fields=dict(fields), note=said.note,
                            over=before, event=coded.to_dict()))  # fmt: skip


def reject(store: Folder, events: Sequence[str], said: Said) -> list[Word]:
    """Say that events didn't happen so; one word for each."""
    found = []
    for coded in coded_events(store, events):
        before = _about(store, coded, {"rejected"})
        found.append(
            _say(store, Word("reject", said.who, said.at, (Anchor.of(coded),), note=said.note, over=before))
        )
    return found


def join(store: Folder, events: Sequence[str], said: Said) -> Word:
    """Say that events tell one happening. Raises UsageError for fewer than two."""
    coded = coded_events(store, events)
    if len({event.id for event in coded}) < 2:
        raise UsageError("a happening is put together of at least two events; name their ids")
    anchors = tuple(Anchor.of(event) for event in coded)
    return _say(
        store,
        Word("join", said.who, said.at, anchors, note=said.note, over=_between(store, anchors, anchors)),
    )


def split(store: Folder, events: Sequence[str], rest: Sequence[str], said: Said) -> Word:
    """Say that events don't tell the happening that the events of `rest` do. Raises UsageError without a rest."""
    anchors = tuple(Anchor.of(event) for event in coded_events(store, events))
    others = tuple(Anchor.of(event) for event in coded_events(store, rest))
    if not others or {a.id for a in anchors} & {a.id for a in others}:
        raise UsageError("these events are the whole happening, there is nothing to split them from")
    over = _between(store, anchors, others)
    return _say(store, Word("split", said.who, said.at, anchors, others, note=said.note, over=over))


def undo(store: Folder, names: Sequence[str], said: Said) -> Word:
    """Take back words by their ids. Raises UsageError for one that isn't there."""
    known = {word.id for word in words(store)}
    for name in names:
        if name not in known:
            raise UsageError(
                f"no correction {name!r} in the store {store.path}; list them with: comity corrections"
            )
    return _say(store, Word("undo", said.who, said.at, note=said.note, over=tuple(sorted(set(names)))))


def merge(store: Folder, rows: Iterable[Word]) -> int:
    """Add a colleague's words; how many were new. What was here stays, twice the same changes nothing."""
    return _keep(store, list(rows))


def coded_events(store: Folder, names: Sequence[str]) -> list[Event]:
    """The events with these ids as the coder has them, also where they count under another id.

    Raises UsageError for an id that no event has.
    """
    with store.reading("events") as view:
        files = view.files("events")
        said = corrected(store, view) if files else None
        wanted = [_coded(said, name) for name in names]
        rows: dict[str, str] = {}
        if files:
            with engine.connect() as db:
                sql = f"SELECT id, json FROM {engine.scan(files)} WHERE id IN (SELECT unnest(?::VARCHAR[]))"
                rows = dict(db.execute(sql, [sorted(wanted)]).fetchall())
    for name, coded in zip(names, wanted, strict=True):
        if coded not in rows:
            raise UsageError(
                f"no event {name!r} in the store {store.path}; "
                f"ids stand in: comity events --store {store.path} --format jsonl"
            )
    return [event_from_dict(json.loads(rows[name])) for name in wanted]


def counted_as(store: Folder) -> dict[str, str]:
    """The id under which an event counts by the coder's id of it, where a correction made it another."""
    with store.reading("events") as view:
        said = corrected(store, view) if view.files("events") else None
    return {old: new for new, old in ((said.coded if said else None) or {}).items()}


def _coded(said: Corrected | None, name: str) -> str:
    return (said.coded or {}).get(name, name) if said else name


def _about(store: Folder, coded: Event, fields: set[str]) -> tuple[str, ...]:
    """Standing words about an event that speak of some of these fields."""
    anchor = Anchor.of(coded)
    own = [
        w for w in standing(words(store)) if w.kind in ("correct", "reject") and _same(w.events[0], anchor)
    ]
    return tuple(sorted(word.id for word in own if fields & set(word.says())))


def _same(one: Anchor, other: Anchor) -> bool:
    if one.id == other.id:
        return True
    overlap = min(one.end, other.end) > max(one.start, other.start)
    return one.document == other.document and one.parties == other.parties and overlap


def _between(store: Folder, some: Sequence[Anchor], others: Sequence[Anchor]) -> tuple[str, ...]:
    """Standing words about which of these events tell one happening."""
    found = []
    for word in standing(words(store)):
        if word.kind in ("join", "split"):
            second = word.rest if word.kind == "split" else word.events
            straight = _meet(word.events, some) and _meet(second, others)
            if straight or (_meet(word.events, others) and _meet(second, some)):
                found.append(word.id)
    return tuple(sorted(found))


def _meet(some: Sequence[Anchor], others: Sequence[Anchor]) -> bool:
    return any(_same(one, other) for one in some for other in others)


def _say(store: Folder, word: Word) -> Word:
    """Keep a word. What is said again within the second in which it was said and taken back is said over its twin."""
    with store.catalogue.writing() as db:
        taken = taken_back(word_from_dict(json.loads(text)) for text in catalogue.words(db))
        while word.id in taken:
            word = replace(word, over=tuple(sorted({*word.over, word.id})))
        _insert(db, [word])
    return word


def _keep(store: Folder, rows: Sequence[Word]) -> int:
    with store.catalogue.writing() as db:
        return _insert(db, rows)


def _insert(db: sqlite3.Connection, rows: Iterable[Word]) -> int:
    added = catalogue.insert_words(db, [(word.id, dumps(word.to_dict())) for word in rows])
    if added:
        advance_by(db, added)
    return len(added)
