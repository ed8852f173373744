"""Commands about what made the events: recode, versions, agreement; and who published the reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.faces import options
from comity.faces.output import chosen, write_rows
from comity.records import publishing, versions
from comity.records.versions import Change
from comity.run.agreement import agreement
from comity.run.recode import recode


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    for name, command, example in (
        ("recode", recode_command, "comity recode --store world --dry-run"),
        ("versions", versions_command, "comity versions --store world"),
        ("agreement", agreement_command, "comity agreement coder people --store world"),
        ("coverage", coverage_command, "comity coverage --store world"),
        ("publishers", publishers_command, "comity publishers --store world"),
    ):
        app.command(name, epilog=f"Example: {example}")(command)


def recode_command(
    store: options.StorePath,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, keep nothing.")] = False,
    workers: Annotated[int, typer.Option("--workers", help="Processes that code side by side.", min=1)] = 2,
    actors: options.Actors = None,
    format: options.FormatName = None,
    out: options.OutFile = None,
) -> None:
    """Codes stored reports anew with today's coder; prints what changed, event by event, and keeps it."""
    counts = {"new": 0, "gone": 0, "changed": 0}

    def rows() -> list[dict[str, object]]:
        found: list[Change] = []
        for change in recode(options.open_store(store), dry_run=dry_run, workers=workers, actors=actors):
            counts[change.change] += 1
            found.append(change)
        return [change.to_dict() for change in found]

    columns = ("change", "document", "before.type", "after.type", "fields", "evidence")
    write_rows(rows(), format=chosen(format, out), columns=columns, out=out)
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    kept = "nothing kept (--dry-run)" if dry_run else "kept; the old coding stays under its version"
    typer.echo(f"{told}; {kept}", err=True)


def versions_command(
    store: options.StorePath,
    event: Annotated[list[str] | None, typer.Option("--event", help="Which version made this event.")] = None,
    format: options.FormatName = None,
    out: options.OutFile = None,
) -> None:
    """The versions of coder, lexicons and weights that made the store's events."""
    opened = options.open_store(store)
    if event:
        rows: list[dict[str, object]] = [
            {"event": name, "versions": made} for name, made in versions.made_by(opened, event).items()
        ]
        write_rows(rows, format=chosen(format, out), columns=("event", "versions"), out=out)
        return
    columns = ("id", "versions", "documents", "events", "old_events")
    write_rows(versions.versions(opened), format=chosen(format, out), columns=columns, out=out)


def agreement_command(
    a: Annotated[str, typer.Argument(help="A file of events, or coder, people or the id of a version.")],
    b: Annotated[str, typer.Argument(help="Another.")],
    store: Annotated[Path | None, typer.Option("--store", "-s", help="The folder that is the store.")] = None,
    format: options.FormatName = None,
    out: options.OutFile = None,
) -> None:
    """How far two codings of the same reports agree: Krippendorff's alpha by field."""
    rows = agreement(a, b, store=options.open_store(store) if store else None)
    columns = ("field", "alpha", "agree", "units", "only_a", "only_b")
    write_rows(rows, format=chosen(format, out), columns=columns, out=out)


def coverage_command(
    store: options.StorePath,
    through: Annotated[str | None, typer.Option("--through", help="The last day known to be over.")] = None,
    format: options.FormatName = None,
    out: options.OutFile = None,
) -> None:
    """Reports a day by publisher, and whether the day is complete: what counts are to be divided by."""
    found = publishing.coverage(options.open_store(store), through=options.read_day(through, "--through"))
    write_rows(
        found, format=chosen(format, out), columns=("on", "reports", "publishers", "complete"), out=out
    )


def publishers_command(
    store: options.StorePath, format: options.FormatName = None, out: options.OutFile = None
) -> None:
    """Who published the reports: kind, state, language, how many, and whom they mostly copy."""
    columns = ("publisher", "kind", "state", "language", "reports", "copies", "copied", "copies_whom")
    found = publishing.publishers(options.open_store(store))
    write_rows(found, format=chosen(format, out), columns=columns, out=out)
