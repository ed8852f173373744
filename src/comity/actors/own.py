"""A user's own actors: a CSV or TOML file checked row by row."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path

from comity.actors.entries import Entry
from comity.errors import LexiconError
from comity.lexicons.tables import check_days

COLUMNS = ("id", "names", "sector", "country", "valid_from", "valid_to")
NEEDED = ("id", "names")
SECTORS = frozenset(
    "GOV MIL JUD LEG PTY COP SPY REB OPP CVL UAF CRM JRN BUS EDU LAB MED IGO NGO ELI SET AGR DEV HLH IMG MNC".split()
)


def read_own_actors(path: Path) -> tuple[tuple[str, Entry], ...]:
    """The names and entries of an own-actors file: columns id, names (separated by |), sector, country, validity.

    A TOML file holds one `[[actor]]` table each, `names` as an array or a string. Raises LexiconError that names
    file and line for an unknown column, a missing id or name, a wrong day or sector, or an id given twice.
    """
    rows = list(_toml_rows(path) if path.suffix.lower() == ".toml" else _csv_rows(path))
    seen: set[tuple[str, str]] = set()
    found: list[tuple[str, Entry]] = []
    for where, row in rows:
        found += _entries(row, where)
        key = (row["id"], row.get("valid_from", ""))
        if key in seen:
            raise LexiconError(
                f"{where}: the id {row['id']!r} stands here a second time with the same valid_from"
            )
        seen.add(key)
    return tuple(found)


def _entries(row: dict[str, str], where: str) -> Iterator[tuple[str, Entry]]:
    unknown = sorted(set(row) - set(COLUMNS))
    if unknown:
        raise LexiconError(f"{where}: unknown column {unknown[0]!r}; the columns are {', '.join(COLUMNS)}")
    for name in NEEDED:
        if not row.get(name, "").strip():
            raise LexiconError(f"{where}: {name} is empty or missing")
    sector = row.get("sector", "").strip() or None
    if sector and sector not in SECTORS:
        raise LexiconError(f"{where}: no sector {sector!r}; the sectors are {', '.join(sorted(SECTORS))}")
    start, end = row.get("valid_from", ""), row.get("valid_to", "")
    check_days(start, end, where)
    country = row.get("country", "") or (row["id"] if len(row["id"]) == 3 else None)
    for name in row["names"].split("|"):
        if len(name.strip()) < 2:
            raise LexiconError(f"{where}: the name {name!r} is too short to be found in text")
        kind = "name" if len(row["id"]) == 3 else "body"
        yield name.strip(), Entry(row["id"], kind, sector, country, start, end, source=where)


def _csv_rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        header = next(lines, [])
        for cells in lines:
            where = f"{path}:{lines.line_num}"
            if len(cells) != len(header):
                raise LexiconError(f"{where}: expected {len(header)} cells, got {len(cells)}")
            yield where, dict(zip(header, cells, strict=True))


def _toml_rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    text = path.read_text(encoding="utf-8")
    try:
        tables = tomllib.loads(text).get("actor", [])
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path}: {error}") from error
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[actor]]"]
    for index, table in enumerate(tables):
        where = f"{path}:{lines[index] if index < len(lines) else 1}"
        row = {
            key: "|".join(value) if isinstance(value, list) else str(value) for key, value in table.items()
        }
        yield where, row
