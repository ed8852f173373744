"""The command that makes a user's own event types: train."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.faces import options
from comity.faces.output import chosen, write_rows
from comity.run.train_types import Checked, train

EXAMPLE = "comity train --types tests/run/own_types.toml --out own-types"
COLUMNS = ("name", "error", "examples", "missed", "others", "false", "known", "false_known", "unseen")


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""
    app.command("train", epilog=f"Example: {EXAMPLE}")(train_command)


def train_command(
    types: Annotated[
        Path,
        typer.Option("--types", help="TOML or CSV: name, definition, quad, score, 8 to 50 examples each."),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder that comity code --types takes.")],
    format: options.FormatName = None,
) -> None:
    """Your own event types from a definition and a few examples each, with the cross-validated error before use."""
    head = train(types, out=out)
    kind = chosen(format, None)
    write_rows((_row(checked) for checked in head.checked), format=kind, columns=COLUMNS)
    for checked in head.checked:
        _advise(checked)
    typer.echo(f"kept in {out}; use them with: comity code SOURCE --types {out}", err=True)


def _row(checked: Checked) -> dict[str, object]:
    return {"error": round(checked.error, 3), **{name: getattr(checked, name) for name in checked.__slots__}}


def _advise(checked: Checked) -> None:
    """What would make a type better, on standard error."""
    if checked.unseen:
        typer.echo(
            f"{checked.name}: in {checked.unseen} of {checked.examples} examples the coder sees no event, "
            "and it gives own types only to events that it sees",
            err=True,
        )
    for text in checked.doubtful:
        typer.echo(
            f"{checked.name}: reads as it, an example or a near miss? {text}",
            err=True,
        )
