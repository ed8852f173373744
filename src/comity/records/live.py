"""Which imported rows count: those that no later import retired. As SQL of tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from comity.records import engine
from comity.records.folder import View

NO_ROWS = (
    "(SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS content, NULL::DATE AS start, NULL::VARCHAR AS type, '' AS came_as, "
    "NULL::UBIGINT AS told WHERE false)"
)


def live(view: View) -> str:
    """The SQL of a table of the rows that count, each with the `number` of its import; no rows where there are none."""
    files = view.files("entries")
    if not files:
        return NO_ROWS
    return f"(SELECT * FROM {_numbered(files)} AS e {_unless_retired(view, 'id')})"


def live_impulses(view: View) -> str:
    """The SQL of a table of the impulses that count; `told` is null where a row joins no other."""
    return f"(SELECT * FROM {_numbered(view.files('impulses'))} AS e {_unless_retired(view, 'entry')})"


def _numbered(files: Sequence[Path]) -> str:
    """Rows of segments with the number in their file's name; `told` is null where they were written before it was."""
    listed = ", ".join(engine.quoted(str(path)) for path in files)
    return (
        "(SELECT * EXCLUDE (filename), parse_filename(filename)[:8]::BIGINT AS number "
        f"FROM read_parquet([{listed}], union_by_name = true, filename = true) "
        "UNION ALL BY NAME SELECT NULL::UBIGINT AS told WHERE false)"
    )


def _unless_retired(view: View, column: str) -> str:
    retired = view.files("retired")
    if not retired:
        return ""
    return (
        f"WHERE NOT EXISTS (SELECT 1 FROM {_numbered(retired)} AS r "
        f"WHERE r.id = e.{column} AND r.number > e.number)"
    )
