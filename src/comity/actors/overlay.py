"""A user's own actors laid over the packaged names."""

from __future__ import annotations

from collections.abc import Iterable

from comity.actors.compiled import Packed, pack_entries, pack_entry, unpack
from comity.actors.entries import Entry, plain, spellings
from comity.actors.own import OwnRow

__all__ = ["lay_over", "overlaps"]


def lay_over(names: Packed, rows: Iterable[OwnRow]) -> None:
    """Extends and overrides packed names by own rows; where a row is wrong it raises before any name is changed.

    A name of an actor replaces all that was known under it. A person's term is added to what is known under the name,
    in the place of the terms of the same person for the same actor that it overlaps, whatever their spelling.
    """
    actors: Packed = {}
    persons: Packed = {}
    known: set[str] | None = None
    again: list[OwnRow] = []
    for row in rows:
        entry = row.entry
        if entry.person is None:
            line = pack_entry(entry)
            for name in row.names:
                _append(actors, plain(name), line)
            continue
        known = _persons(names) if known is None else known
        for name in row.names:
            kind = "person" if " " in name else "surname"
            line = pack_entry(entry._replace(kind=kind))
            for spelled in spellings(name, person=True):
                _append(persons, spelled, line)
        if known.intersection(map(plain, row.names)):
            again.append(row)
    if again:
        _end_terms(names, again)
    names.update(actors)
    for name, lines in persons.items():
        before = names.get(name)
        names[name] = lines if before is None else pack_entries([*unpack(lines), *unpack(before)])


def _append(names: Packed, name: str, line: str) -> None:
    before = names.get(name)
    if before is None:
        names[name] = line
    elif line not in before.split("\n"):
        names[name] = f"{before}\n{line}"


def _persons(names: Packed) -> set[str]:
    """All persons of packed names, in plain letters."""
    return {plain(entry.person) for packed in names.values() for entry in unpack(packed) if entry.person}


def _end_terms(names: Packed, rows: list[OwnRow]) -> None:
    """Puts the terms of own rows in the place of those that they overlap, under every name of the person."""
    terms: dict[str, list[OwnRow]] = {}
    for row in rows:
        for name in {plain(name) for name in row.names}:
            terms.setdefault(name, []).append(row)
    for name, packed in list(names.items()):
        entries = unpack(packed)
        if not any(entry.person and plain(entry.person) in terms for entry in entries):
            continue
        kept: list[Entry] = []
        for entry in entries:
            found = [
                row.entry
                for row in terms.get(plain(entry.person or ""), ())
                if row.entry.id == entry.id and overlaps(row.entry, entry)
            ]
            kept += [term._replace(kind=entry.kind, person=entry.person) for term in found] or [entry]
        names[name] = pack_entries(dict.fromkeys(kept))


def overlaps(one: Entry, other: Entry) -> bool:
    """Whether two terms share a day."""
    return (one.valid_from < (other.valid_to or "9999")) and (other.valid_from < (one.valid_to or "9999"))
