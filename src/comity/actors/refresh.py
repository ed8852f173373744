"""What fetched terms would change in a user's own actors: new, ended, changed and conflicting office-holders."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from comity.actors.compiled import unpack
from comity.actors.entries import Entry, plain, spellings
from comity.actors.gazetteer import Gazetteer
from comity.actors.own import COLUMNS, own_rows, read_own_actors
from comity.actors.posts import Post, post_of
from comity.actors.wikidata import Term
from comity.errors import UsageError

__all__ = ["Change", "compare", "owners_of", "with_changes", "write_own"]

Kind = Literal["new", "ended", "changed", "conflict"]
NEAR_DAYS = 31
"""Days by which two sources may differ about one term."""
_ORDER = {"conflict": 0, "ended": 1, "changed": 2, "new": 3}


@dataclass(frozen=True, slots=True)
class Change:
    """A fetched term that isn't known so. `known` tells in words what is; a conflict names the other holder."""

    kind: Kind
    term: Term
    known: str

    def to_dict(self) -> dict[str, object]:
        """The change as a JSON-ready dict."""
        term = self.term
        return {
            "change": self.kind, "id": term.id, "person": term.person, "office": term.office,
            "valid_from": term.valid_from, "valid_to": term.valid_to, "known": self.known, "source": term.source,
        }  # fmt: skip


def owners_of(gazetteer: Gazetteer) -> dict[str, str]:
    """The ids of states by ISO 3166-1 alpha-3 code, and of bodies by name."""
    owners = {
        state.iso3: state.id for state in gazetteer.states.values() if state.iso3 and not state.valid_to
    }
    for name, packed in gazetteer.entries.packed.items():
        for entry in unpack(packed) if "\tbody\t" in packed else ():
            if entry.kind == "body" and entry.id.startswith(("IGO:", "UNO", "UNSC")) and not entry.valid_to:
                owners.setdefault(name, entry.id)
    return owners


def compare(terms: Iterable[Term], gazetteer: Gazetteer) -> list[Change]:
    """The changes that terms would bring to what the gazetteer knows, conflicts first, by id and office.

    Whoever is known to hold a seat to this day ends where a fetched successor, who holds it now, begins.
    """
    fetched = list(terms)
    holders = _holders(gazetteer)
    found = [change for term in fetched if (change := _change(term, gazetteer, holders)) is not None]
    told = {(change.term.id, plain(name)) for change in found for name in change.term.names}
    now = {(term.id, plain(name)) for term in fetched if not term.valid_to for name in term.names}
    for change in [c for c in found if c.kind == "new" and not c.term.valid_to]:
        for entry in holders.get((change.term.id, _seat(change.term.post)), ()):
            key = (entry.id, plain(entry.person or ""))
            if key not in told and key not in now and _succeeds(change.term, entry):
                told.add(key)
                found.append(Change("ended", _ended(entry, change.term), _told(entry)))
    return sorted(
        found, key=lambda c: (_ORDER[c.kind], c.term.id, c.term.post, c.term.valid_from, c.term.person)
    )


def _succeeds(term: Term, entry: Entry) -> bool:
    """Whether a term follows a known open one in the same office."""
    if entry.valid_to or term.post == "spokesperson" or post_of(entry.office or "") != term.post:
        return False
    if term.post == "head of state" and _first_word(entry.office) != _first_word(term.office):
        return False
    return bool(entry.valid_from) and _number(term.valid_from) - _number(entry.valid_from) > NEAR_DAYS


def _first_word(office: str | None) -> str:
    return (office or "").lower().split(" ")[0]


def _ended(entry: Entry, successor: Term) -> Term:
    """A known term that ends where its successor begins."""
    name = entry.person or ""
    return replace(
        successor, person=name, names=(name,), office=entry.office or "", sector=entry.sector or "GOV",
        valid_from=entry.valid_from, valid_to=successor.valid_from,
    )  # fmt: skip


Holders = Mapping[tuple[str, str], Sequence[Entry]]


def _holders(gazetteer: Gazetteer) -> Holders:
    """For each id and seat the terms known of it."""
    found: dict[tuple[str, str], dict[Entry, None]] = {}
    for packed in gazetteer.entries.packed.values():
        for entry in unpack(packed) if "\tperson\t" in packed else ():
            post = post_of(entry.office) if entry.office else None
            if entry.kind == "person" and post:
                found.setdefault((entry.id, _seat(post)), {})[entry] = None
    return {seat: tuple(entries) for seat, entries in found.items()}


def _seat(post: Post) -> str:
    """Posts that sources don't keep apart count as one: a president may be head of state or of government."""
    return "head" if post.startswith("head of ") else post


def _change(term: Term, gazetteer: Gazetteer, holders: Holders) -> Change | None:
    names = {text for name in term.names for text in spellings(name, person=True)}
    persons = {plain(name) for name in term.names}
    held = holders.get((term.id, _seat(term.post)), ())
    own = [e for e in held if plain(e.person or "") in persons]
    own += [
        e
        for name in names
        for e in gazetteer.entries.get(name, ())
        if e.person
        and e.id == term.id
        and e.office
        and (p := post_of(e.office))
        and _seat(p) == _seat(term.post)
    ]
    same = [entry for entry in own if _meets(entry, term)]
    if any(_agrees(entry, term) for entry in same):
        return None
    if same:
        known = min(same, key=lambda entry: abs(_number(entry.valid_from) - _number(term.valid_from)))
        kind: Kind = "ended" if term.valid_to and not known.valid_to else "changed"
        return Change(kind, term, _told(known))
    rival = _rival(term, held, persons)
    if rival is not None:
        return Change("conflict", term, _told(rival))
    return Change("new", term, "")


