"""Options that several commands share, and their reading."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from comity.errors import BadInterval, Refusal, UsageError
from comity.records import Store

Sources = Annotated[list[str], typer.Argument(help="Files, folders, URLs, or - for standard input.")]
StorePath = Annotated[Path, typer.Option("--store", "-s", help="The folder that is the store.")]
FormatName = Annotated[str | None, typer.Option("--format", "-f", help="table, jsonl or csv.")]
OutFile = Annotated[Path | None, typer.Option("--out", "-o", help="A file instead of standard output.")]
Published = Annotated[
    str | None, typer.Option("--published", help="The day of reports that don't know theirs.")
]
Fields = Annotated[
    list[str] | None,
    typer.Option("--field", help="Another name of a JSONL field: text=body. May be repeated."),
]
RefusalsFile = Annotated[
    Path | None, typer.Option("--refusals", help="Write what was refused, as JSON lines.")
]
FromDay = Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD.")]
ToDay = Annotated[str | None, typer.Option("--to", help="The day after the last, YYYY-MM-DD.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="What one could know on this day; default: the last day stored.")
]
Actors = Annotated[Path | None, typer.Option("--actors", help="Your own actors, CSV or TOML.")]


def read_day(text: str | None, option: str) -> date | None:
    """A day of an option. Raises UsageError that names the option."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} takes a day as YYYY-MM-DD, got {text!r}") from None
    if not 1800 <= day.year < 2200:
        raise UsageError(f"{option} takes a day of 1800 to 2199, got {text!r}")
    return day


def read_span(start: str | None, end: str | None) -> tuple[date | None, date | None]:
    """The days of --from and --to. Raises BadInterval when they don't follow each other."""
    first, last = read_day(start, "--from"), read_day(end, "--to")
    if first and last and last <= first:
        raise BadInterval(f"--to {last} must come after --from {first}")
    return first, last


def read_fields(pairs: list[str] | None) -> dict[str, str]:
    """`text=body` pairs as a mapping. Raises UsageError for one without `=`."""
    fields = {}
    for pair in pairs or []:
        name, sign, other = pair.partition("=")
        if not sign or not name or not other:
            raise UsageError(f"--field takes NAME=OTHER, for example text=body, got {pair!r}")
        fields[name] = other
    return fields


def open_store(path: Path) -> Store:
    """The store at a path. Raises StoreError that says how to make one."""
    return Store.open(path)


def report_refusals(refusals: list[Refusal], file: Path | None) -> None:
    """Says on standard error what was refused and how many of what; writes the list where a file is given."""
    import json
    from collections import Counter

    if file is not None:
        lines = "".join(json.dumps(r.to_dict(), ensure_ascii=False) + "\n" for r in refusals)
        file.write_text(lines, encoding="utf-8")
    if not refusals:
        return
    for refusal in refusals[:20]:
        typer.echo(f"refused {refusal}", err=True)
    if len(refusals) > 20:
        typer.echo(f"... and {len(refusals) - 20} more; --refusals FILE keeps them all", err=True)
    counts = Counter(refusal.code for refusal in refusals)
    counted = ", ".join(f"{count} {code}" for code, count in sorted(counts.items()))
    typer.echo(f"{len(refusals)} refused: {counted}", err=True)


def exit_code(done: int, refusals: list[Refusal]) -> int:
    """0 when nothing was refused, 1 when some was, 3 when nothing could be done."""
    if not refusals:
        return 0
    return 1 if done else 3
