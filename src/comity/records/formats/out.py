"""Events written in a form that other tools read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from comity.errors import UsageError
from comity.records import engine
from comity.records.results import COLUMNS, DAYS, flat
from comity.records.rows import dumps

Row = Mapping[str, Any]

PARQUET_TYPES = {
    **dict.fromkeys(COLUMNS, "VARCHAR"),
    **dict.fromkeys(DAYS, "DATE"),
    **dict.fromkeys(("score", "confidence", "lat", "lon"), "DOUBLE"),
    **dict.fromkeys(("evidence_start", "evidence_end"), "BIGINT"),
    "uncertain": "BOOLEAN",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet."""


def write(
    rows: Iterable[Row], *, format: str, out: Path | None = None, sentences: Mapping[str, str] | None = None
) -> str | None:
    """Events (`to_dict` rows) in a format, to the file `out`, or returned as text where it is None.

    `parquet` needs a file. `sentences` (by event id) are the sentences that `plover` carries as its text;
    without them it carries the evidence. Raises UsageError for an unknown format.
    """
    if format not in EXPORTS:
        raise UsageError(f"no format {format!r} to write; there are {', '.join(sorted(EXPORTS))}")
    if format == "parquet":
        if out is None:
            raise UsageError("parquet goes to a file: name one with -o events.parquet")
        _parquet(list(rows), out)
        return None
    text = _plover(rows, sentences or {}) if format == "plover" else TEXTS[format](rows)
    if out is None:
        return text
    out.write_text(text, encoding="utf-8", newline="")
    return None


def _jsonl(rows: Iterable[Row]) -> str:
    return "".join(f"{dumps(row)}\n" for row in rows)


def _csv(rows: Iterable[Row]) -> str:
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    for row in rows:
        cells = flat(row)
        lines.writerow([_cell(cells[name]) for name in COLUMNS])
    return text.getvalue()


def _cell(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value


def _plover(rows: Iterable[Row], sentences: Mapping[str, str]) -> str:
    return "".join(
        f"{json.dumps(plover(row, sentences.get(row['id'])), ensure_ascii=False)}\n" for row in rows
    )


def plover(row: Row, sentence: str | None = None) -> dict[str, object]:
    """An event in the form of PLOVER's published records.

    What that form has no field for stands in `comity`: status, teller, confidence, the last day, offsets.
    """
    on, document = row["on"], row["document"]
    return {
        "id": row["id"],
        "date": on["start"],
        "source": [_actor(party) for party in row["actor"]],
        "target": [_actor(party) for party in row["recipient"]],
        "event": row["type"],
        "eventText": row["evidence"]["text"],
        "mode": row["mode"] or "",
        "context": row["context"],
        "text": sentence or row["evidence"]["text"],
        "language": "en",
        "publication": document["publisher"] or "",
        "coder": "comity",
        "comment": row["reason"],
        "comity": {
            **{name: row[name] for name in ("quad", "score", "cameo", "on", "place", "status", "by")},
            **{name: row[name] for name in ("confidence", "uncertain", "implied_by", "evidence", "document")},
        },
    }


def _actor(party: Row) -> dict[str, object]:
    actor = {"actorText": party["text"], "code": party["id"]}
    return actor | {name: party[name] for name in ("sector", "person") if party[name]}


def _parquet(rows: Sequence[Row], out: Path) -> None:
    engine.write_rows(out, PARQUET_TYPES, [flat(row) for row in rows])


TEXTS: Mapping[str, Callable[[Iterable[Row]], str]] = {"jsonl": _jsonl, "csv": _csv}
EXPORTS = frozenset({*TEXTS, "plover", "parquet"})
