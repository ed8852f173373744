"""Stored events and imported rows as lines of one table, by one query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from comity.records.entries import entries
from comity.records.folder import Folder
from comity.records.lines import LINE
from comity.records.query import EventQuery, several
from comity.records.results import flat

Row = Mapping[str, Any]
"""An event's dict, or a line of an imported row."""


def line_of(row: Row) -> dict[str, Any]:
    """A row as a line with LINE's columns; days of an event are ISO text, of an imported row `date`."""
    if "actor" in row and not isinstance(row["actor"], list):
        return {name: row.get(name) for name in LINE}
    texts = {
        f"{side}_text": "+".join(party["text"] for party in row[side]) or None
        for side in ("actor", "recipient")
    }
    line = {name: value if value != "" else None for name, value in flat(row).items()}
    return {**dict.fromkeys(LINE), **line, **texts, "weight": 1.0, "origin": "comity", "key": row["id"]}


def rows_of(events: Iterator[Row], store: Folder, query: EventQuery) -> Iterator[Row]:
    """The events that were found, then the imported rows that the query asks for, by day."""
    count = 0
    for row in events:
        count += 1
        yield row
    left = None if query.limit is None else query.limit - count
    condition, values = where_line(query)
    if query.document is None and left != 0:
        for number, row in enumerate(entries(store, condition, values)):
            if left is not None and number >= left:
                return
            yield row


def where_line(query: EventQuery) -> tuple[str, dict[str, object]]:
    """The SQL condition on an imported row that a query stands for, and its parameters."""
    tests: list[str] = ["came_as <> 'gdelt-mentions'"] + (
        [] if query.include_uncertain else ["NOT uncertain"]
    )
    values: dict[str, object] = {}

    def test(sql: str, name: str, value: object) -> None:
        if value is not None and value != []:
            tests.append(sql.format(f"${name}"))
            values[name] = value

    acts = "list_contains(string_split(coalesce(actor, ''), '+'), {0})"
    gets = "list_contains(string_split(coalesce(recipient, ''), '+'), {0})"
    mutual = f"(recipient IS NULL AND contains(actor, '+') AND {acts})"
    test(acts, "actor", query.actor)
    test(f"({gets} OR {mutual})", "recipient", query.recipient)
    test(f"({acts} OR {gets})", "state", query.state)
    if query.pair:
        test(f"({acts} OR {gets})", "pair_a", query.pair[0])
        test(f"({acts} OR {gets})", "pair_b", query.pair[1])
    test("list_contains({0}, type)", "type", list(several(query.type)))
    test("list_contains({0}, status)", "status", list(several(query.status)))
    test('"end" > {0}::DATE', "from_day", query.from_)
    test("start < {0}::DATE", "to_day", query.to)
    test("publisher = {0}", "publisher", query.publisher)
    return " AND ".join(tests), values
