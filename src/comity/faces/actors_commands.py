"""Commands about a user's own actors: refresh, check."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from comity.errors import UsageError
from comity.faces import options
from comity.faces.output import chosen, write_rows
from comity.run.own_actors import ENDPOINT, Refreshed, check_actors, keep_changes, refresh_actors

CHANGE_COLUMNS = ("change", "id", "person", "office", "valid_from", "valid_to", "known", "source")
CLASH_COLUMNS = ("where", "name", "id", "clash", "known")
YEARS_BACK = 2


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    actors = typer.Typer(
        name="actors", help="Your own actors: bring them up to date, check them.", no_args_is_help=True
    )
    actors.command("refresh", epilog="Example: comity actors refresh --actors actors.csv --dry-run")(
        refresh_command
    )
    actors.command("check", epilog="Example: comity actors check actors.csv")(check_command)
    app.add_typer(actors)


def refresh_command(
    actors: Annotated[
        Path, typer.Option("--actors", help="Your own actors, CSV; made where there is none.")
    ] = Path("actors.csv"),
    endpoint: Annotated[str, typer.Option("--endpoint", help="The SPARQL service to ask.")] = ENDPOINT,
    since: Annotated[
        str | None,
        typer.Option("--since", help="Terms that hadn't ended by this day; default: two years ago."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Keep the changes without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the changes and keep none.")] = False,
    format: options.FormatName = None,
) -> None:
    """Office-holders and heads of bodies from Wikidata: shows what is new, ended, changed or in conflict, then asks."""
    today = date.today()
    if yes and dry_run:
        raise UsageError("--yes keeps the changes and --dry-run keeps none: give one of them")
    done = refresh_actors(
        actors,
        since=options.read_day(since, "--since") or date(today.year - YEARS_BACK, today.month, 1),
        fetched_on=today,
        endpoint=endpoint,
        tell=lambda text: typer.echo(text, err=True),
    )
    rows = [change.to_dict() for change in done.changes]
    write_rows(rows, format=chosen(format, None), columns=CHANGE_COLUMNS)
    typer.echo(_summary(done), err=True)
    if not rows or dry_run:
        return
    if not yes and not _agreed(len(rows), actors):
        typer.echo(f"nothing was kept; {actors} is as it was", err=True)
        return
    count = keep_changes(actors, done.changes, fetched_on=today)
    typer.echo(f"{actors} now holds {count} rows; use it with --actors {actors}", err=True)


def _summary(done: Refreshed) -> str:
    counts = Counter(change.kind for change in done.changes)
    told = ", ".join(f"{counts[kind]} {kind}" for kind in ("new", "ended", "changed", "conflict"))
    left = "".join(f"\nleft out: {count} {reason}" for reason, count in done.left_out.items())
    return f"{done.fetched} terms fetched: {told}{left}"


def _agreed(count: int, path: Path) -> bool:
    """Whether the person at the terminal says yes; without one, no."""
    if not sys.stdin.isatty():
        typer.echo("nobody is there to ask: --yes keeps the changes", err=True)
        return False
    return typer.confirm(f"Keep these {count} changes in {path}?", default=False, err=True)


def check_command(
    file: Annotated[Path, typer.Argument(help="Your own actors, CSV or TOML.")],
    format: options.FormatName = None,
) -> None:
    """What of your own actors clashes with the packaged gazetteer or with itself; a wrong row is refused by line."""
    count, clashes = check_actors(file)
    if clashes:
        write_rows((c.to_dict() for c in clashes), format=chosen(format, None), columns=CLASH_COLUMNS)
    typer.echo(f"{file}: {count} rows, {len(clashes)} clashes", err=True)
