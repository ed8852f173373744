"""Happenings found by words and by fields, counted by field, a page at a time.

A `Search` holds one state of a store in tables in memory: a row a happening, a row a report of it. It is drawn up once and
may be asked from many threads.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from comity.errors import BadInterval, ComityError, UsageError
from comity.records import engine
from comity.records.corrected import corrected
from comity.records.derived import join_all
from comity.records.folder import Folder
from comity.records.query import several
from comity.records.words import holding_sql, index_files, word_values, words_of

SECONDS = 10.0
"""A question that takes longer is broken off."""
SORTS: Mapping[str, tuple[str, str]] = {
    "newest": ("coalesce(start_on, DATE '0001-01-01')", "<"),
    "oldest": ("coalesce(start_on, DATE '9999-12-31')", ">"),
    "confidence": ("confidence", "<"),
    "tellings": ("independent * 1000000 + tellings", "<"),
}
"""For each order what it goes by, and how the next row's value compares; rows of one value go by id."""
FACETS = ("type", "status", "actor", "recipient", "publisher", "teller", "year")
MOST_VALUES = 12
"""So many values of a field are counted, the most frequent first."""
MOST_ROWS = 500

DRAWN = """
CREATE TABLE event AS
SELECT id, quad, document_id, publisher, published_on, confidence,
       coalesce(nullif(sentence, ''), json_extract_string(json, '$.evidence.text')) AS sentence,
       CASE WHEN contains(json, '"by":[]') THEN [] ELSE json_extract_string(json, '$.by[*].id') END AS tellers
FROM {events} WHERE NOT uncertain;
CREATE TABLE happening AS
SELECT (row_number() OVER (ORDER BY start_on DESC NULLS LAST, id) - 1)::INTEGER AS n, id, type, status, actor, recipient,
       start_on, end_on, confidence, tellings, independent, events
FROM {happenings};
CREATE TABLE told AS
SELECT n, e.* FROM (SELECT n, unnest(events) AS id FROM happening) AS h JOIN event AS e USING (id);
DROP TABLE event;
CREATE TABLE found AS
SELECT h.* EXCLUDE (events), t.quad, t.publishers, t.tellers, t.sentence, t.document_id
FROM happening AS h JOIN (
    SELECT n, arg_max(quad, (confidence, id)) AS quad, arg_max(sentence, (confidence, id)) AS sentence,
           arg_max(document_id, (confidence, id)) AS document_id, list(DISTINCT publisher) AS publishers,
           list_distinct(flatten(list(tellers))) AS tellers
    FROM told GROUP BY n) AS t USING (n)
ORDER BY n;
CREATE TABLE report AS SELECT DISTINCT part, place, n FROM
    (SELECT document_id, n FROM told) JOIN ({places}) USING (document_id) ORDER BY part, place;
DROP TABLE told;
DROP TABLE happening;
"""
COLUMNS = (
    "n", "id", "type", "quad", "status", "actor", "recipient", "start_on", "end_on", "confidence", "tellings",
    "independent", "publishers", "tellers", "sentence", "document_id",
)  # fmt: skip


After = tuple[str, str]
"""The value that the order goes by, and the id, of the last row seen: it holds when the store grows meanwhile."""


