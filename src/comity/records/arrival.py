"""Rows of a file of event data as a store keeps them: each with an id, what it tells, and what it says about two states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from comity.lexicons.tables import read_table
from comity.model import STATUSES
from comity.records import engine
from comity.records.likeness import BASE, JOINED_FROM, MUTUAL, SAME_PLACE
from comity.records.lines import LINE

STORED: Mapping[str, str] = {**LINE, "same": "VARCHAR", "own_id": "VARCHAR"}
"""Columns that a reader may fill."""
COUNTED = {"asserted": 1.0, "ongoing": 1.0, "planned": 0.4, "requested": 0.0, "denied": 0.0, "historical": 0.0,
           "hypothetical": 0.0}  # fmt: skip
"""How much a row of a status says about a pair."""
assert set(COUNTED) == set(STATUSES)


SAYING_MUCH = frozenset(kind for kind, sure in BASE.items() if sure + SAME_PLACE >= JOINED_FROM)
"""Types of which parties and day say enough by themselves; of others the CAMEO category, the place and the sectors too
must be the same."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Rows of a file as CSV in `table` with its columns; what they came as; in which columns same rows are alike."""

    table: Path
    columns: tuple[str, ...]
    origin: str
    name: str
    sha256: str
    same: tuple[str, ...]
    joins: bool


def shape(db: duckdb.DuckDBPyConnection, arrived: Arrived, out: Path) -> int:
    """Write the rows with ids and what they tell, without those told twice; how many were."""
    kinds = {name: STORED.get(name, "BIGINT") for name in arrived.columns}
    shape = ", ".join(f"{engine.quoted(name)}: {engine.quoted(kind)}" for name, kind in kinds.items())
    table = (
        f"read_csv({engine.quoted(str(arrived.table))}, columns = {{{shape}}}, header = false, delim = ',', "
        "quote = '\"', escape = '\"', nullstr = '', auto_detect = false, max_line_size = 20000000)"
    )
    db.execute("CREATE TEMP TABLE twice (line BIGINT)")
    if arrived.same:
        alike = ", ".join(f'"{name}"' for name in arrived.same)
        db.execute(
            f"INSERT INTO twice SELECT line FROM (SELECT line, row_number() OVER (PARTITION BY {alike} "
            f'ORDER BY line DESC) AS n FROM {table} WHERE "{arrived.same[0]}" IS NOT NULL) WHERE n > 1'
        )
    doubled = int((db.execute("SELECT count(*) FROM twice").fetchone() or (0,))[0])
    origin = engine.quoted(arrived.origin)
    made = {
        "id": f"coalesce({_or_null('own_id', kinds)}, left(sha256({origin} || ' ' || coalesce({_or_null('key', kinds)}, "
        f"{engine.quoted(arrived.sha256)} || ':' || line)), 16))",
        "origin": f"coalesce({_or_null('origin', kinds)}, {origin})",
        "status": f"coalesce({_or_null('status', kinds)}, 'asserted')",
        "uncertain": f"coalesce({_or_null('uncertain', kinds)}::BOOLEAN, false)",
        "weight": "weight" if "weight" in arrived.columns else "1.0",
    }
    picked = ", ".join(
        f'{made.get(name) or _or_null(name, kinds, kind)} AS "{name}"' for name, kind in LINE.items()
    )
    content = ", ".join(f'"{name}"' for name in LINE if name in kinds and name not in ("weight", "id"))
    checked = f"md5(concat_ws('\x1f', {content}))" if arrived.same else "NULL::VARCHAR"
    source = f"SELECT {picked}, line, {checked} AS content, {origin} AS came_as FROM {table}"
    if doubled:
        source += " ANTI JOIN twice USING (line)"
    engine.copy_to(db, f"SELECT *, {happening_of_row(joins=arrived.joins)} AS told FROM ({source})", out)
    return doubled


def _or_null(name: str, kinds: Mapping[str, str], kind: str = "VARCHAR") -> str:
    return f'"{name}"' if name in kinds else f"NULL::{kind}"


