"""Where a user's own actors clash with the packaged gazetteer or with themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from comity.actors.entries import Entry, plain, spellings
from comity.actors.gazetteer import Gazetteer
from comity.actors.overlay import overlaps
from comity.actors.own import OwnRow, read_own_actors
from comity.actors.posts import post_of
from comity.lexicons.tables import read_table

__all__ = ["Clash", "find_clashes"]


@dataclass(frozen=True, slots=True)
class Clash:
    """A name of an own actor that something else is known by too. `where` is file and line; `known` tells of that."""

    where: str
    name: str
    id: str
    kind: str
    known: str

    def to_dict(self) -> dict[str, object]:
        """The clash as a JSON-ready dict."""
        return {
            "where": self.where,
            "name": self.name,
            "id": self.id,
            "clash": self.kind,
            "known": self.known,
        }


def find_clashes(path: Path, packaged: Gazetteer, states: Collection[str]) -> Iterator[Clash]:
    """The clashes of an own-actors file, in its order; kinds `other id`, `overlapping terms`, `common word`."""
    common = {row["word"] for row in read_table("common_words")}
    earlier: dict[str, list[OwnRow]] = {}
    seats: dict[tuple[str, str], list[OwnRow]] = {}
    for row in read_own_actors(path, states):
        where = f"{path}:{row.line}"
        yield from _with_packaged(row, where, packaged)
        yield from _common(row, where, common)
        for name in {plain(name) for name in row.names}:
            yield from _with_earlier(row, where, name, earlier.setdefault(name, []), path)
            earlier[name].append(row)
        post = post_of(row.entry.office) if row.entry.office else None
        if post and post != "spokesperson":
            held = seats.setdefault((row.entry.id, post), [])
            yield from _same_seat(row, where, held, path)
            held.append(row)


def _with_packaged(row: OwnRow, where: str, packaged: Gazetteer) -> Iterator[Clash]:
    entry = row.entry
    for name in row.names:
        told: dict[str, None] = {}
        for spelled in sorted(spellings(name, person=bool(entry.person))):
            for known in packaged.entries.get(spelled, ()):
                if known.id and known.id != entry.id and overlaps(known, entry):
                    told[_told(known)] = None
        for known_as in told:
            kind = "other id, added to it" if entry.person else "other id, hidden by this row"
            yield Clash(where, name, entry.id, kind, known_as)
    if entry.person:
        for known in packaged.entries.get(plain(entry.person), ()):
            if (
                known.person
                and known.id == entry.id
                and overlaps(known, entry)
                and _days(known) != _days(entry)
            ):
                yield Clash(where, entry.person, entry.id, "overlapping terms, this row counts", _told(known))


def _common(row: OwnRow, where: str, common: Collection[str]) -> Iterator[Clash]:
    for name in row.names:
        if name.lower() in common and not name.isupper():
            yield Clash(
                where, name, row.entry.id, "common word", f"reports use {name.lower()!r} for other things"
            )


def _with_earlier(
    row: OwnRow, where: str, name: str, earlier: Sequence[OwnRow], path: Path
) -> Iterator[Clash]:
    for other in earlier:
        if other.entry.id != row.entry.id and overlaps(other.entry, row.entry):
            yield Clash(
                where, name, row.entry.id, "other id in this file", f"{other.entry.id} ({path}:{other.line})"
            )


def _same_seat(row: OwnRow, where: str, held: Sequence[OwnRow], path: Path) -> Iterator[Clash]:
    entry = row.entry
    for other in held:
        if plain(other.entry.person or "") != plain(entry.person or "") and overlaps(other.entry, entry):
            told = f"{other.entry.person}, {other.entry.office} ({path}:{other.line})"
            yield Clash(where, entry.person or "", entry.id, "overlapping terms of one office", told)


def _days(entry: Entry) -> tuple[str, str]:
    return entry.valid_from, entry.valid_to


def _told(entry: Entry) -> str:
    who = f"{entry.person}, {entry.office}, " if entry.person else ""
    return f"{entry.id}: {who}{entry.kind}, {entry.valid_from or '...'} to {entry.valid_to or '...'} ({entry.source})"
