"""A user's own actors: a CSV or TOML file checked row by row."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

from comity.actors.entries import Entry
from comity.errors import LexiconError
from comity.lexicons.tables import check_days

__all__ = ["COLUMNS", "SECTORS", "OwnRow", "own_rows", "read_content", "read_own_actors"]

COLUMNS = (
    "id", "names", "sector", "country", "valid_from", "valid_to", "person", "office", "source", "fetched_on",
)  # fmt: skip
NEEDED = ("id", "names")
BODIES = frozenset(["UNO", "UNSC"])
"""Ids without a KIND that are no states."""
SECTORS = frozenset(
    "GOV MIL JUD LEG PTY COP SPY REB OPP CVL UAF CRM JRN BUS EDU LAB MED IGO NGO ELI SET AGR DEV HLH IMG MNC".split()
)
_ID = re.compile(r"[A-Z]{2,6}:[^\s|:]+")
_CONTROL = re.compile(r"[\x00-\x1f]")


class OwnRow(NamedTuple):
    """A row of an own-actors file: its names as written, what each means, and the line that it begins on."""

    names: tuple[str, ...]
    entry: Entry
    line: int


def read_own_actors(path: Path, states: Collection[str], content: bytes | None = None) -> Iterator[OwnRow]:
    """The rows of an own-actors file in order; `states` are the ids that stand without a KIND.

    `content` is what the file holds, where it was read already.

    A CSV file has the columns id, names (separated by |), sector, country, valid_from, valid_to and, for a person in
    office, person, office; source and fetched_on say where a row comes from. A TOML file holds one `[[actor]]` table
    each, `names` as an array or a string. Raises LexiconError that names file and line for an unknown column, a
    missing id or name, an unknown state, a wrong day or sector, or an id that stands twice with the same person,
    office and valid_from.
    """
    seen: set[str] = set()
    for line, cells in own_rows(path, content):
        where = f"{path}:{line}"
        row = _row(cells, where, line, states)
        entry = row.entry
        key = f"{entry.id}\t{entry.person or ''}\t{entry.office or ''}\t{entry.valid_from}"
        if key in seen:
            of = f" of {entry.person!r}" if entry.person else ""
            raise LexiconError(
                f"{where}: the id {entry.id!r}{of} stands here a second time with the same valid_from"
            )
        seen.add(key)
        yield row


def _row(cells: Sequence[str], where: str, line: int, states: Collection[str]) -> OwnRow:
    """A row checked; `cells` stand in the order of COLUMNS."""
    id_, names, sector, country, start, end, person, office, source, fetched_on = cells
    for name, cell in zip(NEEDED, cells, strict=False):
        if not cell.strip():
            raise LexiconError(f"{where}: {name} is empty or missing")
    whole = "".join(cells)
    if not whole.isprintable() and _CONTROL.search(whole):
        raise LexiconError(f"{where}: a cell holds a line break, a tab or another control character")
    if id_ not in states and id_ not in BODIES and not _ID.fullmatch(id_):
        raise LexiconError(
            f"{where}: no state has the code {id_!r}; an id is a state's (ISO 3166 alpha-3) or KIND:NAME"
        )
    if country and country not in states:
        raise LexiconError(f"{where}: no state has the code {country!r} (column country)")
    if sector and sector not in SECTORS:
        raise LexiconError(f"{where}: no sector {sector!r}; the sectors are {', '.join(sorted(SECTORS))}")
    if office and not person:
        raise LexiconError(f"{where}: office {office!r} without a person; fill the column person too")
    if start or end:
        check_days(start, end, where)
    if fetched_on:
        check_days(fetched_on, "", where)
    told = ", ".join(part for part in (source, fetched_on) if part)
    spelled = _names(names, person, where)
    entry = Entry(
        id_,
        _kind(id_, person, states),
        sector or None,
        country or (id_ if id_ in states else None),
        start,
        end,
        person or None,
        office or None,
        f"{where} ({told})" if told else where,
    )
    return OwnRow(spelled, entry, line)


def _names(text: str, person: str, where: str) -> tuple[str, ...]:
    names = [name.strip() for name in text.split("|")]
    if person and person not in names:
        names.append(person)
    for name in names:
        if len(name) < 2:
            raise LexiconError(f"{where}: the name {name!r} is too short to be found in text")
    return tuple(dict.fromkeys(names))


def _kind(id_: str, person: str, states: Collection[str]) -> str:
    if person:
        return "person"
    if id_ in states:
        return "name"
    return "media" if id_.startswith("MED:") else "body"


def read_content(path: Path) -> bytes:
    """What an own-actors file holds. Raises LexiconError where it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise LexiconError(
            f"{path}: the actors file can't be read ({error.strerror}); check the path"
        ) from error


def own_rows(path: Path, content: bytes | None = None) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The lines of an own-actors file and their cells in the order of COLUMNS, unchecked. Raises LexiconError."""
    data = read_content(path) if content is None else content
    try:
        text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
        yield from _toml_rows(path, text.read()) if path.suffix.lower() == ".toml" else _csv_rows(path, text)
    except UnicodeDecodeError as error:
        wrong = error.object[error.start]
        raise LexiconError(f"{path}: expected UTF-8, got the byte {wrong:#x}; save it as UTF-8") from error


def _csv_rows(path: Path, file: TextIO) -> Iterator[tuple[int, tuple[str, ...]]]:
    lines = csv.reader(file, strict=True)
    try:
        header = [cell.strip() for cell in next(lines, [])]
        places = _places(header, f"{path}:1")
        began = lines.line_num
        for cells in lines:
            line, began = began + 1, lines.line_num
            if len(cells) != len(header):
                if not cells:
                    continue
                raise LexiconError(f"{path}:{line}: expected {len(header)} cells, got {len(cells)}")
            cells.append("")
            yield line, tuple([cells[at].strip() for at in places])
    except csv.Error as error:
        raise LexiconError(f"{path}:{lines.line_num}: no CSV ({error})") from error


def _places(header: Sequence[str], where: str) -> list[int]:
    """Where each of COLUMNS stands in a row that ends in an empty cell; that cell for a column that is absent."""
    if not header:
        raise LexiconError(f"{where}: the file is empty; expected the columns {', '.join(COLUMNS)}")
    for name in header:
        if name not in COLUMNS:
            raise LexiconError(f"{where}: unknown column {name!r}; the columns are {', '.join(COLUMNS)}")
        if header.count(name) > 1:
            raise LexiconError(f"{where}: the column {name!r} stands twice")
    for name in NEEDED:
        if name not in header:
            raise LexiconError(f"{where}: the column {name!r} is missing")
    return [header.index(name) if name in header else len(header) for name in COLUMNS]


def _toml_rows(path: Path, text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path}: {error}") from error
    tables = whole.get("actor", [])
    other = sorted(set(whole) - {"actor"})
    if other or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise LexiconError(
            f"{path}: expected [[actor]] tables alone, got {', '.join(other) or 'another actor'}"
        )
    lines = [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if re.match(r"\s*\[\[\s*actor\s*\]\]", line)
    ]
    for index, table in enumerate(tables):
        line = lines[index] if index < len(lines) else 1
        unknown = sorted(set(table) - set(COLUMNS))
        if unknown:
            raise LexiconError(
                f"{path}:{line}: unknown column {unknown[0]!r}; the columns are {', '.join(COLUMNS)}"
            )
        yield line, tuple(_cell(table.get(name, "")) for name in COLUMNS)


def _cell(value: object) -> str:
    return "|".join(map(str, value)) if isinstance(value, list) else str(value).strip()