def happening_of_row(*, joins: bool) -> str:
    """The SQL of the number of the happening that a row tells, by LINE's columns; null where it can't tell another row's.

    That is so without `joins` (each row of its form is an act of its own), without a type, a day or two parties, and
    within one party: the crowds and the police of one state meet too often on one day.
    """
    if not joins:
        return "NULL::UBIGINT"
    both = "list_sort(list_distinct(string_split(concat_ws('+', actor, recipient), '+')))"
    mutual = _listed(MUTUAL)
    parties = (
        f"CASE WHEN type IN ({mutual}) THEN array_to_string({both}, '+') ELSE actor || '>' || recipient END"
    )
    sectors = "coalesce(actor_sector, 'GOV'), coalesce(recipient_sector, 'GOV')"
    act = (
        f"CASE WHEN type IN ({_listed(SAYING_MUCH)}) THEN '' "
        f"ELSE concat_ws('|', left(cameo, 3), mode, coalesce(place, ''), {sectors}) END"
    )
    apart = "actor <> recipient OR (recipient IS NULL AND contains(actor, '+'))"
    return (
        f"CASE WHEN type IS NOT NULL AND start IS NOT NULL AND ({apart}) "
        f"THEN md5_number_lower(concat_ws('|', start, type, {parties}, {act})) END"
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(engine.quoted(name) for name in sorted(names))


TOLD = """
WITH e AS (
    SELECT id, told, start, score, quad, actor, weight * CASE status {counted} ELSE 1.0 END AS weight,
           coalesce(recipient, CASE WHEN contains(actor, '+') THEN actor END) AS recipient, recipient IS NULL AS mutual
    FROM {entries}
    WHERE score IS NOT NULL AND quad IS NOT NULL AND start IS NOT NULL AND weight > 0 AND NOT uncertain),
sides AS (
    SELECT * EXCLUDE (actor, recipient), unnest(list_distinct(string_split(actor, '+'))) AS a, recipient FROM e),
pairs AS (
    SELECT * EXCLUDE (recipient), unnest(list_distinct(string_split(recipient, '+'))) AS b FROM sides),
told AS (
    SELECT * FROM pairs
    WHERE a <> b AND weight > 0 AND (NOT mutual OR a < b) AND a IN ({states}) AND b IN ({states}))
SELECT a, b, start AS day, score, weight / sqrt(count(*) OVER (PARTITION BY id)) AS weight, quad, '' AS happening,
       id AS entry, told FROM told
ORDER BY day, a, b, score, entry
"""


def tell(db: duckdb.DuckDBPyConnection, entries: Path, out: Path) -> None:
    """Write what rows say about two states, an impulse for each pair."""
    states = ", ".join(engine.quoted(row["id"]) for row in read_table("states"))
    counted = " ".join(f"WHEN {engine.quoted(status)} THEN {share}" for status, share in COUNTED.items())
    engine.copy_to(db, TOLD.format(counted=counted, entries=engine.scan([entries]), states=states), out)


UNTOLD = """
WITH state AS (SELECT unnest([{states}]) AS id),
silent AS (
    SELECT actor, recipient, CASE
        WHEN start IS NULL THEN 'without a day'
        WHEN score IS NULL OR quad IS NULL OR weight <= 0 THEN 'without an act'
        WHEN uncertain OR status IN ({none}) THEN 'not said to have happened' END AS why, count(*) AS rows
    FROM {entries} AS e ANTI JOIN {impulses} AS i ON e.id = i.entry GROUP BY ALL),
sides AS (SELECT actor AS party FROM silent UNION SELECT recipient FROM silent),
known AS (
    SELECT DISTINCT party FROM (SELECT party, unnest(string_split(party, '+')) AS id FROM sides) SEMI JOIN state USING (id))
SELECT coalesce(why, CASE
    WHEN actor IN (FROM known) AND recipient IN (FROM known) THEN 'within one state'
    ELSE 'with an actor of no known state' END) AS why, sum(rows)
FROM silent GROUP BY 1 ORDER BY 1
"""


def untold(db: duckdb.DuckDBPyConnection, entries: Path, impulses: Path) -> dict[str, int]:
    """How many rows say nothing about two states, by why."""
    none = ", ".join(engine.quoted(status) for status, share in COUNTED.items() if not share)
    states = ", ".join(engine.quoted(row["id"]) for row in read_table("states"))
    sql = UNTOLD.format(
        states=states, none=none, entries=engine.scan([entries]), impulses=engine.scan([impulses])
    )
    return {str(why): int(count) for why, count in db.execute(sql).fetchall()}
