"""Events written in a form that other tools read."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from comity.errors import UsageError
from comity.records.formats import binary, graphs, linked, sniff, table
from comity.records.formats.cellular import neutral
from comity.records.formats.entry import Format
from comity.records.formats.plover import dumps, plover, plover_of_line
from comity.records.lining import Row, line_of
from comity.records.rows import dumps as compact

Writer = Callable[[Iterable[Row], TextIO], None]


def write(
    rows: Iterable[Row],
    *,
    format: str,
    out: Path | None = None,
    sentences: Mapping[str, str] | None = None,
    dropped: Counter[str] | None = None,
) -> str | None:
    """Events (`to_dict` rows) and imported rows in a format, to the file `out`, or as text where it is None.

    Binary formats need a file. `sentences` (by event id) are the sentences that `plover` carries as its text;
    without them it carries the evidence. `dropped` counts rows that the format can't hold, by why. Raises
    UsageError for an unknown format, or one whose library isn't installed.
    """
    if format not in EXPORTS:
        raise UsageError(f"no format {format!r} to write; there are {', '.join(sorted(EXPORTS))}")
    if format in binary.WRITERS:
        if out is None:
            raise UsageError(f"{format} goes to a file: name one with -o events.{format}")
        binary.WRITERS[format]((line_of(row) for row in rows), out)
        return None
    dropped = Counter() if dropped is None else dropped
    if out is None:
        text = io.StringIO(newline="")
        _text(rows, format, text, sentences or {}, dropped)
        return text.getvalue()
    with out.open("w", encoding="utf-8", errors="replace", newline="") as file:
        _text(rows, format, file, sentences or {}, dropped)
    return None


def _text(
    rows: Iterable[Row], format: str, file: TextIO, sentences: Mapping[str, str], dropped: Counter[str]
) -> None:
    if format == "jsonl":
        file.writelines(f"{compact(_object(row))}\n" for row in rows)
    elif format == "plover":
        file.writelines(dumps(_record(row, sentences)) for row in rows)
    elif format in WRITERS:
        WRITERS[format]((line_of(row) for row in rows), file)
    else:
        _table(FORMS[format], rows, file, dropped)


def is_event(row: Row) -> bool:
    """Whether a row is an event coded here, with its evidence, and no imported row."""
    return isinstance(row.get("evidence"), Mapping)


def _object(row: Row) -> dict[str, Any]:
    if is_event(row):
        return dict(row)
    return {name: _day(value) for name, value in row.items() if value is not None}


def _day(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _record(row: Row, sentences: Mapping[str, str]) -> dict[str, object]:
    return plover(row, sentences.get(row["id"])) if is_event(row) else plover_of_line(dict(row))


def _table(form: Format, rows: Iterable[Row], file: TextIO, dropped: Counter[str]) -> None:
    """A table in the form of another maker, or in our own."""
    tabs = form.delimiter == "\t"
    if tabs:
        made = (
            ["" if cell is None else " ".join(str(cell).split()) for cell in row]
            for row in _cells(form, rows, dropped)
        )
        head = [list(form.header)] if form.headed else []
        file.writelines("\t".join(row) + "\n" for row in chain(head, made))
        return
    lines = csv.writer(file, lineterminator="\r\n")
    lines.writerow(form.header)
    lines.writerows([neutral(cell) for cell in row] for row in _cells(form, rows, dropped))


def _cells(form: Format, rows: Iterable[Row], dropped: Counter[str]) -> Iterable[list[object]]:
    for row in rows:
        line = line_of(row)
        why = form.drops(line)
        if why:
            dropped[why] += 1
            continue
        cells = form.write(line)
        yield [cells.get(name) for name in form.header]


FORMS: Mapping[str, Format] = {
    form.name: form for form in sniff.FORMATS if form.delimiter != "json" and form is not table.NAMED
}
WRITERS: Mapping[str, Writer] = {**graphs.WRITERS, **linked.WRITERS}
EXPORTS = frozenset({"jsonl", "plover", *FORMS, *WRITERS, *binary.WRITERS})
