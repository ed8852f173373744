"""Tables of events as Parquet, Arrow, Excel and Stata files."""

from __future__ import annotations

import csv
import importlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from comity.errors import UsageError
from comity.records import engine
from comity.records.formats.cellular import neutral
from comity.records.lines import LINE, TOLD

Line = Mapping[str, Any]
SHEET_ROWS = 1_048_576
CELL = 32_767
"""Rows of a sheet and characters of a cell that Excel can hold."""
STRING = 2045
"""Characters of a plain string in Stata; longer ones are kept as strL."""
RESERVED = {"quad": "quad_class", "end": "end_on"}
"""Columns whose names mean something else to Stata."""
NO_TIME = datetime(2000, 1, 1)
"""The time that is written where a form wants one, so that the same events make the same bytes."""


@contextmanager
def _staged(lines: Iterable[Line]) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
    """A connection and the SQL of a table that holds the lines; they lie on the disk, not in memory."""
    with tempfile.TemporaryDirectory() as folder, engine.connect(threads=1) as db:
        table = Path(folder) / "lines.csv"
        with table.open("w", encoding="utf-8", errors="replace", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerows([line[name] for name in LINE] for line in lines)
        shape = ", ".join(f"{engine.quoted(name)}: {engine.quoted(kind)}" for name, kind in LINE.items())
        yield (
            db,
            f"SELECT * FROM read_csv({engine.quoted(str(table))}, columns = {{{shape}}}, header = false, delim = ',', "
            "quote = '\"', escape = '\"', nullstr = '', auto_detect = false, max_line_size = 20000000)",
        )


def _parquet(lines: Iterable[Line], out: Path) -> None:
    with _staged(lines) as (db, table):
        engine.copy_to(db, table, out)


def _arrow(lines: Iterable[Line], out: Path) -> None:
    arrow = _library("pyarrow", "frames", "arrow")
    ipc = importlib.import_module("pyarrow.ipc")
    with _staged(lines) as (db, table):
        found = db.sql(table)
        batches = (
            found.to_arrow_reader(8192)
            if hasattr(found, "to_arrow_reader")
            else found.fetch_arrow_reader(8192)
        )
        with arrow.OSFile(str(out), "wb") as file, ipc.new_file(file, batches.schema) as written:
            for batch in batches:
                written.write_batch(batch)


def _library(name: str, extra: str, format: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise UsageError(
            f"{format} needs {name}, which isn't installed: pip install 'comity[{extra}]'"
        ) from None


def _xlsx(lines: Iterable[Line], out: Path) -> None:
    library = _library("xlsxwriter", "xlsx", "xlsx")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with library.Workbook(str(out), options) as book:
        book.set_properties({"created": NO_TIME})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("events")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, list(LINE))
        for number, line in enumerate(lines, 1):
            if number >= SHEET_ROWS:
                raise UsageError(
                    f"a sheet of Excel holds {SHEET_ROWS - 1:,} rows; narrow the query, or export parquet or csv"
                )
            for column, (name, kind) in enumerate(LINE.items()):
                _cell(sheet, (number, column), line[name], kind, day)


def _cell(sheet: Any, at: tuple[int, int], value: Any, kind: str, day: Any) -> None:
    if value is None:
        return
    if kind == "DATE":
        sheet.write_datetime(*at, _as_date(value), day)
    elif kind == "BOOLEAN":
        sheet.write_boolean(*at, bool(value))
    elif kind == "VARCHAR":
        sheet.write_string(*at, str(neutral(value))[:CELL])
    else:
        sheet.write_number(*at, value)


def _as_date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _dta(lines: Iterable[Line], out: Path) -> None:
    pandas = _library("pandas", "frames", "dta")
    frame = pandas.DataFrame(([line[name] for name in LINE] for line in lines), columns=list(LINE))
    days, long = {}, []
    for name, kind in LINE.items():
        if kind == "DATE":
            frame[name] = pandas.to_datetime(frame[name])
            days[name] = "td"
        elif kind in ("DOUBLE", "BIGINT"):
            frame[name] = pandas.to_numeric(frame[name]).astype("float64")
        elif kind == "BOOLEAN":
            frame[name] = frame[name].fillna(False).astype("int8")
        else:
            frame[name] = frame[name].fillna("").astype(object)
            if frame[name].str.encode("utf-8").str.len().max() > STRING:
                long.append(name)
    frame = frame.rename(columns=RESERVED)
    labels = {RESERVED.get(name, name): TOLD[name][:80] for name in LINE}
    frame.to_stata(
        out, write_index=False, version=118, convert_dates={RESERVED.get(k, k): v for k, v in days.items()},
        convert_strl=long, time_stamp=NO_TIME, data_label="Events exported by comity", variable_labels=labels,
    )  # fmt: skip


WRITERS: Mapping[str, Callable[[Iterable[Line], Path], None]] = {
    "parquet": _parquet,
    "arrow": _arrow,
    "xlsx": _xlsx,
    "dta": _dta,
}
