"""Events that a query found: iterable, and a data frame on request."""

from __future__ import annotations

import html
import importlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from comity.errors import UsageError
from comity.model import Event, event_from_dict

COLUMNS = (
    "id", "type", "mode", "quad", "context", "cameo", "score", "actor", "actor_sector", "recipient",
    "recipient_sector", "start", "end", "on_text", "on_from", "status", "by", "confidence", "uncertain",
    "implied_by", "evidence", "evidence_start", "evidence_end", "place", "place_country", "lat", "lon",
    "reason", "document_id", "url", "title", "publisher", "published_on", "published_from",
)  # fmt: skip
DAYS = ("start", "end", "published_on")
SHOWN = 10
"""Rows that a terminal or a notebook shows."""


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """An event's dict as one flat row with COLUMNS; several ids, sectors and contexts are joined by `+`."""
    on, evidence, place, document = row["on"], row["evidence"], row["place"], row["document"]
    return {
        **{name: row[name] for name in ("id", "type", "mode", "quad")},
        "context": "+".join(row["context"]),
        "cameo": row["cameo"],
        "score": row["score"],
        "actor": _joined(row["actor"], "id"),
        "actor_sector": _joined(row["actor"], "sector"),
        "recipient": _joined(row["recipient"], "id"),
        "recipient_sector": _joined(row["recipient"], "sector"),
        "start": on["start"],
        "end": on["end"],
        "on_text": on["text"],
        "on_from": on["from"],
        "status": row["status"],
        "by": _joined(row["by"], "id"),
        **{name: row[name] for name in ("confidence", "uncertain", "implied_by")},
        "evidence": evidence["text"],
        "evidence_start": evidence["start"],
        "evidence_end": evidence["end"],
        "place": place["name"],
        "place_country": place["country"],
        "lat": place["lat"],
        "lon": place["lon"],
        "reason": row["reason"],
        "document_id": document["id"],
        **{name: document[name] for name in ("url", "title", "publisher", "published_on", "published_from")},
    }


def _joined(parties: Sequence[Mapping[str, Any]], field: str) -> str:
    return "+".join(str(party[field] or "") for party in parties)


class Events:
    """The events that a query found, as they were at that moment; decoded when they are asked for.

    Iterate for `Event`s; `.rows()` gives JSON-ready dicts, `.df()` a data frame, `.arrow()` an Arrow table.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Event]:
        return (event_from_dict(json.loads(line)) for line in self._lines)

    def __getitem__(self, index: int) -> Event:
        return event_from_dict(json.loads(self._lines[index]))

    def rows(self) -> list[dict[str, Any]]:
        """Each event's `to_dict()`."""
        return [json.loads(line) for line in self._lines]

    def flat(self) -> list[dict[str, Any]]:
        """Each event as one flat row with the columns of a data frame; days as ISO text."""
        return [flat(row) for row in self.rows()]

    def df(self, library: str | None = None) -> Any:
        """A data frame, one event a row. `library` is `pandas` or `polars`; None takes the one that is
        installed.

        Raises UsageError when it isn't installed.
        """
        if library not in (None, "pandas", "polars"):
            raise UsageError(f"no data frame library {library!r}; there are pandas and polars")
        for name in ("pandas", "polars") if library is None else (library,):
            module = _imported(name)
            if module is not None:
                return (
                    _pandas(module, self.columns()) if name == "pandas" else _polars(module, self.columns())
                )
        wanted = library or "pandas or polars"
        extra = "polars" if library == "polars" else "frames"
        raise UsageError(f"a data frame needs {wanted}, which isn't installed: pip install 'comity[{extra}]'")

    def arrow(self) -> Any:
        """An Arrow table with the columns of `df()`. Raises UsageError when pyarrow isn't installed."""
        arrow = _imported("pyarrow")
        if arrow is None:
            raise UsageError(
                "an Arrow table needs pyarrow, which isn't installed: pip install 'comity[frames]'"
            )
        kinds = {name: arrow.date32() for name in DAYS} | dict.fromkeys(
            ("score", "confidence", "lat", "lon"), arrow.float64()
        )
        kinds |= dict.fromkeys(("evidence_start", "evidence_end"), arrow.int64()) | {
            "uncertain": arrow.bool_()
        }
        schema = arrow.schema([(name, kinds.get(name, arrow.string())) for name in COLUMNS])
        return arrow.table(self.columns(), schema=schema)

    def columns(self) -> dict[str, list[Any]]:
        """The flat rows turned to columns; days as `date` or None."""
        rows = self.flat()
        table = {name: [row[name] for row in rows] for name in COLUMNS}
        for name in DAYS:
            table[name] = [date.fromisoformat(day) if day else None for day in table[name]]
        return table

    def __repr__(self) -> str:
        lines = [f"{len(self)} event{'' if len(self) == 1 else 's'}"]
        lines += [
            "  ".join(cell.ljust(width) for cell, width in zip(row, WIDTHS, strict=True)).rstrip()
            for row in self._shown()
        ]
        if len(self) > SHOWN:
            lines.append(f"... and {len(self) - SHOWN} more")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = "".join(
            f"<th>{name}</th>" for name in ("day", "who, to whom", "type", "status", "words", "publisher")
        )
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self._shown()
        )
        return f"<table><caption>{len(self)} events</caption><tr>{head}</tr>{body}</table>"

    def _shown(self) -> list[tuple[str, ...]]:
        rows = [flat(json.loads(line)) for line in self._lines[:SHOWN]]
        return [
            (
                row["start"] or "?",
                _cut(f"{row['actor']} > {row['recipient']}" if row["recipient"] else row["actor"], 24),
                row["type"],
                row["status"],
                _cut(" ".join(row["evidence"].split()), 60),
                _cut(row["publisher"] or "", 20),
            )
            for row in rows
        ]


WIDTHS = (10, 24, 9, 12, 60, 20)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _imported(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _pandas(pandas: Any, columns: Mapping[str, list[Any]]) -> Any:
    frame = pandas.DataFrame(columns, columns=list(COLUMNS))
    for name in DAYS:
        frame[name] = pandas.to_datetime(frame[name])
    return frame


def _polars(polars: Any, columns: Mapping[str, list[Any]]) -> Any:
    kinds = dict.fromkeys(DAYS, polars.Date) | dict.fromkeys(
        ("score", "confidence", "lat", "lon"), polars.Float64
    )
    kinds |= dict.fromkeys(("evidence_start", "evidence_end"), polars.Int64) | {"uncertain": polars.Boolean}
    return polars.DataFrame(columns, schema={name: kinds.get(name, polars.String) for name in COLUMNS})
