"""Commands that take event data in and give it out: import, imports, export, bundle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from comity.errors import Refusal, UsageError
from comity.faces import options
from comity.faces.output import chosen, write_rows
from comity.records import EventQuery
from comity.records.codebook import codebook
from comity.records.entries import Change, changes_of, imports, undo
from comity.records.formats import EXPORTS, IMPORTS, Taking
from comity.records.formats.take import MOST_REFUSED
from comity.records.imported import shares
from comity.run import exchange, packages
from comity.run.known import actor_id

OUT_FORMATS = ", ".join(sorted(EXPORTS | {"codebook"}))
SHARES = ("format", "type", "rows", "happenings", "joined", "share")
CHANGES = ("change", "key", "id", "fields")
StoreOrNone = Annotated[Path | None, typer.Option("--store", "-s", help="The folder that is the store.")]
Actor = Annotated[str | None, typer.Option("--actor", help="Who acts: a state or KIND:NAME.")]
Recipient = Annotated[str | None, typer.Option("--recipient", help="On whom.")]
Type = Annotated[str | None, typer.Option("--type", "-t", help="A PLOVER type.")]
Everything = Annotated[bool, typer.Option("--all", help="Uncertain events too.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    for name, command, example in (
        ("import", import_command, "comity import icews events.csv.gz --store world"),
        ("imports", imports_command, "comity imports --store world"),
        ("export", export_command, "comity export csv --store world -o events.csv"),
        ("bundle", bundle_command, "comity bundle package --store world --from 2022-01-01"),
    ):
        app.command(name, epilog=f"Example: {example}")(command)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, told how far a file is read, in bytes."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    with Progress(
        TextColumn("importing"), BarColumn(), TimeRemainingColumn(), console=console, transient=True,
        disable=not console.is_terminal,
    ) as bar:  # fmt: skip
        task = bar.add_task("", total=None)
        yield lambda done, size: bar.update(task, completed=done, total=size)


def import_command(
    kind: Annotated[str, typer.Argument(metavar="FORMAT", help=", ".join(sorted(IMPORTS)) + ".")],
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Files, folders, URLs of files or lists.")
    ],
    store: options.StorePath,
    column: Annotated[
        list[str] | None, typer.Option("--column", help="csv: our name=theirs, for example score=weight.")
    ] = None,
    max_refused: Annotated[
        float, typer.Option("--max-refused", help="Stop where a larger share of the rows can't be read.")
    ] = MOST_REFUSED,
    release: Annotated[
        bool, typer.Option("--release", help="The file is all of its days: rows that it lacks were deleted.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, keep nothing.")] = False,
    from_: options.FromDay = None,
    to: options.ToDay = None,
    actors: options.Actors = None,
    refusals: options.RefusalsFile = None,
) -> None:
    """Event data made elsewhere, into a store. What was imported before is passed over."""
    refused: list[Refusal] = []
    changes: list[Change] | None = [] if dry_run else None
    done = 0
    with _bar() as progress:
        how = Taking(
            columns=options.read_fields(column), most_refused=max_refused, release=release, dry_run=dry_run,
            progress=progress, changes=changes,
        )  # fmt: skip
        days = options.read_span(from_, to)
        for one in exchange.import_sources(kind, sources, store, how, days=days, actors=actors):
            if isinstance(one, Refusal):
                refused.append(one)
                continue
            done += 1
            refused += one.refusals
            typer.echo(f"{one.file}: {one}", err=True)
    if changes:
        write_rows((change.to_dict() for change in changes), format=chosen(None, None), columns=CHANGES)
    options.report_refusals(refused, refusals)
    raise typer.Exit(options.exit_code(done, refused))


def imports_command(
    store: options.StorePath,
    number: Annotated[int | None, typer.Argument(help="An import: what it changed in those before.")] = None,
    undo_it: Annotated[bool, typer.Option("--undo", help="Take that import back.")] = False,
    joined: Annotated[
        bool, typer.Option("--joined", help="How many rows tell a happening that another tells too.")
    ] = False,
    format: options.FormatName = None,
) -> None:
    """The imports of a store; of one, what it revised and deleted; with --undo it is taken back."""
    kept = options.open_store(store)
    if joined:
        if number is not None or undo_it:
            raise UsageError("--joined is asked of all imports: comity imports --joined --store STORE")
        write_rows(shares(kept), format=chosen(format, None), columns=SHARES)
    elif number is None:
        if undo_it:
            raise UsageError(
                "--undo needs the number of an import: comity imports NUMBER --undo --store STORE"
            )
        columns = ("number", "format", "file", "rows", "sha256")
        write_rows(imports(kept), format=chosen(format, None), columns=columns)
    elif undo_it:
        undo(kept, number)
        typer.echo(f"import {number} taken back; what it replaced counts again", err=True)
    else:
        found = (change.to_dict() for change in changes_of(kept, number))
        write_rows(found, format=chosen(format, None), columns=CHANGES)


def export_command(
    kind: Annotated[str, typer.Argument(metavar="FORMAT", help=OUT_FORMATS + ".")],
    store: StoreOrNone = None,
    out: options.OutFile = None,
    from_: options.FromDay = None,
    to: options.ToDay = None,
    actor: Actor = None,
    recipient: Recipient = None,
    type: Type = None,
    status: Annotated[str | None, typer.Option("--status", help="asserted, denied, planned, ...")] = None,
    everything: Everything = False,
) -> None:
    """The stored events and imported rows in another form. A file gets its manifest and codebook beside it."""
    query = _query(from_, to, actor, recipient, type, status, everything)
    if kind == "codebook":
        text = codebook({"versions": {"comity": packages.code_version()}})
        typer.echo(text, nl=False) if out is None else out.write_text(text, encoding="utf-8")
        return
    if store is None:
        raise UsageError(f"comity export {kind} needs --store STORE")
    kept = options.open_store(store)
    dropped: Counter[str] = Counter()
    written = exchange.export(kind, kept, query, out=out, dropped=dropped)
    if written is not None:
        typer.echo(written, nl=False)
    if out is not None:
        packages.beside(out, kept, query, dropped)
    for why, count in sorted(dropped.items()):
        typer.echo(f"{count:,} left out: {why}", err=True)


def _query(
    from_: str | None, to: str | None, actor: str | None, recipient: str | None, type: str | None,
    status: str | None, everything: bool,
) -> EventQuery:  # fmt: skip
    start, end = options.read_span(from_, to)
    return EventQuery(
        actor=actor_id(actor), recipient=actor_id(recipient), type=type.upper() if type else None, from_=start, to=end,
        status=status, include_uncertain=everything,
    )  # fmt: skip


def bundle_command(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="A new folder.")] = None,
    store: StoreOrNone = None,
    replay: Annotated[
        Path | None, typer.Option("--replay", help="Make this package again and compare.")
    ] = None,
    title: Annotated[
        str, typer.Option("--title", help="What the package is called.")
    ] = "Events coded by comity",
    from_: options.FromDay = None,
    to: options.ToDay = None,
    actor: Actor = None,
    recipient: Recipient = None,
    type: Type = None,
    status: Annotated[str | None, typer.Option("--status", help="asserted, denied, planned, ...")] = None,
    everything: Everything = False,
    made_on: Annotated[
        str | None, typer.Option("--made-on", help="The day of its citation; default: today.")
    ] = None,
) -> None:
    """A citable package of a query: data, codebook, citation, metadata, manifest. --replay makes it again."""
    if replay is not None:
        _replay(replay, store)
        return
    if folder is None or store is None:
        raise UsageError("comity bundle takes a new folder and --store STORE, or --replay DIR")
    query = _query(from_, to, actor, recipient, type, status, everything)
    day = options.read_day(made_on, "--made-on") or date.today()
    for name in packages.bundle(folder, options.open_store(store), query, title=title, made_on=day):
        typer.echo(f"{folder / name}", err=True)


def _replay(folder: Path, store: Path | None) -> None:
    found = store or packages.store_of(folder)
    if found is None:
        raise UsageError(f"no store beside {folder} is the one it was made of; name it with --store")
    compared = packages.replay(folder, options.open_store(found))
    for one in compared:
        typer.echo(f"{one.result:8} {one.file}", err=True)
    if any(one.result != "same" for one in compared):
        raise typer.Exit(1)
