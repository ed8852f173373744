"""Commands with which a person says something over the coder: correct, reject, join, split, undo, corrections."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from comity.errors import UsageError
from comity.faces import options
from comity.faces.output import chosen, write_rows
from comity.records import saying
from comity.records.saying import Said
from comity.run import correcting
from comity.run.correcting import Fields

Events = Annotated[list[str], typer.Argument(metavar="EVENT...", help="Ids of events.")]
Note = Annotated[str, typer.Option("--note", help="Why, in words that a colleague can check.")]
Who = Annotated[
    str | None, typer.Option("--who", help="Who says so; default: the name you are logged in by.")
]
COLUMNS = ("id", "kind", "who", "at", "events.id", "fields", "note", "stands", "conflicts")


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    event, other = "0123456789abcdef", "fedcba9876543210"
    for name, command, example in (
        ("correct", correct_command, f'comity correct {event} --type REQUEST --note "asked" --store world'),
        ("reject", reject_command, 'comity reject 8899aabbccddeeff --note "sport" --store world'),
        ("join", join_command, f"comity join {event} {other} --store world"),
        ("split", split_command, f"comity split {event} --store world"),
        ("undo", undo_command, "comity undo 00112233445566aa --store world"),
    ):
        app.command(name, epilog=f"Example: {example}")(command)
    app.command("corrections", epilog="Example: comity corrections --store world")(corrections_command)


def _said(who: str | None, note: str) -> Said:
    return Said(who or getpass.getuser(), datetime.now(UTC).isoformat(timespec="seconds"), note)


def _tell(name: str) -> None:
    typer.echo(f"kept as {name}; take it back with: comity undo {name}", err=True)


def correct_command(
    event: Annotated[str, typer.Argument(help="The id of an event.")],
    store: options.StorePath,
    type: Annotated[str | None, typer.Option("--type", "-t", help="The PLOVER type it is.")] = None,
    mode: Annotated[str | None, typer.Option("--mode", help="Its mode, - for none.")] = None,
    actor: Annotated[str | None, typer.Option("--actor", help="Who acts: RUS/MIL+BLR.")] = None,
    recipient: Annotated[str | None, typer.Option("--recipient", help="On whom, - for nobody.")] = None,
    status: Annotated[str | None, typer.Option("--status", help="asserted, denied, planned, ...")] = None,
    on: Annotated[str | None, typer.Option("--on", help="A day, first..day-after-last, or -.")] = None,
    note: Note = "",
    who: Who = None,
) -> None:
    """Sets fields of an event over the coder's; what isn't named stays as the coder has it."""
    fields = Fields(type=type, mode=mode, actor=actor, recipient=recipient, status=status, on=on)
    _tell(correcting.correct(options.open_store(store), event, fields, _said(who, note)).id)


def reject_command(events: Events, store: options.StorePath, note: Note = "", who: Who = None) -> None:
    """Says that the report doesn't tell this event; it counts nowhere from then on."""
    for word in saying.reject(options.open_store(store), events, _said(who, note)):
        _tell(word.id)


def join_command(events: Events, store: options.StorePath, note: Note = "", who: Who = None) -> None:
    """Says that these events tell one happening."""
    _tell(saying.join(options.open_store(store), events, _said(who, note)).id)


def split_command(events: Events, store: options.StorePath, note: Note = "", who: Who = None) -> None:
    """Says that these events tell another happening than the rest of the one they stand in."""
    _tell(correcting.split(options.open_store(store), events, _said(who, note)).id)


def undo_command(
    corrections: Annotated[list[str], typer.Argument(metavar="CORRECTION...", help="Ids of corrections.")],
    store: options.StorePath,
    note: Note = "",
    who: Who = None,
) -> None:
    """Takes corrections back. Taking back what took back lets it stand again."""
    _tell(saying.undo(options.open_store(store), corrections, _said(who, note)).id)


def corrections_command(
    store: options.StorePath,
    export: Annotated[Path | None, typer.Option("--export", help="Write them to a file.")] = None,
    import_: Annotated[Path | None, typer.Option("--import", help="Merge a colleague's file.")] = None,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Show only what people disagree on.")
    ] = False,
    format: options.FormatName = None,
    out: options.OutFile = None,
) -> None:
    """What people said over the coder, who and when; written to a file, merged with a colleague's."""
    if export and import_:
        raise UsageError("--export writes and --import reads: one at a time")
    opened = options.open_store(store)
    if export:
        typer.echo(f"{correcting.write(opened, export)} written to {export}", err=True)
    elif import_:
        new, fought = correcting.take(opened, import_)
        typer.echo(f"{new} new from {import_}, {len(fought)} conflicts; none of these is decided", err=True)
        write_rows(
            fought, format=chosen(format, out), columns=("event", "field", "said.who", "said.value"), out=out
        )
    elif conflicts:
        rows = (conflict.to_dict() for conflict in saying.conflicts(opened))
        write_rows(
            rows, format=chosen(format, out), columns=("event", "field", "said.who", "said.value"), out=out
        )
    else:
        write_rows(correcting.listed(opened), format=chosen(format, out), columns=COLUMNS, out=out)