def _rival(term: Term, held: Sequence[Entry], persons: Collection[str]) -> Entry | None:
    """Another person who holds the same post of the same name at the time, and did not only come before."""
    for entry in held:
        if (
            plain(entry.person or "") in persons
            or post_of(entry.office or "") != term.post
            or term.post == "spokesperson"
        ):
            continue
        first = max(_number(entry.valid_from), _number(term.valid_from))
        last = min(_number(entry.valid_to or "9000-01-01"), _number(term.valid_to or "9000-01-01"))
        before = not entry.valid_to and entry.valid_from < term.valid_from
        if last - first > max(NEAR_DAYS, term.slack_days) and not before:
            return entry
    return None


def _meets(entry: Entry, term: Term) -> bool:
    """Whether a known term and a fetched one share a day or nearly do."""
    first = max(_number(entry.valid_from), _number(term.valid_from))
    last = min(_number(entry.valid_to or "9000-01-01"), _number(term.valid_to or "9000-01-01"))
    return last - first > -max(NEAR_DAYS, term.slack_days)


def _agrees(entry: Entry, term: Term) -> bool:
    """Whether two terms differ by no more than what sources differ by."""
    if bool(entry.valid_to) != bool(term.valid_to):
        return False
    start = abs(_number(entry.valid_from) - _number(term.valid_from)) <= max(NEAR_DAYS, term.slack_days)
    end = not term.valid_to or abs(_number(entry.valid_to) - _number(term.valid_to)) <= max(
        NEAR_DAYS, term.slack_days
    )
    return (start or not entry.valid_from) and end


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal() if day else 1


def _told(entry: Entry) -> str:
    return f"{entry.person}, {entry.office}, {entry.valid_from or '...'} to {entry.valid_to or '...'} ({entry.source})"


def with_changes(path: Path, changes: Iterable[Change], *, fetched_on: date) -> list[tuple[str, ...]]:
    """The rows of an own-actors file (in the order of COLUMNS; none where there is no file) with changes taken over.

    A row of the same person, office and first day is replaced where it stands and keeps its names; the rest comes at
    the end.
    """
    rows = [cells for _, cells in own_rows(path)] if path.exists() else []
    places = {_key(row): n for n, row in enumerate(rows)}
    of_item: dict[tuple[str, str, str], list[int]] = {}
    for n, row in enumerate(rows):
        of_item.setdefault(_item(row), []).append(n)
    for change in changes:
        row = _row(change.term, fetched_on)
        earlier = places.get(_key(row))
        if earlier is None:
            earlier = next((n for n in of_item.get(_item(row), ()) if _overlap(rows[n], row)), None)
        if earlier is not None:
            rows[earlier] = _with_names(row, rows[earlier])
        else:
            places[_key(row)] = len(rows)
            of_item.setdefault(_item(row), []).append(len(rows))
            rows.append(row)
    return rows


def _with_names(row: tuple[str, ...], earlier: Sequence[str]) -> tuple[str, ...]:
    """A row with the names of the one whose place it takes as well."""
    at = COLUMNS.index("names")
    names = dict.fromkeys([*row[at].split("|"), *earlier[at].split("|")])
    return (*row[:at], "|".join(names), *row[at + 1 :])


def _cell(row: Sequence[str], name: str) -> str:
    return row[COLUMNS.index(name)]


def _key(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(_cell(row, name) for name in ("id", "person", "office", "valid_from"))


def _item(row: Sequence[str]) -> tuple[str, str, str]:
    """What a fetched row is of: a person's item, for whom, in which office."""
    return _cell(row, "source"), f"{_cell(row, 'id')} {_cell(row, 'person')}", _cell(row, "office")


def _overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    return _cell(one, "valid_from") < (_cell(other, "valid_to") or "9999") and _cell(other, "valid_from") < (
        _cell(one, "valid_to") or "9999"
    )


def _row(term: Term, fetched_on: date) -> tuple[str, ...]:
    country = term.id if ":" not in term.id and term.id not in ("UNO", "UNSC") else ""
    return (
        term.id, "|".join(term.names), term.sector, country, term.valid_from, term.valid_to, term.person, term.office,
        term.source, fetched_on.isoformat(),
    )  # fmt: skip


def write_own(path: Path, rows: Iterable[Sequence[str]], states: Collection[str]) -> None:
    """Writes an own-actors file whole or not at all: it is read back and checked before it takes its place.

    Raises UsageError for a TOML file, LexiconError where what would be written is wrong, OSError.
    """
    if path.suffix.lower() == ".toml":
        raise UsageError(f"{path}: expected a CSV file to write into; give another with --actors")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    content = text.getvalue().encode()
    for _ in read_own_actors(path, states, content):
        pass
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            os.chmod(name, path.stat().st_mode)
        else:
            os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError:
        os.unlink(name)
        raise
