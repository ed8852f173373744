"""What the build of the gazetteer refuses: rows that can't be right, by file and line."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from comity.actors.entries import plain
from comity.errors import LexiconError
from comity.lexicons.tables import COLUMNS, FOLDER, Row, read_table

__all__ = ["check_lexicons", "overlapping_terms", "violations"]

_STATE_COLUMNS = (
    ("states", "parent"), ("state_names", "state"), ("groupings", "state"), ("members", "state"), ("groups", "country"),
    ("parties", "country"), ("media", "country"), ("cities", "country"), ("places", "country"),
)  # fmt: skip
_NAME_COLUMNS = (
    ("state_names", "name"), ("groupings", "name"), ("organisations", "name"), ("metonyms", "name"), ("groups", "name"),
    ("parties", "name"), ("media", "name"), ("leaders", "person"), ("person_names", "name"),
)  # fmt: skip
_SHOWN = 20


class Numbered(NamedTuple):
    """A row and the line that it ends on."""

    line: int
    row: Row


def check_lexicons(folder: Path = FOLDER) -> None:
    """Raises LexiconError that names each row which can't be right, by file and line, as many as one can read."""
    found = list(violations(folder))
    if found:
        more = f"\n... and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise LexiconError("\n".join(found[:_SHOWN]) + more)


def violations(folder: Path = FOLDER) -> Iterator[str]:
    """Rows that stand twice, unknown states and bodies, names that are common words, two holders of one seat.

    Terms that overlap are refused where both were written by hand (source `own`); those gathered from others' tables,
    whose days are often a year or an edition, are listed by `overlapping_terms` alone.
    """
    tables = {name: _numbered(folder, name) for name in {t for t, _ in (*_STATE_COLUMNS, *_NAME_COLUMNS)}}
    for name in sorted(tables):
        yield from _doubles(name, tables[name])
    states = {numbered.row["id"] for numbered in tables["states"]}
    yield from _unknown(tables, _STATE_COLUMNS, states | {""}, "no state has the code")
    bodies = {n.row["id"] for t in ("organisations", "groups", "parties", "media") for n in tables[t]}
    known = states | bodies
    yield from _unknown(
        tables, (("leaders", "id"), ("members", "body"), ("metonyms", "id")), known, "nobody has the id"
    )
    yield from _common(tables, folder)
    for said, by_hand in overlapping_terms(folder):
        if by_hand:
            yield said


def _numbered(folder: Path, name: str) -> list[Numbered]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines, None)
        return [Numbered(lines.line_num, dict(zip(COLUMNS[name], cells, strict=False))) for cells in lines]


def _doubles(name: str, rows: list[Numbered]) -> Iterator[str]:
    seen: dict[tuple[str, ...], int] = {}
    for line, row in rows:
        cells = tuple(row.values())
        if cells in seen:
            yield f"{name}.csv:{line}: the row of line {seen[cells]} stands here again"
        seen.setdefault(cells, line)


def _unknown(
    tables: Mapping[str, list[Numbered]],
    columns: Collection[tuple[str, str]],
    known: Collection[str],
    says: str,
) -> Iterator[str]:
    for name, column in columns:
        for line, row in tables[name]:
            if row[column] not in known:
                yield f"{name}.csv:{line}: {says} {row[column]!r} (column {column})"


def _common(tables: Mapping[str, list[Numbered]], folder: Path) -> Iterator[str]:
    common = {row["word"] for row in read_table("common_words", folder)}
    context = {row["name"] for row in read_table("needs_context", folder)}
    for name, column in _NAME_COLUMNS:
        for line, row in tables[name]:
            text = row[column]
            if plain(text).lower() in common and not text.isupper() and text not in context:
                yield (
                    f"{name}.csv:{line}: the name {text!r} is a common word; leave it out, or list it in "
                    "needs_context.csv with the reason"
                )


class _Held(NamedTuple):
    start: str
    end: str
    line: int
    row: Row


def overlapping_terms(folder: Path = FOLDER) -> Iterator[tuple[str, bool]]:
    """For each two terms of one seat that share a day: what is wrong, and whether both were written by hand."""
    seats = {row["office"]: row["seat"] for row in read_table("seats", folder)}
    exceptions = read_table("seat_exceptions", folder)
    held: dict[tuple[str, str], list[_Held]] = {}
    for line, row in _numbered(folder, "leaders"):
        seat = seats.get(row["office"])
        if seat is not None:
            held.setdefault((row["id"], seat), []).append(
                _Held(row["valid_from"], row["valid_to"] or "9999", line, row)
            )
    for (id_, seat), terms in sorted(held.items()):
        for one, other in _pairs(sorted(terms, key=lambda term: term[:3])):
            start, end = max(one.start, other.start), min(one.end, other.end)
            if _excepted(exceptions, id_, seat, start, end) or _same(one.row["person"], other.row["person"]):
                continue
            said = (
                f"leaders.csv:{other.line}: {other.row['person']} and {one.row['person']} (line {one.line}) both are "
                f"{seat} of {id_} from {start} to {end}"
            )
            yield said, all("own" in term.row["source"].split(";") for term in (one, other))


def _pairs(terms: list[_Held]) -> Iterator[tuple[_Held, _Held]]:
    """The terms, sorted by their first day, that share a day with a later one."""
    for n, one in enumerate(terms):
        for other in terms[n + 1 :]:
            if other.start >= one.end:
                break
            yield one, other


def _excepted(exceptions: list[Row], id_: str, seat: str, start: str, end: str) -> bool:
    return any(
        row["id"] == id_
        and row["seat"] == seat
        and row["valid_from"] < end
        and start < (row["valid_to"] or "9999")
        for row in exceptions
    )


def _same(one: str, other: str) -> bool:
    """Whether two names are spellings of one person's: all words of one are in the other, or all but one."""
    first, second = (set(plain(name).lower().replace("-", " ").split()) for name in (one, other))
    return first <= second or second <= first or len(first & second) >= 2
