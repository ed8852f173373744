"""Which form of event data a file is in, by its first line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from comity.errors import SourceError, UsageError
from comity.records.formats import acled, gdelt, icews, phoenix, plover, polecat, table, ucdp
from comity.records.formats.entry import Format

FORMATS: tuple[Format, ...] = (
    gdelt.MENTIONS, gdelt.EVENTS, icews.FULL, icews.THINNED, polecat.FORMAT, acled.FORMAT, ucdp.FORMAT,
    phoenix.FORMAT, plover.FORMAT, table.OWN, table.NAMED,
)  # fmt: skip
FAMILIES = {"gdelt-mentions": "gdelt", "icews-thinned": "icews"}
"""Forms that are read under the name of another."""
IMPORTS = frozenset({form.name for form in FORMATS} - FAMILIES.keys())


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file is: its form, what parts its cells, its header (their columns in order), whether line 1 is it."""

    form: Format
    delimiter: str
    header: tuple[str, ...]
    headed: bool


def family(form: Format) -> str:
    """The name that a user gives the form."""
    return FAMILIES.get(form.name, form.name)


def sniff(
    lines: Iterator[str], name: str, file: str, columns: dict[str, str]
) -> tuple[Sniffed, Iterator[str]]:
    """What a file that was called `name` is, and its lines from the first on.

    Raises SourceError when it is no file of that name; what it looks like stands in the message.
    """
    if name not in IMPORTS:
        raise UsageError(f"no format {name!r} to import; there are {', '.join(sorted(IMPORTS))}")
    first = next(lines, "")
    found = _found(first, name)
    if name == "csv" and not (found and found.form is table.OWN):
        named = _named(first, file, columns)
        if named:
            return named, chain((first,), lines)
    if found is None or family(found.form) != name:
        raise _other(first, name, file, found)
    return found, chain((first,), lines)


def _found(first: str, name: str) -> Sniffed | None:
    if first.lstrip().startswith("{"):
        return _json(first)
    delimiter = "\t" if first.count("\t") >= first.count(",") and "\t" in first else ","
    header = tuple(cell.strip() for cell in _split(first, delimiter))
    lower = {cell.lower() for cell in header}
    ordered = sorted(FORMATS, key=lambda form: family(form) != name)
    for form in ordered:
        if form.delimiter != "json" and form is not table.NAMED and form.marks <= lower:
            own = {column.lower(): column for column in form.header}
            return Sniffed(form, delimiter, tuple(own.get(cell.lower(), cell) for cell in header), True)
    for form in ordered:
        if not form.headed and len(header) in form.widths and header[1][:8].isdigit():
            columns = gdelt.HEADERS[len(header)] if form is gdelt.EVENTS else form.header[: len(header)]
            return Sniffed(form, delimiter, columns, False)
    if table.NAMED.marks <= lower:
        return Sniffed(table.NAMED, delimiter, header, True)
    return None


def _split(first: str, delimiter: str) -> Sequence[str]:
    return next(csv.reader([first.rstrip("\r\n")], delimiter=delimiter, quoting=csv.QUOTE_MINIMAL), [])


def _json(first: str) -> Sniffed | None:
    try:
        row = json.loads(first)
    except ValueError:
        return None
    fits = isinstance(row, dict) and plover.FORMAT.marks <= row.keys()
    return Sniffed(plover.FORMAT, "json", plover.FORMAT.header, False) if fits else None


def _named(first: str, file: str, columns: dict[str, str]) -> Sniffed | None:
    """A table with columns named by the user, or under common names."""
    delimiter = max((",", ";", "\t"), key=first.count)
    header = tuple(cell.strip() for cell in _split(first, delimiter))
    places = table.places(header, columns, file)
    if not table.is_whole(places):
        return None
    columns.update(places)
    return Sniffed(table.NAMED, delimiter, header, True)


EXPECTED = {
    "csv": "columns date, a, b and one of type, cameo, relation, score",
    "gdelt": "57, 58 or 61 columns (events) or 16 (mentions) parted by tabs",
    "plover": "a JSON object a line with date, source, target, event",
}


def _other(first: str, name: str, file: str, found: Sniffed | None) -> SourceError:
    looks = family(found.form) if found else None
    if looks is None and len(first.rstrip("\r\n").split("\t")) in gdelt.HEADERS:
        looks = "gdelt"
    hint = f"; it looks like {looks}: comity import {looks} {file}" if looks and looks != name else ""
    wanted = EXPECTED.get(name) or "columns " + ", ".join(
        next(form for form in FORMATS if family(form) == name).header[:8]
    )
    shown = " ".join(first.split())[:120].replace("\0", "")
    return SourceError(f"{file}:1: expected {wanted} ({name}), got {shown!r}{hint}", code="format")
