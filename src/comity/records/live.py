"""Which imported rows count: those that no later import retired. As SQL of tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from comity.records import engine
from comity.records.folder import View


def _number() -> str:
    return "parse_filename(filename)[:8]::BIGINT"


def live(view: View) -> str:
    """The SQL of a table of the rows that count, each with the `number` of its import; no rows where there are none."""
    files = view.files("entries")
    if not files:
        return "(SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS content, NULL::DATE AS start, '' AS came_as WHERE false)"
    return f"(SELECT * FROM {_numbered(files)} AS e {_unless_retired(view, 'id')})"


def _numbered(files: Sequence[Path]) -> str:
    listed = ", ".join(engine.quoted(str(path)) for path in files)
    return (
        f"(SELECT * EXCLUDE (filename), {_number()} AS number "
        f"FROM read_parquet([{listed}], union_by_name = true, filename = true))"
    )


def _unless_retired(view: View, column: str) -> str:
    retired = view.files("retired")
    if not retired:
        return ""
    return (
        f"WHERE NOT EXISTS (SELECT 1 FROM {_numbered(retired)} AS r "
        f"WHERE r.id = e.{column} AND r.number > e.number)"
    )


def live_impulses(view: View) -> str:
    """The SQL of a table of the impulses that count."""
    files = view.files("impulses")
    if not view.files("retired"):
        return engine.scan(files)
    return f"(SELECT * FROM {_numbered(files)} AS e {_unless_retired(view, 'entry')})"
