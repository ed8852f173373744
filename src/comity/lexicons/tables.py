"""The only reader of the actor tables (CSV): rows checked, in the tables' own order."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

from comity.errors import LexiconError

FOLDER = Path(__file__).resolve().parent

COLUMNS = {
    "states": ("id", "name", "kind", "iso3", "iso2", "cow", "cow_abbr", "gw", "fips", "cameo", "parent", "valid_from",
               "valid_to", "source"),
    "codes": ("system", "code", "abbreviation", "name", "state", "valid_from", "valid_to", "source"),
    "state_names": ("name", "state", "kind", "sector", "valid_from", "valid_to", "source"),
    "organisations": ("id", "name", "sector", "valid_from", "valid_to", "source"),
    "members": ("body", "state", "valid_from", "valid_to", "source"),
    "groupings": ("name", "state", "valid_from", "valid_to", "source"),
    "groups": ("id", "name", "sector", "country", "valid_from", "valid_to", "source"),
    "fights_in": ("group", "state", "valid_from", "valid_to", "source"),
    "parties": ("id", "name", "sector", "country", "valid_from", "valid_to", "source"),
    "media": ("id", "name", "kind", "country", "valid_from", "valid_to", "source"),
    "metonyms": ("name", "id", "sector", "source"),
    "leaders": ("person", "id", "office", "sector", "valid_from", "valid_to", "source"),
    "person_names": ("name", "person", "source"),
    "cities": ("name", "country", "lat", "lon", "population", "source"),
    "places": ("name", "country", "source"),
    "regions": ("name", "kind", "country", "lat", "lon", "claims", "source"),
    "towns": ("name", "country", "region", "lat", "lon", "population", "source"),
    "town_names": ("name", "country", "lat", "lon", "population", "source"),
    "coined": ("name", "valid_from", "valid_to", "source"),
    "offices": ("phrase", "kind", "sector"),
    "generics": ("phrase", "sector"),
    "words": ("word", "role"),
    "whose": ("feature", "weight"),
    "common_words": ("word", "source"),
    "needs_context": ("name", "reason"),
    "seats": ("office", "seat"),
    "seat_exceptions": ("id", "seat", "valid_from", "valid_to", "reason"),
}  # fmt: skip

Row = dict[str, str]


def read_table(name: str, folder: Path = FOLDER) -> list[Row]:
    """The rows of one table as dicts of strings; days are ISO or empty (open).

    Raises LexiconError with file and line for a wrong header, a row of another length, an empty first cell, a day
    that is none, or an interval that holds no day.
    """
    path = folder / f"{name}.csv"
    columns = COLUMNS[name]
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        header = tuple(next(lines, ()))
        if header != columns:
            raise LexiconError(f"{path.name}:1: expected columns {','.join(columns)}, got {','.join(header)}")
        rows = []
        dated = columns.index("valid_from") if "valid_from" in columns else -1
        width = len(columns)
        for cells in lines:
            if len(cells) != width or not cells[0]:
                raise LexiconError(f"{path.name}:{lines.line_num}: expected {width} cells, got {cells}")
            if dated >= 0 and (cells[dated] or cells[dated + 1]):
                check_days(cells[dated], cells[dated + 1], f"{path.name}:{lines.line_num}")
            rows.append(dict(zip(columns, cells, strict=True)))
    return rows


def check_days(start: str, end: str, where: str) -> None:
    """Raises LexiconError unless both are ISO days or empty and the half-open interval holds a day."""
    for text in (start, end):
        if text and not _is_day(text):
            raise LexiconError(f"{where}: expected a day as YYYY-MM-DD, got {text!r}")
    if start and end and end <= start:
        raise LexiconError(f"{where}: valid_to {end} must come after valid_from {start}")


@cache
def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text) is not None
    except ValueError:
        return False
