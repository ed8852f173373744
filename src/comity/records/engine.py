"""DuckDB, the only one that reads and writes Parquet here."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

Columns = Mapping[str, str]
"""The name and the DuckDB type of each column, in order."""

PARQUET = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 8192"
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def connect(*, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A connection to an empty database in memory that never loads an extension from elsewhere."""
    config: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": tempfile.gettempdir(),
    }
    if threads is not None:
        config["threads"] = threads
    return duckdb.connect(":memory:", config=config)


def write_rows(path: Path, columns: Columns, rows: Sequence[Mapping[str, object]]) -> None:
    """Write rows to a Parquet file: same rows, same bytes. Lone surrogates become U+FFFD."""
    with connect(threads=1) as db:
        load_rows(db, "part", columns, rows)
        copy_to(db, "SELECT * FROM part", path)


def mended(text: str) -> str:
    """Text that UTF-8 can hold: each lone surrogate is U+FFFD, so that offsets stay."""
    return LONE_SURROGATE.sub("\ufffd", text)


def load_rows(
    db: duckdb.DuckDBPyConnection, table: str, columns: Columns, rows: Sequence[Mapping[str, object]]
) -> None:
    """Append rows to a table, which is made if need be."""
    made = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    db.execute(f"CREATE TABLE IF NOT EXISTS {table} ({made})")
    shape = json.dumps([{name: _shape(kind) for name, kind in columns.items()}])
    names = ", ".join(f'r."{name}"' for name in columns)
    insert = f"INSERT INTO {table} SELECT {names} FROM (SELECT unnest(from_json(?::JSON, '{shape}')) AS r)"
    for at in range(0, len(rows), 5000):
        text = json.dumps(rows[at : at + 5000], ensure_ascii=False)
        db.execute(insert, [mended(text)])


def literal(columns: Columns, rows: Sequence[Mapping[str, object]]) -> str:
    """The SQL of a table that holds these rows."""
    shape = json.dumps([{name: _shape(kind) for name, kind in columns.items()}])
    names = ", ".join(f'r."{name}"::{kind} AS "{name}"' for name, kind in columns.items())
    text = quoted(mended(json.dumps(list(rows), ensure_ascii=False)))
    return f"(SELECT {names} FROM (SELECT unnest(from_json({text}::JSON, '{shape}')) AS r))"


def _shape(kind: str) -> object:
    return [kind[:-2]] if kind.endswith("[]") else kind


def merge(path: Path, parts: Sequence[Path]) -> None:
    """Write the rows of several Parquet files, in order, to one."""
    with connect(threads=1) as db:
        copy_to(db, f"SELECT * FROM {scan(parts)}", path)


def copy_to(db: duckdb.DuckDBPyConnection, select: str, path: Path) -> None:
    """Write a query's rows to a Parquet file."""
    db.execute(f"COPY ({select}) TO {quoted(str(path))} ({PARQUET})")


def scan(paths: Sequence[Path]) -> str:
    """The SQL of a table that reads Parquet files."""
    return f"read_parquet([{', '.join(quoted(str(path)) for path in paths)}], union_by_name = true)"


def quoted(text: str) -> str:
    """Text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def sha256_of(path: Path) -> str:
    """The sha256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(temporary: Path, final: Path) -> None:
    """Rename a written file to its name, both the bytes and the name safe on the disk."""
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(final)
    sync_folder(final.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe on the disk, where the system lets one."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # pragma: no cover - Windows
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
