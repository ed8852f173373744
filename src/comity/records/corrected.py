"""A store's events as they count: the coder's, with what people said over them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

from comity.lexicons.ontology import event_types
from comity.model import Event, Party, When, event_from_dict
from comity.model.wire import interval_from_dict
from comity.records import engine
from comity.records.catalogue import known
from comity.records.corrections import REJECTED, Anchor, Conflict, Word, decide, standing, word_from_dict
from comity.records.folder import Folder, View
from comity.records.gathering import Links
from comity.records.rows import EVENTS, dumps, event_row

OVERLAY: Mapping[str, str] = {**EVENTS, "coded_id": "VARCHAR", "dropped": "BOOLEAN"}
PERSONS = 0.99
"""The confidence of what a person looked at."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Corrected:
    """`events` is the SQL of the table of events as they count; `links` says which tell one happening.

    `coded` gives the coder's id of an event that counts under another. `unmet` are words about events that the
    store doesn't hold (yet).
    """

    events: str
    links: Links
    conflicts: tuple[Conflict, ...] = ()
    coded: Mapping[str, str] | None = None
    unmet: tuple[Word, ...] = ()


def corrected(store: Folder, view: View) -> Corrected:
    """The events of a view with what people said over them."""
    files = view.files("events")
    plain = f"(SELECT * FROM {engine.scan(files)})"
    words = standing(word_from_dict(json.loads(text), f"{store.path}") for text in view.words)
    if not words:
        return Corrected(plain, Links())
    named = sorted({a.document for word in words for a in word.events + word.rest})
    with engine.connect() as db:
        found = db.execute(
            f"SELECT * FROM {plain} WHERE document_id IN (SELECT unnest(?::VARCHAR[]))", [named]
        )
        columns = [column[0] for column in found.description or ()]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    with store.catalogue.reading() as catalogued:
        stored = known(catalogued, named)
    return _Overlay(rows, stored).laid(plain, words)


class _Overlay:
    """The rows of the documents that words speak of, and what becomes of them."""

    def __init__(self, rows: Iterable[Row], stored: set[str]) -> None:
        self.stored = stored
        self.rows: dict[str, Row] = {row["id"]: row for row in rows}
        self.by_document: dict[str, list[Row]] = {}
        for name in sorted(self.rows):
            self.by_document.setdefault(self.rows[name]["document_id"], []).append(self.rows[name])
        self.made: dict[str, Row] = {}
        self.now: dict[str, str] = {}

    def laid(self, plain: str, words: Sequence[Word]) -> Corrected:
        """The table and the links, with the words laid over the rows."""
        conflicts, unmet = self._correct(words)
        links, disputed = self._links(words)
        over = engine.literal(OVERLAY, list(self.made.values())) if self.made else ""
        table = plain
        if over:
            kept = f"SELECT * FROM {plain} WHERE id NOT IN (SELECT coded_id FROM {over} WHERE coded_id IS NOT NULL)"
            new = f"SELECT * EXCLUDE (coded_id, dropped) FROM {over} WHERE NOT dropped"
            table = f"({kept} UNION ALL BY NAME {new})"
        coded = {new: old for old, new in self.now.items() if old != new}
        return Corrected(table, links, tuple(conflicts + disputed), coded, tuple(unmet))

    def _correct(self, words: Sequence[Word]) -> tuple[list[Conflict], list[Word]]:
        said: dict[str, list[Word]] = {}
        lost: dict[Anchor, list[Word]] = {}
        for word in words:
            if word.kind in ("correct", "reject"):
                row = self.match(word.events[0])
                if row is None:
                    lost.setdefault(word.events[0], []).append(word)
                else:
                    said.setdefault(row["id"], []).append(word)
        conflicts: list[Conflict] = []
        for name, own in sorted(said.items()):
            values, differ = decide(name, [(word, word.says()) for word in own])
            conflicts += differ
            self._replace(self.rows[name], values)
        unmet = [word for own in lost.values() for word in own]
        for anchor, own in sorted(lost.items(), key=lambda item: item[0].id):
            self._revive(anchor, own)
        return conflicts, unmet

    def match(self, anchor: Anchor) -> Row | None:
        """The coder's row that an anchor speaks of: that id, else the same parties on words that overlap."""
        if anchor.id in self.rows:
            return self.rows[anchor.id]
        best: tuple[bool, int, str] | None = None
        for row in self.by_document.get(anchor.document, ()):
            event = event_from_dict(json.loads(row["json"]))
            own = Anchor.of(event)
            common = min(own.end, anchor.end) - max(own.start, anchor.start)
            if own.parties == anchor.parties and own.implied == anchor.implied and common > 0:
                rank = (own.type == anchor.type, common, row["id"])
                best = rank if best is None else max(best, rank)
        return self.rows[best[2]] if best else None

    def _replace(self, row: Row, values: Mapping[str, tuple[Any, Word]]) -> None:
        if not values:
            return
        name = row["id"]
        dropped = values.get(REJECTED, (False, None))[0]
        event = event_from_dict(json.loads(row["json"]))
        made = event if dropped else amended(event, values)
        versions = f"{row['versions']}~{dumps(sorted({word.id for _, word in values.values()}))}"
        self.made[name] = event_row(made, row["sentence"] or "", versions) | {
            "coded_id": name,
            "dropped": dropped,
        }
        self.now[name] = made.id
        for other in self.by_document[row["document_id"]]:
            whole = json.loads(other["json"])
            if whole["implied_by"] == name and other["id"] not in self.now:
                follows = event_row(
                    event_from_dict(whole | {"implied_by": made.id}),
                    other["sentence"] or "",
                    other["versions"],
                )
                self.made[other["id"]] = follows | {"coded_id": other["id"], "dropped": dropped}

    def _revive(self, anchor: Anchor, words: Sequence[Word]) -> None:
        """A corrected event that the coder of today doesn't find stays, if its report is here."""
        values, _ = decide(anchor.id, [(word, word.says()) for word in words])
        coded = next((word.event for word in reversed(words) if word.event), None)
        if coded is None or values.get(REJECTED, (True, None))[0] or anchor.document not in self.stored:
            return
        made = amended(event_from_dict(dict(coded)), values)
        versions = f"~{dumps(sorted({word.id for _, word in values.values()}))}"
        self.made[anchor.id] = event_row(made, "", versions) | {"coded_id": None, "dropped": False}
        self.now[anchor.id] = made.id

    def _links(self, words: Sequence[Word]) -> tuple[Links, list[Conflict]]:
        said: dict[tuple[str, str], list[tuple[Word, Mapping[str, Any]]]] = {}
        for word in words:
            for a, b in _pairs(word):
                one, other = self._id(a), self._id(b)
                if one and other and one != other:
                    pair = (min(one, other), max(one, other))
                    said.setdefault(pair, []).append((word, {"happening": word.kind}))
        together, apart, conflicts = [], dict[str, set[str]](), list[Conflict]()
        for pair, own in sorted(said.items()):
            values, differ = decide(" ".join(pair), own)
            conflicts += differ
            kind = values["happening"][0] if values else ""
            if kind == "join":
                together.append(pair)
            elif kind == "split":
                apart.setdefault(pair[0], set()).add(pair[1])
                apart.setdefault(pair[1], set()).add(pair[0])
        return Links(_spread(apart, together), tuple(together)), conflicts

    def _id(self, anchor: Anchor) -> str | None:
        """The id under which an anchor's event counts now."""
        row = self.match(anchor)
        name = row["id"] if row else anchor.id if anchor.id in self.now else None
        return self.now.get(name, name) if name else None


