"""Rows to a table, JSON lines or CSV, on standard output or in a file."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table

Row = Mapping[str, object]


class Format(StrEnum):
    """How rows are written; a table where a person looks on, JSON lines where a program does."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


def chosen(format: str | None, out: Path | None) -> str:
    """The format asked for, else by the file's suffix, else a table on a terminal and JSON lines elsewhere."""
    if format:
        return str(format)
    if out is not None:
        return {".csv": "csv", ".parquet": "parquet"}.get(out.suffix, "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"


def write_rows(rows: Iterable[Row], *, format: str, columns: Sequence[str], out: Path | None = None) -> None:
    """Writes rows; a table and CSV show `columns` (dotted paths into the row), JSON lines the whole row."""
    if out is None:
        _write(rows, format, columns, sys.stdout)
        return
    with out.open("w", encoding="utf-8", newline="") as file:
        _write(rows, format, columns, file)


def _write(rows: Iterable[Row], format: str, columns: Sequence[str], file: TextIO) -> None:
    if format == "jsonl":
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    elif format == "csv":
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([neutral(cell(row, column)) for column in columns])
    else:
        file.write(table(rows, columns))


def table(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """A plain-text table as wide as the terminal; with no row it says so."""
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        shown.add_column(column, overflow="fold")
    count = 0
    for row in rows:
        shown.add_row(*(cell(row, column) for column in columns))
        count += 1
    if not count:
        return "nothing found\n"
    text = io.StringIO()
    Console(file=text, width=None if sys.stdout.isatty() else 160, highlight=False).print(shown, markup=False)
    return text.getvalue()


def cell(row: object, path: str) -> str:
    """The value at a dotted path as one short string; lists are joined by `+`, nulls are empty."""
    for name in path.split("."):
        if isinstance(row, list | tuple):
            row = [item.get(name) if isinstance(item, Mapping) else item for item in row]
        elif isinstance(row, Mapping):
            row = row.get(name)
    if row is None:
        return ""
    if isinstance(row, list | tuple):
        return "+".join(str(item) for item in row if item is not None)
    return str(row)


def neutral(text: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "@", "\t", "\r") or _formula(text) else text


def _formula(text: str) -> bool:
    return text[:1] == "-" and not text[1:].replace(".", "", 1).isdigit()
