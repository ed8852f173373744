"""Event data made elsewhere, read row by row into a store: all of a file or nothing of it."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.errors import SourceError, UsageError
from comity.records.arrival import STORED, Arrived
from comity.records.entries import Change, add_entries, is_known
from comity.records.folder import Folder
from comity.records.formats import gdelt, icews
from comity.records.formats.cellular import unneutral
from comity.records.formats.entry import Entry, Known, Resolver, Unreadable
from comity.records.formats.files import Progress, Taken, Tally, cells, reading, sha256_of
from comity.records.formats.sniff import Sniffed, sniff

MOST_REFUSED = 0.05
"""An import stops when a larger share of its rows can't be read."""
ALWAYS = frozenset({
    "end", "mode", "quad", "context", "cameo", "score", "actor", "recipient", "actor_sector", "recipient_sector",
    "weight", "key", "other", "same", "own_id",
})  # fmt: skip
SAME: Mapping[str, tuple[str, ...]] = {
    icews.THINNED.name: ("start", "actor_text", "relation", "recipient_text"),
    icews.FULL.name: ("same",),
}
"""Columns in which rows that tell the same are alike; of other keyed forms the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """How a file is taken: who resolves names, how columns are called (ours to theirs), how much may be refused.

    With `release` the file is the whole of what its maker has for its days: rows of earlier imports that it lacks
    were deleted. With `dry_run` nothing is kept, and `changes` says what would change.
    """

    resolve: Resolver | None = None
    columns: Mapping[str, str] | None = None
    most_refused: float = MOST_REFUSED
    release: bool = False
    dry_run: bool = False
    progress: Progress | None = None
    changes: list[Change] | None = None


def take(
    store: Folder, format: str, file: Path, how: Taking | None = None, *, name: str | None = None
) -> Taken:
    """Import a file of event data; a file that was imported before is passed over, one that fails leaves nothing.

    `name` is what the import is called, the file's name without it. Raises UsageError for an unknown format, and
    SourceError when the file isn't in the format or too many of its rows can't be read.
    """
    how = how or Taking()
    if not 0 <= how.most_refused <= 1:
        raise UsageError(f"--max-refused takes a share from 0 to 1, got {how.most_refused}")
    tally = Tally(str(file))
    checksum = sha256_of(file)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "rows.csv"
        columns = dict(how.columns or {})
        with reading(file, how.progress) as lines:
            found, lines = sniff(lines, format, str(file), columns)
            if is_known(store, found.form.name, checksum) and not how.dry_run:
                return Taken(str(file), 0, None)
            filled = [column for column in STORED if column in found.form.holds | ALWAYS]
            _write(table, filled, _entries(found, lines, tally, Known(how.resolve or _nobody, columns)))
        _check(file, tally, how.most_refused)
        arrived = Arrived(
            table, (*filled, "line"), found.form.name, name or file.name, checksum,
            SAME.get(found.form.name, ("key",) if found.form.keyed else ()), found.form.joins,
        )  # fmt: skip
        done = add_entries(store, arrived, release=how.release, dry_run=how.dry_run, changes=how.changes)
    return Taken(
        str(file), tally.rows, done.stored, done.telling, done.untold, done.doubled, dict(tally.refused),
        tuple(tally.refusals), done.fresh, done.revised, done.same, done.deleted, done.number,
    )  # fmt: skip


def _nobody(name: str, on: date) -> None:
    return None


def _check(file: Path, tally: Tally, most_refused: float) -> None:
    refused = tally.refused.total()
    if refused > most_refused * tally.rows:
        raise SourceError(
            f"{file}: {refused:,} of {tally.rows:,} rows can't be read, nothing was imported; "
            f"the first: {tally.refusals[0]}",
            code="refused",
        )


def _write(table: Path, filled: Sequence[str], entries: Iterator[tuple[int, Entry]]) -> None:
    with table.open("w", encoding="utf-8", errors="replace", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerows([*map(entry.get, filled), line] for line, entry in entries)


def _entries(found: Sniffed, lines: Iterator[str], tally: Tally, known: Known) -> Iterator[tuple[int, Entry]]:
    """The rows that can be read, with their line; the others are noted in `tally`."""
    rows = _objects(lines, tally) if found.delimiter == "json" else _rows(found, lines, tally)
    read = found.form.read
    for line, row in rows:
        try:
            yield line, read(row, known)
        except Unreadable as error:
            tally.refuse(line, error.code, str(error))


def _rows(found: Sniffed, lines: Iterator[str], tally: Tally) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row as a dict of its columns; rows of another width and headers in the middle are refused."""
    widths = dict(gdelt.HEADERS) if found.form is gdelt.EVENTS and not found.headed else {}
    widths = widths or {len(found.form.header): found.form.header} | {len(found.header): found.header}
    first = [cell.lower() for cell in found.header]
    rows = cells(lines, delimiter=found.delimiter, tally=tally)
    if found.headed:
        next(rows, None)
    for line, row in rows:
        tally.rows += 1
        names = widths.get(len(row))
        if names is None and len(row) > len(found.header) and not any(row[len(found.header) :]):
            names = found.header
        if names is None:
            tally.refuse(
                line, "columns", f"expected {' or '.join(map(str, sorted(widths)))} columns, got {len(row)}"
            )
        elif (
            row[0].strip().lower() == first[0]
            and [cell.strip().lower() for cell in row[: len(first)]] == first
        ):
            tally.refuse(line, "header", "a header in the middle of the file")
        elif found.delimiter == "\t":
            yield line, dict(zip(names, row, strict=False))
        else:
            plain = [unneutral(cell) if cell[:1] == "'" else cell for cell in row]
            yield line, dict(zip(names, plain, strict=False))


def _objects(lines: Iterator[str], tally: Tally) -> Iterator[tuple[int, dict[str, str]]]:
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        tally.rows += 1
        try:
            row = json.loads(text)
        except ValueError as error:
            tally.refuse(number, "json", f"expected a JSON object ({error})")
            continue
        if isinstance(row, dict) and "\\u0000" not in text:
            yield number, row
        else:
            tally.refuse(number, "json", "expected a JSON object without NUL characters")