class TooLong(ComityError):
    """A question that was broken off, since it took too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """Which happenings; every condition given must hold, None asks nothing.

    `words` must all stand in one report (its title too); `*` at a word's end stands for any ending. `actor`, `recipient`
    and `state` are ids as in EventQuery, a mutual act's parties count on both sides. `publisher` and `teller` are those of
    one of the reports. `least` is the lowest confidence, in [0, 1]. `from_`, `to` are half-open days.
    """

    words: str | None = None
    actor: str | None = None
    recipient: str | None = None
    state: str | None = None
    type: str | tuple[str, ...] | None = None
    status: str | tuple[str, ...] | None = None
    publisher: str | None = None
    teller: str | None = None
    from_: date | None = None
    to: date | None = None
    least: float | None = None

    def __post_init__(self) -> None:
        if self.from_ and self.to and self.to <= self.from_:
            raise BadInterval(f"the days asked for must end after they begin, got {self.from_} to {self.to}")
        if self.least is not None and not 0 <= self.least <= 1:
            raise UsageError(f"the lowest confidence lies in [0, 1], got {self.least}")

    def to_dict(self) -> dict[str, object]:
        """The conditions that were given, JSON-ready."""
        row = {item.name.rstrip("_"): getattr(self, item.name) for item in fields(self)}
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items() if v is not None}


@dataclass(frozen=True, slots=True)
class Hit:
    """A happening in short. `sentence` is that of its most certain event, `document` the report it stands in."""

    id: str
    type: str
    quad: str
    status: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    start: date | None
    end: date | None
    confidence: float
    tellings: int
    independent: int
    publishers: tuple[str, ...]
    tellers: tuple[str, ...]
    sentence: str
    document: str

    def to_dict(self) -> dict[str, object]:
        """The hit as a JSON-ready row."""
        row: dict[str, object] = {name: getattr(self, name) for name in self.__slots__}
        row |= {name: list(getattr(self, name)) for name in ("actor", "recipient", "publishers", "tellers")}
        row |= {
            name: value.isoformat() if value else None
            for name, value in (("start", self.start), ("end", self.end))
        }
        return row | {"confidence": round(self.confidence, 4)}


@dataclass(frozen=True, slots=True)
class Found:
    """Some of the happenings found, how many there are in all, and after what the next page begins (None at the end)."""

    rows: tuple[Hit, ...]
    total: int
    next: After | None


class Search:
    """One state of a store to be searched. `Search.draw` draws it up."""

    def __init__(self, db: duckdb.DuckDBPyConnection, words: Sequence[Path]) -> None:
        self._db = db
        self._words = tuple(words)

    @classmethod
    def draw(cls, store: Folder) -> Search:
        """The store as it stands: certain events only, joined to happenings."""
        kept = join_all(store)
        db = engine.connect()
        with store.reading("events", "documents") as view:
            if kept is None:
                db.execute("CREATE TABLE found (n INTEGER)")
                return cls(db, ())
            places = " UNION ALL ".join(
                f"SELECT {part} AS part, file_row_number::INTEGER AS place, id AS document_id "
                f"FROM read_parquet({engine.quoted(str(file))}, file_row_number = true)"
                for part, file in enumerate(view.files("documents"))
            )
            happenings = engine.scan([kept])
            db.execute(
                DRAWN.format(events=corrected(store, view).events, happenings=happenings, places=places)
            )
            return cls(db, index_files(store, view))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be found."""
        return not self._ask("SELECT count(*) FROM found", {})[0][0]

    def find(
        self, query: SearchQuery, *, sort: str = "newest", after: After | None = None, limit: int = 25
    ) -> Found:
        """The happenings in this order, those behind `after`. Raises UsageError for another sort, TooLong after SECONDS."""
        if sort not in SORTS:
            raise UsageError(f"no order {sort!r}; there are {', '.join(SORTS)}")
        if not 1 <= limit <= MOST_ROWS:
            raise UsageError(f"a page has 1 to {MOST_ROWS} rows, got {limit}")
        if self.empty:
            return Found((), 0, None)
        condition, values = self._where(query)
        total = self._ask(f"SELECT count(*) FROM found WHERE {condition}", values)[0][0]
        key, behind = SORTS[sort]
        if after is not None:
            by_day = "DATE" in key
            if by_day != (len(after[0].split("-")) == 3):
                raise UsageError("this page follows one of another order; begin at the first")
            cast = f"$key::{'DATE' if by_day else 'DOUBLE'}"
            condition += f" AND ({key} {behind} {cast} OR ({key} = {cast} AND id > $id))"
            values |= {"key": after[0], "id": after[1]}
        order = f"{key} {'DESC' if behind == '<' else 'ASC'}, id"
        sql = f"SELECT {', '.join(COLUMNS)}, {key} AS key FROM found WHERE {condition} ORDER BY {order} LIMIT {limit + 1}"
        rows = self._ask(sql, values)
        last = rows[limit - 1] if len(rows) > limit else None
        return Found(tuple(map(_hit, rows[:limit])), total, (str(last[-1]), last[1]) if last else None)

    def facets(self, query: SearchQuery) -> dict[str, list[tuple[str, int]]]:
        """How many of the happenings have which value, by field, the most frequent first; years from the last."""
        if self.empty:
            return {name: [] for name in FACETS}
        condition, values = self._where(query)
        found: dict[str, list[tuple[str, int]]] = {}
        with self._cursor() as cursor:
            cursor.execute(
                f"CREATE TEMP TABLE asked AS SELECT {FACETED} FROM found WHERE {condition}", values
            )
            try:
                for name in FACETS:
                    rows = cursor.execute(COUNTED[name]).fetchall()
                    found[name] = [(str(value), count) for value, count in rows]
            finally:
                cursor.execute("DROP TABLE asked")
        return found

    def _where(self, query: SearchQuery) -> tuple[str, dict[str, object]]:
        tests, values = ["true"], dict[str, object]()
        for name, value in (
            ("actor", query.actor), ("recipient", query.recipient), ("state", query.state),
            ("type", list(several(query.type)) or None), ("status", list(several(query.status)) or None),
            ("publisher", query.publisher), ("teller", query.teller), ("from", query.from_), ("to", query.to),
            ("least", query.least),
        ):  # fmt: skip
            if value is not None:
                tests.append(TESTS[name])
                values[name] = value
        if query.words is not None:
            words = words_of(query.words)
            if not words:
                raise UsageError(f"a search needs a word of letters or digits, got {query.words!r}")
            tests.append(
                f"n IN (SELECT n FROM report JOIN {holding_sql(self._words, words)} USING (part, place))"
            )
            values |= word_values(words)
        return " AND ".join(tests), values

    def _ask(self, sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        with self._cursor() as cursor:
            return cursor.execute(sql, dict(values)).fetchall()

    def _cursor(self) -> _Timed:
        return _Timed(self._db.cursor())


class _Timed:
    """A cursor whose questions are broken off after SECONDS, and closed in the end."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor
        self._timer = threading.Timer(SECONDS, cursor.interrupt)

    def __enter__(self) -> duckdb.DuckDBPyConnection:
        self._timer.daemon = True
        self._timer.start()
        return self._cursor

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        self._timer.cancel()
        self._cursor.close()
        if isinstance(error, duckdb.InterruptException):
            raise TooLong(
                f"this search took longer than {SECONDS:g} s and was broken off; ask for fewer days or rarer words"
            ) from error


TESTS: Mapping[str, str] = {
    "actor": "list_contains(actor, $actor)",
    "recipient": "(list_contains(recipient, $recipient) OR "
    "(len(recipient) = 0 AND len(actor) > 1 AND list_contains(actor, $recipient)))",
    "state": "(list_contains(actor, $state) OR list_contains(recipient, $state))",
    "type": "list_contains($type, type)",
    "status": "list_contains($status, status)",
    "publisher": "list_contains(publishers, $publisher)",
    "teller": "list_contains(tellers, $teller)",
    "from": "end_on > $from::DATE",
    "to": "start_on < $to::DATE",
    "least": "confidence >= $least",
}
FACETED = "type, status, actor, recipient, publishers AS publisher, tellers AS teller, year(start_on) AS year"
COUNTED: Mapping[str, str] = {
    name: f"SELECT {value} AS v, count(*) AS c FROM asked GROUP BY v HAVING v IS NOT NULL "
    f"ORDER BY {'v DESC' if name == 'year' else 'c DESC, v'} LIMIT {40 if name == 'year' else MOST_VALUES}"
    for name, value in (
        (name, f"unnest({name})" if name in ("actor", "recipient", "publisher", "teller") else name)
        for name in FACETS
    )
}


def _hit(row: Sequence[Any]) -> Hit:
    value = dict(zip(COLUMNS, row[: len(COLUMNS)], strict=True))
    return Hit(
        value["id"], value["type"], value["quad"], value["status"], tuple(value["actor"]), tuple(value["recipient"]),
        value["start_on"], value["end_on"], value["confidence"], value["tellings"], value["independent"],
        tuple(sorted(p for p in value["publishers"] if p)), tuple(sorted(t for t in value["tellers"] if t)),
        value["sentence"], value["document_id"],
    )  # fmt: skip
