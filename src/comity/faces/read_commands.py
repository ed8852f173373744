"""Commands that read sources: read, code, add, pairs, dates, tellers."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from comity.errors import Refusal, SourceError, UsageError
from comity.faces import options
from comity.faces.output import chosen, write_rows
from comity.model import Document
from comity.run import questions
from comity.run.sources import Reading, add, code_documents, documents

EVENT_COLUMNS = (
    "on.start", "type", "actor.id", "recipient.id", "status", "confidence", "by.id", "evidence.text",
    "document.publisher",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    for name, command, example in (
        ("read", read_command, "comity read page.html feed.xml > documents.jsonl"),
        ("code", code_command, 'comity code "Moscow rejected Kyiv\'s offer." --published 2022-03-01'),
        ("add", add_command, "comity add reports/ --store world"),
        ("pairs", pairs_command, "comity pairs pairs.jsonl"),
        ("dates", dates_command, "comity dates sentences.jsonl"),
        ("tellers", tellers_command, "comity tellers sentences.jsonl"),
    ):
        app.command(name, epilog=f"Example: {example}")(command)


def _today() -> date:
    return date.today()


AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="The latest day that a report without a day can be of; default: today."),
]


def _reading(fields: list[str] | None, published: str | None, as_of: str | None = None) -> Reading:
    return Reading(
        fields=options.read_fields(fields),
        published_on=options.read_day(published, "--published"),
        today=options.read_day(as_of, "--as-of") or _today(),
        stdin=sys.stdin.buffer,
    )


def _kept(found: Iterator[Document | Refusal], refusals: list[Refusal]) -> Iterator[Document]:
    for item in found:
        if isinstance(item, Refusal):
            refusals.append(item)
        else:
            yield item


def read_command(
    sources: options.Sources,
    fields: options.Fields = None,
    published: options.Published = None,
    out: options.OutFile = None,
    refusals: options.RefusalsFile = None,
) -> None:
    """Any page, feed, WARC, JSONL, text file, folder or - to clean documents (JSON lines)."""
    refused: list[Refusal] = []
    count = 0

    def rows() -> Iterator[dict[str, object]]:
        nonlocal count
        for document in _kept(documents(sources, _reading(fields, published)), refused):
            count += 1
            yield document.to_dict()

    write_rows(rows(), format="jsonl", columns=("id", "text"), out=out)
    options.report_refusals(refused, refusals)
    raise typer.Exit(options.exit_code(count, refused))


def code_command(
    sources: options.Sources,
    fields: options.Fields = None,
    published: options.Published = None,
    as_of: AsOf = None,
    format: Annotated[
        str | None, typer.Option("--format", "-f", help="table, jsonl, csv, parquet or plover.")
    ] = None,
    out: options.OutFile = None,
    actors: options.Actors = None,
    types: Annotated[
        Path | None, typer.Option("--types", help="Your own types, the folder that comity train made.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show uncertain events too.")] = False,
    refusals: options.RefusalsFile = None,
) -> None:
    """Sources, or a text, to events."""
    refused: list[Refusal] = []
    read = 0

    def found() -> Iterator[dict[str, object]]:
        nonlocal read
        how = _reading(fields, published, as_of)
        kept = _kept(documents(sources, how), refused)
        for coded in code_documents(kept, actors=actors, types=types, today=how.today):
            read += 1
            yield from (e.to_dict() for e in coded.events if everything or not e.uncertain)

    kind = chosen(format, out)
    if kind in ("parquet", "plover"):
        questions.write_events(list(found()), format=kind, out=out)
    elif kind in ("table", "jsonl", "csv"):
        write_rows(found(), format=kind, columns=EVENT_COLUMNS, out=out)
    else:
        raise UsageError(f"--format takes table, jsonl, csv, parquet or plover, got {kind!r}")
    options.report_refusals(refused, refusals)
    raise typer.Exit(options.exit_code(read, refused))


def add_command(
    sources: options.Sources,
    store: options.StorePath,
    fields: options.Fields = None,
    published: options.Published = None,
    as_of: AsOf = None,
    workers: Annotated[int, typer.Option("--workers", help="Processes that code side by side.", min=1)] = 2,
    actors: options.Actors = None,
    refusals: options.RefusalsFile = None,
) -> None:
    """Codes sources and stores them. What is stored already is passed over; an interrupted run goes on."""
    from rich.console import Console

    with Console(stderr=True).status("reading") as status:
        report = add(
            *sources,
            store=store,
            how=_reading(fields, published, as_of),
            workers=workers,
            actors=actors,
            progress=lambda read, events: status.update(f"{read} documents, {events} events"),
        )
    typer.echo(
        f"{report.documents} documents added with {report.events} events, {report.passed_over} passed over",
        err=True,
    )
    options.report_refusals(list(report.refusals), refusals)
    raise typer.Exit(options.exit_code(report.documents + report.passed_over, list(report.refusals)))


Line = Annotated[str, typer.Argument(help="A JSONL file, or - for standard input.")]


def pairs_command(file: Line, out: options.OutFile = None) -> None:
    """Given pairs coded: {"id", "text", "actor", "recipient"} lines to the same with type, quad, scores."""
    _lines(file, questions.code_pairs, out)


def dates_command(file: Line, out: options.OutFile = None) -> None:
    """Expressions of time: {"id", "text", "published_on"} lines to a line an expression."""
    _lines(file, questions.dates, out)


def tellers_command(file: Line, out: options.OutFile = None) -> None:
    """Who says what: {"id", "text"} lines to a line an attribution."""
    _lines(file, questions.tellers, out)


def _lines(
    file: str,
    answer: Callable[[Iterator[dict[str, object]]], Iterator[dict[str, object]]],
    out: Path | None,
) -> None:
    refused: list[Refusal] = []
    count = 0

    def rows() -> Iterator[dict[str, object]]:
        nonlocal count
        for row in answer(_json_lines(file, refused)):
            count += 1
            yield row

    write_rows(rows(), format="jsonl", columns=(), out=out)
    options.report_refusals(refused, None)
    raise typer.Exit(options.exit_code(count, refused))


def _json_lines(file: str, refused: list[Refusal]) -> Iterator[dict[str, object]]:
    if file == "-":
        yield from _rows(sys.stdin, file, refused)
        return
    try:
        with Path(file).open(encoding="utf-8") as stream:
            yield from _rows(stream, file, refused)
    except OSError as error:
        raise SourceError(
            f"{file}: can't be read ({error.strerror}); check the path", code="unreadable"
        ) from error


def _rows(stream: Iterable[str], file: str, refused: list[Refusal]) -> Iterator[dict[str, object]]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                raise ValueError('expected an object with a "text"')
        except ValueError as error:
            refused.append(Refusal(file, "json", f"{error}; mend or drop the line", number))
            continue
        yield {**row, "_where": f"{file}:{number}"}