def _pairs(word: Word) -> Iterable[tuple[Anchor, Anchor]]:
    if word.kind == "join":
        return combinations(word.events, 2)
    return product(word.events, word.rest) if word.kind == "split" else ()


def _spread(apart: Mapping[str, set[str]], together: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """What stands apart from an event stands apart from those that it was put together with."""
    spread = {name: set(others) for name, others in apart.items()}
    grown = True
    while grown:
        grown = False
        for a, b in together:
            both = spread.get(a, set()) | spread.get(b, set())
            for name in (a, b):
                if both - {a, b} - spread.get(name, set()):
                    spread.setdefault(name, set()).update(both - {a, b})
                    grown = True
                    for other in both - {a, b}:
                        spread.setdefault(other, set()).add(name)
    return {name: frozenset(others) for name, others in sorted(spread.items())}


def amended(event: Event, values: Mapping[str, tuple[Any, Word]]) -> Event:
    """The event with what was said of its fields; the reason says by whom, when, and what it was before."""
    changes: dict[str, Any] = {}
    for field, (value, _) in values.items():
        if field == "type":
            kind = event_types()[value]
            changes |= {"type": kind.name, "quad": kind.quad, "score": kind.score, "cameo": kind.cameo}
            changes.setdefault("mode", None)
        elif field == "on":
            changes["on"] = When(interval_from_dict(value), None, "analyst" if value["start"] else "unknown")
        elif field in ("actor", "recipient"):
            changes[field] = tuple(_party(event, field, party) for party in value)
        elif field in ("mode", "status"):
            changes[field] = value
    if "mode" in values:
        changes["mode"] = values["mode"][0]
    word = max((word for _, word in values.values()), key=lambda w: (w.at, w.id))
    was = ", ".join(f"{field} was {_shown(event, field)}" for field in sorted(values) if field != REJECTED)
    reason = f"corrected by {word.who} on {word.at[:10]}" + (f": {word.note}" if word.note else "")
    return replace(
        event, **changes, confidence=PERSONS, uncertain=False, reason=f"{reason} ({was or 'confirmed'})"
    )


def _shown(event: Event, field: str) -> str:
    value = getattr(event, field)
    if field in ("actor", "recipient"):
        return "+".join(party.id for party in value) or "nobody"
    if field == "on":
        return str(value.interval) if value.interval else "unknown"
    return str(value)


def _party(event: Event, side: str, row: Mapping[str, Any]) -> Party:
    """The party that a person named: with the words that stood for it or for who stood in its place."""
    for party in event.actor + event.recipient:
        if party.id == row["id"]:
            return party if row.get("sector") is None else replace(party, sector=row["sector"])
    own: tuple[Party, ...] = getattr(event, side)
    span = event.evidence
    text, start, end = (own[0].text, own[0].start, own[0].end) if own else (span.text, span.start, span.end)
    return Party(row["id"], row.get("sector"), text, start, end, None, row.get("country"))
