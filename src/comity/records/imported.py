"""Imported rows joined to happenings: which rows tell one, how many do, and the happenings that they tell.

Such rows have no words to compare. What can be compared are the day, the parties, the act and the place, and rows that
are the same in these tell one happening (`arrival.happening_of_row`). So it follows from the row alone: a day that is added costs
that day, and the order in which files came has no say. docs/happenings.md says how often that is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.records import engine
from comity.records.folder import Folder
from comity.records.lining import where_line
from comity.records.live import live
from comity.records.query import EventQuery

ROWS = ("entries", "retired")
SHOWN = ("id", "origin", "key", "actor_text", "relation", "recipient_text", "place", "publisher", "url")
"""Columns of a row that stand in the happening that it tells."""


SHARES = """
WITH row AS (SELECT came_as, type, told FROM {rows} WHERE told IS NOT NULL),
told AS (SELECT told, count(*) AS tellings FROM row GROUP BY told)
SELECT came_as, coalesce(type, 'all'), count(*), count(DISTINCT told), count(*) FILTER (tellings > 1)
FROM row JOIN told USING (told) GROUP BY GROUPING SETS ((came_as), (came_as, type)) ORDER BY came_as, type NULLS FIRST
"""


def shares(store: Folder) -> list[dict[str, Any]]:
    """How many imported rows join, by form and type, `all` first: `{"format", "type", "rows", "happenings", "joined",
    "share"}`.

    `rows` are those that could join: with a type, a day and two different parties. `joined` tell a happening that
    another row tells too, of any form; `share` in [0, 1] is their part.
    """
    with store.reading(*ROWS) as view, engine.connect() as db:
        rows = db.execute(SHARES.format(rows=live(view))).fetchall()
    names = ("format", "type", "rows", "happenings", "joined")
    return [dict(zip(names, row, strict=True)) | {"share": round(row[4] / row[2], 4)} for row in rows]


HAPPENINGS = """
WITH row AS (SELECT *, coalesce(printf('%016x', told), id) AS happening FROM {rows} WHERE type IS NOT NULL),
hit AS (SELECT DISTINCT happening FROM row WHERE {condition})
SELECT happening, min(type), list(DISTINCT actor), list(DISTINCT recipient), min(start), max("end"), mode(status), count(*),
    count(DISTINCT coalesce(publisher, regexp_extract(url, '//([^/]+)', 1), came_as)),
    list({{{shown}}} ORDER BY id)
FROM row SEMI JOIN hit USING (happening) GROUP BY happening
ORDER BY min(start) {direction} NULLS LAST, happening {limit}
"""


def imported_happenings(store: Folder, query: EventQuery) -> Iterator[dict[str, Any]]:
    """The happenings that imported rows tell of which at least one is what the query asks for, newest first.

    As `Happening.to_dict` has them, with `rows` where that has `events`: they have no words to quote. `confidence` is
    null: their makers give none. `independent` counts publishers, sites, or else forms.
    """
    condition, values = where_line(query)
    sql = HAPPENINGS.format(
        rows="{rows}",
        condition=condition,
        shown=", ".join(f"{engine.quoted(name)}: {name}" for name in SHOWN),
        direction="DESC" if query.newest_first else "ASC",
        limit="" if query.limit is None else f"LIMIT {int(query.limit)}",
    )
    with store.reading(*ROWS) as view, engine.connect() as db:
        found = db.execute(sql.replace("{rows}", live(view)), values)
        while rows := found.fetchmany(5000):
            yield from map(_happening, rows)


def _happening(row: tuple[Any, ...]) -> dict[str, Any]:
    id_, kind, actors, recipients, start, end, status, tellings, independent, rows = row
    if len(actors) > 1 or len(recipients) > 1:  # rows of a mutual act that name the sides differently
        actors, recipients = actors + recipients, []
    return {
        "id": id_,
        "type": kind,
        "actor": _ids(actors),
        "recipient": _ids(recipients),
        "on": {"start": _iso(start), "end": _iso(end), "text": None, "from": "given"},
        "status": status,
        "confidence": None,
        "tellings": tellings,
        "independent": independent,
        "disagreements": [],
        "events": [],
        "rows": rows,
    }


def _ids(sides: list[str | None]) -> list[str]:
    """The ids of sides, whose ids are joined by `+`, each once."""
    return sorted({name for side in sides if side for name in side.split("+")})


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
